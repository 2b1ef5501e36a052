"""Engines of tests, and who closes what they leave open."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

from ...engine import create_engine, create_mock_engine
from ...event import listen
from . import config


class Reaper:
    """Knows the engines and connections of tests; closes them after a test, or when asked."""

    def __init__(self) -> None:
        self._engines: dict[str, set[Any]] = {"function": set(), "class": set(), "global": set()}
        self._connections: weakref.WeakSet[Any] = weakref.WeakSet()

    def add(self, engine: Any, scope: str) -> None:
        """Take charge of an engine until the end of a function, a class or the run."""
        self._engines[scope].add(engine)
        listen(engine, "engine_connect", self._connections.add)

    def checkin(self) -> None:
        """Close the connections that tests left open."""
        for connection in list(self._connections):
            if not connection.closed:
                connection.close()
        self._connections.clear()

    def end(self, *scopes: str) -> None:
        """Close the engines of some scopes."""
        for scope in scopes:
            for engine in self._engines[scope]:
                engine.dispose()
            self._engines[scope].clear()

    def close_all(self) -> None:
        """Close what tests left open, all but the engine under test."""
        self.checkin()
        self.end("function", "class")


testing_reaper = Reaper()


def testing_engine(
    url: Any = None,
    options: dict[str, Any] | None = None,
    transfer_staticpool: bool = False,
    share_pool: bool = False,
) -> Any:
    """Return an engine that is closed after the test; without a URL one of the database under test."""
    given = dict(options or {})
    scope = given.pop("scope", "function")
    if transfer_staticpool or share_pool:
        given["pool"] = config.db.pool
    made = create_engine(url or config.db_url, **given)
    testing_reaper.add(made, scope)
    return made


def mock_engine(dialect_name: str | None = None) -> Any:
    """Return an engine that keeps the text of what it is given."""
    buffer: list[str] = []

    def keep(sql: Any, *_args: Any, **_kw: Any) -> None:
        buffer.append(str(sql.compile(dialect=engine.dialect)))

    engine: Any = create_mock_engine(f"{dialect_name or config.db.name}://", keep)
    engine.mock = buffer
    return engine


def close_first(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a test that needs the connections of others closed."""

    def run(*args: Any, **kw: Any) -> Any:
        testing_reaper.checkin()
        return fn(*args, **kw)

    return run
