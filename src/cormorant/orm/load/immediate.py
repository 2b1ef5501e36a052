"""Immediate loading: what lazy loading would do at the first access, done at once for all objects of a result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..instance.symbols import PASSIVE_OFF, STATE, PassiveFlag
from ..query.plan import FollowUp
from .kept import Load
from .lazy import Way
from .lazy import follow as follow_relationship
from .protocol import LoadSession


def load_immediately(
    session: LoadSession, follow: FollowUp, objects: Sequence[Any], is_refresh: bool, load: Load, _: Any = None
) -> None:
    """Fill an attribute of all objects that lack it; of all objects if this is a refresh."""
    key = follow.key
    way = Way(follow.branch, follow.choice.criteria, follow.memo)
    for obj in objects:
        if is_refresh or key not in obj.__dict__:
            state = obj.__dict__[STATE]
            attribute = state.manager.attributes[key]
            follow_relationship(session, state, attribute, PASSIVE_OFF | PassiveFlag.NO_AUTOFLUSH, load, way)
