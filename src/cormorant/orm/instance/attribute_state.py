"""The public view on one attribute of one instance: `inspect(obj).attrs.name`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .history import History
from .state import InstanceState
from .symbols import NO_VALUE, PASSIVE_NO_INITIALIZE, PASSIVE_OFF, PassiveFlag


class AttributeState:
    """Value and history of one attribute of one instance."""

    __slots__ = ("key", "state")

    def __init__(self, state: InstanceState, key: str) -> None:
        self.state = state
        self.key = key

    @property
    def loaded_value(self) -> Any:
        """The value in memory, or NO_VALUE; never loads."""
        return self.state.dict.get(self.key, NO_VALUE)

    @property
    def value(self) -> Any:
        """The value as the instance's attribute gives it; loads where it has to."""
        return self.state.manager.attribute(self.key).__get__(self.state.require_object(), self.state.class_)

    @property
    def history(self) -> History:
        """What was added, left and deleted; never loads."""
        return self.state.get_history(self.key, PASSIVE_NO_INITIALIZE)

    def load_history(self) -> History:
        """Return the same, loading the attribute where it has to."""
        return self.state.get_history(self.key, PASSIVE_OFF | PassiveFlag.INIT_OK)


class AttributeStates:
    """The attributes of one instance by key, also as attributes of this view."""

    __slots__ = ("_state",)

    def __init__(self, state: InstanceState) -> None:
        self._state = state

    def _keys(self) -> list[str]:
        keys: list[str] = self._state.manager.mapped_keys
        return keys

    def __getitem__(self, key: str) -> AttributeState:
        if key not in self:
            raise KeyError(key)
        return AttributeState(self._state, key)

    def __getattr__(self, key: str) -> AttributeState:
        if key in self:
            return AttributeState(self._state, key)
        raise AttributeError(key)

    def __contains__(self, key: object) -> bool:
        manager = self._state.manager
        return key in manager.attributes or key in manager.views

    def get(self, key: str, default: Any = None) -> Any:
        """Return the view on an attribute, or the default."""
        return AttributeState(self._state, key) if key in self else default

    def has_key(self, key: str) -> bool:
        """Tell whether there is an attribute of that key."""
        return key in self

    def __dir__(self) -> list[str]:
        return [*object.__dir__(self), *self._state.manager.attributes]

    def keys(self) -> list[str]:
        """Return the keys of all attributes."""
        return self._keys()

    def values(self) -> list[AttributeState]:
        """Return the views on all attributes."""
        return [AttributeState(self._state, key) for key in self._keys()]

    def items(self) -> list[tuple[str, AttributeState]]:
        """Return pairs of key and view."""
        return [(key, AttributeState(self._state, key)) for key in self._keys()]

    def __iter__(self) -> Iterator[AttributeState]:
        return iter(self.values())

    def __len__(self) -> int:
        return len(self._keys())
