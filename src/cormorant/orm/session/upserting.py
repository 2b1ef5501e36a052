"""Merging by upsert: rows of given objects are written first, by INSERTs that change the row where there is one.

In: the objects of a merge. Out: rows in the database, and the session's objects for them, filled from what the
statements return; the merge then finds them, and copies what is left. What the session had not written yet stays as a
change. What an upsert cannot do right for a class is refused before anything is sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from ...exc import ArgumentError
from ...schema.constraints import UniqueConstraint
from ...sql.constructors import case
from ...sql.logic import and_
from ..flush.defaults import FlushContext
from ..flush.rows import table_writes
from ..instance.identity import IdentityMap
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, STATE
from ..mapping.hooks import mapper_hooks
from .merge_targets import Entry, Kinds
from .natural_keys import NaturalKey
from .upsert_rows import Row, Rows

REMEDY = "merge() without strategy='upsert', which looks at the rows first, can do it"
Found = dict[InstanceState, Any]


def upsert(session: Any, kinds: Kinds, roots: Sequence[Entry], natural: NaturalKey | None) -> Found:
    """Write the rows of given objects as far as that can be done blindly; return the session's objects for them."""
    if InstanceState.tokens_in_use and type(session.identity) is not IdentityMap:
        raise ArgumentError(f"strategy='upsert' does not know on which of several databases a row is; {REMEDY}")
    rows = Rows(session, kinds, roots, natural)
    mappers = rows.mappers()
    ways = {mapper: Way(session, mapper, natural) for mapper in mappers}
    for mapper in mappers:
        ready = rows.find(mapper)
        if ready and not ways[mapper].can_be_sent:
            rows.waiting.add(mapper.local_table)
            continue
        ready.sort(key=lambda row: row.level)
        for _, level in groupby(ready, key=lambda row: row.level):
            groups: dict[Any, list[Row]] = {}
            for row in level:
                groups.setdefault(row.shape, []).append(row)
            for group in groups.values():
                rows.written |= ways[mapper].write(session, kinds, rows, group)
    return {state: target for state, target in rows.written.items() if target is not None}


