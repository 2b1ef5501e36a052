"""The collections of related objects: lists, sets and dictionaries that report their changes to an attribute.

In: members. Out: the same container behaviour, with `item_added` and `item_removed` of the attribute called before
each change. A collection without attribute (made by hand, or replaced since) is an ordinary container.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from .adapter import CollectionAdapter
from .symbols import NO_KEY


class PendingCollection:
    """What was added to and removed from a collection before it was loaded, in order and without repetition."""

    __slots__ = ("_added", "_deleted")

    def __init__(self) -> None:
        self._added: dict[int, Any] = {}
        self._deleted: dict[int, Any] = {}

    @property
    def added_items(self) -> list[Any]:
        """The members to add."""
        return list(self._added.values())

    @property
    def deleted_items(self) -> list[Any]:
        """The members to remove."""
        return list(self._deleted.values())

    def append(self, value: Any) -> None:
        """Queue a member to add; takes back a queued removal."""
        if self._deleted.pop(id(value), None) is None:
            self._added[id(value)] = value

    def remove(self, value: Any) -> None:
        """Queue a member to remove; takes back a queued addition."""
        if self._added.pop(id(value), None) is None:
            self._deleted[id(value)] = value

    def __reduce__(self) -> Any:
        return _restore_pending, (self.added_items, self.deleted_items)


def _restore_pending(added: list[Any], deleted: list[Any]) -> PendingCollection:
    pending = PendingCollection()
    for item in added:
        pending.append(item)
    for item in deleted:
        pending.remove(item)
    return pending


class Collection(Protocol):
    """What an attribute asks of its collections."""

    _attribute: Any
    _state: Any

    @property
    def _sa_adapter(self) -> CollectionAdapter: ...
    def _items(self) -> Iterable[Any]: ...
    def _snapshot(self) -> Any: ...
    def _holds(self, item: Any) -> bool: ...
    def _plain_add(self, item: Any, key: Any) -> None: ...
    def _plain_remove(self, item: Any) -> None: ...
    def _members_of(self, value: Any) -> list[tuple[Any, Any]]: ...
    def _placed(self, members: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]: ...
    def _shaped(self, values: list[Any]) -> Any: ...
    def clear(self) -> None: ...


class Tracked:
    """What all three kinds share: the link to attribute and state, and pickling by it."""

    _attribute: Any = None
    _state: Any = None
    _kind: str = "list"
    _no_place: Any = NO_KEY

    @property
    def _sa_adapter(self) -> Any:
        """The public view on the collection, or None where it belongs to no instance."""
        attribute = self._attribute
        return None if attribute is None or attribute.key is None else CollectionAdapter(attribute, self._state, self)

    def _added(self, item: Any, key: Any = NO_KEY) -> Any:
        attribute = self._attribute
        return item if attribute is None else attribute.item_added(self._state, self, item, key)

    def _removed(self, item: Any, key: Any = NO_KEY, stays: bool = False) -> None:
        attribute = self._attribute
        if attribute is not None:
            attribute.item_removed(self._state, self, item, key, stays=stays)

    def _placed(self, members: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        """Return the members of an assigned collection with the keys under which they come to stand."""
        return members

    def _reject(self, value: Any) -> TypeError:
        given = "None" if value is None else type(value).__name__
        return TypeError(f"Incompatible collection type: {given} is not {self._kind}-like")

    def _link(self) -> tuple[Any, str | None, dict[str, Any]]:
        own = {key: value for key, value in self.__dict__.items() if key not in ("_attribute", "_state")}
        key = None if self._attribute is None else self._attribute.key
        return None if key is None else self._state, key, own

    def __setstate__(self, link: Any) -> None:
        state, key, own = link
        self.__dict__.update(own)
        if state is not None and key is not None:
            self._state, self._attribute = state, state.manager.attributes[key]
