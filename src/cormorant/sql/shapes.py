"""Shapes: structures that are interned, so that equal structures are one object; and the kinds of fields they are of.

In: a key made of a class, other shapes and atoms. Out: the one Shape of that key. A bounded table remembers them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

TUPLE: type[Any] = tuple

SHAPE_LIMIT = 50_000
"""How many structures are remembered; beyond it all are forgotten, which only costs compiling again."""


class Kind(Enum):
    """What a declared field holds, and so how it enters shape, refs and traversal."""

    NODE = "a node or None"
    LINK = "a node or None that the node refers to without owning it: no child, but part of the structure"
    NODES = "a tuple of nodes"
    ATOM = "a hashable value that is part of the structure: an operator, a name, a flag"
    TYPE = "a type, which enters by its key"
    TREE = "nested tuples of nodes, types and atoms"
    OPAQUE = "no part of the structure: a value, a cache, documentation"


NODE, LINK, NODES, ATOM, TYPE, TREE, OPAQUE = Kind


class Shape:
    """A structure. Compared by identity; equal structures are the same object as long as the table remembers them."""

    __slots__ = ("cacheable", "plugin", "__weakref__")

    def __init__(self, plugin: str | None = None, cacheable: bool = True) -> None:
        self.plugin = plugin
        self.cacheable = cacheable

    def __reduce__(self) -> tuple[Any, ...]:
        """Become None in a pickle or copy: whoever remembered the shape finds it anew."""
        return type(None), ()

    def __repr__(self) -> str:
        notes = [self.plugin] if self.plugin else []
        return f"<Shape {id(self):#x}{' '.join(['', *notes])}{'' if self.cacheable else ' uncacheable'}>"


known_shapes: dict[tuple[Any, ...], Shape] = {}


def intern(key: tuple[Any, ...]) -> Shape:
    """Return the one shape for a structure; `key` starts with the node class and holds shapes, atoms and tuples."""
    shape = known_shapes.get(key)
    return grow(key) if shape is None else shape


def grow(key: tuple[Any, ...]) -> Shape:
    """Make the shape of a key that is not known yet."""
    plugin: str | None = getattr(key[0], "plugin", None)
    cacheable = True
    for part in _shapes_in(key):
        plugin = plugin or part.plugin
        cacheable = cacheable and part.cacheable
    shape = Shape(plugin, cacheable)
    if not cacheable:
        return shape
    if len(known_shapes) >= SHAPE_LIMIT:
        known_shapes.clear()
    return known_shapes.setdefault(key, shape)


def _shapes_in(key: Iterable[Any]) -> Iterator[Shape]:
    for part in key:
        if type(part) is Shape:
            yield part
        elif isinstance(part, TUPLE):
            yield from _shapes_in(part)


def shape_table_size() -> int:
    """Return how many structures are remembered now."""
    return len(known_shapes)


def forget_shapes() -> None:
    """Forget all structures; nodes in use keep theirs, statements built later are compiled again."""
    known_shapes.clear()


def type_shape(type_: Any) -> Shape | None:
    """Return the shape of a type, remembered on the type; a type without key makes its statement uncacheable."""
    if type_ is None:
        return None
    memo: dict[str, Any] = type_.__dict__
    shape: Shape | None = memo.get("_shape")
    if shape is None:
        key = type_.key
        shape = Shape(cacheable=False) if key is None else intern((TYPE, key))
        memo["_shape"] = shape
    return shape
