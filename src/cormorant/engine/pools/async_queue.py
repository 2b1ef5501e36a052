"""Pools for asyncio, where waiting for a connection lets other tasks run.

asyncio is looked up when somebody waits: a program without it never pays for the import.
"""

from __future__ import annotations

import importlib
import time
from collections import deque
from typing import Any

from ...util.bridge import await_only, is_bridged
from .queue import QueuePool
from .record import ConnectionRecord
from .simple import StaticPool


class _Turns:
    """Tasks that wait, in the order in which they came."""

    def __init__(self) -> None:
        self._waiting: deque[Any] = deque()

    def wait(self, seconds: float | None) -> None:
        """Wait until somebody wakes this task or the time is over; a turn that cannot be taken goes to the next."""
        asyncio: Any = importlib.import_module("asyncio")
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await_only(asyncio.wait([turn], timeout=seconds))
        except BaseException:
            if turn.done():
                self.wake()
            raise
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)

    def wake(self, count: int = 1) -> None:
        """Wake so many tasks."""
        while self._waiting and count:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.get_loop().call_soon_threadsafe(_end, turn)
                count -= 1

    def wake_all(self) -> None:
        """Wake all tasks."""
        self.wake(len(self._waiting))


def _end(turn: Any) -> None:
    if not turn.done():
        turn.set_result(None)


class AsyncAdaptedQueuePool(QueuePool):
    """A `QueuePool` whose users are tasks of an event loop."""

    def _start_empty(self) -> None:
        super()._start_empty()
        self._turns = _Turns()

    def _wait(self) -> None:
        if not is_bridged():
            super()._wait()
            return
        deadline = time.monotonic() + self._timeout
        while not self._idle and self._is_full():
            left = deadline - time.monotonic()
            if left <= 0:
                self._fail_timeout()
            self._changed.release()
            try:
                self._turns.wait(left)
            finally:
                self._changed.acquire()

    def _keep_or_release(self, record: ConnectionRecord) -> ConnectionRecord | None:
        surplus = super()._keep_or_release(record)
        self._turns.wake()
        return surplus

    def _detached(self, record: ConnectionRecord) -> None:
        super()._detached(record)
        self._turns.wake()

    def _forget_all(self) -> list[ConnectionRecord]:
        gone = super()._forget_all()
        self._turns.wake_all()
        return gone


class AsyncAdaptedStaticPool(StaticPool):
    """A `StaticPool` whose users are tasks: while one of them opens the connection, the others wait for it."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self._is_opening = False
        self._turns = _Turns()

    def _ready(self, record: ConnectionRecord) -> None:
        while self._is_opening:
            self._turns.wait(None)
        if record.dbapi_connection is not None:
            return
        self._is_opening = True
        try:
            super()._ready(record)
        finally:
            self._is_opening = False
            self._turns.wake_all()
