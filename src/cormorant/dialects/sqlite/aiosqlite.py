"""SQLite through `aiosqlite`: a thread per connection runs the statements, and tasks wait for it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from ...engine.adapted import AdaptedConnection, AdaptedCursor, close_later
from ...engine.pools.async_queue import AsyncAdaptedQueuePool, AsyncAdaptedStaticPool
from ...engine.pools.base import Pool
from ...engine.url import URL
from ...util.bridge import await_only, is_bridged
from .dialect import SQLiteDialect
from .driver import PysqliteDriver, is_in_memory


def _closed(error: ValueError) -> Exception:
    """Return the error of `sqlite3` that a ValueError of the driver stands for, or itself."""
    is_closed = "closed" in str(error) or "no active connection" in str(error)
    return sqlite3.ProgrammingError("Cannot operate on a closed database.") if is_closed else error


class AiosqliteCursor(AdaptedCursor):
    """A cursor whose statement and rows are one call in the connection's thread."""

    connection: AiosqliteConnection

    def execute(self, operation: str, parameters: Any = None) -> Self:
        """Run a statement and fetch its rows; return the cursor."""
        self.connection.in_thread(self._run, operation, parameters or ())
        return self

    def executemany(self, operation: str, parameters: Sequence[Any]) -> None:
        """Run a statement once per row of parameters."""
        self.connection.in_thread(self._run_many, operation, parameters)

    def _run(self, operation: str, parameters: Any) -> None:
        cursor = self._cursor = self.connection.raw.execute(operation, parameters)
        self._note()
        self._rows.clear()
        if cursor.description:
            self._rows.extend(cursor.fetchall())
        cursor.close()

    def _run_many(self, operation: str, parameters: Sequence[Any]) -> None:
        cursor = self._cursor = self.connection.raw.executemany(operation, parameters)
        self._note()
        cursor.close()


class AiosqliteStreamCursor(AiosqliteCursor):
    """A cursor that fetches some rows at a time in the connection's thread."""

    def _run(self, operation: str, parameters: Any) -> None:
        self._cursor = self.connection.raw.execute(operation, parameters)
        self._note()

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return self.connection.in_thread(self._cursor.fetchone)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return at most `size` rows."""
        return list(self.connection.in_thread(self._cursor.fetchmany, size or self.arraysize))

    def fetchall(self) -> list[Any]:
        """Return all remaining rows."""
        return list(self.connection.in_thread(self._cursor.fetchall))

    def close(self) -> None:
        """Close it: an open statement keeps the database locked."""
        if self._cursor is not None and is_bridged():
            self.connection.in_thread(self._cursor.close)


class AiosqliteConnection(AdaptedConnection):
    """A connection of `aiosqlite`; `raw` is the one of `sqlite3` inside it."""

    def in_thread(self, function: Any, *arguments: Any) -> Any:
        """Call a function in the connection's thread and wait for it."""
        try:
            return await_only(self.driver_connection._execute(function, *arguments))
        except ValueError as error:
            raise _closed(error) from error

    def commit(self) -> None:
        """Commit."""
        self.in_thread(lambda: self.raw.commit())

    def rollback(self) -> None:
        """Roll back."""
        self.in_thread(lambda: self.raw.rollback())

    @property
    def raw(self) -> Any:
        """The `sqlite3.Connection`, to be used in the connection's thread."""
        try:
            return self.driver_connection._conn
        except ValueError as error:
            raise _closed(error) from error

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self.raw.in_transaction)

    @property
    def isolation_level(self) -> Any:
        """What the driver does about transactions by itself: None, nothing."""
        return self.driver_connection.isolation_level

    def cursor(self, *arguments: Any, **options: Any) -> AiosqliteCursor:
        """Return a new cursor."""
        return AiosqliteCursor(self, None)

    def create_function(self, *arguments: Any, **options: Any) -> None:
        """Give SQLite a function."""
        self.in_thread(lambda: self.raw.create_function(*arguments, **options))

    def begin(self, statement: str) -> None:
        """Send BEGIN unless a transaction is open: several tasks may share a connection to a database in memory."""
        raw = self.raw
        self.in_thread(lambda: raw.in_transaction or raw.execute(statement).close())

    def terminate(self) -> None:
        """Stop the thread without waiting; a statement that runs is interrupted."""
        with contextlib.suppress(Exception):  # it may be closed already
            self.raw.interrupt()
        close_later(self.driver_connection.close, self.driver_connection.stop)

    def close(self) -> None:
        """Close, or stop the thread where nothing can be awaited."""
        if is_bridged():
            super().close()
        else:
            self.terminate()


class AiosqliteDriver(PysqliteDriver):
    """The `aiosqlite` module."""

    name: ClassVar[str] = "aiosqlite"
    extra: ClassVar[str | None] = "aiosqlite"
    is_async: ClassVar[bool] = True
    library_name: ClassVar[str | None] = "aiosqlite"

    def pool_class(self, url: URL) -> type[Pool]:
        """A queue for files; all tasks share the connection to a database in memory."""
        return AsyncAdaptedStaticPool if is_in_memory(url) else AsyncAdaptedQueuePool

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        """A connection in autocommit mode, as that of `sqlite3`."""
        level = kwargs.pop("isolation_level", None)
        if level:
            self._begin = f"BEGIN {level}"
        make = kwargs.pop("async_creator_fn", self.library.connect)
        made = make(*args, isolation_level=None, **kwargs)
        thread = getattr(made, "_thread", made)
        with contextlib.suppress(AttributeError, RuntimeError):
            thread.daemon = True  # a forgotten connection must not keep the program from ending
        return AiosqliteConnection(await_only(made))

    def do_begin(self, dbapi_connection: Any) -> None:
        """Send BEGIN, unless a transaction is open."""
        dbapi_connection.begin(self._begin)

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor that does not read the whole result at once."""
        return AiosqliteStreamCursor(dbapi_connection, None)

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Stop the thread."""
        dbapi_connection.terminate()


dialect = SQLiteDialect_aiosqlite = SQLiteDialect
