"""From a class to a mapped one: class manager, constructor, descriptors; and back again.

In: a class and its mapper. Out: the class changed in place: `_sa_class_manager`, `__mapper__`, `__init__`, one
descriptor per property.
"""

from __future__ import annotations

from typing import Any

from ...exc import ArgumentError, InvalidRequestError
from ..instance.attribute import MappedAttribute
from ..instance.construct import keyword_constructor, set_keywords, wrapped_constructor
from ..instance.manager import MANAGER_ATTR, ClassManager, manager_of_class
from .attribute import (
    PendingRelationship,
    RelationshipCollection,
    RelationshipReference,
    RelationshipStream,
    column_attribute,
)
from .listeners import set_attribute_hooks, strike_off
from .properties import ColumnProperty, MapperProperty

ORIGINALS = "_sa_replaced"
CUSTOM = "__sa_instrumentation_manager__"
"""What a class calls the function that would instrument it otherwise; see `ext.instrumentation`."""


def make_manager(class_: type, parent: ClassManager | None, constructor: Any) -> ClassManager:
    """Return the manager of a class that is about to be mapped; put in place, constructor included."""
    present = manager_of_class(class_)
    if present is not None and present.is_mapped:
        raise ArgumentError(f"Class '{class_}' already has a primary mapper defined. ")
    refuse_custom(class_)
    manager = ClassManager(class_, parent.identity_class if parent is not None else class_)
    setattr(class_, MANAGER_ATTR, manager)
    _put_constructor(class_, manager, constructor)
    return manager


def refuse_custom(class_: type) -> None:
    """Raise where a class wants to be instrumented in a way of its own: values live in `__dict__`, always."""
    if getattr(class_, CUSTOM, None) is not None:
        raise InvalidRequestError(
            f"Class {class_.__name__} has {CUSTOM}: instrumentation by functions of a program is not available. "
            "Attributes are kept in the __dict__ of their objects; use properties, hybrid_property or attribute "
            "events instead"
        )


def _put_constructor(class_: type, manager: ClassManager, constructor: Any) -> None:
    """Wrap the constructor of the class; one that has none gets the registry's, which usually takes keywords."""
    own = class_.__dict__.get("__init__")
    manager.original_init = own
    inherited = class_.__init__ if own is None else getattr(own, "_sa_original_init", own)  # type: ignore[misc]
    if inherited is object.__init__ and constructor is not None:
        inherited = constructor
    if inherited is set_keywords or getattr(inherited, "_sa_keywords", False):
        made = keyword_constructor(manager)
        made._sa_keywords = True  # type: ignore[attr-defined]
        class_.__init__ = made  # type: ignore[misc]
    elif not hasattr(inherited, "_sa_original_init"):
        class_.__init__ = wrapped_constructor(inherited)  # type: ignore[misc]


def put_descriptor(manager: ClassManager, mapper: Any, prop: MapperProperty) -> None:
    """Put the attribute of a property on the class."""
    class_, key = manager.class_, prop.key
    replaced: dict[str, Any] = manager.__dict__.setdefault(ORIGINALS, {})
    if key not in replaced:
        replaced[key] = class_.__dict__.get(key, ORIGINALS)
    attribute = make_attribute(manager, mapper, prop)
    type.__setattr__(class_, key, attribute)
    if isinstance(attribute, MappedAttribute):
        set_attribute_hooks(manager, attribute)
        manager.add_attribute(attribute)


def make_attribute(manager: ClassManager, mapper: Any, prop: Any) -> Any:
    """Return the attribute for a property."""
    if isinstance(prop, ColumnProperty):
        return column_attribute(prop, manager, mapper)
    if prop.is_relationship:
        if not prop.is_wired:
            return PendingRelationship(prop, manager, mapper)
        present: Any = manager.class_.__dict__.get(prop.key)
        is_same = type(present) is PendingRelationship and present.prop is prop and present.parent is mapper
        return present.become(_kind_of(prop)) if is_same else _kind_of(prop)(prop, manager, mapper)
    return prop.make_descriptor(manager, mapper)


def _kind_of(prop: Any) -> Any:
    """Return the class of a relationship's attribute."""
    if prop.is_streamed:
        return RelationshipStream
    return RelationshipCollection if prop.uselist else RelationshipReference


def unmap_class(manager: ClassManager) -> None:
    """Take everything off a class again."""
    class_ = manager.class_
    strike_off(manager)
    for key, value in manager.__dict__.get(ORIGINALS, {}).items():
        if value is not ORIGINALS:
            type.__setattr__(class_, key, value)
        elif key in class_.__dict__:
            type.__delattr__(class_, key)
    for name in (MANAGER_ATTR, "__mapper__"):
        if name in class_.__dict__:
            type.__delattr__(class_, name)
    if manager.original_init is not None:
        type.__setattr__(class_, "__init__", manager.original_init)
    elif "__init__" in class_.__dict__:
        type.__delattr__(class_, "__init__")
    manager.mapper = None
