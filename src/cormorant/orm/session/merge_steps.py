"""The steps of a merge: which given object becomes which of the session, and what is copied in which order.

In: given objects and `Targets`. Out: the session's objects. `Merge.order` walks the graph depth first, makes what the
session lacks and refuses what must not be merged; `Merge.copy` is a flat loop over the steps that came out, without
SQL. So nothing is attached or changed before all is found, and no graph is too deep. The numbers in comments are those
of the semantics' checklist.
"""

from __future__ import annotations

from operator import is_
from typing import Any, NamedTuple

from ... import exc
from ..instance.containers import InstrumentedList
from ..instance.life import DETACHED, PERSISTENT
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, NOTHING, PASSIVE_NO_FETCH, STATE
from . import lifecycle
from .copying import Along, CopyPlan
from .merge_refusals import NOT_TRANSIENT, check_found, check_version, refuse_lost, refuse_vanished, require_clean
from .merge_targets import Entry, Kind, Targets, members_of
from .three_way import ThreeWay

Columns = tuple[CopyPlan, InstanceState, Any, Any, bool]
"""A step: the columns of a given object go to its target. Plan, state, given object, target, whether that is new."""


class Relation(NamedTuple):
    """A step: a relationship of a target gets what the given object has in it, `members` being given ones."""

    along: Along
    value: Any
    target: Any
    members: list[Entry]
    state: InstanceState
    """That of the given object."""


class Merge:
    """One merge: which given object becomes which object of the session, and the steps in which they are copied."""

    def __init__(self, session: Any, targets: Targets, load: bool, three_way: ThreeWay | None = None) -> None:
        self.session = session
        self.targets = targets
        self.load = load
        self.three_way = three_way
        self.done: dict[InstanceState, Any] = {}
        self.made: dict[tuple[Any, Any], Any] = {}
        """New objects of this merge by class and primary key: a key given twice becomes one object (22)."""
        self.steps: list[Columns | Relation] = []
        self.is_plain = load and not session._deleted and three_way is None

    # --- the steps

    def order(self, roots: list[Entry]) -> None:
        """Walk the given graph depth first, a member with all below it before the next: new rows keep this order."""
        done, kinds, is_plain = self.done, self.targets.kinds, self.is_plain
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
            if target is None or not is_plain or plan.version_key is not None:
                target, is_new = self._target(kind, state, obj)
            done[state] = target
            if target is obj:
                continue
            add((plan, state, obj, target, is_new))
            if not kind.related_keys.isdisjoint(obj.__dict__):
                for along in plan.along_from(way) if self.load else plan.along[::-1]:
                    if along.key in obj.__dict__:
                        self._push(stack, along, state, obj, target)

    def _push(self, stack: list[Entry | Relation], along: Along, state: InstanceState, obj: Any, target: Any) -> None:
        value = obj.__dict__[along.key]
        members = self.targets.members.get((state, along.key))
        if members is None:
            members = members_of(along, value)
        stack.append(Relation(along, value, target, members, state))
        stack += members[::-1]

    def _target(self, kind: Kind, state: InstanceState, obj: Any) -> tuple[Any, bool]:
        """Return the session's object for a given one, and whether it is new; raises where it must not be merged."""
        found = self.targets.get(state)
        pk = state.pk
        if found is None:
            if pk is None:
                if not self.load:
                    raise exc.InvalidRequestError(NOT_TRANSIENT)
                refuse_lost(state)
                pk = kind.plan.pk_of(obj.__dict__)
                if pk is None:
                    return self._make_without_key(state, obj)
            found = kind.find(state, pk)
        if found is None:
            found = self.made.get((kind.plan.identity_class, pk))
            return (self._make(kind, state, pk), True) if found is None else (found, False)
        if found is not obj:
            if self.session._deleted or not self.load:
                check_found(self.session, state, found, self.load)
            if self.load and kind.plan.version_key is not None and not self._has_base(state, obj):
                check_version(kind.plan.version_key, obj, found)
        return found, False

    def _has_base(self, state: InstanceState, obj: Any) -> bool:
        return self.three_way is not None and self.three_way.base_of(state, obj) is not None

    def _make_without_key(self, state: InstanceState, obj: Any) -> tuple[Any, bool]:
        """Return a new object; objects of one merge with one natural key become one."""
        natural = self.targets.natural
        values = None if natural is None else natural.of(obj)
        if values is None:
            return _new_object(state), True
        found = self.made.get((natural, values))
        if found is not None:
            return found, False
        made = self.made[natural, values] = _new_object(state)
        return made, True

    def _make(self, kind: Kind, state: InstanceState, pk: Any) -> Any:
        if not self.load:
            require_clean(state)
        else:
            refuse_vanished(kind.plan, state)
        made = self.made[kind.plan.identity_class, pk] = _new_object(state)
        return made

    # --- copying

    def copy(self) -> None:
        """Take the steps."""
        if self.three_way is not None or self.targets.by_natural_key:
            self._copy_chosen()
            return
        touched = self.session.touched
        for step in self.steps:
            if isinstance(step, Relation):
                self._copy_relation(step.along, step.value, step.target, self._merged(step))
                continue
            plan, _, obj, target, is_new = step
            if is_new:
                self._fill_new(plan, obj.__dict__, target)
            else:
                values = target.__dict__
                plan.copy(obj.__dict__, values, target)
                held = values[STATE]
                if held.is_written:
                    _read_the_rest(plan, held, values)
                touched[held] = target

    def _copy_chosen(self) -> None:
        """Take the steps with less than all that is given: the changes since a snapshot, no key of another row."""
        chosen = [
            self._chosen_members(step) if isinstance(step, Relation) else self._chosen_columns(*step)
            for step in self.steps
        ]
        if self.three_way is not None:
            self.three_way.finish()
        for step, source in zip(self.steps, chosen, strict=True):
            if isinstance(step, Relation):
                if source is not None:
                    self._copy_relation(step.along, step.value, step.target, source)
            elif step[4]:
                self._fill_new(step[0], source, step[3])
            else:
                step[0].copy(source, step[3].__dict__, step[3])
                self.session.touched[step[3].__dict__[STATE]] = step[3]

    def _chosen_columns(self, plan: CopyPlan, state: InstanceState, obj: Any, target: Any, is_new: bool) -> Any:
        three_way = self.three_way
        source = plan.adopt(obj.__dict__) if three_way is None else three_way.columns(plan, state, obj, target, is_new)
        if state in self.targets.by_natural_key:
            return {key: value for key, value in source.items() if key not in plan.mapper.pk_keys}
        return source

    def _chosen_members(self, step: Relation) -> Any:
        merged = self._merged(step)
        if self.three_way is None:
            return merged
        return self.three_way.related(step.along, step.state, step.state.require_object(), step.target, merged)

    def _merged(self, step: Relation) -> list[Any]:
        """Return the session's objects for the members of a relationship."""
        return [self.done[state] for state, _, _ in step.members]

    def adopt(self) -> None:
        """Take the steps without loading, as if what is given had been loaded."""
        for step in self.steps:
            if isinstance(step, Relation):
                self._adopt_relation(step.along, step.value, step.target, self._merged(step))
                continue
            plan, state, obj, target, is_new = step
            if is_new:
                self._make_persistent(state, target)
            take_over(plan, obj.__dict__, target)
        for step in self.steps:
            if not isinstance(step, Relation):
                plan, _, obj, target, is_new = step
                close_books(self.session, plan, obj.__dict__, target)
                if is_new:
                    plan.tell_loaded(target.__dict__[STATE])

    def _fill_new(self, plan: CopyPlan, source: dict[str, Any], target: Any) -> None:
        lifecycle.attach(self.session, target.__dict__[STATE], target)
        if plan.column_keys <= plan.manager.plain_keys:
            target.__dict__.update(plan.adopt(source))  # as a constructor does: each value counts as a change
        else:
            plan.copy(source, target.__dict__, target)

    def _copy_relation(self, along: Along, value: Any, target: Any, found: list[Any]) -> None:
        values = target.__dict__
        attribute = values[STATE].manager.attributes[along.key]
        present: Any = values.get(along.key, NO_VALUE)
        if not along.is_collection:
            merged = found[0] if found else None
            if present is NO_VALUE and self.targets.upserted:
                present = attribute.value_or_status(values[STATE], PASSIVE_NO_FETCH)  # its foreign key is written
            if present is not merged:
                attribute.write(target, merged)
            return
        if type(present) is InstrumentedList and attribute.hooks is None and _are_same(present, found):
            return
        attribute.write(target, value._shaped(found))

    def _make_persistent(self, state: InstanceState, target: Any) -> None:
        """Make a new object persistent without SQL (26)."""
        session, made = self.session, target.__dict__[STATE]
        token = state.identity_token
        if not session.hooks.is_watching and token is None:
            enter(session, self.targets.kinds[type(state)].entries, made, state.pk)
            return
        made.pk = state.pk
        if token is not None:
            made.identity_token = token
        made.life = DETACHED
        lifecycle.attach_persistent(session, made, target)

    def _adopt_relation(self, along: Along, value: Any, target: Any, found: list[Any]) -> None:
        state = target.__dict__[STATE]
        attribute = state.manager.attributes[along.key]
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


