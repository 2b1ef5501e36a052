"""INSERT of SQLite: with ON CONFLICT, once or several times for several keys.

In: what `insert()` takes, and key, values and conditions of each clause. Out: statements. A clause without a key is
the last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from ...exc import InvalidRequestError
from ...sql.clause import ClauseElement
from ...sql.node import NODES, Kind
from ...sql.on_conflict import ConflictInsert, OnConflict, OnConflictDoNothing, OnConflictDoUpdate

NAME = "sqlite"


class KeyDoNothing(OnConflictDoNothing):
    """ON CONFLICT .. DO NOTHING; the condition of the key is compared with indexes, so its values are in the text."""

    inherit_cache: ClassVar[bool | None] = True
    writes_index_where = True


class KeyDoUpdate(OnConflictDoUpdate):
    """ON CONFLICT .. DO UPDATE; the condition of the key is compared with indexes, so its values are in the text."""

    inherit_cache: ClassVar[bool | None] = True
    writes_index_where = True


class Conflicts(ClauseElement):
    """Several clauses: the first whose key is violated counts."""

    _structure: ClassVar[Mapping[str, Kind]] = {"clauses": NODES}

    def __init__(self, clauses: Iterable[OnConflict]) -> None:
        self.clauses = tuple(clauses)

    @property
    def has_target(self) -> bool:
        """Whether the last clause names a key."""
        return self.clauses[-1].has_target


class Insert(ConflictInsert):
    """INSERT with ON CONFLICT."""

    __slots__ = ()
    inherit_cache: ClassVar[bool | None] = True
    stringify_dialect: ClassVar[str] = NAME

    def on_conflict_do_nothing(self, index_elements: Iterable[Any] | None = None, index_where: Any = None) -> Self:
        """Return a copy that leaves out rows whose key exists: the key given, or any."""
        return self._with_clause(KeyDoNothing(index_elements, index_where))

    def on_conflict_do_update(
        self,
        index_elements: Iterable[Any] | None = None,
        index_where: Any = None,
        set_: Any = None,
        where: Any = None,
    ) -> Self:
        """Return a copy that changes the existing row where the key exists.

        `set_` has values by column or name; `excluded` are the values of the row that was to be inserted.
        """
        return self._with_clause(KeyDoUpdate(self.table.written_table, index_elements, index_where, set_, where))

    def _with_clause(self, clause: OnConflict) -> Self:
        before: Any = self.conflict
        if before is None:
            return self._copy(conflict=clause)
        if not before.has_target:
            raise InvalidRequestError(
                "This Insert construct already has an ON CONFLICT clause that omits a conflict target; such a clause "
                "must be the last ON CONFLICT clause in the statement"
            )
        clauses = before.clauses if isinstance(before, Conflicts) else (before,)
        return self._copy(conflict=Conflicts((*clauses, clause)))


def insert(table: Any) -> Insert:
    """Return an INSERT into a table or mapped class, which may have ON CONFLICT."""
    return Insert(table)


def upsert(self: Any, entity: Any, key: Sequence[Any], assignments: Callable[[Any], list[tuple[str, Any]]]) -> Any:
    """Return an INSERT that changes the row where there is one with the same key: the method of the dialect."""
    statement = insert(entity)
    return statement.on_conflict_do_update(index_elements=key, set_=dict(assignments(statement.excluded)))
