"""SQLite through the standard library's `sqlite3`.

The driver connection is in autocommit mode: BEGIN, COMMIT and ROLLBACK are sent by the engine alone, so that savepoints
and DDL are part of the transaction they are in.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from ...engine.driver import AUTOCOMMIT, Driver, Verdict, Violation
from ...engine.pools.base import Pool
from ...engine.pools.queue import QueuePool
from ...engine.pools.simple import SingletonThreadPool
from ...engine.url import URL
from ...exc import ArgumentError, SADeprecationWarning, SAWarning
from ...util import warn
from . import violations


def _boolean(text: str) -> bool:
    return text.strip().lower() in ("true", "yes", "on", "y", "t", "1")


_CONNECT_TYPES: Mapping[str, Any] = {
    "timeout": float,
    "isolation_level": str,
    "detect_types": int,
    "check_same_thread": _boolean,
    "cached_statements": int,
    "factory": str,
    "uri": _boolean,
}
_OUTSIDE = re.compile(r"\s*(BEGIN|PRAGMA|VACUUM|ATTACH|DETACH)\b", re.IGNORECASE)
_DDL = re.compile(r"\s*(CREATE|DROP|ALTER|REINDEX)\b", re.IGNORECASE)
_USUAL = ("SELECT", "INSERT", "UPDATE", "DELETE")
_LOST = ("cannot operate on a closed database", "database disk image is malformed")


class PysqliteDriver(Driver):
    """The `sqlite3` module."""

    name: ClassVar[str] = "pysqlite"
    module_name: ClassVar[str] = "sqlite3"
    isolation_levels: ClassVar[tuple[str, ...]] = ("READ UNCOMMITTED", "SERIALIZABLE")
    default_isolation_level: str | None = "SERIALIZABLE"
    begin_statement: ClassVar[str | None] = "BEGIN"

    # connecting

    def pool_class(self, url: URL) -> type[Pool]:
        """A queue for files; a database in memory belongs to the connection that made it."""
        return pool_class_of(url)

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """File name and keyword arguments of `sqlite3.connect`."""
        if url.username or url.host or url.password or url.port:
            raise ArgumentError(
                f"Invalid SQLite URL: {url}\nValid SQLite URL forms are:\n"
                " sqlite:///:memory: (or, sqlite://)\n sqlite:///relative/path/to/file.db\n sqlite:////absolute/path/to/file.db"
            )
        query: dict[str, Any] = dict(url.query)
        options = {name: convert(query.pop(name)) for name, convert in _CONNECT_TYPES.items() if name in query}
        options.setdefault("check_same_thread", False)
        if options.get("uri"):
            return [_uri(url, query)], options
        if query:
            message = (
                f"Query string argument(s) {', '.join(map(repr, query))} are not accepted by the pysqlite driver and "
                "are being ignored; SQLite URI arguments require that 'uri=true' also be present in the URL."
            )
            warn(SAWarning(message, code="squa"))
        path = url.database or ":memory:"
        return [path if path == ":memory:" else os.path.abspath(path)], options

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        """A connection in autocommit mode; an `isolation_level` given to it names the kind of BEGIN."""
        level = kwargs.pop("isolation_level", None)
        if level:
            self._begin = f"BEGIN {level}"
        return self.dbapi.connect(*args, isolation_level=None, **kwargs)

    _begin: str = "BEGIN"

    def set_up(self, dbapi_connection: Any) -> None:
        """Give SQLite the functions that statements use."""
        dbapi_connection.create_function("regexp", 2, _regexp, deterministic=True)
        dbapi_connection.create_function("floor", 1, _floor, deterministic=True)

    def learn_server(self, dbapi_connection: Any) -> None:
        """The version is that of the library."""
        self.server_version = tuple(self.dbapi.sqlite_version_info)

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Roll back and close: a closed connection keeps its locks as long as one of its cursors has rows left."""
        with contextlib.suppress(self.error):
            dbapi_connection.rollback()
        dbapi_connection.close()

    def drop_cursor(self, cursor: Any) -> None:
        """Close it: a statement that is left open would keep the database locked after the connection is closed."""
        with contextlib.suppress(self.error):
            if cursor is not None:
                cursor.close()

    # transactions

    def runs_outside(self, statement: object) -> bool:
        """PRAGMA and its like change the connection: inside a transaction they fail or do nothing."""
        if not isinstance(statement, str):  # the driver says what it thinks of that
            return True
        return not statement.startswith(_USUAL) and _OUTSIDE.match(statement) is not None

    def changes_schema(self, statement: object) -> bool:
        """The rule of Python's driver, on which programs rely that forget to commit what `create_all()` did."""
        return isinstance(statement, str) and _DDL.match(statement) is not None

    def do_begin(self, dbapi_connection: Any) -> None:
        """Send BEGIN, unless the program has sent one itself."""
        if not dbapi_connection.in_transaction:
            dbapi_connection.execute(self._begin)

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Whether the connection is open: there is no other side that could be gone."""
        try:
            dbapi_connection.execute("SELECT 1").close()
        except self.error:
            return False
        return True

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """SERIALIZABLE is what SQLite does; AUTOCOMMIT means that the engine sends no BEGIN."""
        if level != AUTOCOMMIT:
            dbapi_connection.execute(f"PRAGMA read_uncommitted = {int(level == 'READ UNCOMMITTED')}")

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """What the pragma says."""
        value = dbapi_connection.execute("PRAGMA read_uncommitted").fetchone()[0]
        return self.isolation_levels[0] if value else self.isolation_levels[1]

    # errors

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        """A closed or damaged database is a lost connection."""
        text = str(error).lower()
        if any(part in text for part in _LOST):
            return Verdict(is_disconnect=True)
        return Verdict(conflict=violations.CONFLICTS.get(getattr(error, "sqlite_errorcode", None)))

    def violation(self, error: BaseException) -> Violation | None:
        """By the error's message."""
        return violations.violation(str(error))


def pool_class_of(url: URL) -> type[Pool]:
    """Return the pool that fits an address."""
    if _is_named_in_memory(url):
        warn(
            "Selection of the SingletonThreadPool pool class based on the 'mode=memory' query string argument is "
            "deprecated; a future release will use QueuePool for this URL.  Indicate the intended pool class using "
            "the create_engine.poolclass parameter.",
            SADeprecationWarning,
        )
        return SingletonThreadPool
    return SingletonThreadPool if is_in_memory(url) else QueuePool


def is_in_memory(url: URL) -> bool:
    """Whether a URL means a database in memory that no other connection can reach."""
    return (url.database or ":memory:") == ":memory:"


def _is_named_in_memory(url: URL) -> bool:
    name = url.database or ""
    return name.startswith("file:") and "mode=memory" in f"{name}?mode={url.query.get('mode')}"


def _uri(url: URL, query: Mapping[str, Any]) -> str:
    rest = "&".join(f"{key}={query[key]}" for key in sorted(query))
    name = url.database or ""
    return f"{name}?{rest}" if rest else name


def _regexp(pattern: str, value: str | None) -> bool | None:
    return None if value is None else re.search(pattern, value) is not None


def _floor(value: float | None) -> int | None:
    return None if value is None else int(value // 1)