class Way:
    """How rows of a class are upserted on its database; raises ArgumentError where that could not be right."""

    def __init__(self, session: Any, mapper: Any, natural: NaturalKey | None) -> None:
        _require_plain(mapper)
        self.mapper = mapper
        self.natural = natural if natural is not None and natural.mapper is mapper else None
        keys = mapper.pk_keys if self.natural is None else self.natural.keys
        self.keys: tuple[str, ...] = tuple(keys)
        self.columns = tuple([mapper.properties[key].columns[0] for key in keys])
        table = mapper.local_table
        unique = _unique_keys(table)
        if frozenset(self.columns) not in unique:
            names = ", ".join(column.name for column in self.columns)
            raise ArgumentError(
                f"strategy='upsert' needs a unique key of {table.description!r} over {names}, which the Table does not "
                f"have; {REMEDY}"
            )
        self.connection = session.connection_for(mapper)
        dialect = self.connection.dialect
        if not dialect.features.upserts:
            raise ArgumentError(
                f"strategy='upsert' needs an INSERT that changes the row where there is one, which {dialect.name!r} "
                f"does not have; {REMEDY}"
            )
        self.can_be_sent = dialect.features.upsert_names_key or len(unique) == 1 or self._is_only_key(unique)
        """Whether no other unique key of the table could decide which row is meant."""

    def _is_only_key(self, unique: set[frozenset[Any]]) -> bool:
        """Tell whether the key is the only one that rows can meet: a generated primary key meets none."""
        generated = self.mapper.local_table.autoincrement_column
        others = unique - {frozenset(self.columns)}
        return self.natural is not None and generated is not None and others == {frozenset({generated})}

    # --- writing

    def write(self, session: Any, kinds: Kinds, rows: Rows, group: list[Row]) -> Found:
        """Send the rows of one shape; return the session's object for each given one."""
        sample = group[0]
        unwritten = self._unwritten(kinds, group)
        assignments = partial(self._assignments, sample)
        statement = self.connection.dialect.upsert(self.mapper.class_, self.columns, assignments)
        values = [row.values for row in group]
        if not self.connection.dialect.features.insert_returning:
            session.execute(statement, values)
            self._leave_to_be_loaded(kinds, group)
            found: list[Any] = []
        else:
            options = {"populate_existing": True}
            found = session.scalars(statement.returning(self.mapper.class_), values, execution_options=options).all()
        written = [obj.__dict__[STATE] for obj in (*found, *self._present(kinds, group))]
        session._transaction.flushed.update(dict.fromkeys(written))  # what a rollback to a savepoint has to expire
        for state, (obj, changes) in unwritten.items():
            _keep(state, obj, changes, sample.changed)
        return self._matched(rows, group, found)

    def _assignments(self, sample: Row, new: Any) -> list[tuple[str, Any]]:
        """Return what is set in a row that is there: first what depends on whether the others change it."""
        table = self.mapper.local_table
        writes = table_writes(self.mapper, table)
        columns = [write.column for write in writes.columns if write.key in sample.changed]
        is_same = and_(*[column.is_not_distinct_from(new[column.key]) for column in columns]) if columns else None
        found: list[tuple[str, Any]] = []
        for write in writes.columns:
            column = write.column
            if column.onupdate is not None and write.key not in sample.changed and is_same is not None:
                value = self._on_update(column.onupdate, sample)
                found.append((column.key, case((is_same, table.c[column.key]), else_=value)))
        found += [(column.key, new[column.key]) for column in columns]
        return found or [(column.key, new[column.key]) for column in self.columns]

    def _on_update(self, default: Any, sample: Row) -> Any:
        if default.is_scalar or default.is_clause_element:
            return default.arg
        return default.arg(FlushContext(self.connection, sample.values))

    # --- the session's objects

    def _present(self, kinds: Kinds, group: Iterable[Row]) -> list[Any]:
        """Return the session's objects for rows, as far as these are known by primary key."""
        if self.natural is not None:
            entries = kinds[type(next(iter(group)).state)].entries
            wanted = {tuple([row.values[key] for key in self.keys]) for row in group}
            held = [state() for state in list(entries.values()) if state.manager.mapper is self.mapper]
            return [
                obj for obj in held if obj is not None and tuple([obj.__dict__.get(key) for key in self.keys]) in wanted
            ]
        found = [kinds[type(row.state)].find(row.state, self._pk(row)) for row in group]
        return [obj for obj in found if obj is not None]

    def _pk(self, row: Row) -> Any:
        parts = tuple([row.values[key] for key in self.mapper.pk_keys])
        return parts if self.mapper.class_manager.is_composite else parts[0]

    def _unwritten(self, kinds: Kinds, group: Sequence[Row]) -> dict[InstanceState, tuple[Any, dict[str, Any]]]:
        """Return the changes of columns that the session's objects hold, by state."""
        found: dict[InstanceState, tuple[Any, dict[str, Any]]] = {}
        columns = self.mapper.column_keys
        for obj in self._present(kinds, group):
            state = obj.__dict__[STATE]
            changes = {key: obj.__dict__.get(key, NO_VALUE) for key in state.committed if key in columns}
            if changes:
                found[state] = (obj, changes)
        return found

    def _leave_to_be_loaded(self, kinds: Kinds, group: Sequence[Row]) -> None:
        """Expire what the session's objects held of rows that were written, where nothing came back."""
        for obj in self._present(kinds, group):
            state = obj.__dict__[STATE]
            state.expire_attributes([key for key in self.mapper.column_keys if key not in state.committed])

    def _matched(self, rows: Rows, group: Sequence[Row], found: Sequence[Any]) -> Found:
        """Return the session's object for each given object of some rows, None where nothing came back."""
        by_key = {tuple([obj.__dict__.get(key) for key in self.keys]): obj for obj in found}
        targets = {tuple([row.values[key] for key in self.keys]): row for row in group}
        matched: Found = {}
        for state, obj in rows.given.objects.items():
            if state.manager.mapper is not self.mapper:
                continue
            key = rows._key(state, obj)
            if key is not None:
                values = key[1] if key[0] == "natural" else state.manager.pk_tuple(key[1])
                if values in targets:
                    matched[state] = by_key.get(values)
        return matched


def _keep(state: InstanceState, obj: Any, changes: dict[str, Any], written: set[str]) -> None:
    """Put unwritten changes back over what came from the database, but for what was written now."""
    for key, value in changes.items():
        if key in written:
            state.forget_change(key)
            continue
        state.note_change(obj, key, obj.__dict__.get(key, NO_VALUE))
        if value is NO_VALUE:
            obj.__dict__.pop(key, None)
        else:
            obj.__dict__[key] = value


def _require_plain(mapper: Any) -> None:
    """Raise for a class whose rows an upsert would not write as a flush does."""
    reason = None
    name = mapper.class_.__name__
    if mapper.version_id_col is not None:
        reason = f"{name} counts versions, and a stale copy must not overwrite the row"
    elif mapper.inherits is not None or mapper.polymorphic_on is not None or mapper.concrete:
        reason = f"{name} is of a hierarchy, and the row that is there may be of another class"
    elif len(mapper.tables) != 1 or not getattr(mapper.local_table, "is_table", False):
        reason = f"{name} is not mapped to one table"
    elif mapper_hooks(mapper).hears_rows:
        reason = f"{name} has listeners of rows (before_insert and so on), which would not be called"
    if reason is not None:
        raise ArgumentError(f"strategy='upsert' cannot be used: {reason}; {REMEDY}")


def _unique_keys(table: Any) -> set[frozenset[Any]]:
    """Return the unique keys of a table, as sets of columns."""
    found: set[frozenset[Any]] = {frozenset(table.primary_key.columns)}
    found |= {frozenset(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)}
    found |= {frozenset(index.columns) for index in table.indexes if index.unique}
    return found
