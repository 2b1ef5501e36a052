"""One measurement in a process of its own: warm-up, then the workload once.

``python -m benchmarks.worker KEY SIDE COUNT URL`` prints one line of JSON: value (seconds of process CPU time of the
timed part, or the measured bytes), count, checksum. The garbage collector stays as Python starts it.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any

from . import peers, workloads
from .registry import WORKLOADS, Measured, Workload
from .sides import Library, Raw

ROOTS = {"ours": "cormorant", "sqlalchemy": "sqlalchemy"}
WARM_UP = 20


@dataclass(frozen=True)
class Measurement:
    """``value`` is seconds of process CPU time, or bytes, for ``count`` items."""

    value: float
    count: int
    checksum: int


def main(arguments: list[str]) -> None:
    key, side, count, url = arguments
    print(json.dumps(asdict(measure(key, side, int(count), url))))


def measure(key: str, side: str, count: int, url: str = "sqlite://", warm_up: bool = True) -> Measurement:
    workloads.load()
    workload = WORKLOADS[key]
    subject = subject_of(side, url)
    if warm_up:
        once(workload, side, subject, max(count // WARM_UP, 30))
        gc.collect()
    return once(workload, side, subject, count)


def subject_of(side: str, url: str) -> Any:
    """What the workload of a side is given."""
    if side in ROOTS:
        return Library(ROOTS[side], url)
    return Raw(url) if side == "raw" else peers.load(side)


def once(workload: Workload, side: str, subject: Any, count: int) -> Measurement:
    """Drive the workload's generator: prepare, time, check."""
    body = workload.work_of(side)
    if body is None:
        raise ValueError(f"workload {workload.key} has no part for {side}")
    running = body(subject, count)
    next(running)
    started = time.process_time()
    next(running)
    seconds = time.process_time() - started
    try:
        next(running)
    except StopIteration as end:
        found = end.value if isinstance(end.value, Measured) else Measured(end.value, seconds)
        return Measurement(found.value, count, found.checksum)
    raise RuntimeError(f"workload {workload.key} yields more than twice")


if __name__ == "__main__":
    main(sys.argv[1:])
