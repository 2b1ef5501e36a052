"""Merge: the state of given objects goes into the session's one object per identity.

In: objects from anywhere (transient, detached, of another session). Out: the session's objects. Three passes: `Targets`
finds or loads what the session has, level by level; `_Merge.order` walks the graph depth first, makes what the session
lacks and refuses what must not be merged; `_Merge.copy` is a flat loop over the steps that came out, without SQL. So
nothing is attached or changed before all is found, and no graph is too deep.

A merge never flushes half of a graph: autoflush happens once, before. What is not given is neither loaded nor changed.
The numbers in comments are those of the semantics' checklist.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import is_
from typing import Any, NamedTuple

from ... import exc
from ...exc import SAWarning
from ...util.notices import warn
from ..instance.containers import InstrumentedList
from ..instance.errors import StaleDataError
from ..instance.life import Life
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, NOTHING, STATE
from . import lifecycle
from .copying import Along, CopyPlan, copy_plan
from .merge_targets import Entry, Kind, Kinds, Targets, members_of

NOT_TRANSIENT = (
    "merge() with load=False option does not support objects transient (i.e. unpersisted) objects.  flush() all "
    "changes on mapped instances before merging with load=False."
)
NOT_DIRTY = (
    "merge() with load=False option does not support objects marked as 'dirty'.  flush() all changes on mapped "
    "instances before merging with load=False."
)


def merge_one(session: Any, obj: Any, *, load: bool, options: Sequence[Any] | None) -> Any:
    """Merge an object and return the session's object."""
    if not (load or session.hooks.is_watching or InstanceState.tokens_in_use):
        state = lifecycle.state_of(obj)
        plan = copy_plan(state.manager.mapper)
        if not plan.related_keys or plan.related_keys.isdisjoint(obj.__dict__):
            return _adopt_one(session, plan, state, obj)
    return merge_all(session, [obj], load=load, options=options)[0]


def _adopt_one(session: Any, plan: CopyPlan, state: InstanceState, obj: Any) -> Any:
    """Return the session's object after merging one that carries no others, without loading (26)."""
    if session._transaction is None:
        session._begin_if_needed()
    pk = state.pk
    if pk is None:
        raise exc.InvalidRequestError(NOT_TRANSIENT)
    entries = session.identity.entries(plan.identity_class)
    found = entries.get(pk)
    target = None if found is None else found()
    if target is obj:
        return obj
    if target is None:
        _require_clean(state)
        target, made = plan.new_copy(obj.__dict__)
        _enter(session, entries, made, pk)
        plan.tell_loaded(made)
        return target
    _check_found(session, state, target, load=False)
    target.__dict__.update(plan.adopt(obj.__dict__))
    _close_books(session, plan, obj.__dict__, target)
    return target


def merge_all(session: Any, objects: Sequence[Any], *, load: bool, options: Sequence[Any] | None) -> list[Any]:
    """Merge objects and return the session's objects in the same order."""
    roots: list[Entry] = [(lifecycle.state_of(obj), obj, None) for obj in objects]
    kinds = Kinds(session)
    if load:
        if session._deleted and session.autoflush:
            _warn_of_deleted(session, kinds, roots)
        session.autoflush_now()
    session._begin_if_needed()
    before, session.autoflush = session.autoflush, False
    try:
        targets = Targets(session, kinds, options)
        if load:
            targets.find(roots)
        merge = _Merge(session, targets, load)
        merge.order(roots)
        if load:
            merge.copy()
        else:
            merge.adopt()
        return [merge.done[state] for state, _, _ in roots]
    finally:
        session.autoflush = before


def _warn_of_deleted(session: Any, kinds: Kinds, roots: Sequence[Entry]) -> None:
    """Warn of targets that the flush before the merge is about to delete (D8)."""
    for state, obj, _ in roots:
        kind = kinds[type(state)]
        pk = kind.plan.pk_of(obj.__dict__) if state.pk is None else state.pk
        found = None if pk is None else kind.find(state, pk)
        if found is not None and found is not obj and found.__dict__[STATE] in session._deleted:
            warn(
                f"Instance {found.__dict__[STATE].name} is marked to be deleted and is being merged into: its row goes "
                "first, and a new one gets what is merged and nothing else; call session.undelete() before to keep it",
                SAWarning,
            )


