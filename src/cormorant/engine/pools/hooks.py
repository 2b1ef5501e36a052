"""The hook tables of pools: one for each pool, and one above all of them for listeners on the class."""

from __future__ import annotations

from ...event import hook_table
from ...event.catalogue import POOL

PoolHooks = hook_table("PoolHooks", POOL)
all_pools = PoolHooks()
