"""Peer loading: what one object lacks is fetched for all objects of the same result that are still in memory.

In: a state, and what is missing: a relationship, columns, or all of an expired object. Out: it is loaded for the object
and its peers by one SELECT, at most `CHUNK` of them; False where the object is alone, which leaves it to lazy loading.
A peer is in the same session, was loaded by the same options, and lacks the same: what was changed, deleted, expunged
or forgotten by the program is left alone. Who came together is written down by loaders, see `source`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..instance.state import InstanceState
from ..instance.symbols import STATE
from ..query.branch import EMPTY, WILDCARD, Branch, Choice, ColumnChoice, Strategy
from ..query.entities import strategy_of
from .again import concerns
from .kept import Kept, Load
from .protocol import LoadSession
from .selectin import CHUNK, Parent, load_for_parents
from .statements import KeptMany, by_keys, for_parents

Lacks = Callable[[InstanceState, dict[str, Any]], bool]
LAZY = Choice(Strategy.LAZY)


def has_peers(state: InstanceState) -> bool:
    """Tell whether an object came with others."""
    return state.peers is not None and len(state.peers) > 1


def peers_of(session: LoadSession, state: InstanceState, lacks: Lacks) -> list[Parent]:
    """Return an object and those of its result that lack the same, from it on and round; at most one chunk."""
    group = state.peers or []
    place = group.index(state) if state in group else 0
    token = state.identity_token if InstanceState.tokens_in_use else None
    found: list[Parent] = []
    for one in (*group[place:], *group[:place]):
        obj = one()
        if obj is None or one.owner is not session.ref or one.home is None or one.context is not state.context:
            continue
        if token is not None and one.identity_token != token:
            continue
        if one is state or lacks(one, obj.__dict__):
            found.append((obj, one))
            if len(found) == CHUNK:
                break
    return found


# --- relationships


def load_related_of_peers(
    session: LoadSession, state: InstanceState, attribute: Any, load: Load, way: Any, target: Any = None
) -> bool:
    """Load a relationship for an object and its peers; tell whether that was done."""
    relationship, key = attribute.prop, attribute.key
    kept = _kept_related(relationship, way, target)

    def lacks(one: InstanceState, values: dict[str, Any]) -> bool:
        if key in values or not all(local in values for local in kept.parent_keys):
            return False
        own = one.manager.attributes.get(key)
        return own is not None and own.prop is relationship and bool(own.may_load(one))

    parents = peers_of(session, state, lacks)
    if relationship.use_get and not way.criteria:
        parents = [parent for parent in parents if not _fill_from_memory(session, relationship, parent, kept)]
    if len(parents) < 2:
        return False
    load_for_parents(session, relationship, kept, parents, load)
    return key in state.dict


def _kept_related(relationship: Any, way: Any, target: Any) -> KeptMany:
    kept: KeptMany | None = way.memo.get(("peers", relationship))
    if kept is None:
        kept = for_parents(relationship, way.below, way.criteria, (relationship.parent,), target)
        way.memo["peers", relationship] = kept
    return kept


def _fill_from_memory(session: LoadSession, relationship: Any, parent: Parent, kept: KeptMany) -> bool:
    """Fill a reference whose object the session holds, or whose foreign key is NULL; tell whether that could be."""
    obj, state = parent
    values = [obj.__dict__[key] for key in kept.parent_keys]
    attribute = state.manager.attributes[relationship.key]
    if None in values:
        attribute.fill(state, None)
        return True
    manager = relationship.mapper.class_manager
    try:
        found = session.identity.find(manager.identity_class, tuple(values) if manager.is_composite else values[0])
    except TypeError:  # a key that cannot be hashed is in no identity map
        return False
    if found is None or not isinstance(found, relationship.mapper.class_) or found.__dict__[STATE].expired:
        return False
    attribute.fill(state, found)
    return True


# --- columns


def load_columns_of_peers(session: LoadSession, state: InstanceState, keys: frozenset[str], load: Load) -> bool:
    """Load columns for an object and its peers that have none of them; tell whether that was done."""

    def lacks(one: InstanceState, values: dict[str, Any]) -> bool:
        if type(one) is not type(state) or one.expired or not keys.isdisjoint(values):
            return False
        return keys.isdisjoint(one.committed) and keys.isdisjoint(one.expired_attributes)

    return _load_rows(session, state, lacks, _columns_branch, keys, load) and keys <= state.dict.keys()


def load_expired_of_peers(session: LoadSession, state: InstanceState, keys: frozenset[str], load: Load) -> bool:
    """Load an expired object and its peers that are expired, too; tell whether its row came back."""

    def lacks(one: InstanceState, _values: dict[str, Any]) -> bool:
        return one.expired and type(one) is type(state)

    return _load_rows(session, state, lacks, _whole_branch, keys, load) and not state.expired


def _load_rows(
    session: LoadSession,
    state: InstanceState,
    lacks: Lacks,
    branch_for: Callable[[Any, Branch, frozenset[str]], Branch],
    keys: frozenset[str],
    load: Load,
) -> bool:
    """Run the SELECT of the rows of an object and its peers; tell whether it was not alone."""
    manager = state.manager
    mapper, context = manager.mapper, state.context
    parents = peers_of(session, state, lacks)
    if manager.is_composite:
        parents = [parent for parent in parents if None not in parent[1].pk]  # a list of keys finds no NULL
    if len(parents) < 2 or parents[0][1] is not state:
        return False
    memo: dict[Any, Any] = context.memo if context else mapper.plans
    kept: Kept | None = memo.get(("peers", branch_for, mapper, keys))
    if kept is None:
        kept = by_keys(mapper, branch_for(mapper, context or EMPTY, keys))
        kept.groups = False
        memo["peers", branch_for, mapper, keys] = kept
    load(session, kept, mapper, ([one.pk for _, one in parents],), False)
    return True


def _columns_branch(mapper: Any, context: Branch, keys: frozenset[str]) -> Branch:
    """Return the options that load these columns and nothing else."""
    columns = {WILDCARD: ColumnChoice.DEFER, **dict.fromkeys(keys, ColumnChoice.LOAD)}
    return Branch({WILDCARD: LAZY}, columns, expressions=context.expressions)


def _whole_branch(mapper: Any, context: Branch, keys: frozenset[str]) -> Branch:
    """Return the options that load these columns and what the options of the objects load along with them."""
    joined = [
        mapper.key_of(column)
        for one in mapper.relationships
        if strategy_of(one, context).choice.strategy is Strategy.JOINED
        for column in one.local_columns
    ]
    columns: Mapping[str, ColumnChoice] = dict.fromkeys((*keys, *joined), ColumnChoice.LOAD)
    return replace(
        context,
        columns={WILDCARD: ColumnChoice.DEFER, **columns},
        criteria=tuple([option for option in context.criteria if not concerns(option, mapper)]),
        memo={},
    )
