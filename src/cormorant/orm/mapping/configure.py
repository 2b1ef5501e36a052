"""configure_mappers(): after all classes are there, relationships are resolved, wired, tied, and put on their classes.

In: registries with mappers that wait. Out: the same mappers, complete. One lock for the process: whoever comes second
finds the work done. A mapper that failed keeps the others of its registry from being used, with its error named.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from typing import Any
from weakref import WeakSet

from ...exc import InvalidRequestError
from ..instance.manager import manager_of_class
from .backrefs import make_backref, tie
from .hooks import call_configure_hooks
from .instrument import put_descriptor
from .listeners import tell_attributes, tell_mapper
from .mapper import Mapper
from .overlaps import note_writes
from .relationship import RelationshipProperty
from .resolve import fill_wire, resolve_arguments, resolve_target
from .wiring import wire

LOCK = threading.RLock()
REGISTRIES: WeakSet[Any] = WeakSet()
"""All registries that are alive."""
_busy = threading.local()
_left_over: list[RelationshipProperty] = []
"""Relationships that a configuration wired before it failed for another mapper; the next one of their registry goes on
with them."""


def configure_mappers() -> None:
    """Complete all mappers of all registries."""
    configure_registries(list(REGISTRIES))


def configure_registries(registries: list[Any]) -> None:
    """Complete the mappers of some registries, and of those that their relationships lead to."""
    if getattr(_busy, "value", False):
        return
    with LOCK:
        if all(registry.is_configured for registry in registries):
            return
        _busy.value = True
        heard = [registry for registry in registries if not registry.is_configured]
        try:
            call_configure_hooks("before_configured", heard)
            declared = call_declared("__declare_first__", registries)
            waiting = [mapper for registry in registries for mapper in registry.waiting()]
            _refuse_failed(waiting)
            _configure(waiting)
        finally:
            _busy.value = False
    call_configure_hooks("after_configured", heard)
    call_declared("__declare_last__", registries, declared)


def call_declared(name: str, registries: list[Any], classes: Iterable[type] | None = None) -> list[type]:
    """Call a class method of the classes that wait for configuration, where one or a mixin of it has it; return them.

    Which classes wait is asked again until no more appear: such a method may map further ones.
    """
    if classes is not None:
        for cls in classes:
            _call_own(cls, name)
        return []
    called: dict[type, None] = {}
    while True:
        found = [mapper.class_ for registry in registries for mapper in registry.waiting()]
        new = [cls for cls in found if cls not in called]
        if not new:
            return list(called)
        for cls in new:
            called[cls] = None
            _call_own(cls, name)


def _call_own(cls: type, name: str) -> None:
    if declares(cls, name):
        getattr(cls, name)()


def declares(cls: type, name: str) -> bool:
    """Tell whether a class has a member itself or from a base that is not mapped."""
    return any(name in base.__dict__ and (base is cls or manager_of_class(base) is None) for base in cls.__mro__)


def _refuse_failed(waiting: list[Mapper]) -> None:
    for mapper in waiting:
        failure = mapper.__dict__.get("failure")
        if failure is not None:
            raise InvalidRequestError(
                "One or more mappers failed to initialize - can't proceed with initialization of other mappers. "
                f"Triggering mapper: '{mapper}'. Original exception was: {failure}"
            ) from failure


def _configure(waiting: list[Mapper]) -> None:
    """Run the passes: wire every relationship, tie the pairs, finish the mappers."""
    wired: list[RelationshipProperty] = []
    try:
        _wire_all(waiting, wired)
        wired[:0] = _taken_over({mapper.registry for mapper in waiting})
        for prop in wired:
            with _blaming(prop.parent):
                tie(prop)
                fill_wire(prop)
                _instrument(prop)
    except BaseException:
        _left_over.extend(prop for prop in wired if "failure" not in prop.parent.__dict__ and not _is_ready(prop))
        raise
    for prop in wired:
        note_writes(prop, prop.parent.registry.writers)
    for mapper in waiting:
        _finish(mapper)


def _taken_over(registries: set[Any]) -> list[RelationshipProperty]:
    """Return what an earlier configuration left over for these registries; it is left over no more."""
    found = [prop for prop in _left_over if prop.parent.registry in registries or prop.parent.disposed]
    _left_over[:] = [prop for prop in _left_over if prop not in found]
    return [prop for prop in found if not prop.parent.disposed]


def _is_ready(prop: RelationshipProperty) -> bool:
    """Tell whether the relationship's attribute is on its class."""
    return prop.key in prop.parent.class_manager.attributes


def _wire_all(waiting: list[Mapper], wired: list[RelationshipProperty]) -> None:
    """Wire the relationships of mappers, and of those that they lead to, which then wait too."""
    seen = set(waiting)
    queue = list(waiting)
    while queue:
        mapper = queue.pop(0)
        for prop in _unwired(mapper):
            with _blaming(mapper):
                _wire_one(prop, wired)
            if prop.mapper not in seen and not prop.mapper.configured:
                seen.add(prop.mapper)
                waiting.append(prop.mapper)
                queue.append(prop.mapper)
            elif any(True for _ in _unwired(prop.mapper)) and prop.mapper not in queue:
                queue.append(prop.mapper)


class _blaming:  # noqa: N801 - reads as a sentence in `with`
    """Notes on a mapper that its configuration failed, and why."""

    def __init__(self, mapper: Mapper) -> None:
        self.mapper = mapper

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            self.mapper.__dict__["failure"] = error


def _unwired(mapper: Mapper) -> Iterator[RelationshipProperty]:
    for prop in list(mapper.properties.values()):
        if isinstance(prop, RelationshipProperty) and not prop.is_wired:
            yield prop


def _wire_one(prop: RelationshipProperty, wired: list[RelationshipProperty]) -> None:
    resolve_target(prop)
    resolve_arguments(prop)
    wire(prop)
    prop.is_wired = True
    wired.append(prop)
    make_backref(prop)


def _instrument(prop: RelationshipProperty) -> None:
    """Put the relationship's attribute on its class and on the mapped subclasses."""
    for mapper in prop.parent.self_and_descendants:
        present = mapper.properties.setdefault(prop.key, prop)
        if present is prop and not (mapper.concrete and mapper is not prop.parent):
            put_descriptor(mapper.class_manager, mapper, prop)


def _finish(mapper: Mapper) -> None:
    is_first, mapper.was_configured = not mapper.was_configured, True
    if is_first:
        tell_mapper("before_mapper_configured", mapper)
    for prop in mapper.properties.values():
        complete = getattr(prop, "complete", None)
        if complete is not None:
            complete()
        elif prop.parent is mapper:
            prop.init()
    mapper.configured = True
    mapper.awaits_selectable = False
    mapper.forget_plans()
    mapper.class_manager.finish()
    tell_attributes(mapper)
    if is_first:
        tell_mapper("mapper_configured", mapper)


def clear_mappers() -> None:
    """Take the mappings off all classes of all registries."""
    with LOCK:
        for registry in list(REGISTRIES):
            registry.dispose(cascade=True)
