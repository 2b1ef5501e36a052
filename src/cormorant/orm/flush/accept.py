"""After everything is written: new objects become persistent, deleted ones deleted, books are closed.

In: an executed plan. Out: states, identity map and transaction as they must be until the transaction ends. Reached only
when no step failed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ...exc import SAWarning
from ...util.notices import warn
from ..instance.errors import FlushError
from ..instance.life import DELETED, DETACHED, PENDING, PERSISTENT
from ..instance.state import NO_CHANGES, InstanceState
from ..instance.symbols import NOTHING
from .plan import DeleteStep, FlushPlan, SaveStep


def accept(session: Any, plan: FlushPlan, books: Any) -> None:
    """Close the books of all objects of a plan; the transaction `books` notes what a rollback has to undo."""
    if plan.changes.vanished:
        accept_deleted(session, plan.changes.vanished, books)
    for step in plan:
        if isinstance(step, SaveStep):
            if step.updates:
                _accept_updated(session, step.updates, books)
            _accept_inserted(session, step.inserts, books)
            if plan.changes.row_switches:
                _accept_switched(session, plan, step, books)
        elif isinstance(step, DeleteStep):
            accept_deleted(session, step.states, books)
    for state in plan.changes.queued:
        state.pending_changes = NOTHING
    for base, saves in plan.changes.saved.items():
        leftovers = _leftovers_of(base)
        if leftovers is not None:
            _clear_up((*saves.new, *saves.rows), leftovers, len(saves.new))
        if saves.rows:
            books.flushed.update(dict.fromkeys(saves.rows))
    for link in plan.changes.followers:
        link.follow()
    for link in plan.changes.outside:
        link.apply_outside()
        books.flushed[link.child] = None
    if session.modified:
        _close_rest(session, plan)


def _accept_inserted(session: Any, states: tuple[InstanceState, ...], books: Any) -> None:
    """Make new objects persistent; the hot loop of a flush that inserts."""
    if not states:
        return
    kind: type | None = None
    entries: dict[Any, InstanceState] = {}
    key: str | None = None
    pk_of: Any = None
    new, persistent = session._new, PERSISTENT
    is_one_database = not InstanceState.tokens_in_use
    for state in states:
        if type(state) is not kind or not is_one_database:
            kind, manager = type(state), state.manager
            token = None if is_one_database else state.identity_token
            entries = session.identity.entries(manager.identity_class, token)
            pk_keys, pk_of = manager.mapper.pk_keys, manager.mapper.pk_from_values
            key = pk_keys[0] if len(pk_keys) == 1 else None
        obj = new.pop(state, None)
        values = state.require_object().__dict__ if obj is None else obj.__dict__
        state.pk = pk = values.get(key) if key is not None else pk_of(values)
        if pk is None:
            raise _without_key(state)
        present = entries.get(pk)
        if present is not None and present is not state and present() is not None:
            _take_place(session, state, present)
        entries[pk] = state
        state.home = entries
        state.life = persistent
        state.is_written = True
        state.committed = NOTHING  # type: ignore[assignment]
    for state in states if InstanceState.losses_in_use else ():
        state.expired = False
    for state in states if session.modified else ():
        if session.modified.pop(state, None) is not None:
            state.forget_changes()
    for state in states if session.hooks.is_watching else ():
        session.hooks.transition(session, state, PENDING, PERSISTENT)
    books.note_inserted(states)


def _without_key(state: InstanceState) -> FlushError:
    return FlushError(
        f"Instance {state.name} has a NULL identity key.  If this is an auto-generated value, check that the database "
        "table allows generation of new primary key values, and that the mapped Column object is configured to expect "
        "these generated values."
    )


def _take_place(session: Any, state: InstanceState, present: InstanceState) -> None:
    """Let a new object stand for a key under which another one stood: the table's key is laxer than the mapping's."""
    warn(
        f"Identity map already had an identity for {state.key}, replacing it with newly flushed object.   Are there "
        "load operations occurring inside of an event handler within the flush?",
        SAWarning,
    )
    present.home = None
    present.owner = None
    present.life = DETACHED


def _accept_switched(session: Any, plan: FlushPlan, step: SaveStep, books: Any) -> None:
    """Let new objects take over the rows of deleted ones."""
    for state in step.updates:
        old = plan.changes.row_switches.get(state)
        if old is None:
            continue
        session.identity.discard(old)
        session._deleted.pop(old, None)
        session.modified.pop(old, None)
        old.life = DELETED
        old.was_deleted = True
        books.note_deleted(old)
        if session.hooks.is_watching:
            session.hooks.transition(session, old, PERSISTENT, DELETED)
        _accept_inserted(session, (state,), books)


def _accept_updated(session: Any, states: tuple[InstanceState, ...], books: Any) -> None:
    modified, are_flags_in_use = session.modified, InstanceState.flags_in_use
    pk_keys: dict[type, tuple[str, ...]] = {}
    for state in states:
        kind = type(state)
        keys = pk_keys.get(kind)
        if keys is None:
            keys = pk_keys[kind] = state.manager.mapper.pk_keys
        committed = state.committed
        for key in keys:
            if key in committed:
                _move_key(session, state, books)
                break
        state.committed = NO_CHANGES
        if are_flags_in_use:
            state.flagged = False
        if state in modified:
            del modified[state]


def _move_key(session: Any, state: InstanceState, books: Any) -> None:
    """Register an object under its new primary key."""
    pk = state.manager.mapper.pk_from_values(state.require_object().__dict__)
    if pk == state.pk:
        return
    books.note_key_change(state, state.pk)
    session.identity.discard(state)
    state.pk = pk
    session.identity.replace(state)


def accept_deleted(session: Any, states: Iterable[InstanceState], books: Any) -> None:
    """Let objects whose rows were deleted leave the session until the transaction ends."""
    marked, modified, new, deleted = session._deleted, session.modified, session._new, DELETED
    for state in states:
        marked.pop(state, None)
        if modified:
            modified.pop(state, None)
        if new:
            new.pop(state, None)
        home = state.home
        if home is not None and home.get(state.pk) is state:
            del home[state.pk]
        state.home = None
        state.life = deleted
        state.was_deleted = True
    if not session.hooks.is_watching:
        books.deleted.update(dict.fromkeys(states))
        return
    books.deleted.update({state: state() for state in states})
    for state in states:
        session.hooks.transition(session, state, PERSISTENT, deleted)


def _close_rest(session: Any, plan: FlushPlan) -> None:
    """Close the books of objects that were touched while the plan ran: parents whose collections changed."""
    for state in list(session.modified):
        if plan.changes.is_saved(state) or state.committed:
            continue
        session.modified.pop(state, None)


class Leftovers(NamedTuple):
    """What objects of a hierarchy hold that is out of date once they are written."""

    has_streams: bool
    """Whether there are collections that are never in memory, whose changes were kept."""
    expressions: tuple[tuple[Any, tuple[str, ...]], ...]
    """The expressions that each class reads anew."""
    unread: tuple[tuple[Any, frozenset[str]], ...]
    """The expressions that a new object of each class lacks, and reads together."""


def _leftovers_of(base: Any) -> Leftovers | None:
    """Return what a flush clears up in a hierarchy, None where there is nothing; decided once."""
    plans = base.plans
    try:
        found: Leftovers | None = plans["leftovers"]
    except KeyError:
        mappers = list(base.self_and_descendants)
        has_streams = any(r.is_streamed for mapper in mappers for r in mapper.relationships)
        pairs = [(mapper, _expressions_in(mapper)) for mapper in mappers]
        expressions = tuple([(mapper, keys) for mapper, keys in pairs if keys])
        unread = tuple([(mapper, keys) for mapper in mappers if (keys := _unread_in(mapper))])
        is_any = has_streams or expressions or unread
        found = plans["leftovers"] = Leftovers(has_streams, expressions, unread) if is_any else None
    return found


def _clear_up(states: Sequence[InstanceState], leftovers: Leftovers, new: int) -> None:
    """Clear up what objects hold; the first `new` of them were inserted."""
    if leftovers.has_streams:
        for state in states:
            state.pending_changes = NOTHING
    for mapper, keys in leftovers.expressions:
        _expire_expressions(states[new:], mapper, keys)
        _expire_expressions(states[:new], mapper, [key for key in keys if not _is_given(mapper, key)])
    for mapper, unread in leftovers.unread:
        _leave_unread(states[:new], mapper, unread)


def _is_given(mapper: Any, key: str) -> bool:
    """Tell whether an attribute holds what the program gives it: a new object keeps that."""
    return bool(mapper.properties[key].is_query_expression)


def _expressions_in(mapper: Any) -> tuple[str, ...]:
    attributes = mapper.class_manager.attributes
    return tuple([
        prop.key
        for prop in mapper.column_attrs
        if prop.is_expression and prop.expire_on_flush and prop.key in attributes
    ])  # fmt: skip


def _unread_in(mapper: Any) -> frozenset[str]:
    attributes = mapper.class_manager.attributes
    found = [prop for prop in mapper.column_attrs if prop.is_expression and prop.key in attributes]
    return frozenset([prop.key for prop in found if not (prop.deferred or prop.is_query_expression)])


def _leave_unread(states: Iterable[InstanceState], mapper: Any, keys: frozenset[str]) -> None:
    """Mark the expressions of new objects as expired: what an object lacks is read by one statement."""
    for state in states:
        if state.manager.mapper is mapper:
            missing = keys if keys.isdisjoint(state.dict) else keys.difference(state.dict)
            expired = state.expired_attributes
            state.expired_attributes = missing.union(expired) if expired else missing


def _expire_expressions(states: Iterable[InstanceState], mapper: Any, keys: Sequence[str]) -> None:
    """Let the next read load the expressions of objects that were written."""
    for state in states:
        if state.manager.mapper is not mapper:
            continue
        values, committed = state.dict, state.committed
        old = [key for key in keys if key in values and key not in committed]
        if old:
            state.expire_attributes(old)
