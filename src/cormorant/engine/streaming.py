"""A cursor that streams: rows come from the server some at a time, and one by one to the program.

Without it each row of an iteration would be a journey to the server of its own.
"""

from __future__ import annotations

from collections import deque
from typing import Any

_FIRST = 5
_GROWTH = 5
_MOST = 1000


class StreamCursor:
    """Reads ahead on a driver's cursor: a few rows at first, then more, never more than `most`."""

    def __init__(self, cursor: Any, most: int | None) -> None:
        self._cursor = cursor
        self._most = most or _MOST
        self._size = min(_FIRST, self._most)
        self._rows: deque[Any] = deque()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def fetchone(self) -> Any:
        """The next row, or None."""
        if not self._rows:
            self._rows.extend(self._cursor.fetchmany(self._size))
            self._size = min(self._size * _GROWTH, self._most)
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int = 1) -> list[Any]:
        """At most `size` rows."""
        found = [self._rows.popleft() for _ in range(min(size, len(self._rows)))]
        if len(found) < size:
            found += self._cursor.fetchmany(size - len(found))
        return found

    def fetchall(self) -> list[Any]:
        """All remaining rows."""
        found = [*self._rows, *self._cursor.fetchall()]
        self._rows.clear()
        return found
