"""A pool's entry for one driver connection, and the proxy that its user holds."""

from __future__ import annotations

import os
import sys
import time
import weakref
from typing import Any, Protocol

from ...exc import InvalidRequestError
from .holders import Holder
from .verbs import RESET_STATES, PoolResetState

Users = dict[int, weakref.ref[Any]]


class RecordOwner(Protocol):
    """What a record needs of its pool."""

    hooks: Any
    log: Any
    _lent: set[ConnectionRecord]

    def _open(self, record: ConnectionRecord) -> None: ...
    def _close_connection(self, dbapi_connection: Any, *, terminate: bool = False) -> None: ...
    def _give_back(self, record: ConnectionRecord) -> None: ...
    def _reset(self, record: ConnectionRecord | None, dbapi_connection: Any, state: PoolResetState) -> bool: ...
    def _detached(self, record: ConnectionRecord) -> None: ...


class ConnectionRecord:
    """One driver connection (or the place for one) with what is known about it."""

    __slots__ = (
        "_pool", "dbapi_connection", "generation", "holder", "in_use", "info", "is_stale", "pid", "record_info",
        "started", "users",
    )  # fmt: skip

    def __init__(self, pool: RecordOwner, generation: int) -> None:
        self._pool = pool
        self.generation = generation
        self.dbapi_connection: Any = None
        self.info: dict[Any, Any] = {}
        self.record_info: dict[Any, Any] = {}
        self.is_stale = False
        self.pid = os.getpid()
        self.started = 0.0
        self.in_use = False
        self.holder: Holder | None = None
        """Who has it, or had it last."""
        self.users: Users | None = None
        """The engine's connections on this one, where a pool lends it to several."""

    @property
    def driver_connection(self) -> Any:
        """The connection as the driver knows it."""
        return getattr(self.dbapi_connection, "driver_connection", self.dbapi_connection)

    def connected(self, dbapi_connection: Any) -> None:
        """Take a fresh driver connection."""
        self.dbapi_connection = dbapi_connection
        self.started = time.time()
        self.is_stale = False
        self.info.clear()

    def invalidate(self, e: BaseException | None = None, soft: bool = False) -> None:
        """Close the connection now (or, `soft`, when it comes back); the record opens another at its next use."""
        if self.dbapi_connection is None:
            return
        name = "soft_invalidate" if soft else "invalidate"
        for listener in getattr(self._pool.hooks, name) or ():
            listener(self.dbapi_connection, self, e)
        reason = f" (reason: {type(e).__name__}:{e})" if e is not None else ""
        word = "Soft invalidate" if soft else "Invalidate"
        self._pool.log.info("%s connection %r%s", word, self.dbapi_connection, reason)
        if soft:
            self.is_stale = True
        else:
            self.close(terminate=True)

    def close(self, *, terminate: bool = False) -> None:
        """Close the driver connection."""
        dbapi_connection, self.dbapi_connection = self.dbapi_connection, None
        if dbapi_connection is None:
            return
        for listener in self._pool.hooks.close or ():
            listener(dbapi_connection, self)
        self._pool._close_connection(dbapi_connection, terminate=terminate)


class PooledConnection:
    """A driver connection lent by a pool; close() gives it back. Everything else is the driver's."""

    __slots__ = ("__weakref__", "_detached_info", "_pool", "_record", "dbapi_connection", "holders")

    def __init__(self, pool: RecordOwner, record: ConnectionRecord) -> None:
        self._pool = pool
        self.holders = 1
        self._record: ConnectionRecord | None = record
        self._detached_info: dict[Any, Any] | None = None
        self.dbapi_connection: Any = record.dbapi_connection

    @property
    def driver_connection(self) -> Any:
        """The connection as the driver knows it."""
        return getattr(self.dbapi_connection, "driver_connection", self.dbapi_connection)

    @property
    def is_valid(self) -> bool:
        """Whether there is a connection: not closed, not invalidated."""
        return self.dbapi_connection is not None

    @property
    def is_detached(self) -> bool:
        """Whether the pool has forgotten the connection."""
        return self._record is None

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary that lives as long as the driver connection."""
        if self._record is not None:
            return self._record.info
        if self._detached_info is None:
            self._detached_info = {}
        return self._detached_info

    @property
    def record_info(self) -> dict[Any, Any] | None:
        """A dictionary that lives as long as the pool's entry; None when detached."""
        return None if self._record is None else self._record.record_info

    def share(self, user: Any) -> Users:
        """Note a user of the driver connection and return all of them, who take themselves out when they close."""
        record = self._record
        assert record is not None
        if record.users is None:
            record.users = {}
        record.users[id(user)] = weakref.ref(user)
        return record.users

    def cursor(self, *args: Any, **kwargs: Any) -> Any:
        """A new cursor of the driver."""
        if self.dbapi_connection is None:
            raise InvalidRequestError("This connection is closed")
        return self.dbapi_connection.cursor(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if self.dbapi_connection is None:
            raise InvalidRequestError("This connection is closed")
        return getattr(self.dbapi_connection, name)

    def invalidate(self, e: BaseException | None = None, soft: bool = False) -> None:
        """Say that the connection is broken: it is closed and never given out again."""
        if self.dbapi_connection is None:
            return
        try:
            if self._record is not None:
                self._record.invalidate(e, soft)
        finally:
            if not soft:
                self.dbapi_connection, self.holders = None, 1
                self._return(was_reset=True)

    def detach(self) -> None:
        """Take the connection out of the pool for good; close() then closes it."""
        record = self._record
        if record is None:
            return
        for listener in self._pool.hooks.detach or ():
            listener(self.dbapi_connection, record)
        self._detached_info = record.info.copy()
        self._record = None
        self._pool._lent.discard(record)
        self._pool._detached(record)

    def close(self) -> None:
        """Give the connection back."""
        self._return(was_reset=False)

    def _close_after(self, *, transaction_was_reset: bool) -> None:
        """Give the connection back, telling whether its transaction is known to be ended."""
        self._return(was_reset=transaction_was_reset)

    def _return(self, *, was_reset: bool, is_collected: bool = False) -> None:
        if self.holders > 1:
            self.holders -= 1
            return
        record, self._record = self._record, None
        dbapi_connection, self.dbapi_connection = self.dbapi_connection, None
        pool = self._pool
        if record is None:
            if dbapi_connection is not None:
                self._close_detached(dbapi_connection)
            return
        record.in_use = False
        state = RESET_STATES[was_reset, record.is_stale, not is_collected]
        try:
            is_ours = dbapi_connection is not None and record.dbapi_connection is dbapi_connection
            if is_ours and not pool._reset(record, dbapi_connection, state):
                record.close(terminate=True)
            for listener in pool.hooks.checkin or ():
                listener(record.dbapi_connection, record)
        except BaseException:
            record.close(terminate=True)  # nobody knows what state it is in
            raise
        finally:
            pool._lent.discard(record)
            pool._give_back(record)

    def _close_detached(self, dbapi_connection: Any) -> None:
        pool = self._pool
        pool._reset(None, dbapi_connection, PoolResetState(False, True, True))
        for listener in pool.hooks.close_detached or ():
            listener(dbapi_connection)
        pool._close_connection(dbapi_connection)

    def __del__(self) -> None:
        # a forgotten connection goes back by itself; a closed one, or one of a process that ends, has nothing to do
        if sys.is_finalizing():
            return
        if getattr(self, "dbapi_connection", None) is not None and self._record is not None:
            self._return(was_reset=False, is_collected=True)
