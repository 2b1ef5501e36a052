"""Who holds the connections of a pool: noted at each checkout, told when the pool is exhausted.

In: the frames of a checkout. Out: a note that keeps no frame alive, and lines for people.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable
from threading import get_ident
from types import CodeType
from typing import NamedTuple

_PACKAGE = __name__.partition(".")[0]
_INSIDE = f"{_PACKAGE}."
MOST = 20
"""How many holders an error names."""


class Holder(NamedTuple):
    """Who checked a connection out."""

    thread: int
    since: float
    code: CodeType | None
    line: int

    def __str__(self) -> str:
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        who = names.get(self.thread, f"a thread that has ended ({self.thread})")
        where = "" if self.code is None else f", {self.code.co_filename}:{self.line} in {self.code.co_name}()"
        return f"{who}, for {time.monotonic() - self.since:.1f} s{where}"


def note() -> Holder:
    """The thread that asks, now, and the line of the program outside this package that led here."""
    frame = sys._getframe(2)
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name != _PACKAGE and not name.startswith(_INSIDE):
            return Holder(get_ident(), time.monotonic(), frame.f_code, frame.f_lineno)
        frame = frame.f_back  # type: ignore[assignment]
    return Holder(get_ident(), time.monotonic(), None, 0)


def listed(holders: Iterable[Holder]) -> str:
    """Lines about holders, the oldest first; empty where there is none."""
    found = sorted(holders, key=lambda holder: holder.since)
    lines = [f"\n  {holder}" for holder in found[:MOST]]
    if len(found) > MOST:
        lines.append(f"\n  and {len(found) - MOST} more")
    return "".join(["\nConnections are held by:", *lines]) if lines else ""
