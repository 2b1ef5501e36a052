"""Constructs of PostgreSQL that are no types: aggregates in an order, EXCLUDE constraints, full text search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from ...exc import ArgumentError
from ...schema.base import clause_of as schema_clause
from ...schema.columns import columns_of
from ...schema.constraints import ColumnCollectionConstraint
from ...sql.bind import BindParameter
from ...sql.clause import ClauseElement
from ...sql.coercion import Role, as_condition, as_expression, as_ordering, clause_of
from ...sql.column import ColumnElement
from ...sql.functions import GenericFunction, func
from ...sql.node import NODE, NODES, TYPE, Kind
from ...sql.operations import ClauseList
from ...sql.simple import text
from ...sql.syntax_extension import SyntaxExtension
from ...types.base import TypeEngine
from ...types.operators import comma_op
from ...types.upper import TEXT
from .array import ARRAY
from .types import REGCONFIG, TSQUERY, TSVECTOR

NAME = "postgresql"


class aggregate_order_by(ColumnElement[Any]):  # noqa: N801 - public name, used like a function
    """`target ORDER BY columns`, as the argument of an aggregate."""

    _structure: ClassVar[Mapping[str, Kind]] = {"target": NODE, "order_by": NODE, "type": TYPE}
    inherit_cache: ClassVar[bool | None] = True
    stringify_dialect: ClassVar[str] = NAME

    def __init__(self, target: Any, *order_by: Any) -> None:
        if not order_by:
            raise TypeError("at least one ORDER BY element is required")
        self.target = as_expression(target)
        self.type: Any = self.target.type
        elements = [as_ordering(one) for one in order_by]
        self.order_by = elements[0] if len(elements) == 1 else ClauseList(*elements, operator=comma_op, group=False)

    def self_group(self, against: Any = None) -> Any:
        return self


def array_agg(*arg: Any, **kw: Any) -> Any:
    """Return `array_agg()` whose type is PostgreSQL's ARRAY, with its operators."""
    made = func.array_agg(*arg, **kw)
    if "type_" not in kw and not isinstance(made.type, ARRAY):
        made.type = made.type.adapt(ARRAY)
    return made


class DistinctOnClause(SyntaxExtension):
    """`DISTINCT ON (expressions)` of a SELECT."""

    _structure: ClassVar[Mapping[str, Kind]] = {"expressions": NODES}
    inherit_cache: ClassVar[bool | None] = True
    stringify_dialect: ClassVar[str] = NAME

    def __init__(self, expressions: tuple[Any, ...]) -> None:
        self.expressions = expressions

    def apply_to_select(self, select_stmt: Any) -> None:
        select_stmt.__dict__["is_distinct"] = False
        select_stmt.apply_syntax_extension_point(self._added_to, "pre_columns")

    def _added_to(self, existing: Sequence[Any]) -> Sequence[Any]:
        """Return the elements with this one merged into another of its kind."""
        before = [one for element in existing if isinstance(element, DistinctOnClause) for one in element.expressions]
        others = [element for element in existing if not isinstance(element, DistinctOnClause)]
        return [*others, DistinctOnClause((*before, *self.expressions))]


def distinct_on(*expr: Any) -> DistinctOnClause:
    """Return the clause for `select(..).ext(distinct_on(..))`."""
    return DistinctOnClause(tuple([as_ordering(one, Role.BY_OF) for one in expr]))


