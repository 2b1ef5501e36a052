"""AsyncSession, its transaction and its maker: the session's verbs, awaited.

In: an AsyncEngine. Out: objects and results. `sync_session` is the plain session, on which events are listened for; one
task at a time uses it. What would load on attribute access cannot wait: `awaitable_attrs`, eager loading and
`refresh()` are the ways to load.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Concatenate, Generic, ParamSpec, Self, Unpack, overload

from typing_extensions import TypeVar

from ...engine.cursor_result import CursorResult
from ...engine.result import Result, ScalarResult
from ...orm.session.session import Session, object_session
from ...orm.session.session import close_all_sessions as close_all_sync_sessions
from ...orm.session.transaction import SessionTransaction
from ...sql.clause import Ts, TypedReturnsRows
from ...sql.dml import UpdateBase
from ...util.bridge import greenlet_spawn
from ...util.immutable import immutabledict
from .base import OneTask, Startable, finish
from .engine import AsyncConnection, AsyncEngine, Stream
from .exc import AsyncContextNotStarted
from .proxied import SessionProxy
from .result import AsyncResult, AsyncScalarResult, refuse_stream, wants_stream

P = ParamSpec("P")
T = TypeVar("T")
ObjectT = TypeVar("ObjectT")
Options = Mapping[str, Any]
NO_OPTIONS: Options = immutabledict()


class AsyncSession(OneTask, SessionProxy):
    """A session for one task: `async with AsyncSession(engine) as session:`.

    `bind` is an AsyncEngine or AsyncConnection, `binds` a dictionary of them; everything else goes to the plain
    session, whose class is `sync_session_class`.
    """

    sync_session_class: ClassVar[type[Session]] = Session

    def __init__(
        self,
        bind: AsyncEngine | AsyncConnection | None = None,
        *,
        binds: Mapping[Any, Any] | None = None,
        sync_session_class: type[Session] | None = None,
        **kw: Any,
    ) -> None:
        self.bind = bind
        self.binds = binds
        made = sync_session_class or type(self).sync_session_class
        plain = None if binds is None else {key: _plain_bind(each) for key, each in binds.items()}
        self.sync_session: Session = made(bind=_plain_bind(bind), binds=plain, **kw)
        self._proxied = self.sync_session
        self.sync_session.async_ref = weakref.ref(self)

    # --- reading

    @overload
    async def execute(
        self,
        statement: TypedReturnsRows[Unpack[Ts]],
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> Result[Unpack[Ts]]: ...
    @overload
    async def execute(
        self,
        statement: UpdateBase,
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> CursorResult[Unpack[tuple[Any, ...]]]: ...
    @overload
    async def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> Result[Unpack[tuple[Any, ...]]]: ...
    async def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> Any:
        """Execute a statement and return its result, all rows of which are in memory."""
        options: dict[str, Any] = {"execution_options": execution_options, "bind_arguments": bind_arguments, **kw}
        session = self.sync_session
        result = await self._run(_execute, session, statement, params, **options)
        is_stream = wants_stream(statement, execution_options, session.execution_options)
        if is_stream and getattr(result, "returns_rows", True):
            await refuse_stream(result, "AsyncSession", "execute")
        return result

    @overload
    async def scalar(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> T | None: ...
    @overload
    async def scalar(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> Any: ...
    async def scalar(self, statement: Any, params: Any = None, **options: Any) -> Any:
        """Execute a statement and return the first column of its first row, or None."""
        return await self._run(self.sync_session.scalar, statement, params, **options)

    @overload
    async def scalars(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> ScalarResult[T]: ...
    @overload
    async def scalars(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> ScalarResult[Any]: ...
    async def scalars(self, statement: Any, params: Any = None, **options: Any) -> ScalarResult[Any]:
        """Execute a statement and return the result of its first column."""
        scalars: ScalarResult[Any] = (await self.execute(statement, params, **options)).scalars()
        return scalars

    @overload
    def stream(
        self,
        statement: TypedReturnsRows[Unpack[Ts]],
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> Stream[AsyncResult[Unpack[Ts]]]: ...
    @overload
    def stream(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> Stream[AsyncResult[Unpack[tuple[Any, ...]]]]: ...
    def stream(
        self, statement: Any, params: Any = None, *, execution_options: Options = NO_OPTIONS, **options: Any
    ) -> Stream[Any]:
        """Execute a statement and return a result whose rows stream: to be awaited, or entered with `async with`."""
        return Stream(lambda: self._stream(statement, params, execution_options, options))

    @overload
    def stream_scalars(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> Stream[AsyncScalarResult[T]]: ...
    @overload
    def stream_scalars(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Options = NO_OPTIONS,
        bind_arguments: dict[str, Any] | None = None,
        **kw: Any,
    ) -> Stream[AsyncScalarResult[Any]]: ...
    def stream_scalars(
        self, statement: Any, params: Any = None, *, execution_options: Options = NO_OPTIONS, **options: Any
    ) -> Stream[Any]:
        """The same for the first column."""

        async def scalars() -> AsyncScalarResult[Any]:
            return (await self._stream(statement, params, execution_options, options)).scalars()

        return Stream(scalars)

    async def _stream(
        self, statement: Any, params: Any, execution_options: Options, options: dict[str, Any]
    ) -> AsyncResult[Any]:
        streaming = {**execution_options, "stream_results": True}
        execute = self.sync_session.execute
        return AsyncResult(await self._run(execute, statement, params, execution_options=streaming, **options))

    async def get(self, entity: type[ObjectT], ident: Any, **options: Any) -> ObjectT | None:
        """Return the object of a class with a primary key, or None; options are those of `Session.get()`."""
        found: ObjectT | None = await self._run(self.sync_session.get, entity, ident, **options)
        return found

    async def get_one(self, entity: type[ObjectT], ident: Any, **options: Any) -> ObjectT:
        """Return the object of a class with a primary key; raises NoResultFound where there is none."""
        found: ObjectT = await self._run(self.sync_session.get_one, entity, ident, **options)
        return found

    async def refresh(
        self, instance: object, attribute_names: Iterable[str] | None = None, with_for_update: Any = None
    ) -> None:
        """Load an object's attributes, or the named ones, relationships among them, again."""
        await self._run(self.sync_session.refresh, instance, attribute_names, with_for_update)

    # --- writing

    async def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write all changes."""
        await self._run(self.sync_session.flush, objects)

    async def delete(self, instance: object) -> None:
        """Mark an object to be deleted; cascades may load, so this waits."""
        await self._run(self.sync_session.delete, instance)

    async def delete_all(self, instances: Iterable[object]) -> None:
        """Mark objects to be deleted."""
        await self._run(self.sync_session.delete_all, instances)

    async def merge(self, instance: ObjectT, **options: Any) -> ObjectT:
        """Copy the state of an object into the session's object; options are those of `Session.merge()`."""
        merged: ObjectT = await self._run(self.sync_session.merge, instance, **options)
        return merged

    async def merge_all(self, instances: Iterable[ObjectT], **options: Any) -> Sequence[ObjectT]:
        """Merge several objects with one SELECT per class and chunk."""
        merged: Sequence[ObjectT] = await self._run(self.sync_session.merge_all, instances, **options)
        return merged

    async def run_sync(self, fn: Callable[Concatenate[Session, P], T], *arg: P.args, **kw: P.kwargs) -> T:
        """Call a plain function with the plain session: it may use all of the synchronous API, lazy loading too."""
        return await self._run(fn, self.sync_session, *arg, **kw)

    # --- transactions

    def begin(self) -> AsyncSessionTransaction:
        """Return a transaction to be awaited or entered; it commits at the end of the block."""
        return AsyncSessionTransaction(self)

    def begin_nested(self) -> AsyncSessionTransaction:
        """Return a savepoint to be awaited or entered."""
        return AsyncSessionTransaction(self, nested=True)

    def get_transaction(self) -> AsyncSessionTransaction | None:
        """Return the outermost transaction in progress."""
        return self._known(self.sync_session.get_transaction(), nested=False)

    def get_nested_transaction(self) -> AsyncSessionTransaction | None:
        """Return the current savepoint."""
        return self._known(self.sync_session.get_nested_transaction(), nested=True)

    def _known(self, transaction: SessionTransaction | None, *, nested: bool) -> AsyncSessionTransaction | None:
        if transaction is None:
            return None
        found = AsyncSessionTransaction(self, nested)
        found.sync_transaction = transaction
        return found

    async def connection(
        self, bind_arguments: dict[str, Any] | None = None, execution_options: Options | None = None, **kw: Any
    ) -> AsyncConnection:
        """Return the connection of the session's transaction."""
        connection = await self._run(self.sync_session.connection, bind_arguments, execution_options, **kw)
        if isinstance(self.bind, AsyncConnection) and self.bind.sync_connection is connection:
            return self.bind
        return AsyncConnection(AsyncEngine(connection.engine), connection)

    async def commit(self) -> None:
        """Flush and commit."""
        await self._run(self.sync_session.commit)

    async def rollback(self) -> None:
        """Roll back."""
        await self._run(self.sync_session.rollback)

    async def close(self) -> None:
        """Roll back, take all objects out and give connections back; cancellation does not stop it half-way."""
        await finish(self._run(self.sync_session.close))

    async def aclose(self) -> None:
        """The same as `close()`."""
        await self.close()

    async def reset(self) -> None:
        """Like `close()`; the session can be used again whatever `close_resets_only` says."""
        await finish(self._run(self.sync_session.reset))

    async def invalidate(self) -> None:
        """Close, and throw the connections away."""
        await finish(self._run(self.sync_session.invalidate))

    @classmethod
    async def close_all(cls) -> None:
        """Close every session."""
        await close_all_sessions()

    # --- engines

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **kw: Any) -> Any:
        """Return the plain Engine or Connection for a statement; to route, override it in `sync_session_class`."""
        return self.sync_session.get_bind(mapper=mapper, clause=clause, bind=bind, **kw)

    def bind_mapper(self, mapper: Any, bind: Any) -> None:
        """Talk to this engine for a mapped class."""
        self.sync_session.bind_mapper(mapper, _plain_bind(bind))

    def bind_table(self, table: Any, bind: Any) -> None:
        """Talk to this engine for a table."""
        self.sync_session.bind_table(table, _plain_bind(bind))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()


