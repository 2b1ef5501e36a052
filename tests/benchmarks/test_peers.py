"""Other mapping libraries give the same results on the workloads that they take part in. Nothing is timed here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT)]

from benchmarks import peers  # noqa: E402  (the path comes first)

PROGRAM = """
import sys
from benchmarks import peers, workloads
from benchmarks.registry import WORKLOADS
from benchmarks.worker import measure

side = sys.argv[1]
workloads.load()
peers.load(side)
keys = [key for key, workload in WORKLOADS.items() if side in workload.peers]
assert set(keys) == {"W1", "W3", "W5", "W5s", "W7", "W9"}, keys
for key in keys:
    sums = {name: measure(key, name, 40, warm_up=False).checksum for name in (side, "raw")}
    assert sums[side] == sums["raw"], key
"""


@pytest.mark.parametrize("side", sorted(peers.PACKAGES))
def test_a_peer_gives_the_same(side: str) -> None:
    if side not in peers.installed():
        pytest.skip(f"{side} is not installed")
    done = subprocess.run([sys.executable, "-c", PROGRAM, side], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
