"""MySQL and MariaDB through PyMySQL. The driver begins transactions by itself, before the first statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any, ClassVar

from ...engine.driver import AUTOCOMMIT, Driver, Verdict, Violation
from ...engine.url import URL
from . import violations
from .dialect import MariaDBDialect

_DISCONNECTS = frozenset({1047, 1053, 1152, 1153, 1927, 2006, 2013, 2014, 2045, 2055, 4031})
"""Not ready (cluster), shutdown, aborted, packet too large, killed, and the client's words for a lost connection."""
_ROLLED_BACK = frozenset({1213})
"""Deadlock, and what a cluster makes of a conflict: the server has rolled the whole transaction back."""
_FOUND_ROWS = 2
_RETURNING_SINCE = (10, 5)
_BOOLEANS = {"true": True, "yes": True, "1": True, "on": True}


def _boolean(text: str) -> bool:
    return _BOOLEANS.get(text.strip().lower(), False)


_CONVERT: Mapping[str, Callable[[str], Any]] = {
    "connect_timeout": int,
    "read_timeout": int,
    "write_timeout": int,
    "client_flag": int,
    "max_allowed_packet": int,
    "local_infile": _boolean,
    "use_unicode": _boolean,
    "autocommit": _boolean,
    "ssl_disabled": _boolean,
    "ssl_verify_cert": _boolean,
    "ssl_verify_identity": _boolean,
}


class MysqldbDriver(Driver):
    """The name under which programs know mysqlclient; choosing it says what to choose instead."""

    name: ClassVar[str] = "mysqldb"

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        """Raise ModuleNotFoundError: there is no support for this driver."""
        raise ModuleNotFoundError(
            "No module named 'MySQLdb' is used: the driver 'mysqldb' is not supported; write '+pymysql' in the URL and "
            "pip install cormorant[mysql]",
            name="MySQLdb",
        )


class PymysqlDriver(Driver):
    """The `pymysql` module."""

    name: ClassVar[str] = "pymysql"
    module_name: ClassVar[str] = "pymysql"
    extra: ClassVar[str | None] = "mysql"
    isolation_levels: ClassVar[tuple[str, ...]] = (
        "SERIALIZABLE", "READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ",
    )  # fmt: skip

    paramstyle: ClassVar[str | None] = "pyformat"
    is_mariadb: bool = False

    # connecting

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Keyword arguments of `pymysql.connect`; UPDATE counts the rows it matched, not those it changed."""
        arguments = url.translate_connect_args(username="user")
        for key, value in url.query.items():
            text = value if isinstance(value, str) else value[-1]
            arguments[key] = _CONVERT[key](text) if key in _CONVERT else text
        arguments["client_flag"] = arguments.get("client_flag", 0) | _FOUND_ROWS
        arguments.setdefault("charset", "utf8mb4")
        return [], arguments

    def learn_server(self, dbapi_connection: Any) -> None:
        """Read version, kind and default isolation level of the server."""
        text: str = dbapi_connection.get_server_info()
        self.is_mariadb = "mariadb" in text.lower()
        found = re.search(r"(\d+)\.(\d+)\.(\d+)", text.removeprefix("5.5.5-") if self.is_mariadb else text)
        self.server_version = tuple(int(part) for part in found.groups()) if found else ()
        self.default_isolation_level = self.get_isolation_level(dbapi_connection)

    def adapt_dialect(self, dialect: Any) -> Any:
        """The dialect of the server that is really there, under the name that the URL uses."""
        if not self.is_mariadb:
            return dialect
        adapted = MariaDBDialect(
            paramstyle=dialect.paramstyle,
            label_length=dialect.label_length,
            json_serializer=dialect.json_serializer,
            json_deserializer=dialect.json_deserializer,
        )
        adapted.name = dialect.name
        adapted.dbapi = self.dbapi
        if self.server_version < _RETURNING_SINCE:
            adapted.features = replace(
                adapted.features, insert_returning=False, delete_returning=False, insertmanyvalues=False
            )
        return adapted

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

    # isolation

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """Set the session's level, or its autocommit mode."""
        dbapi_connection.autocommit(level == AUTOCOMMIT)
        if level != AUTOCOMMIT:
            with dbapi_connection.cursor() as cursor:
                cursor.execute(f"SET SESSION TRANSACTION ISOLATION LEVEL {level}")

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """What the server says."""
        variable = "tx_isolation" if self.is_mariadb else "transaction_isolation"
        with dbapi_connection.cursor() as cursor:
            cursor.execute(f"SELECT @@{variable}")
            (found,) = cursor.fetchone()
        return str(found).upper().replace("-", " ")

    # errors

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        """By the error's number."""
        number = error.args[0] if error.args else None
        if isinstance(error, self.dbapi.err.InterfaceError) and number == 0:
            return Verdict(is_disconnect=True)
        return Verdict(number in _DISCONNECTS, number in _ROLLED_BACK, violations.CONFLICTS.get(number))

    def violation(self, error: BaseException) -> Violation | None:
        """By the error's number and text."""
        return violations.violation(*error.args[:2]) if len(error.args) > 1 else None
