"""What all tests share: databases on real servers (tests/servers/plugin.py explains)."""

from __future__ import annotations

import pytest

from tests.servers.plugin import (
    database,
    mariadb_url,
    postgresql_url,
    pytest_configure,
    pytest_runtest_logreport,
    pytest_terminal_summary,
    pytest_unconfigure,
    server_databases,
    sqlite_folder,
    sqlite_url,
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="the long forms of the tests of reliability")


__all__ = [
    "database",
    "mariadb_url",
    "postgresql_url",
    "pytest_addoption",
    "pytest_configure",
    "pytest_runtest_logreport",
    "pytest_terminal_summary",
    "pytest_unconfigure",
    "server_databases",
    "sqlite_folder",
    "sqlite_url",
]
