"""PostgreSQL through psycopg 3's asyncio connections; everything else is as with its plain ones."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, ClassVar

from ...engine.adapted import AdaptedConnection, AdaptedCursor, AdaptedStreamCursor
from ...engine.pools.async_queue import AsyncAdaptedQueuePool
from ...engine.pools.base import Pool
from ...engine.url import URL
from ...util.bridge import await_only, is_bridged
from .psycopg import PsycopgDriver


class PsycopgAsyncCursor(AdaptedCursor):
    """A cursor that tells how its statement ended."""

    @property
    def statusmessage(self) -> Any:
        """What the server said at the end of the statement."""
        return self._cursor.statusmessage


class PsycopgAsyncConnection(AdaptedConnection):
    """A `psycopg.AsyncConnection`; settings that are awaited there are set by assignment here."""

    cursor_class: ClassVar[type[AdaptedCursor]] = PsycopgAsyncCursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self.driver_connection, name)

    @property
    def autocommit(self) -> bool:
        """Whether each statement is a transaction of its own."""
        return bool(self.driver_connection.autocommit)

    @autocommit.setter
    def autocommit(self, value: bool) -> None:
        await_only(self.driver_connection.set_autocommit(value))

    @property
    def isolation_level(self) -> Any:
        """The level of the next transactions; None, the server's default."""
        return self.driver_connection.isolation_level

    @isolation_level.setter
    def isolation_level(self, value: Any) -> None:
        await_only(self.driver_connection.set_isolation_level(value))

    @property
    def read_only(self) -> Any:
        """Whether the next transactions only read."""
        return self.driver_connection.read_only

    @read_only.setter
    def read_only(self, value: Any) -> None:
        await_only(self.driver_connection.set_read_only(value))

    @property
    def deferrable(self) -> Any:
        """Whether the next transactions wait for a snapshot that cannot fail."""
        return self.driver_connection.deferrable

    @deferrable.setter
    def deferrable(self, value: Any) -> None:
        await_only(self.driver_connection.set_deferrable(value))

    def close(self) -> None:
        """Close; the last packet needs no waiting."""
        if is_bridged():
            super().close()
        else:
            self.terminate()

    def terminate(self) -> None:
        """Close the socket at once."""
        with contextlib.suppress(Exception):  # it may be gone already
            self.driver_connection.pgconn.finish()


class PsycopgAsyncDriver(PsycopgDriver):
    """The asyncio part of the `psycopg` module."""

    name: ClassVar[str] = "psycopg_async"
    is_async: ClassVar[bool] = True
    async_variant: ClassVar[str | None] = None

    def pool_class(self, url: URL) -> type[Pool]:
        """A queue of tasks."""
        return AsyncAdaptedQueuePool

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        """A new connection."""
        make = kwargs.pop("async_creator_fn", None) or self.connection_class(self.dbapi.AsyncConnection).connect
        return PsycopgAsyncConnection(await_only(make(*args, **kwargs)))

    def set_up(self, dbapi_connection: Any) -> None:
        """Tell the driver's own connection what `PsycopgDriver` tells its."""
        super().set_up(dbapi_connection.driver_connection)

    def fetch_type(self, dbapi_connection: Any, name: str) -> Any:
        """What the server says of a type, or None."""
        return await_only(super().fetch_type(dbapi_connection.driver_connection, name))

    def do_ping(self, dbapi_connection: Any, timeout: float) -> bool:
        """Send an empty query and wait for its end, never longer than the time limit."""
        try:
            await_only(asyncio.wait_for(_ping(dbapi_connection.driver_connection), timeout))
        except (TimeoutError, self.dbapi.Error, OSError):
            return False
        return True

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close the socket."""
        dbapi_connection.terminate()

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor of the server."""
        plain = super().stream_cursor(dbapi_connection.driver_connection)
        return AdaptedStreamCursor(dbapi_connection, plain)


async def _ping(connection: Any) -> None:
    was_idle = connection.info.transaction_status == 0
    await connection.execute("")
    if was_idle and not connection.autocommit:
        await connection.rollback()
