"""What inheritance means for a SELECT: the column that tells the class of a row, and which rows belong to a class.

In: an entity draft, or the entities of a statement. Out: the draft with its discriminator and the plans of subclasses;
the criteria that single-table inheritance adds. Nothing here knows FROM elements.
"""

from __future__ import annotations

from typing import Any

from ...sql.node import deannotate
from .adapt import adapt
from .drafts import EntityDraft
from .entities import find_in


def add_discriminator(draft: EntityDraft) -> None:
    """Note in the draft which column tells the class, if rows can be of several classes."""
    mapper = draft.mapper
    if mapper.polymorphic_on is None or not mapper.children:
        return
    key = _key_of_discriminator(mapper)
    if key is None or key not in draft.slots:
        return
    draft.discriminator = draft.slots[key]
    family = set(mapper.self_and_descendants)
    draft.subclass_keys = {
        value: (sub, tuple(key for key in draft.slots if key in sub.class_manager.attributes))
        for value, sub in mapper.polymorphic_map.items()
        if sub in family
    }


def _key_of_discriminator(mapper: Any) -> str | None:
    column = deannotate(mapper.polymorphic_on)
    prop = mapper.column_properties.get(column)
    return None if prop is None else str(prop.key)


def criteria_of(entities: list[Any]) -> tuple[Any, ...]:
    """Return the criteria that limit rows to the classes of single-table entities."""
    found: list[Any] = []
    for entity in entities:
        mapper = entity.mapper
        if mapper.single and mapper.polymorphic_on is not None and not mapper.concrete:
            values = [sub.polymorphic_identity for sub in mapper.self_and_descendants]
            column = adapt(deannotate(mapper.polymorphic_on), find_in(entity))
            found.append(column.in_([value for value in values if value is not None]))
    return tuple(found)
