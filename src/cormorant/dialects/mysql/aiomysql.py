"""MySQL and MariaDB through `aiomysql`, which is `pymysql` for asyncio and shares its errors."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, ClassVar

from ...engine.adapted import AdaptedConnection, AdaptedCursor, AdaptedStreamCursor
from ...engine.pools.async_queue import AsyncAdaptedQueuePool
from ...engine.pools.base import Pool
from ...engine.url import URL
from ...util.bridge import await_only, is_bridged
from .dialect import MySQLDialect
from .driver import PymysqlDriver

_SERVER_LOST = 2013
"""CR_SERVER_LOST: the connection was lost during a statement."""
BYTES = (bytes, bytearray, memoryview)


def _hexadecimal(value: Any) -> str:
    return f"x'{bytes(value).hex()}'"


class AiomysqlCursor(AdaptedCursor):
    """A cursor of `aiomysql`, made when it is used."""

    connection: AiomysqlConnection

    async def _execute(self, operation: str, parameters: Any) -> None:
        self._cursor = await self.connection.driver_connection.cursor()
        await self.connection.limited(super()._execute(operation, parameters))

    def executemany(self, operation: str, parameters: Any) -> None:
        """Run a statement once per row of parameters."""
        await_only(self._execute_many(operation, parameters))
        self._note()

    async def _execute_many(self, operation: str, parameters: Any) -> None:
        self._cursor = await self.connection.driver_connection.cursor()
        await self.connection.limited(self._cursor.executemany(operation, parameters))


class AiomysqlConnection(AdaptedConnection):
    """A connection of `aiomysql`.

    Bytes are written as hexadecimal literals: the driver's own way fails with younger versions of `pymysql`.
    """

    def __init__(self, driver_connection: Any, silence: float | None, error: Any) -> None:
        super().__init__(driver_connection)
        self._silence, self._error = silence, error
        escape = driver_connection.escape

        def escaped(value: Any) -> Any:
            return _hexadecimal(value) if isinstance(value, BYTES) else escape(value)

        driver_connection.escape = escaped

    async def limited(self, awaitable: Any) -> Any:
        """Wait for the driver, never longer than `network_timeout`; then the connection is closed."""
        if self._silence is None:
            return await awaitable
        try:
            return await asyncio.wait_for(awaitable, self._silence)
        except TimeoutError as error:
            self.terminate()
            text = f"Lost connection to the server: no answer within network_timeout={self._silence:g} seconds"
            raise self._error(_SERVER_LOST, text) from error

    def commit(self) -> None:
        """Commit."""
        await_only(self.limited(self.driver_connection.commit()))

    def rollback(self) -> None:
        """Roll back."""
        await_only(self.limited(self.driver_connection.rollback()))

    def cursor(self, *arguments: Any, **options: Any) -> AdaptedCursor:
        """Return a new cursor."""
        return AiomysqlCursor(self, None)

    def autocommit(self, value: bool) -> None:
        """Make each statement a transaction of its own, or not."""
        await_only(self.limited(self.driver_connection.autocommit(value)))

    def get_autocommit(self) -> bool:
        """Tell whether each statement is a transaction of its own."""
        return bool(self.driver_connection.get_autocommit())

    def get_server_info(self) -> str:
        """Return the server's version."""
        found: str = self.driver_connection.get_server_info()
        return found

    def character_set_name(self) -> str:
        """Return the connection's character set."""
        found: str = self.driver_connection.character_set_name()
        return found

    def close(self) -> None:
        """Say goodbye and close, or close at once where nothing can be awaited."""
        if is_bridged():
            await_only(self.driver_connection.ensure_closed())
        else:
            self.terminate()

    def terminate(self) -> None:
        """Close the socket at once."""
        with contextlib.suppress(Exception):  # it may be gone already
            self.driver_connection.close()


class AiomysqlDriver(PymysqlDriver):
    """The `aiomysql` module."""

    name: ClassVar[str] = "aiomysql"
    extra: ClassVar[str | None] = "aiomysql"
    library_name: ClassVar[str | None] = "aiomysql"
    is_async: ClassVar[bool] = True
    timeout_arguments: ClassVar[tuple[str, ...]] = ("connect_timeout",)

    def pool_class(self, url: URL) -> type[Pool]:
        """A queue of tasks."""
        return AsyncAdaptedQueuePool

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """Keyword arguments of `aiomysql.connect`, which calls the database `db`."""
        args, kwargs = super().connect_arguments(url)
        for old, new in (("database", "db"),):
            if old in kwargs:
                kwargs[new] = kwargs.pop(old)
        return args, kwargs

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        """A new connection."""
        make = kwargs.pop("async_creator_fn", self.library.connect)
        return AiomysqlConnection(await_only(make(*args, **kwargs)), self.network_timeout, self.dbapi.OperationalError)

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Ping, never longer than the time limit."""
        try:
            await_only(asyncio.wait_for(dbapi_connection.driver_connection.ping(reconnect=False), timeout))
        except (TimeoutError, self.dbapi.Error, OSError, RuntimeError, asyncio.IncompleteReadError):
            return False
        return True

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close the socket."""
        dbapi_connection.terminate()

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor that reads rows from the socket as they are fetched."""
        raw = dbapi_connection.driver_connection
        return AdaptedStreamCursor(dbapi_connection, await_only(raw.cursor(self.library.cursors.SSCursor)))

    def drop_cursor(self, cursor: Any) -> None:
        """Let it forget the rows that it has not read."""
        result = getattr(getattr(cursor, "_cursor", None), "_result", None)
        if result is not None:
            result.unbuffered_active = False


dialect = MySQLDialect_aiomysql = MySQLDialect
