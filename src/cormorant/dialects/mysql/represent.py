"""How the types of MySQL print themselves: the constructor call, with the arguments that only MySQL has first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def constructor_call(type_: Any, values: Iterable[Any] = (), **defaults: Any) -> str:
    """Return `NAME('a', length=5)`: the values, then what differs from the defaults, in their order."""
    parts = [repr(value) for value in values]
    for name, default in defaults.items():
        value = getattr(type_, name)
        if value != default:
            parts.append(f"{name}={value!r}")
    return f"{type(type_).__name__}({', '.join(parts)})"
