"""The hook tables of mappers and registries, and where listeners find them.

In: mapped classes, mappers, registries, attributes, or the general targets (`Mapper`, `InstanceEvents` and so on). Out:
the tables into which `event.listen` puts functions; attributes and managers then see them in their `hooks`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...event import HookTable, hook_table
from ...event.catalogue import MAPPER, REGISTRY
from .mapper import Mapper

MapperHooks = hook_table("MapperHooks", MAPPER)
RegistryHooks = hook_table("RegistryHooks", REGISTRY)

GENERAL: Any = MapperHooks()
"""Listeners for all mappers."""
GENERAL_REGISTRY: Any = RegistryHooks()


def mapper_hooks(mapper: Mapper) -> Any:
    """Return the hook table of a mapper: its own, or the general one."""
    return mapper.__dict__.get("hooks", GENERAL)


def own_mapper_hooks(mapper: Mapper) -> HookTable:
    """Return the mapper's own hook table, made at first use."""
    found = mapper.__dict__.get("hooks")
    if found is None:
        found = mapper.__dict__["hooks"] = MapperHooks(GENERAL)
    made: HookTable = found
    return made


def call_configure_hooks(name: str, registries: Iterable[Any]) -> None:
    """Call the listeners of before_configured or after_configured, general ones first."""
    for function in getattr(GENERAL, name) or ():
        function()
    for registry in registries:
        for function in getattr(registry.hooks, name) or ():
            function(registry)
