"""inspect(): from an object to the thing that describes it, through a table by class.

Packages above register what they can describe (`register`); this module knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from . import exc

SubjectT_co = TypeVar("SubjectT_co", covariant=True)

Inspector = Callable[[Any], Any]
_registered: dict[type[Any], Inspector] = {}


class Inspectable(Generic[SubjectT_co]):
    """Marks classes whose instances inspect() accepts; the parameter is what it returns."""


def itself(subject: Any) -> Any:
    """Describe an object by the object itself."""
    return subject


def register(class_: type[Any], function: Inspector = itself) -> None:
    """Make inspect() call this function for instances of the class; a result of None means "not this one"."""
    _registered[class_] = function


def _class_of(subject: Any) -> type[Any]:
    return type(subject)  # pyright: ignore[reportUnknownVariableType]


def inspect(subject: Any, raiseerr: bool = True) -> Any:
    """Return what describes the subject; raises NoInspectionAvailable, or returns None without `raiseerr`."""
    class_ = _class_of(subject)
    for base in class_.__mro__:
        function = _registered.get(base)
        if function is None:
            continue
        found = function(subject)
        if found is not None:
            return found
    if raiseerr:
        raise exc.NoInspectionAvailable(
            f"No inspection system is available for object of type {class_}: {_why(subject)}"
        )
    return None


def _why(subject: Any) -> str:
    name = f"class {subject.__qualname__}" if isinstance(subject, type) else "it"
    return f"{name} is neither a mapped class or object nor a table or SQL expression, nor an engine or connection"
