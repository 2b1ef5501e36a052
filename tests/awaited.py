"""Runs tests inside asyncio's greenlets, so that the common suite runs through awaited drivers.

    python -m tests.awaited postgresql+asyncpg tests/suite ...

The first argument is a kind of database and a driver, the others are pytest's. All fixtures and tests run in one bridge
of one event loop: what they call waits for the driver as a task does. Tests that start threads are left out: threads
have no event loop.
"""

from __future__ import annotations

import asyncio
import os
import sys

import pytest

from cormorant.util.bridge import greenlet_spawn

WITH_THREADS = "test_connections_on_many_threads or test_sums_are_exact_after_conflicts"


async def run(arguments: list[str]) -> int:
    """Run pytest in a bridge."""
    return int(await greenlet_spawn(pytest.main, arguments))


if __name__ == "__main__":
    os.environ["CORMORANT_TEST_DRIVER"] = sys.argv[1]
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-k", f"not ({WITH_THREADS})"]
    sys.exit(asyncio.run(run([*options, *sys.argv[2:]])))
