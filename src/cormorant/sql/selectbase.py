"""What all statements that yield rows can do: be a subquery, a scalar, a CTE, be ordered, limited, locked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from ..exc import ArgumentError, InvalidRequestError
from ..types import BOOLEANTYPE
from ..types.operators import exists as exists_op
from ..util import NO_ARG, warn_deprecated
from .aliases import CTE, Lateral, Subquery
from .clause import Executable, SparseNode
from .coercion import Role, as_count, as_grouping, as_ordering, clause_of
from .collection import ColumnCollection
from .column import ColumnClause, ColumnElement, T
from .fromclause import Selectable
from .kinds import as_sequence
from .makers import makers
from .naming import LABEL_STYLE_DEFAULT, LABEL_STYLE_NONE, NamedItem, SelectLabelStyle
from .node import ATOM, NODE, NODES, TYPE, Kind
from .operations import UnaryExpression


class HasCTE(Executable):
    """A statement that can have common table expressions and be one; `ctes` holds those added by `add_cte`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"ctes": NODES, "nest_ctes": ATOM}

    name_cte_columns: ClassVar[bool] = False
    ctes: tuple[CTE, ...] = ()
    nest_ctes: bool = False

    def add_cte(self, *ctes: CTE, nest_here: bool = False) -> Self:
        """Return a copy whose WITH clause has these expressions, used or not."""
        changes: dict[str, Any] = {"ctes": (*self.ctes, *ctes)}
        if nest_here:
            changes["nest_ctes"] = True
        return self._copy(**changes)

    def cte(self, name: str | None = None, recursive: bool = False, nesting: bool = False) -> CTE:
        """Return the statement as a common table expression."""
        return CTE(self, name, recursive, nesting)


class SelectBase(HasCTE, Selectable):
    """A statement that yields rows."""

    is_select: ClassVar[bool] = True
    is_select_statement: ClassVar[bool] = True

    def named_items(self) -> tuple[NamedItem, ...]:
        """Return the columns with the names that they have in the result."""
        return ()

    def proxied_names(self) -> tuple[NamedItem, ...]:
        """Return the columns with the names that a subquery shows them under."""
        return tuple([item for item in self.named_items() if not item.element.is_text])

    def column_sources(self) -> list[tuple[Any, ...]]:
        """Return, for each column of the result, the columns that it comes from: several in a compound."""
        return [(item.element,) for item in self.proxied_names()]

    @property
    def selected_columns(self) -> ColumnCollection:
        """The columns of the columns clause, under the keys that a subquery has them under."""
        return ColumnCollection([(item.key, item.element) for item in self.proxied_names()])

    @property
    def exported_columns(self) -> ColumnCollection:
        return self.selected_columns

    def get_label_style(self) -> SelectLabelStyle:
        """Return how the columns are labelled."""
        return LABEL_STYLE_NONE

    def set_label_style(self, style: SelectLabelStyle) -> Self:
        """Return a copy whose columns are labelled in the given style."""
        return self

    def subquery(self, name: str | None = None) -> Subquery:
        """Return the statement as an element of FROM."""
        return Subquery(self, name)

    def alias(self, name: str | None = None, flat: bool = False) -> Subquery:
        """Return the statement as an element of FROM."""
        return Subquery(self, name)

    def lateral(self, name: str | None = None) -> Lateral:
        return Lateral(self, name)

    def scalar_subquery(self) -> ScalarSelect[Any]:
        """Return the statement as the value of its only column."""
        return ScalarSelect(self)

    def as_scalar(self) -> ScalarSelect[Any]:
        """The former name of `scalar_subquery()`."""
        warn_deprecated(
            "The SelectBase.as_scalar() method is deprecated and will be removed in a future release.  Please refer to "
            "SelectBase.scalar_subquery().",
            "1.4",
        )
        return self.scalar_subquery()

    def label(self, name: str | None) -> ColumnElement[Any]:
        """Return the statement as a value under a name."""
        return self.scalar_subquery().label(name)

    def exists(self) -> Exists:
        """Return EXISTS of the statement."""
        return Exists(self)

    def into(
        self,
        target: str,
        *,
        metadata: Any = None,
        schema: str | None = None,
        temporary: bool = False,
        if_not_exists: bool = False,
    ) -> Any:
        """Return CREATE TABLE AS: a statement that makes a table of the rows and has it as `table`."""
        return makers.create_table_as(
            self, target, metadata=metadata, schema=schema, temporary=temporary, if_not_exists=if_not_exists
        )

    def is_derived_from(self, fromclause: Any) -> bool:
        return fromclause is self or any(one.is_derived_from(fromclause) for one in self.source_froms())

    def source_froms(self) -> Iterable[Any]:
        """Return the FROM elements that the rows come from."""
        return ()

    def self_group(self, against: Any = None) -> Any:
        return SelectGrouping(self)


