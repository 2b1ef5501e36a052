"""Attributes by name, past whatever the class itself does: get, set, delete, flag, fill, history.

In: an instance and a key. Out: the value or the effect. Public through `cormorant.orm.attributes`.
"""

from __future__ import annotations

from typing import Any

from ...exc import InvalidRequestError
from .errors import UnmappedInstanceError
from .history import History
from .hooks import EventOperation
from .manager import manager_of_class
from .state import InstanceState
from .symbols import NO_VALUE, PASSIVE_OFF, STATE, PassiveFlag


def instance_state(instance: Any) -> InstanceState:
    """Return the state of an instance; raises AttributeError where it has none."""
    state: InstanceState = instance._sa_instance_state
    return state


def instance_dict(instance: Any) -> dict[str, Any]:
    """Return the dictionary that holds the values of an instance."""
    values: dict[str, Any] = instance.__dict__
    return values


def require_state(instance: Any) -> InstanceState:
    """Return the state of an instance; raises UnmappedInstanceError where it has none."""
    try:
        state: InstanceState = instance.__dict__[STATE]
    except (AttributeError, KeyError):
        raise UnmappedInstanceError(instance) from None
    return state


def _attribute(instance: Any, key: str) -> Any:
    return instance_state(instance).manager.attribute(key)


def get_attribute(instance: Any, key: str) -> Any:
    """Return the value of a mapped attribute, loading it where it has to be."""
    return _attribute(instance, key).__get__(instance, type(instance))


def set_attribute(instance: Any, key: str, value: Any, initiator: Any = None) -> None:
    """Set a mapped attribute as the instance's own attribute does."""
    _attribute(instance, key).__set__(instance, value)


def del_attribute(instance: Any, key: str) -> None:
    """Delete the value of a mapped attribute."""
    _attribute(instance, key).__delete__(instance)


def set_committed_value(instance: Any, key: str, value: Any) -> None:
    """Store a value as the one that the database holds: no history, no event."""
    state = instance_state(instance)
    state.manager.attribute(key).fill(state, value)


def init_collection(obj: Any, key: str) -> Any:
    """Put an empty collection in place and return the adapter that fills it without history."""
    return init_state_collection(instance_state(obj), instance_dict(obj), key)


def init_state_collection(state: InstanceState, dict_: dict[str, Any], key: str) -> Any:
    """The same, from the state."""
    return state.manager.attribute(key).fill(state, ())._sa_adapter


def flag_modified(instance: Any, key: str) -> None:
    """Mark an attribute as changed, whatever its value was: for values that were changed in place."""
    state = instance_state(instance)
    for stored in state.manager.stored_keys(key):
        _flag(instance, state, stored)


def _flag(instance: Any, state: InstanceState, key: str) -> None:
    attribute = state.manager.attributes[key]
    if key not in state.dict:
        raise InvalidRequestError(
            f"Can't flag attribute {key!r} modified; it's not present in the object state: read it or set it first"
        )
    hooks = attribute.hooks
    if hooks is not None and hooks.modified is not None:
        for function in hooks.modified:
            function(state, attribute.initiator(EventOperation.MODIFIED))
    state.committed.pop(key, None) if state.committed else None
    state.note_change(instance, key, NO_VALUE)


def flag_dirty(instance: Any) -> None:
    """Mark an instance as changed without naming an attribute, so that flush events see it."""
    state = instance_state(instance)
    state.flagged = InstanceState.flags_in_use = True
    session = state.session
    if session is not None and state not in session.modified and not state.is_row_deleted:
        session.modified[state] = instance
        session.begin_for_change()


def get_history(obj: Any, key: str, passive: PassiveFlag = PASSIVE_OFF) -> History:
    """Return what was added to, left in and deleted from an attribute since the last flush."""
    return get_state_history(instance_state(obj), key, passive)


def get_state_history(state: InstanceState, key: str, passive: PassiveFlag = PASSIVE_OFF) -> History:
    """The same, from the state."""
    return state.get_history(key, passive)


def has_parent(cls: type, obj: Any, key: str, optimistic: bool = False) -> bool:
    """Tell whether an instance has a parent through the relationship `key` of a mapped class."""
    manager = manager_of_class(cls)
    if manager is None:
        raise UnmappedInstanceError(cls)
    return manager.has_parent(instance_state(obj), key, optimistic)


def is_modified(state: InstanceState) -> bool:
    """Tell whether the instance has changes that would be written: a value that differs from its original."""
    return any(state.get_history(key, PassiveFlag.PASSIVE_NO_INITIALIZE).has_changes() for key in state.committed)
