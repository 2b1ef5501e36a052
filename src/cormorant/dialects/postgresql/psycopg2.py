"""The driver psycopg2, which puts parameters into the text itself: binds carry few casts."""

from __future__ import annotations

import importlib
import itertools
from typing import Any, ClassVar

from ...compile.dialect import ConversionMaker, TypeText
from ...compile.types_text import word
from ...engine.driver import AUTOCOMMIT
from ...exc import ArgumentError
from ...types.base import TypeEngine
from ...types.binary import LargeBinary
from ...types.conversion import Conversion
from ...types.datetimes import Date, DateTime, Time
from ...types.documents import JSONIntIndexType, JSONStrIndexType
from ...types.intervals import Interval
from ...types.numeric import BigInteger, Integer, SmallInteger
from ...types.text import String
from . import types as pg
from .dialect import PostgreSQLDialect
from .driver import PostgreSQLDriver
from .range_values import MultiRange, Range, make_range
from .ranges import DATERANGE, INT4RANGE, INT8RANGE, NUMRANGE, TSRANGE, TSTZRANGE

_stream_numbers = itertools.count(1)
_WITHOUT_CASTS: tuple[type[TypeEngine[Any]], ...] = (
    BigInteger,
    Date,
    DateTime,
    Integer,
    Interval,
    JSONIntIndexType,
    JSONStrIndexType,
    pg.INTERVAL,
    pg.REGCONFIG,
    SmallInteger,
    String,
    Time,
)
_MODES = ("values_only", "values_plus_batch")


def _read_bytes(type_: Any, dialect: Any) -> Conversion:
    return Conversion(bytes, "bytes({0})")


class Psycopg2Dialect(PostgreSQLDialect):
    """PostgreSQL as psycopg2 takes it."""

    driver = "psycopg2"
    cast_suffixes: ClassVar[dict[type[TypeEngine[Any]], TypeText]] = dict.fromkeys(_WITHOUT_CASTS, word(""))
    result_makers: ClassVar[dict[type[TypeEngine[Any]], ConversionMaker]] = {LargeBinary: _read_bytes}
    options = (
        *PostgreSQLDialect.options,
        "executemany_mode",
        "executemany_batch_page_size",
    )

    def __init__(
        self,
        *,
        executemany_mode: str = "values_only",
        executemany_batch_page_size: int = 100,
        **options: Any,
    ) -> None:
        if options.get("native_inet_types"):
            raise NotImplementedError(
                "The psycopg2 dialect does not implement ipaddress type handling; native_inet_types cannot be set to "
                "``True`` when using this dialect."
            )
        if executemany_mode not in _MODES:
            raise ArgumentError(
                f"Invalid value for 'executemany_mode': {executemany_mode!r}; it takes {' or '.join(map(repr, _MODES))}"
            )
        super().__init__(**options)
        self.executemany_mode = executemany_mode
        self.executemany_batch_page_size = executemany_batch_page_size


dialect = PGDialect_psycopg2 = Psycopg2Dialect


