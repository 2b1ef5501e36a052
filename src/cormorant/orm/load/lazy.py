"""Lazy loading: what a relationship of one object leads to, at the first access.

In: a state, the attribute, how far the read may go, and `load`, which runs kept statements. Out: the value, stored in
the object; PASSIVE_NO_RESULT where SQL would be needed and is not allowed. A many-to-one asks the identity map before
the database; a NULL foreign key is None without SQL.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ...exc import InvalidRequestError, MultipleResultsFound
from ...util.notices import SAWarning, warn
from ..instance.errors import ObjectDeletedError
from ..instance.state import InstanceState
from ..instance.symbols import (
    LOAD_AGAINST_COMMITTED,
    NO_AUTOFLUSH,
    NO_RAISE,
    NO_VALUE,
    PASSIVE_NO_RESULT,
    PASSIVE_OFF,
    RELATED_OBJECT_OK,
    SQL_OK,
    STATE,
    PassiveFlag,
    may,
)
from ..query.branch import EMPTY, Branch, Strategy
from ..query.entities import LAZY_STRATEGIES, strategy_of
from .again import eager_choices
from .columns import load_expired
from .kept import Kept, KeptFor, Load
from .lists import fill_list
from .peers import has_peers, load_related_of_peers
from .protocol import LoadSession
from .statements import KeptRelated, by_key_of, related

LAZY, PEERS = Strategy.LAZY, Strategy.PEERS
NOLOAD, RAISE, RAISE_ON_SQL = Strategy.NOLOAD, Strategy.RAISE, Strategy.RAISE_ON_SQL


def load_related(session: LoadSession, state: InstanceState, attribute: Any, passive: PassiveFlag, load: Load) -> Any:
    """Return what a relationship that is not loaded leads to, as options or mapping want it."""
    relationship = attribute.prop
    context = state.context
    if context is None and passive is PASSIVE_OFF:
        found = _in_memory(session, state, attribute, relationship)
        if found is not None:
            return found
    if _comes_back_whole(state, passive, context):
        _autoflush(session, passive)
        load_expired(session, state, load)
        if attribute.key in state.dict:
            return state.dict[attribute.key]
    branch: Branch = context or EMPTY
    if branch is EMPTY:
        strategy, is_default = LAZY_STRATEGIES[relationship.lazy], True
    else:
        choice = strategy_of(relationship, branch)
        strategy, is_default = choice.choice.strategy, choice.is_default
    if strategy is PEERS or (session.fetches_peers and is_default and strategy is LAZY):
        return _of_peers(session, state, attribute, passive, load, branch)
    if strategy is NOLOAD:
        return attribute.fill(state, [] if relationship.uselist else None)
    if (strategy is RAISE or strategy is RAISE_ON_SQL) and not may(passive, NO_RAISE):
        if strategy is RAISE:
            raise _refusal(attribute, "raise")
        found = follow(session, state, attribute, passive & ~SQL_OK, load, way_of(branch, relationship))
        if found is PASSIVE_NO_RESULT and may(passive, SQL_OK):
            raise _refusal(attribute, "raise_on_sql")
        return found
    return follow(session, state, attribute, passive, load, way_of(branch, relationship))


def _of_peers(
    session: LoadSession, state: InstanceState, attribute: Any, passive: PassiveFlag, load: Load, branch: Branch
) -> Any:
    """Return what a relationship leads to, loaded for all objects that came with this one; alone, as lazily."""
    way = way_of(branch, attribute.prop)
    found = follow(session, state, attribute, passive & ~SQL_OK, load, way) if attribute.prop.use_get else None
    if found is not None and found is not PASSIVE_NO_RESULT:
        return found
    may_load = may(passive, SQL_OK) and may(passive, RELATED_OBJECT_OK) and not may(passive, LOAD_AGAINST_COMMITTED)
    if may_load and has_peers(state) and attribute.key not in state.dict:
        _autoflush(session, passive)
        if state.expired:
            load_expired(session, state, load)
        if load_related_of_peers(session, state, attribute, load, way):
            return state.dict[attribute.key]
    return follow(session, state, attribute, passive, load, way)


def _comes_back_whole(state: InstanceState, passive: PassiveFlag, context: Branch | None) -> bool:
    """Tell whether an expired object is loaded first, with the relationships that come along with it."""
    if not state.expired or state.pk is None or not may(passive, SQL_OK):
        return False
    return bool(eager_choices(state.manager.mapper, context))


class Reference(NamedTuple):
    """What finds the object of a plain many-to-one in the identity map."""

    foreign_key: str
    identity_class: type
    cls: type


def _in_memory(session: LoadSession, state: InstanceState, attribute: Any, relationship: Any) -> Any:
    """Return the object of a plain many-to-one that the session holds unexpired; None where it takes the long way."""
    plans = relationship.parent.plans
    try:
        reference: Reference | None = plans["reference", relationship]
    except KeyError:
        reference = plans["reference", relationship] = _reference_of(relationship)
    if reference is None:
        return None
    entries = session.identity.maps.get(reference.identity_class)
    if entries is None:
        return None
    try:
        found = entries.get(state.dict.get(reference.foreign_key))
    except TypeError:  # a key that cannot be hashed is in no identity map
        return None
    obj = None if found is None else found()
    if obj is None or found is None or found.expired or not isinstance(obj, reference.cls):
        return None
    return attribute.fill(state, obj)


def _reference_of(relationship: Any) -> Reference | None:
    manager = relationship.mapper.class_manager
    keys = _foreign_keys(relationship) if relationship.use_get else ()
    if len(keys) != 1 or LAZY_STRATEGIES[relationship.lazy] not in (LAZY, PEERS):
        return None
    return Reference(keys[0], manager.identity_class, relationship.mapper.class_)


def _refusal(attribute: Any, lazy: str) -> InvalidRequestError:
    return InvalidRequestError(f"'{attribute.describe()}' is not available due to lazy='{lazy}'")


class Way(NamedTuple):
    """Options for following one relationship, and where plans made for them are kept."""

    below: Branch
    criteria: tuple[Any, ...]
    memo: dict[Any, Any]


def way_of(branch: Branch, relationship: Any) -> Way:
    """Return the way that the options of the parent give; without options, plans are kept with the mapper."""
    if branch is EMPTY or not branch:
        plans = relationship.parent.plans
        way: Way | None = plans.get("way")
        if way is None:
            way = plans["way"] = Way(EMPTY, (), plans)
        return way
    choice = branch.choices.get(relationship.key)
    return Way(branch.under(relationship.key), () if choice is None else choice.lazy_criteria, branch.memo)


def follow(
    session: LoadSession, state: InstanceState, attribute: Any, passive: PassiveFlag, load: Load, way: Way
) -> Any:
    """Return what a relationship leads to, loaded now."""
    if attribute.prop.use_get and not way.criteria:
        return _by_foreign_key(session, state, attribute, passive, load, way)
    return _by_condition(session, state, attribute, passive, load, way)


# --- many-to-one by key


def _by_foreign_key(
    session: LoadSession, state: InstanceState, attribute: Any, passive: PassiveFlag, load: Load, way: Way
) -> Any:
    relationship = attribute.prop
    mapper = relationship.mapper
    values = _values(state, _foreign_keys(relationship), passive)
    if values is PASSIVE_NO_RESULT:
        return PASSIVE_NO_RESULT
    if None in values and not (mapper.allow_partial_pks and any(value is not None for value in values)):
        return _store(attribute, state, None, passive)
    pk = tuple(values) if mapper.class_manager.is_composite else values[0]
    found = _present(session, mapper, pk, passive, load)
    if found is not None:
        return _store(attribute, state, None if found is NO_VALUE else found, passive)
    if not may(passive, SQL_OK) or not may(passive, RELATED_OBJECT_OK):
        return PASSIVE_NO_RESULT
    _autoflush(session, passive)
    items = load(session, _for(session, _kept_by_key(relationship, way), state), mapper, values, False)
    if len(items) > 1:
        raise MultipleResultsFound("Multiple rows were found when exactly one was required")
    return _store(attribute, state, items[0] if items else None, passive)


def _foreign_keys(relationship: Any) -> tuple[str, ...]:
    """Return the parent's attributes that hold the other side's primary key, in its order; found once."""
    plans = relationship.parent.plans
    keys: tuple[str, ...] | None = plans.get(("foreign keys", relationship.key))
    if keys is None:
        found = [relationship.keys_by_target[key] for key in relationship.mapper.pk_keys]
        keys = plans["foreign keys", relationship.key] = tuple(found)
    return keys


def _present(session: LoadSession, mapper: Any, pk: Any, passive: PassiveFlag, load: Load) -> Any:
    """Return the object of that key which the session holds, not one whose row turns out to be gone.

    NO_VALUE where the key is that of an object of another class.
    """
    try:
        found = session.identity.find(mapper.class_manager.identity_class, pk)
    except TypeError:  # a key that cannot be hashed is in no identity map
        return None
    if found is None or not isinstance(found, mapper.class_):
        return None if found is None else NO_VALUE
    found_state: InstanceState = found.__dict__[STATE]
    if found_state.expired and may(passive, SQL_OK) and may(passive, RELATED_OBJECT_OK):
        _autoflush(session, passive)
        if found_state.is_row_deleted:
            return None
        try:
            load_expired(session, found_state, load)
        except ObjectDeletedError:
            session.row_is_gone(found_state)
            return None
    return found


def _kept_by_key(relationship: Any, way: Way) -> Kept:
    kept: Kept | None = way.memo.get(("lazy by key", relationship))
    if kept is None:
        kept = way.memo["lazy by key", relationship] = by_key_of(relationship, way.below)
    return kept


# --- by the join condition


def _by_condition(
    session: LoadSession, state: InstanceState, attribute: Any, passive: PassiveFlag, load: Load, way: Way
) -> Any:
    relationship = attribute.prop
    if not may(passive, SQL_OK) or not may(passive, RELATED_OBJECT_OK):
        return PASSIVE_NO_RESULT
    kept = _kept_related(relationship, way)
    values = _values(state, kept.local_keys, passive)
    if values is PASSIVE_NO_RESULT:
        return PASSIVE_NO_RESULT
    if values and values[0] is None and all(value is None for value in values):
        return _store(attribute, state, [] if relationship.uselist else None, passive)
    _autoflush(session, passive)
    items = load(session, _for(session, kept.kept, state), relationship.mapper, values, False)
    if relationship.uselist:
        return fill_list(attribute, state, state.require_object(), items)
    if len(items) > 1:
        warn(f"Multiple rows returned with uselist=False for lazily-loaded attribute '{relationship}' ", SAWarning)
    return _store(attribute, state, items[0] if items else None, passive)


def _kept_related(relationship: Any, way: Way) -> KeptRelated:
    kept: KeptRelated | None = way.memo.get(("lazy", relationship))
    if kept is None:
        kept = way.memo["lazy", relationship] = related(relationship, way.below, way.criteria, (relationship.parent,))
    return kept


# --- both


def _for(session: LoadSession, kept: Kept, state: InstanceState) -> Any:
    """Return a kept statement; where somebody listens to loads, one that tells for whom it is."""
    return KeptFor(kept, state) if session.hooks.do_orm_execute is not None else kept


def _values(state: InstanceState, keys: tuple[str, ...], passive: PassiveFlag) -> Any:
    """Return the values of attributes of the parent, loading what it lacks; PASSIVE_NO_RESULT where that is refused."""
    values = state.dict
    originals = state.committed if may(passive, LOAD_AGAINST_COMMITTED) else {}
    found: list[Any] = []
    for key in keys:
        if key in originals:
            found.append(None if originals[key] is NO_VALUE else originals[key])
        elif key in values:
            found.append(values[key])
        else:
            value = state.manager.attributes[key].value_or_status(state, passive)
            if value is PASSIVE_NO_RESULT:
                return PASSIVE_NO_RESULT
            found.append(None if value is NO_VALUE else value)
    return found


def _store(attribute: Any, state: InstanceState, value: Any, passive: PassiveFlag) -> Any:
    """Keep the value in the object, unless it is the one that the object had before its changes."""
    if may(passive, LOAD_AGAINST_COMMITTED):
        return value
    return attribute.fill(state, value)


def _autoflush(session: LoadSession, passive: PassiveFlag) -> None:
    if not may(passive, NO_AUTOFLUSH):
        session.autoflush_now()
