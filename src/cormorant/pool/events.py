"""Events of pools: the public names."""

from ..event.engine_families import PoolEvents

__all__ = ["PoolEvents"]
