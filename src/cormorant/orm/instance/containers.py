"""InstrumentedList, InstrumentedSet and InstrumentedDict: the built-in containers with tracking put before them.

The tracking classes come first in the method order, so they also serve subclasses of the built-in containers that
users give as `collection_class`: what they override runs below, and each change is reported once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from .checks import is_a
from .collections import Tracked
from .symbols import NO_KEY

T = TypeVar("T")
K = TypeVar("K")
V = TypeVar("V")

_OLD = object()


class ListTracking(Tracked):
    """Tracking before a list. Methods below call the next class through `super()`."""

    _kind = "list"

    # --- what the attribute calls: no events

    def _items(self: Any) -> Iterable[Any]:
        return self  # type: ignore[no-any-return]

    def _snapshot(self: Any) -> list[Any]:
        return list(self)

    def _holds(self: Any, item: Any) -> bool:
        return any(member is item for member in self)

    def _plain_add(self: Any, item: Any, key: Any) -> None:
        super().append(item)  # type: ignore[misc]

    def _plain_remove(self: Any, item: Any) -> None:
        for index, member in enumerate(self):
            if member is item:
                super().__delitem__(index)  # type: ignore[misc]
                return

    def _members_of(self, value: Any) -> list[tuple[Any, Any]]:
        if is_a(value, str, bytes, dict, set, frozenset) or not hasattr(value, "__iter__"):
            raise self._reject(value)
        if not hasattr(value, "append"):
            raise self._reject(value)
        return [(NO_KEY, item) for item in value]

    def _shaped(self, values: list[Any]) -> Any:
        return values

    # --- what users call

    def append(self, item: Any, _sa_initiator: Any = None) -> None:
        attribute = self._attribute
        if attribute is not None:
            item = attribute.item_added(self._state, self, item)
        super().append(item)  # type: ignore[misc]

    def insert(self, index: Any, value: Any) -> None:
        super().insert(index, self._added(value, index))  # type: ignore[misc]

    def extend(self, iterable: Iterable[Any]) -> None:
        for item in list(iterable):
            self.append(item)

    def __iadd__(self, iterable: Any) -> Any:
        for item in list(iterable):
            self.append(item)
        return self

    def __imul__(self: Any, count: Any) -> Any:
        members = list(self)
        if count.__index__() <= 0:
            self.clear()
        for _ in range(count.__index__() - 1):
            self.extend(members)
        return self

    def remove(self: Any, value: Any, _sa_initiator: Any = None) -> None:
        if value not in self:
            raise ValueError("list.remove(x): x not in list")
        index = self.index(value)
        self._removed_at(index, NO_KEY)
        super().__delitem__(index)  # type: ignore[misc]

    def _removed_at(self: Any, index: int, key: Any) -> None:
        """Report a removal; the key is what the caller gave for the place."""
        if self._attribute is not None:
            item = self[index]
            stays = sum(1 for member in self if member is item) > 1
            self._removed(item, key, stays)

    def pop(self: Any, index: Any = -1) -> Any:
        if len(self):
            self._removed_at(index if -len(self) <= index < len(self) else -1, index)
        return super().pop(index)  # type: ignore[misc]

    def clear(self: Any, index: int = -1) -> None:
        for item in list(self):
            self._removed(item, index)
        super().clear()  # type: ignore[misc]

    def __setitem__(self: Any, index: Any, value: Any) -> None:
        if isinstance(index, slice):
            self._set_slice(index, list(value))
            return
        if self._attribute is not None:
            existing = self[index]
            if existing is not value:
                self._removed_at(index, index)
                value = self._added(value, index)
        super().__setitem__(index, value)  # type: ignore[misc]

    def _set_slice(self: Any, index: slice, new: list[Any]) -> None:
        old = self[index]
        if index.step not in (None, 1) and len(old) != len(new):
            raise ValueError(f"attempt to assign sequence of size {len(new)} to extended slice of size {len(old)}")
        kept = set(map(id, new))
        known = set(map(id, old))
        places = range(len(self))[index]
        for place, item in zip(places, old, strict=True):
            if id(item) not in kept:
                self._removed(item, places.start if places.step == 1 else place)
        step = places.step
        members = [
            item if id(item) in known else self._added(item, places.start + n * step) for n, item in enumerate(new)
        ]
        super().__setitem__(index, members)  # type: ignore[misc]

    def __delitem__(self: Any, index: Any) -> None:
        if isinstance(index, slice):
            for item in self[index]:
                self._removed(item, index)
        else:
            self[index]
            self._removed_at(index, index)
        super().__delitem__(index)  # type: ignore[misc]

    def __reduce_ex__(self: Any, protocol: Any) -> Any:
        return _new_list, (type(self), list(self)), self._link()


class SetTracking(Tracked):
    """Tracking before a set."""

    _kind = "set"

    def _items(self: Any) -> Iterable[Any]:
        return self  # type: ignore[no-any-return]

    def _snapshot(self: Any) -> list[Any]:
        return list(self)

    def _holds(self: Any, item: Any) -> bool:
        return item in self

    def _plain_add(self: Any, item: Any, key: Any) -> None:
        super().add(item)  # type: ignore[misc]

    def _plain_remove(self: Any, item: Any) -> None:
        super().discard(item)  # type: ignore[misc]

    def _members_of(self, value: Any) -> list[tuple[Any, Any]]:
        if not hasattr(value, "add"):
            raise self._reject(value)
        return [(NO_KEY, item) for item in value]

    def _shaped(self, values: list[Any]) -> Any:
        return set(values)

    def add(self: Any, value: Any, _sa_initiator: Any = None) -> None:
        if value not in self:
            value = self._added(value)
        super().add(value)  # type: ignore[misc]

    def discard(self: Any, value: Any, _sa_initiator: Any = None) -> None:
        if value in self:
            self._removed(value)
            super().discard(value)  # type: ignore[misc]

    def remove(self: Any, value: Any, _sa_initiator: Any = None) -> None:
        if value in self:
            self._removed(value)
        super().remove(value)  # type: ignore[misc]

    def pop(self: Any) -> Any:
        for item in self:
            self.remove(item)
            return item
        raise KeyError("pop from an empty set")

    def clear(self: Any) -> None:
        for item in list(self):
            self.remove(item)

    def update(self: Any, *others: Any) -> None:
        for other in others:
            for item in list(other):
                self.add(item)

    def difference_update(self: Any, *others: Any) -> None:
        for other in others:
            for item in list(other):
                self.discard(item)

    def intersection_update(self: Any, *others: Any) -> None:
        kept = self.intersection(*others)
        for item in list(self):
            if item not in kept:
                self.remove(item)

    def symmetric_difference_update(self: Any, other: Any) -> None:
        for item in list(other):
            if item in self:
                self.remove(item)
            else:
                self.add(item)

    def __ior__(self: Any, other: Any) -> Any:
        if not isinstance(other, (set, frozenset)):
            return NotImplemented
        self.update(other)
        return self

    def __isub__(self: Any, other: Any) -> Any:
        if not isinstance(other, (set, frozenset)):
            return NotImplemented
        self.difference_update(other)
        return self

    def __iand__(self: Any, other: Any) -> Any:
        if not isinstance(other, (set, frozenset)):
            return NotImplemented
        self.intersection_update(other)
        return self

    def __ixor__(self: Any, other: Any) -> Any:
        if not isinstance(other, (set, frozenset)):
            return NotImplemented
        self.symmetric_difference_update(other)
        return self

    def __reduce_ex__(self: Any, protocol: Any) -> Any:
        return _new_set, (type(self), list(self)), self._link()


class DictTracking(Tracked):
    """Tracking before a dictionary whose values are the members."""

    _kind = "dict"

    def _items(self: Any) -> Iterable[Any]:
        return self.values()  # type: ignore[no-any-return]

    def _snapshot(self: Any) -> list[Any]:
        return list(self.values())

    def _holds(self: Any, item: Any) -> bool:
        return any(member is item for member in self.values())

    def _key_of(self, item: Any) -> Any:
        raise TypeError(
            f"{type(self).__name__} has no function that gives the key of a member; use attribute_keyed_dict"
        )

    def _plain_add(self: Any, item: Any, key: Any) -> None:
        super().__setitem__(self._key_of(item) if key is NO_KEY else key, item)  # type: ignore[misc]

    def _plain_remove(self: Any, item: Any) -> None:
        for key, member in self.items():
            if member is item:
                super().__delitem__(key)  # type: ignore[misc]
                return

    def _members_of(self, value: Any) -> list[tuple[Any, Any]]:
        if hasattr(value, "keys"):
            return [(key, value[key]) for key in value]
        raise self._reject(value)

    def _shaped(self, values: list[Any]) -> Any:
        return {self._key_of(item): item for item in values}

    def __setitem__(self: Any, key: Any, value: Any) -> None:
        present = self.get(key, _OLD)
        if present is not value:
            if present is not _OLD:
                self._removed(present, key)
            value = self._added(value, key)
        super().__setitem__(key, value)  # type: ignore[misc]

    def __delitem__(self: Any, key: Any) -> None:
        if key in self:
            self._removed(self[key], key)
        super().__delitem__(key)  # type: ignore[misc]

    def clear(self: Any) -> None:
        for key in list(self):
            del self[key]

    def pop(self: Any, key: Any, default: Any = _OLD) -> Any:
        if key in self:
            self._removed(self[key], key)
        return super().pop(key) if default is _OLD else super().pop(key, default)  # type: ignore[misc]

    def popitem(self: Any) -> Any:
        for key in reversed(list(self)):
            value = self[key]
            del self[key]
            return key, value
        raise KeyError("popitem(): dictionary is empty")

    def setdefault(self: Any, key: Any, default: Any = None) -> Any:
        if key not in self:
            self[key] = default
        return self[key]

    def update(self: Any, other: Any = (), /, **kw: Any) -> None:
        for key, value in dict(other, **kw).items():
            self[key] = value

    def __ior__(self: Any, other: Any) -> Any:
        self.update(other)
        return self

    def __reduce_ex__(self: Any, protocol: Any) -> Any:
        return _new_dict, (type(self), dict(self)), self._link()


class InstrumentedList(ListTracking, list[T]):
    """A list of related objects."""


class InstrumentedSet(SetTracking, set[T]):
    """A set of related objects."""


class InstrumentedDict(DictTracking, dict[K, V]):
    """A dictionary of related objects."""


def _new_list(cls: Any, items: list[Any]) -> Any:
    new = cls.__new__(cls)
    list[Any].extend(new, items)
    return new


def _new_set(cls: Any, items: list[Any]) -> Any:
    new = cls.__new__(cls)
    set[Any].update(new, items)
    return new


def _new_dict(cls: Any, items: dict[Any, Any]) -> Any:
    new = cls.__new__(cls)
    dict[Any, Any].update(new, items)
    return new
