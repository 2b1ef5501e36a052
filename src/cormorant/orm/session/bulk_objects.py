"""The older bulk verbs: rows of objects or dictionaries, written without the unit of work.

In: objects in any state, or dictionaries by attribute name. Out: rows. The session's books are not kept: objects stay
what they are, except that generated keys are put into them where `return_defaults` asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import wraps
from itertools import groupby
from typing import Any, Concatenate, ParamSpec

from ..flush.rows import is_changed
from ..instance.life import Life
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE
from . import lifecycle
from .bulk_insert import insert_records
from .bulk_update import update_records
from .spreading import spread_records

Pair = tuple[InstanceState, Any]
P = ParamSpec("P")


def _writing(function: Callable[Concatenate[Any, P], None]) -> Callable[Concatenate[Any, P], None]:
    """Let a verb run as a flush does: a session that is routed by `_flushing` writes where its flushes write."""

    @wraps(function)
    def write(session: Any, /, *args: P.args, **kwargs: P.kwargs) -> None:
        session._begin_if_needed()
        before, session._is_flushing = session._is_flushing, True
        try:
            function(session, *args, **kwargs)
        finally:
            session._is_flushing = before

    return write


@_writing
def save_objects(
    session: Any, objects: Iterable[Any], *, return_defaults: bool, update_changed_only: bool, preserve_order: bool
) -> None:
    """Insert the objects that have no identity, update the others."""
    pairs = [(lifecycle.state_of(obj), obj) for obj in objects]
    if not preserve_order:
        pairs.sort(key=lambda pair: (str(pair[0].manager.mapper), pair[0].pk is not None))
    for (mapper, is_update), members in groupby(pairs, key=_kind):
        if is_update:
            _update(session, mapper, list(members), update_changed_only)
        else:
            _insert(session, mapper, list(members), return_defaults)


def _kind(pair: Pair) -> tuple[Any, bool]:
    return pair[0].manager.mapper, pair[0].pk is not None


def _insert(session: Any, mapper: Any, pairs: list[Pair], return_defaults: bool) -> None:
    keys = mapper.column_keys
    records = [{key: obj.__dict__[key] for key in keys if key in obj.__dict__} for _, obj in pairs]
    connection = session.connection_for(mapper)
    stored = insert_records(connection, mapper, records, render_nulls=False, return_defaults=return_defaults)
    if not return_defaults and len(mapper.tables) == 1:
        return
    for (state, obj), record in zip(pairs, stored, strict=True):
        obj.__dict__.update((key, record[key]) for key in mapper.pk_keys)
        if return_defaults:
            state.pk = mapper.pk_from_values(record)
            state.life = Life.DETACHED
            state.forget_changes()


def _update(session: Any, mapper: Any, pairs: list[Pair], changed_only: bool) -> None:
    records: list[dict[str, Any]] = []
    for state, obj in pairs:
        held = obj.__dict__
        values = {key: held[key] for key in mapper.column_keys if key in held}
        if changed_only:
            values = {key: value for key, value in values.items() if _is_changed(state, key, value)}
        version = mapper.version_id_col
        if values and version is not None:
            values.setdefault(mapper.key_of(version), getattr(obj, mapper.key_of(version)))
        if values:
            records.append({**values, **dict(zip(mapper.pk_keys, state.identity or (), strict=True))})
    if records:
        update_records(session.connection_for(mapper), mapper, records)


def _is_changed(state: InstanceState, key: str, value: Any) -> bool:
    original = state.committed.get(key, value)
    return original is NO_VALUE or is_changed(state.manager.attributes[key], original, value)


@_writing
def insert_mappings(
    session: Any,
    mapper: Any,
    mappings: Iterable[MutableMapping[str, Any]],
    *,
    return_defaults: bool,
    render_nulls: bool,
) -> None:
    """Insert dictionaries; with `return_defaults` they get the generated keys."""
    given = list(mappings)
    stored = insert_records(
        session.connection_for(mapper), mapper, given, render_nulls=render_nulls, return_defaults=return_defaults
    )
    if return_defaults:
        for mapping, record in zip(given, stored, strict=True):
            mapping.update((key, record[key]) for key in mapper.pk_keys)


@_writing
def update_mappings(session: Any, mapper: Any, mappings: Iterable[Mapping[str, Any]]) -> None:
    """Update rows by the primary keys in dictionaries."""
    records = [dict(record) for record in spread_records(mapper, mappings)]
    update_records(session.connection_for(mapper), mapper, records)
