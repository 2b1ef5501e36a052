"""Selectin loading: what a relationship leads to, for many objects, by `SELECT .. WHERE key IN (..)` per chunk.

In: objects that were loaded, and a follow-up. Out: their attributes filled. Where the related object's key stands in
the parent (many-to-one) the SELECT is by that key; else its rows start with the parent's key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ...util.notices import SAWarning, warn
from ..instance.state import InstanceState
from ..instance.symbols import PASSIVE_OFF, STATE
from ..query.branch import Branch
from ..query.plan import FollowUp
from .kept import Load
from .lists import fill_list
from .protocol import LoadSession
from .statements import KeptMany, for_parents

CHUNK = 500
Parent = tuple[Any, InstanceState]
"""An object and its state."""


def load_selectin(
    session: LoadSession, follow: FollowUp, objects: Sequence[Any], is_refresh: bool, load: Load, _: Any = None
) -> None:
    """Load an attribute for all objects and fill it where it is missing; everywhere if this is a refresh.

    Objects that have it are asked for too: the options below the attribute concern what they hold.
    """
    parents = [(obj, obj.__dict__[STATE]) for obj in objects]
    kept = follow.memo.get("selectin")
    if kept is None:
        choice = follow.choice
        kept = for_parents(
            follow.relationship, _branch_below(follow), choice.criteria, follow.trail.mappers, choice.target
        )
        follow.memo["selectin"] = kept
    load_for_parents(session, follow.relationship, kept, parents, load, follow.choice.chunk or CHUNK, is_refresh)


def _branch_below(follow: FollowUp) -> Branch:
    """Return the options of the related objects; with a recursion depth left, they follow the same relationship."""
    depth = follow.choice.depth
    if not depth:
        return follow.branch
    again = replace(follow.choice, depth=-1 if depth < 0 else depth - 1)
    return replace(follow.branch, choices={**follow.branch.choices, follow.key: again}, memo={})


def load_for_parents(
    session: LoadSession,
    relationship: Any,
    kept: KeptMany,
    parents: Sequence[Parent],
    load: Load,
    chunk: int = CHUNK,
    is_refresh: bool = False,
) -> None:
    """Run the SELECT for all parents and fill their attributes."""
    keyed: dict[Any, list[Parent]] = {}
    for parent in parents:
        keyed.setdefault(key_of_parent(parent, kept.parent_keys), []).append(parent)
    without = [parent for key, found in keyed.items() if _is_null(key) for parent in found]
    keys = [key for key in keyed if not _is_null(key)]
    fill_related(relationship, [(parent, []) for parent in without], is_refresh)
    for start in range(0, len(keys), chunk):
        part = keys[start : start + chunk]
        found = _by_parent(load(session, kept.kept, relationship.mapper, (part,), is_refresh), kept.width)
        fill_related(relationship, [(parent, found.get(key, [])) for key in part for parent in keyed[key]], is_refresh)


def key_of_parent(parent: Parent, keys: tuple[str, ...]) -> Any:
    """Return the value, or the tuple of values, by which rows of the SELECT are matched to a parent."""
    obj, state = parent
    if not keys:
        return state.pk
    values = obj.__dict__
    if len(keys) == 1:
        return values[keys[0]] if keys[0] in values else _loaded(state, keys[0])
    return tuple([values[key] if key in values else _loaded(state, key) for key in keys])


def _loaded(state: InstanceState, key: str) -> Any:
    """Return the value of a column that the object lacks."""
    return state.manager.attributes[key].value_or_status(state, PASSIVE_OFF)


def _is_null(key: Any) -> bool:
    return key is None or (type(key) is tuple and None in key)


def _by_parent(items: list[Any], width: int) -> dict[Any, list[Any]]:
    """Return the related objects by the key of their parent."""
    found: dict[Any, list[Any]] = {}
    if width == 0:
        return {obj.__dict__[STATE].pk: [obj] for obj in items if obj is not None}
    if width > 1:
        items = [(row[:width], row[-1]) for row in items]
    for key, related in items:
        members = found.get(key)
        if members is None:
            found[key] = [related]
        else:
            members.append(related)
    return found


def fill_related(relationship: Any, found: Iterable[tuple[Parent, list[Any]]], is_refresh: bool) -> None:
    """Store what was found for each parent; only where it is missing, unless this is a refresh."""
    key = relationship.key
    found = [one for one in found if is_refresh or key not in one[0][0].__dict__]
    if relationship.uselist:
        attributes = {type(state): state.manager.attributes[key] for (_, state), _ in found}
        for (obj, state), members in found:
            fill_list(attributes[type(state)], state, obj, unique(members))
        return
    for (_, state), members in found:
        if len(members) > 1 and any(member is not members[0] for member in members):
            warn(f"Multiple rows returned with uselist=False for eagerly-loaded attribute '{relationship}' ", SAWarning)
        state.manager.attributes[key].fill(state, members[0] if members else None)


def unique(members: list[Any]) -> list[Any]:
    """Return each object once, in order."""
    if len(members) < 2 or len(set(map(id, members))) == len(members):
        return members
    return list({id(member): member for member in members}.values())
