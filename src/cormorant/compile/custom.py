"""Renderers that programs add or replace: the registry behind `cormorant.ext.compiler`.

In: a class of nodes or types, a function, names of dialects. Out: the function for a class in a dialect, looked up once
per class by the dialect, which then remembers it; a change of the registry makes every dialect forget.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

DEFAULT = "default"
CustomRenderer = Callable[..., str]

_registry: dict[type, dict[str, CustomRenderer]] = {}
_memos: list[dict[Any, Any]] = []


printing: dict[str, Callable[[], Any]] = {}
"""Name of a dialect -> what makes it, for elements that exist there only: entered by the dialect's package."""


def remember_memo(memo: dict[Any, Any]) -> None:
    """Note a table of found renderers, to be cleared when the registry changes."""
    _memos.append(memo)


def register(class_: type, function: CustomRenderer, *dialect_names: str) -> None:
    """Render a class with a function in the named dialects, or in all that have no function of their own."""
    specs = _registry.setdefault(class_, {})
    for name in dialect_names or (DEFAULT,):
        specs[name] = function
    _forget()


def deregister(class_: type) -> None:
    """Remove all functions of a class."""
    _registry.pop(class_, None)
    _forget()


def _forget() -> None:
    for memo in _memos:
        memo.clear()


def find(class_: type, dialect_name: str) -> CustomRenderer | None:
    """Return the function registered for exactly this class, for the dialect or for all."""
    specs = _registry.get(class_)
    return None if specs is None else specs.get(dialect_name, specs.get(DEFAULT))


def why_not(class_: type) -> str | None:
    """Return what a message adds where a class has functions, and none for the dialect; None where it has none."""
    is_known = any(base in _registry for base in class_.__mro__)
    return f"{class_} construct has no default compilation handler." if is_known else None
