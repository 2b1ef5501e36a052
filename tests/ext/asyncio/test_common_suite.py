"""The common suite through each awaited driver, in a process of its own whose tests all run inside one event loop."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
DRIVERS = ("sqlite+aiosqlite", "postgresql+psycopg_async", "postgresql+asyncpg", "mariadb+aiomysql")


@pytest.mark.timeout(400)
@pytest.mark.parametrize("driver", DRIVERS)
def test_driver(driver: str, request: pytest.FixtureRequest) -> None:
    kind = driver.partition("+")[0]
    request.getfixturevalue(f"{kind}_url")  # skips, or fails where the server is required and missing
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.awaited", driver, "tests/suite", "-q", "--no-header", "-x"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
