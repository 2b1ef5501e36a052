"""Collections while they are loaded: an empty one, and the function that adds a member without telling anybody.

In: the collection attribute and the state of the parent. Out: the collection and its adder. Nothing here knows rows.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from ..instance.containers import InstrumentedList
from ..instance.state import NO_KEYS, InstanceState
from ..instance.symbols import NO_KEY

Add = Callable[[Any], None]
LIST_APPEND: Any = getattr(list, "append")  # noqa: B009 - below the tracking, and of no type that checkers know
LIST_EXTEND: Any = getattr(list, "extend")  # noqa: B009


def start_loading(attribute: Any, state: InstanceState) -> tuple[Any, Add]:
    """Return a new collection for a parent that has none, and its adder."""
    collection = attribute.new_collection(state)
    return collection, adder_of(collection)


def start_again(attribute: Any, state: InstanceState) -> tuple[Any, Add]:
    """Return a new collection in place of what the parent holds, whose changes are dropped."""
    key = attribute.key
    old = state.dict.get(key)
    if old is not None:
        attribute.invalidate(state, old)
    state.forget_change(key)
    state.forget_pending(key)
    state.loaded((key,))
    return start_loading(attribute, state)


def _is_plain(collection: Any) -> bool:
    """Tell whether a collection is the library's own list, into which members can be put directly."""
    return type(collection) is InstrumentedList


def adder_of(collection: Any) -> Add:
    """Return the function that adds a member to a collection, telling nobody."""
    if _is_plain(collection):
        add: Add = LIST_APPEND.__get__(collection)
        return add
    return partial(_add, collection._plain_add)


def _add(plain_add: Callable[[Any, Any], None], item: Any) -> None:
    plain_add(item, NO_KEY)


def fill_list(attribute: Any, state: InstanceState, obj: Any, members: list[Any]) -> Any:
    """Store loaded members as the parent's collection and return it; changes queued before are applied."""
    key, values = attribute.key, obj.__dict__
    collection: Any = attribute.new_collection(state)
    if key in values or key in state.committed:
        return attribute.fill(state, collection._shaped(members))
    if _is_plain(collection):
        LIST_EXTEND(collection, members)
    else:
        for member in members:
            collection._plain_add(member, NO_KEY)
    values[key] = collection
    if state.expired_attributes is not NO_KEYS:
        state.loaded((key,))
    return collection
