"""Functions as elements of FROM, and what can be taken from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from ..types import BOOLEANTYPE, NULLTYPE, to_instance
from ..types.operators import function_as_comparison_op
from .aliases import Alias
from .coercion import clause_of
from .column import ColumnClause, ColumnElement, NamedColumn, T
from .makers import makers
from .names import AnonymousName
from .node import ATOM, LINK, NODE, TREE, TYPE, Kind
from .operations import BinaryExpression


class TableValuedAlias(Alias):
    """A function in FROM, `function() AS name`.

    `column_args` are its columns; `derived` lists them after the name, `AS name(a, b)`, `with_types` with their types;
    `is_lateral` puts LATERAL before it.
    """

    _structure: ClassVar[Mapping[str, Kind]] = {
        "column_args": TREE,
        "derived": ATOM,
        "with_types": ATOM,
        "is_lateral": ATOM,
        "with_ordinality": ATOM,
        "joins_implicitly": ATOM,
        "is_one_column": ATOM,
    }
    derived: bool = False
    with_types: bool = False
    is_lateral: bool = False

    def __init__(
        self,
        element: Any,
        name: str | None,
        columns: tuple[Any, ...],
        *,
        with_ordinality: str | None = None,
        joins_implicitly: bool = False,
        is_one_column: bool = False,
    ) -> None:
        super().__init__(element, name)
        self.is_one_column = is_one_column
        self.column_args = columns
        self.with_ordinality = with_ordinality
        self.joins_implicitly = joins_implicitly

    @property
    def anon_stem(self) -> str:
        return "anon"

    @property
    def column(self) -> TableValuedColumn[Any]:
        """The row as one column, named like the alias."""
        return TableValuedColumn(self, self.element.type)

    def _proxied_columns(self) -> Iterable[tuple[str, ColumnElement[Any]]]:
        if self.is_one_column:
            name = AnonymousName(self.element.name, self.element)
            yield str(name), self.element.make_proxy(self, name, str(name), 0)
        for position, column in enumerate(self.column_args):
            yield column.key, column.make_proxy(self, column.name, column.key, position)

    def alias(self, name: str | None = None, flat: bool = False) -> TableValuedAlias:
        """Return the function under another name."""
        made = TableValuedAlias(
            self.element,
            name,
            self.column_args,
            with_ordinality=self.with_ordinality,
            joins_implicitly=self.joins_implicitly,
            is_one_column=self.is_one_column,
        )
        made.derived, made.with_types, made.is_lateral = self.derived, self.with_types, self.is_lateral
        return made

    def lateral(self, name: str | None = None) -> Self:
        """Return the function as LATERAL."""
        return self._copy(given_name=name, is_lateral=True)

    def render_derived(self, name: str | None = None, with_types: bool = False) -> Self:
        """Return the function with its columns listed after its name: `AS name(a, b)`."""
        return self._copy(given_name=name, derived=True, with_types=with_types)

    def from_objects(self) -> tuple[Any, ...]:
        return (self,)


class TableValuedColumn(NamedColumn[T]):
    """The row of a function in FROM as one column."""

    has_own_froms: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"scalar_alias": LINK, "type": TYPE}

    def __init__(self, scalar_alias: Any, type_: Any) -> None:
        self.scalar_alias = scalar_alias
        self.type = type_

    @property
    def name(self) -> Any:
        """The name of the alias."""
        return self.scalar_alias.name

    @property
    def key(self) -> str:  # type: ignore[override]
        name = self.scalar_alias.name
        return str(name.stem if isinstance(name, AnonymousName) else name)

    def own_froms(self) -> tuple[Any, ...]:
        """The FROM element that the column brings."""
        return (self.scalar_alias,)


def _row_of(selectable: Any) -> TableValuedColumn[Any]:
    return TableValuedColumn(selectable, NULLTYPE)


class ScalarFunctionColumn(NamedColumn[T]):
    """`(function()).name`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"fn": NODE, "name": ATOM, "type": TYPE}

    def __init__(self, fn: Any, name: str, type_: Any = None) -> None:
        self.fn = fn
        self.name = self.key = name
        self.type = to_instance(type_)


class FunctionAsBinary(BinaryExpression[Any]):
    """A function that stands for a comparison of two of its arguments."""

    _structure: ClassVar[Mapping[str, Kind]] = {"sql_function": NODE, "left_index": ATOM, "right_index": ATOM}

    def __init__(self, fn: Any, left_index: int, right_index: int) -> None:
        arguments = fn.clauses.clauses
        self.sql_function = fn
        self.left_index, self.right_index = left_index, right_index
        self.left, self.right = arguments[left_index - 1], arguments[right_index - 1]
        self.operator = function_as_comparison_op
        self.type = BOOLEANTYPE
        self.negate = None

    def __bool__(self) -> bool:
        raise TypeError("Boolean value of this clause is not defined")

    def self_group(self, against: Any = None) -> Any:
        return self


def column_arguments(columns: tuple[Any, ...]) -> tuple[ColumnClause[Any], ...]:
    """Return the columns of a function in FROM: names or column() objects."""
    made: list[ColumnClause[Any]] = []
    for column in columns:
        if isinstance(column, str):
            made.append(ColumnClause(column, NULLTYPE))
            continue
        node = clause_of(column)
        if node is None or not node.is_table_column:
            raise ArgumentError(f"table_valued() takes names or column() objects, got {column!r}")
        made.append(node)
    return tuple(made)


makers.table_valued = _row_of
