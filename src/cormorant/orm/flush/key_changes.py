"""Changed primary keys: the objects that refer to them follow.

In: an object whose primary key was changed. Out: links. Where the database passes the new key on by itself
(`passive_updates`, the default) only objects in memory follow, and nothing is written for them; otherwise the members
of collections are loaded, by the old key, and updated.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..instance.state import InstanceState
from ..instance.symbols import PASSIVE_OFF, STATE, PassiveFlag
from .links import Link, wiring_of

BY_OLD_KEY = PASSIVE_OFF | PassiveFlag.LOAD_AGAINST_COMMITTED | PassiveFlag.NO_AUTOFLUSH


def follow_key_change(session: Any, changes: Any, state: InstanceState, obj: Any) -> None:
    """Let the objects that refer to a changed key have it too."""
    for relationship, child in [*_members(state, obj), *_referring(session, state, obj)]:
        link = Link(wiring_of(relationship), state, child.__dict__[STATE])
        if changes.is_deleted(link.child):
            continue
        if relationship.passive_updates:
            changes.followers.append(link)
        else:
            changes.save(link.child, child)
            changes.links.append(link)


def _members(state: InstanceState, obj: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the members of collections; those of passive relationships only as far as they are in memory."""
    for relationship in state.manager.mapper.relationships:
        if relationship.viewonly or relationship.direction.name != "ONETOMANY":
            continue
        attribute = state.manager.attributes[relationship.key]
        if not relationship.passive_updates:
            attribute.value_or_status(state, BY_OLD_KEY)
        if relationship.key in obj.__dict__:
            for child in attribute.get_history(state).unchanged:
                if child is not None:
                    yield relationship, child


def _referring(session: Any, state: InstanceState, obj: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the objects in memory that refer to the changed one by a relationship without other side."""
    mapper = state.manager.mapper
    for other in mapper.registry.mappers:
        for relationship in other.relationships:
            if relationship.parent is not other or relationship.viewonly or relationship.reverse_properties:
                continue
            if relationship.direction.name != "MANYTOONE" or not mapper.isa(relationship.mapper):
                continue
            for candidate in list(session.identity.entries(other.class_manager.identity_class).values()):
                child = candidate()
                if child is not None and child.__dict__.get(relationship.key) is obj:
                    yield relationship, child
