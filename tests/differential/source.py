"""Generated programs are Python source: printed as they ran, run again from a file, shrunk line by line.

In: a preamble (classes, tables, a session) and steps, one statement each. Out: a program. Each step runs by itself, so
an error in one is logged and the next still runs, on both sides alike.
"""

from __future__ import annotations

from typing import Any

from .registry import Program
from .worlds import WORLDS

HEADER = "# world: "


def to_source(world: str, steps: list[str]) -> str:
    return "\n".join([HEADER + world, *steps]) + "\n"


def from_source(source: str) -> Program:
    """The program that ``source`` (as ``to_source`` wrote it) describes."""
    head, *steps = [line for line in source.splitlines() if line.strip()]
    if not head.startswith(HEADER):
        raise ValueError(f"a generated program starts with {HEADER!r} and one of {', '.join(WORLDS)}")
    world = WORLDS[head.removeprefix(HEADER)]

    def run(sa: Any, orm: Any, log: Any) -> None:
        namespace: dict[str, Any] = {"sa": sa, "orm": orm, "log": log}
        after = world(namespace)
        for step in steps:
            log.step(step, namespace)
            after(step)

    return run
