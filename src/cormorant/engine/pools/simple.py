"""The pools that keep no queue: none at all, one for all, one per thread, one at a time."""

from __future__ import annotations

import os
import threading
import traceback
import weakref
from collections.abc import Callable
from typing import Any, ClassVar

from .base import Pool
from .record import ConnectionRecord, PooledConnection


class NullPool(Pool):
    """Opens a connection per use and closes it after."""

    def _take(self) -> ConnectionRecord:
        return ConnectionRecord(self, self._generation)

    def _give_back(self, record: ConnectionRecord) -> None:
        if not self._is_foreign(record):
            record.close()


class StaticPool(Pool):
    """One connection for everybody, at the same time."""

    shares_connections: ClassVar[bool] = True

    def __init__(self, creator: Callable[..., Any], **kw: Any) -> None:
        super().__init__(creator, **kw)
        self._lock = threading.RLock()
        self._record: ConnectionRecord | None = None

    @property
    def connection(self) -> ConnectionRecord:
        """The one record."""
        with self._lock:
            if self._record is None:
                self._record = ConnectionRecord(self, self._generation)
            return self._record

    def _take(self) -> ConnectionRecord:
        return self.connection

    def _ready(self, record: ConnectionRecord) -> None:
        with self._lock:
            super()._ready(record)

    def _detached(self, record: ConnectionRecord) -> None:
        self._record = None

    def _forget_all(self) -> list[ConnectionRecord]:
        gone, self._record = self._record, None
        return [gone] if gone is not None and gone.dbapi_connection is not None else []

    def _after_fork(self) -> None:
        self._lock = threading.RLock()
        self.abandon()


class SingletonThreadPool(Pool):
    """One connection per thread, kept as long as the thread; nested uses in one thread share it."""

    shares_connections: ClassVar[bool] = True
    own_options: ClassVar[frozenset[str]] = frozenset({"pool_size"})

    def __init__(self, creator: Callable[..., Any], pool_size: int = 5, **kw: Any) -> None:
        super().__init__(creator, **kw)
        self.size = pool_size
        self._start_empty()

    def _start_empty(self) -> None:
        self._local = threading.local()
        self._lock = threading.RLock()
        self._records: list[weakref.ref[_ThreadRecord]] = []

    def connect(self) -> PooledConnection:
        """The thread's connection."""
        lent: PooledConnection | None = getattr(self._local, "lent", lambda: None)()
        if lent is not None and lent.is_valid:
            lent.holders += 1
            return lent
        proxy = super().connect()
        self._local.lent = weakref.ref(proxy)
        held: _ThreadRecord | None = getattr(self._local, "held", None)
        if held is not None:
            held.lent = self._local.lent
        return proxy

    def _take(self) -> ConnectionRecord:
        held: _ThreadRecord | None = getattr(self._local, "held", None)
        if held is None or held.record.generation != self._generation:
            held = self._local.held = _ThreadRecord(ConnectionRecord(self, self._generation))
            with self._lock:
                self._records = [ref for ref in self._records if ref() is not None]
                self._records.append(weakref.ref(held))
        return held.record

    def _detached(self, record: ConnectionRecord) -> None:
        self._local.__dict__.clear()

    def _forget_all(self) -> list[ConnectionRecord]:
        with self._lock:
            held = [found for ref in self._records if (found := ref()) is not None]
            self._records = []
        self._local.__dict__.clear()
        return [one.record for one in held if one.record.dbapi_connection is not None]

    def _after_fork(self) -> None:
        held = [ref() for ref in self._records]
        self._start_empty()
        self.abandon()
        self._keep_forever(held)

    def _options(self) -> dict[str, Any]:
        return {**super()._options(), "pool_size": self.size}

    def status(self) -> str:
        """One line for people."""
        return f"SingletonThreadPool id:{id(self)} size: {len(self._records)}"


class _ThreadRecord:
    """Holds a thread's record; dies with the thread's locals, and closes a connection that nobody can use any more."""

    __slots__ = ("__weakref__", "lent", "record")

    def __init__(self, record: ConnectionRecord) -> None:
        self.record = record
        self.lent: Callable[[], PooledConnection | None] = _nobody

    def __del__(self) -> None:
        if self.lent() is None and self.record.pid == os.getpid():
            self.record.close()


def _nobody() -> None:
    """The borrower of a connection that was never lent."""


class AssertionPool(Pool):
    """One connection, and an AssertionError that says where it is when a second is asked for."""

    def __init__(self, creator: Callable[..., Any], **kw: Any) -> None:
        super().__init__(creator, **kw)
        self._record: ConnectionRecord | None = None
        self._is_out = False
        self._taken_at: list[str] = []

    def _take(self) -> ConnectionRecord:
        if self._is_out:
            where = "".join(self._taken_at)
            raise AssertionError(f"connection is already checked out at:\n{where}")
        self._is_out = True
        self._taken_at = traceback.format_stack()[:-2]
        if self._record is None:
            self._record = ConnectionRecord(self, self._generation)
        return self._record

    def _give_back(self, record: ConnectionRecord) -> None:
        self._is_out = False
        super()._give_back(record)

    def _detached(self, record: ConnectionRecord) -> None:
        self._record, self._is_out = None, False

    def _forget_all(self) -> list[ConnectionRecord]:
        gone, self._record = self._record, None
        return [gone] if gone is not None and gone.dbapi_connection is not None else []
