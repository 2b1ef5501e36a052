"""Every workload runs on every side at a tiny size and gives the same result. Nothing is timed here."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parents[2])]

from benchmarks import workloads  # noqa: E402  (the path comes first)
from benchmarks.registry import WORKLOADS  # noqa: E402
from benchmarks.runner import Line  # noqa: E402
from benchmarks.sides import opponent_is_compiled  # noqa: E402
from benchmarks.worker import Measurement, measure  # noqa: E402

workloads.load()
COUNT = 40


@pytest.mark.parametrize("key", sorted(WORKLOADS))
def test_all_sides_give_the_same(key: str) -> None:
    sums = {side: measure(key, side, COUNT, warm_up=False).checksum for side in ("raw", "sqlalchemy", "ours")}
    assert sums["ours"] == sums["sqlalchemy"] == sums["raw"]


def test_every_workload_is_defined_and_has_a_driver_side() -> None:
    assert [key for key, workload in WORKLOADS.items() if not workload.title or workload.raw is None] == []


def test_the_opponent_is_compiled() -> None:
    assert opponent_is_compiled()


def test_ratios_are_medians_of_pairs() -> None:
    line = Line(WORKLOADS["W1"], 10)
    line.rounds = {
        "sqlalchemy": [Measurement(value, 10, 1) for value in (4.0, 9.0, 8.0)],
        "ours": [Measurement(value, 10, 1) for value in (1.0, 3.0, 1.0)],
    }
    assert line.ratio("sqlalchemy", "ours") == 4.0
    assert line.reached is True
    assert line.ratio("sqlalchemy", "raw") is None


def test_different_results_are_an_error() -> None:
    line = Line(WORKLOADS["W1"], 10)
    line.rounds = {"raw": [Measurement(1.0, 10, 1)], "ours": [Measurement(1.0, 10, 2)]}
    line.check()
    assert "ours" in line.errors
    assert line.ratio("raw", "ours") is None
