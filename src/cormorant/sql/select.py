"""SELECT.

In: columns, conditions and the rest through methods that each return a new statement. Out: a node whose instance holds
only the clauses that were given; FROM elements and names of columns are found when somebody asks for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Self, Unpack, overload

from ..exc import AmbiguousColumnError, ArgumentError, InvalidRequestError
from ..util import warn_deprecated
from .clause import ClauseElement, Ts, TypedReturnsRows
from .coercion import Role, as_columns, as_condition, as_from, as_join_target, as_on_clause, as_ordering, clause_of
from .froms import final_froms, froms_of, visible_froms
from .makers import makers
from .naming import (
    LABEL_STYLE_DISAMBIGUATE_ONLY,
    LABEL_STYLE_NONE,
    NamedItem,
    name_items,
)
from .node import ATOM, NODE, NODES, TREE, Kind, hooks
from .prefixes import HasPrefixes, HasSuffixes
from .reduce import reduced
from .selectbase import GenerativeSelect
from .syntax_extension import HasSyntaxExtensions, SyntaxExtension
from .typed import T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, Typed


class HasHints(ClauseElement):
    """Hints: `statement_hints` are pairs (dialect, text), `hints` triples (FROM element, dialect, text)."""

    _structure: ClassVar[Mapping[str, Kind]] = {"hints": TREE, "statement_hints": ATOM}
    hints: tuple[tuple[Any, str, str], ...] = ()
    statement_hints: tuple[tuple[str, str], ...] = ()

    def with_statement_hint(self, text: str, dialect_name: str = "*") -> Self:
        """Return a copy with a hint at the end of the statement."""
        return self._copy(statement_hints=(*self.statement_hints, (dialect_name, text)))

    def with_hint(self, selectable: Any, text: str, dialect_name: str = "*") -> Self:
        """Return a copy with a hint for one of its tables."""
        return self._copy(hints=(*self.hints, (as_from(selectable), dialect_name, text)))


class Select(HasPrefixes, HasSuffixes, HasHints, HasSyntaxExtensions, GenerativeSelect, TypedReturnsRows[Unpack[Ts]]):
    """A SELECT statement.

    `raw_columns` are columns and FROM elements as given; `setup_joins` holds (target, onclause or None, left or None,
    isouter, full) per call of `join()`; `correlated` and `uncorrelated` are None or the arguments of `correlate()` and
    `correlate_except()`; `is_distinct` and `distinct_on` say DISTINCT; `from_clauses` is what `select_from()` gave.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "raw_columns": NODES,
        "from_clauses": NODES,
        "setup_joins": TREE,
        "where_criteria": NODES,
        "having_criteria": NODES,
        "is_distinct": ATOM,
        "distinct_on": NODES,
        "correlated": NODES,
        "uncorrelated": NODES,
        "auto_correlate": ATOM,
        "source_statement": NODE,
        "settled_options": ATOM,
    }
    raw_columns: tuple[Any, ...] = ()
    from_clauses: tuple[Any, ...] = ()
    setup_joins: tuple[tuple[Any, Any, Any, bool, bool], ...] = ()
    where_criteria: tuple[Any, ...] = ()
    having_criteria: tuple[Any, ...] = ()
    is_distinct: bool = False
    distinct_on: tuple[Any, ...] = ()
    correlated: tuple[Any, ...] = ()
    uncorrelated: tuple[Any, ...] | None = None
    auto_correlate: bool = True
    source_statement: Any = None
    """The statement whose rows stand for the columns: `from_statement()`."""
    settled_options: int = 0
    """How many options were meant for columns that others replaced: of them, those that fit nothing mean nothing."""

    extension_points: ClassVar[tuple[str, ...]] = ("post_select", "pre_columns", "post_criteria", "post_body")

    def __init__(self: Select[Unpack[tuple[Any, ...]]], *entities: Any) -> None:
        self.raw_columns = as_columns(entities)

    def _apply(self, extension: SyntaxExtension) -> None:
        extension.apply_to_select(self)

    # building

    def where(self, *whereclause: Any) -> Self:
        """Return a copy with WHERE criteria added, joined by AND."""
        if len(whereclause) == 1:
            (only,) = whereclause
            added = (only if isinstance(only, ClauseElement) and only.is_condition else as_condition(only),)
        else:
            added = tuple([as_condition(criterion) for criterion in whereclause])
        return self._with("where_criteria", self.where_criteria + added)

    def filter(self, *criteria: Any) -> Self:
        """Return a copy with WHERE criteria added."""
        return self.where(*criteria)

    def filter_by(self, **kwargs: Any) -> Self:
        """Return a copy with `name = value` criteria on the entity of its FROM clause that has the name."""
        return self.where(*[_attribute(self, name) == value for name, value in kwargs.items()])

    def having(self, *having: Any) -> Self:
        """Return a copy with HAVING criteria added, joined by AND."""
        return self._with("having_criteria", (*self.having_criteria, *[as_condition(c) for c in having]))

    def select_from(self, *froms: Any) -> Self:
        """Return a copy with FROM elements added."""
        return self._with("from_clauses", (*self.from_clauses, *[as_from(one) for one in froms]))

    def join(self, target: Any, onclause: Any = None, *, isouter: bool = False, full: bool = False) -> Self:
        """Return a copy joined to an element, by foreign keys or by a condition."""
        return self._with_join(as_join_target(target), onclause, None, isouter, full)

    def outerjoin(self, target: Any, onclause: Any = None, *, full: bool = False) -> Self:
        """Return a copy joined to an element by LEFT OUTER JOIN."""
        return self._with_join(as_join_target(target), onclause, None, True, full)

    def join_from(
        self, from_: Any, target: Any, onclause: Any = None, *, isouter: bool = False, full: bool = False
    ) -> Self:
        """Return a copy with a join of two elements."""
        return self._with_join(as_join_target(target), onclause, as_from(from_), isouter, full)

    def outerjoin_from(self, from_: Any, target: Any, onclause: Any = None, *, full: bool = False) -> Self:
        """Return a copy with a LEFT OUTER JOIN of two elements."""
        return self._with_join(as_join_target(target), onclause, as_from(from_), True, full)

    def _with_join(self, target: Any, onclause: Any, left: Any, isouter: bool, full: bool) -> Self:
        condition = None if onclause is None else as_on_clause(onclause)
        return self._with("setup_joins", (*self.setup_joins, (target, condition, left, isouter, full)))

    def distinct(self, *expr: Any) -> Self:
        """Return a copy with DISTINCT, or DISTINCT ON the given expressions where the database has that."""
        new = self._with("is_distinct", True)
        if expr:
            warn_deprecated(
                "Passing expression to ``distinct`` to generate a DISTINCT ON clause is deprecated. Use instead the "
                "function ``distinct_on`` of the dialect that has it, as an extension."
            )
            new.distinct_on = (*self.distinct_on, *[as_ordering(one, Role.BY_OF) for one in expr])
        return new

    def add_columns(self, *entities: Any) -> Select[Unpack[tuple[Any, ...]]]:
        """Return a copy with columns added."""
        return self._retyped((*self.raw_columns, *as_columns(entities)))

    def _retyped(self, columns: Any) -> Select[Unpack[tuple[Any, ...]]]:
        made: Any = self._with("raw_columns", columns)
        statement: Select[Unpack[tuple[Any, ...]]] = made
        return statement

    def column(self, column: Any) -> Self:
        """Return a copy with a column added; `add_columns()` is the newer name."""
        warn_deprecated(
            "The Select.column() method is deprecated and will be removed in a future release.  Please use "
            "Select.add_columns()",
            "1.4",
        )
        return self._with("raw_columns", (*self.raw_columns, *as_columns((column,))))

    @overload
    def with_only_columns(self, ent0: Typed[T0], /, *, maintain_column_froms: bool = ...) -> Select[T0]: ...
    @overload
    def with_only_columns(
        self, ent0: Typed[T0], ent1: Typed[T1], /, *, maintain_column_froms: bool = ...
    ) -> Select[T0, T1]: ...
    @overload
    def with_only_columns(
        self, ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], /, *, maintain_column_froms: bool = ...
    ) -> Select[T0, T1, T2]: ...
    @overload
    def with_only_columns(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        /,
        *,
        maintain_column_froms: bool = ...,
    ) -> Select[T0, T1, T2, T3]: ...
    @overload
    def with_only_columns(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        ent4: Typed[T4],
        /,
        *,
        maintain_column_froms: bool = ...,
    ) -> Select[T0, T1, T2, T3, T4]: ...
    @overload
    def with_only_columns(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        ent4: Typed[T4],
        ent5: Typed[T5],
        /,
        *,
        maintain_column_froms: bool = ...,
    ) -> Select[T0, T1, T2, T3, T4, T5]: ...
    @overload
    def with_only_columns(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        ent4: Typed[T4],
        ent5: Typed[T5],
        ent6: Typed[T6],
        /,
        *,
        maintain_column_froms: bool = ...,
    ) -> Select[T0, T1, T2, T3, T4, T5, T6]: ...
    @overload
    def with_only_columns(
        self,
        ent0: Typed[T0],
        ent1: Typed[T1],
        ent2: Typed[T2],
        ent3: Typed[T3],
        ent4: Typed[T4],
        ent5: Typed[T5],
        ent6: Typed[T6],
        ent7: Typed[T7],
        /,
        *,
        maintain_column_froms: bool = ...,
    ) -> Select[T0, T1, T2, T3, T4, T5, T6, T7]: ...
    @overload
    def with_only_columns(
        self, *entities: Any, maintain_column_froms: bool = False
    ) -> Select[Unpack[tuple[Any, ...]]]: ...
    def with_only_columns(self, *entities: Any, maintain_column_froms: bool = False) -> Any:
        """Return a copy with other columns; FROM elements of the old ones stay only with `maintain_column_froms`."""
        if len(entities) == 1 and isinstance(entities[0], list):
            raise ArgumentError(
                'The "entities" argument to Select.with_only_columns(), when referring to a sequence of items, is now '
                "passed as a series of positional elements, rather than as a list. "
            )
        base = self.select_from(*self.columns_clause_froms) if maintain_column_froms else self
        if base.with_options:
            base = base._with("settled_options", len(base.with_options))
        return base._with("raw_columns", as_columns(entities))

    def reduce_columns(self, only_synonyms: bool = True) -> Self:
        """Return a copy without columns that a foreign key or an equality ties to another one (of the same name)."""
        return self._with("raw_columns", as_columns(reduced(self.inner_columns, self.where_criteria, only_synonyms)))

    def correlate(self, *fromclauses: Any) -> Self:
        """Return a copy that leaves the given elements to the statement around it; None turns correlation off."""
        if fromclauses == (None,):
            return self._copy(auto_correlate=False, correlated=())
        return self._copy(auto_correlate=False, correlated=(*self.correlated, *[as_from(one) for one in fromclauses]))

    def correlate_except(self, *fromclauses: Any) -> Self:
        """Return a copy that leaves all but the given elements to the statement around it."""
        if fromclauses == (None,):
            return self._copy(auto_correlate=False, uncorrelated=())
        return self._copy(
            auto_correlate=False,
            uncorrelated=(*(self.uncorrelated or ()), *[as_from(one) for one in fromclauses]),
        )

    @property
    def is_from_statement(self) -> bool:  # type: ignore[override]
        """Whether the rows come from another statement."""
        return self.source_statement is not None

    def from_statement(self, statement: Any) -> Self:
        """Return a copy whose rows are those of another statement; for mapped entities."""
        node = clause_of(statement)
        if node is None:
            raise ArgumentError(
                f"Textual SQL expression {statement!r} should be explicitly declared as text({statement!r})"
                if isinstance(statement, str)
                else f"from_statement() takes a statement or text(), got {statement!r}"
            )
        if self.shape.plugin is None:
            raise InvalidRequestError("from_statement() needs mapped entities: select(Class).from_statement(...)")
        return self._with("source_statement", node)

    # asking

    @property
    def inner_columns(self) -> Iterator[Any]:
        """The columns of the columns clause, FROM elements replaced by their columns."""
        return iter(self.expanded_columns())

    def expanded_columns(self) -> list[Any]:
        """Return the columns of the columns clause, FROM elements replaced by their columns."""
        columns: list[Any] = []
        for element in self.raw_columns:
            if element.is_from_clause or element.is_bundle:
                columns.extend(element.c if element.is_bundle else element.written_columns())
            else:
                columns.append(element)
        return columns

    def named_items(self) -> tuple[NamedItem, ...]:
        items: tuple[NamedItem, ...] | None = self._items
        if items is None:
            items = self._items = name_items(self.expanded_columns(), self.label_style)
        return items

    def proxied_names(self) -> tuple[NamedItem, ...]:
        if self.label_style is not LABEL_STYLE_NONE:
            return super().proxied_names()
        items = name_items(self.expanded_columns(), LABEL_STYLE_DISAMBIGUATE_ONLY)
        return tuple([item for item in items if not item.element.is_text])

    @property
    def whereclause(self) -> Any:
        """The WHERE criteria as one expression, None where there are none."""
        criteria = self.where_criteria
        return makers.all_of(criteria) if criteria else None

    @property
    def having_clause(self) -> Any:
        """The HAVING criteria as one expression, None where there are none."""
        criteria = self.having_criteria
        return makers.all_of(criteria) if criteria else None

    @property
    def columns_clause_froms(self) -> list[Any]:
        """The FROM elements that the columns bring."""
        return final_froms(self.raw_columns, (), (), ())

    def get_final_froms(self) -> list[Any]:
        """Return the FROM elements of the statement, before correlation with a statement around it."""
        found: list[Any] | None = self._froms
        if found is None:
            found = final_froms(self.raw_columns, self.from_clauses, self.setup_joins, self.where_criteria)
            self._froms = found
        return list(found)

    @property
    def froms(self) -> list[Any]:
        """The FROM elements of the statement."""
        warn_deprecated("The Select.froms attribute is moved to the Select.get_final_froms() method.", "1.4.23")
        return self.get_final_froms()

    def visible_froms(self, enclosing: Iterable[Any] = (), adjacent: Iterable[Any] = ()) -> list[Any]:
        """Return the FROM elements to render inside other SELECTs; see froms.py."""
        return visible_froms(
            self.get_final_froms(),
            self.correlated,
            self.uncorrelated,
            self.auto_correlate,
            list(enclosing),
            list(adjacent),
        )

    def source_froms(self) -> Iterable[Any]:
        return self.get_final_froms()

    @property
    def column_descriptions(self) -> list[dict[str, Any]]:
        """Name, type and expression of each column; of each entity where the statement has mapped ones."""
        describe = hooks.describe_columns.get(self.shape.plugin or "")
        if describe is not None:
            return describe(self)
        return [
            {"name": describe_name(item), "type": item.element.type, "expr": item.element}
            for item in name_items(self.expanded_columns(), LABEL_STYLE_NONE)
        ]

    # compounds

    def union(self, *other: Any) -> Any:
        """Return the UNION with other selects."""
        return makers.compound("UNION", self, *other)

    def union_all(self, *other: Any) -> Any:
        """Return the UNION ALL with other selects."""
        return makers.compound("UNION ALL", self, *other)

    def except_(self, *other: Any) -> Any:
        """Return the EXCEPT of other selects."""
        return makers.compound("EXCEPT", self, *other)

    def except_all(self, *other: Any) -> Any:
        """Return the EXCEPT ALL of other selects."""
        return makers.compound("EXCEPT ALL", self, *other)

    def intersect(self, *other: Any) -> Any:
        """Return the INTERSECT with other selects."""
        return makers.compound("INTERSECT", self, *other)

    def intersect_all(self, *other: Any) -> Any:
        """Return the INTERSECT ALL with other selects."""
        return makers.compound("INTERSECT ALL", self, *other)


