"""What loading asks of a session and of a driver's cursor. Session implements `LoadSession`."""

from __future__ import annotations

import weakref
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from ..instance.identity import IdentityMap
from ..instance.state import InstanceState
from .request import LoadRequest

Run = tuple[Any, Any, Sequence[Any], Any]
"""Connection, plan, binds and parameters of the execution that a cursor is of: whom to tell when a fetch fails."""


class Cursor(Protocol):
    """A driver's cursor with rows to fetch."""

    def fetchmany(self, size: int, /) -> Sequence[Any]:
        """Return the next rows, none at the end."""
        ...


class LoadSession(Protocol):
    """A session as loading sees it."""

    identity: IdentityMap
    ref: weakref.ref[Any]
    """A weak reference to the session: the value of `InstanceState.owner`."""
    modified: dict[InstanceState, Any]
    running: tuple[Any, Any, Mapping[str, Any]] | None
    """Statement, parameters and options of what a program has the session execute right now."""
    load_options: Mapping[str, Any]
    """Options of the loads that are being run."""
    autoflush: bool
    fetches_peers: bool
    """Whether what one object lacks is loaded for all objects of its result."""
    hooks: Any
    """Listeners; where there are some of `do_orm_execute`, loads must be run by `run_load`."""

    def connection_for(self, mapper: Any, clause: Any = None) -> Any:
        """Return the connection on which statements about a mapper, or this one, run, its transaction begun."""
        ...

    def run_load(self, request: LoadRequest) -> Any:
        """Run a load past the listeners; return its result."""
        ...

    def near(self, state: InstanceState) -> AbstractContextManager[Any]:
        """A block in which the session talks to the database that an object came from."""
        ...

    def autoflush_now(self) -> None:
        """Flush, where the session does that before it reads."""
        ...

    def row_is_gone(self, state: InstanceState) -> None:
        """Let an object whose row turned out to be gone be a deleted one until the transaction ends."""
        ...
