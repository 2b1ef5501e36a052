"""Every program of the table gives on Cormorant what the oracle gives, or differs exactly as known.py says."""

from __future__ import annotations

import pytest

from .known import BY_PROGRAM, verdict
from .registry import load
from .run import compare

PROGRAMS = load()


@pytest.mark.parametrize("name", sorted(PROGRAMS))
def test_program(name: str) -> None:
    comparison = compare(name, PROGRAMS[name])
    found = verdict(comparison)
    assert found in ("equal", "known"), f"{found}: python -m tests.differential {name}\n{comparison.diff()}"


def test_known_differences_name_programs() -> None:
    assert set(BY_PROGRAM) <= set(PROGRAMS)