def enter(session: Any, entries: dict[Any, InstanceState], made: InstanceState, pk: Any) -> None:
    """Put a new state into the identity map as persistent; nobody watches, and it has no identity token."""
    made.pk = pk
    made.owner = session.ref
    made.home = entries
    made.life = PERSISTENT
    made.committed = NOTHING  # type: ignore[assignment]
    entries[pk] = made


def take_over(plan: CopyPlan, source: dict[str, Any], target: Any) -> None:
    """Give a target what `source` carries; listeners of an attribute hear of it, such as those of mutable values."""
    given, plain = plan.adopt(source), plan.manager.plain_keys
    if plan.column_keys <= plain:
        target.__dict__.update(given)
        return
    for key, value in given.items():
        if key in plain:
            target.__dict__[key] = value
        else:
            plan.manager.attributes[key].write(target, value)


def close_books(session: Any, plan: CopyPlan, source: dict[str, Any], target: Any) -> None:
    """Count what a target was given as what the database holds."""
    state: InstanceState = target.__dict__[STATE]
    if state.expired or state.expired_attributes:
        state.loaded(plan.column_keys.intersection(source))
    state.committed = NOTHING  # type: ignore[assignment]
    if state in session.modified:
        del session.modified[state]
        state.forget_changes()


def _read_the_rest(plan: CopyPlan, state: InstanceState, values: dict[str, Any]) -> None:
    """Let what neither object has be read from the row, which was written without it (17)."""
    state.is_written = False
    absent = [key for key in plan.ordinary_keys if key not in values]
    if absent and not state.expired:
        state.expired_attributes = {*state.expired_attributes, *absent}
