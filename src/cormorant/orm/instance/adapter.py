"""The public view on a collection: append and remove with and without events, whatever kind of collection it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any


class CollectionAdapter:
    """Wraps a collection of an instance; made on demand, holds nothing of its own."""

    __slots__ = ("_data", "attr", "invalidated", "owner_state")

    def __init__(self, attr: Any, owner_state: Any, data: Any) -> None:
        self.attr = attr
        self.owner_state = owner_state
        self._data = data
        self.invalidated = False

    @property
    def data(self) -> Any:
        """The collection."""
        return self._data

    @property
    def empty(self) -> bool:
        """Whether the collection is an empty one that the instance does not hold as a value."""
        return self.attr.key not in self.owner_state.dict

    def append_with_event(self, item: Any, initiator: Any = None) -> None:
        """Add a member as user code does."""
        self._data._plain_add(self.attr.item_added(self.owner_state, self._data, item), self._no_key)

    def append_without_event(self, item: Any) -> None:
        """Add a member, telling nobody."""
        self._data._plain_add(item, self._no_key)

    def append_multiple_without_event(self, items: Iterable[Any]) -> None:
        """Add members, telling nobody."""
        for item in items:
            self.append_without_event(item)

    def bulk_appender(self) -> Any:
        """Return the function that adds a member, telling nobody."""
        return self.append_without_event

    def remove_with_event(self, item: Any, initiator: Any = None) -> None:
        """Remove a member as user code does."""
        self.attr.item_removed(self.owner_state, self._data, item)
        self._data._plain_remove(item)

    def remove_without_event(self, item: Any) -> None:
        """Remove a member, telling nobody."""
        self._data._plain_remove(item)

    def bulk_remover(self) -> Any:
        """Return the function that removes a member, telling nobody."""
        return self.remove_without_event

    def clear_with_event(self, initiator: Any = None) -> None:
        """Remove all members as user code does."""
        for item in list(self):
            self.remove_with_event(item)

    def clear_without_event(self) -> None:
        """Remove all members, telling nobody."""
        for item in list(self):
            self.remove_without_event(item)

    def fire_append_event(self, item: Any, initiator: Any = None, key: Any = None) -> Any:
        """Do everything that follows an addition, without adding; return the member."""
        return self.attr.item_added(self.owner_state, self._data, item, key)

    def fire_append_wo_mutation_event(self, item: Any, initiator: Any = None, key: Any = None) -> Any:
        """Tell listeners that a member was given which the collection holds already."""
        hooks = self.attr.hooks
        for function in (hooks and hooks.append_wo_mutation) or ():
            function(self.owner_state, item, initiator, key)
        return item

    def fire_remove_event(self, item: Any, initiator: Any = None, key: Any = None) -> None:
        """Do everything that follows a removal, without removing."""
        self.attr.item_removed(self.owner_state, self._data, item, key)

    def fire_pre_remove_event(self, initiator: Any = None, key: Any = None) -> None:
        """Keep the original members before one is removed whose identity is not known yet."""
        obj = self.owner_state()
        if obj is not None:
            self.attr.keep_original(self.owner_state, obj, self._data)

    @property
    def _no_key(self) -> Any:
        return self._data._no_place

    def __len__(self) -> int:
        return len(self._data)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[Any]:
        return iter(list(self._data._items()))
