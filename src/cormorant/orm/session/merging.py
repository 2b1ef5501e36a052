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
from ..instance.symbols import NO_VALUE, NOTHING, STATE
from . import lifecycle, reading
from .copying import copy_plan

NOT_TRANSIENT = (
    "merge() with load=False option does not support objects transient (i.e. unpersisted) objects.  flush() all "
    "changes on mapped instances before merging with load=False."
)
NOT_DIRTY = (
    "merge() with load=False option does not support objects marked as 'dirty'.  flush() all changes on mapped "
    "instances before merging with load=False."
)


def merge_all(session: Any, objects: Sequence[Any], *, load: bool, options: Sequence[Any] | None) -> list[Any]:
    """Merge objects and return the session's objects in the same order."""
    pairs = [(lifecycle.state_of(obj), obj) for obj in objects]
    if load:
        if session._deleted and session.autoflush:
            _warn_of_deleted(session, pairs)
        session.autoflush_now()
    session._begin_if_needed()
    before, session.autoflush = session.autoflush, False
    try:
        merge = _Merge(session, load)
        if load:
            merge.gather(pairs, options)
        return [merge.merge(state, obj) for state, obj in pairs]
    finally:
        session.autoflush = before


def _warn_of_deleted(session: Any, pairs: Sequence[tuple[InstanceState, Any]]) -> None:
    """Warn of targets that the flush before the merge is about to delete (D8)."""
    for state, obj in pairs:
        kind = _Kind(session, state.manager)
        pk = kind.pk_of(obj.__dict__) if state.pk is None else state.pk
        found = None if pk is None else kind.find(session, state, pk)
        if found is not None and found is not obj and found.__dict__[STATE] in session._deleted:
            warn(
                f"Instance {found.__dict__[STATE].name} is marked to be deleted and is being merged into: its row goes "
                "first, and a new one gets what is merged and nothing else; call session.undelete() before to keep it",
                SAWarning,
            )


class _Kind:
    """What a merge needs to know of one class in one session."""

    __slots__ = ("entries", "identity_class", "mapper", "plan", "pk_of", "relationships")

    def __init__(self, session: Any, manager: Any) -> None:
        self.mapper = manager.mapper
        self.plan = copy_plan(manager.mapper)
        self.relationships = self.plan.relationships
        self.identity_class = manager.identity_class
        self.entries: dict[Any, InstanceState] = session.identity.entries(manager.identity_class)
        self.pk_of = manager.mapper.pk_from_values

    def find(self, session: Any, state: InstanceState, pk: Any) -> Any:
        """Return the session's object for a key, or None."""
        token = state.identity_token
        found = self.entries.get(pk) if token is None else session.identity.entries(self.identity_class, token).get(pk)
        return None if found is None else found()


