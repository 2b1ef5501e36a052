"""What a session answers when an attribute has no value in memory: the one entry for reads of mapped attributes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..instance.state import InstanceState
from ..instance.symbols import PassiveFlag
from .columns import load_column, load_expired
from .follow import load_items
from .lazy import load_related
from .protocol import LoadSession
from .selectin import load_for_parents
from .statements import for_parents


def load_missing(session: LoadSession, state: InstanceState, attribute: Any, passive: PassiveFlag) -> Any:
    """Load what an attribute lacks, store it and return it; see `orm.instance.owner`."""
    if attribute.is_column:
        return load_column(session, state, attribute.key, passive, load_items)
    return load_related(session, state, attribute, passive, load_items)


def load_whole(session: LoadSession, state: InstanceState) -> None:
    """Load an expired object; raises ObjectDeletedError where its row is gone."""
    load_expired(session, state, load_items)


def load_collections(session: LoadSession, relationship: Any, pairs: Iterable[tuple[InstanceState, Any]]) -> None:
    """Load a relationship of many objects, for a flush or merge, by one SELECT per chunk of them."""
    plans = relationship.parent.plans
    kept = plans.get(("selectin", relationship.key))
    if kept is None:
        kept = plans["selectin", relationship.key] = for_parents(relationship)
    parents = [(obj, state) for state, obj in pairs if relationship.key not in obj.__dict__]
    load_for_parents(session, relationship, kept, parents, load_items)