class Psycopg2Driver(PostgreSQLDriver):
    """The `psycopg2` module."""

    name: ClassVar[str] = "psycopg2"
    module_name: ClassVar[str] = "psycopg2"
    option_fields: ClassVar[dict[str, str]] = {"postgresql_readonly": "readonly", "postgresql_deferrable": "deferrable"}
    extra: ClassVar[str | None] = "postgresql-psycopg2"
    state_field: ClassVar[str] = "pgcode"
    quotes_values: ClassVar[bool] = True
    lost_texts: ClassVar[tuple[str, ...]] = (
        "connection already closed",
        "closed the connection",
        "connection not open",
        "could not receive data from server",
        "could not send data to server",
        "connection has been closed unexpectedly",
        "SSL SYSCALL error",
        "SSL error",
        "losed the connection unexpectedly",
        "terminating connection",
    )
    _hstore: Any = None

    # connecting

    def know_dialect(self, dialect: Any) -> None:
        """Remember how values are read; give the dialect the conversions of ranges."""
        self._loads = dialect.json_deserializer
        self._wants_hstore: bool = dialect.use_native_hstore
        self.encoding = dialect.client_encoding
        self._page_size: int = dialect.executemany_batch_page_size
        self._batches = dialect.executemany_mode == "values_plus_batch"
        dialect.range_values = _RangeValues(_extras())

    def set_up(self, dbapi_connection: Any) -> None:
        """Tell the driver how to read documents, identifiers, and of the type HSTORE where it was found."""
        extras = _extras()
        extras.register_uuid(None, dbapi_connection)
        if self._loads is not None:
            extras.register_default_json(dbapi_connection, loads=self._loads)
            extras.register_default_jsonb(dbapi_connection, loads=self._loads)
        if self._hstore is not None:
            self._register_hstore(dbapi_connection)

    def learn_server(self, dbapi_connection: Any) -> None:
        """Read the version, the default isolation level, and whether there is the type HSTORE."""
        number = dbapi_connection.server_version
        self.server_version = (number // 10000, number % 10000)
        self.default_isolation_level = self.get_isolation_level(dbapi_connection)
        if self._wants_hstore:
            oid, array_oid = _extras().HstoreAdapter.get_oids(dbapi_connection)
            self._hstore = (oid, array_oid) if oid else None
            if not dbapi_connection.autocommit:
                dbapi_connection.rollback()
            if self._hstore is not None:
                self._register_hstore(dbapi_connection)

    def _register_hstore(self, dbapi_connection: Any) -> None:
        oid, array_oid = self._hstore
        _extras().register_hstore(dbapi_connection, oid=oid, array_oid=array_oid)

    def adapt_dialect(self, dialect: Any) -> Any:
        dialect.has_native_hstore = self._hstore is not None
        return super().adapt_dialect(dialect)

    # cursors

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor of the server."""
        return _StreamCursor(dbapi_connection.cursor(name=f"cm_{next(_stream_numbers)}"))

    def executemany(self, cursor: Any, statement: str, parameters: Any) -> None:
        """Run a statement for many sets of parameters, in batches where that was asked for."""
        if self._batches:
            _extras().execute_batch(cursor, statement, parameters, page_size=self._page_size)
        else:
            cursor.executemany(statement, parameters)

    # isolation

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """Set the level of the driver's next BEGIN, or its autocommit mode."""
        dbapi_connection.autocommit = level == AUTOCOMMIT
        if level != AUTOCOMMIT:
            dbapi_connection.isolation_level = level

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """What the server says."""
        was_idle = dbapi_connection.get_transaction_status() == 0
        found = self.send(dbapi_connection, "SHOW transaction_isolation")[0]
        if was_idle and not dbapi_connection.autocommit:
            dbapi_connection.rollback()
        return str(found).upper()

    def reset_isolation_level(self, dbapi_connection: Any) -> None:
        """Leave the level to the server again."""
        dbapi_connection.autocommit = False
        dbapi_connection.isolation_level = None


def _extras() -> Any:
    return importlib.import_module("psycopg2.extras")


class _StreamCursor:
    """A cursor of the server that tells its columns at once: the driver knows them after the first row only."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._first: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, statement: str, parameters: Any = None) -> None:
        """Run the statement and fetch the first row."""
        self._cursor.execute(statement, parameters)
        self._first = self._cursor.fetchmany(1)

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        return self._first.pop() if self._first else self._cursor.fetchone()

    def fetchmany(self, size: int) -> list[Any]:
        """Return so many rows."""
        first, self._first = self._first, []
        missing = size - len(first)
        return [*first, *self._cursor.fetchmany(missing)] if missing > 0 else first

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""
        first, self._first = self._first, []
        return [*first, *self._cursor.fetchall()]


class _RangeValues:
    """Ranges between Python and the driver, which has a class for each kind of range."""

    def __init__(self, extras: Any) -> None:
        range_: Any = importlib.import_module("psycopg2._range")
        self._base: Any = range_.Range
        self._classes: dict[type[TypeEngine[Any]], Any] = {
            INT4RANGE: extras.NumericRange,
            INT8RANGE: extras.NumericRange,
            NUMRANGE: extras.NumericRange,
            DATERANGE: extras.DateRange,
            TSRANGE: extras.DateTimeRange,
            TSTZRANGE: extras.DateTimeTZRange,
        }

    def for_type(self, type_: Any) -> Any:
        """Return the function from a range to the driver's value for a type."""
        class_ = next((found for base, found in self._classes.items() if isinstance(type_, base)), None)

        def convert(value: Any) -> Any:
            given: Any = value
            if not isinstance(value, Range) or class_ is None:
                return given
            return class_(given.lower, given.upper, given.bounds, given.empty)

        return convert

    def from_driver(self, value: Any) -> Any:
        """Return a range of the driver as one of ours."""
        if not isinstance(value, self._base):
            return value
        found: Any = value
        if found.isempty:
            return make_range(None, None, empty=True)
        return make_range(found.lower, found.upper, bounds=found._bounds)

    def many_to_driver(self, value: Any) -> Any:
        """Return ranges as text, which the driver has no class for."""
        if isinstance(value, str):
            return value
        ranges: Any = [value] if isinstance(value, Range) else value
        return "{" + ", ".join([str(one) for one in ranges]) + "}"

    def many_from_driver(self, value: Any) -> Any:
        """Return ranges of the driver as ours; text stays text."""
        given: Any = value
        return given if isinstance(value, str) else MultiRange([self.from_driver(one) for one in value])
