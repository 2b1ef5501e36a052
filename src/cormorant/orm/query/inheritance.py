"""What inheritance means for a SELECT: the column that tells the class of a row, and which rows belong to a class.

In: a mapper, or the entities of a statement. Out: the attribute that tells the class; the criteria that single-table
inheritance adds. Nothing here knows FROM elements.
"""

from __future__ import annotations

from typing import Any

from ...sql.node import deannotate
from .adapt import Find, adapt, keep


def discriminator_key(mapper: Any) -> str | None:
    """Return the attribute that tells the class of a row; None where all rows are of one class."""
    return told_by_key(mapper) if mapper.children else None


def told_by_key(mapper: Any) -> str | None:
    """Return the attribute that tells the class of a row of the hierarchy; None where no attribute does."""
    if mapper.polymorphic_on is None:
        return None
    prop = mapper.column_properties.get(deannotate(mapper.polymorphic_on))
    return None if prop is None else str(prop.key)


def criteria_of(entities: list[Any]) -> tuple[Any, ...]:
    """Return the criteria that limit rows to the classes of single-table entities."""
    found: list[Any] = []
    for entity in entities:
        if getattr(entity, "polymorphic_parent", None) is None:
            found += class_criteria(entity.mapper, entity.adapt_column or keep)
    return tuple(found)


def class_criteria(mapper: Any, find: Find) -> tuple[Any, ...]:
    """Return the criteria that limit rows to the classes of one single-table mapper; none for other mappers."""
    if not mapper.single or mapper.polymorphic_on is None or mapper.concrete:
        return ()
    values = [sub.polymorphic_identity for sub in mapper.self_and_descendants]
    column = adapt(deannotate(mapper.polymorphic_on), find)
    return (column.in_([value for value in values if value is not None]),)
