"""inspect() of mapped classes and their instances, and the functions that find mappers and states.

In: a class, an instance, an attribute. Out: its mapper or state, or UnmappedClassError and UnmappedInstanceError.
"""

from __future__ import annotations

from typing import Any

from ...exc import ArgumentError
from ...inspection import register
from ...sql.makers import makers
from ..instance.checks import is_a
from ..instance.errors import UnmappedClassError, UnmappedInstanceError
from ..instance.manager import MANAGER_ATTR, manager_of_class
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from .mapper import Mapper
from .planned import refuse_waiting, waits


def _state_of(subject: Any) -> InstanceState | None:
    state: InstanceState | None = getattr(subject, "__dict__", {}).get(STATE)
    return state


def _mapper_of(subject: Any) -> Mapper | None:
    manager = manager_of_class(subject)
    if manager is None or manager.mapper is None:
        if waits(subject):
            refuse_waiting(subject)
        return None
    mapper: Mapper = manager.mapper
    return mapper


def _node_of(cls: type) -> Any:
    """Return the node of a mapped class, None of another one."""
    manager = cls.__dict__.get(MANAGER_ATTR)
    mapper: Mapper | None = None if manager is None else manager.mapper
    if mapper is None:
        return None
    return mapper.__clause_element__()


makers.class_node = _node_of
register(object, _state_of)
register(type, _mapper_of)


def class_mapper(class_: Any, configure: bool = True) -> Mapper:
    """Return the mapper of a class; raises UnmappedClassError, or ArgumentError for what is no class."""
    if isinstance(class_, Mapper):
        return class_
    if not isinstance(class_, type):
        raise ArgumentError(f"Class object expected, got '{class_!r}'.")
    manager = manager_of_class(class_)
    if manager is None or manager.mapper is None:
        raise UnmappedClassError(class_)
    mapper: Mapper = manager.mapper
    if configure:
        mapper.ensure_configured()
    return mapper


def object_mapper(instance: Any) -> Mapper:
    """Return the mapper of an instance; raises UnmappedInstanceError."""
    mapper: Mapper = object_state(instance).manager.mapper
    return mapper


def object_state(instance: Any) -> InstanceState:
    """Return the state of an instance; raises UnmappedInstanceError."""
    state = _state_of(instance)
    if state is None or isinstance(instance, type):
        raise UnmappedInstanceError(instance)
    return state


def has_identity(object_: Any) -> bool:
    """Tell whether an instance has, or had, a row."""
    return object_state(object_).has_identity


def was_deleted(object_: Any) -> bool:
    """Tell whether the row of an instance was deleted by a session."""
    return object_state(object_).was_deleted


def identity_key(
    class_: Any = None, ident: Any = None, *, instance: Any = None, row: Any = None, identity_token: Any = None
) -> tuple[Any, ...]:
    """Return the identity key for a class and primary key, a class and row, or an instance."""
    if instance is not None:
        return object_mapper(instance).identity_key_from_instance(instance)
    if class_ is None:
        raise ArgumentError("class or instance is required")
    mapper = class_mapper(class_)
    if row is not None:
        return mapper.identity_key_from_row(row, identity_token=identity_token)
    if ident is None:
        raise ArgumentError("ident or row is required")
    values: Any = ident if is_a(ident, tuple, list) else (ident,)
    return mapper.identity_key_from_primary_key(values, identity_token=identity_token)
