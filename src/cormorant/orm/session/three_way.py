"""Three-way merge: only what a copy changed since its snapshot is merged; a field changed on both sides is a conflict.

In: the snapshot that the copy started from (`session.snapshot()`), what to do with conflicts, and the steps of a merge.
Out: what each step copies; MergeConflict with all conflicts at once, before anything is changed. The three sides are
called base (the snapshot), mine (the given copy) and theirs (what the session and the database hold).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from ... import exc
from ...sql.kinds import class_of, is_sequence
from ..instance.errors import MergeConflict, StaleDataError
from ..instance.life import Life
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, STATE
from . import lifecycle
from .copying import Along, CopyPlan, copy_plan

CHANGEABLE = (dict, list, set, bytearray)


class Conflict(NamedTuple):
    """A field that was changed on both sides since the snapshot, to different values."""

    obj: Any
    """The session's object."""
    key: str
    base: Any
    mine: Any
    theirs: Any

    def __str__(self) -> str:
        name = self.obj.__dict__[STATE].name
        return f"{name}.{self.key}: it was {self.base!r}, mine is {self.mine!r}, theirs is {self.theirs!r}"


Policy = Literal["raise", "mine", "theirs"] | Callable[[Conflict], Any]


# --- snapshots


def snapshot(obj: Any) -> Any:
    """Return a detached copy of an object and of what merge cascades reach in memory; expired columns are loaded."""
    made: dict[InstanceState, Any] = {}
    stack = [obj]
    while stack:
        source = stack.pop()
        state = lifecycle.state_of(source)
        if state in made:
            continue
        plan = copy_plan(state.manager.mapper)
        if state.pk is not None and state.session is not None and not plan.column_keys <= source.__dict__.keys():
            _load(plan, source)
        made[state] = _detached(plan, state, source)
        stack += [member for along in plan.along for member in _members(along, source.__dict__.get(along.key))]
    for state, twin in made.items():
        _relate(state, twin, made)
    return made[lifecycle.state_of(obj)]


def _load(plan: CopyPlan, obj: Any) -> None:
    state = obj.__dict__[STATE]
    for key in sorted(plan.column_keys.intersection(state.expired_attributes)):
        getattr(obj, key)


def _detached(plan: CopyPlan, state: InstanceState, source: Any) -> Any:
    twin = plan.manager.new_instance()
    values = plan.adopt(source.__dict__)
    twin.__dict__.update({key: _own(value) for key, value in values.items()})
    own = twin.__dict__[STATE]
    if state.pk is not None:
        own.pk, own.life = state.pk, Life.DETACHED
    return twin


def _own(value: Any) -> Any:
    return copy.deepcopy(value) if issubclass(class_of(value), CHANGEABLE) else value


def _relate(state: InstanceState, twin: Any, made: dict[InstanceState, Any]) -> None:
    source = state.require_object()
    for along in copy_plan(state.manager.mapper).along:
        value = source.__dict__.get(along.key, NO_VALUE)
        if value is NO_VALUE:
            continue
        found = [made[member.__dict__[STATE]] for member in _members(along, value)]
        attribute = state.manager.attributes[along.key]
        attribute.fill(twin.__dict__[STATE], value._shaped(found) if along.is_collection else (found or [None])[0])


def _members(along: Along, value: Any) -> list[Any]:
    if value is None or value is NO_VALUE:
        return []
    items: Iterable[Any] = value._items() if along.is_collection else (value,)
    return [item for item in items if item is not None]


# --- the merge


