"""MySQL and MariaDB through `aiomysql`, which is `pymysql` for asyncio and shares its errors."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, ClassVar

from ...engine.adapted import AdaptedConnection, AdaptedCursor, AdaptedStreamCursor
from ...engine.bridge import await_only, is_bridged
from ...engine.pools.async_queue import AsyncAdaptedQueuePool
from ...engine.pools.base import Pool
from ...engine.url import URL
from .driver import PymysqlDriver

BYTES = (bytes, bytearray, memoryview)


def _hexadecimal(value: Any) -> str:
    return f"x'{bytes(value).hex()}'"


class AiomysqlCursor(AdaptedCursor):
    """A cursor of `aiomysql`, made when it is used."""

    async def _execute(self, operation: str, parameters: Any) -> None:
        self._cursor = await self.connection.driver_connection.cursor()
        await super()._execute(operation, parameters)

    def executemany(self, operation: str, parameters: Any) -> None:
        """Run a statement once per row of parameters."""
        self._cursor = await_only(self.connection.driver_connection.cursor())
        super().executemany(operation, parameters)


class AiomysqlConnection(AdaptedConnection):
    """A connection of `aiomysql`.

    Bytes are written as hexadecimal literals: the driver's own way fails with younger versions of `pymysql`.
    """

    def __init__(self, driver_connection: Any) -> None:
        super().__init__(driver_connection)
        escape = driver_connection.escape

        def escaped(value: Any) -> Any:
            return _hexadecimal(value) if isinstance(value, BYTES) else escape(value)

        driver_connection.escape = escaped

    def cursor(self, *arguments: Any, **options: Any) -> AdaptedCursor:
        """Return a new cursor."""
        return AiomysqlCursor(self, None)

    def autocommit(self, value: bool) -> None:
        """Make each statement a transaction of its own, or not."""
        await_only(self.driver_connection.autocommit(value))

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
        return AiomysqlConnection(await_only(make(*args, **kwargs)))

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
