"""What engines, connections and pools offer to `event.listen`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..event import register_target
from ..event.catalogue import CONNECTION, DIALECT, POOL
from ..util.later import on_demand
from .connection import Connection
from .engine import Engine
from .hooks import HeirHooks, all_engines
from .pools.base import Pool
from .pools.hooks import all_pools

if TYPE_CHECKING:
    from ..event.engine_families import ConnectionEvents as ConnectionEvents
    from ..event.engine_families import DialectEvents as DialectEvents

__getattr__, __dir__ = on_demand(
    __name__,
    {"ConnectionEvents": "cormorant.event.engine_families", "DialectEvents": "cormorant.event.engine_families"},
)

_WITH_RETVAL = ("before_execute", "before_cursor_execute")


def _engine_tables(target: Any, event: str, options: Mapping[str, Any]) -> Iterable[Any]:
    if isinstance(target, type):
        return (all_engines,)
    if isinstance(target, Connection) and target._hooks is target.engine.hooks:
        target._hooks = HeirHooks(target.engine.hooks)
    return (target._hooks if isinstance(target, Connection) else target.hooks,)


def _pool_tables(target: Any, event: str, options: Mapping[str, Any]) -> Iterable[Any]:
    if isinstance(target, type):
        return (all_pools,)
    return (target.pool.hooks if isinstance(target, Engine) else target.hooks,)


def _without_result(function: Callable[..., Any], event: str, options: Mapping[str, Any]) -> Callable[..., Any]:
    """Ignore what a listener returns, unless it was registered with `retval=True`."""
    if event not in _WITH_RETVAL or options.get("retval"):
        return function

    def call(*args: Any) -> None:
        function(*args)

    return call


def register_targets() -> None:
    """Make the three classes known to `event.listen`; called once, when the package is imported."""
    events = {**CONNECTION, **DIALECT}
    register_target(Engine, events, _engine_tables, options=("retval",), adapt=_without_result)
    register_target(Connection, events, _engine_tables, options=("retval",), adapt=_without_result)
    register_target(Engine, POOL, _pool_tables)
    register_target(Pool, POOL, _pool_tables)
