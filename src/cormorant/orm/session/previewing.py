"""What a merge would write, without writing it: `session.merge_preview()`.

In: a session and given objects. Out: `MergePreview`, which prints the flush that would follow, step by step and object
by object, with old and new values. The merge is done in a session of its own on the same connection, inside a savepoint
that is rolled back: rows are read, nothing is written, and the session's objects stay as they are. What the session
itself has not flushed is not part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..flush.plan import DeleteStep, FlushPlan, SaveStep
from ..flush.unit_of_work import plan as plan_flush
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE


class Change(NamedTuple):
    """A row that would be written."""

    verb: str
    """INSERT, UPDATE or DELETE."""
    name: str
    """The class."""
    key: tuple[Any, ...] | None
    """The primary key; None where the database makes it."""
    values: dict[str, tuple[Any, Any]]
    """Attribute -> old and new value; the old one is None where there was none."""

    def __str__(self) -> str:
        head = f"{self.verb} {self.name} {'(new key)' if self.key is None else ', '.join(map(repr, self.key))}"
        text = "{key}: {old!r} -> {new!r}" if self.verb == "UPDATE" else "{key}={new!r}"
        shown = [text.format(key=key, old=old, new=new) for key, (old, new) in self.values.items()]
        return f"{head}: {', '.join(shown)}" if shown else head


class MergePreview:
    """What a merge would write: `changes` by row, `plan` as text and `mermaid` as a graph of the flush."""

    def __init__(self, plan: FlushPlan) -> None:
        self.plan = repr(plan)
        self.mermaid = plan.mermaid()
        self.changes = tuple(_changes(plan))

    def __bool__(self) -> bool:
        return bool(self.changes) or self.plan != "nothing to write"

    def __repr__(self) -> str:
        return "\n".join(map(str, self.changes)) or self.plan


def preview(scratch: Any, merge: Callable[[Any], object]) -> MergePreview:
    """Merge in the session `scratch` and return what a flush of it would write; the session is closed."""
    with scratch:
        kept = merge(scratch)
        found = MergePreview(plan_flush(scratch))
        del kept
    return found


def _changes(plan: FlushPlan) -> Iterator[Change]:
    for step in plan:
        if isinstance(step, SaveStep):
            for link in step.links:
                link.apply()
            for state in step.inserts:
                yield Change("INSERT", state.class_.__name__, None, _new_values(state))
            for state in step.updates:
                values = _changed_values(state)
                if values:
                    yield Change("UPDATE", state.class_.__name__, state.identity, values)
        elif isinstance(step, DeleteStep):
            for state in step.states:
                yield Change("DELETE", state.class_.__name__, state.identity, {})


def _new_values(state: InstanceState) -> dict[str, tuple[Any, Any]]:
    values, attributes = state.dict, state.manager.attributes
    return {key: (None, values[key]) for key in attributes if key in values and attributes[key].is_column}


def _changed_values(state: InstanceState) -> dict[str, tuple[Any, Any]]:
    values, attributes = state.dict, state.manager.attributes
    found: dict[str, tuple[Any, Any]] = {}
    for key, old in state.committed.items():
        attribute = attributes[key]
        new = values.get(key)
        if attribute.is_column and (old is NO_VALUE or attribute.is_equal(old, new) is not True):
            found[key] = (None if old is NO_VALUE else old, new)
    return found
