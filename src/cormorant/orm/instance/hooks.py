"""The hook tables of attributes and instances: one slot per event, None or a tuple of functions.

In: functions of one calling convention each (the event package adapts what users write to it). Out: calls in order of
registration. Code that may be hot tests a slot with `is None` and pays nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, ClassVar

from ...event import HookTable
from ...event.catalogue import ATTRIBUTE, INSTANCE

Functions = tuple[Callable[..., Any], ...] | None


class EventOperation(Enum):
    """What an attribute event is about."""

    APPEND = "append"
    REMOVE = "remove"
    REPLACE = "replace"
    BULK_REPLACE = "bulk_replace"
    MODIFIED = "modified"


OP_APPEND, OP_REMOVE, OP_REPLACE, OP_BULK_REPLACE, OP_MODIFIED = EventOperation


class AttributeEventToken:
    """Where a chain of attribute events began: the attribute and the operation."""

    __slots__ = ("impl", "op")

    def __init__(self, attribute_impl: Any, op: EventOperation) -> None:
        self.impl = attribute_impl
        self.op = op

    @property
    def key(self) -> str:
        """The attribute's key."""
        key: str = self.impl.key
        return key

    @property
    def parent_token(self) -> Any:
        """What identifies the relationship in the states of its children."""
        return self.impl.wire

    def hasparent(self, state: Any) -> bool:
        """Tell whether an instance has a parent through the attribute."""
        return bool(self.impl.has_parent(state))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AttributeEventToken) and other.impl is self.impl and other.op is self.op

    def __hash__(self) -> int:
        return hash((id(self.impl), self.op))


class AttributeHooks(HookTable):
    """Events of one attribute. Functions take the state first; those of set, append, bulk_replace return the value."""

    events: ClassVar[Mapping[str, tuple[str, ...]]] = ATTRIBUTE
    set: Functions = None
    append: Functions = None
    append_wo_mutation: Functions = None
    remove: Functions = None
    bulk_replace: Functions = None
    init_scalar: Functions = None
    init_collection: Functions = None
    dispose_collection: Functions = None
    modified: Functions = None

    def fire_set(self, state: Any, value: Any, old: Any, initiator: AttributeEventToken) -> Any:
        """Call the functions of `set`; each may replace the value."""
        for function in self.set or ():
            value = function(state, value, old, initiator)
        return value

    def fire_append(self, state: Any, value: Any, initiator: AttributeEventToken, key: Any) -> Any:
        """Call the functions of `append`; each may replace the value."""
        for function in self.append or ():
            value = function(state, value, initiator, key)
        return value

    def fire_append_wo_mutation(self, state: Any, value: Any, initiator: AttributeEventToken, key: Any) -> None:
        """Call the functions of `append_wo_mutation`."""
        for function in self.append_wo_mutation or ():
            function(state, value, initiator, key)

    def fire_remove(self, state: Any, value: Any, initiator: AttributeEventToken, key: Any = None) -> None:
        """Call the functions of `remove`."""
        for function in self.remove or ():
            function(state, value, initiator, key)

    def fire_bulk_replace(self, state: Any, values: list[Any], initiator: AttributeEventToken, keys: Any) -> None:
        """Call the functions of `bulk_replace`, which may change the list."""
        for function in self.bulk_replace or ():
            function(state, values, initiator, keys)


class InstanceHooks(HookTable):
    """Events of the instances of one class. Functions take the state first."""

    events: ClassVar[Mapping[str, tuple[str, ...]]] = INSTANCE
    init: Functions = None
    init_failure: Functions = None
    load: Functions = None
    refresh: Functions = None
    refresh_flush: Functions = None
    expire: Functions = None
    pickle: Functions = None
    unpickle: Functions = None


def call_all(functions: Functions, *args: Any) -> None:
    """Call every function of a slot with the arguments."""
    for function in functions or ():
        function(*args)
