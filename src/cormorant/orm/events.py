"""The events of sessions, mappers, instances, attributes and queries: what each is, and what a listener is called with.

Importing this module lets `event.listen` find mapped classes and attributes.
"""

from ..event.orm_families import AttributeEvents as AttributeEvents
from ..event.orm_families import InstanceEvents as InstanceEvents
from ..event.orm_families import InstrumentationEvents as InstrumentationEvents
from ..event.orm_families import MapperEvents as MapperEvents
from ..event.orm_families import QueryEvents as QueryEvents
from ..event.orm_families import RegistryEvents as RegistryEvents
from ..event.orm_families import SessionEvents as SessionEvents
from .mapping import events as _events  # noqa: F401  # pyright: ignore[reportUnusedImport] - registers the targets
