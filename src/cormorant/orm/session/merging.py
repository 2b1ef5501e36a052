"""Merge: the state of given objects goes into the session's one object per identity.

In: objects from anywhere (transient, detached, of another session). Out: the session's objects. Three passes: `Targets`
finds or loads what the session has, level by level; then `Merge` orders what is to be done, and does it.

A merge never flushes half of a graph: autoflush happens once, before. What is not given is neither loaded nor changed.
The numbers in comments are those of the semantics' checklist.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ... import exc
from ...exc import SAWarning
from ...util.notices import warn
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from . import lifecycle
from .alone import one_thread
from .copying import CopyPlan, copy_plan
from .merge_refusals import NOT_TRANSIENT, check_found, require_clean
from .merge_steps import Merge, close_books, enter, take_over
from .merge_streams import merge_streams, streamed
from .merge_targets import Entry, Kinds, Targets
from .natural_keys import NaturalKey
from .three_way import Policy, ThreeWay
from .upserting import upsert


@one_thread
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
        require_clean(state)
        target, made = plan.new_copy(obj.__dict__)
        enter(session, entries, made, pk)
        plan.tell_loaded(made)
        return target
    check_found(session, state, target, load=False)
    take_over(plan, obj.__dict__, target)
    close_books(session, plan, obj.__dict__, target)
    return target


@one_thread
def merge_all(
    session: Any,
    objects: Sequence[Any],
    *,
    load: bool,
    options: Sequence[Any] | None,
    by: Any = None,
    base: Any = None,
    on_conflict: Policy = "raise",
    strategy: str = "select",
) -> list[Any]:
    """Merge objects and return the session's objects in the same order."""
    if not load and (by is not None or base is not None):
        raise exc.ArgumentError("'by' and 'base' look at what the database has: they cannot be used with load=False")
    if strategy != "select":
        _check_strategy(strategy, load, base)
    natural = None if by is None else NaturalKey(by)
    three_way = None if base is None else ThreeWay(objects, base, on_conflict)
    roots: list[Entry] = [(lifecycle.state_of(obj), obj, None) for obj in objects]
    kinds = Kinds(session)
    if load:
        if session._deleted and session.autoflush:
            _warn_of_deleted(session, kinds, roots)
        session.autoflush_now()
    session._begin_if_needed()
    before, session.autoflush = session.autoflush, False
    try:
        targets = Targets(session, kinds, options, natural)
        if strategy == "upsert":
            targets.upserted = upsert(session, kinds, roots, natural)
        if load:
            targets.find(roots)
        merge = Merge(session, targets, load, three_way)
        merge.order(roots)
        streams = streamed(merge.done.items()) if load and kinds.have_streams else ()
        if load:
            merge.copy()
            if streams:
                merge_streams(streams, lambda members: _merge_members(session, kinds, merge.done, members))
            for target in targets.upserted.values():
                session.touched.pop(target.__dict__[STATE], None)
        else:
            merge.adopt()
        return [merge.done[state] for state, _, _ in roots]
    finally:
        session.autoflush = before


def _merge_members(session: Any, kinds: Kinds, done: dict[InstanceState, Any], members: list[Any]) -> list[Any]:
    """Merge members of a collection that is never in memory; `done` is what became of the objects they lead back to."""
    roots: list[Entry] = [(lifecycle.state_of(member), member, None) for member in members]
    targets = Targets(session, kinds, None)
    targets.update(done)
    targets.find([root for root in roots if root[0] not in done])
    merge = Merge(session, targets, load=True)
    merge.done.update(done)
    merge.order(roots)
    streams = streamed((state, target) for state, target in merge.done.items() if state not in done)
    merge.copy()
    done.update(merge.done)
    if streams:
        merge_streams(streams, lambda below: _merge_members(session, kinds, done, below))
    return [done[state] for state, _, _ in roots]


def _check_strategy(strategy: str, load: bool, base: Any) -> None:
    if strategy != "upsert":
        raise exc.ArgumentError(f"strategy={strategy!r} is unknown: it is 'select', or 'upsert' to write at once")
    if not load or base is not None:
        raise exc.ArgumentError(
            "strategy='upsert' writes what is given without looking: it cannot be used with load=False or 'base'"
        )


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
