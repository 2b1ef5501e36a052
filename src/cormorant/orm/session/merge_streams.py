"""Merging what was added to write-only and dynamic relationships of given objects.

In: pairs of a given state and the session's object that it became. Out: the members merged and set on that object. It
is checked before anything is copied, so that a refused merge has changed nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ...exc import InvalidRequestError
from ..instance.state import InstanceState
from ..instance.symbols import NOTHING, STATE
from .copying import copy_plan

Pairs = list[tuple[InstanceState, Any]]


def streamed(pairs: Iterable[tuple[InstanceState, Any]]) -> Pairs:
    """Return the pairs whose given object has members to add; raise where their target can take none."""
    found: Pairs = []
    for state, target in pairs:
        if state.pending_changes is NOTHING or target is state():
            continue
        for relationship in copy_plan(state.manager.mapper).streams:
            attribute = state.manager.attributes[relationship.key]
            if attribute.held(state, None):
                if target.__dict__[STATE].pk is not None and not attribute.loads_all:
                    raise InvalidRequestError(
                        f'Collection "{relationship}" does not support implicit iteration; collection replacement '
                        "operations can't be used"
                    )
                found.append((state, target))
                break
    return found


def merge_streams(pairs: Pairs, merged: Callable[[list[Any]], list[Any]]) -> None:
    """Set the members on the session's objects, merged as the function does it."""
    for state, target in pairs:
        held = {
            relationship.key: list(state.manager.attributes[relationship.key].held(state, None))
            for relationship in copy_plan(state.manager.mapper).streams
        }
        changes, state.pending_changes = state.pending_changes, NOTHING  # members lead back to their owner
        try:
            for key, members in held.items():
                if members:
                    attribute = target.__dict__[STATE].manager.attributes[key]
                    attribute.write(target, merged(members))
        finally:
            state.pending_changes = changes
