"""INSERT of PostgreSQL: with ON CONFLICT, whose key may be named by a constraint or index.

In: what `insert()` takes, and the key, values and conditions of the clause. Out: statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar, Self

from ...sql.on_conflict import ConflictInsert, OnConflict, OnConflictDoNothing, OnConflictDoUpdate

__all__ = ["Insert", "OnConflict", "OnConflictDoNothing", "OnConflictDoUpdate", "insert"]

NAME = "postgresql"


class Insert(ConflictInsert):
    """INSERT with ON CONFLICT."""

    __slots__ = ()
    inherit_cache: ClassVar[bool | None] = True
    stringify_dialect: ClassVar[str] = NAME

    def on_conflict_do_nothing(
        self, constraint: Any = None, index_elements: Iterable[Any] | None = None, index_where: Any = None
    ) -> Self:
        """Return a copy that leaves out rows whose key exists: the key given, or any."""
        name, elements, where = _key(constraint, index_elements, index_where)
        made: Self = self._with_conflict(_named(OnConflictDoNothing(elements, where), name))
        return made

    def on_conflict_do_update(
        self,
        constraint: Any = None,
        index_elements: Iterable[Any] | None = None,
        index_where: Any = None,
        set_: Any = None,
        where: Any = None,
    ) -> Self:
        """Return a copy that changes the existing row where the key exists.

        `set_` has values by column or name; `excluded` are the values of the row that was to be inserted.
        """
        name, elements, index_where = _key(constraint, index_elements, index_where)
        if name is None and elements is None:
            raise ValueError("Either constraint or index_elements, but not both, must be specified unless DO NOTHING")
        clause = OnConflictDoUpdate(self.table.written_table, elements, index_where, set_, where)
        made: Self = self._with_conflict(_named(clause, name))
        return made


def _named(clause: OnConflict, name: str | None) -> OnConflict:
    if name is not None:
        clause.constraint_name = name
    return clause


def _key(constraint: Any, index_elements: Iterable[Any] | None, index_where: Any) -> tuple[Any, Any, Any]:
    """Return the name of the constraint, or the elements and condition of the index."""
    if constraint is None:
        return None, index_elements, index_where
    if index_elements is not None:
        raise ValueError("'constraint' and 'index_elements' are mutually exclusive")
    if isinstance(constraint, str):
        return constraint, None, None
    if getattr(constraint, "is_index", False):
        return None, list(constraint.expressions), constraint.option(NAME, "where")
    if constraint.name is not None:
        return constraint.name, None, None
    return None, list(constraint.columns), getattr(constraint, "where", None)


def insert(table: Any) -> Insert:
    """Return an INSERT into a table or mapped class, which may have ON CONFLICT."""
    return Insert(table)


def upsert(self: Any, entity: Any, key: Sequence[Any], assignments: Callable[[Any], list[tuple[str, Any]]]) -> Any:
    """Return an INSERT that changes the row where there is one with the same key: the method of the dialect."""
    statement = insert(entity)
    return statement.on_conflict_do_update(index_elements=key, set_=dict(assignments(statement.excluded)))
