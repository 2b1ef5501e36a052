"""Families of events: classes whose methods document the events of a kind, and `dispatcher` for a program's own kinds.

In: a class derived from `Events`, one method per event. Out: `Events.dispatch`, the class of hook tables for it, and
with `dispatcher` a target of `event.listen`: `dispatch = dispatcher(MyEvents)` in a class body, fired as
`obj.dispatch.my_event(...)`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

from .hooks import HookTable, hook_table
from .targets import register_target

TargetT = TypeVar("TargetT")


class EventTarget(Protocol):
    """Something that can be listened to through a `dispatch` of its own."""

    dispatch: Any


class Events(Generic[TargetT]):
    """The base of families of events. The methods are never called: they say what a listener is called with."""

    dispatch: ClassVar[type[HookTable]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.dispatch = hook_table(cls.__name__, events_of(cls))


def events_of(family: type) -> dict[str, tuple[str, ...]]:
    """Return the events that a family documents: name -> names of arguments."""
    return {
        name: tuple(inspect.signature(member).parameters)[1:]
        for base in reversed(family.__mro__)
        for name, member in vars(base).items()
        if inspect.isfunction(member) and not name.startswith("_")
    }


class Dispatch:
    """Fires the events of one object: `obj.dispatch.name(...)` calls every listener."""

    def __init__(self, table: HookTable) -> None:
        self._table = table

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name not in self._table.events:
            raise AttributeError(f"no such event {name!r}; there are {', '.join(sorted(self._table.events))}")

        def fire(*args: Any, **kwargs: Any) -> None:
            for function in getattr(self._table, name) or ():
                function(*args, **kwargs)

        return fire


class dispatcher:  # noqa: N801 - the public name
    """Makes a class, and each instance of it, a target for the events of a family."""

    def __init__(self, events: type[Events[Any]]) -> None:
        self.events = events
        self._of_class = events.dispatch()
        self._own: WeakKeyDictionary[Any, HookTable] = WeakKeyDictionary()

    def __set_name__(self, owner: type, name: str) -> None:
        register_target(owner, self.events.dispatch.events, self._locate)

    def _locate(self, target: Any, event: str, options: Mapping[str, Any]) -> Iterable[HookTable]:
        return (self._of_class if isinstance(target, type) else self._table(target),)

    def _table(self, target: Any) -> HookTable:
        return self._own.setdefault(target, self.events.dispatch(self._of_class))

    def __get__(self, obj: Any, owner: type) -> Dispatch:
        return Dispatch(self._of_class if obj is None else self._own.get(obj, self._of_class))
