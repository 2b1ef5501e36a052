"""Changed primary keys: the objects that refer to them follow.

In: an object whose primary key was changed. Out: links. Where the database passes the new key on by itself
(`passive_updates`, the default) only objects in memory follow, and nothing is written for them; otherwise the members
of collections are loaded, by the old key, and updated, or the rows of the secondary table are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ..instance.life import DELETED
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, PASSIVE_OFF, STATE, PassiveFlag
from .links import Link, LinkRow, LinkRows, secondary_wiring_of, warn_outside, wiring_of

BY_OLD_KEY = PASSIVE_OFF | PassiveFlag.LOAD_AGAINST_COMMITTED | PassiveFlag.NO_AUTOFLUSH


def follow_key_change(session: Any, changes: Any, state: InstanceState, obj: Any) -> None:
    """Let the objects that refer to a changed key have it too."""
    for relationship, child in [*_members(state, obj), *_referring(session, changes, state, obj)]:
        link = Link(wiring_of(relationship), state, child.__dict__[STATE])
        if changes.is_deleted(link.child):
            continue
        is_elsewhere = link.child.owner is not session.ref and link.child.session is not session
        if is_elsewhere:
            warn_outside(relationship, link.child, "pk change")
        if is_elsewhere or link.child.life is DELETED:
            changes.outside.append(link)
        elif relationship.passive_updates:
            changes.followers.append(link)
        else:
            changes.save(link.child, child)
            changes.links.append(link)
    for relationship in _unfollowed_links(state.manager.mapper):
        _move_link_rows(changes, relationship, state, obj)


def reached_by_stored_key(attribute: Any, state: InstanceState, obj: Any) -> Any:
    """Return the value of a relationship for a delete: loaded by the key that the row has, not by one set since."""
    is_stale = attribute.wire.holds_other_key and not attribute.is_streamed and bool(state.committed)
    if not is_stale or attribute.key in obj.__dict__ or not is_reference_changed(attribute.prop, state):
        return attribute.reached(obj)
    found = attribute.value_or_status(state, BY_OLD_KEY)
    return obj.__dict__[attribute.key] if attribute.key in obj.__dict__ else attribute.fill(state, found)


def _unfollowed_links(mapper: Any) -> tuple[Any, ...]:
    """Return the many-to-many relationships whose rows the database does not update, decided once per mapper."""
    found: tuple[Any, ...] | None = mapper.plans.get("unfollowed links")
    if found is None:
        found = mapper.plans["unfollowed links"] = tuple(
            relationship
            for relationship in mapper.relationships
            if relationship.direction.name == "MANYTOMANY"
            and not (relationship.viewonly or relationship.passive_updates or relationship.is_streamed)
        )
    return found


def _move_link_rows(changes: Any, relationship: Any, state: InstanceState, obj: Any) -> None:
    """Have the rows of a secondary table follow a changed key, each once though both sides may know of it."""
    wiring = secondary_wiring_of(relationship)
    if all(_original(state, obj, key) == obj.__dict__.get(key) for key, _ in wiring.parent_pairs):
        return
    attribute = state.manager.attributes[relationship.key]
    attribute.value_or_status(state, BY_OLD_KEY)
    known = {frozenset((row.parent, row.child)) for rows in changes.link_rows.values() for row in rows.moved}
    for child in attribute.get_history(state).unchanged if relationship.key in obj.__dict__ else ():
        child_state = state if child is None else child.__dict__[STATE]
        if child is not None and frozenset((state, child_state)) not in known and not changes.is_deleted(child_state):
            row = LinkRow(wiring, state, child_state)
            changes.link_rows.setdefault(relationship, LinkRows()).moved.append(row)


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


# --- relationships without other side


class Referring(NamedTuple):
    """The objects in memory that refer to others by one many-to-one; made once per flush."""

    by_object: dict[int, list[Any]]
    """By the id of the object that the attribute holds."""
    by_key: dict[tuple[Any, ...], list[Any]]
    """By foreign key, where the attribute is not loaded and the database does not pass new keys on."""


def is_key_changed(state: InstanceState) -> bool:
    """Tell whether an object with a row was given another primary key, or the same one again."""
    return state.pk is not None and not state.committed.keys().isdisjoint(state.manager.mapper.pk_keys)


def is_reference_changed(relationship: Any, state: InstanceState) -> bool:
    """Tell whether a value that the members of a relationship refer to was changed: their rows have the old one."""
    key_of = relationship.parent.key_of
    return any(key_of(source) in state.committed for source, _ in relationship.synchronize_pairs)


def referring_relationships(mapper: Any) -> tuple[Any, ...]:
    """Return the many-to-one relationships without other side that lead to a class, decided once per mapper."""
    found: tuple[Any, ...] | None = mapper.plans.get("referring relationships")
    if found is None:
        found = mapper.plans["referring relationships"] = tuple(
            relationship
            for other in mapper.registry.mappers
            for relationship in other.relationships
            if relationship.parent is other
            and not (relationship.viewonly or relationship.reverse_properties)
            and relationship.direction.name == "MANYTOONE"
            and mapper.isa(relationship.mapper)
        )
    return found


def _referring(session: Any, changes: Any, state: InstanceState, obj: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the objects in memory that refer to the changed one by a relationship without other side."""
    for relationship in referring_relationships(state.manager.mapper):
        index: Referring | None = changes.referring.get(relationship)
        if index is None:
            index = changes.referring[relationship] = _index(session, relationship)
        for child in index.by_object.get(id(obj), ()):
            yield relationship, child
        if index.by_key:
            old = tuple([_original(state, obj, key) for key, _ in wiring_of(relationship).pairs])
            for child in index.by_key.get(old, ()):
                yield relationship, child


def _index(session: Any, relationship: Any) -> Referring:
    index = Referring({}, {})
    key, mapper = relationship.key, relationship.parent
    foreign_keys = [target for _, target in wiring_of(relationship).pairs]
    for state in list(session.identity.entries(mapper.class_manager.identity_class).values()):
        child = state()
        if child is None or not isinstance(child, mapper.class_):
            continue
        values = child.__dict__
        if key in values:
            if values[key] is not None:
                index.by_object.setdefault(id(values[key]), []).append(child)
        elif not relationship.passive_updates:
            index.by_key.setdefault(tuple([values.get(name) for name in foreign_keys]), []).append(child)
    return index


def _original(state: InstanceState, obj: Any, key: str) -> Any:
    original = state.committed.get(key, NO_VALUE)
    return obj.__dict__.get(key) if original is NO_VALUE else original
