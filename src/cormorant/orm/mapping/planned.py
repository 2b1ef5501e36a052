"""Mappings that wait: classes whose tables are to be read from the database first.

In: what the declarative scan found of a class. Out: a plan that `declarative.map_planned` carries out later. Classes
say that they wait by inheriting `_sa_decl_prepare`; who makes them wait says when it is over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...exc import InvalidRequestError
from ...util.record import draft
from ..instance.errors import UnmappedClassError
from .configure import REGISTRIES

WAITS = "_sa_decl_prepare"
"""The attribute of classes whose subclasses wait; its value is the name of the class that says so."""


@draft
class PlannedMapping:
    """A class that will be mapped, its table, and the properties that it declares."""

    class_: Any
    registry: Any
    table: Any
    properties: dict[str, Any]
    declared: Any


def waits(class_: Any) -> bool:
    """Whether the mapping of a class is put off."""
    return bool(getattr(class_, WAITS, None))


def planned_below(base: type) -> Iterator[PlannedMapping]:
    """Yield the plans of the subclasses of a class, in the order in which they were defined."""
    for registry in list(REGISTRIES):
        yield from [planned for class_, planned in registry.planned.items() if issubclass(class_, base)]


def refuse_waiting(class_: Any) -> None:
    """Raise UnmappedClassError for a class whose mapping is put off."""
    for registry in list(REGISTRIES):
        if class_ in registry.planned:
            raise UnmappedClassError(
                class_,
                msg=f"Class {class_.__module__}.{class_.__name__} is a subclass of {getattr(class_, WAITS)}.  Mappings "
                "are not produced until the .prepare() method is called on the class hierarchy.",
            )


def take_plan(planned: PlannedMapping) -> None:
    """Take a plan out, because it is carried out now."""
    if planned.registry.planned.pop(planned.class_, None) is None:
        raise InvalidRequestError(f"class {planned.class_!r} is mapped already")
