"""A bounded table of plans that threads share without a lock."""

from __future__ import annotations

from collections.abc import Hashable, MutableMapping
from typing import Any, Generic, TypeVar

ValueT = TypeVar("ValueT")


class PlanCache(Generic[ValueT]):
    """Keeps the values used lately, at most `size`.

    Two dictionaries of half the size each: new and re-used values go into the young one; when that is full it becomes
    the old one, and what was not used since is forgotten. A hit costs one look-up. Dictionary operations are atomic,
    and the worst that two threads can do to each other is to make one value twice.
    """

    __slots__ = ("_half", "_old", "size", "young")

    def __init__(self, size: int) -> None:
        self.size = size
        self._half = max(size // 2, 1)
        self.young: dict[Hashable, ValueT] = {}
        """What was used lately: a hit here needs nothing else, so that hot code looks here itself."""
        self._old: dict[Hashable, ValueT] = {}

    def get(self, key: Hashable) -> ValueT | None:
        """The value of a key, or None."""
        found = self.young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Hashable, value: ValueT) -> None:
        """Remember a value."""
        if self.size <= 0:
            return
        if len(self.young) >= self._half:
            self._old, self.young = self.young, {}
        self.young[key] = value

    def clear(self) -> None:
        """Forget all."""
        self.young, self._old = {}, {}

    def __len__(self) -> int:
        return len({**self.young, **self._old})


class GivenCache(PlanCache[ValueT]):
    """A dictionary of the program's own that keeps the values, also those of other dialects."""

    __slots__ = ("_dialect", "_given")

    def __init__(self, given: MutableMapping[Any, Any], dialect: Any) -> None:
        super().__init__(0)
        self._given = given
        self._dialect = dialect

    def get(self, key: Hashable) -> ValueT | None:
        """The value of a key, or None."""
        return self._given.get((self._dialect, key))

    def put(self, key: Hashable, value: ValueT) -> None:
        """Remember a value, for as long as the program does."""
        self._given[self._dialect, key] = value
