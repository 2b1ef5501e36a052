"""PostgreSQL through `asyncpg`, which speaks the server's protocol itself and knows no PEP 249.

In: URLs, statements with `$1`. Out: what `engine.adapted` promises. Errors become PEP 249's classes by their SQLSTATE;
the engine sends BEGIN, COMMIT and ROLLBACK; prepared statements are kept per connection, as many as
`prepared_statement_cache_size` in the URL says.
"""

from __future__ import annotations

import asyncio
import importlib
import re
from collections import OrderedDict
from collections.abc import Awaitable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, ClassVar, NoReturn

from ...compile.conversions import loads
from ...compile.dialect import ConversionMaker, TypeText
from ...compile.types_text import word
from ...engine.adapted import AdaptedConnection, AdaptedCursor, close_later
from ...engine.driver import AUTOCOMMIT
from ...engine.pools.async_queue import AsyncAdaptedQueuePool
from ...engine.pools.base import Pool
from ...engine.url import URL
from ...exc import EmulatedDBAPIException
from ...sql.kinds import is_sequence
from ...types.base import TypeEngine
from ...types.binary import LargeBinary
from ...types.boolean import Boolean
from ...types.conversion import Conversion
from ...types.documents import JSONPathType
from ...types.intervals import Interval
from ...types.numeric import Double, Float, Numeric
from ...util.bridge import await_only, is_bridged
from .bitstring import BitString
from .dialect import PostgreSQLDialect
from .driver import PostgreSQLDriver
from .range_values import Bounds, MultiRange, Range, make_range
from .types import BIT, INTERVAL, OID, REGCLASS

_COUNT = re.compile(r"(?:SELECT|UPDATE|DELETE|MERGE|FETCH|MOVE|COPY|INSERT \d+) (\d+)$")
_DDL = re.compile(r"\s*(?:CREATE|ALTER|DROP)\b", re.IGNORECASE)
_INSERT = re.compile(r"\s*INSERT\b", re.IGNORECASE)
_TYPES: Mapping[str, Any] = {
    "timeout": float, "command_timeout": float, "statement_cache_size": int, "max_cached_statement_lifetime": int,
    "max_cacheable_statement_size": int, "port": int,
}  # fmt: skip


class Error(EmulatedDBAPIException):
    """PEP 249's base class for errors."""

    @property
    def sqlstate(self) -> str | None:
        """The error's code, or None where the server gave none."""
        return getattr(self.orig, "sqlstate", None)

    pgcode = sqlstate

    @property
    def detail(self) -> str | None:
        """What the server adds to its message."""
        return getattr(self.orig, "detail", None)

    @property
    def diag(self) -> Any:
        """The fields of the error that name what it is about."""
        orig = self.orig
        return SimpleNamespace(
            constraint_name=getattr(orig, "constraint_name", None),
            table_name=getattr(orig, "table_name", None),
            column_name=getattr(orig, "column_name", None),
            message_detail=getattr(orig, "detail", None),
        )


class Warning(Exception):
    """PEP 249's class for warnings."""


class InterfaceError(Error):
    """The driver failed, not the database."""


class DatabaseError(Error):
    """The database reported an error."""


class OperationalError(DatabaseError):
    """The database could not do its work."""


class IntegrityError(DatabaseError):
    """A constraint was violated."""


class NotNullViolationError(IntegrityError):
    """NULL where a value is required."""


class ForeignKeyViolationError(IntegrityError):
    """A row is referred to that does not exist, or is still referred to."""


class UniqueViolationError(IntegrityError):
    """A second row of the same key."""


class CheckViolationError(IntegrityError):
    """A CHECK says no."""


class ExclusionViolationError(IntegrityError):
    """A row is in conflict with another by an EXCLUDE constraint."""


class RestrictViolationError(IntegrityError):
    """A row is still referred to, and RESTRICT forbids to delete it."""


class DataError(DatabaseError):
    """A value does not fit."""


class InternalError(DatabaseError):
    """The database is in a state of its own."""


class ProgrammingError(DatabaseError):
    """The SQL is wrong."""


class NotSupportedError(DatabaseError):
    """The database cannot do that."""


