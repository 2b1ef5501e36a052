"""AsyncEngine, AsyncConnection and AsyncTransaction: the engine's verbs, awaited.

In: a URL with an asyncio driver. Out: connections and results. Each class holds the plain one (`sync_engine`,
`sync_connection`, `sync_transaction`) and runs its methods beside the event loop; events are listened for on that one.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Concatenate, ParamSpec, Self, TypeVar, Unpack, overload
from weakref import WeakKeyDictionary

from ...engine import Connection, Engine, create_engine, create_pool_from_url, engine_from_config
from ...engine.adapted import wait_closed
from ...engine.cursor_result import CursorResult
from ...engine.registry import async_url
from ...engine.result import ScalarResult
from ...engine.transaction import Transaction
from ...engine.url import URL, make_url
from ...exc import ArgumentError, InvalidRequestError, NoInspectionAvailable
from ...inspection import register
from ...sql.clause import Ts, TypedReturnsRows
from ...util.bridge import greenlet_spawn
from .base import OneTask, Startable, finish
from .exc import AsyncContextAlreadyStarted, AsyncContextNotStarted
from .result import AsyncResult, AsyncScalarResult, refuse_stream, wants_stream

P = ParamSpec("P")
T = TypeVar("T")
Options = Mapping[str, Any]


def create_async_engine(url: str | URL, **kw: Any) -> AsyncEngine:
    """Return an engine for asyncio; takes what `create_engine()` takes, and `async_creator`, an async function.

    The URL names an asyncio driver (`sqlite+aiosqlite`, `postgresql+asyncpg`, `postgresql+psycopg`, `mysql+aiomysql`);
    InvalidRequestError comes of another one.
    """
    if kw.get("server_side_cursors", False):
        raise ArgumentError(
            "Can't set server_side_cursors for async engine globally; use the connection.stream() method for an async "
            "streaming result set"
        )
    kw["_is_async"] = True
    async_creator = kw.pop("async_creator", None)
    if async_creator is not None:
        if kw.get("creator"):
            raise ArgumentError("Can only specify one of 'async_creator' or 'creator', but not both.")

        def create(*_arguments: Any, **_options: Any) -> Any:
            return async_creator()

        kw["connect_args"] = {**(kw.get("connect_args") or {}), "async_creator_fn": create}
    return AsyncEngine(create_engine(async_url(make_url(url)), **kw))


def async_engine_from_config(configuration: Options, prefix: str = "sqlalchemy.", **kwargs: Any) -> AsyncEngine:
    """Return an engine for asyncio from a dictionary of strings, as `engine_from_config()` does."""
    url = make_url(configuration[f"{prefix}url"] if "url" not in kwargs else kwargs.pop("url"))
    return AsyncEngine(engine_from_config(configuration, prefix, url=async_url(url), _is_async=True, **kwargs))


def create_async_pool_from_url(url: str | URL, **kwargs: Any) -> Any:
    """Return a pool of asyncio connections for a URL, without an engine."""
    return create_pool_from_url(async_url(make_url(url)), **kwargs)


class AsyncTransaction(Startable):
    """A transaction or savepoint of an AsyncConnection: `async with connection.begin():`."""

    def __init__(self, connection: AsyncConnection, nested: bool = False) -> None:
        self.connection = connection
        self.nested = nested
        self.sync_transaction: Transaction | None = None

    def _started(self) -> Transaction:
        if self.sync_transaction is None:
            raise AsyncContextNotStarted(
                f"{type(self).__name__} context has not been started and object has not been awaited."
            )
        return self.sync_transaction

    @property
    def is_valid(self) -> bool:
        """Whether the connection was not lost."""
        return bool(self._started().is_valid)

    @property
    def is_active(self) -> bool:
        """Whether statements can be sent in it."""
        return bool(self._started().is_active)

    async def close(self) -> None:
        """Roll back, if it has not ended."""
        await self.connection._run(self._started().close)

    async def rollback(self) -> None:
        """Roll back."""
        await self.connection._run(self._started().rollback)

    async def commit(self) -> None:
        """Commit."""
        await self.connection._run(self._started().commit)

    async def start(self, is_ctxmanager: bool = False) -> Self:
        """Begin; `await connection.begin()` does it too."""
        if self.sync_transaction is not None:
            raise AsyncContextAlreadyStarted(f"{type(self).__name__} context was started already")
        connection = self.connection._started()
        begin: Callable[[], Any] = connection.begin_nested if self.nested else connection.begin
        self.sync_transaction = transaction = await self.connection._run(begin)
        self.connection._transactions[transaction] = self
        if is_ctxmanager:
            transaction.__enter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.connection._run(self._started().__exit__, *error)


class AsyncConnection(OneTask, Startable):
    """A connection for one task: `async with engine.connect() as connection:`."""

    def __init__(self, async_engine: AsyncEngine, sync_connection: Connection | None = None) -> None:
        self.engine = async_engine
        self.sync_engine = async_engine.sync_engine
        self.sync_connection = sync_connection
        self._transactions: WeakKeyDictionary[Transaction, AsyncTransaction] = WeakKeyDictionary()

    async def start(self, is_ctxmanager: bool = False) -> Self:
        """Connect; `await engine.connect()` does it too."""
        if self.sync_connection is not None:
            raise AsyncContextAlreadyStarted("connection is already started")
        self.sync_connection = await self._run(self.sync_engine.connect)
        return self

    def _started(self) -> Connection:
        if self.sync_connection is None:
            raise AsyncContextNotStarted(
                "AsyncConnection context has not been started and object has not been awaited."
            )
        return self.sync_connection

    @property
    def connection(self) -> Any:
        """Not there: see `get_raw_connection()`."""
        raise InvalidRequestError(
            "AsyncConnection.connection accessor is not implemented as the attribute may need to reconnect on an "
            "invalidated connection.  Use the get_raw_connection() method."
        )

    async def get_raw_connection(self) -> Any:
        """Return the pool's proxy of the driver connection."""
        return await self._run(lambda: self._started().connection)

    # what needs no waiting

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary that lives as long as the driver connection."""
        return self._started().info

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return self._started().closed

    @property
    def invalidated(self) -> bool:
        """Whether the driver connection was lost."""
        return self._started().invalidated

    @property
    def dialect(self) -> Any:
        """The dialect."""
        return self._started().dialect

    @property
    def default_isolation_level(self) -> Any:
        """The isolation level that the server gives without being asked."""
        return self._started().default_isolation_level

    def in_transaction(self) -> bool:
        """Tell whether a transaction is in progress."""
        return self._started().in_transaction()

    def in_nested_transaction(self) -> bool:
        """Tell whether a savepoint is current."""
        return self._started().in_nested_transaction()

    def get_transaction(self) -> AsyncTransaction | None:
        """Return the transaction in progress."""
        return self._known(self._started().get_transaction(), nested=False)

    def get_nested_transaction(self) -> AsyncTransaction | None:
        """Return the current savepoint."""
        return self._known(self._started().get_nested_transaction(), nested=True)

    def _known(self, transaction: Transaction | None, *, nested: bool) -> AsyncTransaction | None:
        """Return the one object around a transaction."""
        if transaction is None:
            return None
        found = self._transactions.get(transaction)
        if found is None:
            found = self._transactions[transaction] = AsyncTransaction(self, nested)
            found.sync_transaction = transaction
        return found

    def begin(self) -> AsyncTransaction:
        """Return a transaction to be awaited or entered."""
        return AsyncTransaction(self)

    def begin_nested(self) -> AsyncTransaction:
        """Return a savepoint to be awaited or entered."""
        return AsyncTransaction(self, nested=True)

    # what waits

    async def get_isolation_level(self) -> Any:
        """Return the isolation level."""
        return await self._run(self._started().get_isolation_level)

    async def invalidate(self, exception: BaseException | None = None) -> None:
        """Throw the driver connection away."""
        await self._run(self._started().invalidate, exception)

    async def execution_options(self, **opt: Any) -> AsyncConnection:
        """Set options of what is executed from now on."""
        await self._run(self._started().execution_options, **opt)
        return self

    async def commit(self) -> None:
        """Commit the transaction in progress, if there is one."""
        await self._run(self._started().commit)

    async def rollback(self) -> None:
        """Roll back the transaction in progress, if there is one."""
        await self._run(self._started().rollback)

    async def close(self) -> None:
        """Roll back and give the driver connection back; cancellation does not stop it half-way."""
        await finish(self._run(self._started().close))

    async def aclose(self) -> None:
        """The same as `close()`."""
        await self.close()

    async def exec_driver_sql(
        self, statement: str, parameters: Any = None, execution_options: Options | None = None
    ) -> Any:
        """Execute text as the driver takes it."""
        result = await self._run(self._started().exec_driver_sql, statement, parameters, execution_options)
        return await self._buffered(result, "exec_driver_sql", statement, execution_options)

    @overload
    async def execute(
        self,
        statement: TypedReturnsRows[Unpack[Ts]],
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> CursorResult[Unpack[Ts]]: ...
    @overload
    async def execute(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> CursorResult[Unpack[tuple[Any, ...]]]: ...
    async def execute(self, statement: Any, parameters: Any = None, *, execution_options: Options | None = None) -> Any:
        """Execute a statement and return its result, all rows of which are in memory."""
        result = await self._run(self._started().execute, statement, parameters, execution_options=execution_options)
        return await self._buffered(result, "execute", statement, execution_options)

    async def _buffered(self, result: Any, method: str, statement: Any, options: Options | None) -> Any:
        if wants_stream(statement, options, self._started().get_execution_options()) and result.returns_rows:
            await refuse_stream(result, "AsyncConnection", method)
        return result

    @overload
    async def scalar(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> T | None: ...
    @overload
    async def scalar(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> Any: ...
    async def scalar(self, statement: Any, parameters: Any = None, *, execution_options: Options | None = None) -> Any:
        """Execute a statement and return the first column of its first row, or None."""
        return (await self.execute(statement, parameters, execution_options=execution_options)).scalar()

    @overload
    async def scalars(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> ScalarResult[T]: ...
    @overload
    async def scalars(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> ScalarResult[Any]: ...
    async def scalars(
        self, statement: Any, parameters: Any = None, *, execution_options: Options | None = None
    ) -> ScalarResult[Any]:
        """Execute a statement and return the result of its first column."""
        result = await self.execute(statement, parameters, execution_options=execution_options)
        scalars: ScalarResult[Any] = result.scalars()
        return scalars

    @overload
    def stream(
        self,
        statement: TypedReturnsRows[Unpack[Ts]],
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> Stream[AsyncResult[Unpack[Ts]]]: ...
    @overload
    def stream(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> Stream[AsyncResult[Unpack[tuple[Any, ...]]]]: ...
    def stream(
        self, statement: Any, parameters: Any = None, *, execution_options: Options | None = None
    ) -> Stream[Any]:
        """Execute a statement and return a result whose rows stream: to be awaited, or entered with `async with`."""
        return Stream(lambda: self._stream(statement, parameters, execution_options))

    @overload
    def stream_scalars(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> Stream[AsyncScalarResult[T]]: ...
    @overload
    def stream_scalars(
        self,
        statement: Any,
        parameters: Any = None,
        *,
        execution_options: Options | None = None,
    ) -> Stream[AsyncScalarResult[Any]]: ...
    def stream_scalars(
        self, statement: Any, parameters: Any = None, *, execution_options: Options | None = None
    ) -> Stream[Any]:
        """The same for the first column."""

        async def scalars() -> AsyncScalarResult[Any]:
            return (await self._stream(statement, parameters, execution_options)).scalars()

        return Stream(scalars)

    async def _stream(self, statement: Any, parameters: Any, options: Options | None) -> AsyncResult[Any]:
        streaming = {**(options or {}), "stream_results": True}
        return AsyncResult(await self._run(self._started().execute, statement, parameters, execution_options=streaming))

    async def run_sync(self, fn: Callable[Concatenate[Connection, P], T], *arg: P.args, **kw: P.kwargs) -> T:
        """Call a plain function with the plain connection: it may use all of the synchronous API."""
        return await self._run(fn, self._started(), *arg, **kw)

    async def __aexit__(self, *error: object) -> None:
        await self.close()


class Stream(AbstractAsyncContextManager[T]):
    """What `stream()` returns: awaited it is the result, entered it also closes it."""

    def __init__(self, make: Callable[[], Coroutine[Any, Any, T]]) -> None:
        self._make = make
        self._result: Any = None

    def __await__(self) -> Generator[Any, None, T]:
        return self._make().__await__()

    async def __aenter__(self) -> T:
        self._result = made = await self._make()
        return made

    async def __aexit__(self, *error: object) -> None:
        await finish(self._result.close())


class AsyncEngine:
    """An engine for asyncio around a plain one, `sync_engine`, on which events are listened for."""

    def __init__(self, sync_engine: Engine) -> None:
        if not sync_engine.dialect.is_async:
            raise InvalidRequestError(
                "The asyncio extension requires an async driver to be used. "
                f"The loaded {sync_engine.driver!r} is not async."
            )
        self.sync_engine = sync_engine

    def connect(self) -> AsyncConnection:
        """Return a connection to be awaited or entered."""
        return AsyncConnection(self)

    @asynccontextmanager
    async def begin(self) -> AsyncGenerator[AsyncConnection]:
        """A connection in a transaction that is committed at the end of the block."""
        async with self.connect() as connection, connection.begin():
            yield connection

    async def raw_connection(self) -> Any:
        """Return the pool's proxy of a driver connection."""
        return await greenlet_spawn(self.sync_engine.raw_connection)

    async def dispose(self, close: bool = True) -> None:
        """Close the pool's idle connections, and wait for those that are being closed."""
        await greenlet_spawn(self.sync_engine.dispose, close)
        await wait_closed()

    def execution_options(self, **opt: Any) -> AsyncEngine:
        """Return an engine on the same pool with more options."""
        return AsyncEngine(self.sync_engine.execution_options(**opt))

    def get_execution_options(self) -> Options:
        """Return the options in effect."""
        return self.sync_engine.get_execution_options()

    def update_execution_options(self, **opt: Any) -> None:
        """Change the options of this engine."""
        self.sync_engine.update_execution_options(**opt)

    def clear_compiled_cache(self) -> None:
        """Forget the compiled statements."""
        self.sync_engine.clear_compiled_cache()

    @property
    def engine(self) -> AsyncEngine:
        """This engine."""
        return self

    @property
    def name(self) -> str:
        """The dialect's name."""
        return self.sync_engine.name

    @property
    def driver(self) -> str:
        """The driver's name."""
        return self.sync_engine.driver

    @property
    def dialect(self) -> Any:
        """The dialect."""
        return self.sync_engine.dialect

    @property
    def pool(self) -> Any:
        """The pool."""
        return self.sync_engine.pool

    @property
    def url(self) -> URL:
        """The address."""
        return self.sync_engine.url

    @property
    def echo(self) -> Any:
        """Whether statements are logged."""
        return self.sync_engine.echo

    @echo.setter
    def echo(self, value: Any) -> None:
        self.sync_engine.echo = value

    def __repr__(self) -> str:
        return f"AsyncEngine({self.url!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AsyncEngine) and other.sync_engine is self.sync_engine

    def __hash__(self) -> int:
        return hash(self.sync_engine)


def _refuse_inspection(subject: Any) -> Any:
    """Raise NoInspectionAvailable: reflection needs a connection that does not have to be awaited."""
    kind = type(subject).__name__
    first = "obtain a connection then use ``conn.run_sync``" if isinstance(subject, AsyncEngine) else "use ``run_sync``"
    raise NoInspectionAvailable(
        f"Inspection on an {kind} is currently not supported. Please {first} to pass a callable where it's possible to "
        "call ``inspect`` on the passed connection.",
        code="xd3s",
    )


register(AsyncEngine, _refuse_inspection)
register(AsyncConnection, _refuse_inspection)
