"""What a merge by upsert writes before it copies: which given objects have a row to send, and what is in it.

In: the objects of a merge and what they lead to. Out: rows by class and level, in the order in which they may be sent.
An object whose row cannot be written without looking at what is there (a column without value that must have one, a
parent that is not written yet) has none: it is left to the merge itself, which loads it. Nothing is sent here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...sql.node import Node
from ..flush.links import wiring_of
from ..flush.rows import TableWrites, table_writes
from ..instance.state import InstanceState
from ..instance.symbols import STATE
from ..mapping.direction import MANYTOONE, ONETOMANY
from .copying import copy_plan
from .merge_targets import Entry, Kinds, members_of
from .natural_keys import NaturalKey

ABSENT = object()


class Need(NamedTuple):
    """A foreign key of a given object that comes from another given object, or is NULL."""

    source: InstanceState | None
    pairs: tuple[tuple[str, str], ...]
    """Attribute of the other object, attribute of this one."""


@dataclass(eq=False, slots=True)
class Row:
    """The row of one object: what is written where it is new, and which of that where it exists."""

    state: InstanceState
    mapper: Any
    values: dict[str, Any]
    changed: set[str] = field(default_factory=set[str])
    level: int = 0

    @property
    def shape(self) -> tuple[Any, ...]:
        """What rows of one statement have in common."""
        return self.mapper, self.level, frozenset(self.values), frozenset(self.changed)


class Given:
    """The objects of a merge by state, in the order in which they are reached, with what they need of each other."""

    def __init__(self, roots: Iterable[Entry]) -> None:
        self.objects: dict[InstanceState, Any] = {}
        self.needs: dict[InstanceState, list[Need]] = {}
        stack = list(roots)[::-1]
        while stack:
            state, obj, _ = stack.pop()
            if state not in self.objects:
                self.objects[state] = obj
                stack += list(self._related(state, obj))[::-1]

    def _related(self, state: InstanceState, obj: Any) -> Iterator[Entry]:
        for along in copy_plan(state.manager.mapper).along:
            if along.key not in obj.__dict__:
                continue
            members = members_of(along, obj.__dict__[along.key])
            relationship = along.relationship
            if relationship.direction is MANYTOONE:
                source = members[0][0] if members else None
                self.needs.setdefault(state, []).append(Need(source, wiring_of(relationship).pairs))
            elif relationship.direction is ONETOMANY:
                for member, _, _ in members:
                    self.needs.setdefault(member, []).append(Need(state, wiring_of(relationship).pairs))
            yield from members


class Rows:
    """The rows of a merge; `find` gives those of one table after those that they refer to are written."""

    def __init__(self, session: Any, kinds: Kinds, roots: Iterable[Entry], natural: NaturalKey | None) -> None:
        self.session = session
        self.kinds = kinds
        self.natural = natural
        self.given = Given(roots)
        self.written: dict[InstanceState, Any] = {}
        """Given objects whose row was sent, and the session's object for it, None where that is not known."""
        self.waiting: set[Any] = {table for state in session._new for table in state.manager.mapper.tables}
        """Tables that get rows only at the flush."""

    def mappers(self) -> list[Any]:
        """Return the classes of the given objects that are not the session's own, in the order of their tables."""
        ref = self.session.ref
        found = {state.manager.mapper: None for state in self.given.objects if state.owner is not ref}
        order: dict[Any, int] = {}
        for metadata in dict.fromkeys(table.metadata for mapper in found for table in mapper.tables):
            order |= {table: number for number, table in enumerate(metadata.sorted_tables)}
        return sorted(found, key=lambda mapper: order.get(mapper.local_table, len(order)))

    def find(self, mapper: Any) -> list[Row]:
        """Return the rows of a class; what is given twice by one key is one row, the last values win."""
        writes = table_writes(mapper, mapper.local_table)
        states = [state for state in self.given.objects if state.manager.mapper is mapper]
        states = [state for state in states if state.owner is not self.session.ref]
        others = {key.column.table for key in mapper.local_table.foreign_keys} - {mapper.local_table}
        rows: dict[Any, Row] = {}
        left = states
        if self.waiting.isdisjoint(others):
            left = self._in_levels(writes, states, rows)
        if left:
            self.waiting.add(mapper.local_table)
        return list(rows.values())

    def _in_levels(self, writes: TableWrites, states: list[InstanceState], rows: dict[Any, Row]) -> list[InstanceState]:
        """Add the rows of objects, those that refer to rows of the same table a level below these; return the rest."""
        level, left, sent = 0, states, set[InstanceState]()
        while left:
            ready = [state for state in left if self._is_ready(state, sent)]
            done: list[InstanceState] = []
            for state in ready:
                row = self._row(writes, state)
                if row is not None:
                    row.level = level
                    self._add(rows, row)
                    done.append(state)
            if not done:
                break
            sent.update(done)
            left = [state for state in left if state not in sent]
            level += 1
        return left

    def _is_ready(self, state: InstanceState, sent: set[InstanceState]) -> bool:
        """Tell whether all rows that a row refers to are there by the time it is sent."""
        for need in self.given.needs.get(state, ()):
            source = need.source
            if source is None or source in self.written or source in sent:
                continue
            if source.owner is not self.session.ref or source.pk is None:
                return False
        return True

    def _add(self, rows: dict[Any, Row], row: Row) -> None:
        key = self._key(row.state, self.given.objects[row.state])
        before = rows.get(key)
        if before is None:
            rows[key] = row
        else:
            before.values |= row.values
            before.changed |= row.changed
            before.level = max(before.level, row.level)

    def _key(self, state: InstanceState, obj: Any) -> Any:
        """Return what finds the row of an object: its primary key, else its natural key; None where it has neither."""
        pk = state.pk
        if pk is None:
            pk = self.kinds[type(state)].plan.pk_of(obj.__dict__)
        if self.natural is not None and obj.__dict__[STATE].manager.mapper is self.natural.mapper:
            values = self.natural.of(obj)
            return None if values is None or pk is not None else ("natural", values)
        return None if pk is None or (type(pk) is tuple and None in pk) else ("primary", pk)

    def _row(self, writes: TableWrites, state: InstanceState) -> Row | None:
        """Return the row of an object; None where it cannot be written blindly."""
        obj, mapper = self.given.objects[state], state.manager.mapper
        key = self._key(state, obj)
        if key is None or (InstanceState.losses_in_use and state.lost_keys) or self._is_going(state, key):
            return None
        given = copy_plan(mapper).adopt(obj.__dict__)
        if key[0] == "primary":
            given |= dict(zip(mapper.pk_keys, state.manager.pk_tuple(key[1]), strict=True))
        derived = self._derived(state)
        values = given | derived
        found: dict[str, Any] = {}
        for write in writes.columns:
            value = values.get(write.key, ABSENT)
            if not _is_sendable(write.column, value):
                return None
            if value is not ABSENT:
                found[write.key] = value
        own = mapper.pk_keys if key[0] == "primary" else ()
        return Row(state, mapper, found, {name for name in found if name not in derived and name not in own})

    def _derived(self, state: InstanceState) -> dict[str, Any]:
        """Return the foreign keys that relationships of the given objects say; they beat those given beside them."""
        found: dict[str, Any] = {}
        for need in self.given.needs.get(state, ()):
            values: dict[str, Any] = {}
            if need.source is not None:
                target = self.written.get(need.source)
                values = self.given.objects[need.source].__dict__ if target is None else target.__dict__
            for source, target_key in need.pairs:
                found[target_key] = values.get(source)
        return found

    def _is_going(self, state: InstanceState, key: Any) -> bool:
        """Tell whether the session's object for a row is marked to be deleted."""
        present = self.kinds[type(state)].find(state, key[1]) if key[0] == "primary" else None
        return present is not None and present.__dict__[STATE] in self.session._deleted


def _is_sendable(column: Any, value: Any) -> bool:
    """Tell whether a value, or none, can stand for a column both in a new row and in one that is there."""
    has_default = column.default is not None or column.server_default is not None or column.identity is not None
    if column.computed is not None:
        return value is ABSENT
    if value is ABSENT:
        is_generated = column.primary_key and column.table.autoincrement_column is column
        return bool(column.nullable or has_default or is_generated)
    if value is None:
        return bool(column.nullable) and not has_default
    return not isinstance(value, Node) and not hasattr(value, "__clause_element__")
