"""Expressions over other FROM elements: a column of a table becomes the column of its alias or subquery.

In: an expression and a function that finds the replacement of a column. Out: the expression with columns replaced, the
very same node where nothing was. Nothing here knows entities.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...sql.node import deannotate

Find = Callable[[Any], Any]
"""Column -> its replacement, or None to keep it."""


def keep(column: Any) -> Any:
    """Replace no column."""
    return None


def adapt(node: Any, find: Find) -> Any:
    """Return the node with its columns replaced."""
    if find is keep:
        return node
    if node.is_column:
        found = find(node)
        if found is not None:
            return found

    def inside(child: Any) -> Any:
        return adapt(child, find)

    return node._map_children(inside)


class Substitution:
    """Columns by their replacements; annotated columns count as what they stand for."""

    __slots__ = ("by_id", "kept")

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        self.kept = [(deannotate(column), replacement) for column, replacement in pairs]
        self.by_id = {id(column): replacement for column, replacement in self.kept}

    def __call__(self, column: Any) -> Any:
        return self.by_id.get(id(deannotate(column)))


def to_alias(source: Any, alias: Any) -> Find:
    """Return the function that leads from columns of a FROM element to those of an alias of it."""
    return Substitution(zip(source.c, alias.c, strict=True))


def first_of(*finds: Find) -> Find:
    """Return the function that asks several, in order."""
    asked = [find for find in finds if find is not keep]
    if not asked:
        return keep

    def find(column: Any) -> Any:
        for one in asked:
            found = one(column)
            if found is not None:
                return found
        return None

    return find
