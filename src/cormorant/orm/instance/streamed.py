"""The attribute of a collection that is never in memory as a whole: write-only and dynamic relationships.

In: members that are added and removed. Out: a queue of changes, which the flush writes; reading gives an object that
makes statements. What the database holds is known only while an owner is deleted, or while all of it is replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...exc import InvalidRequestError
from ...sql.kinds import is_sequence
from .attribute import RelatedAttribute, _no_state
from .collection_attribute import CollectionAttribute
from .collections import PendingCollection
from .history import History
from .hooks import EventOperation
from .state import NO_CHANGES, InstanceState
from .symbols import DONT_SET, NO_KEY, NO_VALUE, NOTHING, PASSIVE_OFF, STATE, PassiveFlag

View = Callable[[Any, InstanceState], Any]


class StreamedAttribute(CollectionAttribute):
    """Related objects that only statements bring."""

    is_streamed = True
    is_expirable = False
    view: View
    """Makes what a read gives."""
    loads_all: bool = False
    """Whether all members may be loaded where an operation needs them."""

    def read(self, obj: Any) -> Any:
        return self.view(self, self.require_state(obj))

    def reached(self, obj: Any) -> Any:
        return self.read(obj)

    def may_load(self, state: InstanceState) -> bool:
        return False

    def value_or_status(self, state: InstanceState, passive: PassiveFlag) -> Any:
        return NO_VALUE

    # --- changes

    def add_member(self, state: InstanceState, item: Any, operation: EventOperation = EventOperation.APPEND) -> None:
        """Queue a member to be added."""
        hooks = self.hooks
        if hooks is not None and hooks.append is not None:
            item = hooks.fire_append(state, item, self.initiator(operation), NO_KEY)
        self.check_member(item)
        self.refuse(state, item)
        self._queue(state, state.require_object(), item, self, is_added=True)

    def remove_member(self, state: InstanceState, item: Any) -> None:
        """Queue a member to be removed."""
        hooks = self.hooks
        if hooks is not None and hooks.remove is not None:
            hooks.fire_remove(state, item, self.initiator(EventOperation.REMOVE), NO_KEY)
        self.check_member(item)
        self._unqueue(state, state.require_object(), item)

    def _unqueue(self, state: InstanceState, obj: Any, item: Any) -> None:
        pending = self._changes_of(state)
        state.note_change(obj, self.key, NO_VALUE)
        pending.remove(item)
        self.detach(state, obj, item, self)

    def _changes_of(self, state: InstanceState) -> PendingCollection:
        changes: Any = state.pending_changes
        if changes is NOTHING:
            changes = state.pending_changes = {}
        found: PendingCollection = changes.setdefault(self.key, PendingCollection())
        return found

    def write(self, obj: Any, value: Any) -> None:
        if value is DONT_SET:
            return
        try:
            state: InstanceState = obj.__dict__[STATE]
        except KeyError:
            raise _no_state(obj) from None
        members = list(value)
        if state.pk is not None and not self.loads_all:
            raise InvalidRequestError(
                f'Collection "{self.describe()}" does not support implicit iteration; collection replacement '
                "operations can't be used"
            )
        present = [item for item in self.members(state) if state.pk is not None or item is not None]
        wanted = set(map(id, members))
        known = set(map(id, present))
        for item in members:
            if id(item) not in known:
                self.add_member(state, item, EventOperation.BULK_REPLACE)
        for item in present:
            if id(item) not in wanted:
                self.remove_member(state, item)

    def remove(self, obj: Any) -> None:
        state = self.require_state(obj)
        for item in self.held(state, None):
            self.remove_member(state, item)

    def link_back(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        hooks = self.hooks
        if hooks is not None and hooks.append is not None:
            child = hooks.fire_append(state, child, origin.initiator(EventOperation.APPEND), NO_KEY)
        self._queue(state, obj, child, origin, is_added=True)

    def unlink_back(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        hooks = self.hooks
        if hooks is not None and hooks.remove is not None:
            hooks.fire_remove(state, child, origin.initiator(EventOperation.REMOVE), NO_KEY)
        self._queue(state, obj, child, origin, is_added=False)

    # --- what is known

    def held(self, state: InstanceState, value: Any) -> Iterable[Any]:
        """Return the members that are to be added."""
        pending = self._pending(state)
        return () if pending is None else pending.added_items

    def let_go(self, state: InstanceState) -> Iterable[Any]:
        """Return the members that are to be removed, and those that the database is known to hold."""
        pending = self._pending(state)
        return [*self._existing(state), *(() if pending is None else pending.deleted_items)]

    def kept(self, state: InstanceState) -> list[Any]:
        """Return the members that the database is known to hold, without those that are to be removed."""
        pending = self._pending(state)
        gone: set[int] = set() if pending is None else set(map(id, pending.deleted_items))
        return [item for item in self._existing(state) if id(item) not in gone]

    def _existing(self, state: InstanceState) -> list[Any]:
        found = state.committed.get(self.key)
        return list(found) if is_sequence(found) else []

    def load_existing(self, state: InstanceState) -> None:
        """Learn what the database holds, for an operation that concerns all of it."""
        if self._existing(state) or state.pk is None:
            return
        if not self.loads_all:
            name = self.describe()
            raise InvalidRequestError(
                f"Attribute {name} can't load the existing state from the database for this operation; full iteration "
                "is not permitted.  If this is a delete operation, configure passive_deletes=True on the "
                f"{name} relationship in order to resolve this error."
            )
        members = self._load(state)
        if state.committed is NO_CHANGES:
            state.committed = {}
        state.committed[self.key] = members

    def members(self, state: InstanceState) -> list[Any]:
        """Return all members there are, loaded where there is a row, with the queued changes applied."""
        pending = self._pending(state)
        present = self._load(state) if state.pk is not None and state.session is not None else []
        if pending is None:
            return present
        gone = set(map(id, pending.deleted_items))
        added = [item for item in pending.added_items if not any(item is one for one in present)]
        return [*(item for item in present if id(item) not in gone), *added]

    def _load(self, state: InstanceState) -> list[Any]:
        session = state.session
        with session.no_autoflush:
            return list(self.view(self, state))

    def get_history(self, state: InstanceState, passive: PassiveFlag = PASSIVE_OFF) -> History:
        pending = self._pending(state)
        if pending is None:
            return History((), self._existing(state), ())
        deleted = pending.deleted_items
        kept = [item for item in self._existing(state) if not any(item is one for one in deleted)]
        return History(pending.added_items, kept, deleted)
