"""What every pool does: open, ping, recycle, reset, hand out through a proxy; and forget all of it in a forked child.

In: a function that makes driver connections. Out: `connect()`, a proxy of one. A pool class decides only which record
is given out (`_take`) and where it goes when it comes back (`_give_back`).
"""

from __future__ import annotations

import os
import time
import weakref
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Self

from ...event.hooks import Dispatch
from ...exc import ArgumentError, DisconnectionError, InvalidRequestError, SAWarning
from ...util.notices import warn
from ..echo import ROOT, EchoFlag, EchoLog
from .holders import note
from .hooks import PoolHooks, all_pools
from .record import ConnectionRecord, PooledConnection
from .verbs import RESET_STYLES, ConnectionVerbs, PlainVerbs, PoolResetState, ResetStyle

_CONNECT_ATTEMPTS = 3
_pools: weakref.WeakSet[Pool] = weakref.WeakSet()
_abandoned: list[Any] = []
"""Connections of the parent process: kept, because closing or collecting them would talk on the parent's sockets."""


class Pool:
    """A pool of driver connections; the subclasses differ in how many they keep and for whom."""

    shares_connections: ClassVar[bool] = False
    """Whether one driver connection is lent to several users at a time."""
    tells_disposal: ClassVar[bool] = False
    """Whether dispose() is logged."""
    own_options: ClassVar[frozenset[str]] = frozenset()
    """Arguments of the class beyond those that all pools have."""

    def __init__(
        self,
        creator: Callable[..., Any],
        recycle: float = -1,
        echo: EchoFlag = None,
        logging_name: str | None = None,
        reset_on_return: Any = True,
        events: Sequence[tuple[Callable[..., Any], str]] | None = None,
        dialect: ConnectionVerbs | None = None,
        pre_ping: bool = False,
        pre_ping_timeout: float = 5.0,
    ) -> None:
        self._lent: set[ConnectionRecord] = set()
        """The records in use. Held here, so that one whose user is forgotten is not collected with him."""
        self._creator = creator
        self._creator_takes_record = getattr(creator, "takes_record", False)
        self._recycle = recycle
        self._reset_style = _reset_style(reset_on_return)
        self._verbs: ConnectionVerbs = dialect or PlainVerbs()
        self._pre_ping = pre_ping
        self._pre_ping_timeout = pre_ping_timeout
        self._asks = recycle > -1 or pre_ping or type(self)._ready is not Pool._ready
        """Whether a connection that was not marked as stale may still not be given out."""
        self._pid = os.getpid()
        self._generation = 0
        self._invalid_before = 0.0
        self.logging_name = logging_name
        self.log = EchoLog(f"{ROOT}.pool.impl.{type(self).__name__}", logging_name, echo)
        self.hooks: Any = PoolHooks(all_pools)
        self._has_connected = False
        for function, name in events or ():
            self.hooks.add(name, function)
        _pools.add(self)

    # what a pool class answers

    def _take(self) -> ConnectionRecord:
        raise AssertionError("a pool class defines this")

    def _give_back(self, record: ConnectionRecord) -> None:
        """Keep the connection where it is, or close it if it is older than the pool's last renewal."""
        if record.generation != self._generation and not self._is_foreign(record):
            record.close()

    def _detached(self, record: ConnectionRecord) -> None:
        """Forget a record whose connection was taken out of the pool for good."""

    def _forget_all(self) -> list[ConnectionRecord]:
        """Let go of all idle records and return them."""
        return []

    @property
    def dispatch(self) -> Dispatch:
        """Calls the listeners."""
        return Dispatch(self.hooks)

    def status(self) -> str:
        """One line for people."""
        return type(self).__name__

    # the life of a connection

    def connect(self) -> PooledConnection:
        """A connection; give it back with close()."""
        record = self._take()
        try:
            is_open = record.dbapi_connection is not None
            if not is_open or self._asks or record.is_stale or record.started < self._invalid_before:
                self._ready(record)
            proxy = self._lend(record)
        except BaseException:
            try:
                record.close(terminate=True)
            finally:
                self._detached(record)
            raise
        return proxy

    def _ready(self, record: ConnectionRecord) -> None:
        """Make sure that the record has a connection that may be given out."""
        if record.dbapi_connection is not None:
            self._retire(record)
        if record.dbapi_connection is None:
            self._open(record)
            if self._pre_ping:
                self.log.debug("Connection %r is fresh, skipping pre-ping", record.dbapi_connection)

    def _retire(self, record: ConnectionRecord) -> None:
        """Close a connection that is too old, marked as stale, or dead."""
        connection = record.dbapi_connection
        if self._recycle > -1 and time.time() - record.started > self._recycle:
            self.log.info("Connection %r exceeded timeout; recycling", connection)
        elif record.is_stale or record.started < self._invalid_before:
            self.log.info("Connection %r invalidated due to pool invalidation; recycling", connection)
        elif self._pre_ping and not self._ping(connection):
            self.log.info("Pool pre-ping on connection %r failed, will invalidate pool", connection)
            self.invalidate_older()
        else:
            return
        record.close(terminate=True)

    def _ping(self, connection: Any) -> bool:
        self.log.debug("Pool pre-ping on connection %r", connection)
        return bool(self._verbs.do_ping(connection, self._pre_ping_timeout))

    def _open(self, record: ConnectionRecord) -> None:
        dbapi_connection = self._creator(record) if self._creator_takes_record else self._creator()
        record.pid = os.getpid()
        record.connected(dbapi_connection)
        self.log.debug("Created new connection %r", dbapi_connection)
        hooks = self.hooks
        if not self._has_connected:
            self._has_connected = True
            for listener in hooks.first_connect or ():
                listener(dbapi_connection, record)
        for listener in hooks.connect or ():
            listener(dbapi_connection, record)

    def _lend(self, record: ConnectionRecord) -> PooledConnection:
        proxy = self._proxy_of(record)
        self._lent.add(record)
        record.holder = note()
        if self.log.is_debug:
            self.log.debug("Connection %r checked out from pool", record.dbapi_connection)
        return proxy

    def _proxy_of(self, record: ConnectionRecord) -> PooledConnection:
        """Return what the user gets, when the listeners have agreed to it."""
        if self.hooks.checkout is None:
            record.in_use = True
            return PooledConnection(self, record)
        for _ in range(_CONNECT_ATTEMPTS):
            proxy = PooledConnection(self, record)
            record.in_use = True
            try:
                for listener in self.hooks.checkout or ():
                    listener(record.dbapi_connection, record, proxy)
            except DisconnectionError as error:
                proxy._record = None
                self._replace(record, error)
                continue
            except BaseException:
                proxy._record = None
                raise
            return proxy
        raise InvalidRequestError("This connection is closed: the checkout listeners refused every fresh connection")

    def _replace(self, record: ConnectionRecord, error: DisconnectionError) -> None:
        if error.invalidate_pool:
            self.invalidate_older()
        record.invalidate(error)
        self._open(record)

    def _reset(self, record: ConnectionRecord | None, dbapi_connection: Any, state: PoolResetState) -> bool:
        """Bring a returned connection into its first state; False where that failed and it must be closed."""
        if record is not None and record.pid != self._pid:
            return True
        if self._verbs.is_async and not state.asyncio_safe:
            self._drop_forgotten(dbapi_connection)
            return False
        log = self.log if self.log.is_debug else None
        if log is not None and record is not None:
            log.debug("Connection %r being returned to pool", dbapi_connection)
        try:
            for listener in self.hooks.reset or ():
                listener(dbapi_connection, record, state)
            self._end_transaction(dbapi_connection, state, log)
        except Exception as error:
            self.log.error("Exception during reset or similar", exc_info=True)
            if record is not None:
                record.invalidate(error)
            return False
        return True

    def _end_transaction(self, dbapi_connection: Any, state: PoolResetState, log: EchoLog | None) -> None:
        if self._reset_style is ResetStyle.reset_rollback and state.transaction_was_reset:
            if log is not None:
                log.debug("Connection %r reset, transaction already reset", dbapi_connection)
        elif self._reset_style is ResetStyle.reset_rollback:
            if self._verbs.skips_rollback(dbapi_connection):
                return
            if log is not None:
                log.debug("Connection %r rollback-on-return", dbapi_connection)
            self._verbs.do_rollback(dbapi_connection)
        elif self._reset_style is ResetStyle.reset_commit:
            if log is not None:
                log.debug("Connection %r commit-on-return", dbapi_connection)
            self._verbs.do_commit(dbapi_connection)

    def _drop_forgotten(self, dbapi_connection: Any) -> None:
        """Warn of a connection that only the garbage collector brought back, where nothing can be awaited."""
        warn(
            f"The garbage collector is trying to clean up non-checked-in connection {dbapi_connection!r}, which will "
            "be terminated. Please close connections and sessions, best by using them in 'async with' blocks",
            SAWarning,
        )

    def _close_connection(self, dbapi_connection: Any, *, terminate: bool = False) -> None:
        self.log.debug("%s connection %r", "Hard-closing" if terminate else "Closing", dbapi_connection)
        try:
            if terminate:
                self._verbs.do_terminate(dbapi_connection)
            else:
                self._verbs.do_close(dbapi_connection)
        except Exception:  # the connection is gone either way; the cause is in the log
            self.log.error("Exception closing connection %r", dbapi_connection, exc_info=True)

    def _is_foreign(self, record: ConnectionRecord) -> bool:
        """Whether a record was made by the parent process; such a connection is kept and never touched."""
        if record.pid == os.getpid():
            return False
        _abandoned.append(record)
        return True

    # the life of a pool

    def invalidate_older(self) -> None:
        """Mark all connections made until now as stale: they are replaced at their next use."""
        self._invalid_before = time.time()

    def dispose(self) -> None:
        """Close all idle connections; those in use are closed when they come back. The pool stays usable."""
        self._generation += 1
        for record in self._forget_all():
            record.close()
        if self.tells_disposal:
            self.log.info("Pool disposed. %s", self.status())

    def abandon(self) -> None:
        """Forget all connections without closing them: for a child process, which does not own them."""
        self._pid = os.getpid()
        self._generation += 1
        _abandoned.extend([*self._forget_all(), *self._lent])
        self._lent.clear()

    def recreate(self) -> Self:
        """A new, empty pool with the same options and listeners."""
        new = type(self)(self._creator, **self._options())
        new.hooks = self.hooks
        self.log.info("Pool recreating")
        return new

    def _options(self) -> dict[str, Any]:
        return {
            "recycle": self._recycle,
            "echo": self.log.echo,
            "logging_name": self.logging_name,
            "reset_on_return": self._reset_style,
            "dialect": self._verbs,
            "pre_ping": self._pre_ping,
            "pre_ping_timeout": self._pre_ping_timeout,
        }

    def _after_fork(self) -> None:
        """Become the child's own pool: new locks, no connections."""
        self.abandon()

    @staticmethod
    def _keep_forever(connections: Sequence[Any]) -> None:
        _abandoned.extend(connections)

    @property
    def echo(self) -> EchoFlag:
        """Whether the pool logs, and how much."""
        return self.log.echo

    @echo.setter
    def echo(self, flag: EchoFlag) -> None:
        self.log.echo = flag


def _reset_style(given: Any) -> ResetStyle:
    try:
        return RESET_STYLES[given]
    except (KeyError, TypeError):
        raise ArgumentError(f"Invalid value for 'reset_on_return': {given!r}") from None


def _abandon_all() -> None:
    for pool in list(_pools):
        pool._after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_abandon_all)
