"""Constants and small functions of attribute access and mapping."""

from .instance.access import instance_dict, instance_state
from .instance.manager import manager_of_class
from .instance.symbols import (
    ATTR_EMPTY,
    ATTR_WAS_SET,
    DONT_SET,
    NEVER_SET,
    NO_KEY,
    NO_VALUE,
    PASSIVE_CLASS_MISMATCH,
    PASSIVE_NO_FETCH,
    PASSIVE_NO_FETCH_RELATED,
    PASSIVE_NO_INITIALIZE,
    PASSIVE_NO_RESULT,
    PASSIVE_OFF,
    PASSIVE_ONLY_PERSISTENT,
    LoaderCallableStatus,
    PassiveFlag,
)
from .mapping.annotated import Mapped
from .mapping.direction import MANYTOMANY, MANYTOONE, ONETOMANY, RelationshipDirection
from .mapping.inspecting import class_mapper, object_mapper, object_state
from .query.typed_mapped import DynamicMapped, WriteOnlyMapped

__all__ = [
    "ATTR_EMPTY",
    "ATTR_WAS_SET",
    "DONT_SET",
    "MANYTOMANY",
    "MANYTOONE",
    "NEVER_SET",
    "NO_KEY",
    "NO_VALUE",
    "ONETOMANY",
    "PASSIVE_CLASS_MISMATCH",
    "PASSIVE_NO_FETCH",
    "PASSIVE_NO_FETCH_RELATED",
    "PASSIVE_NO_INITIALIZE",
    "PASSIVE_NO_RESULT",
    "PASSIVE_OFF",
    "PASSIVE_ONLY_PERSISTENT",
    "DynamicMapped",
    "LoaderCallableStatus",
    "Mapped",
    "PassiveFlag",
    "RelationshipDirection",
    "WriteOnlyMapped",
    "class_mapper",
    "instance_dict",
    "instance_state",
    "manager_of_class",
    "object_mapper",
    "object_state",
]
