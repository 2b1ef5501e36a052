"""MySQL and MariaDB through PyMySQL. The driver begins transactions by itself, before the first statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ...engine.url import URL
from .server import ServerDriver, boolean, converted

_FOUND_ROWS = 2
_CONVERT: Mapping[str, Callable[[str], Any]] = {
    "connect_timeout": int,
    "read_timeout": int,
    "write_timeout": int,
    "client_flag": int,
    "max_allowed_packet": int,
    "local_infile": boolean,
    "use_unicode": boolean,
    "autocommit": boolean,
    "compress": boolean,
    "ssl_disabled": boolean,
    "ssl_verify_cert": boolean,
    "ssl_verify_identity": boolean,
}


class PymysqlDriver(ServerDriver):
    """The `pymysql` module."""

    name: ClassVar[str] = "pymysql"
    module_name: ClassVar[str] = "pymysql"
    extra: ClassVar[str | None] = "mysql"
    timeout_arguments: ClassVar[tuple[str, ...]] = ("connect_timeout", "read_timeout", "write_timeout")
    """The arguments of `connect` that `network_timeout` sets."""
    paramstyle: ClassVar[str | None] = "pyformat"

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Keyword arguments of `pymysql.connect`; UPDATE counts the rows it matched, not those it changed."""
        arguments = url.translate_connect_args(username="user")
        arguments.update(converted(url.query, _CONVERT))
        arguments["client_flag"] = arguments.get("client_flag", 0) | _FOUND_ROWS
        arguments.setdefault("charset", "utf8mb4")
        for name in self.timeout_arguments if self.network_timeout is not None else ():
            arguments.setdefault(name, self.network_timeout)
        return [], arguments

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Ping with the time limit on each wait for the socket."""
        before = dbapi_connection._read_timeout, dbapi_connection._write_timeout
        dbapi_connection._read_timeout = dbapi_connection._write_timeout = timeout
        try:
            dbapi_connection.ping(reconnect=False)
        except (self.dbapi.Error, OSError):
            return False
        finally:
            dbapi_connection._read_timeout, dbapi_connection._write_timeout = before
        return True

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close the socket without a word: the other side may be gone."""
        dbapi_connection._force_close()

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor that reads rows from the socket as they are fetched."""
        return dbapi_connection.cursor(self.dbapi.cursors.SSCursor)

    def drop_cursor(self, cursor: Any) -> None:
        """Let it forget the rows that it has not read: it would look for them on the lost connection."""
        result = getattr(cursor, "_result", None)
        if result is not None:
            result.unbuffered_active = False
