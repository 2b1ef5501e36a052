"""Rows of objects that are in memory already: what they may change.

In: state, object and the row's values by attribute key. A plain load fills only what is missing; a refresh overwrites,
and so drops the changes of those attributes. Nothing here knows rows or plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ..instance.hooks import call_all
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from ..query.context import QueryContext

_told: dict[InstanceState, tuple[str, ...] | None] = {}
"""What listeners are told of the objects that a program refreshes right now."""


def telling(state: InstanceState, keys: tuple[str, ...] | None, load: Callable[[], None]) -> None:
    """Load something; listeners of `refresh` learn once that these attributes were asked for, None meaning all."""
    hooks = state.manager.hooks
    if hooks is None or hooks.refresh is None:
        load()
        return
    _told[state] = keys
    try:
        load()
        if state in _told:
            _tell_refresh(state, keys)
    finally:
        _told.pop(state, None)


def complete(state: InstanceState, obj: Any, loaded: dict[str, Any]) -> None:
    """Fill the attributes that have no value, except those the program deleted."""
    values = obj.__dict__
    committed = state.committed
    missing = [key for key in loaded if key not in values and key not in committed]
    for key in missing:
        values[key] = loaded[key]
    was_expired = state.expired
    state.loaded(missing)
    if state.manager.hooks is not None:
        _tell_refresh(state, _with_relationships(state, missing) if was_expired else missing)


def _with_relationships(state: InstanceState, keys: list[str]) -> list[str]:
    """Return the attributes that become valid with the row of an expired object: relationships that have no value."""
    values, committed = state.dict, state.committed
    related = state.manager.mapper.relationships.keys()
    return [*keys, *(key for key in related if key not in values and key not in committed)]


def overwrite(state: InstanceState, obj: Any, loaded: dict[str, Any]) -> None:
    """Put the database's values in place of whatever the object held."""
    obj.__dict__.update(loaded)
    state.loaded(loaded)
    committed = state.committed
    if committed:
        for key in loaded:
            committed.pop(key, None)
        forget_if_clean(state)
    _tell_refresh(state, None)


def forget_if_clean(state: InstanceState) -> None:
    """Take an object that has no changes left out of its session's list of changed ones."""
    owner = state.owner
    session = None if owner is None else owner()
    if session is not None and not state.modified:
        session.modified.pop(state, None)


def _tell_refresh(state: InstanceState, keys: Iterable[str] | None) -> None:
    keys = _told.pop(state, keys)
    hooks = state.manager.hooks
    if hooks is not None and hooks.refresh is not None:
        context = _context(state.session, state)
        state.manager.fire_refresh(state, context, None if keys is None else frozenset(keys))


def _context(session: Any, state: InstanceState | None = None) -> QueryContext:
    """Return what listeners learn of the statement that a session runs for the program, if it does."""
    running = None if session is None else session.running
    if running is None:
        return QueryContext(session, refresh_state=state)
    statement, params, options = running
    return QueryContext(session, statement, params, options, refresh_state=state)


def load_hook(manager: Any, session: Any) -> Callable[[Any], None] | None:
    """Return what to call with each new object of a class or of its subclasses; None where nobody listens."""
    on_persistent = session.hooks.loaded_as_persistent
    if on_persistent is None and ((manager.hooks is None and not manager.mapper.children) or not _is_heard(manager)):
        return None

    context = _context(session)

    def tell(obj: Any) -> None:
        state = obj.__dict__[STATE]
        hooks = state.manager.hooks
        call_all(None if hooks is None else hooks.load, state, context)
        for function in on_persistent or ():
            function(session, obj)

    return tell


def _is_heard(manager: Any) -> bool:
    """Tell whether somebody listens to the loading of a class or of its subclasses."""
    if manager.hooks is not None and manager.hooks.load is not None:
        return True
    children = manager.mapper.children
    return bool(children) and any(_is_heard(child.class_manager) for child in children)
