"""Ranges as Python values, with the operations that the database has on them.

In: bounds, and whether each belongs to the range. Out: values that compare as the database compares them: a range of
whole numbers or days `[1, 5)` equals `[1, 4]`. Nothing here knows types or SQL.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

T = TypeVar("T")
Bounds = Literal["()", "[)", "(]", "[]"]
Key = tuple[Any, ...]

_BEFORE_ALL: Key = (-1,)
_AFTER_ALL: Key = (1,)


@dataclass(frozen=True, slots=True, eq=False)
class Range(Generic[T]):
    """A range between two values; None is no end. `bounds` says by brackets which end belongs to it."""

    lower: T | None = None
    upper: T | None = None
    bounds: Bounds = field(default="[)", kw_only=True)
    empty: bool = field(default=False, kw_only=True)

    # what it is

    def __bool__(self) -> bool:
        return not self.empty

    @property
    def isempty(self) -> bool:
        """Whether it is the empty range."""
        return self.empty

    @property
    def is_empty(self) -> bool:
        """Whether it is the empty range."""
        return self.empty

    @property
    def lower_inc(self) -> bool:
        """Whether the lower bound belongs to it."""
        return self.bounds[0] == "["

    @property
    def upper_inc(self) -> bool:
        """Whether the upper bound belongs to it."""
        return self.bounds[1] == "]"

    @property
    def lower_inf(self) -> bool:
        """Whether it has no lower bound."""
        return not self.empty and self.lower is None

    @property
    def upper_inf(self) -> bool:
        """Whether it has no upper bound."""
        return not self.empty and self.upper is None

    def __str__(self) -> str:
        if self.empty:
            return "empty"
        lower, upper = ("" if end is None else str(end) for end in (self.lower, self.upper))
        return f"{self.bounds[0]}{lower},{upper}{self.bounds[1]}"

    # its ends as keys that can be compared

    def _step(self) -> Any:
        """Return the distance between neighbours; None for values that have none."""
        sample: Any = self.lower if self.lower is not None else self.upper
        if isinstance(sample, int):
            return 1
        is_day = isinstance(sample, dt.date) and not isinstance(sample, dt.datetime)
        return dt.timedelta(days=1) if is_day else None

    def _low(self) -> Key:
        value: Any = self.lower
        if value is None:
            return _BEFORE_ALL
        step = self._step()
        if step is None or self.lower_inc:
            return 0, value, 0 if self.lower_inc else 1
        return 0, value + step, 0

    def _high(self) -> Key:
        value: Any = self.upper
        if value is None:
            return _AFTER_ALL
        step = self._step()
        if step is None or self.upper_inc:
            return 0, value, 0 if self.upper_inc else -1
        return 0, value - step, 0

    # comparing

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Range):
            return NotImplemented
        if self.empty or other.empty:
            return self.empty and other.empty
        return self._low() == other._low() and self._high() == other._high()

    def __hash__(self) -> int:
        return hash("empty" if self.empty else (self._low(), self._high()))

    def contains(self, value: T | Range[T]) -> bool:
        """Tell whether a value or a whole range is part of it."""
        if isinstance(value, Range):
            if value.empty:
                return True
            return not self.empty and self._low() <= value._low() and self._high() >= value._high()
        if self.empty:
            return False
        return self._low() <= (0, value, 0) <= self._high()

    __contains__ = contains

    def contained_by(self, other: Range[T]) -> bool:
        """Tell whether it is part of another range."""
        return other.contains(self)

    def overlaps(self, other: Range[T]) -> bool:
        """Tell whether both have values in common."""
        if self.empty or other.empty:
            return False
        return self._low() <= other._high() and other._low() <= self._high()

    def strictly_left_of(self, other: Range[T]) -> bool:
        """Tell whether it ends before the other begins."""
        return not self.empty and not other.empty and self._high() < other._low()

    __lshift__ = strictly_left_of

    def strictly_right_of(self, other: Range[T]) -> bool:
        """Tell whether it begins after the other ends."""
        return not self.empty and not other.empty and self._low() > other._high()

    __rshift__ = strictly_right_of

    def not_extend_left_of(self, other: Range[T]) -> bool:
        """Tell whether it does not begin before the other."""
        return not self.empty and not other.empty and self._low() >= other._low()

    def not_extend_right_of(self, other: Range[T]) -> bool:
        """Tell whether it does not end after the other."""
        return not self.empty and not other.empty and self._high() <= other._high()

    def adjacent_to(self, other: Range[T]) -> bool:
        """Tell whether one begins where the other ends, without a value between them or in both."""
        if self.empty or other.empty:
            return False
        return self._touches(other) or other._touches(self)

    def _touches(self, other: Range[T]) -> bool:
        high, low = self._high(), other._low()
        if len(high) == 1 or len(low) == 1:
            return False
        step = self._step()
        if step is not None:
            return bool(high[1] + step == low[1])
        return bool(high[1] == low[1] and low[2] - high[2] == 1)

    # putting together

    def union(self, other: Range[T]) -> Range[T]:
        """Return the range of both; raises ValueError where a gap is between them."""
        if self.empty or other.empty:
            return other if self.empty else self
        if not self.overlaps(other) and not self.adjacent_to(other):
            raise ValueError("Adding non-overlapping and non-adjacent ranges is not implemented")
        first = self if self._low() < other._low() else other
        last = self if self._high() > other._high() else other
        return _joined(first, last)

    __add__ = union

    def difference(self, other: Range[T]) -> Range[T]:
        """Return what of it is not in the other; raises ValueError where that would be two ranges."""
        if self.empty or other.empty or not self.overlaps(other):
            return self
        begins, ends = self._low() < other._low(), self._high() > other._high()
        if begins and ends:
            raise ValueError("Subtracting a strictly inner range is not implemented")
        if not begins and not ends:
            return Range(None, None, empty=True)
        if begins:
            return Range(self.lower, other.lower, bounds=_brackets(self.lower_inc, not other.lower_inc))
        return Range(other.upper, self.upper, bounds=_brackets(not other.upper_inc, self.upper_inc))

    __sub__ = difference

    def intersection(self, other: Range[T]) -> Range[T]:
        """Return what both have in common."""
        if not self.overlaps(other):
            return Range(None, None, empty=True)
        first = self if self._low() >= other._low() else other
        last = self if self._high() <= other._high() else other
        return _joined(first, last)

    __mul__ = intersection


def _brackets(lower_inc: bool, upper_inc: bool) -> Bounds:
    found: dict[tuple[bool, bool], Bounds] = {
        (False, False): "()", (True, False): "[)", (False, True): "(]", (True, True): "[]",
    }  # fmt: skip
    return found[lower_inc, upper_inc]


def _joined(first: Range[T], last: Range[T]) -> Range[T]:
    """Return the range from where one begins to where the other ends."""
    return Range(first.lower, last.upper, bounds=_brackets(first.lower_inc, last.upper_inc))


class MultiRange(list[Range[T]]):
    """Several ranges as one value: a list that says what it is to be."""


def make_range(lower: Any, upper: Any, *, bounds: Bounds = "[)", empty: bool = False) -> Range[Any]:
    """Return a range of values whose class nobody knows."""
    return Range(lower, upper, bounds=bounds, empty=empty)
