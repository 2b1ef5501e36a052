"""PostgreSQL through psycopg 3. The driver begins transactions by itself, before the first statement."""

from __future__ import annotations

import itertools
import select
import time
from collections.abc import Sequence
from typing import Any, ClassVar

from ...engine.driver import AUTOCOMMIT, Driver, Verdict, Violation
from ...engine.url import URL
from ...exc import ArgumentError
from . import violations

_DISCONNECT_STATES = ("57P01", "57P02", "57P03", "57P05", "25P03", "25P04")
_stream_numbers = itertools.count(1)


class PsycopgDriver(Driver):
    """The `psycopg` module, version 3."""

    name: ClassVar[str] = "psycopg"
    module_name: ClassVar[str] = "psycopg"
    extra: ClassVar[str | None] = "postgresql"
    isolation_levels: ClassVar[tuple[str, ...]] = (
        "SERIALIZABLE", "READ UNCOMMITTED", "READ COMMITTED", "REPEATABLE READ",
    )  # fmt: skip
    supports_two_phase: ClassVar[bool] = True

    # connecting

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Keyword arguments of `psycopg.connect`; several `host` keys in the query become libpq's lists."""
        arguments = url.translate_connect_args(username="user", database="dbname")
        arguments.update(url.query)
        if "host" in url.query:
            arguments.update(_hosts(url.normalized_query["host"], url.normalized_query.get("port", ())))
        arguments.setdefault("client_encoding", "utf8")
        return [], arguments

    def learn_server(self, dbapi_connection: Any) -> None:
        """Read the version and the default isolation level."""
        number = dbapi_connection.info.server_version
        self.server_version = (number // 10000, number % 10000)
        self.default_isolation_level = self.get_isolation_level(dbapi_connection)

    def read_default_schema(self, dbapi_connection: Any) -> str | None:
        """The first schema of the search path."""
        with dbapi_connection.cursor() as cursor:
            found: str | None = cursor.execute("SELECT current_schema()").fetchone()[0]
        dbapi_connection.rollback()
        return found

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Send an empty query and wait for its end, never longer than the time limit."""
        pgconn = dbapi_connection.pgconn
        deadline = time.monotonic() + timeout
        try:
            pgconn.send_query(b"")
            while pgconn.flush():
                if not _wait(pgconn.socket, deadline, to_write=True):
                    return False
            return _is_answered(pgconn, deadline)
        except (self.dbapi.Error, OSError, ValueError):
            return False

    # cursors

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor of the server."""
        return dbapi_connection.cursor(name=f"cm_{next(_stream_numbers)}")

    def lastrowid(self, cursor: Any) -> Any:
        """PostgreSQL has none: generated keys come from RETURNING."""
        return None

    # isolation

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """Set the level of the driver's next BEGIN, or its autocommit mode."""
        dbapi_connection.autocommit = level == AUTOCOMMIT
        if level != AUTOCOMMIT:
            dbapi_connection.isolation_level = self.dbapi.IsolationLevel[level.replace(" ", "_")]

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """What the server says."""
        was_idle = dbapi_connection.info.transaction_status == self.dbapi.pq.TransactionStatus.IDLE
        found = dbapi_connection.execute("SHOW transaction_isolation").fetchone()[0]
        if was_idle and not dbapi_connection.autocommit:
            dbapi_connection.rollback()
        return str(found).upper()

    def reset_isolation_level(self, dbapi_connection: Any) -> None:
        """Leave the level to the server again."""
        dbapi_connection.autocommit = False
        dbapi_connection.isolation_level = None

    # two-phase

    def do_begin_twophase(self, dbapi_connection: Any, xid: str) -> None:
        """Begin; the name is given when it is prepared."""
        dbapi_connection.execute("SELECT 1")

    def do_prepare_twophase(self, dbapi_connection: Any, xid: str) -> None:
        """PREPARE TRANSACTION."""
        dbapi_connection.execute(f"PREPARE TRANSACTION {_quoted(xid)}")
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
            dbapi_connection.execute(statement)
        finally:
            dbapi_connection.autocommit = before

    def do_recover_twophase(self, dbapi_connection: Any) -> list[str]:
        """The names in `pg_prepared_xacts`."""
        rows = dbapi_connection.execute("SELECT gid FROM pg_prepared_xacts").fetchall()
        return [row[0] for row in rows]

    # errors

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        """A lost connection by state or by the driver's word. A failed transaction the server itself keeps closed."""
        state: str = getattr(error, "sqlstate", None) or ""
        is_gone = dbapi_connection is not None and bool(dbapi_connection.closed)
        if state.startswith("08") or state in _DISCONNECT_STATES or is_gone:
            return Verdict(is_disconnect=True)
        return Verdict(not state and "the connection is " in str(error), conflict=violations.CONFLICTS.get(state))

    def violation(self, error: BaseException) -> Violation | None:
        """By the error's code and fields."""
        return violations.violation(error, getattr(error, "sqlstate", None) or "")


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


def _is_answered(pgconn: Any, deadline: float) -> bool:
    while True:
        while pgconn.is_busy():
            if not _wait(pgconn.socket, deadline):
                return False
            pgconn.consume_input()
        if pgconn.get_result() is None:
            return bool(pgconn.status == 0)


def _wait(socket: int, deadline: float, *, to_write: bool = False) -> bool:
    left = max(deadline - time.monotonic(), 0)
    ready = select.select([socket], [socket] if to_write else [], [], left)
    return bool(ready[0] or ready[1])


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
