"""INSERT of MySQL: with ON DUPLICATE KEY UPDATE; and LIMIT as an option of UPDATE and DELETE.

In: what `insert()` takes, and the values of the clause by column or name. Out: statements. The clause has the order of
the table's columns; a list of pairs keeps its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from ...exc import ArgumentError, InvalidRequestError
from ...sql.aliases import Alias
from ...sql.clause import ClauseElement
from ...sql.collection import ColumnCollection
from ...sql.column import ColumnElement
from ...sql.dml import Insert as StandardInsert
from ...sql.dml_limit import DMLLimitClause
from ...sql.kinds import is_mapping, is_sequence
from ...sql.node import NODE, TREE, TYPE, Kind
from ...sql.on_conflict import assignments_of

NAME = "mysql"
_NO_VALUES = "update parameter dictionary must not be empty"
_WRONG_VALUES = (
    "update parameter must be a non-empty dictionary or a ColumnCollection such as the `.c.` collection of a Table "
    "object"
)


class Inserted(Alias):
    """The row that was to be inserted, as the clause refers to it."""

    inherit_cache: ClassVar[bool | None] = True


class InsertedValue(ColumnElement[Any]):
    """The value that was to be inserted into a column: `VALUES(column)`."""

    _structure: ClassVar[Mapping[str, Kind]] = {"column": NODE, "type": TYPE}

    def __init__(self, column: Any) -> None:
        self.column = column
        self.type = column.type


class OnDuplicateKeyUpdate(ClauseElement):
    """The clause: `assignments` are pairs (column of the table or name, expression)."""

    _structure: ClassVar[Mapping[str, Kind]] = {"assignments": TREE}
    stringify_dialect: ClassVar[str] = NAME

    def __init__(self, table: Any, update: Any) -> None:
        self.assignments = assignments_of(table, _pairs(update), keeps_order=not _is_named(update))


def _is_named(update: Any) -> bool:
    return isinstance(update, (dict, ColumnCollection))


def _pairs(update: Any) -> list[tuple[Any, Any]]:
    pairs: list[tuple[Any, Any]] = [pair for pair in _listed(update) if _is_pair(pair)]
    if not pairs and len(update) == 0:
        raise ValueError(_NO_VALUES)
    if len(pairs) != len(update):
        raise ValueError(_WRONG_VALUES)
    return pairs


def _listed(update: Any) -> Iterable[Any]:
    if is_mapping(update) or isinstance(update, ColumnCollection):
        return update.items()
    if not is_sequence(update):
        raise ValueError(_WRONG_VALUES)
    return update


def _is_pair(value: Any) -> bool:
    class_: type[Any] = value.__class__
    return issubclass(class_, tuple) and len(value) == 2


class Insert(StandardInsert):
    """INSERT with ON DUPLICATE KEY UPDATE."""

    __slots__ = ()
    _structure: ClassVar[Mapping[str, Kind]] = {"conflict": NODE}
    stringify_dialect: ClassVar[str] = NAME
    conflict: OnDuplicateKeyUpdate | None = None

    @property
    def inserted_alias(self) -> Inserted:
        """The row that was to be inserted."""
        found: Inserted | None = self.__dict__.get("_inserted")
        if found is None:
            found = self.__dict__["_inserted"] = Inserted(self.table.written_table, "inserted")
        return found

    @property
    def inserted(self) -> ColumnCollection:
        """The columns of the row that was to be inserted, for values of the clause."""
        found: ColumnCollection = self.inserted_alias.c
        return found

    def on_duplicate_key_update(self, *args: Mapping[Any, Any] | Iterable[tuple[Any, Any]], **kw: Any) -> Self:
        """Return a copy that changes the existing row where a unique key exists.

        Values come as keywords, as one dictionary, or as one list of pairs whose order is kept.
        """
        if args and kw:
            raise ArgumentError("Can't pass kwargs and positional arguments simultaneously")
        if len(args) > 1:
            raise ArgumentError("Only a single dictionary or list of tuples is accepted positionally.")
        if self.conflict is not None:
            raise InvalidRequestError("This Insert construct already has an ON DUPLICATE KEY clause present")
        clause = OnDuplicateKeyUpdate(self.table.written_table, next(iter(args), kw))
        return self._copy(conflict=clause)


def insert(table: Any) -> Insert:
    """Return an INSERT into a table or mapped class, which may have ON DUPLICATE KEY UPDATE."""
    return Insert(table)


def limit(limit: Any) -> DMLLimitClause:
    """Return LIMIT for an UPDATE or DELETE: `update(t).values(..).ext(limit(5))`."""
    return DMLLimitClause(limit)


def upsert(self: Any, entity: Any, key: Sequence[Any], assignments: Callable[[Any], list[tuple[str, Any]]]) -> Any:
    """Return an INSERT that changes the row where there is one with a key of the same: the method of the dialect.

    What is set first is what the later expressions see.
    """
    statement = insert(entity)
    return statement.on_duplicate_key_update(assignments(statement.inserted))