BY_STATE: Mapping[str, type[Error]] = {
    "0A": NotSupportedError, "08": OperationalError, "22": DataError, "23": IntegrityError, "24": InternalError,
    "25": InternalError, "2B": InternalError, "2D": InternalError, "34": OperationalError, "3D": ProgrammingError,
    "3F": ProgrammingError, "40": OperationalError, "42": ProgrammingError, "44": ProgrammingError,
    "53": OperationalError, "54": OperationalError, "55": OperationalError, "57": OperationalError,
    "58": OperationalError, "F0": InternalError, "P0": InternalError, "XX": InternalError,
}  # fmt: skip
"""The first two letters of an SQLSTATE -> class; PostgreSQL manual, appendix A."""

BY_VIOLATION: Mapping[str, type[IntegrityError]] = {
    "23001": RestrictViolationError, "23502": NotNullViolationError, "23503": ForeignKeyViolationError,
    "23505": UniqueViolationError, "23514": CheckViolationError, "23P01": ExclusionViolationError,
}  # fmt: skip
"""The whole SQLSTATE of a violated constraint -> class."""

dbapi = SimpleNamespace(
    apilevel="2.0",
    threadsafety=0,
    paramstyle="numeric_dollar",
    Warning=Warning,
    Error=Error,
    InterfaceError=InterfaceError,
    DatabaseError=DatabaseError,
    OperationalError=OperationalError,
    IntegrityError=IntegrityError,
    NotNullViolationError=NotNullViolationError,
    ForeignKeyViolationError=ForeignKeyViolationError,
    UniqueViolationError=UniqueViolationError,
    CheckViolationError=CheckViolationError,
    ExclusionViolationError=ExclusionViolationError,
    RestrictViolationError=RestrictViolationError,
    DataError=DataError,
    InternalError=InternalError,
    ProgrammingError=ProgrammingError,
    NotSupportedError=NotSupportedError,
    Binary=bytes,
    NUMBER=float,
    STRING=str,
    BINARY=bytes,
    DATETIME=None,
    ROWID=None,
)
"""What a DBAPI module has."""


class Schema:
    """What the connections of an engine must know of each other: how often one of them has changed the schema.

    Prepared statements, and what the driver knows of types, are out of date then.
    """

    version = 0


class AsyncpgCursor(AdaptedCursor):
    """A cursor whose statement is prepared, run and read in one go."""

    connection: AsyncpgConnection
    statusmessage: str = ""

    async def _execute(self, operation: str, parameters: Any) -> None:
        self._rows.clear()
        try:
            prepared = await self.connection.prepare(operation)
            attributes = prepared.get_attributes()
            rows = await prepared.fetch(*(parameters or ()))
        except Exception as error:
            self.connection.fail(error)
        if _DDL.match(operation):
            self.connection.schema.version += 1
        self.description = [(a.name, a.type.oid, None, None, None, None, None) for a in attributes] or None
        self._rows.extend(map(tuple, rows))
        self.statusmessage = prepared.get_statusmsg() or ""
        found = _COUNT.match(self.statusmessage)
        self.rowcount = int(found[1]) if found else -1

    def executemany(self, operation: str, parameters: Sequence[Any]) -> None:
        """Run a statement once per row of parameters."""
        self.connection.run(self._execute_many(operation, parameters))

    async def _execute_many(self, operation: str, parameters: Sequence[Any]) -> None:
        self.description, self.rowcount = None, -1
        if _INSERT.match(operation):
            await self.connection.driver_connection.executemany(operation, parameters)
            return
        count = 0  # the driver tells none for many rows at once, and who updates wants to know
        for row in parameters:
            await self._execute(operation, row)
            count += max(self.rowcount, 0)
        self.rowcount = count


