"""The small tools: collections, memoized attributes, order by dependencies, text of parameters."""

from __future__ import annotations

import copy
import pickle
import warnings

import pytest

from cormorant.exc import SAWarning
from cormorant.util import IdentitySet, OrderedSet, Symbol, immutabledict, memoized, parameters_text, topological, warn
from cormorant.util.represent import represent


class Circle:
    """Counts how often its area is computed."""

    def __init__(self, radius: int, name: str = "round", *, tags: tuple[str, ...] = ()) -> None:
        self.radius = radius
        self.name = name
        self.tags = tags
        self.computed = 0

    @memoized
    def area(self) -> int:
        self.computed += 1
        return self.radius * self.radius * 3


def test_memoized_computes_once_and_lands_in_the_dictionary() -> None:
    circle = Circle(2)
    assert (circle.area, circle.area, circle.computed) == (12, 12, 1)
    assert circle.__dict__["area"] == 12


def test_represent_shows_what_differs_from_the_defaults() -> None:
    assert represent(Circle(2)) == "Circle(2)"
    assert represent(Circle(2, name="x", tags=("a",))) == "Circle(2, name='x', tags=('a',))"


def test_immutabledict_refuses_changes_and_makes_new_ones() -> None:
    one = immutabledict({"a": 1})
    with pytest.raises(TypeError, match="immutable"):
        one["b"] = 2
    assert one.union({"b": 2}) == {"a": 1, "b": 2}
    assert one.union({}) is one
    assert one.merge_with(None, {"a": 2}) == {"a": 2}
    assert isinstance(pickle.loads(pickle.dumps(one)), immutabledict)
    assert repr(one) == "immutabledict({'a': 1})"


def test_ordered_set_keeps_the_order_of_insertion() -> None:
    items = OrderedSet([3, 1, 2, 1])
    items.add(0)
    assert list(items) == [3, 1, 2, 0]
    assert list(items.difference([1])) == [3, 2, 0]
    assert list(items.intersection([0, 3])) == [3, 0]
    assert list(items | [9]) == [3, 1, 2, 0, 9]


def test_identity_set_compares_with_is() -> None:
    first, second = [1], [1]
    items = IdentitySet([first])
    assert first in items
    assert second not in items
    assert len(items.union([second])) == 2
    assert items <= items.union([second])
    assert items.difference([first]) == IdentitySet()


def test_symbols_are_singletons() -> None:
    symbol = Symbol("TEST_ONLY")
    assert Symbol("TEST_ONLY") is symbol
    assert pickle.loads(pickle.dumps(symbol)) is symbol
    assert copy.deepcopy(symbol) is symbol


def test_warnings_point_at_the_line_of_the_user() -> None:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        warn("careful")
    assert (seen[0].category, seen[0].filename) == (SAWarning, __file__)


def test_levels_keep_the_given_order_among_equals() -> None:
    pairs = [("z", "y"), ("x", "w"), ("z", "w")]
    assert list(topological.levels(pairs, ["z", "y", "x", "w", "aa"])) == [["z", "x", "aa"], ["y", "w"]]
    assert topological.stable_sort([("c", "a")], "abc") == ["b", "c", "a"]


def test_a_cycle_is_reported_in_order() -> None:
    with pytest.raises(topological.CycleError) as caught:
        topological.sort([("a", "b"), ("b", "c"), ("c", "a"), ("a", "d")], "abcd")
    assert caught.value.cycle == ["a", "b", "c"]
    assert topological.find_cycles([("a", "b"), ("b", "a"), ("b", "c")], "abc") == {"a", "b"}


def test_long_parameters_lose_their_middle() -> None:
    assert parameters_text({"a": 1}) == "{'a': 1}"
    assert "characters truncated" in parameters_text({"a": "x" * 1000})
    many = parameters_text([(i,) for i in range(100)], is_many=True)
    assert many.startswith("[(0,), (1,)")
    assert "(7,)  ... displaying 10 of 100 total bound parameter sets ...  (98,), (99,)]" in many
