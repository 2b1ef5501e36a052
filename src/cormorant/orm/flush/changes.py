"""What a flush has to do: objects to save and to delete, keys to copy, link rows to write.

In: a session's new, modified and deleted objects. Out: `Changes`, which names states and never holds a row. Collecting
writes nothing; it may ask the session to load collections whose members a delete concerns (all of them in one statement
per relationship). Orphans are found here: pending ones leave the session, persistent ones are deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any

from ..instance.attribute import lost
from ..instance.errors import FlushError
from ..instance.history import History
from ..instance.life import DELETED, PENDING, PERSISTENT
from ..instance.state import InstanceState
from ..instance.symbols import NOTHING, PASSIVE_NO_FETCH, PASSIVE_NO_INITIALIZE, STATE, PassiveFlag
from .key_changes import (
    Referring,
    follow_key_change,
    is_key_changed,
    is_reference_changed,
    reached_by_stored_key,
    referring_relationships,
)
from .known_keys import KnownKeys, children_keyed_by_parents
from .links import Link, LinkRow, LinkRows, secondary_wiring_of, warn_outside, wiring_of

IN_MEMORY = PASSIVE_NO_INITIALIZE | PassiveFlag.INCLUDE_PENDING_MUTATIONS
"""How far a flush looks for changes of a relationship: nothing that is not in memory can have changed."""

FROM_SESSION = PASSIVE_NO_FETCH | PassiveFlag.NO_AUTOFLUSH
"""How far references of a deleted object are filled: what the session holds can be read afterwards."""

States = dict[InstanceState, Any]
NO_STATES: frozenset[InstanceState] = frozenset()


class Saves:
    """The objects of one hierarchy to insert and to update; insertion order is the order in which they came."""

    __slots__ = ("new", "rows")

    def __init__(self) -> None:
        self.new: States = {}
        self.rows: States = {}

    def __contains__(self, state: object) -> bool:
        return state in self.new or state in self.rows

    def items(self) -> Iterator[tuple[InstanceState, Any]]:
        """Yield states with their instances, new ones first."""
        yield from self.new.items()
        yield from self.rows.items()


class Changes:
    """The content of a flush, by base mapper."""

    __slots__ = (
        "conflicts",
        "deleted",
        "followers",
        "link_rows",
        "links",
        "outside",
        "queued",
        "referring",
        "row_switches",
        "unlinked",
        "saved",
        "vanished",
    )

    def __init__(self) -> None:
        self.saved: dict[Any, Saves] = {}
        self.deleted: dict[Any, States] = {}
        self.links: list[Link] = []
        self.outside: list[Link] = []
        """Keys of members that this session has no row of, detached or deleted: they change in memory only."""
        self.followers: list[Link] = []
        """Keys of objects in memory that the database changes by itself, after the key that they refer to."""
        self.referring: dict[Any, Referring] = {}
        """Who refers to whom by a relationship without other side, as far as a changed key asked for it."""
        self.link_rows: dict[Any, LinkRows] = {}
        self.unlinked: dict[Any, LinkRows] = {}
        """Rows of secondary tables that go because an object is deleted: they go first."""
        self.row_switches: dict[InstanceState, InstanceState] = {}
        """New objects that take over the row of a deleted one: new state -> deleted state. They stand among rows."""
        self.conflicts: dict[InstanceState, InstanceState] = {}
        """New objects with the key of an object that stays: new state -> the other's state."""
        self.queued: list[InstanceState] = []
        """Objects to save with changes of collections that are not loaded."""
        self.vanished: list[InstanceState] = []
        """Objects in the place of a new one whose row turned out to be gone: noted while the plan runs."""

    def saves_of(self, mapper: Any) -> Saves:
        """Return the objects to save of a mapper's hierarchy, made at first use."""
        base = mapper.base_mapper
        found = self.saved.get(base)
        if found is None:
            found = self.saved[base] = Saves()
        return found

    def save(self, state: InstanceState, obj: Any) -> None:
        """Add an object to insert or update."""
        saves = self.saves_of(state.manager.mapper)
        if state not in saves:
            (saves.new if state.pk is None else saves.rows)[state] = obj

    def delete(self, state: InstanceState, obj: Any) -> None:
        """Add an object to delete, which is then not saved."""
        base = state.manager.mapper.base_mapper
        saves = self.saved.get(base)
        if saves is not None:
            saves.rows.pop(state, None)
            if not saves.new and not saves.rows:
                del self.saved[base]
        self.deleted.setdefault(base, {})[state] = obj

    def is_deleted(self, state: InstanceState) -> bool:
        """Tell whether the flush deletes an object."""
        found = self.deleted.get(state.manager.mapper.base_mapper)
        return found is not None and state in found

    def is_saved(self, state: InstanceState) -> bool:
        """Tell whether the flush saves an object."""
        found = self.saved.get(state.manager.mapper.base_mapper)
        return found is not None and state in found


