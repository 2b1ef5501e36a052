"""Single columns of a statement as items of its load plan: their names and what finds them in a row."""

from __future__ import annotations

from typing import Any

from ...sql.node import deannotate
from ..mapping.entity import ENTITY, PROPERTY
from .plan import ColumnLoad


def column_item(element: Any, position: int) -> ColumnLoad:
    """Return the item for a column; an attribute's key is its name where the column is called differently."""
    key = element._annotations.get(PROPERTY)
    node = element._annotations.get(ENTITY)
    lookup = [element, deannotate(element)]
    if key is not None and node is not None:
        attribute = getattr(node.entity.entity, key, None)
        lookup += [] if attribute is None else [attribute]
    name = key if key is not None and key != element.name else None
    return ColumnLoad(name, position, tuple(lookup))
