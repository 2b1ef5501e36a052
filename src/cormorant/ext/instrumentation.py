"""Instrumentation of classes by functions of a program: the names exist, and mapping such a class is refused.

Mapped attributes are kept in the `__dict__` of their objects and read by descriptors that know it; no other way of
storage can be put in its place. A class that has `__sa_instrumentation_manager__`, or that a finder in
`instrumentation_finders` wants to instrument, cannot be mapped: an InvalidRequestError names the class and what to use.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..event import listen
from ..exc import InvalidRequestError
from ..orm.instance.access import instance_dict, instance_state
from ..orm.instance.errors import UnmappedClassError
from ..orm.instance.manager import ClassManager, manager_of_class
from ..orm.mapping.instrument import CUSTOM
from ..orm.mapping.mapper import Mapper

INSTRUMENTATION_MANAGER = CUSTOM
"""The attribute by which a class asks to be instrumented in a way of its own."""


def find_native_user_instrumentation_hook(cls: type[Any]) -> Any:
    """Return what a class has under `__sa_instrumentation_manager__`, or None."""
    return getattr(cls, INSTRUMENTATION_MANAGER, None)


instrumentation_finders: list[Callable[[type[Any]], Any]] = [find_native_user_instrumentation_hook]
"""Functions from a class to what would instrument it, or None."""


def _refuse_found(mapper: Any, class_: type[Any]) -> None:
    for finder in instrumentation_finders:
        if finder(class_) is not None:
            raise InvalidRequestError(
                f"Class {class_.__name__} is to be instrumented by {finder!r}: that is not available, because "
                "attributes are kept in the __dict__ of their objects; use properties, hybrid_property or attribute "
                "events instead"
            )


listen(Mapper, "instrument_class", _refuse_found)


class ExtendedInstrumentationRegistry:
    """Finds managers, states and dictionaries of mapped classes and objects."""

    def manager_of_class(self, cls: type[Any]) -> ClassManager:
        """Return the manager of a mapped class; raises UnmappedClassError."""
        found = manager_of_class(cls)
        if found is None:
            raise UnmappedClassError(cls)
        return found

    def opt_manager_of_class(self, cls: type[Any]) -> ClassManager | None:
        """Return the manager of a mapped class, or None."""
        return manager_of_class(cls)

    def state_of(self, instance: object) -> Any:
        """Return the state of an object."""
        return instance_state(instance)

    def dict_of(self, instance: object) -> dict[str, Any]:
        """Return the dictionary of an object."""
        return instance_dict(instance)


class InstrumentationManager:
    """What programs derive their instrumentation from elsewhere; deriving from it here is refused."""

    def __init_subclass__(cls, **kw: Any) -> None:
        raise InvalidRequestError(
            f"{cls.__name__} cannot instrument classes: attributes are kept in the __dict__ of their objects; use "
            "properties, hybrid_property or attribute events instead"
        )


__all__ = [
    "INSTRUMENTATION_MANAGER",
    "ExtendedInstrumentationRegistry",
    "InstrumentationManager",
    "find_native_user_instrumentation_hook",
    "instrumentation_finders",
]
