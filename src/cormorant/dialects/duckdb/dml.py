"""INSERT of DuckDB: with ON CONFLICT."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Self

from ...sql.on_conflict import ConflictInsert, OnConflictDoNothing, OnConflictDoUpdate

NAME = "duckdb"


class Insert(ConflictInsert):
    """INSERT with ON CONFLICT."""

    __slots__ = ()
    inherit_cache: ClassVar[bool | None] = True
    stringify_dialect: ClassVar[str] = NAME

    def on_conflict_do_nothing(self, index_elements: Iterable[Any] | None = None) -> Self:
        """Return a copy that leaves out rows whose key exists: the key given, or any."""
        made: Self = self._with_conflict(OnConflictDoNothing(index_elements))
        return made

    def on_conflict_do_update(
        self, index_elements: Iterable[Any] | None = None, *, set_: Any = None, where: Any = None
    ) -> Self:
        """Return a copy that changes the existing row where the key exists.

        `set_` has values by column or name; `excluded` are the values of the row that was to be inserted.
        """
        clause = OnConflictDoUpdate(self.table.written_table, index_elements, None, set_, where)
        made: Self = self._with_conflict(clause)
        return made


def insert(table: Any) -> Insert:
    """Return an INSERT into a table or mapped class, which may have ON CONFLICT."""
    return Insert(table)


def upsert(self: Any, entity: Any, key: Sequence[Any], assignments: Callable[[Any], list[tuple[str, Any]]]) -> Any:
    """Return an INSERT that changes the row where there is one with the same key: the method of the dialect."""
    statement = insert(entity)
    return statement.on_conflict_do_update(index_elements=key, set_=dict(assignments(statement.excluded)))
