"""The bounded table of plans."""

from __future__ import annotations

from cormorant.engine.cache import PlanCache


def test_what_is_used_stays() -> None:
    cache: PlanCache[int] = PlanCache(10)
    for number in range(1000):
        cache.put(number, number)
        assert cache.get(0 if number else number) == 0
        assert len(cache) <= 10
    assert cache.get(999) == 999
    assert cache.get(500) is None


def test_nothing_is_kept_without_room() -> None:
    cache: PlanCache[int] = PlanCache(0)
    cache.put(1, 1)
    assert cache.get(1) is None
