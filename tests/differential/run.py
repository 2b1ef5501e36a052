"""Run one program on one side, or compare it on both.

In: a program and a Side. Out: a Trace (its lines), or a Comparison of two. Whatever a program raises becomes its last
line; a program that hangs is cut off.
"""

from __future__ import annotations

import contextlib
import difflib
import itertools
import os
import signal
import threading
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from types import FrameType

from .recorder import Recorder
from .registry import Program
from .sides import ORACLE, OURS, Side

TIME_LIMIT = 20.0


@dataclass(frozen=True)
class Trace:
    """What one program did on one side."""

    lines: tuple[str, ...]
    messages: tuple[str, ...] = ()
    crash: str = ""

    def without_selects(self) -> Trace:
        return replace(self, lines=tuple(line for line in self.lines if not line.startswith(("SQL SELECT", "BEGIN"))))


@dataclass(frozen=True)
class Comparison:
    name: str
    oracle: Trace
    ours: Trace
    labels: tuple[str, str] = field(default=("oracle", "ours"))

    @property
    def equal(self) -> bool:
        return self.oracle.lines == self.ours.lines

    def without_selects(self) -> Comparison:
        """The same without SELECTs and BEGINs: how many loads a step takes may differ, what it writes may not."""
        return replace(self, oracle=self.oracle.without_selects(), ours=self.ours.without_selects())

    def diff(self, context: int = 3) -> str:
        left, right = (tuple("\n".join(trace.lines).split("\n")) for trace in (self.oracle, self.ours))
        return "\n".join(difflib.unified_diff(left, right, *self.labels, lineterm="", n=context))


def run(program: Program, side: Side) -> Trace:
    """Run ``program`` on ``side``; never raises for what the program does."""
    recorder = Recorder(side)
    crash = ""
    with time_limit(), recorder.recording():
        try:
            program(side.module(), side.module("orm"), recorder)
        except Exception as error:
            recorder.failed(error)
            crash = traceback.format_exc() if side is OURS else "raised"  # the oracle's inside is closed to us
    return Trace(tuple(sorted_selects(recorder.lines)), tuple(recorder.messages), crash)


def sorted_selects(lines: list[str]) -> list[str]:
    """Neighbouring SELECTs of one text, and CREATE INDEXes, sorted: the oracle walks sets, which have any order."""
    ordered: list[str] = []
    for _text, run_of in itertools.groupby(lines, key=lambda line: select_text(line) or object()):
        found = list(run_of)
        ordered += sorted(found) if len(found) > 1 else found
    return ordered


def select_text(line: str) -> str:
    if line.startswith(("SQL CREATE INDEX", "SQL CREATE UNIQUE INDEX")):
        return "INDEX"
    return line.rpartition(" | ")[0] if line.startswith("SQL SELECT") else ""


def compare(name: str, program: Program, left: Side = ORACLE, right: Side = OURS) -> Comparison:
    return Comparison(name, run(program, left), run(program, right), (left.name, right.name))


@contextlib.contextmanager
def time_limit() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or "PYTEST_CURRENT_TEST" in os.environ:
        yield  # pytest brings its own time limit on the same signal
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"the program ran longer than {TIME_LIMIT:g} s")

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
