"""Walks without recursion, for what is nested deeper than Python's calls can be: copies, and structures.

In: a node, and functions over single nodes. Out: a changed copy; or every part below a node knows its shape and refs,
the deepest first. Asking a node for its shape is faster and comes first; this is for where that is too deep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .kinds import class_of
from .shapes import LINK, NODE, NODES, TREE

_CONTAINERS: tuple[type[Any], ...] = (tuple, list)
_MAPPING: type[Any] = dict


def find_structures_below(node: Any) -> None:
    """Find shape and refs of everything below a node, but not its own."""
    pending = [part for part in _parts(node) if not _is_known(part)]
    while pending:
        last = pending[-1]
        if _is_known(last):
            pending.pop()
            continue
        missing = [part for part in _parts(last) if not _is_known(part)]
        if missing:
            pending += missing
        else:
            pending.pop().shape  # noqa: B018 - asking is what makes the node find it


def rebuilt(root: Any, enter: Callable[[Any], Any], leave: Callable[[Any, Any], Any]) -> Any:
    """Return what a node becomes when those below it are replaced, each once; without recursion, however deep it is.

    `enter`, parents first, returns what replaces a node, or None: then those below come first, and `leave` returns what
    replaces the node, given the node and its copy with the replaced ones below it.
    """
    made: dict[int, Any] = {}
    opened: set[int] = set()
    pending = [root]

    def replacement(child: Any) -> Any:
        return made[id(child)]

    while pending:
        node = pending[-1]
        key = id(node)
        if key not in made and key not in opened:
            found = enter(node)
            if found is None:
                opened.add(key)
                pending.extend(reversed([child for child in node._children() if id(child) not in made]))
                continue
            made[key] = found
        pending.pop()
        if key not in made:
            made[key] = leave(node, node._map_children(replacement))
    return made[id(root)]


def _is_known(node: Any) -> bool:
    try:
        object.__getattribute__(node, "shape")
    except AttributeError:
        return False
    return True


def _parts(node: Any) -> Iterator[Any]:
    """Yield the nodes whose structure is part of a node's own."""
    if node._annotations:
        yield node._original
        yield from _nodes_in(node._annotations)
    elif not node.has_own_shape:
        for name, kind in node._fields.items():
            value = getattr(node, name, None)
            if kind is NODES:
                yield from value or ()
            elif kind is TREE:
                yield from _nodes_in(value)
            elif value is not None and (kind is NODE or kind is LINK):
                yield value


def _nodes_in(value: Any) -> Iterator[Any]:
    if isinstance(value, _CONTAINERS):
        for item in value:
            yield from _nodes_in(item)
    elif isinstance(value, _MAPPING):
        for item in value.values():
            yield from _nodes_in(item)
    elif hasattr(class_of(value), "_structural"):
        yield value
