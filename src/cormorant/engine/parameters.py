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
    if isinstance(parameters, Mapping):
        return parameters, None
    if not isinstance(parameters, (list, tuple)):
        raise ArgumentError("mapping or list expected for parameters")
    if not parameters:
        warn("Empty parameter sequence passed to execute(). This use is deprecated: pass None", SADeprecationWarning)
        return None, None
    if not isinstance(parameters[0], Mapping):
        raise ArgumentError("List argument must consist only of dictionaries")
    return (parameters[0], None) if len(parameters) == 1 else (None, parameters)


def distill_driver(parameters: Any) -> tuple[Any, bool]:
    """Parameters in the driver's own style, and whether they are a list of parameter sets."""
    if parameters is None:
        return None, False
    if isinstance(parameters, (tuple, Mapping)):
        return parameters, False
    if not isinstance(parameters, list):
        raise ArgumentError("mapping or sequence expected for parameters")
    if parameters and not isinstance(parameters[0], (tuple, Mapping, list)):
        raise ArgumentError("List argument must consist only of tuples or dictionaries")
    return parameters, True
