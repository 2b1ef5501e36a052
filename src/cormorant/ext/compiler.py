"""Elements and types with SQL of a program's own: `@compiles(Class)` and `@compiles(Class, "dialect")`.

The decorated function is called as `function(element, compiler, **kw)` and returns text; `compiler.process(x, **kw)`
gives the text of a part, `compiler.visit_anything(element, **kw)` the built-in text of an element whose class has a
function of a program's own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from ..compile import custom

FunctionT = TypeVar("FunctionT", bound=Callable[..., str])


def compiles(class_: type[Any], *specs: str) -> Callable[[FunctionT], FunctionT]:
    """Register a function as the renderer of a class, in the named dialects or in all that have none of their own."""

    def decorate(function: FunctionT) -> FunctionT:
        custom.register(class_, function, *specs)
        return function

    return decorate


def deregister(class_: type[Any]) -> None:
    """Remove all functions that `compiles()` registered for a class."""
    custom.deregister(class_)


__all__ = ["compiles", "deregister"]
