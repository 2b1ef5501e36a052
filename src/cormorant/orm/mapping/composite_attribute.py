"""The attribute of a composite: reads and writes an object made of the values of several column attributes.

In: a property that knows the column attributes and how values become objects. Out: the descriptor on the class. The
object is made when it is first read and stays until its columns were flushed or loaded again; what it was made of is
noted in the state.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..instance.history import History
from ..instance.hooks import AttributeEventToken, EventOperation
from ..instance.state import InstanceState
from ..instance.symbols import DONT_SET, NO_VALUE, NOTHING, PASSIVE_NO_INITIALIZE, PASSIVE_OFF, STATE
from .attribute import InstrumentedAttribute
from .listeners import attribute_family


class CompositeAttribute(InstrumentedAttribute[Any]):
    """The descriptor of a composite on one mapped class."""

    def __init__(self, prop: Any, manager: Any, mapper: Any) -> None:
        self.key = prop.key
        self.bind(prop, manager, mapper)
        manager.add_view(self)

    def assignments(self, value: Any) -> list[tuple[Any, Any]]:
        """Return the columns and their values for an UPDATE or INSERT that names the composite."""
        self.prop.parent.ensure_configured()
        return list(zip(self.comparator.columns, self.prop.values_of(value), strict=True))

    def spread_record(self, owner: Any, record: dict[str, Any], value: Any) -> None:
        """Put the values of the columns into a record of a bulk INSERT or UPDATE."""
        self.prop.parent.ensure_configured()
        record.update(zip(self.prop.attribute_keys, self.prop.values_of(value), strict=True))

    # --- reading

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        if obj is None:
            return self
        self.prop.parent.ensure_configured()
        keys = self.prop.attribute_keys
        values = tuple([getattr(obj, key) for key in keys])
        state: InstanceState = obj.__dict__[STATE]
        known = obj.__dict__.get(self.key, NO_VALUE)
        if known is not NO_VALUE and self._is_valid(state, values):
            return self._followed(state, known)
        made = obj.__dict__[self.key] = self.prop.made_of(values)
        self._note(state, values)
        return self._followed(state, made)

    def _is_valid(self, state: InstanceState, values: tuple[Any, ...]) -> bool:
        """Tell whether the object in memory still stands: its columns are as they were, or wait for a flush."""
        noted = state.made_of.get(self.key)
        if noted is None or noted == values:
            return True
        changed = [key for key, old, new in zip(self.prop.attribute_keys, noted, values, strict=True) if old != new]
        return any(key in state.committed for key in changed)

    def _note(self, state: InstanceState, values: tuple[Any, ...]) -> None:
        """Remember what values of the columns the object in memory was made of."""
        noted: Any = state.made_of
        if noted is NOTHING:
            noted = state.made_of = {}
        noted[self.key] = values

    # --- writing

    def __set__(self, obj: Any, value: Any) -> None:
        if value is DONT_SET:
            return
        self.prop.parent.ensure_configured()
        cls = self.prop.composite_class
        if hasattr(cls, "note_parent") and not isinstance(value, cls):
            value = cls.coerce(self.key, value)
        state: InstanceState = obj.__dict__[STATE]
        value = self._announced(state, obj, value)
        values = tuple(self.prop.values_of(value))
        for key, one in zip(self.prop.attribute_keys, values, strict=True):
            setattr(obj, key, one)
        obj.__dict__[self.key] = value
        self._note(state, values)
        self._followed(state, value)

    def _announced(self, state: InstanceState, obj: Any, value: Any) -> Any:
        """Tell the listeners of `set`, each of which may replace the value."""
        functions = attribute_family(self.key).functions(self.class_).get("set", ())
        if functions:
            old = self.__get__(obj) if self.prop.active_history else obj.__dict__.get(self.key, NO_VALUE)
            token = AttributeEventToken(self, EventOperation.REPLACE)
            for function in functions:
                value = function(state, value, old, token)
        return value

    def _followed(self, state: InstanceState, value: Any) -> Any:
        """Tell a value that wants to know it which object holds it (`ext.mutable`)."""
        if hasattr(value, "note_parent"):
            value.note_parent(state, self.key)
        return value

    def __delete__(self, obj: Any) -> None:
        self.prop.parent.ensure_configured()
        for key in self.prop.attribute_keys:
            setattr(obj, key, None)
        obj.__dict__.pop(self.key, None)

    # --- as an attribute of a state

    @property
    def shown_keys(self) -> tuple[str, ...]:
        """The attributes whose values it shows."""
        self.prop.parent.ensure_configured()
        keys: tuple[str, ...] = self.prop.attribute_keys
        return keys

    def fill(self, state: InstanceState, value: Any) -> Any:
        """Store an object as the one that stands for the columns as they are."""
        obj = state.require_object()
        self._note(state, tuple([getattr(obj, key) for key in self.shown_keys]))
        obj.__dict__[self.key] = value
        return self._followed(state, value)

    def is_loaded(self, values: dict[str, Any]) -> bool:
        """Tell whether an instance's dictionary has all that the object is made of."""
        return self.key in values or all(key in values for key in self.prop.attribute_keys)

    def get_history(self, state: InstanceState, passive: Any = PASSIVE_OFF) -> History:
        """Return the object before and after the changes of the columns."""
        self.prop.parent.ensure_configured()
        histories = [
            state.manager.attributes[key].get_history(state, PASSIVE_NO_INITIALIZE) for key in self.prop.attribute_keys
        ]
        now = self.prop.made_of([_first(history.non_deleted()) for history in histories])
        if not any(history.has_changes() for history in histories):
            return History((), [now], ())
        return History([now], (), [self.prop.made_of([_first(history.non_added()) for history in histories])])


def _first(values: Sequence[Any]) -> Any:
    return values[0] if values else None
