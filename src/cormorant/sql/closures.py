"""Parts of statements that are written as functions: call them, and name their values after the function's variables.

In: a function, and the statement it extends, if any. Out: the node that it returns, in which a value that is one of the
function's variables is called after it: `lambda: t.c.id == wanted` has the parameter `wanted_1`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from types import FunctionType
from typing import Any

from .depth import rebuilt

_NAMED: frozenset[type] = frozenset({int, str, float, bytes, list, tuple})


def called(function: Callable[..., Any], arguments: Sequence[Any] = ()) -> Any:
    """Return what a function returns, with its values named."""
    made = function(*arguments)
    names = {id(value): name for name, value in _variables(function)}
    if not names or not hasattr(made, "_map_children"):
        return made
    known = {id(bind) for argument in arguments for bind in argument.refs}

    def named(node: Any) -> Any:
        if not node.is_bind or node.stem is None or id(node) in known:
            return None
        name = names.get(id(node.value))
        return None if name is None else node._copy(stem=name)

    return rebuilt(made, named, lambda _, mapped: mapped)


def _variables(function: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and value of the variables around a function that can be values of parameters."""
    if not isinstance(function, FunctionType):
        return
    around = function.__globals__
    found = [(name, around[name]) for name in function.__code__.co_names if name in around]
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        with suppress(ValueError):  # a variable that is not set yet
            found.append((name, cell.cell_contents))
    yield from [(name, value) for name, value in found if type(value) in _NAMED]
