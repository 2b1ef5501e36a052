"""Attributes that are computed once per object.

In: a method without arguments. Out: a descriptor that replaces itself in the object's `__dict__`, so that the second
access is an ordinary attribute access. Nothing here knows what is computed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

ValueT = TypeVar("ValueT")


class memoized(Generic[ValueT]):  # noqa: N801 - used like the built-in `property`
    """A read-only attribute computed at first access; `__set_name__` gives the key in `__dict__`."""

    is_memoized = True

    def __init__(self, function: Callable[[Any], ValueT]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__

    def __set_name__(self, owner: type[object], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type[object]) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[object]) -> ValueT: ...

    def __get__(self, instance: object | None, owner: type[object]) -> Self | ValueT:
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.function(instance)
        return value


def forget(instance: object, *names: str) -> None:
    """Drop memoized values, so that the next access computes them again."""
    for name in names:
        instance.__dict__.pop(name, None)