Columns = tuple[CopyPlan, InstanceState, Any, Any, bool]
"""A step: the columns of a given object go to its target. Plan, state, given object, target, whether that is new."""


class Relation(NamedTuple):
    """A step: a relationship of a target gets what the given object has in it, `members` being given ones."""

    along: Along
    value: Any
    target: Any
    members: list[Entry]


class _Merge:
    """One merge: which given object becomes which object of the session, and the steps in which they are copied."""

    def __init__(self, session: Any, targets: Targets, load: bool) -> None:
        self.session = session
        self.targets = targets
        self.load = load
        self.done: dict[InstanceState, Any] = {}
        self.made: dict[tuple[Any, Any], Any] = {}
        """New objects of this merge by class and primary key: a key given twice becomes one object (22)."""
        self.steps: list[Columns | Relation] = []
        self.is_plain = load and not session._deleted

    # --- the steps

    def order(self, roots: list[Entry]) -> None:
        """Walk the given graph depth first, a member with all below it before the next: new rows keep this order."""
        done, kinds = self.done, self.targets.kinds
        add, targets = self.steps.append, self.targets
        stack: list[Entry | Relation] = [*reversed(roots)]
        while stack:
            entry = stack.pop()
            if isinstance(entry, Relation):
                add(entry)
                continue
            state, obj, way = entry
            if state in done:
                continue
            kind = kinds[type(state)]
            plan = kind.plan
            target, is_new = targets.get(state), False
            if target is None or not self.is_plain or plan.version_key is not None:
                target, is_new = self._target(kind, state, obj)
            done[state] = target
            if target is obj:
                continue
            add((plan, state, obj, target, is_new))
            for along in plan.along_from(way) if self.load else plan.along[::-1]:
                if along.key in obj.__dict__:
                    self._push(stack, along, state, obj, target)

    def _push(self, stack: list[Entry | Relation], along: Along, state: InstanceState, obj: Any, target: Any) -> None:
        value = obj.__dict__[along.key]
        members = self.targets.members.get((state, along.key))
        if members is None:
            members = members_of(along, value)
        stack.append(Relation(along, value, target, members))
        stack += members[::-1]

    def _target(self, kind: Kind, state: InstanceState, obj: Any) -> tuple[Any, bool]:
        """Return the session's object for a given one, and whether it is new; raises where it must not be merged."""
        found = self.targets.get(state)
        pk = state.pk
        if found is None:
            if pk is None:
                if not self.load:
                    raise exc.InvalidRequestError(NOT_TRANSIENT)
                pk = kind.plan.pk_of(obj.__dict__)
                if pk is None:
                    return _new_object(state), True
            found = kind.find(state, pk)
        if found is None:
            found = self.made.get((kind.plan.identity_class, pk))
            return (self._make(kind, state, pk), True) if found is None else (found, False)
        if found is not obj:
            if self.session._deleted or not self.load:
                _check_found(self.session, state, found, self.load)
            if self.load and kind.plan.version_key is not None:
                _check_version(kind.plan.version_key, obj, found)
        return found, False

    def _make(self, kind: Kind, state: InstanceState, pk: Any) -> Any:
        if not self.load:
            _require_clean(state)
        else:
            _refuse_vanished(kind.plan, state)
        made = self.made[kind.plan.identity_class, pk] = _new_object(state)
        return made

    # --- copying

    def copy(self) -> None:
        """Take the steps."""
        touched = self.session.touched
        for step in self.steps:
            if isinstance(step, Relation):
                self._copy_relation(*step)
                continue
            plan, _, obj, target, is_new = step
            if is_new:
                self._fill_new(plan, obj.__dict__, target)
            else:
                values = target.__dict__
                plan.copy(obj.__dict__, values, target)
                touched[values[STATE]] = target

    def adopt(self) -> None:
        """Take the steps without loading, as if what is given had been loaded."""
        for step in self.steps:
            if isinstance(step, Relation):
                self._adopt_relation(*step)
                continue
            plan, state, obj, target, is_new = step
            if is_new:
                self._enter(state, target)
            target.__dict__.update(plan.adopt(obj.__dict__))
        for step in self.steps:
            if not isinstance(step, Relation):
                plan, _, obj, target, is_new = step
                _close_books(self.session, plan, obj.__dict__, target)
                if is_new:
                    plan.tell_loaded(target.__dict__[STATE])

    def _fill_new(self, plan: CopyPlan, source: dict[str, Any], target: Any) -> None:
        lifecycle.attach(self.session, target.__dict__[STATE], target)
        if plan.column_keys <= plan.manager.plain_keys:
            target.__dict__.update(plan.adopt(source))  # as a constructor does: each value counts as a change
        else:
            plan.copy(source, target.__dict__, target)

    def _copy_relation(self, along: Along, value: Any, target: Any, members: list[Entry]) -> None:
        values = target.__dict__
        attribute = values[STATE].manager.attributes[along.key]
        done = self.done
        present: Any = values.get(along.key, NO_VALUE)
        if not along.is_collection:
            merged = done[members[0][0]] if members else None
            if present is not merged:
                attribute.write(target, merged)
            return
        found = [done[state] for state, _, _ in members]
        if type(present) is InstrumentedList and attribute.hooks is None and _are_same(present, found):
            return
        attribute.write(target, value._shaped(found))

    def _enter(self, state: InstanceState, target: Any) -> None:
        """Make a new object persistent without SQL (26)."""
        session, made = self.session, target.__dict__[STATE]
        token = state.identity_token
        if not session.hooks.is_watching and token is None:
            _enter(session, self.targets.kinds[type(state)].entries, made, state.pk)
            return
        made.pk = state.pk
        if token is not None:
            made.identity_token = token
        made.life = Life.DETACHED
        lifecycle.attach_persistent(session, made, target)

    def _adopt_relation(self, along: Along, value: Any, target: Any, members: list[Entry]) -> None:
        state = target.__dict__[STATE]
        attribute = state.manager.attributes[along.key]
        found = [self.done[member] for member, _, _ in members]
        if along.is_collection:
            attribute.fill(state, value._shaped(found))
        else:
            attribute.fill(state, found[0] if found else None)


