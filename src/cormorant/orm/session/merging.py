"""Merge: the state of given objects goes into the session's one object per identity.

In: objects from anywhere (transient, detached, of another session). Out: the session's objects. Three passes: `_gather`
walks the given graph level by level and loads every identity and collection that the session lacks, in one SELECT per
class (or collection) and chunk; then `_Merge` copies, object by object, without SQL. One object is a batch of one.

A merge never flushes half of a graph: autoflush happens once, before. What is not given is neither loaded nor changed.
The numbers in comments are those of the semantics' checklist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ... import exc
from ...exc import SAWarning
from ...util.notices import warn
from ..instance.errors import StaleDataError
from ..instance.life import Life
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, STATE
from . import lifecycle, reading

NOT_TRANSIENT = (
    "merge() with load=False option does not support objects transient (i.e. unpersisted) objects.  flush() all changes "
    "on mapped instances before merging with load=False."
)
NOT_DIRTY = (
    "merge() with load=False option does not support objects marked as 'dirty'.  flush() all changes on mapped instances "
    "before merging with load=False."
)


def merge_all(session: Any, objects: Sequence[Any], *, load: bool, options: Sequence[Any] | None) -> list[Any]:
    """Merge objects and return the session's objects in the same order."""
    states = [lifecycle.state_of(obj) for obj in objects]
    if load:
        session.autoflush_now()
    session._begin_if_needed()
    before, session.autoflush = session.autoflush, False
    try:
        if load:
            kept = _gather(session, list(zip(states, objects, strict=True)), options)
        merge = _Merge(session, load)
        return [merge.merge(state, obj) for state, obj in zip(states, objects, strict=True)]
    finally:
        session.autoflush = before


# --- what the session lacks


def _gather(session: Any, level: list[tuple[InstanceState, Any]], options: Sequence[Any] | None) -> list[Any]:
    """Load what the given graph needs, level by level; return the objects loaded, for the caller to hold."""
    seen = {state for state, _ in level}
    kept: list[Any] = []
    while level:
        kept += _load_identities(session, level, options)
        options = None
        _load_collections(session, level)
        level = [
            (child, child_obj)
            for state, obj in level
            for child, child_obj in _given_members(state, obj)
            if child not in seen and not seen.add(child)  # type: ignore[func-returns-value]
        ]
    return kept


def _load_identities(session: Any, level: list[tuple[InstanceState, Any]], options: Any) -> list[Any]:
    """Load the identities of a level that the session does not hold; return the objects, to keep them alive."""
    missing: dict[Any, dict[Any, None]] = {}
    for state, obj in level:
        if state.pk is None:
            _warn_if_pending(session, state)
        elif state.owner is session.ref:
            continue
        pk = identity_of(state, obj)
        if pk is None:
            continue
        manager = state.manager
        if _present(session, state, pk) is None:
            missing.setdefault((manager.mapper, state.identity_token), {})[pk] = None
    found: list[Any] = []
    for (mapper, token), keys in missing.items():
        found += reading.load_keys(session, mapper, list(keys), options, token)
    return found


def _warn_if_pending(session: Any, state: InstanceState) -> None:
    if state in session._new:
        warn(
            f"Instance {state.name} is already pending in this Session yet is being merged again; this is probably not "
            "what you want to do",
            SAWarning,
        )


def _present(session: Any, state: InstanceState, pk: Any) -> Any:
    return session.identity.find(state.manager.identity_class, pk, state.identity_token)


def _load_collections(session: Any, level: list[tuple[InstanceState, Any]]) -> None:
    """Load the collections that given ones replace, so that their members are found in the session (19, 24)."""
    needs: dict[Any, list[tuple[InstanceState, Any]]] = {}
    for state, obj in level:
        for relationship in _merged_relationships(state.manager.mapper):
            if not relationship.uselist or relationship.key not in obj.__dict__:
                continue
            pk = identity_of(state, obj)
            target = None if pk is None else _present(session, state, pk)
            if target is not None and target is not obj and relationship.key not in target.__dict__:
                needs.setdefault(relationship, []).append((target.__dict__[STATE], target))
    for relationship, pairs in needs.items():
        session.load_collections(relationship, pairs)


def _merged_relationships(mapper: Any) -> tuple[Any, ...]:
    """Return the relationships along which a merge runs, decided once per mapper."""
    found: tuple[Any, ...] | None = mapper.plans.get("merged relationships")
    if found is None:
        chosen = [r for r in mapper.relationships if r.cascade.merge and not r.viewonly]
        found = mapper.plans["merged relationships"] = tuple(chosen)
    return found


def _given_members(state: InstanceState, obj: Any) -> Iterator[tuple[InstanceState, Any]]:
    """Yield the related objects that a given object carries."""
    values = obj.__dict__
    for relationship in _merged_relationships(state.manager.mapper):
        value = values.get(relationship.key)
        if value is None:
            continue
        for member in value._items() if relationship.uselist else (value,):
            if member is not None:
                yield lifecycle.state_of(member), member


def identity_of(state: InstanceState, obj: Any) -> Any:
    """Return the raw primary key that an object has or carries; None where it is not complete (1)."""
    pk = state.pk
    return state.manager.mapper.pk_from_values(obj.__dict__) if pk is None else pk


# --- copying


