"""How new instances of a class are filled: decided once per mapper and set of attributes, not per row.

In: a mapped class and the attribute keys. Out: a `Storage`: which class is allocated, and by which kind of statement
the generated code stores values. Nothing here knows rows, plans or sessions.
"""

from __future__ import annotations

import keyword
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any, NamedTuple

from ..instance.symbols import STATE

MAX_BARE_KEYS = 29
"""Instances of one class share at most 30 keys; one is the state's."""
SETTLING_INSTANCES = 40


class Filling(Enum):
    """How generated code gives an instance its values."""

    SWITCH = "fill an instance of a bare class, then switch its class"
    ASSIGN = "assign a new dictionary"
    UPDATE = "update the dictionary that the class's own __new__ made"


class Storage(NamedTuple):
    """How instances of one class are allocated and filled."""

    filling: Filling
    allocated: type
    new: Callable[[Any], Any]


def storage_for(cls: type, keys: Sequence[str]) -> Storage:
    """Choose the fastest way that is correct for the class."""
    if _is_switchable(cls, keys):
        for bases in _possible_bases(cls, keys):
            if _has_layout_of(cls, bases):
                bare = primed_bare_class(keys, bases)
                return Storage(Filling.SWITCH, bare, _new_of(bare))
    new = _new_of(cls)
    if _inherits(cls, "__new__") and _inherits(cls, "__setattr__"):
        return Storage(Filling.ASSIGN, cls, new)
    return Storage(Filling.UPDATE, cls, new)


def _new_of(cls: Any) -> Callable[[Any], Any]:
    new: Callable[[Any], Any] = cls.__new__
    return new


def _inherits(cls: type, method: str) -> bool:
    """Tell whether neither the class nor a base overrides a method of object."""
    return getattr(cls, method) is getattr(object, method)


def _is_switchable(cls: type, keys: Sequence[str]) -> bool:
    """Tell whether instances may be filled as instances of another class, whose stores meet no descriptor."""
    has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    if sys.implementation.name != "cpython" or not has_gil or len(keys) > MAX_BARE_KEYS:
        return False
    return _inherits(cls, "__new__") and all(key.isidentifier() and not keyword.iskeyword(key) for key in keys)


def _possible_bases(cls: type, keys: Sequence[str]) -> Iterator[tuple[type, ...]]:
    """Yield bases for a bare class of the same memory layout: none, or the base that brought the instance dictionary.

    Such a base (of declarative classes: the first one below `Generic`) must be as plain as `object`.
    """
    yield ()
    base = cls
    while base.__base__ is not None and base.__base__.__dictoffset__:
        base = base.__base__
    is_plain = type(base) is type and _inherits(base, "__setattr__") and not any(hasattr(base, key) for key in keys)
    if base is not cls and is_plain and not any("__init_subclass__" in vars(one) for one in base.__mro__[:-2]):
        yield (base,)


def _has_layout_of(cls: type, bases: tuple[type, ...]) -> bool:
    """Tell whether a class with these bases can be switched to `cls`."""
    bare: Any = type("Bare", bases, {})
    probe: Any = bare()
    try:
        probe.__class__ = cls
        probe.__class__ = bare  # and back: a `__del__` of the mapped class must not see the probe
    except TypeError:  # slots or a base in C: another memory layout
        return False
    return True


def primed_bare_class(keys: Sequence[str], bases: tuple[type, ...] = ()) -> type:
    """Return a bare class whose instances share their keys.

    Each new instance lowers the number of keys that the class will still share. So one instance sets all of them in
    order and some empty ones settle it; unprimed, every instance falls back to a dictionary of its own.
    """
    bare = type("Bare", bases, {})
    first = bare()
    for key in (STATE, *keys):
        setattr(first, key, None)
    for _ in range(SETTLING_INSTANCES):
        bare()
    return bare
