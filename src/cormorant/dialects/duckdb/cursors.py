"""The driver's connection as PEP 249 has it: cursors of one connection share its transaction.

DuckDB's own `cursor()` is another connection. In: one of its connections. Out: one whose cursors run on it and keep
their rows, and which begins and ends transactions when told to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_NO_ROWS = (["Count"], ["Success"])
"""The columns of what statements that give no rows answer."""


class Connection:
    """One connection, with transactions that are begun by `begin()`."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.in_transaction = False

    def cursor(self, keeps_rows: bool = True) -> Cursor:
        """A cursor; one that does not keep its rows lives until the next statement of the connection."""
        return Cursor(self.connection, keeps_rows)

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Cursor:
        """Run a statement in a cursor of its own."""
        cursor = self.cursor()
        cursor.execute(statement, parameters)
        return cursor

    def begin(self) -> None:
        """Begin a transaction, unless there is one."""
        if not self.in_transaction:
            self.connection.begin()
            self.in_transaction = True

    def commit(self) -> None:
        """Commit the transaction, if there is one."""
        if self.in_transaction:
            self.in_transaction = False
            self.connection.commit()

    def rollback(self) -> None:
        """Roll the transaction back, if there is one."""
        if self.in_transaction:
            self.in_transaction = False
            self.connection.rollback()

    def close(self) -> None:
        """Close the connection; what is open is rolled back."""
        self.in_transaction = False
        self.connection.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


class Cursor:
    """The rows of one statement."""

    arraysize = 1

    def __init__(self, connection: Any, keeps_rows: bool) -> None:
        self._connection = connection
        self._keeps_rows = keeps_rows
        self._rows: list[tuple[Any, ...]] = []
        self._place = 0
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid = None

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Any:
        """Run a statement."""
        if parameters:
            self._connection.execute(statement, list(parameters))
        else:
            self._connection.execute(statement)
        self._take()
        return self

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]]) -> Any:
        """Run a statement once for each row of parameters."""
        self._connection.executemany(statement, [list(row) for row in rows])
        self._take()
        return self

    def _take(self) -> None:
        self._rows, self._place = [], 0
        description = self._connection.description
        self.rowcount = self._connection.rowcount
        names = [column[0] for column in description or ()]
        if self.rowcount >= 0 and names == _NO_ROWS[0]:
            self.description = None
            return
        if self._keeps_rows or names in _NO_ROWS:
            self._rows = self._connection.fetchall() if description else []
        is_silent = not names or (names in _NO_ROWS and not self._rows)
        self.description = None if is_silent else description
        if self.description is not None and self._keeps_rows:
            self.rowcount = len(self._rows)

    def fetchone(self) -> Any:
        """The next row, or None."""
        if not self._keeps_rows:
            return self._connection.fetchone()
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        size = self.arraysize if size is None else size
        if not self._keeps_rows:
            found: list[Any] = self._connection.fetchmany(size)
            return found
        begin = self._place
        self._place = min(begin + size, len(self._rows))
        return self._rows[begin : self._place]

    def fetchall(self) -> list[Any]:
        """All further rows."""
        if not self._keeps_rows:
            found: list[Any] = self._connection.fetchall()
            return found
        begin, self._place = self._place, len(self._rows)
        return self._rows[begin:]

    def close(self) -> None:
        """Forget the rows."""
        self._rows = []