def collect_changes(session: Any, only: set[InstanceState] | None = None) -> Changes:
    """Return what a flush of the session has to do; `only` limits it to some objects (deprecated use of flush)."""
    changes = Changes()
    if session._new:
        _collect(session, changes, session._new, only)
    if session.modified:
        _collect(session, changes, session.modified, only)
    if session._deleted:
        _collect_deleted(changes, session._deleted, only)
    for base in (*changes.saved, *changes.deleted):
        if _concerns_others(base):
            _follow_relationships(session, changes)
            break
    _find_row_switches(session, changes)
    return changes


def _collect(session: Any, changes: Changes, states: States, only: set[InstanceState] | None) -> None:
    """Add new or modified objects; what a class needs is looked up once per class."""
    is_new = states is session._new
    marked, pending = session._deleted, session._new
    targets: dict[type, tuple[States, bool]] = {}
    for state, obj in list(states.items()):
        if (only is not None and state not in only) or state in marked or (not is_new and state in pending):
            continue
        target = targets.get(type(state))
        if target is None:
            mapper = state.manager.mapper
            saves = changes.saves_of(mapper)
            target = targets[type(state)] = (saves.new if is_new else saves.rows, may_be_orphan(mapper))
        if is_new and InstanceState.losses_in_use and state.lost_keys:
            raise lost(state)
        if target[1] and is_orphan(state):
            _collect_orphan(session, changes, state, obj, is_new)
        else:
            target[0][state] = obj


def _collect_deleted(changes: Changes, marked: States, only: set[InstanceState] | None) -> None:
    """Add the objects that were marked; none of them was collected to be saved."""
    targets: dict[type, States] = {}
    for state, obj in marked.items():
        if only is None or state in only:
            target = targets.get(type(state))
            if target is None:
                target = targets[type(state)] = changes.deleted.setdefault(state.manager.mapper.base_mapper, {})
            target[state] = obj


def _collect_orphan(session: Any, changes: Changes, state: InstanceState, obj: Any, is_new: bool) -> None:
    if is_new:
        session.expunge_orphan(state, obj)
    else:
        _delete_with_members(changes, state, obj)


def may_be_orphan(mapper: Any) -> bool:
    """Tell whether some relationship with delete-orphan leads to a class, decided once per mapper."""
    found: bool | None = mapper.plans.get("may be orphan")
    if found is None:
        relationships = [r for other in mapper.registry.mappers for r in other.relationships]
        found = any(r.cascade.delete_orphan and r.mapper.isa_or_base(mapper) for r in relationships)
        mapper.plans["may be orphan"] = found
    return found


def is_orphan(state: InstanceState) -> bool:
    """Tell whether some relationship with delete-orphan has let go of an object and none took it again.

    Of a class with `legacy_is_orphan`, an object without row is an orphan once all of them have let go.
    """
    if not state.parent_of:
        return False
    mapper = state.manager.mapper
    parents = [
        parent
        for wire, parent in state.parent_of.items()
        if wire.delete_orphan and wire.property.mapper.isa_or_base(mapper)
    ]
    if mapper.legacy_is_orphan and state.pk is None and any(parents):
        return False
    return False in parents


# --- relationships


