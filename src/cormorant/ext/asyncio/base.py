"""What the asyncio classes share: objects that are awaited or entered, cleanup that cancellation cannot stop.

In: coroutines. Out: their results. Nothing here knows databases.
"""

from __future__ import annotations

import abc
import asyncio
from collections.abc import Callable, Coroutine, Generator
from typing import Any, Self, TypeVar

from ...exc import IllegalStateChangeError
from ...util.bridge import greenlet_spawn

T = TypeVar("T")
SelfT = TypeVar("SelfT", bound="Startable")
ResultT = TypeVar("ResultT")


async def finish(coroutine: Coroutine[Any, Any, T]) -> T:
    """Await a coroutine to its end in a task of its own; a cancellation meanwhile is raised afterwards."""
    task = asyncio.ensure_future(coroutine)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            cancelled = error
        except BaseException:
            break
    if cancelled is not None:
        task.exception()
        raise cancelled
    return task.result()


class Startable(abc.ABC):
    """An object that is started by `await` or by `async with`."""

    @abc.abstractmethod
    async def start(self: SelfT, is_ctxmanager: bool = False) -> SelfT:
        """Start."""

    @abc.abstractmethod
    async def __aexit__(self, *error: object) -> Any:
        """End."""

    def __await__(self) -> Generator[Any, Any, Self]:
        return self.start().__await__()

    async def __aenter__(self) -> Self:
        return await self.start(is_ctxmanager=True)


class OneTask:
    """Calls plain functions beside the event loop, for one task at a time."""

    _task: Any = None

    async def _run(self, function: Callable[..., ResultT], /, *args: Any, **kwargs: Any) -> ResultT:
        """Call a function in a bridge; raises IllegalStateChangeError while another task is at it."""
        task = asyncio.current_task()
        before = self._task
        if before is not None and before is not task:
            name = getattr(function, "__name__", str(function))
            raise IllegalStateChangeError(
                f"This {type(self).__name__} is in use by another task, so {name}() cannot be called now: it belongs "
                "to one task at a time. Give each task a session or connection of its own"
            )
        self._task = task
        try:
            return await greenlet_spawn(function, *args, **kwargs)
        finally:
            self._task = before
