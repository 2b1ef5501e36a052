"""`repr` from a constructor's signature: `String(length=50)`, showing only what differs from the defaults."""

from __future__ import annotations

from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_MISSING = object()
_STARS = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)


def init_parameters(class_: type[Any]) -> tuple[Parameter, ...]:
    """Return the parameters of the constructor without `self`, star parameters included, in order.

    The signatures of base classes are added as long as the constructor takes `**kw`.
    """
    found: dict[str, Parameter] = {}
    for base in class_.__mro__:
        init = base.__dict__.get("__init__")
        if init is None or base is object:
            continue
        own = list(signature(init).parameters.values())[1:]
        found |= {parameter.name: parameter for parameter in own if parameter.name not in found}
        if not any(parameter.kind is Parameter.VAR_KEYWORD for parameter in own):
            break
    return tuple(found.values())


def init_names(class_: type[Any]) -> tuple[str, ...]:
    """Return the names of the constructor's parameters, without star parameters."""
    return tuple(parameter.name for parameter in init_parameters(class_) if parameter.kind not in _STARS)


def represent(
    subject: object,
    *,
    positional: Sequence[str] = (),
    skip: Sequence[str] = (),
    name: str | None = None,
    show: Callable[[Any], str] = repr,
) -> str:
    """Return a constructor call that would make the subject again, read from attributes named like the parameters."""
    parts: list[str] = []
    class_: type[Any] = type(subject)
    for parameter in init_parameters(class_):
        value = getattr(subject, parameter.name, _MISSING)
        if parameter.name in skip or value is _MISSING:
            continue
        parts += _part(parameter, value, parameter.name in positional, show)
    return f"{name or type(subject).__name__}({', '.join(parts)})"


def _part(parameter: Parameter, value: Any, bare: bool, show: Callable[[Any], str]) -> list[str]:
    if parameter.kind is Parameter.VAR_POSITIONAL:
        return [show(item) for item in value]
    if parameter.kind is Parameter.VAR_KEYWORD or _is_default(parameter, value):
        return []
    if bare or parameter.default is Parameter.empty:
        return [show(value)]
    return [f"{parameter.name}={show(value)}"]


def _is_default(parameter: Parameter, value: Any) -> bool:
    if parameter.default is Parameter.empty:
        return False
    return value is parameter.default or (type(value) is type(parameter.default) and bool(value == parameter.default))
