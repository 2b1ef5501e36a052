"""VALUES as an element of FROM, or as a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from .bind import BindParameter
from .clause import Executable
from .coercion import clause_of, node_as_expression
from .column import ColumnClause, ColumnElement
from .fromclause import NamedFromClause
from .makers import makers
from .names import AnonymousName, Name
from .node import ATOM, TREE, Kind
from .simple import NULL


class Values(NamedFromClause, Executable):
    """`(VALUES (..), (..)) AS name (columns)`; `rows` are tuples of expressions."""

    _structure: ClassVar[Mapping[str, Kind]] = {
        "column_args": TREE,
        "given_name": ATOM,
        "literal_binds": ATOM,
        "rows": TREE,
        "is_lateral": ATOM,
    }
    has_identity: ClassVar[bool] = True
    is_lateral: bool = False
    rows: tuple[tuple[Any, ...], ...] = ()

    def __init__(self, *columns: Any, name: str | None = None, literal_binds: bool = False) -> None:
        self.column_args = tuple([_as_column(column) for column in columns])
        self.given_name = name
        self.literal_binds = literal_binds

    @property
    def name(self) -> Name:
        return AnonymousName("anon", self) if self.given_name is None else self.given_name

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        for position, column in enumerate(self.column_args):
            yield column.name, column.make_proxy(self, column.name, column.name, position)

    def data(self, values: Sequence[Sequence[Any]]) -> Self:
        """Return a copy with rows added."""
        return self._copy(rows=(*self.rows, *[self._row(row) for row in values]))

    def _row(self, row: Sequence[Any]) -> tuple[Any, ...]:
        if len(row) != len(self.column_args):
            raise ArgumentError(f"VALUES has {len(self.column_args)} columns, got a row of {len(row)}: {row!r}")
        return tuple([self._cell(column, value) for column, value in zip(self.column_args, row, strict=True)])

    def _cell(self, column: Any, value: Any) -> Any:
        node = clause_of(value)
        if node is None and value is None and not column.type.should_evaluate_none:
            return NULL
        if node is None:
            return BindParameter(None, value, column.type, unique=True)
        return node_as_expression(node, value)

    def alias(self, name: str | None = None, flat: bool = False) -> Self:
        """Return a copy under another name."""
        return self._copy(given_name=name)

    def lateral(self, name: str | None = None) -> Self:
        """Return a copy as LATERAL."""
        return self._copy(given_name=self.given_name if name is None else name, is_lateral=True)

    def as_in_operand(self) -> ScalarValues:
        """Return the rows as the right side of IN."""
        return ScalarValues(self)

    def scalar_values(self) -> ScalarValues:
        """Return the rows as a value."""
        return ScalarValues(self)

    def cte(self, name: str | None = None, recursive: bool = False, nesting: bool = False) -> Any:
        """Return the rows as a common table expression."""
        return makers.cte(self, name, recursive, nesting)

    def self_group(self, against: Any = None) -> Any:
        return self


class ScalarValues(ColumnElement[Any]):
    """VALUES as a value."""

    _structure: ClassVar[Mapping[str, Kind]] = {"column_args": TREE, "literal_binds": ATOM, "rows": TREE}

    def __init__(self, values: Values) -> None:
        self.column_args = values.column_args
        self.literal_binds = values.literal_binds
        self.rows = values.rows

    def as_in_operand(self) -> Self:
        """Return the rows as the right side of IN."""
        return self

    def self_group(self, against: Any = None) -> Any:
        return self


def _as_column(column: Any) -> ColumnClause[Any]:
    node = clause_of(column)
    if node is None or not node.is_table_column:
        raise ArgumentError(f"values() takes column() objects with types, got {column!r}")
    named: ColumnClause[Any] = node
    return named


def values(*columns: Any, name: str | None = None, literal_binds: bool = False) -> Values:
    """Return VALUES with the given columns; `data()` adds rows."""
    return Values(*columns, name=name, literal_binds=literal_binds)
