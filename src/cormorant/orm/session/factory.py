"""sessionmaker: sessions made with the same options again and again, and its registration of events.

In: options of Session. Out: sessions. Nothing else is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Generic

from typing_extensions import TypeVar

from ...event.catalogue import SESSION
from ...event.targets import register_target
from ..instance.symbols import STATE
from . import retrying
from .hooks import SessionHooks
from .session import Session

SessionT = TypeVar("SessionT", bound=Session, default=Session)
ResultT = TypeVar("ResultT")


def create_session(bind: Any = None, **kwargs: Any) -> Session:
    """Return a session that neither flushes by itself before reads nor expires its objects on commit."""
    options: dict[str, Any] = {"autoflush": False, "expire_on_commit": False, **kwargs}
    return Session(bind=bind, **options)


class sessionmaker(Generic[SessionT]):  # noqa: N801 - the public name
    """Makes sessions with given options: `Maker = sessionmaker(engine)`.

    Then `Maker()` is a session, and `with Maker.begin() as session:` a session in a transaction. Each maker has a
    subclass of `class_` of its own, so that events can be listened for on the maker.
    """

    class_: type[SessionT]

    def __init__(
        self,
        bind: Any = None,
        *,
        class_: Any = Session,
        autoflush: bool = True,
        expire_on_commit: bool = True,
        info: Mapping[Any, Any] | None = None,
        **options: Any,
    ) -> None:
        self.kw: dict[str, Any] = {
            **options,
            "bind": bind,
            "autoflush": autoflush,
            "expire_on_commit": expire_on_commit,
        }
        if info is not None:
            self.kw["info"] = info
        self.class_ = type(class_.__name__, (class_,), {"__module__": class_.__module__})

    def __call__(self, **options: Any) -> SessionT:
        """Return a new session; options given here win."""
        merged = {**self.kw, **options}
        if "info" in self.kw and "info" in options:
            merged["info"] = {**self.kw["info"], **options["info"]}
        return self.class_(**merged)

    @contextmanager
    def _begin(self) -> Generator[SessionT]:
        with self() as session, session.begin():
            yield session

    def begin(self) -> AbstractContextManager[SessionT]:
        """Return a context manager: a new session in a transaction that is committed at the end of the block."""
        return self._begin()

    def run(
        self,
        function: Callable[[SessionT], ResultT],
        *,
        retries: int = 5,
        on: Collection[str] = retrying.CONFLICTS,
        delay: float = 0.02,
        max_delay: float = 2.0,
        check: Callable[[], bool] | None = None,
    ) -> ResultT:
        """Call `function(session)` in a transaction, commit, and return its result; on a conflict do it all again.

        A conflict is an error whose `conflict` is among `on`: a serialization failure, a deadlock, a lock timeout. Each
        attempt has a new session; at most `retries` repetitions follow, after random times that grow from `delay` to
        `max_delay` seconds. The last error has all attempts in `error.attempts` and as a note. A COMMIT whose answer
        was lost is repeated only where `check()` tells that the work is not done. Raises ArgumentError for bad limits.
        """
        policy = retrying.make_policy(retries, on, delay, max_delay, check)
        result: ResultT = retrying.run(self.begin, function, policy)
        return result

    def configure(self, **options: Any) -> None:
        """Change the options of sessions made from now on."""
        self.kw.update(options)

    identity_key: Callable[..., Any] = Session.identity_key
    object_session: Callable[[object], Session | None] = staticmethod(Session.object_session)

    def __repr__(self) -> str:
        options = ", ".join(f"{name}={value!r}" for name, value in self.kw.items())
        return f"sessionmaker(class_={self.class_.__name__!r}, {options})"


def locate(target: Any, _event: str, _options: Mapping[str, Any]) -> list[SessionHooks]:
    """Return the hook table of a session, a session class or a maker."""
    made_by: type[Session] | None = getattr(target, "class_", None)
    owner: Any = target if made_by is None else made_by
    if isinstance(owner, type):
        return [getattr(owner, "_class_hooks")]  # noqa: B009 - a private name of a sibling module
    cls: type[Any] = target.__class__
    inherited: Any = getattr(cls, "_class_hooks")  # noqa: B009 - a private name of a sibling module
    if "hooks" not in target.__dict__ or target.hooks is inherited:
        target.hooks = SessionHooks(inherited)
    return [target.hooks]


def with_state(function: Callable[..., Any], event: str, options: Mapping[str, Any]) -> Callable[..., Any]:
    """Hand the state instead of the object to listeners that asked for it with `raw`."""
    if not options.get("raw") or SESSION[event] != ("session", "instance"):
        return function

    def call(session: Any, instance: Any) -> None:
        function(session, instance.__dict__[STATE])

    return call


OPTIONS = ("raw", "restore_load_context", "propagate", "retval")
register_target(Session, SESSION, locate, OPTIONS, with_state)
register_target(sessionmaker, SESSION, locate, OPTIONS, with_state)
