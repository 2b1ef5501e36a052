"""What every driver of MySQL and MariaDB does: the server's kind, version and modes, isolation, XA, error numbers.

In: a driver connection by PEP 249. Out: answers, and the dialect that fits the server. Which module it is, and how it
connects, is said by the subclasses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from ...engine.driver import AUTOCOMMIT, Driver, Verdict, Violation
from ...exc import InvalidRequestError
from . import violations
from .dialect import MariaDBDialect, MySQLDialect

_DISCONNECTS = frozenset({1047, 1053, 1152, 1153, 1927, 2006, 2013, 2014, 2045, 2055, 4031})
"""Not ready (cluster), shutdown, aborted, packet too large, killed, and the client's words for a lost connection."""
_ROLLED_BACK = frozenset({1213})
"""Deadlock, and what a cluster makes of a conflict: the server has rolled the whole transaction back."""
_RETURNING_SINCE = (10, 5)
_UUID_SINCE = (10, 7)
_CAST_FLOATS_SINCE = {True: (10, 4, 5), False: (8, 0, 17)}
_NEW_ROW_SINCE = (8, 0, 20)
_LOCK_OF_SINCE = (8, 0, 0)
_SSL_PARTS = ("ca", "key", "cert", "capath", "cipher", "check_hostname")
_SSL_CHECKS = ("ssl_verify_cert", "ssl_verify_identity", "ssl_key_password")
_TRUE = frozenset({"true", "yes", "1", "on", "y", "t"})


def boolean(text: str) -> bool:
    """Return the truth value that a word in a URL means."""
    return text.strip().lower() in _TRUE


def converted(query: Mapping[str, Any], converters: Mapping[str, Callable[[str], Any]]) -> dict[str, Any]:
    """Return the options of a URL as values; what is of TLS goes into one dictionary, as the drivers want it."""
    found: dict[str, Any] = {}
    for key, value in query.items():
        text = value if isinstance(value, str) else value[-1]
        found[key] = converters[key](text) if key in converters else text
    if any(name in found for name in _SSL_CHECKS):
        return found
    ssl = {part: found.pop(f"ssl_{part}") for part in _SSL_PARTS if f"ssl_{part}" in found}
    if "check_hostname" in ssl:
        ssl["check_hostname"] = boolean(str(ssl["check_hostname"]))
    if ssl:
        found["ssl"] = ssl
    return found


