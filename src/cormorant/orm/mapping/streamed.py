"""What reading a write-only relationship gives: an object that adds and removes members, and makes statements.

In: the attribute and the state of the owner. Out: SELECT, INSERT, UPDATE and DELETE of the members, with the owner's
values read when they are executed. Nothing here runs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, NoReturn

from typing_extensions import TypeVar

from ...exc import InvalidRequestError
from ...sql.dml import Delete, Insert, Update
from ...sql.logic import and_
from ...sql.select import Select
from ..instance.state import InstanceState
from .conditions import REMOTE, bare_column, is_table_column, replaced
from .related import value_of
from .streams import views

T = TypeVar("T", default=Any)


def members_of(relationship: Any, obj: Any) -> Any:
    """Return the SELECT of what belongs to an object."""
    statement = Select(relationship.mapper.node).where(belongs_to(relationship, obj))
    return statement.order_by(*relationship.order_by) if relationship.order_by else statement


def belongs_to(relationship: Any, obj: Any) -> Any:
    """Return the condition of what belongs to an object."""

    def valued(node: Any) -> Any:
        if not is_table_column(node):
            return None
        column = bare_column(node)
        return column if REMOTE in node._annotations else value_of(obj, column)

    condition = replaced(relationship.marked_primaryjoin, valued)
    return condition if relationship.secondary is None else and_(condition, relationship.secondaryjoin)


class WriteOnlyCollection(Generic[T]):
    """The members of a write-only relationship of one object."""

    def __init__(self, attr: Any, state: InstanceState) -> None:
        self.attr = attr
        self._state = state
        self.instance = state.require_object()

    # --- changes

    def add(self, item: T) -> None:
        """Add a member; the flush writes it."""
        self.attr.add_member(self._state, item)

    def add_all(self, iterator: Iterable[T]) -> None:
        """Add several members."""
        for item in iterator:
            self.add(item)

    def remove(self, item: T) -> None:
        """Remove a member; the flush writes it."""
        self.attr.remove_member(self._state, item)

    # --- statements

    def select(self) -> Select[T]:
        """Return the SELECT of the members."""
        members: Select[T] = members_of(self.attr.prop, self.instance)
        return members

    def insert(self) -> Insert:
        """Return an INSERT of new members: the columns that refer to the owner have its values."""
        prop = self.attr.prop
        if prop.secondary is not None:
            raise InvalidRequestError(
                "Write only bulk INSERT only supported for one-to-many collections; for many-to-many, use a separate "
                "bulk INSERT along with add_all()."
            )
        values = {
            prop.mapper.key_of(column): value_of(self.instance, referred) for referred, column in prop.synchronize_pairs
        }
        return Insert(prop.mapper.node).values(values)

    def update(self) -> Update:
        """Return an UPDATE of the members."""
        prop = self.attr.prop
        return Update(prop.mapper.node).where(belongs_to(prop, self.instance))

    def delete(self) -> Delete:
        """Return a DELETE of the members."""
        prop = self.attr.prop
        return Delete(prop.mapper.node).where(belongs_to(prop, self.instance))

    def __iter__(self) -> Iterator[T]:
        self._refuse_iteration()

    def _refuse_iteration(self) -> NoReturn:
        raise TypeError(
            "WriteOnly collections don't support iteration in-place; to query for collection items, use the select() "
            "method to produce a SQL statement and execute it with session.scalars()."
        )


views.write_only = WriteOnlyCollection
