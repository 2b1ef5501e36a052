"""Expiry: values dropped from objects so that the next read loads them.

In: a session and the states to expire. Out: objects without column values and without unflushed changes. Nothing here
loads; loading is the business of `load_missing`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ... import exc
from ..instance.state import InstanceState
from . import lifecycle


def expire_all(session: Any) -> None:
    """Expire every object of a session; unflushed changes are dropped."""
    session.identity.expire_all()
    session.modified.clear()
    session.touched.clear()


def expire_states(session: Any, states: Iterable[InstanceState]) -> None:
    """Expire the given objects as far as they are in the session."""
    for state in list(states):
        if state.pk is not None and session.identity.contains_state(state):
            state.expire()
        session.modified.pop(state, None)
        session.touched.pop(state, None)


def expire(session: Any, obj: Any, attribute_names: Iterable[str] | None) -> None:
    """Expire one object and what its refresh-expire cascade reaches, or only the named attributes of it."""
    state = lifecycle.state_of(obj)
    require_persistent(session, state)
    if attribute_names is not None:
        state.expire_attributes(list(attribute_names))
        _forget_if_clean(session, state)
        return
    reached = list(lifecycle.reachable(state, obj, "refresh_expire"))
    for each, _ in [(state, obj), *reached]:
        if each.pk is not None and session.identity.contains_state(each):
            each.expire()
            session.modified.pop(each, None)
            session.touched.pop(each, None)
        elif each in session._new:
            lifecycle.release(session, [(each, each())])


def require_persistent(session: Any, state: InstanceState) -> None:
    """Raise InvalidRequestError where an object is not persistent in the session."""
    if not session.identity.contains_state(state):
        raise exc.InvalidRequestError(f"Instance '{state.name}' is not persistent within this Session")


def _forget_if_clean(session: Any, state: InstanceState) -> None:
    if not state.modified:
        session.modified.pop(state, None)
