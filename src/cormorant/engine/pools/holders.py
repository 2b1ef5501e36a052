"""Who holds the connections of a pool: noted at each checkout, told when the pool is exhausted.

In: the thread of a checkout, and the clock. Out: lines for people, which also say where those threads are by now. The
note costs next to nothing, and keeps no frame alive.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterable
from threading import get_ident
from types import FrameType

_PACKAGE = __name__.partition(".")[0]
_INSIDE = f"{_PACKAGE}."
MOST = 20
"""How many holders an error names."""

Holder = tuple[int, float]
"""The thread that checked a connection out, and when."""


def note() -> Holder:
    """The thread that asks, now."""
    return get_ident(), time.monotonic()


def listed(holders: Iterable[Holder]) -> str:
    """Lines about holders, the oldest first; empty where there is none."""
    found = sorted(holders, key=lambda holder: holder[1])
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    frames = sys._current_frames()
    lines = [f"\n  {_line(holder, names, frames)}" for holder in found[:MOST]]
    if len(found) > MOST:
        lines.append(f"\n  and {len(found) - MOST} more")
    return "".join(["\nConnections are held by:", *lines]) if lines else ""


def _line(holder: Holder, names: dict[int | None, str], frames: dict[int, FrameType]) -> str:
    thread, since = holder
    who = names.get(thread, f"a thread that has ended ({thread})")
    return f"{who}, for {time.monotonic() - since:.1f} s{_place(frames.get(thread))}"


def _place(frame: FrameType | None) -> str:
    """The line of the program, outside this package, that a thread is at."""
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name != _PACKAGE and not name.startswith(_INSIDE):
            return f", now at {frame.f_code.co_filename}:{frame.f_lineno} in {frame.f_code.co_name}()"
        frame = frame.f_back
    return ""
