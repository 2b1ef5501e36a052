"""Refresh: an object's attributes, all or some, as the database has them now.

In: a state of the session, whose attributes in question are expired. Out: the object with new values. Raises
InvalidRequestError where the row is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from ...exc import InvalidRequestError
from ..instance.errors import ObjectDeletedError
from ..instance.state import InstanceState
from .again import again, load_again
from .columns import load_columns
from .follow import load_items
from .known import telling
from .protocol import LoadSession


def refresh(
    session: LoadSession, state: InstanceState, keys: Iterable[str] | None = None, for_update: Any = None
) -> None:
    """Load what was loaded with the object when it came, by the same options; or the named attributes."""
    if keys is None:
        telling(state, None, partial(_refresh_row, session, state, None, None, for_update))
        return
    mapper = state.manager.mapper
    named = frozenset(keys)
    related = named.intersection(mapper.relationships.keys())
    if related:
        told = (*mapper.pk_keys, *named.difference(mapper.pk_keys))
        telling(state, told, partial(_refresh_row, session, state, named - related, related, for_update))
    else:
        telling(state, tuple(named), partial(_refresh_columns, session, state, named, for_update))


def _refresh_row(
    session: LoadSession,
    state: InstanceState,
    columns: frozenset[str] | None,
    related: frozenset[str] | None,
    for_update: Any,
) -> None:
    kept = again(state.manager.mapper, state.context, columns, related, for_update)
    if not load_again(session, state, kept, load_items):
        raise _gone(state)


def _refresh_columns(session: LoadSession, state: InstanceState, keys: frozenset[str], for_update: Any) -> None:
    try:
        load_columns(session, state, keys, is_refresh=True, for_update=for_update)
    except ObjectDeletedError:
        raise _gone(state) from None


def _gone(state: InstanceState) -> InvalidRequestError:
    return InvalidRequestError(f"Could not refresh instance '{state.name}': its row is gone")
