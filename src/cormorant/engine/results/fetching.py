"""What every kind of result does the same way: take raw rows from a source, shape them, drop doubles, count them.

A source answers `_raw_all`, `_raw_many`, `_raw_one` and `close`; a view answers `_shape(raw rows) -> values`. Rows,
scalars and mappings are views; cursors, iterators and frozen results are sources. Neither knows the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from ...exc import MultipleResultsFound, NoResultFound

ValueT = TypeVar("ValueT")
Strategy = Callable[[Any], Any]


class Uniques:
    """Remembers what was seen, so that each value comes out once."""

    __slots__ = ("_seen", "_strategy", "given")

    def __init__(self, strategy: Strategy | None, given: Strategy | None = None) -> None:
        self._seen: set[Any] = set()
        self._strategy = strategy
        self.given = given
        """What the program said, before the result put its own way of comparing in its place."""

    def first_seen(self, values: Sequence[Any]) -> list[Any]:
        """The values not seen before, in order."""
        seen, strategy = self._seen, self._strategy
        fresh: list[Any] = []
        for value in values:
            key = value if strategy is None else strategy(value)
            if key not in seen:
                seen.add(key)
                fresh.append(value)
        return fresh


class Fetching(Generic[ValueT]):
    """The fetch methods over a source and a shape."""

    _uniques: Uniques | None = None
    _fetch_size: int | None = None

    # what a source answers

    def _raw_all(self) -> list[Any]:
        raise AssertionError("a source defines this")

    def _raw_many(self, size: int | None) -> list[Any]:
        raise AssertionError("a source defines this")

    def _raw_one(self) -> Any:
        """One raw row in a list, or an empty list at the end."""
        return self._raw_many(1)

    def close(self) -> None:
        """Close the result and its cursor; every later fetch raises ResourceClosedError."""
        raise AssertionError("a source defines this")

    # what a view answers

    def _shape(self, raw: list[Any]) -> list[Any]:
        raise AssertionError("a view defines this")

    def _unique_strategy(self, strategy: Strategy | None) -> Strategy | None:
        return strategy

    # the methods

    def _all(self) -> list[Any]:
        values = self._shape(self._raw_all())
        return values if self._uniques is None else self._uniques.first_seen(values)

    def _many(self, size: int | None) -> list[Any]:
        if self._uniques is None:
            return self._shape(self._raw_many(self._fetch_size if size is None else size))
        return self._many_unique(size if size is not None else self._fetch_size)

    def _many_unique(self, size: int | None) -> list[Any]:
        assert self._uniques is not None
        values: list[Any] = []
        while True:
            raw = self._raw_many(None if size is None else size - len(values))
            values += self._uniques.first_seen(self._shape(raw))
            if not raw or (values if size is None else len(values) >= size):
                return values

    def _next(self) -> list[Any]:
        """The next value in a list, or an empty list."""
        if self._uniques is not None:
            return self._many_unique(1)
        raw = self._raw_one()
        return self._shape(raw) if raw else raw

    def _iterate(self) -> Iterator[Any]:
        if self._fetch_size is not None:
            while chunk := self._many(None):
                yield from chunk
            return
        while found := self._next():
            yield found[0]

    def _first(self) -> Any:
        found = self._next()
        self.close()
        return found[0] if found else None

    def _one(self, *, or_none: bool = False) -> Any:
        """The only value; raises where there are several, or none and `or_none` is not set."""
        if self._uniques is None:
            raw = self._raw_many(2)
            self.close()
            return self._shape(raw)[0] if len(raw) == 1 else only_of(raw, or_none)
        found = self._many_unique(2)
        self.close()
        return only_of(found, or_none)

    def _partitions(self, size: int | None) -> Iterator[list[Any]]:
        while chunk := self._many(size):
            yield chunk

    def _set_unique(self, strategy: Strategy | None) -> None:
        self._uniques = Uniques(self._unique_strategy(strategy), strategy)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def only_of(values: Sequence[Any], or_none: bool) -> Any:
    """The only one of some values; raises where there are several, or none and `or_none` is not set."""
    if len(values) > 1:
        wanted = "one or none" if or_none else "exactly one"
        raise MultipleResultsFound(f"Multiple rows were found when {wanted} was required")
    if values:
        return values[0]
    if or_none:
        return None
    raise NoResultFound("No row was found when one was required")
