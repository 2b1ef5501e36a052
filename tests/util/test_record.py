"""Classes of named values: constructor, defaults, repr, identity."""

from __future__ import annotations

from dataclasses import field
from typing import Any, ClassVar

import pytest

from cormorant.util.record import draft, record


@record
class Point:
    kind: ClassVar[str] = "point"
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list[str])
    distance: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "distance", self.x + self.y)


@draft
class Counter:
    count: int = 0


def test_values_are_given_by_place_or_name() -> None:
    point = Point(1, tags=["a"])
    assert (point.x, point.y, point.tags, point.distance, Point.kind) == (1, 2, ["a"], 3, "point")
    assert Point(x=5, y=6).distance == 11


def test_each_instance_has_its_own_default() -> None:
    first, second = Point(1), Point(1)
    first.tags.append("a")
    assert second.tags == []


def test_what_is_missing_is_named() -> None:
    make: Any = Point
    with pytest.raises(TypeError, match=r"Point\.__init__\(\) missing 1 required positional argument: 'x'"):
        make()


def test_instances_are_equal_to_themselves_only() -> None:
    first = Counter(1)
    assert first == first
    assert first != Counter(1)
    assert len({first, Counter(1)}) == 2


def test_a_draft_is_filled_in() -> None:
    counter = Counter()
    counter.count += 1
    assert repr(counter) == "Counter(count=1)"
    match counter:
        case Counter(count):
            assert count == 1


def test_a_record_is_shown() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2, tags=[], distance=3)"
