"""Generated programs give the same on both sides. A failure prints the shrunk program; run it again with
``python -m tests.differential --source FILE``.

``CORMORANT_DIFFERENTIAL_EXAMPLES=N`` runs N random programs of each kind instead of the fixed few.
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .generate import graph, schema, select, wide
from .run import Comparison, compare
from .sides import ORACLE, OURS
from .source import from_source, to_source

EXAMPLES = int(os.environ.get("CORMORANT_DIFFERENTIAL_EXAMPLES", "0"))
OPPONENT = ORACLE if os.environ.get("CORMORANT_DIFFERENTIAL_SELF") else OURS
RUNS = 6
WIDE = st.integers(0, 1_000_000).map(wide.steps_for).filter(wide.is_comparable)
KINDS = {
    "tables": (select.steps(), 200),
    "wide": (WIDE, 200),
    "schema": (schema.steps(), 60),
    "graph": (graph.steps(), 100),
}


@pytest.mark.parametrize("world", sorted(KINDS))
def test_generated(world: str) -> None:
    steps, few = KINDS[world]

    @settings(
        max_examples=EXAMPLES or few, derandomize=not EXAMPLES, deadline=None, database=None,
        report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(steps)
    def check(program: list[str]) -> None:
        same(world, program)

    check()


def takes_back_a_deletion(steps: list[str]) -> bool:
    """Whether a program adds what it deleted: the oracle goes on to delete what the cascade reached, we do not."""
    deleted = {step for step in steps if step.startswith("s.delete(")}
    return any(step.replace("s.add(", "s.delete(") in deleted for step in steps if step.startswith("s.add("))


def removes_a_stranger(comparison: Comparison) -> bool:
    """Whether a program removed what was no member: the oracle changes the other side before the list refuses."""
    return any("remove(" in line and "raises ValueError" in line for line in comparison.oracle.lines)


def kept(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([line for line in lines if line.startswith(("row ", "SQL ")) or ": raises " in line])


def writes(comparison: Comparison) -> Comparison:
    """What a session answers for: the statements that write, the rows afterwards, the errors.

    Which attributes are in memory and which objects count as touched is compared by the programs written by hand, and
    here only where CORMORANT_DIFFERENTIAL_EXAMPLES asks for a search.
    """
    plain = comparison.without_selects()
    if EXAMPLES:
        return plain
    sides = [replace(trace, lines=kept(trace.lines)) for trace in (plain.oracle, plain.ours)]
    return replace(plain, oracle=sides[0], ours=sides[1])


def same(world: str, steps: list[str]) -> None:
    if takes_back_a_deletion(steps):
        return
    source = to_source(world, steps)
    program = from_source(source)
    for _again in range(RUNS):  # the oracle walks sets: the order of its loads and deletes may change from run to run
        comparison = compare(world, program, ORACLE, OPPONENT)
        if (writes(comparison) if world == "graph" else comparison).equal or removes_a_stranger(comparison):
            return
    raise AssertionError(f"the two sides differ on this program:\n{source}\n{comparison.diff()}")
