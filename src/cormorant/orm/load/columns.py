"""Columns of one object that are not in memory: expired ones, all at once, and deferred ones with their group.

In: a state, and what runs kept statements. Out: the values, stored in the object without history; with a whole expired
object also what is loaded along with it. Raises ObjectDeletedError where the row is gone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...exc import InvalidRequestError
from ...util.generated import define
from ..instance.errors import ObjectDeletedError
from ..instance.state import InstanceState
from ..instance.symbols import (
    NO_AUTOFLUSH,
    PASSIVE_NO_RESULT,
    SQL_OK,
    PassiveFlag,
    may,
)
from ..query.branch import EMPTY, Branch, ColumnChoice
from .again import again, eager_choices, load_again
from .kept import Load
from .known import complete, overwrite
from .local_columns import local_columns, subclass_keys
from .peers import has_peers, load_columns_of_peers, load_expired_of_peers
from .protocol import LoadSession
from .statements import KeptColumns, some_columns
from .values import Values


def load_column(session: LoadSession, state: InstanceState, key: str, passive: PassiveFlag, load: Load) -> Any:
    """Return the value of a column attribute, loaded together with whatever else is expired or of its group."""
    if not may(passive, SQL_OK):
        return PASSIVE_NO_RESULT
    prop = state.manager.mapper.properties[key]
    if (prop.is_query_expression and not _is_left_out(state, prop)) or _is_unwritten(state, prop):
        return None
    if not may(passive, NO_AUTOFLUSH):
        session.autoflush_now()
    if key in state.expired_attributes or state.expired:
        load_expired(session, state, load)
    if key not in state.dict:
        _check_allowed(state, prop)
        if _is_unwritten(state, prop):
            return None
        keys = _with_group(state, prop)
        if not (_is_for_peers(session, state, prop) and load_columns_of_peers(session, state, keys, load)):
            load_columns(session, state, keys)
    return state.dict.get(key)


def _is_left_out(state: InstanceState, prop: Any) -> bool:
    """Tell whether an option kept the default of a query expression out of the statement that loaded the object."""
    chosen = None if state.context is None else state.context.column(prop.key, prop.group)
    return prop.is_loaded and chosen not in (None, ColumnChoice.LOAD)


def _is_unwritten(state: InstanceState, prop: Any) -> bool:
    """Tell whether the row was written without a value; one that the database gave would be marked as expired."""
    if not state.is_written or state.expired or prop.key in state.expired_attributes:
        return False
    return not (prop.deferred or prop.is_expression)


def _check_allowed(state: InstanceState, prop: Any) -> None:
    branch: Branch = state.context or EMPTY
    chosen = branch.column(prop.key, prop.group)
    if chosen is ColumnChoice.RAISE or (chosen is None and prop.raiseload):
        raise InvalidRequestError(f"'{prop}' is not available due to raiseload=True")


def _is_for_peers(session: LoadSession, state: InstanceState, prop: Any) -> bool:
    """Tell whether a deferred column is loaded for all objects that came with this one."""
    branch: Branch = state.context or EMPTY
    return (session.fetches_peers or branch.column(prop.key, prop.group) is ColumnChoice.PEERS) and has_peers(state)


def _with_group(state: InstanceState, prop: Any) -> frozenset[str]:
    """Return what is loaded with a column: its group, or the other columns that a SELECT of the base class left out."""
    values = state.dict
    mapper = state.manager.mapper
    branch: Branch = state.context or EMPTY
    if prop.key in subclass_keys(mapper) and branch.column(prop.key, prop.group) is None:
        missing = [key for key in subclass_keys(mapper) if key not in values]
        return frozenset([key for key in missing if branch.column(key, mapper.properties[key].group) is None])
    if prop.group is None:
        return frozenset({prop.key})
    group = [p.key for p in state.manager.mapper.column_attrs if p.group == prop.group and p.key not in values]
    return frozenset(group)


def load_expired(session: LoadSession, state: InstanceState, load: Load) -> None:
    """Restore all expired columns of an object by one SELECT; changes made since stay.

    Where the whole object is expired, what its options and its mapping load along comes back too.
    """
    keys = _expired_columns(state, state.manager.mapper)
    if not keys:
        state.loaded(())
    elif InstanceState.tokens_in_use:
        with session.near(state):
            _restore(session, state, keys, load)
    else:
        _restore(session, state, keys, load)


def _restore(session: LoadSession, state: InstanceState, keys: frozenset[str], load: Load) -> None:
    mapper = state.manager.mapper
    if state.expired and has_peers(state) and load_expired_of_peers(session, state, keys, load):
        return
    if not state.expired or not eager_choices(mapper, state.context):
        load_columns(session, state, keys)
    elif not load_again(session, state, again(mapper, state.context, keys), load):
        raise ObjectDeletedError(state)


def _expired_columns(state: InstanceState, mapper: Any) -> frozenset[str]:
    """Return the columns to load: of an object without values all that a SELECT of it brings, found once."""
    values, committed, expired = state.dict, state.committed, state.expired_attributes
    every: frozenset[str] | None = mapper.plans.get("expirable columns")
    if every is None:
        keys = (prop.key for prop in mapper.column_attrs if not (prop.deferred or prop.is_query_expression))
        found: frozenset[str] = state.manager.expirable_keys.intersection(keys)
        every = mapper.plans["expirable columns"] = found
    if expired is state.manager.expirable_keys and not committed and every.isdisjoint(values):
        return every
    return frozenset([key for key in every if key in expired and key not in values and key not in committed])


def load_columns(
    session: LoadSession,
    state: InstanceState,
    keys: Iterable[str],
    *,
    is_refresh: bool = False,
    for_update: Any = None,
) -> None:
    """Load the named columns of an object; a refresh overwrites. Raises ObjectDeletedError where the row is gone."""
    mapper = state.manager.mapper
    named = frozenset(keys)
    columns = _kept_columns(mapper, named, for_update) if is_refresh else _kept_missing(mapper, named)
    loaded = _load_values(session, state, columns, state.pk if state.manager.is_composite else (state.pk,))
    if loaded is None:
        raise ObjectDeletedError(state)
    (overwrite if is_refresh else complete)(state, state.require_object(), loaded)


def _load_values(session: LoadSession, state: InstanceState, columns: KeptColumns, pk: Any) -> dict[str, Any] | None:
    """Return the values of a row by attribute key; None where the row is gone."""
    mapper = state.manager.mapper
    if session.hooks.do_orm_execute is not None:
        options = () if state.context is None else state.context.criteria
        row = columns.kept.result(session, mapper, pk, False, options=options).first()
        return None if row is None else {key: row[position] for position, key in columns.places}
    plan, rows = columns.kept.rows(session, mapper, pk)
    return _values_of(columns, plan)(rows[0]) if rows else None


def _kept_columns(mapper: Any, keys: frozenset[str], for_update: Any = None) -> KeptColumns:
    if for_update is not None:
        return some_columns(mapper, keys, for_update)
    columns: KeptColumns | None = mapper.plans.get(("columns", keys))
    if columns is None:
        columns = mapper.plans["columns", keys] = some_columns(mapper, keys)
    return columns


def _kept_missing(mapper: Any, keys: frozenset[str]) -> KeptColumns:
    """Return the SELECT of columns that an object lacks: without the base class's table where they are not in it."""
    columns: KeptColumns | None = mapper.plans.get(("missing columns", keys))
    if columns is None:
        columns = (local_columns(mapper, keys) if len(mapper.tables) > 1 else None) or _kept_columns(mapper, keys)
        mapper.plans["missing columns", keys] = columns
    return columns


def _values_of(columns: KeptColumns, plan: Any) -> Callable[[Any], dict[str, Any]]:
    """Return the function that converts a row, generated once per plan."""
    function, made_for = columns.memo.get("values", (None, None))
    if made_for is not plan:
        function = row_values(plan.layout(()).conversions, columns.places)
        columns.memo["values"] = (function, plan)
    found: Callable[[Any], dict[str, Any]] = function
    return found


def row_values(conversions: Any, places: tuple[tuple[int, str], ...]) -> Callable[[Any], dict[str, Any]]:
    """Return a generated function from a raw row to values by attribute key."""
    values = Values(conversions)
    literal = values.literal(places)
    function: Callable[[Any], dict[str, Any]] = define(
        "values", f"def values(row):\n    {values.row} = row\n    return {literal}\n", values.names
    )
    return function