def _follow_relationships(session: Any, changes: Changes) -> None:
    """Turn changed relationships into links; objects that these draw in are followed too."""
    done: set[InstanceState] = set()
    seen_rows: set[Any] = set()
    _follow_keys(session, changes)
    while True:
        saved: list[tuple[InstanceState, Any]] = []
        for base, saves in changes.saved.items():
            if _writes_relationships(base):
                saved += [pair for states in (saves.new, saves.rows) for pair in states.items() if pair[0] not in done]
        deleted: list[tuple[InstanceState, Any]] = []
        for base, states in changes.deleted.items():
            if _writes_relationships(base):
                deleted += [pair for pair in states.items() if pair[0] not in done]
        if not saved and not deleted:
            return
        if deleted:
            _load_for_deletes(session, deleted)
        for state, obj in saved:
            done.add(state)
            if not changes.deleted or changes.is_saved(state):
                _follow_saved(session, changes, state, obj, seen_rows)
        for state, obj in deleted:
            done.add(state)
            _follow_deleted(session, changes, state, obj, seen_rows)


def _follow_keys(session: Any, changes: Changes) -> None:
    """Let objects follow the changed keys of classes that have no relationships themselves."""
    for base, saves in list(changes.saved.items()):
        if not saves.rows or _writes_relationships(base) or not _is_referred_to(base):
            continue
        for state, obj in list(saves.rows.items()):
            if is_key_changed(state):
                follow_key_change(session, changes, state, obj)


def _concerns_others(base: Any) -> bool:
    """Tell whether changes in a hierarchy can concern objects that are related to it, decided once."""
    found: bool | None = base.plans.get("concerns others")
    if found is None:
        found = base.plans["concerns others"] = _writes_relationships(base) or _is_referred_to(base)
    return found


def _is_referred_to(base: Any) -> bool:
    """Tell whether a relationship without other side leads to some class of a hierarchy."""
    return any(referring_relationships(mapper) for mapper in base.self_and_descendants)


def _writes_relationships(base: Any) -> bool:
    """Tell whether some class of a hierarchy has relationships that write, decided once."""
    found: bool | None = base.plans.get("writes relationships")
    if found is None:
        found = base.plans["writes relationships"] = any(
            flush_relationships(mapper) for mapper in base.self_and_descendants
        )
    return found


def flush_relationships(mapper: Any) -> tuple[Any, ...]:
    """Return the relationships of a mapper that write something, decided once."""
    found: tuple[Any, ...] | None = mapper.plans.get("flush relationships")
    if found is None:
        found = mapper.plans["flush relationships"] = tuple(r for r in mapper.relationships if not r.viewonly)
    return found


def _followed_keys(mapper: Any) -> frozenset[str]:
    """Return the attributes whose change concerns other objects, decided once."""
    found: frozenset[str] | None = mapper.plans.get("followed keys")
    if found is None:
        keys = (*mapper.pk_keys, *(relationship.key for relationship in flush_relationships(mapper)))
        found = mapper.plans["followed keys"] = frozenset(keys)
    return found


def _follow_saved(session: Any, changes: Changes, state: InstanceState, obj: Any, seen_rows: set[Any]) -> None:
    manager = state.manager
    pending = state.pending_changes if manager.collection_keys else NOTHING
    if pending:
        changes.queued.append(state)
    changed: Any = obj.__dict__ if state.pk is None else state.committed
    if not pending and _followed_keys(manager.mapper).isdisjoint(changed):
        return
    for relationship in flush_relationships(manager.mapper):
        key = relationship.key
        if key in changed or key in pending:
            history = state.manager.attributes[key].get_history(state, IN_MEMORY)
            _RULES[relationship.direction.name](session, changes, relationship, state, history, seen_rows)
    if is_key_changed(state):
        follow_key_change(session, changes, state, obj)


def _save_many_to_one(
    session: Any, changes: Changes, relationship: Any, state: InstanceState, history: History, seen_rows: set[Any]
) -> None:
    for parent in history.added:
        parent_state = None if parent is None else _member(session, parent, relationship, state)
        if parent is not None and parent_state is None:
            continue
        changes.links.append(Link(wiring_of(relationship), parent_state, state))
    if history.deleted and not history.added:
        changes.links.append(Link(wiring_of(relationship), None, state))
    for parent in history.deleted:
        _delete_orphan(changes, relationship, parent)


