"""The hook tables of mappers, instances, attributes and registries: made at first use, found by everybody else.

In: mapped classes and attributes. Out: the tables into which `events` puts functions. What is listened to on a class with
`propagate` also reaches classes that are mapped later: a `Heritage` keeps it for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from weakref import WeakKeyDictionary

from ...event import HookTable, hook_table
from ...event.catalogue import MAPPER, REGISTRY
from ..instance.hooks import AttributeHooks, InstanceHooks
from ..instance.manager import ClassManager, manager_of_class
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


def own_instance_hooks(mapper: Mapper) -> HookTable:
    """Return the hook table of the instances of a class, made at first use."""
    manager: ClassManager = mapper.class_manager
    if manager.hooks is None:
        manager.hooks = InstanceHooks()
        if manager.is_configured:
            manager.finish()
    return manager.hooks


def own_attribute_hooks(mapper: Mapper, key: str) -> AttributeHooks:
    """Return the hook table of an attribute, made at first use; a relationship may still wait for its attribute."""
    tables: dict[str, AttributeHooks] = mapper.__dict__.setdefault("attribute_hooks", {})
    found = tables.get(key)
    if found is None:
        found = tables[key] = AttributeHooks()
        put_attribute_hooks(mapper, key)
    return found


def put_attribute_hooks(mapper: Mapper, key: str) -> None:
    """Give an attribute its hook table, where there are both."""
    manager: ClassManager = mapper.class_manager
    table = mapper.__dict__.get("attribute_hooks", {}).get(key)
    attribute = manager.attributes.get(key)
    if table is not None and attribute is not None and attribute.hooks is not table:
        attribute.set_hooks(table)
        if manager.is_configured:
            manager.finish()


class Heritage:
    """Listeners of one kind for a class and whatever is mapped below it later; stands among the tables of a target."""

    def __init__(self, kind: Callable[[Mapper], HookTable]) -> None:
        self.kind = kind
        self.functions: list[tuple[str, Callable[..., Any], bool]] = []
        self.heirs: list[HookTable] = []

    def add(self, name: str, function: Callable[..., Any], insert: bool = False) -> None:
        """Keep a listener for later classes."""
        self.functions.append((name, function, insert))

    def discard(self, name: str, function: Callable[..., Any]) -> None:
        """Forget a listener, also where later classes got it."""
        self.functions = [kept for kept in self.functions if kept[:2] != (name, function)]
        for table in self.heirs:
            table.discard(name, function)

    def pass_on(self, mapper: Mapper) -> None:
        """Give a new class what its base has."""
        if not self.functions:
            return
        table = self.kind(mapper)
        self.heirs.append(table)
        for name, function, insert in self.functions:
            table.add(name, function, insert)


_heritages: WeakKeyDictionary[type, dict[Any, Heritage]] = WeakKeyDictionary()


def heritage(class_: type, kind: Callable[[Mapper], HookTable]) -> Heritage:
    """Return what a class leaves to those mapped below it later."""
    return _heritages.setdefault(class_, {}).setdefault(kind, Heritage(kind))


def inherit_hooks(mapper: Mapper) -> None:
    """Give a new mapper the listeners that its bases leave to it."""
    for base in mapper.class_.__mro__:
        for found in _heritages.get(base, {}).values():
            found.pass_on(mapper)


def mappers_below(class_: type) -> Iterator[Mapper]:
    """Yield the mappers of a class and of its subclasses."""
    manager = manager_of_class(class_)
    if manager is not None and manager.mapper is not None:
        yield manager.mapper
    for subclass in type.__subclasses__(class_):
        yield from mappers_below(subclass)


def call_configure_hooks(name: str, registries: Iterable[Any]) -> None:
    """Call the listeners of before_configured or after_configured, general ones first."""
    for function in getattr(GENERAL, name) or ():
        function()
    for registry in registries:
        for function in getattr(registry.hooks, name) or ():
            function(registry)
