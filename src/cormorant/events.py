"""The events of pools, connections, drivers and DDL: what each is, and what a listener is called with."""

from __future__ import annotations

from .engine.pools.verbs import PoolResetState
from .event.engine_families import ConnectionEvents, DDLEvents, DialectEvents, PoolEvents
from .schema.hooks import HasHooks as SchemaEventTarget

__all__ = ["ConnectionEvents", "DDLEvents", "DialectEvents", "PoolEvents", "PoolResetState", "SchemaEventTarget"]