def _save_one_to_many(
    session: Any, changes: Changes, relationship: Any, state: InstanceState, history: History, seen_rows: set[Any]
) -> None:
    wiring = wiring_of(relationship)
    for child in history.added:
        if child is None and relationship.uselist:
            raise _none_in_collection(relationship)
        child_state = None if child is None else _member(session, child, relationship, state)
        if child_state is None or changes.is_deleted(child_state):
            continue
        changes.save(child_state, child)
        changes.links.append(Link(wiring, state, child_state))
    for child in history.deleted:
        _let_go(session, changes, relationship, state, child)


def _let_go(session: Any, changes: Changes, relationship: Any, state: InstanceState, child: Any) -> None:
    """Write that a member left its parent: it is an orphan, or refers to nobody, unless another parent has it."""
    if child is None or relationship.passive_deletes == "all":
        return
    child_state, wire = child.__dict__[STATE], state.manager.attributes[relationship.key].wire
    if not relationship.uselist and (wire not in child_state.parent_of or child_state.is_held_by(wire, state)):
        child_state.set_parent(wire, False)  # it was found only now, by the row that it was loaded from
    is_elsewhere = _is_elsewhere(session, relationship, child_state, "delete")
    if not is_elsewhere and _delete_orphan(changes, relationship, child):
        return
    if not child_state.has_parent(wire, False):
        _clear_key(session, changes, relationship, child_state, child)


def _clear_key(session: Any, changes: Changes, relationship: Any, child_state: InstanceState, child: Any) -> None:
    """Let a member refer to nobody: its row, where this session has it, and otherwise what is in memory."""
    link = Link(wiring_of(relationship), None, child_state)
    if _is_row_here(session, changes, child_state):
        changes.save(child_state, child)
        changes.links.append(link)
    elif not (relationship.cascade.delete_orphan or changes.is_deleted(child_state) or child_state.life is PENDING):
        if child_state.current_life is not DELETED:
            link.refuse_null_keys()
        changes.outside.append(link)


def _is_elsewhere(session: Any, relationship: Any, child_state: InstanceState, operation: str) -> bool:
    """Tell whether a member of a collection is not in this session; warns that nothing is written for it."""
    if child_state.owner is session.ref or child_state.session is session:
        return False
    warn_outside(relationship, child_state, operation)
    return True


def _delete_orphan(changes: Changes, relationship: Any, child: Any) -> bool:
    """Delete a member that was let go of, where the relationship says so; tell whether it goes."""
    if child is None or not relationship.cascade.delete_orphan:
        return False
    child_state = child.__dict__[STATE]
    if child_state.pk is None or not is_orphan(child_state) or child_state.current_life is not PERSISTENT:
        return child_state.pk is None
    _delete_with_members(changes, child_state, child)
    return True


def _delete_with_members(changes: Changes, state: InstanceState, obj: Any) -> None:
    """Delete an orphan and what its delete cascade reaches."""
    changes.delete(state, obj)
    for reached, reached_obj in _cascade_in_memory(state, obj):
        changes.delete(reached, reached_obj)


def _cascade_in_memory(state: InstanceState, obj: Any) -> Iterator[tuple[InstanceState, Any]]:
    """Yield what the deletion of an orphan takes along; its collections are loaded unless the database cascades."""
    stack, seen = [(state, obj)], {state}
    while stack:
        parent, parent_obj = stack.pop()
        for relationship in parent.manager.mapper.relationships:
            if not relationship.cascade.delete or relationship.viewonly:
                continue
            if relationship.passive_deletes and relationship.key not in parent_obj.__dict__:
                continue
            if relationship.is_streamed:
                parent.manager.attributes[relationship.key].load_existing(parent)
            value = reached_by_stored_key(parent.manager.attributes[relationship.key], parent, parent_obj)
            for child in _members(value, relationship, parent):
                child_state = child.__dict__[STATE]
                if child_state not in seen and child_state.pk is not None:
                    seen.add(child_state)
                    stack.append((child_state, child))
                    yield child_state, child


def _members(value: Any, relationship: Any, state: InstanceState) -> list[Any]:
    if value is None:
        return []
    if relationship.is_streamed:
        attribute = state.manager.attributes[relationship.key]
        return [*attribute.held(state, None), *attribute.let_go(state)]
    return [item for item in value._items() if item is not None] if relationship.uselist else [value]


