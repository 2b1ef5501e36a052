"""The kinds of pools: the public names."""

from ..engine.pools.async_queue import AsyncAdaptedQueuePool
from ..engine.pools.queue import QueuePool
from ..engine.pools.simple import AssertionPool, NullPool, SingletonThreadPool, StaticPool

__all__ = ["AssertionPool", "AsyncAdaptedQueuePool", "NullPool", "QueuePool", "SingletonThreadPool", "StaticPool"]