def _execute(session: Session, statement: Any, params: Any, **options: Any) -> Any:
    """Execute a statement and load all that belongs to its objects: afterwards nothing could wait for it."""
    result = session.execute(statement, params, **options)
    finish_loading: Callable[[], None] | None = getattr(result, "finish_loading", None)
    if finish_loading is not None:
        finish_loading()
    return result


def _plain_bind(bind: Any) -> Any:
    """Return the plain engine or connection inside an asynchronous one."""
    if isinstance(bind, AsyncEngine):
        return bind.sync_engine
    return bind._started() if isinstance(bind, AsyncConnection) else bind


class AsyncSessionTransaction(Startable):
    """A transaction or savepoint of an AsyncSession: `async with session.begin():`."""

    def __init__(self, session: AsyncSession, nested: bool = False) -> None:
        self.session = session
        self.nested = nested
        self.sync_transaction: SessionTransaction | None = None

    def _started(self) -> SessionTransaction:
        if self.sync_transaction is None:
            raise AsyncContextNotStarted(
                f"{type(self).__name__} context has not been started and object has not been awaited."
            )
        return self.sync_transaction

    @property
    def is_active(self) -> bool:
        """Whether SQL can be sent in it."""
        return self.sync_transaction is not None and self.sync_transaction.is_active

    async def commit(self) -> None:
        """Flush and commit."""
        await self.session._run(self._started().commit)

    async def rollback(self) -> None:
        """Roll back."""
        await self.session._run(self._started().rollback)

    async def start(self, is_ctxmanager: bool = False) -> Self:
        """Begin; `await session.begin()` does it too."""
        session = self.session.sync_session
        begin: Callable[[], SessionTransaction] = session.begin_nested if self.nested else session.begin
        self.sync_transaction = transaction = await self.session._run(begin)
        if is_ctxmanager:
            transaction.__enter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.session._run(self._started().__exit__, *error)


