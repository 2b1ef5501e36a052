"""What a value from outside is: tests whose answer a type checker understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from typing_extensions import TypeIs


def class_of(value: Any) -> type[Any]:
    """Return the class of a value."""
    return type(value)  # pyright: ignore[reportUnknownVariableType]


def is_sequence(value: object) -> TypeIs[list[Any] | tuple[Any, ...]]:
    """Tell whether a value is a list or tuple."""
    return isinstance(value, (list, tuple))


def is_mapping(value: object) -> TypeIs[Mapping[Any, Any]]:
    """Tell whether a value is a mapping."""
    return isinstance(value, Mapping)


def is_listable(value: object) -> TypeIs[Iterable[Any]]:
    """Tell whether a value is a list of values for IN: iterable, and no string."""
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes))


def as_sequence(value: Any) -> Sequence[Any]:
    """Return a list or tuple as it is, anything else as the only element of a tuple."""
    return value if is_sequence(value) else (value,)