class _Merge:
    """One merge: which given object became which object of the session."""

    def __init__(self, session: Any, load: bool) -> None:
        self.session = session
        self.load = load
        self.done: dict[InstanceState, Any] = {}
        self.made: dict[tuple[Any, Any], Any] = {}
        """New objects of this merge by class and primary key: a key given twice becomes one object (22)."""
        self.reached: set[tuple[InstanceState, Any]] = set()
        """Given objects with the relationships by which the merge came to them; their other sides are not copied."""

    def merge(self, state: InstanceState, obj: Any) -> Any:
        """Return the session's object for a given one, after copying."""
        if state in self.done:
            return self.done[state]
        target, is_new = self._target(state, obj)
        self.done[state] = target
        if target is not obj:
            self._copy(state, obj, target.__dict__[STATE], target, is_new)
        return target

    def _target(self, state: InstanceState, obj: Any) -> tuple[Any, bool]:
        session = self.session
        pk = identity_of(state, obj)
        if state.pk is None and not self.load:
            raise exc.InvalidRequestError(NOT_TRANSIENT)
        if pk is None:
            return self._new_object(state), True
        found = _present(session, state, pk)
        if found is None:
            found = self.made.get((state.manager.identity_class, pk))
        if found is not None:
            self._check_found(state, obj, found)
            return found, False
        if not self.load:
            return self._adopted(state, pk), True
        _refuse_vanished(state)
        made = self.made[state.manager.identity_class, pk] = self._new_object(state)
        return made, True

    def _check_found(self, state: InstanceState, obj: Any, found: Any) -> None:
        if found is obj:
            return
        if not self.load and state.modified:
            raise exc.InvalidRequestError(NOT_DIRTY)
        if found.__dict__[STATE] in self.session._deleted:
            warn(
                f"Instance {found.__dict__[STATE].name} is marked to be deleted and is being merged into: what is merged "
                "goes with its row; call session.undelete() to keep it",
                SAWarning,
            )

    def _new_object(self, state: InstanceState) -> Any:
        made = state.manager.new_instance()
        lifecycle.attach(self.session, made.__dict__[STATE], made)
        return made

    def _adopted(self, state: InstanceState, pk: Any) -> Any:
        """Return a persistent object made without SQL (26)."""
        if state.modified:
            raise exc.InvalidRequestError(NOT_DIRTY)
        made = state.manager.new_instance()
        made_state = made.__dict__[STATE]
        made_state.pk = pk
        made_state.identity_token = state.identity_token
        made_state.life = Life.DETACHED
        lifecycle.attach_persistent(self.session, made_state, made)
        return made

    def _copy(self, state: InstanceState, obj: Any, target_state: InstanceState, target: Any, is_new: bool) -> None:
        plan = copy_plan(state.manager.mapper)
        if plan.version_key is not None and not is_new and self.load:
            self._check_version(plan.version_key, obj, target_state, target)
        if self.load:
            plan.copy_columns(obj.__dict__, target_state, target)
        else:
            plan.adopt_columns(obj.__dict__, target.__dict__)
        values = obj.__dict__
        for relationship in plan.relationships:
            if relationship.key in values and not self._came_by_other_side(state, relationship):
                self._copy_related(relationship, values[relationship.key], target_state, target)
        if not self.load:
            target_state.forget_changes()
            self.session.modified.pop(target_state, None)

    def _came_by_other_side(self, state: InstanceState, relationship: Any) -> bool:
        return self.load and any((state, other) in self.reached for other in relationship.reverse_properties)

    def _check_version(self, key: str, obj: Any, target_state: InstanceState, target: Any) -> None:
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

    def _copy_related(self, relationship: Any, value: Any, target_state: InstanceState, target: Any) -> None:
        key = relationship.key
        attribute = target_state.manager.attributes[key]
        if not relationship.uselist:
            merged = None if value is None else self._merge_related(relationship, value)
            if not self.load:
                attribute.fill(target_state, merged)
            elif target.__dict__.get(key, NO_VALUE) is not merged:
                attribute.write(target, merged)
            return
        members = [self._merge_related(relationship, member) for member in value._items()]
        if self.load:
            attribute.write(target, value._shaped(members))
        else:
            attribute.fill(target_state, value._shaped(members))

    def _merge_related(self, relationship: Any, value: Any) -> Any:
        state = lifecycle.state_of(value)
        self.reached.add((state, relationship))
        return self.merge(state, value)


def _refuse_vanished(state: InstanceState) -> None:
    """Refuse a versioned copy whose row is gone (D2)."""
    if state.pk is not None and copy_plan(state.manager.mapper).version_key is not None:
        raise StaleDataError(
            f"Merged state {state.name} has an identity and a version, but its row is gone: somebody deleted it. Call "
            "make_transient() on the copy to insert it anew"
        )


class CopyPlan:
    """Which attributes of a class a merge copies; made once per mapper."""

    def __init__(self, mapper: Any) -> None:
        attributes = mapper.class_manager.attributes
        self.columns = tuple((key, attributes[key]) for key in mapper.column_keys)
        self.relationships = _merged_relationships(mapper)
        version = mapper.version_id_col
        self.version_key: str | None = None if version is None else mapper.key_of(version)

    def copy_columns(self, source: dict[str, Any], state: InstanceState, target: Any) -> None:
        """Set what the source carries; equal values leave no history (13, 18)."""
        values = target.__dict__
        for key, attribute in self.columns:
            if key not in source:
                continue
            value = source[key]
            present = values.get(key, NO_VALUE)
            if present is value or (present is not NO_VALUE and attribute.is_equal(present, value) is True):
                state.note_change(target, key, present)
            else:
                attribute.write(target, value)

    def adopt_columns(self, source: dict[str, Any], values: dict[str, Any]) -> None:
        """Take over what the source carries as what the database holds."""
        for key, _ in self.columns:
            if key in source:
                values[key] = source[key]


def copy_plan(mapper: Any) -> CopyPlan:
    """Return the copy plan of a mapper."""
    found: CopyPlan | None = mapper.plans.get("copy")
    if found is None:
        found = mapper.plans["copy"] = CopyPlan(mapper)
    return found
