"""Sets that keep order, or that compare by identity.

In: any iterable. Out: collections with the set operations. `OrderedSet` holds hashable values, `IdentitySet` anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableSet
from collections.abc import Set as AbstractSet
from typing import Any, TypeVar

ItemT = TypeVar("ItemT")


class OrderedSet(MutableSet[ItemT]):
    """A set that iterates in the order of first insertion."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterable[ItemT] | None = None) -> None:
        self._items: dict[ItemT, None] = dict.fromkeys(items) if items is not None else {}

    def __contains__(self, item: object) -> bool:
        return item in self._items

    def __iter__(self) -> Iterator[ItemT]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> ItemT:
        return list(self._items)[index]

    def __reversed__(self) -> Iterator[ItemT]:
        return reversed(self._items)

    def add(self, value: ItemT) -> None:
        self._items[value] = None

    def discard(self, value: ItemT) -> None:
        self._items.pop(value, None)

    def remove(self, value: ItemT) -> None:
        del self._items[value]

    def update(self, *others: Iterable[ItemT]) -> None:
        for other in others:
            self._items.update(dict.fromkeys(other))

    def clear(self) -> None:
        self._items.clear()

    def copy(self) -> OrderedSet[ItemT]:
        return OrderedSet(self)

    def union(self, *others: Iterable[ItemT]) -> OrderedSet[ItemT]:
        result = OrderedSet(self)
        result.update(*others)
        return result

    def intersection(self, *others: Iterable[Any]) -> OrderedSet[ItemT]:
        kept = set(self._items).intersection(*others)
        return OrderedSet(item for item in self if item in kept)

    def difference(self, *others: Iterable[Any]) -> OrderedSet[ItemT]:
        gone = set[Any]().union(*others)
        return OrderedSet(item for item in self if item not in gone)

    def difference_update(self, *others: Iterable[Any]) -> None:
        for other in others:
            for item in list(other):
                self.discard(item)

    def issubset(self, other: Iterable[Any]) -> bool:
        return set(self._items).issubset(other)

    def issuperset(self, other: Iterable[Any]) -> bool:
        return set(self._items).issuperset(other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self)!r})"


class IdentitySet(MutableSet[ItemT]):
    """A set of objects compared with `is`; iterates in the order of insertion."""

    __slots__ = ("_members",)
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, items: Iterable[ItemT] | None = None) -> None:
        self._members: dict[int, ItemT] = {id(item): item for item in items} if items is not None else {}

    def __contains__(self, item: object) -> bool:
        return id(item) in self._members

    def __iter__(self) -> Iterator[ItemT]:
        return iter(list(self._members.values()))

    def __len__(self) -> int:
        return len(self._members)

    def add(self, value: ItemT) -> None:
        self._members[id(value)] = value

    def discard(self, value: ItemT) -> None:
        self._members.pop(id(value), None)

    def remove(self, value: ItemT) -> None:
        del self._members[id(value)]

    def pop(self) -> ItemT:
        return self._members.popitem()[1]

    def clear(self) -> None:
        self._members.clear()

    def copy(self) -> IdentitySet[ItemT]:
        return IdentitySet(self)

    def update(self, items: Iterable[ItemT]) -> None:
        self._members.update((id(item), item) for item in items)

    def union(self, items: Iterable[ItemT]) -> IdentitySet[ItemT]:
        result = self.copy()
        result.update(items)
        return result

    def difference(self, items: Iterable[Any]) -> IdentitySet[ItemT]:
        gone = {id(item) for item in items}
        return IdentitySet(item for item in self if id(item) not in gone)

    def difference_update(self, items: Iterable[Any]) -> None:
        for item in list(items):
            self.discard(item)

    def intersection(self, items: Iterable[Any]) -> IdentitySet[ItemT]:
        kept = {id(item) for item in items}
        return IdentitySet(item for item in self if id(item) in kept)

    def issubset(self, items: Iterable[Any]) -> bool:
        return self._members.keys() <= {id(item) for item in items}

    def issuperset(self, items: Iterable[Any]) -> bool:
        return self._members.keys() >= {id(item) for item in items}

    def symmetric_difference(self, items: Iterable[ItemT]) -> IdentitySet[ItemT]:
        other = IdentitySet(items)
        return self.difference(other).union(other.difference(self))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, IdentitySet):
            return False
        theirs: IdentitySet[Any] = other  # pyright: ignore[reportUnknownVariableType]
        return self._members.keys() == theirs._members.keys()

    def __le__(self, other: AbstractSet[Any]) -> bool:
        return self.issubset(other)

    def __lt__(self, other: AbstractSet[Any]) -> bool:
        return len(self) < len(other) and self.issubset(other)

    def __ge__(self, other: AbstractSet[Any]) -> bool:
        return self.issuperset(other)

    def __gt__(self, other: AbstractSet[Any]) -> bool:
        return len(self) > len(other) and self.issuperset(other)

    def __or__(self, other: Iterable[Any]) -> IdentitySet[Any]:
        return self.union(other)

    def __and__(self, other: Iterable[Any]) -> IdentitySet[ItemT]:
        return self.intersection(other)

    def __sub__(self, other: Iterable[Any]) -> IdentitySet[ItemT]:
        return self.difference(other)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self._members.values())!r})"
