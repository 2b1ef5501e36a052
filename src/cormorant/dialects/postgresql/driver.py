"""What the drivers of PostgreSQL have in common: addresses, two-phase transactions, errors.

They begin transactions by themselves, before the first statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, ClassVar

from ...engine.driver import Driver, Verdict, Violation
from ...engine.url import URL
from ...exc import ArgumentError
from . import violations

_DISCONNECT_STATES = ("57P01", "57P02", "57P03", "57P05", "25P03", "25P04")


class PostgreSQLDriver(Driver):
    """The base of the drivers."""

    isolation_levels: ClassVar[tuple[str, ...]] = (
        "READ COMMITTED", "READ UNCOMMITTED", "REPEATABLE READ", "SERIALIZABLE",
    )  # fmt: skip
    supports_two_phase: ClassVar[bool] = True
    has_network: ClassVar[bool] = True
    connection_options: ClassVar[frozenset[str]] = frozenset({"postgresql_readonly", "postgresql_deferrable"})
    state_field: ClassVar[str] = "sqlstate"
    """The attribute of errors with the code of the server."""
    lost_texts: ClassVar[tuple[str, ...]] = ("the connection is ",)
    """What errors without a code say where the connection is lost."""

    encoding: str | None = None
    """The encoding that connections ask for."""

    # connecting

    def known_isolation_levels(self) -> list[str]:
        return sorted(super().known_isolation_levels())

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Keyword arguments of `psycopg.connect`; several `host` keys in the query become libpq's lists."""
        arguments = url.translate_connect_args(username="user", database="dbname")
        arguments.update(url.query)
        if "host" in url.query:
            arguments.update(_hosts(url.normalized_query["host"], url.normalized_query.get("port", ())))
        if self.encoding is not None:
            arguments.setdefault("client_encoding", self.encoding)
        for name, value in self.timeout_arguments().items():
            arguments.setdefault(name, value)
        return [], arguments

    def timeout_arguments(self) -> dict[str, Any]:
        """What `network_timeout` is for libpq: whole seconds (two at least) to connect, milliseconds to acknowledge."""
        limit = self.network_timeout
        return {} if limit is None else {"connect_timeout": max(ceil(limit), 2), "tcp_user_timeout": ceil(limit * 1000)}

    def adapt_dialect(self, dialect: Any) -> Any:
        dialect.server_version_info = self.server_version
        dialect.has_subscripts = self.server_version >= (14,)
        return dialect

    def read_default_schema(self, dbapi_connection: Any) -> str | None:
        """The first schema of the search path."""
        found: str | None = self.send(dbapi_connection, "SELECT current_schema()")[0]
        dbapi_connection.rollback()
        return found

    def send(self, dbapi_connection: Any, statement: str) -> Any:
        """Run a statement and return its first row, or None."""
        cursor = dbapi_connection.cursor()
        try:
            cursor.execute(statement)
            return cursor.fetchone() if cursor.description else None
        finally:
            cursor.close()

    def lastrowid(self, cursor: Any) -> Any:
        """PostgreSQL has none: generated keys come from RETURNING."""
        return None

    # two-phase

    def do_begin_twophase(self, dbapi_connection: Any, xid: str) -> None:
        """Begin; the name is given when it is prepared."""
        self.send(dbapi_connection, "SELECT 1")

    def do_prepare_twophase(self, dbapi_connection: Any, xid: str) -> None:
        """PREPARE TRANSACTION."""
        self.send(dbapi_connection, f"PREPARE TRANSACTION {_quoted(xid)}")
        dbapi_connection.commit()

    def do_commit_twophase(self, dbapi_connection: Any, xid: str, *, is_prepared: bool) -> None:
        """COMMIT PREPARED, or a plain COMMIT."""
        self._end_twophase(dbapi_connection, f"COMMIT PREPARED {_quoted(xid)}" if is_prepared else None, "commit")

    def do_rollback_twophase(self, dbapi_connection: Any, xid: str, *, is_prepared: bool) -> None:
        """ROLLBACK PREPARED, or a plain ROLLBACK."""
        self._end_twophase(dbapi_connection, f"ROLLBACK PREPARED {_quoted(xid)}" if is_prepared else None, "rollback")

    def _end_twophase(self, dbapi_connection: Any, statement: str | None, verb: str) -> None:
        if statement is None:
            getattr(dbapi_connection, verb)()
            return
        dbapi_connection.rollback()
        before, dbapi_connection.autocommit = dbapi_connection.autocommit, True
        try:
            self.send(dbapi_connection, statement)
        finally:
            dbapi_connection.autocommit = before

    def do_recover_twophase(self, dbapi_connection: Any) -> list[str]:
        """The names in `pg_prepared_xacts`."""
        cursor = dbapi_connection.cursor()
        cursor.execute("SELECT gid FROM pg_prepared_xacts")
        found = [row[0] for row in cursor.fetchall()]
        cursor.close()
        return found

    option_fields: ClassVar[dict[str, str]] = {}
    """Execution option -> attribute of the driver's connection."""

    def set_connection_option(self, dbapi_connection: Any, name: str, value: Any) -> None:
        """Make transactions read only, or deferrable; None leaves it to the server again."""
        setattr(dbapi_connection, self.option_fields[name], value)

    def get_connection_option(self, dbapi_connection: Any, name: str) -> Any:
        """Return what was set."""
        return getattr(dbapi_connection, self.option_fields[name])

    # errors

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        """A lost connection by state or by the driver's word. A failed transaction the server itself keeps closed."""
        state: str = getattr(error, self.state_field, None) or ""
        is_gone = dbapi_connection is not None and bool(dbapi_connection.closed)
        if state.startswith("08") or state in _DISCONNECT_STATES or is_gone:
            return Verdict(is_disconnect=True)
        is_lost = not state and any(text in str(error) for text in self.lost_texts)
        return Verdict(is_lost, conflict=violations.CONFLICTS.get(state))

    def violation(self, error: BaseException) -> Violation | None:
        """By the error's code and fields."""
        return violations.violation(error, getattr(error, self.state_field, None) or "")


def _hosts(hosts: Sequence[str], ports: Sequence[str]) -> dict[str, str]:
    """`host=a:1&host=b:2` (or hosts and ports apart) as libpq's comma separated lists."""
    if len(hosts) == 1 and "," in hosts[0]:
        hosts = hosts[0].split(",")
    if len(ports) == 1:
        ports = ports[0].split(",")
    pairs = [host.partition(":") for host in hosts]
    if any(colon for _, colon, _ in pairs):
        if ports:
            raise ArgumentError(
                "Can't mix 'multihost' formats together; use host=h1:p1&host=h2:p2 or host=h1,h2&port=p1,p2"
            )
        ports = [port for _, _, port in pairs]
    found = {"host": ",".join(host for host, _, _ in pairs)}
    if any(ports):
        found["port"] = ",".join(ports)
    return found


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
