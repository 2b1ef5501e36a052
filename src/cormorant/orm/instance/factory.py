"""From `collection_class` to a function that makes empty tracked collections.

In: nothing, `list`, `set`, `dict`, a subclass of these, a class with `@collection` roles or with methods named like
those of a list or a set, or a callable that returns such a collection. Out: a callable whose collections report their
changes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...exc import ArgumentError
from .checks import is_a
from .collections import Tracked
from .containers import (
    DictTracking,
    InstrumentedDict,
    InstrumentedList,
    InstrumentedSet,
    ListTracking,
    SetTracking,
)
from .roles import RoleTracking, has_roles, is_like_a_collection

BUILT_IN: dict[Any, type[Any]] = {list: InstrumentedList, set: InstrumentedSet, dict: InstrumentedDict}
KINDS: tuple[tuple[type[Any], type[Any]], ...] = ((list, ListTracking), (set, SetTracking), (dict, DictTracking))

_tracked_classes: dict[type[Any], type[Any]] = {}


def tracked_class(cls: type[Any]) -> type[Any]:
    """Return the tracked form of a collection class, made once; its instances are instances of `cls`."""
    if cls in BUILT_IN:
        return BUILT_IN[cls]
    if issubclass(cls, Tracked):
        return cls
    made = _tracked_classes.get(cls)
    if made is None:
        tracking = _tracking_for(cls)
        body: dict[str, Any] = {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
        if tracking is not RoleTracking:
            body["__reduce_ex__"] = _reducer(cls, tracking)
        made = _tracked_classes.setdefault(cls, type(cls.__name__, (tracking, cls), body))
    return made


def _reducer(cls: type[Any], tracking: type[Any]) -> Callable[..., Any]:
    """Return what pickles a collection whose class was made here: by the class that the program gave."""

    def reduce(self: Any, protocol: Any) -> tuple[Any, ...]:
        reduced: Callable[..., Any] = tracking.__reduce_ex__
        function, (_, items), link = reduced(self, protocol)
        return _restored, (function, cls, items), link

    return reduce


def _restored(function: Callable[..., Any], cls: type[Any], items: Any) -> Any:
    return function(tracked_class(cls), items)


def _tracking_for(cls: type[Any]) -> type[Any]:
    if has_roles(cls):
        return RoleTracking
    for base, tracking in KINDS:
        if issubclass(cls, base):
            return tracking
    if is_like_a_collection(cls):
        return RoleTracking
    raise ArgumentError(
        f"Type {cls.__name__} must elect an appender method to be a collection class: derive it from list, set or "
        "dict, or mark its methods with @collection.appender, @collection.remover and @collection.iterator"
    )


def collection_factory(given: Any) -> Callable[[], Any]:
    """Return the function that makes empty collections for a `collection_class` argument."""
    if given is None:
        return InstrumentedList
    if is_a(given, type):
        if given is dict:
            raise ArgumentError(
                "collection_class=dict needs to know the key of each member: use attribute_keyed_dict('name')"
            )
        return tracked_class(given)
    if not callable(given):
        raise ArgumentError(f"collection_class must be a class or a callable without arguments, not {given!r}")
    sample = given()
    if isinstance(sample, Tracked):
        return given  # type: ignore[no-any-return]
    return _Rebuilt(given, tracked_class(type(sample)))


class _Rebuilt:
    """Makes a collection with a user's callable and gives it the tracked form of its class."""

    __slots__ = ("cls", "given")

    def __init__(self, given: Callable[[], Any], cls: type) -> None:
        self.given = given
        self.cls = cls

    def __call__(self) -> Any:
        made = self.given()
        if type(made) in BUILT_IN:
            return self.cls(made)
        made.__class__ = self.cls
        return made
