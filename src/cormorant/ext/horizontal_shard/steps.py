"""A flush plan over several databases: each step split into parts that go to one shard each.

In: a flush plan, and the shard of each object. Out: parts in the order of the plan; neighbours of one shard stay
together. What a part does is what its step does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ...orm.flush.execute import RUN
from ...orm.flush.links import LinkRow, LinkRows
from ...orm.flush.plan import DeleteStep, FlushPlan, LinkStep, PostUpdateStep, SaveStep
from ...orm.instance.state import InstanceState

ShardOf = Callable[[InstanceState], Any]


@dataclass(frozen=True, slots=True, eq=False)
class ShardStep:
    """A part of a step, and where it goes."""

    token: Any
    step: Any


class RoutedPlan:
    """A flush plan whose steps say where they go."""

    def __init__(self, plan: FlushPlan, shard_of: ShardOf) -> None:
        self.changes = plan.changes
        self.plan = plan
        self.shard_of = shard_of

    def __iter__(self) -> Iterator[ShardStep]:
        for step in self.plan:
            yield from SPLIT[type(step)](step, self.shard_of)


def _runs(states: Sequence[InstanceState], shard_of: ShardOf) -> Iterable[tuple[Any, tuple[InstanceState, ...]]]:
    for token, members in groupby(states, key=shard_of):
        yield token, tuple(members)


def _split_save(step: SaveStep, shard_of: ShardOf) -> Iterator[ShardStep]:
    links = step.links
    for token, updates in _runs(step.updates, shard_of):
        yield ShardStep(token, SaveStep(step.mapper, (), updates, links))
        links = ()
    for token, inserts in _runs(step.inserts, shard_of):
        yield ShardStep(token, SaveStep(step.mapper, inserts, (), links))
        links = ()


def _split_delete(step: DeleteStep, shard_of: ShardOf) -> Iterator[ShardStep]:
    for token, states in _runs(step.states, shard_of):
        yield ShardStep(token, DeleteStep(step.mapper, states))


def _split_links(step: LinkStep, shard_of: ShardOf) -> Iterator[ShardStep]:
    for kind in ("removed", "moved", "added"):
        rows: list[LinkRow] = getattr(step.rows, kind)
        for token, members in groupby(rows, key=lambda row: shard_of(row.parent)):
            yield ShardStep(token, LinkStep(step.relationship, LinkRows(**{kind: list(members)})))


def _split_post_update(step: PostUpdateStep, shard_of: ShardOf) -> Iterator[ShardStep]:
    for token, links in groupby(step.links, key=lambda link: shard_of(link.child)):
        yield ShardStep(token, PostUpdateStep(tuple(links)))


SPLIT: dict[type, Callable[[Any, ShardOf], Iterator[ShardStep]]] = {
    SaveStep: _split_save,
    DeleteStep: _split_delete,
    LinkStep: _split_links,
    PostUpdateStep: _split_post_update,
}


def _run(session: Any, plan: RoutedPlan, part: ShardStep) -> None:
    with session.on_shard(part.token):
        RUN[type(part.step)](session, plan, part.step)


RUN[ShardStep] = _run
