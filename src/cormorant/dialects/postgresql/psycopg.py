"""The driver psycopg, version 3."""

from __future__ import annotations

import importlib
import itertools
import select
import time
from typing import Any, ClassVar

from ...engine.driver import AUTOCOMMIT
from .dialect import dialect
from .driver import PostgreSQLDriver
from .patience import patient
from .range_values import Bounds, MultiRange, Range, make_range

__all__ = ["PGDialectAsync_psycopg", "PGDialect_psycopg", "PsycopgDriver", "dialect", "dialect_async"]

PGDialect_psycopg = PGDialectAsync_psycopg = dialect_async = dialect

_stream_numbers = itertools.count(1)


class PsycopgDriver(PostgreSQLDriver):
    """The `psycopg` module, version 3."""

    name: ClassVar[str] = "psycopg"
    module_name: ClassVar[str] = "psycopg"
    option_fields: ClassVar[dict[str, str]] = {
        "postgresql_readonly": "read_only",
        "postgresql_deferrable": "deferrable",
    }
    extra: ClassVar[str | None] = "postgresql"
    async_variant: ClassVar[str | None] = "psycopg_async"
    encoding = "utf8"
    _hstore: Any = None
    """What the server said of the type HSTORE, once it was asked."""

    # connecting

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        """A new connection."""
        return self.connection_class(self.dbapi.Connection).connect(*args, **kwargs)

    def connection_class(self, base: Any) -> Any:
        """The class of the driver's connections, with the limit of `network_timeout` where there is one."""
        limit = self.network_timeout
        return base if limit is None else patient(base, limit, self.dbapi.OperationalError)

    def know_dialect(self, dialect: Any) -> None:
        """Remember how documents are read; give the dialect the conversions of ranges."""
        self.encoding = dialect.client_encoding or self.encoding
        self._loads = dialect.json_deserializer
        self._wants_hstore: bool = dialect.use_native_hstore
        self._wants_inet: bool | None = dialect.native_inet_types
        dialect.range_values = _RangeValues()

    def set_up(self, dbapi_connection: Any) -> None:
        """Tell the driver how to read documents and addresses, and of the type HSTORE where it was found."""
        if self._loads is not None:
            _module("types.json").set_json_loads(self._loads, dbapi_connection)
        if self._wants_inet is False:
            loader = _module("types.string").TextLoader
            for name in ("inet", "cidr"):
                dbapi_connection.adapters.register_loader(name, loader)
        if self._hstore is not None:
            _module("types.hstore").register_hstore(self._hstore, dbapi_connection)

    def learn_server(self, dbapi_connection: Any) -> None:
        """Read the version and the default isolation level."""
        number = dbapi_connection.info.server_version
        self.server_version = (number // 10000, number % 10000)
        self.default_isolation_level = self.get_isolation_level(dbapi_connection)
        if self._wants_hstore:
            self._find_hstore(dbapi_connection)

    def _find_hstore(self, dbapi_connection: Any) -> None:
        """Ask for the type HSTORE, which an extension brings; later connections know it then."""
        self._hstore = self.fetch_type(dbapi_connection, "hstore")
        if not dbapi_connection.autocommit:
            dbapi_connection.rollback()
        if self._hstore is not None:
            self.set_up(dbapi_connection)

    def fetch_type(self, dbapi_connection: Any, name: str) -> Any:
        """What the server says of a type, or None."""
        return _module("types").TypeInfo.fetch(dbapi_connection, name)

    def adapt_dialect(self, dialect: Any) -> Any:
        dialect.has_native_hstore = self._hstore is not None
        return super().adapt_dialect(dialect)

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


def _module(name: str) -> Any:
    return importlib.import_module(f"psycopg.{name}")


class _RangeValues:
    """Ranges between Python and the driver."""

    def __init__(self) -> None:
        self._range: Any = _module("types.range").Range
        self._multirange: Any = _module("types.multirange").Multirange

    def for_type(self, type_: Any) -> Any:
        """Return the function from a range to the driver's value for a type."""
        return self.to_driver

    def to_driver(self, value: Any) -> Any:
        """Return a range as the driver takes it; text and what else it knows stays as it is."""
        if not isinstance(value, Range):
            return value
        given: Range[Any] = value  # pyright: ignore[reportUnknownVariableType]
        return self._range(given.lower, given.upper, given.bounds, given.empty)

    def from_driver(self, value: Any) -> Any:
        """Return a range of the driver as one of ours."""
        if not isinstance(value, self._range):
            return value
        found: Any = value
        if found.isempty:
            return make_range(None, None, empty=True)
        bounds: Bounds = found._bounds or "[)"
        return make_range(found._lower, found._upper, bounds=bounds)

    def many_to_driver(self, value: Any) -> Any:
        """Return ranges as the driver takes them."""
        if isinstance(value, (str, self._multirange)):
            return value
        ranges: Any = [value] if isinstance(value, Range) else value
        return self._multirange([self.to_driver(one) for one in ranges])

    def many_from_driver(self, value: Any) -> Any:
        """Return ranges of the driver as ours."""
        given: Any = value
        return given if isinstance(value, str) else MultiRange([self.from_driver(one) for one in value])


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