class AsyncpgStreamCursor(AsyncpgCursor):
    """A cursor of the server."""

    async def _execute(self, operation: str, parameters: Any) -> None:
        try:
            prepared = await self.connection.prepare(operation)
            self._cursor = await prepared.cursor(*(parameters or ()))
        except Exception as error:
            self.connection.fail(error)
        attributes = prepared.get_attributes()
        self.description = [(a.name, a.type.oid, None, None, None, None, None) for a in attributes] or None
        self.rowcount = -1

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        found = self.fetchmany(1)
        return found[0] if found else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return at most `size` rows."""
        return list(map(tuple, self.connection.run(self._fetch(size or self.arraysize))))

    async def _fetch(self, size: int) -> Any:
        return await self._cursor.fetch(size)

    def fetchall(self) -> list[Any]:
        """Return all remaining rows."""
        found: list[Any] = []
        while rows := self.fetchmany(1000):
            found += rows
        return found


class AsyncpgConnection(AdaptedConnection):
    """A connection of `asyncpg`."""

    cursor_class: ClassVar[type[AdaptedCursor]] = AsyncpgCursor
    silence: float | None = None
    """The limit of `network_timeout`: a statement that takes longer costs the connection."""

    def __init__(self, driver_connection: Any, cached: int, schema: Schema) -> None:
        super().__init__(driver_connection)
        self.schema = schema
        self._schema_seen = schema.version
        self.isolation_level: str | None = None
        self.read_only = self.deferrable = self.autocommit = False
        self._cached = cached
        self._is_begun = False
        self._prepared: OrderedDict[str, Any] = OrderedDict()

    def cursor(self, *arguments: Any, **options: Any) -> AsyncpgCursor:
        """Return a new cursor."""
        return AsyncpgCursor(self, None)

    async def prepare(self, operation: str) -> Any:
        """Return the statement prepared, made at its first use."""
        if self._schema_seen != self.schema.version:
            self._schema_seen = self.schema.version
            self._prepared.clear()
            await self.driver_connection.reload_schema_state()
        found = self._prepared.get(operation)
        if found is not None:
            self._prepared.move_to_end(operation)
            return found
        found = await self.driver_connection.prepare(operation)
        if self._cached:
            self._prepared[operation] = found
            if len(self._prepared) > self._cached:
                self._prepared.popitem(last=False)
        return found

    def run(self, awaitable: Awaitable[Any]) -> Any:
        """Wait for the driver; its errors become PEP 249's."""
        try:
            return await_only(awaitable)
        except Exception as error:
            self.fail(error)

    def fail(self, error: Exception) -> NoReturn:
        """Raise the error of PEP 249 that stands for one of the driver's."""
        if self.silence is not None and isinstance(error, TimeoutError):
            self.driver_connection.terminate()
            text = f"the connection is lost: no answer within network_timeout={self.silence:g} seconds"
            raise OperationalError(text, error) from error
        state: str | None = getattr(error, "sqlstate", None)
        if state == "0A000" and "cached" in str(error):
            self._prepared.clear()  # a table was changed: the next execution prepares anew
        kind = _kind(error, state)
        if kind is None:
            raise error
        raise kind(_text(error), error) from error

    @property
    def closed(self) -> bool:
        """Whether the connection is closed."""
        return bool(self.driver_connection.is_closed())

    def begin(self) -> None:
        """Send BEGIN with the settings of the next transaction."""
        words = [f"ISOLATION LEVEL {self.isolation_level}"] if self.isolation_level else []
        words += ["READ ONLY"] if self.read_only else []
        words += ["DEFERRABLE"] if self.deferrable else []
        self.run(self.driver_connection.execute(" ".join(["BEGIN", *words])))
        self._is_begun = True

    def commit(self) -> None:
        """Commit, if there is a transaction."""
        self._end("COMMIT")

    def rollback(self) -> None:
        """Roll back, if there is a transaction."""
        self._end("ROLLBACK")

    def _end(self, statement: str) -> None:
        if self._is_begun or self.driver_connection.is_in_transaction():
            self._is_begun = False
            self.run(self._send(statement))

    async def _send(self, statement: str) -> None:
        await self.driver_connection.execute(statement)

    def close(self) -> None:
        """Say goodbye and close, or close at once where nothing can be awaited."""
        if is_bridged():
            self.run(self.driver_connection.close())
        else:
            self.terminate()

    def terminate(self) -> None:
        """Close without waiting; a statement that runs is cancelled."""
        raw = self.driver_connection
        close_later(lambda: raw.close(timeout=_CLOSE_SECONDS), raw.terminate)


_CLOSE_SECONDS = 2.0


