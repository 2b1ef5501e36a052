"""The registry: the mappers that belong together, their metadata, the names of their classes, their type map.

In: classes to map, imperatively or declaratively. Out: mappers; names for text in relationships; configuration of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ...exc import SAWarning
from ...inspection import register
from ...schema import MetaData
from ...util.lasting import Lasting
from ...util.notices import warn
from ..instance.construct import set_keywords
from ..instance.errors import UnmappedColumnError
from .build import add_property, build_mapper
from .configure import LOCK, REGISTRIES, configure_registries, declares
from .hooks import GENERAL_REGISTRY, RegistryHooks
from .instrument import put_descriptor, unmap_class
from .listeners import tell_mapper
from .mapper import Mapper
from .marked import put_marked_methods
from .overlaps import Writers
from .resolve import resolve_target


class Registry(Lasting):
    """A collection of mappings."""

    def __init__(
        self,
        *,
        metadata: MetaData | None = None,
        class_registry: dict[str, Any] | None = None,
        type_annotation_map: Any = None,
        constructor: Callable[..., None] | None = set_keywords,
    ) -> None:
        self.metadata = MetaData() if metadata is None else metadata
        self.names: dict[str, list[type]] = {}
        """Class name -> the mapped classes of that name."""
        self._class_registry: dict[str, Any] = {} if class_registry is None else class_registry
        self.type_annotation_map: dict[Any, Any] = {}
        self.constructor = constructor
        self.hooks: Any = RegistryHooks(GENERAL_REGISTRY)
        self.writers: Writers = {}
        """Which relationships write which columns."""
        self._mappers: dict[Mapper, None] = {}
        self._waiting: dict[Mapper, None] = {}
        self.planned: dict[type, Any] = {}
        """Classes whose mapping is put off -> PlannedMapping."""
        if type_annotation_map:
            self.update_type_annotation_map(type_annotation_map)
        REGISTRIES.add(self)

    def update_type_annotation_map(self, type_annotation_map: Any) -> None:
        """Add entries: Python type -> SQL type. Entries for a union hold for it with and without None."""
        self.type_annotation_map.update(type_annotation_map)

    # --- mappers

    @property
    def mappers(self) -> frozenset[Mapper]:
        """All mappers."""
        return frozenset(self._mappers)

    def map_imperatively(self, class_: type, local_table: Any = None, **kw: Any) -> Mapper:
        """Map a class to a table; returns the mapper."""
        return self.add(build_mapper(class_, local_table, self, **kw))

    def add(self, mapper: Mapper, *, warns: bool = False) -> Mapper:
        """Take a new mapper in; `warns` of a class that takes the name of another one of its module."""
        put_marked_methods(mapper)
        tell_mapper("after_mapper_constructed", mapper)
        mapper.awaits_selectable = declares(mapper.class_, "__declare_first__")
        with LOCK:
            self._mappers[mapper] = None
            self._waiting[mapper] = None
            self._enter_name(mapper.class_, warns)
        return mapper

    def _enter_name(self, class_: type, warns: bool) -> None:
        name = class_.__name__
        known = self.names.get(name, [])
        others = [cls for cls in known if cls.__module__ != class_.__module__]
        if warns and len(others) < len(known):
            warn(
                "This declarative base already contains a class with the same class name and module name as "
                f"{class_.__module__}.{name}, and will be replaced in the string-lookup table.",
                SAWarning,
            )
        self.names[name] = [*others, class_]
        self._class_registry[name] = class_

    def add_property(self, mapper: Mapper, key: str, given: Any) -> None:
        """Map one more attribute of a class that is mapped already, and of its mapped subclasses."""
        with LOCK:
            prop = add_property(mapper, key, given)
            for child in mapper.self_and_descendants[1:]:
                if key not in child.properties and not child.concrete:
                    child.properties[key] = prop
                    put_descriptor(child.class_manager, child, prop)
            mapper.forget_plans()
            if prop.is_relationship or not mapper.configured:
                self._waiting[mapper] = None
                mapper.configured = False

    # --- configuration

    @property
    def is_configured(self) -> bool:
        """Whether no mapper waits."""
        return not self._waiting

    def waiting(self) -> list[Mapper]:
        """Return the mappers that wait for configuration; those that are complete are taken off the list."""
        for mapper in list(self._waiting):
            if mapper.configured:
                del self._waiting[mapper]
        return list(self._waiting)

    def configure(self, cascade: bool = False) -> None:
        """Complete the mappers of this registry, and of those they lead to."""
        if self._waiting:
            configure_registries([self])
            self.waiting()

    def dispose(self, cascade: bool = False) -> None:
        """Take the mappings off the classes of this registry."""
        with LOCK:
            for mapper in list(self._mappers):
                mapper.disposed = True
                unmap_class(mapper.class_manager)
            self._mappers.clear()
            self._waiting.clear()
            self.names.clear()
            self.writers.clear()
            self._class_registry.clear()

    def resolve_target(self, prop: Any) -> None:
        """Find the mapper that a relationship leads to."""
        resolve_target(prop)

    def unmapped_column(self, mapper: Mapper, column: Any) -> UnmappedColumnError:
        """Return the error for a column that no attribute of a mapper holds."""
        return UnmappedColumnError(f"No column {column} is configured on mapper {mapper}")

    # --- names

    def classes_named(self, name: str, path: tuple[str, ...] = ()) -> list[type]:
        """Return the classes of a name, whose module ends in the given path."""
        found = self.names.get(name, [])
        if not path:
            return list(found)
        return [cls for cls in found if tuple(cls.__module__.split("."))[-len(path) :] == path or _starts(cls, path)]

    def has_module(self, name: str) -> bool:
        """Tell whether some class lives in a module that has this part in its path."""
        return any(name in cls.__module__.split(".") for found in self.names.values() for cls in found)

    def __iter__(self) -> Iterator[Mapper]:
        return iter(self._mappers)


def _starts(cls: type, path: tuple[str, ...]) -> bool:
    return cls.__module__ == ".".join(path)


register(Registry)
