"""The base of pools and their connections: the public names."""

from ..engine.pools.base import Pool
from ..engine.pools.verbs import PoolResetState, reset_commit, reset_none, reset_rollback
from . import ConnectionPoolEntry, ManagesConnection, PoolProxiedConnection

__all__ = [
    "ConnectionPoolEntry",
    "ManagesConnection",
    "Pool",
    "PoolProxiedConnection",
    "PoolResetState",
    "reset_commit",
    "reset_none",
    "reset_rollback",
]
