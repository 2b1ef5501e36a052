"""async_scoped_session: one AsyncSession per scope, such as the current task.

In: a maker of sessions and a function that names the current scope. Out: the scope's session, and all its methods here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic

from typing_extensions import TypeVar

from ...exc import InvalidRequestError, SAWarning
from ...util.notices import warn
from .proxied import SessionProxy
from .session import AsyncSession, async_sessionmaker

SessionT = TypeVar("SessionT", bound=AsyncSession, default=AsyncSession)


class _ScopedRegistry:
    """The session of each scope."""

    def __init__(self, make: Callable[[], Any], scopefunc: Callable[[], Any]) -> None:
        self.createfunc = make
        self.scopefunc = scopefunc
        self.registry: dict[Any, Any] = {}

    def __call__(self) -> Any:
        key = self.scopefunc()
        found = self.registry.get(key)
        if found is None:
            found = self.registry[key] = self.createfunc()
        return found

    def has(self) -> bool:
        """Tell whether the current scope has a session."""
        return self.scopefunc() in self.registry

    def set(self, obj: Any) -> None:
        """Give the current scope a session."""
        self.registry[self.scopefunc()] = obj

    def clear(self) -> None:
        """Forget the session of the current scope."""
        self.registry.pop(self.scopefunc(), None)


if TYPE_CHECKING:
    Proxy = AsyncSession  # whose methods are all handed through, with their types
else:
    Proxy = SessionProxy


class async_scoped_session(Proxy, Generic[SessionT]):  # noqa: N801 - the public name
    """One session per scope; `scopefunc` (`asyncio.current_task`, say) names the scope; `await remove()` ends it."""

    def __init__(self, session_factory: async_sessionmaker[SessionT], scopefunc: Callable[[], Any]) -> None:
        self.session_factory = session_factory
        self.registry = _ScopedRegistry(session_factory, scopefunc)

    @property
    def _proxied(self) -> Any:
        return self.registry()

    def __call__(self, **kw: Any) -> SessionT:
        """Return the scope's session; options make a new one and are refused where there is one already."""
        session: SessionT
        if kw:
            if self.registry.has():
                raise InvalidRequestError("Scoped session is already present; no new arguments may be specified.")
            session = self.session_factory(**kw)
            self.registry.set(session)
            return session
        session = self.registry()
        return session

    def configure(self, **kwargs: Any) -> None:
        """Change the options of sessions made from now on."""
        if self.registry.has():
            warn(
                "At least one scoped session is already present.  configure() can not affect sessions that have "
                "already been created.",
                SAWarning,
            )
        self.session_factory.configure(**kwargs)

    async def remove(self) -> None:
        """Close the scope's session and forget it."""
        if self.registry.has():
            await self.registry().close()
        self.registry.clear()

    @classmethod
    async def close_all(cls) -> None:
        """Close every session."""
        await AsyncSession.close_all()

    if not TYPE_CHECKING:

        @property
        def bind(self) -> Any:
            """The scope's session's engine."""
            return self._proxied.bind

        @bind.setter
        def bind(self, value: Any) -> None:
            self._proxied.bind = value


def _hand_through(name: str) -> Any:
    def call(self: async_scoped_session[Any], *args: Any, **kwargs: Any) -> Any:
        return getattr(self._proxied, name)(*args, **kwargs)

    call.__name__, call.__doc__ = name, getattr(AsyncSession, name).__doc__
    return call


for _name in (
    "aclose", "begin", "begin_nested", "bind_mapper", "bind_table", "close", "commit", "connection", "delete",
    "delete_all", "execute", "flush", "get", "get_bind", "get_one", "get_nested_transaction", "get_transaction",
    "invalidate", "merge", "merge_all", "refresh", "reset", "rollback", "run_sync", "scalar", "scalars",
    "stream", "stream_scalars",
):  # fmt: skip
    setattr(async_scoped_session, _name, _hand_through(_name))