SessionT = TypeVar("SessionT", bound=AsyncSession, default=AsyncSession)


class async_sessionmaker(Generic[SessionT]):  # noqa: N801 - the public name
    """Makes AsyncSessions with given options: `Maker = async_sessionmaker(engine, expire_on_commit=False)`."""

    class_: type[SessionT]

    def __init__(
        self,
        bind: Any = None,
        *,
        class_: Any = AsyncSession,
        autoflush: bool = True,
        expire_on_commit: bool = True,
        info: Mapping[Any, Any] | None = None,
        **kw: Any,
    ) -> None:
        self.kw: dict[str, Any] = {**kw, "bind": bind, "autoflush": autoflush, "expire_on_commit": expire_on_commit}
        if info is not None:
            self.kw["info"] = info
        self.class_ = type(class_.__name__, (class_,), {"__module__": class_.__module__})

    def __call__(self, **local_kw: Any) -> SessionT:
        """Return a new session; options given here win."""
        merged = {**self.kw, **local_kw}
        if "info" in self.kw and "info" in local_kw:
            merged["info"] = {**self.kw["info"], **local_kw["info"]}
        return self.class_(**merged)

    def begin(self) -> _SessionInTransaction[SessionT]:
        """Return an asynchronous context manager: a new session in a transaction that is committed at the end."""
        return _SessionInTransaction(self())

    def configure(self, **new_kw: Any) -> None:
        """Change the options of sessions made from now on."""
        self.kw.update(new_kw)

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value!r}" for name, value in self.kw.items())
        return f"async_sessionmaker(class_={self.class_.__name__!r}, {options})"


class _SessionInTransaction(Generic[SessionT]):
    """A session and its transaction, entered and left together."""

    def __init__(self, session: SessionT) -> None:
        self._session = session
        self._transaction = session.begin()

    async def __aenter__(self) -> SessionT:
        await self._session.__aenter__()
        await self._transaction.__aenter__()
        return self._session

    async def __aexit__(self, *error: object) -> None:
        try:
            await self._transaction.__aexit__(*error)
        finally:
            await self._session.close()


def async_object_session(instance: object) -> AsyncSession | None:
    """Return the AsyncSession that an object is in, or None."""
    session = object_session(instance)
    return None if session is None else async_session(session)


def async_session(session: Session) -> AsyncSession | None:
    """Return the AsyncSession around a plain session, or None."""
    found: AsyncSession | None = getattr(session, "async_proxy", None)
    return found


async def close_all_sessions() -> None:
    """Close every session."""
    await greenlet_spawn(close_all_sync_sessions)
