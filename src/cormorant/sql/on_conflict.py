"""INSERT .. ON CONFLICT: what an INSERT does about rows that exist already. Shared by the dialects that have it.

In: the columns or the name of a unique key, conditions, and the values to set. Out: one node, `conflict` of the
INSERT, with literals as bind parameters. Which databases have the clause, and what else they can name as the key, is
said by the dialects: they subclass these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, NoReturn

from ..exc import ArgumentError, InvalidRequestError
from ..types import NULLTYPE
from ..util import memoized
from .aliases import Alias
from .bind import BindParameter
from .clause import ClauseElement
from .coercion import as_condition, clause_of, node_as_expression
from .collection import ColumnCollection
from .dml import Insert
from .node import ATOM, NODE, TREE, Kind, deannotate


class OnConflict(ClauseElement):
    """The clause: `constraint_name` names the key, or `index_elements` and `index_where` describe it, or neither."""

    _structure: ClassVar[Mapping[str, Kind]] = {
        "constraint_name": ATOM,
        "index_elements": TREE,
        "index_where": NODE,
        "has_elements": ATOM,
    }
    writes_index_where: ClassVar[bool] = False
    """Whether values in `index_where` are written into the text: where the database compares it with its indexes."""

    constraint_name: str | None = None

    def __init__(self, index_elements: Iterable[Any] | None = None, index_where: Any = None) -> None:
        self.has_elements = index_elements is not None
        self.index_elements = tuple([_index_element(one) for one in index_elements or ()])
        where = None if index_where is None else as_condition(index_where)
        if where is not None and index_elements is None:
            where = None
        self.index_where = _written(where) if self.writes_index_where and where is not None else where

    @property
    def has_target(self) -> bool:
        """Whether a key is named."""
        return self.constraint_name is not None or self.has_elements


def _index_element(given: Any) -> Any:
    if isinstance(given, str):
        return given
    node = clause_of(given)
    if node is None:
        raise ArgumentError(f"String column name or column expression for DDL constraint expected, got {given!r}.")
    return node


def _written(node: Any) -> Any:
    """Return an expression whose values are written into the text when it is executed."""
    return node._copy(literal_execute=True) if node.is_bind else node._map_children(_written)


class OnConflictDoNothing(OnConflict):
    """ON CONFLICT .. DO NOTHING."""


class OnConflictDoUpdate(OnConflict):
    """ON CONFLICT .. DO UPDATE SET: `assignments` are pairs (column of the table or name, expression)."""

    _structure: ClassVar[Mapping[str, Kind]] = {"assignments": TREE, "where": NODE}

    def __init__(
        self,
        table: Any,
        index_elements: Iterable[Any] | None = None,
        index_where: Any = None,
        set_: Any = None,
        where: Any = None,
    ) -> None:
        super().__init__(index_elements, index_where)
        self.assignments = assignments_of(table, _pairs(set_))
        self.where = None if where is None else as_condition(where)

    @property
    def unknown_names(self) -> list[str]:
        """The names to be set that are no columns of the table."""
        return [key for key, _ in self.assignments if isinstance(key, str)]


def _pairs(set_: Any) -> list[tuple[Any, Any]]:
    if isinstance(set_, ColumnCollection):
        return list(set_.items())
    if not isinstance(set_, dict):
        raise ValueError(
            "set parameter must be a non-empty dictionary or a ColumnCollection such as the `.c.` collection of a "
            "Table object"
        )
    if not set_:
        raise ValueError("set parameter dictionary must not be empty")
    return list(set_.items())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def assignments_of(table: Any, pairs: list[tuple[Any, Any]], keeps_order: bool = False) -> tuple[tuple[Any, Any], ...]:
    """Return the values by column, in the order of the table; names that are no columns come last."""
    given = {_key_of(table, key): value for key, value in pairs}
    if keeps_order:
        return tuple([(key, _value(key, value)) for key, value in given.items()])
    known = [column for column in table.c if column in given]
    rest = [key for key in given if key not in set(known)]
    return tuple([(key, _value(key, given[key])) for key in (*known, *rest)])


def _key_of(table: Any, key: Any) -> Any:
    if isinstance(key, str):
        found = table.c.get(key)
        return key if found is None else found
    node = clause_of(key)
    if node is None or not node.is_column:
        _refuse_key(key)
    column = deannotate(node)
    if getattr(column, "table", None) is table:
        return column
    found = table.c.get(column.key) if column.key is not None else None
    return str(column.name) if found is None else found


def _refuse_key(key: Any) -> NoReturn:
    raise ArgumentError(f"SET/VALUES column expression or string key expected, got {key!r}.")


def _value(column: Any, value: Any) -> Any:
    type_ = NULLTYPE if isinstance(column, str) else column.type
    node = clause_of(value)
    if node is None:
        return BindParameter(None, value, type_, unique=True)
    if node.is_bind and node.type is NULLTYPE:
        return node.with_type(type_)
    return node_as_expression(node, value).self_group()


class ConflictInsert(Insert):
    """INSERT of a dialect that has the clause; `conflict` is it."""

    _structure: ClassVar[Mapping[str, Kind]] = {"conflict": NODE}
    conflict: OnConflict | None = None

    @memoized
    def excluded(self) -> ColumnCollection:
        """The columns of the row that could not be inserted, for values and conditions of DO UPDATE."""
        found: ColumnCollection = Alias(self.table.written_table, "excluded").c
        return found

    def _with_conflict(self, clause: OnConflict) -> Any:
        if self.conflict is not None:
            raise InvalidRequestError("This Insert construct already has an ON CONFLICT clause established")
        return self._copy(conflict=clause)
