"""The result of a statement: rows from a driver's cursor, or what an INSERT, UPDATE or DELETE tells.

The cursor is closed as soon as its rows are read; errors while reading go the way of all driver errors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, Self, TypeVarTuple, Unpack

from ..exc import InvalidRequestError, ResourceClosedError
from ..util.collector import paused_collector
from .context import ExecutionContext
from .inserted import Inserted
from .keys import RowKeys
from .layout import Layout
from .results.iterators import IteratorResult, Result
from .row import Row
from .running import RunningConnection

Ts = TypeVarTuple("Ts")
AnyRow = Row[Unpack[tuple[Any, ...]]]

_OPEN, _READ, _CLOSED, _NO_ROWS = range(4)
_CHUNK = 1000


class BufferedCursor:
    """Rows that were read already, in the form of a cursor."""

    __slots__ = ("_position", "_rows", "description", "lastrowid", "rowcount")

    def __init__(self, rows: list[Any], description: Any, rowcount: int = -1, lastrowid: Any = None) -> None:
        self._rows = rows
        self._position = 0
        self.description = description
        self.rowcount = rowcount
        self.lastrowid = lastrowid

    def fetchall(self) -> list[Any]:
        """All remaining rows."""
        return self.fetchmany(len(self._rows))

    def fetchmany(self, size: int = 1) -> list[Any]:
        """At most `size` rows."""
        begin = self._position
        self._position = min(begin + size, len(self._rows))
        return self._rows[begin : self._position]

    def fetchone(self) -> Any:
        """The next row, or None."""
        found = self.fetchmany(1)
        return found[0] if found else None

    def close(self) -> None:
        """Forget the rows."""
        self._rows, self._position = [], 0


class CursorResult(Result[Unpack[Ts]]):
    """Rows of a statement, and what the driver tells about its execution."""

    _ready_layout: Layout | None = None
    _inserted: Inserted | None = None
    _options: Mapping[str, Any] = {}
    _known_context: ExecutionContext | None = None
    _known_rowcount: int | None = None

    def __init__(
        self, connection: RunningConnection, cursor: Any, plan: Any, text: str = "", parameters: Any = None
    ) -> None:
        self.connection = connection
        self.cursor = cursor
        self._plan = plan
        self._text = text
        self._parameters = parameters
        self._state = _OPEN
        if connection.latest_context is not None:
            self._known_context = context = connection.latest_context
            context.result = self
            connection.latest_context = None

    # rows

    @property
    def _layout(self) -> Layout:
        found = self._ready_layout
        if found is None:
            if self._state == _NO_ROWS:
                self._fail_without_rows()
            found = self._ready_layout = self._plan.layout(self.cursor.description)
        return found

    @property
    def _keys(self) -> RowKeys:  # type: ignore[override]
        return self._layout.keys

    def _rows(self, raw: list[Any]) -> list[Any]:
        return self._layout.rows(raw)

    def _column(self, raw: list[Any], position: int) -> list[Any]:
        return self._layout.column(position)(raw)

    def _raw_all(self) -> list[Any]:
        if self._state:
            return self._without_rows()
        try:
            rows: list[Any] = self.cursor.fetchall()
        except BaseException as error:
            self._fail(error)
        self._soft_close()
        return rows if type(rows) is list else list(rows)

    def _all(self) -> list[Any]:
        if self._state or self._uniques is not None:
            return super()._all()
        chunk = self._raw_many(_CHUNK)
        rows = self._shape(chunk)
        if len(chunk) == _CHUNK:
            # chunk by chunk, since the driver's tuples are then still near at hand when rows are made of them
            with paused_collector(rows):
                while chunk := self._raw_many(_CHUNK):
                    rows += self._shape(chunk)
        elif not self._state:
            self._soft_close()
        return rows

    def _raw_many(self, size: int | None) -> list[Any]:
        if self._state:
            return self._without_rows()
        try:
            rows: list[Any] = self.cursor.fetchmany() if size is None else self.cursor.fetchmany(size)
        except BaseException as error:
            self._fail(error)
        if not rows:
            self._soft_close()
        return rows if type(rows) is list else list(rows)

    def _raw_one(self) -> list[Any]:
        if self._state:
            return self._without_rows()
        try:
            row = self.cursor.fetchone()
        except BaseException as error:
            self._fail(error)
        if row is None:
            self._soft_close()
            return []
        return [row]

    def _without_rows(self) -> list[Any]:
        if self._state == _NO_ROWS:
            self._fail_without_rows()
        if self._state == _CLOSED:
            raise ResourceClosedError("This result object is closed.")
        return []

    def _fail_without_rows(self) -> NoReturn:
        raise ResourceClosedError("This result object does not return rows. It has been closed automatically.")

    def _fail(self, error: BaseException) -> NoReturn:
        self._state = _READ
        self.connection._fail(error, self._text, self._parameters, self.cursor, None)

    def _soft_close(self) -> None:
        if self._ready_layout is None:
            self._ready_layout = self._plan.layout(self.cursor.description)  # some cursors forget it when closed
        self._state = _READ
        self.cursor.close()

    def close(self) -> None:
        """Close the cursor; every later fetch raises ResourceClosedError."""
        if self._state == _OPEN:
            self._soft_close()
        if self._state != _NO_ROWS:
            self._state = _CLOSED

    @property
    def closed(self) -> bool:
        """Whether close() was called, by the program or by a method that fetches at most one row."""
        return self._state == _CLOSED

    def yield_per(self, num: int) -> Self:
        """Fetch this many rows at a time when iterating."""
        self._fetch_size = num
        return self

    @property
    def returns_rows(self) -> bool:
        """Whether the statement gives rows."""
        return self._state != _NO_ROWS

    def _without_any_rows(self, rowcount: int) -> None:
        """Declare that the statement gives no rows."""
        self._state = _NO_ROWS
        self._ready_layout = None
        self._known_rowcount = rowcount

    # what the driver tells

    @property
    def context(self) -> ExecutionContext:
        """Text, parameters and plan of the execution."""
        if self._known_context is None:
            many = isinstance(self._parameters, list)
            self._known_context = ExecutionContext(
                self.connection,
                self._plan.compiled,
                self._text,
                self._parameters,
                many,
                self._options,
                getattr(self._plan, "uses", 0),
            )
            self._known_context.cursor = self.cursor
            self._known_context.result = self
        return self._known_context

    @property
    def dialect(self) -> Any:
        """The dialect of the connection."""
        return self.connection.dialect

    @property
    def rowcount(self) -> int:
        """How many rows an UPDATE or DELETE matched; -1 where the driver does not know."""
        found: int = self.cursor.rowcount if self._known_rowcount is None else self._known_rowcount
        return found

    @property
    def lastrowid(self) -> Any:
        """The driver's idea of the last generated key."""
        return self.connection._driver.lastrowid(self.cursor)

    def supports_sane_rowcount(self) -> bool:
        """Whether `rowcount` is the number of rows matched."""
        return bool(self.dialect.features.sane_rowcount)

    def supports_sane_multi_rowcount(self) -> bool:
        """The same after a list of parameters."""
        return bool(self.dialect.features.sane_multi_rowcount)

    # what an INSERT tells

    @property
    def is_insert(self) -> bool:
        """Whether the statement is an INSERT."""
        return bool(self._plan.kind == "insert")

    def _require_insert(self) -> Inserted:
        if self._inserted is None or not self.is_insert:
            raise InvalidRequestError("Statement is not an insert() expression construct.")
        return self._inserted

    @property
    def inserted_primary_key(self) -> AnyRow | None:
        """The primary key of the row that was inserted; None where RETURNING gave no row, as for one left out."""
        inserted = self._require_insert()
        if inserted.is_many:
            raise InvalidRequestError(
                "This statement was an executemany call; if primary key returning is supported, please use "
                ".inserted_primary_key_rows."
            )
        if inserted.is_explicit_returning:
            raise InvalidRequestError("Can't call inserted_primary_key when returning() is used.")
        return None if inserted.is_left_out else inserted.primary_keys()[0]

    @property
    def inserted_primary_key_rows(self) -> list[AnyRow]:
        """The primary keys of the rows that were inserted."""
        return self._require_insert().primary_keys()

    @property
    def returned_defaults(self) -> AnyRow | None:
        """The values that `return_defaults()` fetched for the row."""
        if self._inserted is not None and self._inserted.is_many:
            raise InvalidRequestError(
                "This statement was an executemany call; if return defaults is supported, please use "
                ".returned_defaults_rows."
            )
        rows = self.returned_defaults_rows
        return rows[0] if rows else None

    @property
    def returned_defaults_rows(self) -> Sequence[AnyRow] | None:
        """The values that `return_defaults()` fetched, for each row."""
        return None if self._inserted is None else self._inserted.returned_rows

    def last_inserted_params(self) -> Any:
        """The values of the row that was inserted, before conversion."""
        return self._require_insert().values_shown()

    def last_updated_params(self) -> Any:
        """The values of the UPDATE, before conversion."""
        if self._plan.kind != "update" or self._inserted is None:
            raise InvalidRequestError("Statement is not an update() expression construct.")
        return self._inserted.values_shown()

    def _require_written(self) -> Any:
        if self._plan.kind not in ("insert", "update"):
            raise InvalidRequestError("Statement is not an insert() or update() expression construct.")
        return self._plan.compiled

    def prefetch_cols(self) -> list[Any]:
        """Columns whose default Python gave."""
        return list(self._require_written().prefetch)

    def postfetch_cols(self) -> list[Any]:
        """Columns whose value the database decided and nobody fetched."""
        return list(self._require_written().postfetch)

    def lastrow_has_defaults(self) -> bool:
        """Whether the database decided values that nobody fetched."""
        return self._plan.kind in ("insert", "update") and bool(self._plan.compiled.postfetch)

    # putting results together

    def splice_horizontally(self, other: AnyCursorResult) -> IteratorResult[Unpack[tuple[Any, ...]]]:
        """The columns of this result and then those of another, row by row."""
        keys = RowKeys((*self._keys.names, *other._keys.names))
        mine: Sequence[Any] = self.all()
        rows = [tuple(one) + tuple(another) for one, another in zip(mine, other.all(), strict=True)]
        return IteratorResult(keys, rows)

    def splice_vertically(self, other: AnyCursorResult) -> IteratorResult[Unpack[tuple[Any, ...]]]:
        """The rows of this result and then those of another."""
        rows: list[Any] = [*self.all(), *other.all()]
        return IteratorResult(self._keys, rows)


AnyCursorResult = CursorResult[Unpack[tuple[Any, ...]]]
