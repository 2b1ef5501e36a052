"""A warning where two relationships that do not know each other write the same column.

In: a relationship that is wired and tied. Out: a note of the columns it writes, kept by its registry, and a SAWarning
per column that another one writes too, unless both belong together (`back_populates`), cannot meet in one object
(siblings of a hierarchy), or one names the other in `overlaps`.
"""

from __future__ import annotations

from typing import Any

from ...exc import SAWarning
from ...util.notices import warn
from .relationship import RelationshipProperty

Writers = dict[Any, list[tuple[RelationshipProperty, Any]]]
"""Written column -> (relationship, the column whose value it copies)."""


def note_writes(prop: RelationshipProperty, writers: Writers) -> None:
    """Note the columns that a relationship writes; warn where another one writes them too."""
    if prop.viewonly:
        return
    for source, target in (*prop.synchronize_pairs, *prop.secondary_synchronize_pairs):
        known = writers.setdefault(target, [])
        others = [(other, from_) for other, from_ in known if _conflicts(prop, other)]
        known.append((prop, source))
        if others:
            _warn(prop, source, target, others)


def _conflicts(prop: RelationshipProperty, other: RelationshipProperty) -> bool:
    if other is prop or other in prop.reverse_properties or prop in other.reverse_properties:
        return False
    if other.key in prop.overlaps or prop.key in other.overlaps:
        return False
    mine, its = prop.parent, other.parent
    if its.disposed or mine.is_sibling(its) or prop.mapper.is_sibling(other.mapper):
        return False
    return not (prop.key == other.key and mine.common_parent(its))


def _warn(prop: RelationshipProperty, source: Any, target: Any, others: list[tuple[RelationshipProperty, Any]]) -> None:
    named = ", ".join(f"'{other}' (copies {from_} to {target})" for other, from_ in others)
    keys = ",".join(sorted({other.key for other, _ in others}))
    text = (
        f"relationship '{prop}' will copy column {source} to column {target}, which conflicts with relationship(s): "
        f"{named}. If this is not the intention, consider if these relationships should be linked with back_populates, "
        "or if viewonly=True should be applied to one or more if they are read-only. For the less common case that "
        "foreign key constraints are partially overlapping, the orm.foreign() annotation can be used to isolate the "
        "columns that should be written towards.   To silence this warning, add the parameter "
        f"'overlaps=\"{keys}\"' to the '{prop}' relationship."
    )
    warn(SAWarning(text, code="qzyx"))
