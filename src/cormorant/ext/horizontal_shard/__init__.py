"""Sessions over several databases that hold rows of the same tables."""

from .session import ShardedQuery, ShardedSession, set_shard_id

__all__ = ["ShardedQuery", "ShardedSession", "set_shard_id"]
