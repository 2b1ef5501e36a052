"""The one list of known differences. Each entry points to a row of the semantics' table of intended differences.

An entry holds what must be seen on each side, so that a difference that disappears (or changes) is reported too.
``oracle`` and ``ours`` are parts of one line of the side's trace; the part of one side is absent from the other.
"""

from __future__ import annotations

from dataclasses import dataclass

from .run import Comparison


@dataclass(frozen=True)
class Known:
    """Program ``program`` differs as row ``row`` says: ``what``."""

    program: str
    row: str
    what: str
    oracle: str
    ours: str

    def explains(self, comparison: Comparison) -> bool:
        left, right = "\n".join(comparison.oracle.lines), "\n".join(comparison.ours.lines)
        return self.oracle in left and self.oracle not in right and self.ours in right and self.ours not in left


KNOWN: tuple[Known, ...] = ()

BY_PROGRAM = {known.program: known for known in KNOWN}


def verdict(comparison: Comparison) -> str:
    """``equal``, ``known`` (differs as listed), ``stale`` (listed, but not so) or ``different``."""
    known = BY_PROGRAM.get(comparison.name)
    if known is None:
        return "equal" if comparison.equal else "different"
    return "known" if known.explains(comparison) else "stale"
