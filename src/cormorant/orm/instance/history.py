"""What happened to an attribute: three tuples or lists of values, and how they follow from original and current value.

In: the original value (or NO_VALUE, or nothing where the attribute was not changed) and the current one. Out:
`History`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from .symbols import NO_VALUE, PASSIVE_NO_RESULT, STATE

UNCHANGED: Final = object()
"""Stands for the original of an attribute that was not changed."""


class History(NamedTuple):
    """The values added to, left in and deleted from an attribute since the last flush."""

    added: Sequence[Any]
    unchanged: Sequence[Any]
    deleted: Sequence[Any]

    def __bool__(self) -> bool:
        return self != HISTORY_BLANK

    def empty(self) -> bool:
        """Tell whether there is neither a value nor a change."""
        return not (self.added or self.unchanged or self.deleted)

    def has_changes(self) -> bool:
        """Tell whether something was added or deleted."""
        return bool(self.added or self.deleted)

    def sum(self) -> Sequence[Any]:
        """Return added, unchanged and deleted values together."""
        return [*self.added, *self.unchanged, *self.deleted]

    def non_deleted(self) -> Sequence[Any]:
        """Return the values that are there now."""
        return [*self.added, *self.unchanged]

    def non_added(self) -> Sequence[Any]:
        """Return the values that were there before."""
        return [*self.unchanged, *self.deleted]

    @classmethod
    def from_scalar_attribute(cls, attribute: Any, state: Any, current: Any) -> History:
        """Return the history of a column attribute whose value is `current`."""
        return scalar_history(state.committed.get(attribute.key, UNCHANGED), current, attribute.is_equal)

    @classmethod
    def from_object_attribute(cls, attribute: Any, state: Any, current: Any, original: Any = UNCHANGED) -> History:
        """Return the history of a reference whose value is `current`."""
        known = state.committed.get(attribute.key, UNCHANGED) if original is UNCHANGED else original
        return reference_history(known, current)

    @classmethod
    def from_collection(cls, attribute: Any, state: Any, current: Any) -> History:
        """Return the history of a collection whose members are `current`."""
        members = None if current is NO_VALUE or current is None else getattr(current, "_items", current.__iter__)()
        return collection_history(state.committed.get(attribute.key, UNCHANGED), members)

    def as_state(self) -> History:
        """Return the same with the state in place of each instance."""
        return History(*([None if item is None else item.__dict__[STATE] for item in part] for part in self))


HISTORY_BLANK: Final = History((), (), ())


def scalar_history(original: Any, current: Any, is_equal: Callable[[Any, Any], Any]) -> History:
    """Return the history of a column value; `current` is NO_VALUE where the attribute has none."""
    if original is UNCHANGED:
        return HISTORY_BLANK if current is NO_VALUE else History((), [current], ())
    if original is NO_VALUE or original is PASSIVE_NO_RESULT:
        return History([None if current is NO_VALUE else current], (), ())
    if current is NO_VALUE:
        return History((), (), [original])
    if current is original or is_equal(current, original) is True:
        return History((), [current], ())
    return History([current], (), [original])


def reference_history(original: Any, current: Any) -> History:
    """Return the history of a reference; objects compare by identity, and None is not a deleted object."""
    if original is UNCHANGED:
        return HISTORY_BLANK if current is NO_VALUE else History((), [current], ())
    if original is NO_VALUE or original is PASSIVE_NO_RESULT:
        return History([None if current is NO_VALUE else current], (), ())
    if current is original:
        return History((), [current], ())
    if original is None:
        return History([None if current is NO_VALUE else current], (), ())
    return History(() if current is NO_VALUE else [current], (), [original])


def collection_history(original: Any, current: Iterable[Any] | None) -> History:
    """Return the history of a collection from its members before and now; members compare by identity."""
    now: list[Any] = [] if current is None else list(current)
    if original is UNCHANGED:
        return HISTORY_BLANK if current is None else History((), now, ())
    if original is NO_VALUE or original is PASSIVE_NO_RESULT:
        return History(now, (), ())
    before: list[Any] = list(original)
    old_ids, new_ids = set(map(id, before)), set(map(id, now))
    return History(
        [item for item in now if id(item) not in old_ids],
        [item for item in now if id(item) in old_ids],
        [item for item in before if id(item) not in new_ids],
    )