def describe_name(item: NamedItem) -> str | None:
    """Return the name of a column for a description."""
    if item.element.is_text:
        return None
    stem = getattr(item.name, "stem", None)
    if stem is not None:
        return None if stem == "anon" else str(stem)
    return None if item.name is None else str(item.name)


def _attribute(statement: Select[Unpack[tuple[Any, ...]]], name: str) -> Any:
    """Return the column or attribute that `filter_by(name=...)` means."""
    elements: list[Any] = [*statement.raw_columns, *statement.from_clauses]
    elements += [part for join in statement.setup_joins for part in (join[2], join[0]) if part is not None]
    return attribute_in((owner for element in elements for owner in _owners(element)), name)


def attribute_in(owners: Iterable[Any], name: str) -> Any:
    """Return what FROM elements call by a name; raises where none or several do."""
    searched: dict[int, Any] = {}
    for owner in owners:
        searched.setdefault(id(owner.entity_namespace), owner)
    found = [(owner, named_in(owner.entity_namespace, name)) for owner in searched.values()]
    having = [(owner, attribute) for owner, attribute in found if attribute is not None]
    if len(having) > 1:
        names = ", ".join(owner.searched_name for owner, _ in having)
        raise AmbiguousColumnError(
            f'Attribute name "{name}" is ambiguous; it exists in multiple FROM clause entities ({names}). Use filter() '
            "with explicit column references instead of filter_by()."
        )
    if not having:
        names = ", ".join(dict.fromkeys(owner.searched_name for owner in searched.values()))
        raise InvalidRequestError(
            f'None of the FROM clause entities have a property "{name}". Searched entities: {names}'
        )
    return having[0][1]