class ExcludeConstraint(ColumnCollectionConstraint):
    """`EXCLUDE USING method (element WITH operator, ..) WHERE (condition)`.

    Elements are columns, their names, or expressions, each with its operator; `ops` names operator classes by column.
    """

    convention_key = "ex"
    create_drop_stringify_dialect: ClassVar[str] = NAME
    where: Any = None

    def __init__(
        self,
        *elements: tuple[Any, str],
        name: Any = None,
        deferrable: bool | None = None,
        initially: str | None = None,
        using: str = "gist",
        where: Any = None,
        ops: Mapping[str, str] | None = None,
        **kw: Any,
    ) -> None:
        if not elements:
            raise ArgumentError("an ExcludeConstraint needs at least one pair of element and operator")
        self.operators: dict[str, str] = {}
        self.elements = [_element(given, operator) for given, operator in elements]
        found = [one for element, _ in self.elements for one in _columns_in(element)]
        for (element, operator), (given, _) in zip(self.elements, elements, strict=True):
            self.operators[given if isinstance(given, str) else _key_of(element)] = operator
        self.using = using or ""
        self.where = None if where is None else _condition(where)
        self.ops = dict(ops or {})
        super().__init__(*found, name=name, deferrable=deferrable, initially=initially, **kw)

    def resolved(self) -> list[tuple[Any, str]]:
        """Return the elements with names replaced by the columns of the table, and their operators."""
        columns = self.table.c
        return [(columns[one] if isinstance(one, str) else one, operator) for one, operator in self.elements]

    def copied(self, table: Any = None, schema: Any = None) -> Any:
        made = type(self)(
            *[(_named(one), operator) for one, operator in self.elements],
            using=self.using,
            where=self.where,
            ops=self.ops,
            **self._common(),
        )
        if table is not None and made.parent is None:
            made.pending = [one if isinstance(one, str) else one.key for one in made.pending]
        return made

    def _shown(self) -> list[str]:
        return []


def _element(given: Any, operator: str) -> tuple[Any, str]:
    if isinstance(given, str):
        return given, operator
    node = schema_clause(given)
    if not isinstance(node, ClauseElement):
        raise ArgumentError(f"Element {given!r} of an ExcludeConstraint is no column, name or SQL expression")
    return node, operator


def _columns_in(element: Any) -> list[Any]:
    if isinstance(element, str) or getattr(element, "is_schema_item", False):
        return [element]
    return list(columns_of(element))


def _named(element: Any) -> Any:
    """Return a column as its name, so that another table's is found; an expression as it is."""
    return str(element.key) if getattr(element, "is_schema_item", False) else element


def _key_of(element: Any) -> str:
    return str(getattr(element, "name", None) or element)


def _condition(where: Any) -> Any:
    return text(where) if isinstance(where, str) else as_condition(where)


# full text search


class _WithConfiguration(GenericFunction[Any]):
    """A function whose first argument, where there are several, names a configuration."""

    _is_abstract: ClassVar[bool] = True
    inherit_cache: ClassVar[bool | None] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        arguments = list(args)
        if len(arguments) > 1:
            arguments[0] = self._configuration(arguments[0])
        super().__init__(*arguments, **kwargs)

    def _configuration(self, given: Any) -> Any:
        if clause_of(given) is not None or given is None:
            return given
        return BindParameter(str(self.name), given, REGCONFIG(), unique=True)


class to_tsvector(_WithConfiguration):  # noqa: N801 - named like the function
    """A text prepared for search."""

    type: TypeEngine[Any] = TSVECTOR()
    inherit_cache: ClassVar[bool | None] = True


class to_tsquery(_WithConfiguration):  # noqa: N801
    """A query in its own notation."""

    type: TypeEngine[Any] = TSQUERY()
    inherit_cache: ClassVar[bool | None] = True


class plainto_tsquery(_WithConfiguration):  # noqa: N801
    """A query for all words of a text."""

    type: TypeEngine[Any] = TSQUERY()
    inherit_cache: ClassVar[bool | None] = True


class phraseto_tsquery(_WithConfiguration):  # noqa: N801
    """A query for the words of a text in their order."""

    type: TypeEngine[Any] = TSQUERY()
    inherit_cache: ClassVar[bool | None] = True


class websearch_to_tsquery(_WithConfiguration):  # noqa: N801
    """A query as people type it into a search engine."""

    type: TypeEngine[Any] = TSQUERY()
    inherit_cache: ClassVar[bool | None] = True


class ts_headline(_WithConfiguration):  # noqa: N801
    """The part of a document that shows why it was found."""

    type: TypeEngine[Any] = TEXT()
    inherit_cache: ClassVar[bool | None] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        second = clause_of(args[1]) if len(args) > 1 else None
        if second is not None and isinstance(getattr(second, "type", None), TSQUERY):
            GenericFunction.__init__(self, *args, **kwargs)
        else:
            super().__init__(*args, **kwargs)