class ThreeWay:
    """What a merge copies, given the snapshot: decided for all steps before the first is taken."""

    def __init__(self, objects: Sequence[Any], base: Any, policy: Policy) -> None:
        bases: list[Any] = list(base) if is_sequence(base) else [base]
        if len(bases) != len(objects):
            raise exc.ArgumentError(f"'base' must have a snapshot per object, got {len(bases)} for {len(objects)}")
        if not callable(policy) and policy not in ("raise", "mine", "theirs"):
            raise exc.ArgumentError(f"'on_conflict' is 'raise', 'mine', 'theirs' or a function, got {policy!r}")
        self.policy = policy
        self.by_identity = {_identity(each): each for each in _graph(bases)}
        self.by_state = {lifecycle.state_of(obj): one for obj, one in zip(objects, bases, strict=True)}
        self.conflicts: list[Conflict] = []

    def base_of(self, state: InstanceState, obj: Any) -> Any:
        """Return the snapshot of a given object, or None for an object that is new since then."""
        found = self.by_state.get(state)
        return self.by_identity.get(_identity(obj)) if found is None else found

    def columns(self, plan: CopyPlan, state: InstanceState, obj: Any, target: Any, is_new: bool) -> dict[str, Any]:
        """Return the columns to copy: those that mine changed, as the policy has it."""
        base = self.base_of(state, obj)
        source = plan.adopt(obj.__dict__)
        if base is None:
            return source
        if is_new:
            raise StaleDataError(
                f"Merged state {state.name} has a snapshot, but its row is gone: somebody deleted it. Merge without "
                "'base' to insert it anew"
            )
        found: dict[str, Any] = {}
        for key, value in source.items():
            attribute = plan.manager.attributes[key]
            before = base.__dict__.get(key, NO_VALUE)
            if key == plan.version_key or (before is not NO_VALUE and _same(attribute, before, value)):
                continue
            found |= self._settle(target, key, before, value, getattr(target, key), attribute)
        return found

    def _settle(self, target: Any, key: str, base: Any, mine: Any, theirs: Any, attribute: Any) -> dict[str, Any]:
        if base is NO_VALUE or _same(attribute, base, theirs) or _same(attribute, mine, theirs):
            return {key: mine}
        return self._decide(Conflict(target, key, base, mine, theirs))

    def _decide(self, conflict: Conflict) -> dict[str, Any]:
        if self.policy == "mine":
            return {conflict.key: conflict.mine}
        if callable(self.policy):
            return {conflict.key: self.policy(conflict)}
        if self.policy == "raise":
            self.conflicts.append(conflict)
        return {}

    def related(
        self, along: Along, state: InstanceState, obj: Any, target: Any, members: list[Any]
    ) -> list[Any] | None:
        """Return what a relationship of the target shall hold, given the session's members; None to leave it alone."""
        base = self.base_of(state, obj)
        before = NO_VALUE if base is None else base.__dict__.get(along.key, NO_VALUE)
        if before is NO_VALUE:
            return members
        was = {_identity(member) for member in _members(along, before)}
        now = {_identity(member) for member in members}
        if was == now:
            return None
        theirs = _members(along, getattr(target, along.key))
        if along.is_collection:
            kept = [member for member in theirs if _identity(member) in now or _identity(member) not in was]
            there = {_identity(member) for member in kept}
            return kept + [m for m in members if _identity(m) not in was and _identity(m) not in there]
        if {_identity(member) for member in theirs} in (was, now):
            return members
        values = [(found or [None])[0] for found in (_members(along, before), members, theirs)]
        settled = self._decide(Conflict(target, along.key, *values))
        return [value for value in settled.values() if value is not None] if settled else None

    def finish(self) -> None:
        """Raise MergeConflict where the policy left conflicts."""
        if self.conflicts:
            lines = "\n".join(f"  {conflict}" for conflict in self.conflicts)
            raise MergeConflict(f"Changed on both sides since the snapshot:\n{lines}", tuple(self.conflicts))


def _graph(roots: Iterable[Any]) -> Iterator[Any]:
    seen: set[InstanceState] = set()
    stack = list(roots)
    while stack:
        obj = stack.pop()
        state = lifecycle.state_of(obj)
        if state not in seen:
            seen.add(state)
            yield obj
            along = copy_plan(state.manager.mapper).along
            stack += [member for each in along for member in _members(each, obj.__dict__.get(each.key))]


def _identity(obj: Any) -> Any:
    state = obj.__dict__[STATE]
    plan = copy_plan(state.manager.mapper)
    pk = plan.pk_of(obj.__dict__) if state.pk is None else state.pk
    return id(obj) if pk is None else (plan.identity_class, pk)


def _same(attribute: Any, one: Any, other: Any) -> bool:
    return one is other or attribute.is_equal(one, other) is True
