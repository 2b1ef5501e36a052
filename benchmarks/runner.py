"""Runs workloads: the sides in turn, each measurement in a fresh process, and the medians of the paired ratios.

In: workloads and options. Out: a Line per workload. A side that fails gives its error instead of numbers; sides whose
results differ fail the workload.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .registry import Workload
from .worker import Measurement

SIDES = ("raw", "sqlalchemy", "ours")
ROOT = Path(__file__).parent.parent


@dataclass
class Line:
    """All measurements of one workload: side -> one Measurement per round, or the error that ended them."""

    workload: Workload
    count: int
    rounds: dict[str, list[Measurement]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def per_item(self, side: str) -> float | None:
        """Median of microseconds (or bytes) per item."""
        found = self.rounds.get(side)
        if not found or side in self.errors:
            return None
        scale = 1.0 if self.workload.unit == "bytes" else 1e6
        return statistics.median(measurement.value * scale / measurement.count for measurement in found)

    def ratio(self, over: str, under: str) -> float | None:
        """Median over the rounds of ``over``'s value divided by ``under``'s."""
        if over in self.errors or under in self.errors or not self.rounds.get(over) or not self.rounds.get(under):
            return None
        pairs = zip(self.rounds[over], self.rounds[under], strict=True)
        return statistics.median(left.value / max(right.value, 1e-9) for left, right in pairs)

    @property
    def reached(self) -> bool | None:
        found = self.ratio("sqlalchemy", "ours")
        return None if found is None else found >= self.workload.aim

    def check(self) -> None:
        """Sides with other results than the driver's (or SQLAlchemy's) are errors."""
        sums = {side: {measurement.checksum for measurement in found} for side, found in self.rounds.items() if found}
        reference = sums.get("raw") or sums.get("sqlalchemy")
        for side, found in sums.items():
            if reference and found != reference and side not in self.errors:
                self.errors[side] = "its results differ from the driver's"


def run(workload: Workload, sides: Sequence[str], rounds: int, size: float, url: str) -> Line:
    line = Line(workload, max(round(workload.count * size), 30))
    for turn in range(rounds):
        for side in rotated(sides, turn):
            if side not in line.errors and workload.work_of(side):
                measure(line, side, url)
    line.check()
    return line


def rotated(sides: Sequence[str], turn: int) -> Iterator[str]:
    start = turn % len(sides)
    yield from (*sides[start:], *sides[:start])


def measure(line: Line, side: str, url: str) -> None:
    command = [sys.executable, "-m", "benchmarks.worker", line.workload.key, side, str(line.count), url]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=environment())
    if done.returncode:
        line.errors[side] = done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"exit {done.returncode}"
        return
    line.rounds.setdefault(side, []).append(Measurement(**json.loads(done.stdout.splitlines()[-1])))


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{os.environ.get('PYTHONPATH', '')}".rstrip(":")}
