"""What a program may pass as parameters: nothing, a dictionary, or a list of dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..exc import ArgumentError, SADeprecationWarning
from ..util import warn


def distill(parameters: Any) -> tuple[Mapping[str, Any] | None, Sequence[Mapping[str, Any]] | None]:
    """One dictionary or None, and the list where there are several; one of the two is None."""
    if parameters is None:
        return None, None
    one: Mapping[str, Any] = parameters
    rows: Sequence[Any] = parameters
    if isinstance(parameters, Mapping):
        return one, None
    if not isinstance(parameters, (list, tuple)):
        raise ArgumentError("mapping or list expected for parameters")
    if not rows:
        warn("Empty parameter sequence passed to execute(). This use is deprecated: pass None", SADeprecationWarning)
        return None, None
    one = rows[0]
    if not isinstance(rows[0], Mapping):
        raise ArgumentError("List argument must consist only of dictionaries")
    return (None, rows) if len(rows) > 1 else (one, None)


def distill_driver(parameters: Any) -> tuple[Any, bool]:
    """Parameters in the driver's own style, and whether they are a list of parameter sets."""
    given: Any = parameters
    rows: list[Any] = parameters
    if parameters is None or isinstance(parameters, (tuple, Mapping)):
        return given, False
    if not isinstance(parameters, list):
        raise ArgumentError("mapping or sequence expected for parameters")
    if rows and not isinstance(rows[0], (tuple, Mapping, list)):
        raise ArgumentError("List argument must consist only of tuples or dictionaries")
    return rows, True
