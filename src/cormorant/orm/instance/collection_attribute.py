"""The attribute that holds a collection of related objects: list, set or dictionary.

A collection that was read while there is nothing to load stays outside the instance's dictionary until it is changed. A
collection that is not loaded queues what its other side reports (`PendingCollection`) and merges it when it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...util import memoized
from .attribute import RelatedAttribute, _no_state
from .collections import Collection, PendingCollection
from .errors import NO_STATE
from .history import HISTORY_BLANK, UNCHANGED, History, collection_history
from .hooks import EventOperation
from .stale import StaleLink, dereferenced
from .state import InstanceState
from .symbols import (
    DONT_SET,
    INCLUDE_PENDING_MUTATIONS,
    INIT_OK,
    NO_KEY,
    NO_VALUE,
    NOTHING,
    PASSIVE_NO_RESULT,
    PASSIVE_OFF,
    STATE,
    PassiveFlag,
    may,
)


class CollectionAttribute(RelatedAttribute):
    """Several related objects. Its collections call `item_added` and `item_removed` before they change."""

    is_collection = True

    # --- reading and making collections

    def may_load(self, state: InstanceState) -> bool:
        if self.key in state.committed and self.key not in state.pending_changes:
            return False
        return state.pk is not None or self.may_load_without_row(state)

    def absent(self, obj: Any, state: InstanceState) -> Collection:
        empty: Any = state.empty_collections
        if empty is NOTHING:
            empty = state.empty_collections = {}
        elif self.key in empty:
            found: Collection = empty[self.key]
            return found
        collection = empty[self.key] = self.new_collection(state)
        return collection

    def new_collection(self, state: InstanceState) -> Collection:
        """Return an empty collection that reports its changes to this attribute."""
        collection: Collection = self.wire.collection_factory()
        collection._attribute, collection._state = self, state
        hooks = self.hooks
        if hooks is not None and hooks.init_collection is not None:
            for function in hooks.init_collection:
                function(state, collection, collection._sa_adapter)
        return collection

    def dispose(self, state: InstanceState, collection: Collection) -> None:
        """Cut a collection that was replaced off its instance."""
        hooks = self.hooks
        if hooks is not None and hooks.dispose_collection is not None:
            for function in hooks.dispose_collection:
                function(state, collection, collection._sa_adapter)
        collection._attribute = collection._state = None

    @memoized
    def stale(self) -> StaleLink:
        """What old collections have in place of this attribute."""
        return StaleLink(self)

    def invalidate(self, state: InstanceState, collection: Collection) -> None:
        """Cut a collection off that was loaded anew; changes of the old one reach the new one, with a warning."""
        self.dispose(state, collection)
        collection._attribute, collection._state = self.stale, state

    def held(self, state: InstanceState, value: Any) -> Iterable[Any]:
        """Return the members in memory, of the instance's value."""
        return () if value is None else value._items()

    def current(self, obj: Any, state: InstanceState) -> Collection:
        """Return the collection, loaded where it has to be."""
        found = obj.__dict__.get(self.key)
        collection: Collection = self.read(obj) if found is None else found
        return collection

    # --- changes of one member, called by the collection before it changes

    def item_added(
        self,
        state: InstanceState,
        collection: Collection,
        item: Any,
        key: Any = NO_KEY,
        operation: EventOperation = EventOperation.APPEND,
    ) -> Any:
        """Keep the books for a member about to be added; return the member, which a hook may replace."""
        obj = state()
        if obj is None:
            return self._unowned(state, item)
        hooks = self.hooks
        if hooks is not None and hooks.append is not None:
            item = hooks.fire_append(state, item, self.initiator(operation), key)
        if item is not None:
            try:
                pk = item.__dict__[STATE].pk
            except NO_STATE:
                self.check_member(item)
                raise
            if pk is not None or self.wire.single_parent:
                self.refuse(state, item)
        if self.key not in state.committed or self.key not in obj.__dict__:
            self.keep_original(state, obj, collection)
        if item is not None:
            self.attach(state, obj, item, self)
        return item

    def item_removed(
        self,
        state: InstanceState,
        collection: Collection,
        item: Any,
        key: Any = NO_KEY,
        *,
        stays: bool = False,
        operation: EventOperation = EventOperation.REMOVE,
    ) -> None:
        """Keep the books for a member about to be removed; `stays` says that the list holds it once more."""
        obj = state()
        if obj is None:
            self._unowned(state, item)
            return
        hooks = self.hooks
        if hooks is not None and hooks.remove is not None:
            hooks.fire_remove(state, item, self.initiator(operation), key)
        self.keep_original(state, obj, collection)
        if item is not None and not stays:
            self.detach(state, obj, item, self)

    def _unowned(self, state: InstanceState, item: Any) -> Any:
        """Return a member of a collection whose owner is gone, if that was new; a row's changes would be lost."""
        if state.pk is not None:
            raise dereferenced(self, state)
        return item

    def check_member(self, item: Any) -> None:
        """Raise AttributeError where the item is no instance of a mapped class."""
        if STATE not in getattr(item, "__dict__", ()):
            raise _no_state(item, self.describe())

    def keep_original(self, state: InstanceState, obj: Any, collection: Collection) -> None:
        """Keep the members that the collection had at its first change, and make it the instance's value."""
        key, values = self.key, obj.__dict__
        if key not in state.committed:
            state.note_change(obj, key, collection._snapshot())
        if key not in values:
            values[key] = collection
            if state.empty_collections is not NOTHING:
                state.forget_pending(key)

    # --- the whole collection

    def write(self, obj: Any, value: Any) -> None:
        if value is DONT_SET:
            return
        try:
            state: InstanceState = obj.__dict__[STATE]
        except KeyError:
            raise _no_state(obj) from None
        blank = self.new_collection(state)
        members = blank._members_of(value)
        old = self.current(obj, state)
        if value is old:
            self._tell_of_bulk(state, members)
            return
        self._replace(obj, state, old, blank, members)

    def _tell_of_bulk(self, state: InstanceState, members: list[tuple[Any, Any]]) -> None:
        """Tell listeners of a collection that is set to itself, as `+=` does."""
        hooks = self.hooks
        if hooks is not None and hooks.bulk_replace is not None:
            keys = [key for key, _ in members] if members and members[0][0] is not NO_KEY else None
            token = self.initiator(EventOperation.BULK_REPLACE)
            hooks.fire_bulk_replace(state, [item for _, item in members], token, keys)

    def _replace(
        self, obj: Any, state: InstanceState, old: Collection, new: Collection, members: list[tuple[Any, Any]]
    ) -> None:
        hooks = self.hooks
        if hooks is not None and hooks.bulk_replace is not None:
            values = [item for _, item in members]
            token = self.initiator(EventOperation.BULK_REPLACE)
            keys = [key for key, _ in members] if isinstance(new, dict) else None
            hooks.fire_bulk_replace(state, values, token, keys)
            members = new._members_of(new._shaped(values))
        members = new._placed(members)
        before = list(old._items())
        self.keep_original(state, obj, old)
        obj.__dict__[self.key] = new
        known = set(map(id, before))
        for key, item in members:
            kept = item if id(item) in known else self.item_added(state, new, item, key, EventOperation.BULK_REPLACE)
            new._plain_add(kept, key)
        if hooks is not None and hooks.append_wo_mutation is not None:
            token = self.initiator(EventOperation.BULK_REPLACE)
            for _, item in members:
                if id(item) in known:
                    hooks.fire_append_wo_mutation(state, item, token, NO_KEY)
        self.dispose(state, old)
        present = set(map(id, new._items()))
        for item in before:
            if id(item) not in present:
                self.item_removed(state, new, item, operation=EventOperation.BULK_REPLACE)

    def remove(self, obj: Any) -> None:
        state = self.require_state(obj)
        values = obj.__dict__
        collection = values.get(self.key)
        if collection is None:
            return
        collection.clear()
        self.keep_original(state, obj, collection)
        del values[self.key]
        self.dispose(state, collection)

    # --- seen from the other side

    def link_back(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        collection = obj.__dict__.get(self.key)
        if collection is None:
            if self.may_load(state):
                self._queue(state, obj, child, origin, is_added=True)
                return
            collection = self.absent(obj, state)
        if collection._holds(child):
            return
        hooks = self.hooks
        if hooks is not None and hooks.append is not None:
            child = hooks.fire_append(state, child, origin.initiator(EventOperation.APPEND), NO_KEY)
        self.keep_original(state, obj, collection)
        collection._plain_add(child, NO_KEY)
        self.attach(state, obj, child, origin)

    def unlink_back(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute) -> None:
        collection = obj.__dict__.get(self.key)
        if collection is None:
            if self.may_load(state):
                self._queue(state, obj, child, origin, is_added=False)
            return
        if not collection._holds(child):
            return
        hooks = self.hooks
        if hooks is not None and hooks.remove is not None:
            hooks.fire_remove(state, child, origin.initiator(EventOperation.REMOVE), NO_KEY)
        self.keep_original(state, obj, collection)
        collection._plain_remove(child)
        self.detach(state, obj, child, origin, goes_on=False)

    def _pending(self, state: InstanceState) -> PendingCollection | None:
        return state.pending_changes.get(self.key)

    def _queue(self, state: InstanceState, obj: Any, child: Any, origin: RelatedAttribute, *, is_added: bool) -> None:
        """Remember a change of a collection that is not loaded."""
        pending: Any = state.pending_changes
        if pending is NOTHING:
            pending = state.pending_changes = {}
        if self.key not in pending:
            pending[self.key] = PendingCollection()
        state.note_change(obj, self.key, NO_VALUE)
        if is_added:
            pending[self.key].append(child)
            self.attach(state, obj, child, origin)
        else:
            pending[self.key].remove(child)
            self.detach(state, obj, child, origin, goes_on=False)

    # --- loaded values and history

    def fill(self, state: InstanceState, value: Any) -> Any:
        """Store loaded members, then apply what was queued while the collection was not loaded."""
        obj = state.require_object()
        key, values = self.key, obj.__dict__
        old = values.get(key)
        collection = self.new_collection(state)
        for place, item in collection._members_of(value) if value else ():
            collection._plain_add(item, place)
        values[key] = collection
        if old is not None and old is not value:
            self.invalidate(state, old)
        state.forget_change(key)
        state.loaded((key,))
        pending = self._pending(state)
        state.forget_pending(key)
        if pending is not None:
            self._merge(state, obj, collection, pending)
        return collection

    def _merge(self, state: InstanceState, obj: Any, collection: Collection, pending: PendingCollection) -> None:
        state.note_change(obj, self.key, collection._snapshot())
        for item in pending.added_items:
            if not collection._holds(item):
                collection._plain_add(item, NO_KEY)
        for item in pending.deleted_items:
            if collection._holds(item):
                collection._plain_remove(item)

    def get_history(self, state: InstanceState, passive: PassiveFlag = PASSIVE_OFF) -> History:
        current = self.value_or_status(state, passive)
        if current is PASSIVE_NO_RESULT:
            return self._queued_history(state, passive)
        if current is NO_VALUE:
            pending = self._queued_history(state, passive)
            if pending:
                return pending
            if not may(passive, INIT_OK) and (self.key not in state.committed or self.key in state.pending_changes):
                return HISTORY_BLANK
        original = state.committed.get(self.key, UNCHANGED)
        return collection_history(original, () if current is NO_VALUE else current._items())

    def _queued_history(self, state: InstanceState, passive: PassiveFlag) -> History:
        pending = self._pending(state)
        if pending is None or not may(passive, INCLUDE_PENDING_MUTATIONS):
            return HISTORY_BLANK
        return History(list(pending.added_items), (), list(pending.deleted_items))
