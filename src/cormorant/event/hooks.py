"""Hook tables: one attribute per event, None or a tuple of functions in calling order.

In: functions, added and removed by name. Out: attributes that hot code tests with `is not None`. A table may have a
parent (the table of a class, for the table of an instance): its functions come first, and later additions arrive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar
from weakref import WeakSet

Function = Callable[..., Any]


class HookTable:
    """The base of hook tables; `hook_table(events)` makes the class for a set of events."""

    events: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    own_first: ClassVar[bool] = False
    """Whether the functions of the table come before those of its parent."""

    def __init__(self, parent: HookTable | None = None) -> None:
        self._parent = parent
        self._own: dict[str, tuple[Function, ...]] = {}
        self._children: WeakSet[HookTable] = WeakSet()
        if parent is not None:
            parent._children.add(self)
            for name in self.events:
                if getattr(parent, name, None) is not None:
                    self._refresh(name)

    def add(self, name: str, function: Function, insert: bool = False) -> None:
        """Put a function behind the others of an event, or before them."""
        own = self._own.get(name, ())
        self._own[name] = (function, *own) if insert else (*own, function)
        self._refresh(name)

    def discard(self, name: str, function: Function) -> None:
        """Take a function out of an event; nothing where it is not there."""
        self._own[name] = tuple(known for known in self._own.get(name, ()) if known is not function)
        self._refresh(name)

    def _refresh(self, name: str) -> None:
        inherited: tuple[Function, ...] = (self._parent and getattr(self._parent, name, None)) or ()
        own = self._own.get(name, ())
        setattr(self, name, ((*own, *inherited) if self.own_first else (*inherited, *own)) or None)
        for child in list(self._children):
            child._refresh(name)


class Listeners:
    """The listeners of one event: true if there are any, called all at once."""

    def __init__(self, listeners: Sequence[Callable[..., Any]]) -> None:
        self._listeners = listeners

    def __len__(self) -> int:
        return len(self._listeners)

    def __iter__(self) -> Iterator[Callable[..., Any]]:
        return iter(self._listeners)

    def __call__(self, *arguments: Any, **options: Any) -> None:
        for listener in self._listeners:
            listener(*arguments, **options)


class Dispatch:
    """Calls listeners on a program's behalf: `target.dispatch.event(arguments)`."""

    def __init__(self, hooks: HookTable) -> None:
        self._hooks = hooks

    def __getattr__(self, name: str) -> Listeners:
        return Listeners(getattr(self._hooks, name) or ())


def hook_table(name: str, events: Mapping[str, tuple[str, ...]]) -> type[HookTable]:
    """Return a class of hook tables for some events; an event without functions is None."""
    return type(name, (HookTable,), {"events": events, **dict.fromkeys(events)})
