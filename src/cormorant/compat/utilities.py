"""Small functions that packages take from SQLAlchemy's undocumented `util`.

Cormorant itself uses none of them; they are here for programs that do.
"""

from __future__ import annotations

import inspect
import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from inspect import getfullargspec as inspect_getfullargspec
from typing import Any, TypeVar

from ..engine.mock import MockConnection
from ..orm.instance.keyed import KeyedFactory
from ..orm.instance.manager import manager_of_class
from ..util import Symbol, represent
from ..util import memoized as memoized_property
from ..util.notices import SADeprecationWarning, warn

T = TypeVar("T")

_TRUE = frozenset({"true", "yes", "on", "y", "t", "1"})
MISSING = object()
_creations = itertools.count(1)
_FALSE = frozenset({"false", "no", "off", "n", "f", "0"})


def asbool(obj: Any) -> bool:
    """Return the truth of a value; text says it in words such as "yes" and "off"."""
    if not isinstance(obj, str):
        return bool(obj)
    word = obj.strip().lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(f"String is not true/false: {obj!r}")
    return word in _TRUE


def coerce_kw_type(kw: dict[str, Any], key: str, type_: type[Any], flexi_bool: bool = True) -> None:
    """Convert a value of a dictionary in place, if it is there and not None."""
    value = kw.get(key)
    if value is None or isinstance(value, type_):
        return
    kw[key] = asbool(value) if type_ is bool and flexi_bool else type_(value)


def to_list(x: Any, default: Any = None) -> list[Any]:
    """Return a list: of what is iterable the items, else the value alone."""
    if x is None:
        return default  # type: ignore[no-any-return]
    if isinstance(x, list):
        return x  # pyright: ignore[reportUnknownVariableType]
    return list(x) if hasattr(x, "__iter__") and not isinstance(x, (str, bytes)) else [x]


def to_set(x: Any) -> set[Any]:
    """Return a set: of what is iterable the items, else the value alone."""
    if x is None:
        return set()
    return x if isinstance(x, set) else set(to_list(x))  # pyright: ignore[reportUnknownVariableType]


def unique_list(seq: Iterable[T], hashfunc: Callable[[T], Any] | None = None) -> list[T]:
    """Return the items in order, each once."""
    if hashfunc is None:
        return list(dict.fromkeys(seq))
    found: dict[Any, T] = {}
    for item in seq:
        found.setdefault(hashfunc(item), item)
    return list(found.values())


def symbol(name: str, doc: str | None = None, canonical: int | None = None) -> Symbol:
    """Return the constant of a name, the same one each time."""
    return Symbol(name, doc)


def counter() -> Callable[[], int]:
    """Return a function that counts its calls, in several threads too."""
    numbers: Iterator[int] = itertools.count(1)
    lock = threading.Lock()

    def count() -> int:
        with lock:
            return next(numbers)

    return count


class MockEngineStrategy:
    """Where a class is looked for that is public in `engine.mock`."""

    MockConnection = MockConnection


class classproperty(property):  # noqa: N801 - the name that programs import
    """A property of the class."""

    def __get__(self, obj: Any, owner: Any = None) -> Any:
        return None if self.fget is None else self.fget(owner)


def decorator(target: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a decorator of a function `target(fn, *arguments)`; what it decorates keeps name and signature."""

    def decorate(fn: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(fn)
        def call(*args: Any, **kw: Any) -> Any:
            return target(fn, *args, **kw)

        call.__signature__ = inspect.signature(fn)  # type: ignore[attr-defined]
        return call

    return decorate


def generic_repr(obj: Any, additional_kw: Any = (), to_inspect: Any = None, omit_kwarg: Any = ()) -> str:
    """Return the constructor call that would make an object, from its attributes."""
    return represent(obj)


def is_instrumented(instance: Any, key: str) -> bool:
    """Tell whether the class of an instance has a mapped attribute of that key."""
    manager = manager_of_class(type(instance))
    return manager is not None and key in manager.attributes


def duck_type_collection(specimen: Any, default: type | None = None) -> type | None:
    """Return list, set or dict: what a collection class, or a collection, behaves like."""
    class_: Any = specimen if isinstance(specimen, type) else type(specimen)
    emulated: Any = getattr(class_, "__emulates__", MISSING)
    if emulated is not MISSING:
        return emulated  # type: ignore[no-any-return]
    if isinstance(specimen, KeyedFactory):
        return dict
    for kind, method in ((list, "append"), (set, "add"), (dict, "set")):
        if issubclass(class_, kind) or hasattr(class_, method):
            return kind
    return default


def set_creation_order(instance: Any) -> None:
    """Number an object in the order in which such are made."""
    instance._creation_order = next(_creations)


def warn_deprecated(msg: str, version: str = "", stacklevel: int = 3, code: str | None = None) -> None:
    """Warn that something is deprecated."""
    warn(msg, SADeprecationWarning)


__all__ = [
    "MockEngineStrategy",
    "OrderedDict",
    "asbool",
    "classproperty",
    "coerce_kw_type",
    "counter",
    "decorator",
    "duck_type_collection",
    "generic_repr",
    "inspect_getfullargspec",
    "is_instrumented",
    "memoized_property",
    "set_creation_order",
    "symbol",
    "to_list",
    "to_set",
    "unique_list",
    "warn_deprecated",
]
