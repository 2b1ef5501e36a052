"""`QueuePool`: a bounded number of connections for all threads."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, ClassVar

from ...exc import TimeoutError
from .base import Pool
from .holders import listed
from .record import ConnectionRecord


class QueuePool(Pool):
    """Keeps `pool_size` connections, opens `max_overflow` more under load, and makes others wait `timeout` seconds."""

    tells_disposal: ClassVar[bool] = True
    own_options: ClassVar[frozenset[str]] = frozenset({"pool_size", "max_overflow", "timeout", "use_lifo"})

    def __init__(
        self,
        creator: Callable[..., Any],
        pool_size: int = 5,
        max_overflow: int = 10,
        timeout: float = 30.0,
        use_lifo: bool = False,
        **kw: Any,
    ) -> None:
        super().__init__(creator, **kw)
        self._size = pool_size
        self._max_overflow = max_overflow
        self._timeout = timeout
        self._use_lifo = use_lifo
        self._start_empty()

    def _start_empty(self) -> None:
        # re-entrant: the garbage collector may bring a connection back in the middle of _take()
        self._changed = threading.Condition(threading.RLock())
        self._idle: deque[ConnectionRecord] = deque()
        self._open_count = 0

    def _take(self) -> ConnectionRecord:
        with self._changed:
            if not self._idle and self._is_full():
                self._wait()
            if self._idle:
                return self._idle.pop() if self._use_lifo else self._idle.popleft()
            self._open_count += 1
            return ConnectionRecord(self, self._generation)

    def _is_full(self) -> bool:
        if self._size == 0 or self._max_overflow < 0:
            return False
        return self._open_count >= self._size + self._max_overflow

    def _wait(self) -> None:
        deadline = time.monotonic() + self._timeout
        while not self._idle and self._is_full():
            left = deadline - time.monotonic()
            if left <= 0:
                self._fail_timeout()
            self._changed.wait(left)

    def _fail_timeout(self) -> None:
        raise TimeoutError(
            f"QueuePool limit of size {self._size} overflow {self._max_overflow} reached, connection timed out, "
            f"timeout {self._timeout:.2f}{listed(record.holder for record in list(self._lent) if record.holder)}",
            code="3o7r",
        )

    def _give_back(self, record: ConnectionRecord) -> None:
        surplus = self._keep_or_release(record)
        if surplus is not None and not self._is_foreign(surplus):
            surplus.close()

    def _keep_or_release(self, record: ConnectionRecord) -> ConnectionRecord | None:
        with self._changed:
            if record.generation != self._generation:
                return record
            self._changed.notify()
            if self._size == 0 or len(self._idle) < self._size:
                self._idle.append(record)
                return None
            self._open_count -= 1
            return record

    def _detached(self, record: ConnectionRecord) -> None:
        with self._changed:
            if record.generation == self._generation:
                self._open_count -= 1
                self._changed.notify()

    def _forget_all(self) -> list[ConnectionRecord]:
        with self._changed:
            gone = list(self._idle)
            self._idle.clear()
            self._open_count = 0
            self._changed.notify_all()
            return gone

    def _after_fork(self) -> None:
        gone = list(self._idle)
        self._start_empty()
        self.abandon()
        self._keep_forever(gone)

    def _options(self) -> dict[str, Any]:
        return {
            **super()._options(),
            "pool_size": self._size,
            "max_overflow": self._max_overflow,
            "timeout": self._timeout,
            "use_lifo": self._use_lifo,
        }

    def status(self) -> str:
        """One line for people: size, idle, overflow, in use."""
        return (
            f"Pool size: {self.size()}  Connections in pool: {self.checkedin()} "
            f"Current Overflow: {self.overflow()} Current Checked out connections: {self.checkedout()}"
        )

    def size(self) -> int:
        """How many connections are kept."""
        return self._size

    def timeout(self) -> float:
        """How many seconds a user waits for a connection."""
        return self._timeout

    def checkedin(self) -> int:
        """How many idle records there are."""
        return len(self._idle)

    def checkedout(self) -> int:
        """How many connections are in use."""
        return self._open_count - len(self._idle)

    def overflow(self) -> int:
        """How many connections there are beyond the size; negative while the pool is not filled."""
        return self._open_count - self._size if self._size else 0
