"""A SELECT over a subquery that stands in for its tables: what `Query.union()` and its like give.

In: a Select whose entities and columns are those of the statements in the subquery. Out: the Core statement with the
subquery's columns in their place, wherever they occur, also in statements inside it. Eager joins are told the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Unpack, cast

from ...sql.node import NODE, Kind, deannotate
from ...sql.select import Select
from ..mapping.entity import EntityNode
from .adapt import Find, Substitution, first_of
from .bundle import Bundle

EXPRESSIONS = (
    "raw_columns",
    "where_criteria",
    "having_criteria",
    "order_by_clauses",
    "group_by_clauses",
    "distinct_on",
)


class AdaptedSelect(Select[Unpack[tuple[Any, ...]]]):
    """A SELECT whose tables are seen through `base`, a subquery of statements about the same entities."""

    _structure: ClassVar[Mapping[str, Kind]] = {"base": NODE}
    plugin: ClassVar[str | None] = "orm"
    base: Any

    @staticmethod
    def over(base: Any, raw_columns: tuple[Any, ...]) -> AdaptedSelect:
        """Return the SELECT of what a subquery was made of."""
        made: AdaptedSelect = object.__new__(AdaptedSelect)
        made.raw_columns = raw_columns
        made.base = base
        return made

    def expanded_columns(self) -> list[Any]:
        """Return the columns of the subquery that the columns clause stands for."""
        adaption = Adaption(self.base)
        return [adaption.expression(column) for element in self.raw_columns for column in plain_columns(element)]


class ColumnsSelect(Select[Unpack[tuple[Any, ...]]]):
    """A SELECT of tables and expressions alone whose rows are named as those of a `Query`."""

    plugin: ClassVar[str | None] = "orm"

    @staticmethod
    def like(select: Any) -> ColumnsSelect:
        """Return the same SELECT."""
        made: ColumnsSelect = object.__new__(ColumnsSelect)
        made.__dict__.update(select.__dict__)
        return made._copy()


def plain_columns(element: Any) -> list[Any]:
    """Return the columns that an item of a columns clause stands for inside another statement."""
    if isinstance(element, Bundle):
        return [column for part in element.exprs for column in plain_columns(part)]
    return list(element.written_columns()) if element.is_from_clause else [element]


class Adaption:
    """The way from the tables of the first statement in a subquery to the subquery."""

    def __init__(self, base: Any) -> None:
        self.base = base
        first = base.element
        while hasattr(first, "selects"):
            first = first.selects[0]
        first = getattr(first, "element", first)
        columns = [column for element in first.raw_columns for column in plain_columns(element)]
        shown = list(base.c)
        self.find: Find = Substitution(zip(columns, shown, strict=True))
        self.sources = {id(column.table) for column in map(deannotate, columns) if column.is_table_column}

    def is_source(self, element: Any) -> bool:
        """Tell whether a FROM element is one of those that the subquery stands for."""
        source = element.element if isinstance(element, EntityNode) else element
        return id(deannotate(source)) in self.sources

    def is_source_of(self, entity: Any) -> bool:
        """Tell whether the subquery stands for the tables of an entity."""
        sources = [entity.selectable] if entity.is_aliased_class else entity.mapper.tables
        return any(id(source) in self.sources for source in sources)

    def from_(self, element: Any) -> Any:
        """Return a FROM element, the subquery for what it stands for."""
        return self.base if element is not None and self.is_source(element) else element

    def expression(self, node: Any) -> Any:
        """Return an expression, or a statement inside one, over the subquery's columns."""
        if node.is_column:
            found = self.find(node)
            if found is not None:
                return found
        if node.is_from_clause:
            if self.is_source(node):
                return self.base
            if node.has_identity or node.has_own_shape:
                return node
        return node._map_children(self.expression)

    def statement(self, statement: Any) -> Any:
        """Return a Core statement that selects from the subquery."""
        given = statement.__dict__
        changes: dict[str, Any] = {
            name: tuple(map(self.expression, given[name])) for name in EXPRESSIONS if name in given
        }
        sources = [element for element in statement.from_clauses if not self.is_source(element)]
        changes["from_clauses"] = (self.base, *sources)
        if statement.setup_joins:
            changes["setup_joins"] = tuple([self._join(*join) for join in statement.setup_joins])
        made = cast("Any", object.__new__(Select))
        made.__dict__.update({**given, **changes})
        made.__dict__.pop("base", None)
        return made._copy()

    def _join(self, target: Any, onclause: Any, left: Any, isouter: bool, full: bool) -> tuple[Any, ...]:
        condition = None if onclause is None else self.expression(onclause)
        return target, condition, self.from_(left), isouter, full

    def through(self, to_entity: Find) -> Find:
        """Return the way of an eager join from its parent's table to the subquery."""

        def find(column: Any) -> Any:
            on_the_way = to_entity(column)
            return None if on_the_way is None else self.find(on_the_way)

        return first_of(find, self.find)


def adaption_of(select: Any) -> Adaption | None:
    """Return the way to the subquery that a SELECT sees its tables through; None for any other SELECT."""
    return Adaption(select.base) if isinstance(select, AdaptedSelect) else None
