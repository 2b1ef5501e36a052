"""Events of mappers, instances, attributes and registries: importing this module lets event.listen() find them."""

from .instance.hooks import AttributeHooks as AttributeEvents
from .instance.hooks import InstanceHooks as InstanceEvents
from .mapping import events as _events
from .mapping.hooks import MapperHooks as MapperEvents
from .mapping.hooks import RegistryHooks as RegistryEvents

__all__ = ["AttributeEvents", "InstanceEvents", "MapperEvents", "RegistryEvents", "_events"]
