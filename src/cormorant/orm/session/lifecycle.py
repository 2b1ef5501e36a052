"""Objects coming into a session, leaving it and being marked: add, delete, expunge, and the cascades of these.

In: a session and instances. Out: states with a session, the session's `_new`, `_deleted` and identity map changed.
Nothing is written to the database here; `delete` may load what its cascade needs. Which moves exist is said by
`instance.life`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ... import exc
from ..flush.key_changes import is_key_changed, reached_by_stored_key
from ..instance.errors import NO_STATE, UnmappedInstanceError, unmapped
from ..instance.life import DELETED, DETACHED, IN_SESSION, PENDING, PERSISTENT, TRANSIENT, Move
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, STATE


def state_of(obj: Any) -> InstanceState:
    """Return the state of an instance; raises UnmappedInstanceError, or UnmappedClassError for an heir."""
    try:
        state: InstanceState = obj.__dict__[STATE]
    except NO_STATE:
        raise unmapped(obj) from None
    if isinstance(obj, type):
        raise UnmappedInstanceError(obj)
    return state


# --- cascades

STREAMED = "streamed"
CASCADES = ("save_update", "delete", "expunge", "refresh_expire", "merge")


def cascade_keys(state: InstanceState, kind: str) -> tuple[str, ...]:
    """Return the attributes along which a cascade runs, decided once per mapper."""
    mapper = state.manager.mapper
    return (mapper.plans.get("cascades") or _decide_cascades(mapper))[kind]


def _decide_cascades(mapper: Any) -> dict[str, tuple[str, ...]]:
    cascades = {kind: tuple(r.key for r in mapper.relationships if getattr(r.cascade, kind)) for kind in CASCADES}
    cascades[STREAMED] = tuple(r.key for r in mapper.relationships if r.is_streamed)
    mapper.plans["cascades"] = cascades
    return cascades


def _leads_nowhere(state: InstanceState, obj: Any) -> bool:
    """Tell whether the save-update cascade certainly ends here: most new objects hold no others yet."""
    mapper = state.manager.mapper
    cascades = mapper.plans.get("cascades") or _decide_cascades(mapper)
    keys = cascades["save_update"]
    if not keys or cascades[STREAMED]:
        return not keys
    values, committed = obj.__dict__, state.committed
    for key in keys:  # noqa: SIM110 - a generator costs more than the usual one or two looks
        if values.get(key) is not None or committed.get(key, NO_VALUE) is not NO_VALUE:
            return False
    return True


def related(state: InstanceState, obj: Any, key: str, with_removed: bool = False) -> Iterator[Any]:
    """Yield the instances that an attribute holds in memory, on request also those removed since the last flush."""
    value = obj.__dict__.get(key)
    attribute = state.manager.attributes[key]
    now = attribute.held(state, value) if attribute.is_collection else [value]
    yield from (item for item in now if item is not None)
    if with_removed and attribute.is_streamed:
        yield from attribute.let_go(state)
    elif with_removed:
        original = state.committed.get(key)
        before: Any = original if type(original) in (list, tuple) else [original]
        yield from (item for item in before if hasattr(item, "__dict__") and STATE in item.__dict__)


def reachable(state: InstanceState, obj: Any, kind: str, stop: Any = None) -> Iterator[tuple[InstanceState, Any]]:
    """Yield every instance that a cascade reaches in memory from one instance, which is not itself yielded.

    The members of a member come before the next member: this is the order in which new rows are inserted. The cascade
    of `add()` stops at members of the session, which have had theirs: it costs the new objects, not the graph.
    """
    seen = {state}
    stack = [_members(state, obj, kind, seen, stop)]
    while stack:
        for child, child_obj in stack[-1]:
            yield child, child_obj
            if cascade_keys(child, kind):
                stack.append(_members(child, child_obj, kind, seen, stop))
                break
        else:
            stack.pop()


def _members(
    state: InstanceState, obj: Any, kind: str, seen: set[InstanceState], stop: Any
) -> Iterator[tuple[InstanceState, Any]]:
    """Yield members not seen yet; those of one attribute all count as seen before the first is yielded."""
    for key in cascade_keys(state, kind):
        fresh: list[tuple[InstanceState, Any]] = []
        for child_obj in related(state, obj, key, with_removed=kind == "save_update"):
            child = child_obj.__dict__[STATE]
            if child not in seen and not (stop is not None and _is_settled(stop, child)):
                seen.add(child)
                fresh.append((child, child_obj))
        yield from fresh


def _is_settled(session: Any, state: InstanceState) -> bool:
    """Tell whether an instance is in the session, marked to be deleted or not."""
    return state.owner is session.ref and state.life in IN_SESSION


# --- add


def add(session: Any, obj: Any) -> None:
    """Take an instance and all that save-update reaches from it into the session."""
    add_known(session, state_of(obj), obj)


def add_known(session: Any, state: InstanceState, obj: Any) -> None:
    """Take an instance whose state is at hand, and all that save-update reaches from it, into the session.

    Where it was marked to be deleted, what the cascade reaches is not to be deleted either.
    """
    stop = None if state in session._deleted else session
    if state.pk is None:
        _attach_pending(session, state, obj)
    else:
        attach_persistent(session, state, obj)
    if not _leads_nowhere(state, obj):
        for child, child_obj in reachable(state, obj, "save_update", stop):
            attach(session, child, child_obj)


def attach(session: Any, state: InstanceState, obj: Any) -> None:
    """Take one instance into the session: transient becomes pending, detached becomes persistent."""
    if state.pk is None:
        _attach_pending(session, state, obj)
    else:
        attach_persistent(session, state, obj)


def _attach_pending(session: Any, state: InstanceState, obj: Any) -> None:
    if state in session._new:
        return
    if state.owner is not None:
        require_unattached(session, state)
    hooks = session.hooks
    if session._transaction is None:
        session._begin_if_needed()
    if hooks.before_attach is not None:
        hooks.fire("before_attach", session, obj)
    state.owner = session.ref
    state.life = PENDING
    session._new[state] = obj
    if hooks.is_watching:
        hooks.attached(session, obj, TRANSIENT, PENDING, state)


def attach_persistent(session: Any, state: InstanceState, obj: Any, is_to_go: bool = False) -> None:
    """Take an instance that has a row into the session, or its mark of deletion back; raises for another's row.

    One that was deleted comes in only to be deleted again.
    """
    life = state.current_life
    if life is PERSISTENT and state.owner is session.ref:
        session._deleted.pop(state, None)
        return
    if life is DELETED or (state.was_deleted and not is_to_go):
        raise exc.InvalidRequestError(
            f"Instance {state.name!r} has been deleted.  Use the make_transient() function to send this object back to "
            "the transient state."
        )
    require_unattached(session, state)
    _require_free_identity(session, state)
    session._begin_if_needed()
    if session.hooks.before_attach is not None:
        session.hooks.fire("before_attach", session, obj)
    state.owner = session.ref
    state.life = DELETED if state.was_deleted else PERSISTENT
    session._deleted.pop(state, None)
    session.identity.replace(state)
    if state.modified:
        session.modified[state] = obj
    if session.hooks.is_watching:
        session.hooks.attached(session, obj, life, PERSISTENT, state)


def require_unattached(session: Any, state: InstanceState) -> None:
    owner = state.session
    if owner is not None and owner is not session:
        raise exc.InvalidRequestError(
            f"Object '{state.name}' is already attached to session '{owner.hash_key}' (this is '{session.hash_key}')"
        )


def _require_free_identity(session: Any, state: InstanceState) -> None:
    present = session.identity.find(state.manager.identity_class, state.pk, state.identity_token)
    if present is not None and present is not state():
        raise exc.InvalidRequestError(
            f"Can't attach instance {state.name}; another instance with key {state.key} is already present in this "
            "session."
        )


# --- delete


def delete(session: Any, obj: Any) -> None:
    """Mark an instance, and what its delete cascade reaches, to be deleted at the next flush; once is enough."""
    state = state_of(obj)
    if state.pk is None:
        raise exc.InvalidRequestError(f"Instance '{state.name}' is not persisted")
    if state.owner is not session.ref:
        require_unattached(session, state)
        attach_persistent(session, state, obj, is_to_go=True)
    elif state in session._deleted or state.life is DELETED:
        return
    reached = list(_delete_cascade(session, state, obj)) if cascade_keys(state, "delete") else ()
    session._deleted[state] = obj
    for child, child_obj in reached:
        if child.pk is not None and child not in session._deleted and child.current_life is not DELETED:
            attach_persistent(session, child, child_obj, is_to_go=True)
            session._deleted[child] = child_obj


def _delete_cascade(session: Any, state: InstanceState, obj: Any) -> Iterator[tuple[InstanceState, Any]]:
    """Yield what a delete reaches, loading relationships that are not in memory unless the database cascades."""
    seen = {state}
    stack = [(state, obj)]
    while stack:
        parent, parent_obj = stack.pop()
        if is_key_changed(parent):
            session.autoflush_now()
        for relationship in parent.manager.mapper.relationships:
            if not relationship.cascade.delete:
                continue
            if not relationship.passive_deletes:
                attribute = parent.manager.attributes[relationship.key]
                if relationship.is_streamed:
                    attribute.load_existing(parent)
                reached_by_stored_key(attribute, parent, parent_obj)
            for child_obj in _owned(parent, parent_obj, relationship.key):
                child = child_obj.__dict__[STATE]
                if child not in seen:
                    seen.add(child)
                    stack.append((child, child_obj))
                    yield child, child_obj


def _owned(state: InstanceState, obj: Any, key: str) -> list[Any]:
    """Return the members that go with their owner: those that left it, for another or for none, do not.

    One that left it while it was not in memory is among those that were loaded since.
    """
    attribute = state.manager.attributes[key]
    present = list(related(state, obj, key))
    if attribute.prop.direction.name == "ONETOMANY":
        present = [item for item in present if not _is_of_another(state, item, attribute.wire)]
    return [*attribute.kept(state), *present] if attribute.is_streamed else present


def _is_of_another(state: InstanceState, obj: Any, wire: Any) -> bool:
    """Tell whether an object is known to be held by another parent than this one."""
    child: InstanceState = obj.__dict__[STATE]
    return wire in child.parent_of and child.has_parent(wire) and not child.is_held_by(wire, state)


# --- expunge


def expunge(session: Any, obj: Any) -> None:
    """Take an instance and all that its expunge cascade reaches out of the session."""
    state = state_of(obj)
    if state.owner is not session.ref:
        raise exc.InvalidRequestError(f"Instance {state.name} is not present in this Session")
    reached = [pair for pair in reachable(state, obj, "expunge") if pair[0].owner is session.ref]
    release(session, [(state, obj), *reached])


def release(session: Any, pairs: Iterable[tuple[InstanceState, Any]]) -> None:
    """Take instances out of the session: pending become transient, the others detached."""
    for state, _obj in pairs:
        was = state.current_life
        session._new.pop(state, None)
        session._deleted.pop(state, None)
        session.modified.pop(state, None)
        session.touched.pop(state, None)
        session.identity.discard(state)
        if session._transaction is not None:
            session._transaction.forget(state)
        state.move(Move.EXPUNGE)
        state.owner = None
        if session.hooks.is_watching:
            session.hooks.transition(session, state, was, state.life)


def make_transient(instance: Any) -> None:
    """Take an instance out of its session and drop its identity; its values stay.

    The next `Session.add()` makes it pending, as if it had just been constructed. Raises UnmappedInstanceError.
    """
    state = state_of(instance)
    session = state.session
    if session is not None:
        release(session, [(state, instance)])
    state.let_go()


def make_transient_to_detached(instance: Any) -> None:
    """Turn a transient instance with primary key values into a detached one whose other attributes are expired."""
    state = state_of(instance)
    if state.session is not None or state.pk is not None:
        raise exc.InvalidRequestError("Given object must be transient")
    manager = state.manager
    pk = manager.mapper.pk_from_values(instance.__dict__)
    state.move(Move.GIVE_IDENTITY)
    state.pk = pk
    state.was_deleted = False
    state.forget_changes()
    state.expire_attributes(state.unloaded)


def forget_all(session: Any) -> None:
    """Take all objects out of a session that closes; faster than expunging them one by one."""
    is_watching = session.hooks.is_watching
    for state in [*session._new, *session.identity.all_states()]:
        was = state.current_life if is_watching else None
        state.owner = state.home = None
        state.life = TRANSIENT if state.pk is None else DETACHED
        if was is not None:
            session.hooks.transition(session, state, was, state.life)
    session._new.clear()
    session._deleted.clear()
    session.modified.clear()
    session.touched.clear()
    session.identity.forget()
