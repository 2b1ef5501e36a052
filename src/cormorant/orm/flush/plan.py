"""The plan of a flush: a list of steps, each a value that says what is written and why. Executing it is another module.

In: ordered groups and the changes. Out: `FlushPlan`. Its repr is one line per step, so that an order can be tested and
shown without a database; `mermaid()` draws it. Values are taken when a step runs: a step may make the next one's keys.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..instance.state import InstanceState
from .changes import Changes
from .defaults import needs_version_step
from .links import Link, LinkRows
from .order import Group, order_groups
from .rows import table_writes


class SaveStep(NamedTuple):
    """New and changed rows of one hierarchy; foreign keys are copied before."""

    mapper: Any
    inserts: tuple[InstanceState, ...]
    updates: tuple[InstanceState, ...]
    links: tuple[Link, ...]

    def lines(self) -> Iterator[str]:
        """Yield what the step does, a line per table and verb."""
        linked: dict[InstanceState, set[str]] = {}
        for link in self.links:
            linked.setdefault(link.child, set()).update(link.changed_keys())
        changed = [(state, _tables_to_update(state, linked.get(state, set()))) for state in self.updates]
        yield from _row_lines("UPDATE", changed)
        yield from _row_lines("INSERT", [(state, state.manager.mapper.written_tables) for state in self.inserts])


class DeleteStep(NamedTuple):
    """Rows of one hierarchy that go."""

    mapper: Any
    states: tuple[InstanceState, ...]

    def lines(self) -> Iterator[str]:
        """Yield what the step does, a line per table."""
        yield from _row_lines("DELETE", [(state, state.manager.mapper.written_tables[::-1]) for state in self.states])


class LinkStep(NamedTuple):
    """Rows of a secondary table."""

    relationship: Any
    rows: LinkRows

    def lines(self) -> Iterator[str]:
        """Yield what the step does."""
        table = self.relationship.secondary.name
        name = f"{self.relationship.parent.class_.__name__}.{self.relationship.key}"
        if self.rows.removed:
            yield f"DELETE {table}: {_count(len(self.rows.removed))} ({name})"
        if self.rows.moved:
            yield f"UPDATE {table}: {_count(len(self.rows.moved))} ({name})"
        if self.rows.added:
            yield f"INSERT {table}: {_count(len(self.rows.added))} ({name})"


class PostUpdateStep(NamedTuple):
    """Foreign keys that are set once both rows exist, or cleared before one goes."""

    links: tuple[Link, ...]

    def lines(self) -> Iterator[str]:
        """Yield what the step does, a line per relationship."""
        for name, count in Counter(link.wiring.name for link in self.links).items():
            yield f"UPDATE after the rest: {_count(count)} ({name})"


Step = SaveStep | DeleteStep | LinkStep | PostUpdateStep


class FlushPlan:
    """What a flush writes, in order."""

    __slots__ = ("changes", "steps")

    def __init__(self, steps: tuple[Step, ...], changes: Changes) -> None:
        self.steps = steps
        self.changes = changes

    def __repr__(self) -> str:
        lines = [line for step in self.steps for line in step.lines()]
        return "\n".join(lines) or "nothing to write"

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def mermaid(self) -> str:
        """Return the plan as a Mermaid flow chart."""
        lines = [line for step in self.steps for line in step.lines()]
        nodes = [f'  s{number}["{line}"]' for number, line in enumerate(lines)]
        arrows = [f"  s{number} --> s{number + 1}" for number in range(len(lines) - 1)]
        return "\n".join(["flowchart TD", *nodes, *arrows])


NO_LINKS: Mapping[InstanceState, list[Link]] = {}


def make_plan(changes: Changes) -> FlushPlan:
    """Return the plan for the changes; raises CircularDependencyError."""
    if not changes.links:
        return FlushPlan(tuple([_step(group, changes, NO_LINKS) for group in order_groups(changes)]), changes)
    steps: list[Step] = []
    by_child: dict[InstanceState, list[Link]] = {}
    late: list[Link] = []
    for link in changes.links:
        if link.wiring.post_update:
            late.append(link)
        else:
            by_child.setdefault(link.child, []).append(link)
    for group in order_groups(changes):
        if late and group.kind == "delete":
            steps.append(PostUpdateStep(tuple(late)))
            late = []
        steps.append(_step(group, changes, by_child))
    if late:
        steps.append(PostUpdateStep(tuple(late)))
    return FlushPlan(tuple(steps), changes)


def _step(group: Group, changes: Changes, by_child: Mapping[InstanceState, list[Link]]) -> Step:
    if group.kind == "link":
        return LinkStep(group.subject, changes.link_rows[group.subject])
    if group.kind == "unlink":
        return LinkStep(group.subject, changes.unlinked[group.subject])
    if group.kind == "delete":
        return DeleteStep(group.subject, group.rows)
    if not by_child:
        return SaveStep(group.subject, group.new, group.rows, ())
    links = tuple([link for state in (*group.new, *group.rows) for link in by_child.get(state, ())])
    return SaveStep(group.subject, group.new, group.rows, links)


def _tables_to_update(state: InstanceState, linked: set[str]) -> Sequence[Any]:
    """Return the tables in which the object has something to write: changed values, foreign keys to be copied."""
    mapper, obj = state.manager.mapper, state()
    if state.pk is None or obj is None:
        return mapper.written_tables  # type: ignore[no-any-return]
    found = [(table, table_writes(mapper, table)) for table in mapper.written_tables]
    return [
        table
        for table, writes in found
        if writes.changed_keys(state, obj.__dict__)
        or not linked.isdisjoint(writes.by_key)
        or needs_version_step(writes, state, obj)
    ]


def _row_lines(verb: str, rows: Iterable[tuple[InstanceState, Sequence[Any]]]) -> Iterator[str]:
    """Yield a line per table, with the classes whose rows it gets."""
    tables: dict[Any, Counter[str]] = {}
    for state, concerned in rows:
        for table in concerned:
            tables.setdefault(table, Counter())[state.manager.mapper.class_.__name__] += 1
    for table, classes in tables.items():
        yield f"{verb} {table.name}: {_count(sum(classes.values()))} ({', '.join(classes)})"


def _count(rows: int) -> str:
    return f"{rows} row" if rows == 1 else f"{rows} rows"