def _are_same(present: Any, found: list[Any]) -> bool:
    return len(present) == len(found) and all(map(is_, present, found))


def _new_object(state: InstanceState) -> Any:
    made = state.manager.new_instance()
    made_state = made.__dict__[STATE]
    made_state.pk = made_state.owner = None  # what attaching and flush ask first; an unset slot costs a call
    return made


def _enter(session: Any, entries: dict[Any, InstanceState], made: InstanceState, pk: Any) -> None:
    """Put a new state into the identity map as persistent; nobody watches, and it has no identity token."""
    made.pk = pk
    made.owner = session.ref
    made.home = entries
    made.life = Life.PERSISTENT
    made.committed = NOTHING  # type: ignore[assignment]
    entries[pk] = made


def _close_books(session: Any, plan: CopyPlan, source: dict[str, Any], target: Any) -> None:
    """Count what a target was given as what the database holds."""
    state: InstanceState = target.__dict__[STATE]
    if state.expired or state.expired_attributes:
        state.loaded(plan.column_keys.intersection(source))
    state.committed = NOTHING  # type: ignore[assignment]
    if state in session.modified:
        del session.modified[state]
        state.forget_changes()


# --- what is refused


def _require_clean(state: InstanceState) -> None:
    if state.modified:
        raise exc.InvalidRequestError(NOT_DIRTY)


def _check_found(session: Any, state: InstanceState, found: Any, load: bool) -> None:
    if not load:
        _require_clean(state)
    if found.__dict__[STATE] in session._deleted:
        warn(
            f"Instance {found.__dict__[STATE].name} is marked to be deleted and is being merged into: what is "
            "merged goes with its row; call session.undelete() to keep it",
            SAWarning,
        )


def _check_version(key: str, obj: Any, target: Any) -> None:
    """Refuse a copy that is older than the row (32, D1)."""
    given = obj.__dict__.get(key)
    if given is None:
        return
    present = getattr(target, key)
    if present != given:
        raise StaleDataError(
            f"Version id '{given}' on merged state {obj.__dict__[STATE].name} does not match existing version "
            f"'{present}'. Leave the version attribute unset when merging to update the most recent version."
        )


def _refuse_vanished(plan: CopyPlan, state: InstanceState) -> None:
    """Refuse a versioned copy whose row is gone (D2)."""
    if state.pk is not None and plan.version_key is not None:
        raise StaleDataError(
            f"Merged state {state.name} has an identity and a version, but its row is gone: somebody deleted it. Call "
            "make_transient() on the copy to insert it anew"
        )
