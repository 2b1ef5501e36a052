"""What all tests share: databases on real servers (tests/servers/plugin.py explains)."""

from __future__ import annotations

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

__all__ = [
    "database",
    "mariadb_url",
    "postgresql_url",
    "pytest_configure",
    "pytest_runtest_logreport",
    "pytest_terminal_summary",
    "pytest_unconfigure",
    "server_databases",
    "sqlite_folder",
    "sqlite_url",
]
