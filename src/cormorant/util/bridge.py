"""The bridge between code that waits by calling and drivers that are awaited: the greenlets of asyncio.

In: a plain function to run beside the event loop (`greenlet_spawn`), or an awaitable that such a function needs
(`await_only`). Out: their results. The greenlet library is imported at the first use, so programs without asyncio never
need it. Nothing here knows databases.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

ResultT = TypeVar("ResultT")
_MARK = "is_cormorant_bridge"


class Hooks:
    """What a higher rung puts in: the class of the error for waiting where nobody can wait."""

    missing: type[Exception] = RuntimeError


hooks = Hooks()


@functools.cache
def _library() -> Any:
    try:
        return importlib.import_module("greenlet")
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "No module named 'greenlet': asyncio needs it; pip install cormorant[asyncio]", name="greenlet"
        ) from None


def is_bridged() -> bool:
    """Tell whether the caller runs inside `greenlet_spawn`, so that `await_only` can wait."""
    return "greenlet" in sys.modules and getattr(_library().getcurrent(), _MARK, False)


def await_only(awaitable: Awaitable[ResultT]) -> ResultT:
    """Wait for an awaitable from a plain function that `greenlet_spawn` runs; raises MissingGreenlet elsewhere."""
    if not is_bridged():
        _throw_away(awaitable)
        raise hooks.missing(
            "greenlet_spawn has not been called; can't call await_only() here. Was IO attempted in an unexpected place?"
        )
    result: ResultT = _library().getcurrent().parent.switch(awaitable)
    return result


def await_fallback(awaitable: Awaitable[ResultT]) -> ResultT:
    """The same as `await_only`."""
    return await_only(awaitable)


def _throw_away(awaitable: Any) -> None:
    if inspect.iscoroutine(awaitable):
        awaitable.close()  # else Python warns that nobody awaited it


async def greenlet_spawn(function: Callable[..., ResultT], /, *args: Any, **kwargs: Any) -> ResultT:
    """Run a plain function whose `await_only` calls are awaited here; errors and cancellation reach the function."""
    library = _library()
    current = library.getcurrent()
    bridge = library.greenlet(function, current)
    setattr(bridge, _MARK, True)
    bridge.gr_context = current.gr_context
    result: Any = bridge.switch(*args, **kwargs)
    while not bridge.dead:
        try:
            value = await result
        except BaseException:
            result = bridge.throw(*sys.exc_info())
        else:
            result = bridge.switch(value)
    found: ResultT = result
    return found
