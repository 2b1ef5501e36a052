"""Refresh: an object's attributes, all or some, as the database has them now.

In: a state of the session, whose attributes in question are expired. Out: the object with new values. Raises
InvalidRequestError where the row is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...exc import InvalidRequestError
from ..instance.errors import ObjectDeletedError
from ..instance.state import InstanceState
from .again import again, load_again
from .columns import load_columns
from .follow import load_items
from .known import told_as
from .protocol import LoadSession


def refresh(
    session: LoadSession, state: InstanceState, keys: Iterable[str] | None = None, for_update: Any = None
) -> None:
    """Load what was loaded with the object when it came, by the same options; or the named attributes."""
    mapper = state.manager.mapper
    named = None if keys is None else frozenset(keys)
    related = None if named is None else named.intersection(mapper.relationships.keys())
    if named is not None and not related:
        _refresh_columns(session, state, named, for_update)
        return
    columns = None if named is None or related is None else named - related
    kept = again(mapper, state.context, columns, related, for_update)
    with told_as(state, None if named is None else (*mapper.pk_keys, *named.difference(mapper.pk_keys))):
        if not load_again(session, state, kept, load_items):
            raise _gone(state)


def _refresh_columns(session: LoadSession, state: InstanceState, keys: frozenset[str], for_update: Any) -> None:
    try:
        with told_as(state, tuple(keys)):
            load_columns(session, state, keys, is_refresh=True, for_update=for_update)
    except ObjectDeletedError:
        raise _gone(state) from None


def _gone(state: InstanceState) -> InvalidRequestError:
    return InvalidRequestError(f"Could not refresh instance '{state.name}': its row is gone")
