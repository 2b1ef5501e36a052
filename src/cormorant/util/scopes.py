"""One object per scope: per thread, or per what a function of the program says.

In: a function that makes the object, and perhaps one that names the scope. Out: the object of the scope that asks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, MutableMapping
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class ScopedRegistry(Generic[T]):
    """Objects by scope; `scopefunc` returns what the current scope is called."""

    createfunc: Callable[[], T]
    scopefunc: Callable[[], Hashable]
    registry: MutableMapping[Any, T]

    def __init__(self, createfunc: Callable[[], T], scopefunc: Callable[[], Hashable]) -> None:
        self.createfunc = createfunc
        self.scopefunc = scopefunc
        self.registry = {}

    def __call__(self) -> T:
        """Return the object of the current scope, made now where there is none."""
        key = self.scopefunc()
        try:
            return self.registry[key]
        except KeyError:
            return self.registry.setdefault(key, self.createfunc())

    def has(self) -> bool:
        """Tell whether the current scope has an object."""
        return self.scopefunc() in self.registry

    def set(self, obj: T) -> None:
        """Make an object that of the current scope."""
        self.registry[self.scopefunc()] = obj

    def clear(self) -> None:
        """Forget the object of the current scope."""
        self.registry.pop(self.scopefunc(), None)


class ThreadLocalRegistry(ScopedRegistry[T]):
    """One object per thread."""

    def __init__(self, createfunc: Callable[[], T]) -> None:
        self.createfunc = createfunc
        self._local = threading.local()

    def __call__(self) -> T:
        """Return the object of this thread, made now where there is none."""
        try:
            found: T = self._local.value
        except AttributeError:
            found = self._local.value = self.createfunc()
        return found

    def has(self) -> bool:
        """Tell whether this thread has an object."""
        return hasattr(self._local, "value")

    def set(self, obj: T) -> None:
        """Make an object that of this thread."""
        self._local.value = obj

    def clear(self) -> None:
        """Forget the object of this thread."""
        if hasattr(self._local, "value"):
            del self._local.value