class _Merge:
    """One merge: what the session lacked, and which given object became which object of the session."""

    def __init__(self, session: Any, load: bool) -> None:
        self.session = session
        self.load = load
        self.kinds: dict[type, _Kind] = {}
        self.kept: list[Any] = []
        """Objects loaded for the merge, held until it ends."""
        self.done: dict[InstanceState, Any] = {}
        self.made: dict[tuple[Any, Any], Any] = {}
        """New objects of this merge by class and primary key: a key given twice becomes one object (22)."""
        self.ways: dict[InstanceState, Any] = {}
        """The relationship by which `gather` came to a given object first."""
        self.reached: set[tuple[InstanceState, Any]] = set()
        """Given objects with the relationships by which the merge came to them; their other sides are not copied."""

    def kind_of(self, state: InstanceState) -> _Kind:
        """Return what there is to know of the class of a state."""
        kind = self.kinds.get(type(state))
        if kind is None:
            kind = self.kinds[type(state)] = _Kind(self.session, state.manager)
        return kind

    # --- what the session lacks

    def gather(self, level: list[tuple[InstanceState, Any]], options: Sequence[Any] | None) -> None:
        """Load what the given graph needs, level by level: identities, then the collections to be replaced."""
        seen = {state for state, _ in level}
        while level:
            self._load_identities(level, options)
            options = None
            linked = [(state, obj) for state, obj in level if self.kind_of(state).relationships]
            self._load_collections(linked)
            level = []
            for state, obj in linked:
                for relationship, child, child_obj in _given_members(self.kind_of(state), obj):
                    if child not in seen:
                        seen.add(child)
                        self.ways[child] = relationship
                        level.append((child, child_obj))

    def _load_identities(self, level: list[tuple[InstanceState, Any]], options: Any) -> None:
        """Load the identities of a level that the session does not hold, or holds expired."""
        session, ref = self.session, self.session.ref
        missing: dict[Any, dict[Any, None]] = {}
        expired: dict[InstanceState, None] = {}
        for state, obj in level:
            kind = self.kind_of(state)
            pk = state.pk
            if pk is None:
                _warn_if_pending(session, state)
                pk = kind.pk_of(obj.__dict__)
                if pk is None:
                    continue
            elif state.owner is ref:
                continue
            found = kind.find(session, state, pk)
            if found is None:
                missing.setdefault((kind.mapper, state.identity_token), {})[pk] = None
            elif (target := found.__dict__[STATE]).expired_attributes and not target.expired_attributes.isdisjoint(
                obj.__dict__
            ):
                expired[target] = None
                self.kept.append(found)
        for (mapper, token), keys in missing.items():
            self.kept += reading.load_keys(session, mapper, list(keys), options, token)
        if expired:
            session.load_expired(list(expired))

    def _load_collections(self, level: list[tuple[InstanceState, Any]]) -> None:
        """Load the collections that given ones replace, so that their members are found in the session (19, 24)."""
        needs: dict[Any, list[tuple[InstanceState, Any]]] = {}
        for state, obj in level:
            kind = self.kind_of(state)
            for relationship in kind.relationships:
                key = relationship.key
                if not relationship.uselist or key not in obj.__dict__:
                    continue
                if self.ways.get(state) in relationship.reverse_properties:
                    continue
                pk = kind.pk_of(obj.__dict__) if state.pk is None else state.pk
                target = None if pk is None else kind.find(self.session, state, pk)
                if target is not None and target is not obj and key not in target.__dict__:
                    needs.setdefault(relationship, []).append((target.__dict__[STATE], target))
        for relationship, pairs in needs.items():
            self.session.load_collections(relationship, pairs)

    # --- copying

    def merge(self, state: InstanceState, obj: Any) -> Any:
        """Return the session's object for a given one, after copying."""
        target = self.done.get(state)
        if target is not None:
            return target
        kind = self.kind_of(state)
        target, is_new = self._target(kind, state, obj)
        self.done[state] = target
        if target is not obj:
            self._copy(kind, state, obj, target, is_new)
        return target

    def _target(self, kind: _Kind, state: InstanceState, obj: Any) -> tuple[Any, bool]:
        pk = state.pk
        if pk is None:
            if not self.load:
                raise exc.InvalidRequestError(NOT_TRANSIENT)
            pk = kind.pk_of(obj.__dict__)
            if pk is None:
                return self._new_object(state), True
        found = kind.find(self.session, state, pk)
        if found is None and self.made:
            found = self.made.get((kind.identity_class, pk))
        if found is not None:
            if found is not obj and (self.session._deleted or not self.load):
                self._check_found(state, found)
            return found, False
        if not self.load:
            return self._adopted(kind, state, pk), True
        _refuse_vanished(kind, state)
        made = self.made[kind.identity_class, pk] = self._new_object(state)
        return made, True

    def _check_found(self, state: InstanceState, found: Any) -> None:
        if not self.load and state.modified:
            raise exc.InvalidRequestError(NOT_DIRTY)
        if found.__dict__[STATE] in self.session._deleted:
            warn(
                f"Instance {found.__dict__[STATE].name} is marked to be deleted and is being merged into: what is "
                "merged goes with its row; call session.undelete() to keep it",
                SAWarning,
            )

    def _new_object(self, state: InstanceState) -> Any:
        made = state.manager.new_instance()
        lifecycle.attach(self.session, made.__dict__[STATE], made)
        return made

    def _adopted(self, kind: _Kind, state: InstanceState, pk: Any) -> Any:
        """Return a persistent object made without SQL (26)."""
        if state.modified:
            raise exc.InvalidRequestError(NOT_DIRTY)
        made = state.manager.new_instance()
        made_state = made.__dict__[STATE]
        made_state.pk = pk
        if state.identity_token is not None:
            made_state.identity_token = state.identity_token
        session = self.session
        if session.hooks.is_watching or made_state.identity_token is not None:
            made_state.life = Life.DETACHED
            lifecycle.attach_persistent(session, made_state, made)
            return made
        made_state.owner = session.ref
        made_state.home = kind.entries
        made_state.life = Life.PERSISTENT
        kind.entries[pk] = made_state
        return made

    def _copy(self, kind: _Kind, state: InstanceState, obj: Any, target: Any, is_new: bool) -> None:
        plan, source = kind.plan, obj.__dict__
        if self.load:
            if plan.version_key is not None and not is_new:
                _check_version(plan.version_key, obj, target)
            plan.copy(source, target.__dict__, target)
            if not is_new:
                self.session.touched[target.__dict__[STATE]] = target
        else:
            target.__dict__.update(plan.adopt(source))
        for relationship in kind.relationships:
            if relationship.key in source and not self._came_by_other_side(state, relationship):
                self._copy_related(relationship, source[relationship.key], target)
        if not self.load:
            target_state = target.__dict__[STATE]
            target_state.committed = NOTHING
            if target_state in self.session.modified:
                del self.session.modified[target_state]
                target_state.forget_changes()

    def _came_by_other_side(self, state: InstanceState, relationship: Any) -> bool:
        return self.load and any((state, other) in self.reached for other in relationship.reverse_properties)

    def _copy_related(self, relationship: Any, value: Any, target: Any) -> None:
        key, target_state = relationship.key, target.__dict__[STATE]
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


def _warn_if_pending(session: Any, state: InstanceState) -> None:
    if state in session._new:
        warn(
            f"Instance {state.name} is already pending in this Session yet is being merged again; this is probably not "
            "what you want to do",
            SAWarning,
        )


def _given_members(kind: _Kind, obj: Any) -> Iterator[tuple[Any, InstanceState, Any]]:
    """Yield the related objects that a given object carries, each with its relationship."""
    values = obj.__dict__
    for relationship in kind.relationships:
        value = values.get(relationship.key)
        if value is None:
            continue
        for member in value._items() if relationship.uselist else (value,):
            if member is not None:
                yield relationship, lifecycle.state_of(member), member


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


def _refuse_vanished(kind: _Kind, state: InstanceState) -> None:
    """Refuse a versioned copy whose row is gone (D2)."""
    if state.pk is not None and kind.plan.version_key is not None:
        raise StaleDataError(
            f"Merged state {state.name} has an identity and a version, but its row is gone: somebody deleted it. Call "
            "make_transient() on the copy to insert it anew"
        )