def _kind(error: Exception, state: str | None) -> type[Error] | None:
    """Return the class for an error; None where it is none of the driver's."""
    if state is not None:
        return BY_VIOLATION.get(state) or BY_STATE.get(state[:2], DatabaseError)
    if isinstance(error, (OSError, asyncio.TimeoutError, EOFError)):
        return OperationalError
    if type(error).__module__.startswith("asyncpg"):
        return DataError if type(error).__name__ == "DataError" else InterfaceError
    return None


def _text(error: Any) -> str:
    detail = getattr(error, "detail", None)
    return f"{error}\nDETAIL:  {detail}" if detail and detail not in str(error) else str(error)


class _RangeValues:
    """Ranges between Python and the driver."""

    def __init__(self, driver_range: Any) -> None:
        self._range = driver_range

    def for_type(self, type_: Any) -> Any:
        """Return the function from a range to the driver's value for a type."""
        return self.to_driver

    def to_driver(self, value: Any) -> Any:
        """Return a range as the driver takes it; what else it knows stays as it is."""
        if not isinstance(value, Range):
            return value
        given: Range[Any] = value  # pyright: ignore[reportUnknownVariableType]
        if given.empty:
            return self._range(empty=True)
        bounds = given.bounds
        return self._range(given.lower, given.upper, lower_inc=bounds[0] == "[", upper_inc=bounds[1] == "]")

    def from_driver(self, value: Any) -> Any:
        """Return a range of the driver as one of ours."""
        if not isinstance(value, self._range):
            return value
        found: Any = value
        if found.isempty:
            return make_range(None, None, empty=True)
        bounds: Any = f"{'[' if found.lower_inc else '('}{']' if found.upper_inc else ')'}"
        checked: Bounds = bounds
        return make_range(found.lower, found.upper, bounds=checked)

    def many_to_driver(self, value: Any) -> Any:
        """Return ranges as the driver takes them."""
        ranges: Any = [value] if isinstance(value, Range) else value
        return value if isinstance(value, str) else [self.to_driver(one) for one in ranges]

    def many_from_driver(self, value: Any) -> Any:
        """Return ranges of the driver as ours."""
        given: Any = value
        return given if isinstance(value, str) else MultiRange([self.from_driver(one) for one in value])


def _path(type_: Any, dialect: Any) -> Conversion:
    def parts(value: Any) -> list[str]:
        return [str(part) for part in (value if is_sequence(value) else [value])]

    return Conversion(parts)


def _bits(type_: Any, dialect: Any) -> Conversion:
    """As the driver has them."""
    return Conversion(importlib.import_module("asyncpg").BitString)


def _read_bits(type_: Any, dialect: Any) -> Conversion:
    """The driver writes bits in groups."""

    def read(bits: Any) -> BitString:
        return BitString(bits.as_string().replace(" ", ""))

    return Conversion(read)


class AsyncpgDialect(PostgreSQLDialect):
    """PostgreSQL where each bind says its type: the server is asked what it wants before values are sent."""

    default_paramstyle: ClassVar[str] = "numeric_dollar"
    cast_suffixes: ClassVar[dict[type[TypeEngine[Any]], TypeText]] = {
        **PostgreSQLDialect.cast_suffixes,
        **dict.fromkeys((Boolean, OID, REGCLASS), lambda type_, compiler: compiler.process(type_)),
        LargeBinary: word("BYTEA"),
        Interval: lambda type_, compiler: compiler.process(INTERVAL(precision=type_.second_precision)),
        Numeric: lambda type_, compiler: compiler.process(Numeric(type_.precision, type_.scale)),
        **dict.fromkeys((Float, Double), lambda type_, compiler: compiler.process(Float(type_.precision))),
    }
    bind_makers: ClassVar[dict[type[TypeEngine[Any]], ConversionMaker]] = {
        **PostgreSQLDialect.bind_makers,
        JSONPathType: _path,
        BIT: _bits,
    }
    result_makers: ClassVar[dict[type[TypeEngine[Any]], ConversionMaker]] = {
        **PostgreSQLDialect.result_makers,
        BIT: _read_bits,
    }


