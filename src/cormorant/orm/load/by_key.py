"""Objects by primary key: one, or many at once.

In: a session, a mapper and raw primary keys (a tuple only where the key is composite). Out: objects. What the session
holds already is completed, not overwritten, unless the caller says `populate_existing`. Looking in the identity map
first is the caller's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any

from ...exc import MultipleResultsFound
from ...sql.select import Select
from ...util.collector import paused_collector
from .follow import load_items
from .kept import Kept
from .protocol import LoadSession
from .statements import by_key, by_keys, key_criteria, keys_in, places

CHUNK = 500
"""Keys per SELECT."""


def load_by_key(
    session: LoadSession,
    mapper: Any,
    pk: Any,
    *,
    options: Sequence[Any] = (),
    populate_existing: bool = False,
    for_update: Any = None,
) -> Any:
    """Return the object of a row, or None where there is no row; `options` are loader options."""
    values = pk if mapper.class_manager.is_composite else (pk,)
    kept = mapper.plans.get("by key") if not options and for_update is None else None
    if kept is None:
        kept = _kept_for_key(mapper, options, for_update)
    items = load_items(session, kept, mapper, values, populate_existing)
    if len(items) > 1:
        raise MultipleResultsFound("Multiple rows were found when exactly one was required")
    return items[0] if items else None


def _kept_for_key(mapper: Any, options: Sequence[Any], for_update: Any) -> Kept:
    if not options and for_update is None:
        mapper.plans["by key"] = kept = by_key(mapper)
        return kept
    binds = places(mapper.primary_key)
    select = Select(mapper.node).where(*key_criteria(mapper, binds)).options(*options)
    return Kept(select if for_update is None else select._copy(for_update=for_update), binds, is_by_key=True)


def load_many_by_keys(
    session: LoadSession,
    mapper: Any,
    pks: Sequence[Any],
    *,
    options: Sequence[Any] = (),
    populate_existing: bool = False,
    chunk: int = CHUNK,
) -> list[Any]:
    """Return the objects of all rows that exist, by one SELECT per chunk of keys; their order is the database's."""
    kept = mapper.plans.get("by keys") if not options else None
    if kept is None:
        kept = _kept_for_keys(mapper, options)
    found: list[Any] = []
    if mapper.class_manager.is_composite and any(None in pk for pk in pks):
        for pk in [pk for pk in pks if None in pk]:  # a list of keys finds no NULL
            one = load_by_key(session, mapper, pk, options=options, populate_existing=populate_existing)
            found += [] if one is None else [one]
        pks = [pk for pk in pks if None not in pk]
    with paused_collector(found) if len(pks) > chunk else nullcontext():
        for start in range(0, len(pks), chunk):
            found += load_items(session, kept, mapper, (list(pks[start : start + chunk]),), populate_existing)
    return found


def _kept_for_keys(mapper: Any, options: Sequence[Any]) -> Kept:
    if not options:
        mapper.plans["by keys"] = kept = by_keys(mapper)
        return kept
    criterion, bind = keys_in(mapper.primary_key)
    return Kept(Select(mapper.node).where(criterion).options(*options), [bind])
