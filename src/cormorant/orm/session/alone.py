"""One thread at a time: a session that another thread is using refuses at once, before SQL is sent.

In: a session and a function of it. Out: the function, which holds the session's lock while it runs. The lock can be
taken again by the thread that has it, so that listeners and loads inside may use the session. Between two calls nobody
holds it: a session may move from thread to thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from ...exc import IllegalStateChangeError

P = ParamSpec("P")
R = TypeVar("R")


def in_use(name: str) -> IllegalStateChangeError:
    """Return the error of a call while another thread is inside the session."""
    return IllegalStateChangeError(
        f"This Session is in use by another thread, so {name}() cannot be called now: it belongs to one thread at a "
        "time; concurrent operations are not permitted. Give each thread a session of its own (scoped_session does)",
        code="isce",
    )


def one_thread(function: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """Let only one thread be inside such functions of a session, which is their first argument."""

    @wraps(function)
    def alone(session: Any, /, *args: P.args, **kwargs: P.kwargs) -> R:
        lock = session.lock
        if not lock.acquire(False):
            raise in_use(function.__name__)
        try:
            return function(session, *args, **kwargs)
        finally:
            lock.release()

    return alone
