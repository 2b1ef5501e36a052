"""A pytest plugin under which the common suite runs on DuckDB: `database` is the URL of a file of its own.

Loaded by `-p` before the plugin of the servers is registered, whose fixture it replaces.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers import plugin as servers
from tests.suite import setting


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The URL of an empty database."""
    return f"duckdb:///{tmp_path}/suite.db"


servers.database = database
setting.enforce_references = lambda engine: None  # they are enforced anyway
