"""Awaited drivers in the form of PEP 249: connections and cursors whose calls wait through the bridge.

In: an asyncio driver's connection. Out: an object with `cursor()`, `commit()`, `rollback()`, `close()`, each of which
awaits inside `greenlet_spawn` and raises MissingGreenlet elsewhere. A statement and its rows are fetched in one
journey, because each journey lets the event loop turn. What is special about a driver is written in its dialect.
"""

from __future__ import annotations

import contextlib
import importlib
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, ClassVar, Self

from ..util.bridge import await_only


class AdaptedCursor:
    """A cursor over an awaited one; the rows are in memory after `execute()`."""

    is_streaming: ClassVar[bool] = False

    def __init__(self, connection: AdaptedConnection, cursor: Any) -> None:
        self.connection = connection
        self._cursor = cursor
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: Any = None
        self.arraysize = 1

    def execute(self, operation: str, parameters: Any = None) -> Self:
        """Run a statement and fetch its rows; return the cursor."""
        await_only(self._execute(operation, parameters))
        return self

    async def _execute(self, operation: str, parameters: Any) -> None:
        cursor = self._cursor
        self._rows.clear()
        if parameters is None:
            await cursor.execute(operation)
        else:
            await cursor.execute(operation, parameters)
        self._note()
        if self.description and not self.is_streaming:
            self._rows.extend(await cursor.fetchall())

    def executemany(self, operation: str, parameters: Sequence[Any]) -> None:
        """Run a statement once per row of parameters."""
        await_only(self._cursor.executemany(operation, parameters))
        self._note()

    def _note(self) -> None:
        cursor = self._cursor
        self.description, self.rowcount = cursor.description, cursor.rowcount
        self.lastrowid = getattr(cursor, "lastrowid", None)

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return at most `size` rows."""
        rows = self._rows
        return [rows.popleft() for _ in range(min(size or self.arraysize, len(rows)))]

    def fetchall(self) -> list[Any]:
        """Return all remaining rows."""
        found = list(self._rows)
        self._rows.clear()
        return found

    def setinputsizes(self, *_sizes: Any) -> None:
        """Do nothing: PEP 249 allows that."""

    def close(self) -> None:
        """Forget the rows; awaited cursors without a stream hold nothing of the server's."""
        self._rows.clear()

    def __iter__(self) -> Iterator[Any]:
        while self._rows:
            yield self._rows.popleft()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class AdaptedStreamCursor(AdaptedCursor):
    """A cursor that fetches rows from the server as they are asked for."""

    is_streaming: ClassVar[bool] = True

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return await_only(self._cursor.fetchone())

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return at most `size` rows."""
        return list(await_only(self._cursor.fetchmany(size or self.arraysize)))

    def fetchall(self) -> list[Any]:
        """Return all remaining rows."""
        return list(await_only(self._cursor.fetchall()))

    def close(self) -> None:
        """Close the server's cursor."""
        await_only(self._cursor.close())


class AdaptedConnection:
    """A driver connection whose calls wait; `driver_connection` is the one that is awaited."""

    cursor_class: ClassVar[type[AdaptedCursor]] = AdaptedCursor

    def __init__(self, driver_connection: Any) -> None:
        self.driver_connection = driver_connection

    def run_async(self, fn: Callable[[Any], Awaitable[Any]]) -> Any:
        """Await what a function of the driver's own connection returns; for listeners of `connect` and the like."""
        return await_only(fn(self.driver_connection))

    def cursor(self, *arguments: Any, **options: Any) -> AdaptedCursor:
        """Return a new cursor."""
        return self.cursor_class(self, self.driver_connection.cursor(*arguments, **options))

    def execute(self, operation: str, parameters: Any = None) -> AdaptedCursor:
        """Return a new cursor after a statement."""
        cursor = self.cursor()
        cursor.execute(operation, parameters)
        return cursor

    def commit(self) -> None:
        """Commit."""
        await_only(self.driver_connection.commit())

    def rollback(self) -> None:
        """Roll back."""
        await_only(self.driver_connection.rollback())

    def close(self) -> None:
        """Close."""
        await_only(self.driver_connection.close())

    def __repr__(self) -> str:
        return f"<AdaptedConnection {self.driver_connection!r}>"


_closing: set[Any] = set()
"""Tasks that close connections; the event loop itself would forget them."""


def close_later(close: Callable[[], Awaitable[Any]], end: Callable[[], Any]) -> None:
    """Close a connection in a task of its own, where nobody can wait; without an event loop it is ended at once.

    `close` takes leave of the other side, `end` lets go of what is left where that fails.
    """
    asyncio: Any = importlib.import_module("asyncio")
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        _quietly(end)
        return
    task = loop.create_task(_close(close, end))
    _closing.add(task)
    task.add_done_callback(_closing.discard)


async def _close(close: Callable[[], Awaitable[Any]], end: Callable[[], Any]) -> None:
    try:
        await close()
    except BaseException as error:
        _quietly(end)
        if not isinstance(error, Exception):
            raise


def _quietly(end: Callable[[], Any]) -> None:
    with contextlib.suppress(Exception):  # it may be gone already
        end()


async def wait_closed() -> None:
    """Wait until the connections are closed that `close_later` was given on this event loop."""
    asyncio: Any = importlib.import_module("asyncio")
    loop = asyncio.get_running_loop()
    while tasks := [task for task in _closing if task.get_loop() is loop]:
        await asyncio.wait(tasks)
