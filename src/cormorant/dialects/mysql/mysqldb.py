"""MySQL and MariaDB through mysqlclient, whose module is called MySQLdb; written against its documented interface.

The driver begins transactions by itself, before the first statement. TIME comes as a time span and BIT as bytes, as
from PyMySQL, so types need no conversions of their own.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from math import ceil
from typing import Any, ClassVar

from ...engine.url import URL
from .dialect import MySQLDialect
from .server import ServerDriver, boolean, converted

_FOUND_ROWS = 2
"""CLIENT.FOUND_ROWS of `MySQLdb.constants`: UPDATE counts the rows it matched, not those it changed."""
_CONVERT: Mapping[str, Callable[[str], Any]] = {
    "compress": boolean,
    "connect_timeout": int,
    "read_timeout": int,
    "write_timeout": int,
    "client_flag": int,
    "local_infile": boolean,
    "use_unicode": boolean,
    "autocommit": boolean,
}


class MysqldbDriver(ServerDriver):
    """The `MySQLdb` module."""

    name: ClassVar[str] = "mysqldb"
    module_name: ClassVar[str] = "MySQLdb"
    extra: ClassVar[str | None] = "mysqlclient"
    paramstyle: ClassVar[str | None] = "format"

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Keyword arguments of `MySQLdb.connect`."""
        arguments = url.translate_connect_args(username="user", database="db", password="passwd")
        arguments.update(converted(url.query, _CONVERT))
        arguments["client_flag"] = arguments.get("client_flag", 0) | _FOUND_ROWS
        arguments.setdefault("charset", "utf8mb4")
        if self.network_timeout is not None:
            for name in ("connect_timeout", "read_timeout", "write_timeout"):
                arguments.setdefault(name, ceil(self.network_timeout))
        return [], arguments

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Ping; the time limit is that of the connection's `read_timeout`."""
        try:
            dbapi_connection.ping()
        except self.error:
            return False
        return True

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor that reads rows from the socket as they are fetched."""
        cursors: Any = importlib.import_module(f"{self.dbapi.__name__}.cursors")
        return dbapi_connection.cursor(cursors.SSCursor)


dialect = MySQLDialect_mysqldb = MySQLDialect
