"""Refresh: an object's attributes, all or some, as the database has them now; unflushed changes of them are lost.

In: a state of the session. Out: the object with new values. Raises InvalidRequestError where the row is gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...exc import InvalidRequestError
from ..instance.errors import ObjectDeletedError
from ..instance.state import InstanceState
from .by_key import load_by_key
from .columns import load_columns
from .protocol import LoadSession


def refresh(
    session: LoadSession, state: InstanceState, keys: Iterable[str] | None = None, for_update: Any = None
) -> None:
    """Load all attributes that a SELECT of the object brings, or the named ones, in place of what it holds."""
    if keys is None:
        found = load_by_key(session, state.manager.mapper, state.pk, populate_existing=True, for_update=for_update)
        if found is not state():
            raise _gone(state)
        return
    mapper = state.manager.mapper
    named = list(keys)
    related = [key for key in named if key in mapper.relationships]
    columns = [key for key in named if key not in related]
    try:
        load_columns(session, state, [*columns, *mapper.pk_keys] if related else columns, is_refresh=True)
    except ObjectDeletedError:
        raise _gone(state) from None
    for key in related:
        state.dict.pop(key, None)
        getattr(state.require_object(), key)


def _gone(state: InstanceState) -> InvalidRequestError:
    return InvalidRequestError(f"Could not refresh instance '{state.name}': its row is gone")
