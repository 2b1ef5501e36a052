"""What comes after the rows: attributes that are fetched for all objects of a result at once.

In: a kept statement, or a load result. Out: its items, whose eager attributes are filled. Each follow-up is one SELECT
per chunk of objects, and may have follow-ups of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

from ...util.collector import paused_collector
from ..instance.symbols import STATE
from ..query.branch import Strategy
from ..query.plan import FollowUp
from .immediate import load_immediately
from .kept import Kept, Load
from .loader import LoadResult, Origin
from .polymorphic import load_subclass_columns
from .protocol import LoadSession
from .selectin import fill_related, load_selectin, unique
from .subquery import can_embed, load_by_subquery

MANY = 100
"""From this many objects on, what is loaded for them is enough to pause the garbage collector."""


def load_items(
    session: LoadSession, kept: Kept, mapper: Any, values: Sequence[Any], is_refresh: bool = False
) -> list[Any]:
    """Run a kept statement with values, and what follows it; return one item per row, parents not repeated."""
    items, result = kept.load(session, mapper, values, is_refresh)
    if result is None:
        return items
    finish(session, result, is_refresh=is_refresh)
    return unique(items) if result.loader.needs_unique else items


class CountingLoad:
    """`load_items` that knows how many items it has given."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self, session: LoadSession, kept: Kept, mapper: Any, values: Sequence[Any], is_refresh: bool = False
    ) -> list[Any]:
        items = load_items(session, kept, mapper, values, is_refresh)
        self.count += len(items)
        return items

    def __len__(self) -> int:
        return self.count


def _comes_later(item: tuple[FollowUp, Sequence[Any]]) -> bool:
    """Sort what embeds the statement before the rest."""
    return item[0].strategy is not Strategy.SUBQUERY


def finish(session: LoadSession, result: LoadResult, *, is_refresh: bool = False) -> None:
    """Run the follow-ups of a result; a refresh replaces what the objects hold."""
    for follow, objects in sorted(result.follow_ups(), key=_comes_later):
        if len(objects) >= MANY:
            load = CountingLoad()
            with paused_collector(load):
                STRATEGIES[follow.strategy](session, follow, objects, is_refresh, load, result.origin)
        elif objects:
            STRATEGIES[follow.strategy](session, follow, objects, is_refresh, load_items, result.origin)


def _load_by_subquery(
    session: LoadSession, follow: FollowUp, objects: Sequence[Any], is_refresh: bool, load: Load, origin: Origin | None
) -> None:
    """Load by a SELECT that holds the original one; by selectin loading where that one was no program's statement."""
    if origin is None or not can_embed(origin.statement):
        load_selectin(session, follow, objects, is_refresh, load)
    else:
        with nullcontext() if origin.token is None else session.identity.under(origin.token):
            load_by_subquery(session, follow, objects, is_refresh, origin, finish)


def _load_nothing(
    session: LoadSession, follow: FollowUp, objects: Sequence[Any], is_refresh: bool, load: Load, origin: Origin | None
) -> None:
    """Leave the attribute empty."""
    fill_related(follow.relationship, [((obj, obj.__dict__[STATE]), []) for obj in objects], is_refresh)


Strategies = Callable[[LoadSession, FollowUp, Sequence[Any], bool, Load, Origin | None], None]
STRATEGIES: dict[Strategy, Strategies] = {
    Strategy.SELECTIN: load_selectin,
    Strategy.IMMEDIATE: load_immediately,
    Strategy.SUBQUERY: _load_by_subquery,
    Strategy.NOLOAD: _load_nothing,
    Strategy.SUBCLASSES: load_subclass_columns,
}