class ServerDriver(Driver):
    """The base of the drivers: everything that is said in SQL."""

    supports_two_phase: ClassVar[bool] = True
    has_network: ClassVar[bool] = True
    isolation_levels: ClassVar[tuple[str, ...]] = (
        "SERIALIZABLE", "READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ",
    )  # fmt: skip
    is_mariadb: bool = False
    sql_modes: frozenset[str] = frozenset()
    default_schema: str | None = None

    # the server

    def learn_server(self, dbapi_connection: Any) -> None:
        """Read version, kind, modes and default isolation level of the server, and the current database."""
        text: str = dbapi_connection.get_server_info()
        self.is_mariadb = "mariadb" in text.lower()
        found = re.search(r"(\d+)\.(\d+)\.(\d+)", text.removeprefix("5.5.5-") if self.is_mariadb else text)
        self.server_version = tuple(int(part) for part in found.groups()) if found else ()
        self.default_isolation_level = self.get_isolation_level(dbapi_connection)
        modes, self.default_schema = self._ask(dbapi_connection, "SELECT @@sql_mode, DATABASE()")[0]
        self.sql_modes = frozenset(str(modes or "").upper().split(","))

    def is_autocommit(self, dbapi_connection: Any) -> bool:
        ask = getattr(dbapi_connection, "get_autocommit", None)
        return super().is_autocommit(dbapi_connection) if ask is None else bool(ask())

    def adapt_dialect(self, dialect: Any) -> Any:
        """The dialect of the server that is really there, under the name that the URL uses."""
        if isinstance(dialect, MariaDBDialect) and not self.is_mariadb:
            version = ".".join([str(part) for part in self.server_version])
            raise InvalidRequestError(f"MySQL version {version} is not a MariaDB variant.")
        class_ = MariaDBDialect if self.is_mariadb else MySQLDialect
        adapted = class_(
            paramstyle=dialect.paramstyle,
            label_length=dialect.label_length,
            json_serializer=dialect.json_serializer,
            json_deserializer=dialect.json_deserializer,
        )
        if not self.uses_insertmanyvalues:
            adapted.features = replace(adapted.features, insertmanyvalues=False)
        adapted.name = dialect.name
        adapted.driver = self.name
        adapted.dbapi = self.dbapi
        adapted.default_schema_name = self.default_schema
        self._apply_version(adapted)
        self._apply_modes(adapted)
        return adapted

    def _apply_version(self, dialect: MySQLDialect) -> None:
        dialect.casts_floats = self.server_version >= _CAST_FLOATS_SINCE[self.is_mariadb]
        if not self.is_mariadb:
            dialect.names_new_row = self.server_version >= _NEW_ROW_SINCE
            dialect.features = replace(dialect.features, lock_of=self.server_version >= _LOCK_OF_SINCE)
            return
        dialect.names_uuid = self.server_version >= _UUID_SINCE
        if self.server_version < _RETURNING_SINCE:
            dialect.features = replace(
                dialect.features, insert_returning=False, delete_returning=False, insertmanyvalues=False
            )

    def _apply_modes(self, dialect: MySQLDialect) -> None:
        if "ANSI_QUOTES" in self.sql_modes or "ANSI" in self.sql_modes:
            preparer: Any = dialect.identifier_preparer
            preparer.use_quote('"')
        if "NO_BACKSLASH_ESCAPES" in self.sql_modes:
            dialect.features = replace(dialect.features, backslash_escapes=False)

    # statements of the driver's own

    def _ask(self, dbapi_connection: Any, statement: str, parameters: Any = None) -> Any:
        cursor = dbapi_connection.cursor()
        try:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else ()
        finally:
            cursor.close()

    # isolation

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """Set the session's level, or its autocommit mode."""
        dbapi_connection.autocommit(level == AUTOCOMMIT)
        if level != AUTOCOMMIT:
            self._ask(dbapi_connection, f"SET SESSION TRANSACTION ISOLATION LEVEL {level}")

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """What the server says."""
        variable = "tx_isolation" if self.is_mariadb else "transaction_isolation"
        ((found,),) = self._ask(dbapi_connection, f"SELECT @@{variable}")
        return str(found.decode() if isinstance(found, bytes) else found).upper().replace("-", " ")

    # two-phase transactions

    def _xa(self, dbapi_connection: Any, verb: str, xid: Any) -> None:
        name = xid.decode() if isinstance(xid, bytes) else xid
        self._ask(dbapi_connection, f"XA {verb} %s", (name,))

    def do_begin_twophase(self, dbapi_connection: Any, xid: str) -> None:
        """XA BEGIN."""
        self._xa(dbapi_connection, "BEGIN", xid)

    def do_prepare_twophase(self, dbapi_connection: Any, xid: str) -> None:
        """XA END, XA PREPARE."""
        self._xa(dbapi_connection, "END", xid)
        self._xa(dbapi_connection, "PREPARE", xid)

    def do_commit_twophase(self, dbapi_connection: Any, xid: str, *, is_prepared: bool) -> None:
        """XA COMMIT, after XA PREPARE."""
        if not is_prepared:
            self.do_prepare_twophase(dbapi_connection, xid)
        self._xa(dbapi_connection, "COMMIT", xid)

    def do_rollback_twophase(self, dbapi_connection: Any, xid: str, *, is_prepared: bool) -> None:
        """XA ROLLBACK, after XA END."""
        if not is_prepared:
            self._xa(dbapi_connection, "END", xid)
        self._xa(dbapi_connection, "ROLLBACK", xid)

    def do_recover_twophase(self, dbapi_connection: Any) -> list[Any]:
        """The names of XA RECOVER, as the driver gives them."""
        rows = self._ask(dbapi_connection, "XA RECOVER")
        return [name[:length] for _, length, _, name in rows]

    # errors

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        """By the error's number."""
        number = error.args[0] if error.args else None
        if isinstance(error, self.dbapi.InterfaceError) and number == 0:
            return Verdict(is_disconnect=True)
        return Verdict(number in _DISCONNECTS, number in _ROLLED_BACK, violations.CONFLICTS.get(number))

    def violation(self, error: BaseException) -> Violation | None:
        """By the error's number and text."""
        return violations.violation(*error.args[:2]) if len(error.args) > 1 else None
