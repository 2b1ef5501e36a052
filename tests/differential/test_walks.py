"""Random walks with objects that come and go end alike on both sides. ``CORMORANT_DIFFERENTIAL_EXAMPLES=N`` takes N."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest

from .sides import ORACLE, OURS
from .walks import common, walk

SEEDS = int(os.environ.get("CORMORANT_DIFFERENTIAL_EXAMPLES", "0")) or 60
PARTS = 6


@pytest.fixture(scope="module", autouse=True)
def little_to_collect() -> Iterator[None]:
    """Walks collect garbage often: what was there before them is left out."""
    walk(ORACLE, 0), walk(OURS, 0)
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.parametrize("part", range(PARTS))
def test_walks(part: int) -> None:
    parted = [seed for seed in range(part, SEEDS, PARTS) if not are_alike(seed)]
    assert not parted, f"the two sides part on walk({parted[0]}), and on {len(parted) - 1} more: {parted[1:]}"


def are_alike(seed: int) -> bool:
    oracle, ours = common(walk(ORACLE, seed), walk(OURS, seed))
    return oracle == ours
