"""How a value crosses the border between Python and the driver.

A `Conversion` is a function, and where possible the same thing as an inline Python expression for generated loops.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

Function: TypeAlias = Callable[[Any], Any]
NO_NAMES: Mapping[str, Any] = {}


class Conversion(NamedTuple):
    """One direction of the border.

    `function` takes a value and never sees None, unless `sees_none`. `template` is the same as a Python expression
    with `{0}` for the value (`"{0} != 0"`), and `names` holds what the expression refers to.
    """

    function: Function
    template: str | None = None
    names: Mapping[str, Any] = NO_NAMES
    sees_none: bool = False


def by(function: Function, sees_none: bool = False) -> Conversion:
    """Return the conversion that calls a function."""
    return Conversion(function, sees_none=sees_none)


def of_processor(processor: Function | None) -> Conversion | None:
    """Return the conversion for a processor, which is a function that sees None, or no function."""
    return None if processor is None else Conversion(processor, sees_none=True)


def as_processor(conversion: Conversion | None) -> Function | None:
    """Return a function that takes any value, None included, or None where nothing is to be converted."""
    if conversion is None or conversion.sees_none:
        return None if conversion is None else conversion.function
    function = conversion.function

    def process(value: Any) -> Any:
        return None if value is None else function(value)

    return process


def chain(first: Conversion | None, second: Conversion | None) -> Conversion | None:
    """Return one conversion after the other."""
    if first is None or second is None:
        return first or second
    begin, finish = as_processor(first), as_processor(second)
    if begin is None or finish is None:  # cannot be: both conversions exist
        return first
    return by(lambda value: finish(begin(value)), sees_none=True)