def _owners(element: Any) -> list[Any]:
    """Return what an element of a statement takes its columns from: itself, its entity, or its tables."""
    if element.is_from_clause or getattr(element, "is_relationship", False):
        return [element]
    entity = element._annotations.get("entity")
    return froms_of(element) if entity is None else [entity]


def named_in(namespace: Any, name: str) -> Any:
    """Return the column or attribute of a name, None where there is none."""
    return namespace.get(name) if hasattr(namespace, "get") else getattr(namespace, name, None)


_blank: Any = object.__new__


@overload
def select(ent0: Typed[T0], /) -> Select[T0]: ...
@overload
def select(ent0: Typed[T0], ent1: Typed[T1], /) -> Select[T0, T1]: ...
@overload
def select(ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], /) -> Select[T0, T1, T2]: ...
@overload
def select(ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], /) -> Select[T0, T1, T2, T3]: ...
@overload
def select(
    ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], ent4: Typed[T4], /
) -> Select[T0, T1, T2, T3, T4]: ...
@overload
def select(
    ent0: Typed[T0], ent1: Typed[T1], ent2: Typed[T2], ent3: Typed[T3], ent4: Typed[T4], ent5: Typed[T5], /
) -> Select[T0, T1, T2, T3, T4, T5]: ...
@overload
def select(
    ent0: Typed[T0],
    ent1: Typed[T1],
    ent2: Typed[T2],
    ent3: Typed[T3],
    ent4: Typed[T4],
    ent5: Typed[T5],
    ent6: Typed[T6],
    /,
) -> Select[T0, T1, T2, T3, T4, T5, T6]: ...
@overload
def select(
    ent0: Typed[T0],
    ent1: Typed[T1],
    ent2: Typed[T2],
    ent3: Typed[T3],
    ent4: Typed[T4],
    ent5: Typed[T5],
    ent6: Typed[T6],
    ent7: Typed[T7],
    /,
) -> Select[T0, T1, T2, T3, T4, T5, T6, T7]: ...
@overload
def select(
    ent0: Typed[T0],
    ent1: Typed[T1],
    ent2: Typed[T2],
    ent3: Typed[T3],
    ent4: Typed[T4],
    ent5: Typed[T5],
    ent6: Typed[T6],
    ent7: Typed[T7],
    ent8: Typed[T8],
    /,
) -> Select[T0, T1, T2, T3, T4, T5, T6, T7, T8]: ...
@overload
def select(
    ent0: Typed[T0],
    ent1: Typed[T1],
    ent2: Typed[T2],
    ent3: Typed[T3],
    ent4: Typed[T4],
    ent5: Typed[T5],
    ent6: Typed[T6],
    ent7: Typed[T7],
    ent8: Typed[T8],
    ent9: Typed[T9],
    /,
) -> Select[T0, T1, T2, T3, T4, T5, T6, T7, T8, T9]: ...
@overload
def select(*entities: Any) -> Select[Unpack[tuple[Any, ...]]]: ...
def select(*entities: Any, **former: Any) -> Select[Unpack[tuple[Any, ...]]]:
    """Return a SELECT of columns, tables or mapped entities."""
    if former:
        raise ArgumentError(
            f"Additional keyword arguments are not accepted by select(), got {', '.join(former)}: use its methods"
        )
    statement = _blank(Select)
    statement.raw_columns = as_columns(entities)
    made: Select[Unpack[tuple[Any, ...]]] = statement
    return made


makers.select = select