class ForUpdateArg(Executable):
    """FOR UPDATE and what it says; `of` are columns or tables."""

    _structure: ClassVar[Mapping[str, Kind]] = {
        "nowait": ATOM,
        "read": ATOM,
        "skip_locked": ATOM,
        "key_share": ATOM,
        "of": NODES,
    }

    def __init__(
        self,
        *,
        nowait: bool = False,
        read: bool = False,
        of: Any = None,
        skip_locked: bool = False,
        key_share: bool = False,
    ) -> None:
        self.nowait = nowait
        self.read = read
        self.skip_locked = skip_locked
        self.key_share = key_share
        self.of = _lock_targets(of)


class GenerativeSelect(SelectBase, SparseNode):
    """A SELECT or a compound of SELECTs. Sparse: an instance holds only the clauses that it has.

    `fetch_options` is (with_ties, percent).
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "order_by_clauses": NODES,
        "group_by_clauses": NODES,
        "limit_clause": NODE,
        "offset_clause": NODE,
        "fetch_clause": NODE,
        "fetch_options": ATOM,
        "for_update": NODE,
        "label_style": ATOM,
    }
    order_by_clauses: tuple[Any, ...] = ()
    group_by_clauses: tuple[Any, ...] = ()
    limit_clause: Any = None
    offset_clause: Any = None
    fetch_clause: Any = None
    fetch_options: tuple[bool, bool] = (False, False)
    for_update: ForUpdateArg | None = None
    label_style: SelectLabelStyle = LABEL_STYLE_DEFAULT

    def get_label_style(self) -> SelectLabelStyle:
        return self.label_style

    def set_label_style(self, style: SelectLabelStyle) -> Self:
        return self if style is self.label_style else self._with("label_style", style)

    def order_by(self, first: Any = NO_ARG, /, *clauses: Any) -> Self:
        """Return a copy with ORDER BY criteria added; a single None removes all."""
        return self._with("order_by_clauses", self._ordered(self.order_by_clauses, first, clauses, Role.ORDER_BY))

    def group_by(self, first: Any = NO_ARG, /, *clauses: Any) -> Self:
        """Return a copy with GROUP BY criteria added; a single None removes all."""
        return self._with("group_by_clauses", self._ordered(self.group_by_clauses, first, clauses, Role.GROUP_BY))

    def _ordered(self, before: tuple[Any, ...], first: Any, rest: tuple[Any, ...], role: Role) -> tuple[Any, ...]:
        if first is NO_ARG:
            return before
        if not rest and (first is None or first is False):
            return ()
        if role is Role.GROUP_BY:
            return (*before, *[element for clause in (first, *rest) for element in as_grouping(clause)])
        return (*before, *[as_ordering(clause, role) for clause in (first, *rest)])

    def limit(self, limit: Any) -> Self:
        """Return a copy that yields at most so many rows."""
        return self._with("limit_clause", as_count(limit))._without_fetch()

    def _without_fetch(self) -> Self:
        fields = self.__dict__
        if "fetch_clause" in fields:
            del fields["fetch_clause"]
        return self

    def offset(self, offset: Any) -> Self:
        """Return a copy that skips so many rows."""
        return self._with("offset_clause", as_count(offset))

    def fetch(self, count: Any, with_ties: bool = False, percent: bool = False) -> Self:
        """Return a copy with FETCH FIRST."""
        new = self._copy(fetch_clause=as_count(count), fetch_options=(with_ties, percent))
        if "limit_clause" in new.__dict__:
            del new.__dict__["limit_clause"]
        return new

    def slice(self, start: int, stop: int) -> Self:
        """Return a copy that yields the rows of a Python slice."""
        return self._copy(limit_clause=as_count(stop - start), offset_clause=as_count(start) if start else None)

    def with_for_update(
        self,
        *,
        nowait: bool = False,
        read: bool = False,
        of: Any = None,
        skip_locked: bool = False,
        key_share: bool = False,
    ) -> Self:
        """Return a copy that locks its rows."""
        return self._with(
            "for_update",
            ForUpdateArg(nowait=nowait, read=read, of=of, skip_locked=skip_locked, key_share=key_share),
        )


def _lock_targets(of: Any) -> tuple[Any, ...]:
    if of is None:
        return ()
    found = [clause_of(target) for target in as_sequence(of)]
    if any(node is None for node in found):
        raise ArgumentError(f"with_for_update(of=...) takes columns or tables, got {of!r}")
    return tuple(found)


class SelectGrouping(Selectable):
    """A statement in parentheses, where it stands in an expression or in a compound."""

    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE}
    is_select_statement: ClassVar[bool] = True

    def __init__(self, element: Any) -> None:
        self.element = element

    @property
    def exported_columns(self) -> Any:
        return self.element.exported_columns

    selected_columns = exported_columns

    def named_items(self) -> tuple[NamedItem, ...]:
        items: tuple[NamedItem, ...] = self.element.named_items()
        return items

    def proxied_names(self) -> tuple[NamedItem, ...]:
        items: tuple[NamedItem, ...] = self.element.proxied_names()
        return items

    def column_sources(self) -> list[tuple[Any, ...]]:
        """Return, for each column of the result, the columns that it comes from."""
        sources: list[tuple[Any, ...]] = self.element.column_sources()
        return sources

    def self_group(self, against: Any = None) -> Any:
        return self


class ScalarSelect(ColumnElement[T]):
    """A SELECT as a value."""

    is_scalar_select: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"element": NODE, "type": TYPE}
    takes_attribute_name: ClassVar[bool] = False

    def __init__(self, element: Any) -> None:
        self.element = element
        columns = element.selected_columns.values()
        if columns:
            self.type = columns[0].type

    def where(self, crit: Any) -> Self:
        """Return a copy whose SELECT has a WHERE criterion more."""
        return self._copy(element=self.element.where(crit))

    def scalar_subquery(self) -> Self:
        """Return the value itself: it is a scalar subquery already."""
        return self

    def correlate(self, *fromclauses: Any) -> Self:
        """Return a copy whose SELECT is correlated to the given elements."""
        return self._copy(element=self.element.correlate(*fromclauses))

    def correlate_except(self, *fromclauses: Any) -> Self:
        """Return a copy whose SELECT is correlated to all but the given elements."""
        return self._copy(element=self.element.correlate_except(*fromclauses))

    @property
    def c(self) -> Any:
        """There are none: a value has no columns."""
        raise InvalidRequestError(
            "Scalar Select expression has no columns; use this object directly within a column-level expression."
        )

    columns = c

    def self_group(self, against: Any = None) -> Any:
        return self


class Exists(UnaryExpression[bool]):
    """EXISTS (SELECT ..); `element` is the statement in parentheses."""

    inherit_cache: ClassVar[bool | None] = True
    is_labelled: ClassVar[bool] = True

    def __init__(self, argument: Any = None, /) -> None:
        self.element = SelectGrouping(_existing(argument))
        self.operator = exists_op
        self.modifier = None
        self.type = BOOLEANTYPE

    @property
    def statement(self) -> Any:
        """The statement inside."""
        return self.element.element

    def _changed(self, statement: Any) -> Self:
        return self._copy(element=SelectGrouping(statement))

    def select(self) -> Any:
        """Return a SELECT of the EXISTS."""
        return makers.select(self)

    def where(self, *clause: Any) -> Self:
        """Return a copy whose SELECT has WHERE criteria more."""
        return self._changed(self.statement.where(*clause))

    def select_from(self, *froms: Any) -> Self:
        """Return a copy whose SELECT has FROM elements more."""
        return self._changed(self.statement.select_from(*froms))

    def with_hint(self, selectable: Any, text: str, dialect_name: str = "*") -> Self:
        """Return a copy whose SELECT has a hint for one of its tables."""
        return self._changed(self.statement.with_hint(selectable, text, dialect_name))

    def with_statement_hint(self, text: str, dialect_name: str = "*") -> Self:
        """Return a copy whose SELECT has a hint at its end."""
        return self._changed(self.statement.with_statement_hint(text, dialect_name))

    def correlate(self, *fromclauses: Any) -> Self:
        """Return a copy whose SELECT is correlated to the given elements."""
        return self._changed(self.statement.correlate(*fromclauses))

    def correlate_except(self, *fromclauses: Any) -> Self:
        """Return a copy whose SELECT is correlated to all but the given elements."""
        return self._changed(self.statement.correlate_except(*fromclauses))


def _existing(argument: Any) -> Any:
    """Return the SELECT inside an EXISTS: of what is given, or of anything."""
    if argument is None:
        return makers.select(ColumnClause("*", is_literal=True))
    node = clause_of(argument)
    if node is not None and (node.is_select_statement or isinstance(node, ScalarSelect)):
        return node.element if isinstance(node, (ScalarSelect, SelectGrouping)) else node
    return makers.select(argument)


def exists(argument: Any = None, /) -> Exists:
    """Return EXISTS of a SELECT, of columns or tables, or of what `where()` says of anything."""
    return Exists(argument)


makers.scalar_subquery = ScalarSelect
makers.exists = Exists