def _is_row_here(session: Any, changes: Changes, state: InstanceState) -> bool:
    """Tell whether an object has a row that this session can still update."""
    if state.pk is None or changes.is_deleted(state) or state.current_life is not PERSISTENT:
        return False
    return state.owner is session.ref or state.session is session


def _save_many_to_many(
    session: Any, changes: Changes, relationship: Any, state: InstanceState, history: History, seen_rows: set[Any]
) -> None:
    _add_link_rows(session, changes, relationship, state, history.added, seen_rows, is_added=True)
    _add_link_rows(session, changes, relationship, state, history.deleted, seen_rows, is_added=False)
    for child in history.deleted:
        _delete_orphan(changes, relationship, child)


def _add_link_rows(
    session: Any,
    changes: Changes,
    relationship: Any,
    state: InstanceState,
    children: Iterable[Any],
    seen_rows: set[Any],
    *,
    is_added: bool,
    into: dict[Any, LinkRows] | None = None,
) -> None:
    """Note link rows, each once though both sides of the relationship know of it."""
    wiring = secondary_wiring_of(relationship)
    for child in children:
        if child is None:
            if is_added and relationship.uselist:
                raise _none_in_collection(relationship)
            continue
        child_state = _member(session, child, relationship, state, "add" if is_added else "delete")
        if child_state is None:
            continue
        identity = (relationship.secondary, is_added, _row_of(relationship, state, child_state))
        if identity in seen_rows:
            continue
        seen_rows.add(identity)
        rows = (changes.link_rows if into is None else into).setdefault(relationship, LinkRows())
        (rows.added if is_added else rows.removed).append(LinkRow(wiring, state, child_state))


def _row_of(relationship: Any, state: InstanceState, child_state: InstanceState) -> Any:
    """Return what tells a link row from others: which object's key stands in which column."""
    mine = frozenset([column.key for _, column in relationship.synchronize_pairs])
    theirs = frozenset([column.key for _, column in relationship.secondary_synchronize_pairs])
    return frozenset(((mine, id(state)), (theirs, id(child_state))))


def _none_in_collection(relationship: Any) -> FlushError:
    name = f"{relationship.parent.class_.__name__}.{relationship.key}"
    return FlushError(f"Can't flush None value found in collection {name}: take it out, or put an object there")


def _member(
    session: Any, child: Any, relationship: Any, state: InstanceState, operation: str = "add"
) -> InstanceState | None:
    """Return the state of an object to be linked; None, mostly after a warning, for one that is not in the session."""
    child_state: InstanceState = child.__dict__[STATE]
    if child_state.owner is session.ref or child_state.session is session:
        if not child_state.is_row_deleted:
            return child_state
        if relationship.direction.name != "MANYTOONE":
            return None  # what linked it went with its row
    warn_outside(relationship, child_state, operation)
    return None


_RULES = {
    "MANYTOONE": _save_many_to_one,
    "ONETOMANY": _save_one_to_many,
    "MANYTOMANY": _save_many_to_many,
}


# --- deletes


def _load_for_deletes(session: Any, deleted: list[tuple[InstanceState, Any]]) -> None:
    """Load the collections of deleted objects that are not in memory: one statement per relationship."""
    needs: dict[Any, list[tuple[InstanceState, Any]]] = {}
    for state, obj in deleted:
        for relationship in flush_relationships(state.manager.mapper):
            if relationship.direction.name == "MANYTOONE" or relationship.passive_deletes:
                continue
            if relationship.is_streamed:
                state.manager.attributes[relationship.key].load_existing(state)
            elif relationship.key in obj.__dict__:
                continue
            elif state.committed and is_reference_changed(relationship, state):
                reached_by_stored_key(state.manager.attributes[relationship.key], state, obj)
            else:
                needs.setdefault(relationship, []).append((state, obj))
    for relationship, pairs in needs.items():
        session.load_collections(relationship, pairs)
    referring = [state for state, _ in deleted if state.expired and _has_late_references(state.manager.mapper)]
    if referring:
        session.load_expired(referring)


