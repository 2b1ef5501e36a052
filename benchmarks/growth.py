"""Time against size: loading, flushing and merging 1 to 1,000,000 objects.

In: the largest size. Out: Growth per workload: seconds of each side at each size. A size that a side would need longer
than PATIENCE for, going by the size before, is left out for that side.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .registry import WORKLOADS, Workload
from .runner import Line, measure

KEYS = ("W1", "W5", "W10e")
SIZES = (1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
PATIENCE = 60.0
STEP = 10


@dataclass
class Growth:
    """``seconds``: side -> size -> median CPU time."""

    workload: Workload
    seconds: dict[str, dict[int, float]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def grow(sides: Sequence[str], rounds: int, largest: int, url: str) -> Iterator[Growth]:
    for key in KEYS:
        found = Growth(WORKLOADS[key])
        for size in SIZES:
            if size <= largest:
                one_size(found, sides, rounds, size, url)
        yield found


def one_size(found: Growth, sides: Sequence[str], rounds: int, size: int, url: str) -> None:
    line = Line(found.workload, size)
    patient = [side for side in sides if found.seconds.get(side, {}).get(size // STEP, 0.0) * STEP <= PATIENCE]
    for _ in range(rounds if size < SIZES[-2] else 1):
        for side in patient:
            if side not in line.errors and found.workload.work_of(side):
                measure(line, side, url)
    line.check()
    found.errors.update({f"{side} at {size}": error for side, error in line.errors.items()})
    for side, measured in line.rounds.items():
        if side not in line.errors:
            found.seconds.setdefault(side, {})[size] = statistics.median(one.value for one in measured)
