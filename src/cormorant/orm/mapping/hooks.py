"""The hook tables of mappers and registries.

In: the functions that `listeners` found for a mapper, and those for all mappers. Out: the tables that the flush and the
configuration look into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...event import hook_table
from ...event.catalogue import MAPPER, REGISTRY
from .mapper import Mapper

ROW_EVENTS = ("before_insert", "after_insert", "before_update", "after_update", "before_delete", "after_delete")

MapperEvents: Any = hook_table("MapperEvents", MAPPER)
RegistryHooks = hook_table("RegistryHooks", REGISTRY)


class MapperHooks(MapperEvents):  # type: ignore[misc]
    """The hook table of one mapper, or of all of them."""

    hears_rows: bool = False
    """Whether some event of the rows of a flush has a listener."""

    def _refresh(self, name: str) -> None:
        base: Any = super()
        base._refresh(name)
        self.hears_rows = any(getattr(self, heard) is not None for heard in ROW_EVENTS)


GENERAL: Any = MapperHooks()
"""Listeners for all mappers."""
GENERAL_REGISTRY: Any = RegistryHooks()


def mapper_hooks(mapper: Mapper) -> Any:
    """Return the hook table of a mapper: its own, or the general one."""
    return mapper.__dict__.get("hooks", GENERAL)


def set_mapper_functions(mapper: Mapper, functions: Mapping[str, tuple[Callable[..., Any], ...]]) -> None:
    """Give a mapper a table of its own with these functions, behind the general ones; or none."""
    if not functions:
        mapper.__dict__.pop("hooks", None)
        return
    own = mapper.__dict__["hooks"] = MapperHooks(GENERAL)
    for name, found in functions.items():
        for function in found:
            own.add(name, function)


def mapper_functions(mapper: Mapper, name: str) -> tuple[Callable[..., Any], ...]:
    """Return the functions that hear of an event of a mapper."""
    return getattr(mapper_hooks(mapper), name) or ()


def call_configure_hooks(name: str, registries: Iterable[Any]) -> None:
    """Call the listeners of before_configured or after_configured: general ones are the first and the last."""
    general = getattr(GENERAL, name) or ()
    if name == "before_configured":
        _call_all(general)
    for registry in registries:
        _call_all(getattr(registry.hooks, name) or (), registry)
    if name == "after_configured":
        _call_all(general)


def _call_all(functions: Iterable[Callable[..., Any]], *arguments: Any) -> None:
    for function in functions:
        function(*arguments)