class AsyncpgDriver(PostgreSQLDriver):
    """The `asyncpg` module."""

    dialect_class: ClassVar[Any] = AsyncpgDialect
    name: ClassVar[str] = "asyncpg"
    extra: ClassVar[str | None] = "postgresql-asyncpg"
    library_name: ClassVar[str | None] = "asyncpg"
    is_async: ClassVar[bool] = True
    lost_texts: ClassVar[tuple[str, ...]] = ("connection is closed", "connection was closed", "connection is ")
    paramstyle: ClassVar[str | None] = "numeric_dollar"
    begin_statement: ClassVar[str | None] = "BEGIN"
    supports_two_phase: ClassVar[bool] = False

    @classmethod
    def import_dbapi(cls) -> Any:
        """What PEP 249 asks of a module; the driver itself is the library."""
        return dbapi

    def pool_class(self, url: URL) -> type[Pool]:
        """A queue of tasks."""
        return AsyncAdaptedQueuePool

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Keyword arguments of `asyncpg.connect`, and the size of the cache of prepared statements."""
        _, arguments = super().connect_arguments(url)
        arguments.pop("client_encoding", None)
        if "dbname" in arguments:
            arguments["database"] = arguments.pop("dbname")
        for key in ("host", "port"):
            text = arguments.get(key)
            if isinstance(text, str) and "," in text:
                arguments[key] = text.split(",")
        return [], {k: _TYPES[k](v) if k in _TYPES and isinstance(v, str) else v for k, v in arguments.items()}

    def timeout_arguments(self) -> dict[str, Any]:
        """What `network_timeout` is for the driver: seconds to connect, and for each statement."""
        limit = self.network_timeout
        return {} if limit is None else {"timeout": limit, "command_timeout": limit}

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        """A new connection."""
        cached = int(kwargs.pop("prepared_statement_cache_size", 100))
        make = kwargs.pop("async_creator_fn", self.library.connect)
        made = await_only(_connect(make, args, kwargs, cached, self._loads, self._schema))
        made.silence = self.network_timeout
        return made

    def know_dialect(self, dialect: Any) -> None:
        """Remember how documents are read; give the dialect the conversions of ranges."""
        self._loads = dialect.json_deserializer or loads
        self._schema = Schema()
        dialect.range_values = _RangeValues(self.library.Range)

    def learn_server(self, dbapi_connection: Any) -> None:
        """Read the version and the default isolation level."""
        version = dbapi_connection.driver_connection.get_server_version()
        self.server_version = (version.major, version.minor)
        self.default_isolation_level = self.get_isolation_level(dbapi_connection)

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Run an empty statement, never longer than the time limit."""
        try:
            dbapi_connection.run(asyncio.wait_for(dbapi_connection.driver_connection.fetchval("SELECT 1"), timeout))
        except Error:
            return False
        return True

    def do_begin(self, dbapi_connection: Any) -> None:
        """Send BEGIN with the isolation level."""
        dbapi_connection.begin()

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close the socket."""
        dbapi_connection.terminate()

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor of the server."""
        return AsyncpgStreamCursor(dbapi_connection, None)

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """Set the level of the next BEGIN."""
        dbapi_connection.autocommit = level == AUTOCOMMIT
        dbapi_connection.isolation_level = None if level == AUTOCOMMIT else level

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """What the server says, or the level of the next BEGIN."""
        raw = dbapi_connection.driver_connection
        if dbapi_connection.isolation_level and not raw.is_in_transaction():
            return str(dbapi_connection.isolation_level)
        return str(dbapi_connection.run(raw.fetchval("SHOW transaction_isolation"))).upper()

    def reset_isolation_level(self, dbapi_connection: Any) -> None:
        """Leave the level to the server again."""
        dbapi_connection.autocommit, dbapi_connection.isolation_level = False, None


async def _connect(
    make: Any, args: Any, kwargs: dict[str, Any], cached: int, read: Any, schema: Schema
) -> AsyncpgConnection:
    try:
        raw = await make(*args, **kwargs)
        for name in ("json", "jsonb"):
            await raw.set_type_codec(name, schema="pg_catalog", encoder=_same, decoder=read, format="text")
    except Exception as error:
        kind = _kind(error, getattr(error, "sqlstate", None))
        if kind is None:
            raise
        raise kind(str(error), error) from error
    return AsyncpgConnection(raw, cached, schema)


def _same(text: str) -> str:
    return text


dialect = PGDialect_asyncpg = AsyncpgDialect
