"""DuckDB through its package `duckdb`. Transactions are begun and ended by the engine alone.

A database in memory belongs to the engine: all its connections see it, and it is gone with the engine.
"""

from __future__ import annotations

import os
from typing import Any, ClassVar

from ...engine.driver import Driver, Verdict
from ...engine.url import URL
from ...exc import ArgumentError
from .cursors import Connection

_IN_MEMORY = ":memory:"
_LOST = ("connection already closed", "connection has already been closed", "database has been invalidated")
_TRUE = ("true", "yes", "on", "1")


class DuckDBDriver(Driver):
    """The `duckdb` module."""

    name: ClassVar[str] = "duckdb"
    module_name: ClassVar[str] = "duckdb"
    extra: ClassVar[str | None] = "duckdb"
    isolation_levels: ClassVar[tuple[str, ...]] = ("SNAPSHOT",)
    default_isolation_level: str | None = "SNAPSHOT"
    begin_statement: ClassVar[str | None] = "BEGIN"
    _memory: Any = None
    """The connection that keeps the database in memory."""

    # connecting

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """File name and keyword arguments of `duckdb.connect`; the query of the URL are settings of the database."""
        if url.username or url.host or url.password or url.port:
            raise ArgumentError(
                f"Invalid DuckDB URL: {url}\nValid URL forms are duckdb:///:memory: (or duckdb://), "
                "duckdb:///relative/file.db and duckdb:////absolute/file.db"
            )
        config: dict[str, Any] = dict(url.query)
        options: dict[str, Any] = {}
        if "read_only" in config:
            options["read_only"] = str(config.pop("read_only")).lower() in _TRUE
        if config:
            options["config"] = config
        path = url.database or _IN_MEMORY
        return [path if path.startswith(_IN_MEMORY) else os.path.abspath(path)], options

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        """A connection; to a database in memory, a further one to that of the engine."""
        if args[0] != _IN_MEMORY:
            return Connection(self.dbapi.connect(*args, **kwargs))
        if self._memory is None:
            self._memory = self.dbapi.connect(*args, **kwargs)
        return Connection(self._memory.cursor())

    def learn_server(self, dbapi_connection: Any) -> None:
        """The version is that of the library."""
        text: str = dbapi_connection.execute("SELECT version()").fetchone()[0]
        self.server_version = tuple([int(part) for part in text.lstrip("v").split(".") if part.isdigit()])

    def read_default_schema(self, dbapi_connection: Any) -> str | None:
        """The schema of names that say none."""
        found: str = dbapi_connection.execute("SELECT current_schema()").fetchone()[0]
        return found

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor that fetches rows when they are asked for."""
        return dbapi_connection.cursor(keeps_rows=False)

    # transactions

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction."""
        dbapi_connection.begin()

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Whether the connection is open: there is no other side that could be gone."""
        try:
            dbapi_connection.execute("SELECT 1")
        except self.error:
            return False
        return True

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """AUTOCOMMIT means that the engine begins no transactions; there is one level otherwise."""

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """The level that there is."""
        return self.isolation_levels[0]

    # errors

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        """A closed or damaged database is a lost connection."""
        text = str(error).lower()
        return Verdict(is_disconnect=any(part in text for part in _LOST))
