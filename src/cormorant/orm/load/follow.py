"""What comes after the rows: attributes that are fetched for all objects of a result at once.

In: a kept statement, or a load result. Out: its items, whose eager attributes are filled. Each follow-up is one SELECT
per chunk of objects, and may have follow-ups of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ...exc import InvalidRequestError
from ..query.branch import Strategy
from ..query.plan import FollowUp
from .immediate import load_immediately
from .kept import Kept, Load
from .loader import LoadResult
from .protocol import LoadSession
from .selectin import load_selectin, unique


def load_items(
    session: LoadSession, kept: Kept, mapper: Any, values: Sequence[Any], is_refresh: bool = False
) -> list[Any]:
    """Run a kept statement with values, and what follows it; return one item per row, parents not repeated."""
    items, result = kept.load(session, mapper, values, is_refresh)
    if result is None:
        return items
    finish(session, result, is_refresh=is_refresh)
    return unique(items) if result.loader.needs_unique else items


def finish(session: LoadSession, result: LoadResult, *, is_refresh: bool = False) -> None:
    """Run the follow-ups of a result; a refresh replaces what the objects hold."""
    for follow, objects in list(result.follow_ups()):
        if objects:
            STRATEGIES[follow.strategy](session, follow, objects, is_refresh, load_items)


def _load_by_subquery(
    session: LoadSession, follow: FollowUp, objects: Sequence[Any], is_refresh: bool, load: Load
) -> None:
    raise InvalidRequestError(
        f"subquery loading of {follow.relationship} is not available yet; use selectinload() or lazy='selectin'"
    )


STRATEGIES: dict[Strategy, Callable[[LoadSession, FollowUp, Sequence[Any], bool, Load], None]] = {
    Strategy.SELECTIN: load_selectin,
    Strategy.IMMEDIATE: load_immediately,
    Strategy.SUBQUERY: _load_by_subquery,
}
