"""Connection pools: the public names."""

from __future__ import annotations

from ..engine.pools.async_queue import AsyncAdaptedQueuePool
from ..engine.pools.base import Pool
from ..engine.pools.queue import QueuePool
from ..engine.pools.record import ConnectionRecord as ConnectionPoolEntry
from ..engine.pools.record import PooledConnection as ManagesConnection
from ..engine.pools.record import PooledConnection as PoolProxiedConnection
from ..engine.pools.simple import AssertionPool, NullPool, SingletonThreadPool, StaticPool
from ..engine.pools.verbs import PoolResetState, reset_commit, reset_none, reset_rollback

__all__ = [
    "AssertionPool",
    "AsyncAdaptedQueuePool",
    "ConnectionPoolEntry",
    "ManagesConnection",
    "NullPool",
    "Pool",
    "PoolProxiedConnection",
    "PoolResetState",
    "QueuePool",
    "SingletonThreadPool",
    "StaticPool",
    "reset_commit",
    "reset_none",
    "reset_rollback",
]