def _has_late_references(mapper: Any) -> bool:
    """Tell whether a class refers to others by foreign keys that are set, and cleared, by an UPDATE of their own."""
    found: bool | None = mapper.plans.get("late references")
    if found is None:
        found = mapper.plans["late references"] = any(
            relationship.post_update and relationship.direction.name == "MANYTOONE"
            for relationship in flush_relationships(mapper)
        )
    return found


def _follow_deleted(session: Any, changes: Changes, state: InstanceState, obj: Any, seen_rows: set[Any]) -> None:
    for relationship in flush_relationships(state.manager.mapper):
        direction = relationship.direction.name
        if direction == "MANYTOONE":
            if relationship.post_update:
                _release_reference(changes, relationship, state, obj)
            if relationship.key not in obj.__dict__:
                state.manager.attributes[relationship.key].value_or_status(state, FROM_SESSION)
            continue
        history = state.manager.attributes[relationship.key].get_history(state, IN_MEMORY)
        present = [*history.unchanged, *history.deleted]
        if direction == "MANYTOMANY":
            _add_link_rows(
                session, changes, relationship, state, present, seen_rows, is_added=False, into=changes.unlinked
            )
            continue
        if relationship.passive_deletes == "all":
            continue
        for child in history.deleted:
            _let_go(session, changes, relationship, state, child)
        for child in () if relationship.cascade.delete else history.unchanged:
            if child is not None:
                _release_child(session, changes, relationship, state, child)


def _release_reference(changes: Changes, relationship: Any, state: InstanceState, obj: Any) -> None:
    """Let a deleted object refer to nobody before it goes, since what it refers to may go before it."""
    wiring = wiring_of(relationship)
    if any(obj.__dict__.get(key) is not None for _, key in wiring.pairs):
        changes.links.append(Link(wiring, None, state))


def _release_child(session: Any, changes: Changes, relationship: Any, state: InstanceState, child: Any) -> None:
    """Let a member of a deleted object refer to nobody, unless another object has it by now."""
    child_state: InstanceState = child.__dict__[STATE]
    wire = state.manager.attributes[relationship.key].wire
    _is_elsewhere(session, relationship, child_state, "delete")
    if not child_state.has_parent(wire) or child_state.is_held_by(wire, state):
        _clear_key(session, changes, relationship, child_state, child)


# --- identities


def _find_row_switches(session: Any, changes: Changes) -> None:
    """Find new objects with the key of an object in the identity map: they take over a deleted row, or conflict."""
    keyed, known = _keyed_by_parents(changes) if changes.deleted else (NO_STATES, None)
    for base, saves in changes.saved.items():
        if not saves.new:
            continue
        keys = base.pk_keys
        first = keys[0]
        with_key = [
            (s, obj)
            for s, obj in saves.new.items()
            if obj.__dict__.get(first) is not None or len(keys) > 1 or (keyed and s in keyed)
        ]
        for state, obj in with_key:
            values = obj.__dict__ if known is None or state not in keyed else known.values_of(state)
            if values is not None:
                _check_identity(session, changes, base, state, values)


def _keyed_by_parents(changes: Changes) -> tuple[AbstractSet[InstanceState], KnownKeys | None]:
    """Return the new objects that may take over a deleted row by a key from a parent, and where to look that up."""
    if changes.saved.keys().isdisjoint(changes.deleted):
        return set(), None
    keyed = {
        state
        for state in children_keyed_by_parents(changes.links)
        if state.pk is None and state.manager.mapper.base_mapper in changes.deleted
    }
    return keyed, KnownKeys(changes.links) if keyed else None


def _check_identity(session: Any, changes: Changes, base: Any, state: InstanceState, values: dict[str, Any]) -> None:
    pk = state.manager.mapper.pk_from_values(values)
    if pk is None:
        return
    present = session.identity.entries(state.manager.identity_class, state.identity_token).get(pk)
    if present is None or present is state or present() is None:
        return
    if changes.is_deleted(present):
        changes.row_switches[state] = present
        saves = changes.saved[base]
        saves.rows[state] = saves.new.pop(state)
        del changes.deleted[base][present]
        if not changes.deleted[base]:
            del changes.deleted[base]
        return
    changes.conflicts[state] = present
