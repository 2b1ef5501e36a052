"""A flush plan is executed: step by step, one statement per group of same-shaped rows.

In: a plan. Out: rows in the database, generated values in the objects. Keys are copied before a step takes its values,
hooks are called before and after, row counts are checked. SQL is sent by `statements`, which keeps a prepared statement
per shape; nothing of the session's books changes here (see `accept`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from ...exc import DBAPIError, SAWarning
from ...util.notices import warn
from ..instance.errors import FlushError, ObjectDeletedError, StaleDataError
from ..instance.state import InstanceState
from ..instance.symbols import NO_VALUE, STATE
from ..mapping.hooks import mapper_hooks
from . import defaults, statements
from .blame import blame
from .changes import Changes
from .kinds import Kind, by_kind, is_anybody_listening, kinds_of, writes_by_class
from .links import of_all
from .plan import DeleteStep, FlushPlan, LinkStep, PostUpdateStep, SaveStep
from .rows import InsertShape, TableWrites, UpdateShape, has_expressions, is_expression, table_writes


def execute_plan(session: Any, plan: FlushPlan) -> None:
    """Run the steps of a plan in order."""
    for step in plan:
        try:
            RUN[type(step)](session, plan, step)
        except DBAPIError as error:
            blame(error, step)
            raise


def _load_expired(session: Any, kinds: Sequence[Kind], states: Sequence[InstanceState]) -> None:
    """Load the rows of expired objects before they are written, all at once."""
    first_keys = {kind.state_class: kind.first_key for kind in kinds}
    lacking = [state for state in states if first_keys[type(state)] not in state.require_object().__dict__]
    expired = [state for state in lacking if state.expired]
    if expired:
        session.load_expired(expired)


# --- inserts and updates


def _settle(states: Iterable[InstanceState]) -> None:
    """Note what the program gave to new objects, for listeners that ask: what the flush adds is no change."""
    for state in states:
        state.note_given()


def _run_save(session: Any, plan: FlushPlan, step: SaveStep) -> None:
    inserts, updates = step.inserts, step.updates
    for link in step.links:
        link.apply()
    if plan.changes.row_switches:
        _switch_rows(plan.changes.row_switches, updates)
    kinds = kinds_of((*inserts, *updates) if updates else inserts)
    if is_anybody_listening(kinds):
        _fire(session, ("before_insert", inserts), ("before_update", updates))
        _settle(inserts)
    elif session.hooks.after_flush is not None:
        _settle(inserts)
    connection = session.connection_for(step.mapper)
    if plan.changes.conflicts:
        _meet_conflicts(session, plan.changes, inserts)
    if updates:
        _load_expired(session, kinds, [state for state in updates if state.committed])
    batches = by_kind(inserts, kinds if not updates else kinds_of(inserts))
    for kind, objects in batches:
        if kind.gets_values:
            for obj in objects:
                defaults.set_identity_values(obj.__dict__[STATE], obj)
    watched = [pair for kind in kinds if kind.is_told for pair in kind.held_by((*inserts, *updates))]
    for table in _tables(kinds):
        if updates:
            _update_table(connection, table, kinds, updates)
        if batches:
            _insert_table(connection, table, batches)
    if watched:
        defaults.tell_of_values(watched, plan)
    if is_anybody_listening(kinds):
        _fire(session, ("after_insert", inserts), ("after_update", updates))


def _meet_conflicts(session: Any, changes: Changes, inserts: Iterable[InstanceState]) -> None:
    """Warn of new objects that have the key of another object; the database decides (40).

    Whether an expired object still has its row is asked first: one that has not only holds the place.
    """
    for state in inserts:
        present = changes.conflicts.get(state)
        if present is None:
            continue
        if present.expired and not _is_still_there(session, present):
            changes.vanished.append(present)
        else:
            warn(
                f"New instance {state.name} with identity key {present.key} conflicts with persistent instance "
                f"{present.name}",
                SAWarning,
            )


def _is_still_there(session: Any, state: InstanceState) -> bool:
    """Load an expired object; tell whether it has its row."""
    try:
        session.load_expired([state])
    except ObjectDeletedError:
        return False
    return True


def _tables(kinds: Sequence[Kind]) -> Sequence[Any]:
    """Return the tables of the classes concerned, those of base classes first."""
    if len(kinds) == 1:
        return kinds[0].tables
    return list(dict.fromkeys(table for kind in kinds for table in kind.tables))


def _insert_table(connection: Any, table: Any, batches: list[tuple[Kind, list[Any]]]) -> None:
    """Insert the rows of one table: a statement per run of objects that name the same columns, whatever their class."""
    runs: list[tuple[TableWrites, InsertShape, list[Any]]] = []
    for kind, objects in batches:
        writes = kind.writes.get(table)
        if writes is None:
            continue
        if writes.inherited:
            writes.inherit([obj.__dict__ for obj in objects])
        if writes.told_by is not None:
            writes.check_classes(objects)
        if writes.defaults:
            defaults.set_python_defaults(connection, writes, objects)
        for shape, members in writes.group_inserts(objects):
            if runs and (runs[-1][1] is shape or (runs[-1][0] is not writes and runs[-1][1].is_like(shape))):
                runs[-1][2].extend(members)
            else:
                runs.append((writes, shape, members))
    for writes, shape, members in runs:
        _insert_run(connection, writes, shape, members)


def _insert_run(connection: Any, writes: TableWrites, shape: InsertShape, objects: list[Any]) -> None:
    rows = shape.take([obj.__dict__ for obj in objects])
    if has_expressions(rows):
        for obj, row in zip(objects, rows, strict=True):
            _insert_alone(connection, writes, shape, obj, row)
        return
    found, fetched = statements.insert(connection, writes, shape, rows)
    if len(fetched) == 1:
        key = fetched[0].key
        for obj, (value,) in zip(objects, found, strict=True):
            obj.__dict__[key] = value
    elif fetched:
        keys = [write.key for write in fetched]
        for obj, values in zip(objects, found, strict=True):
            obj.__dict__.update(zip(keys, values, strict=True))
    if shape.fetched:
        left = [write.key for write in shape.fetched if write not in fetched]
        for obj in objects if left else ():
            defaults.leave_unloaded(obj, left)


def _insert_alone(connection: Any, writes: TableWrites, shape: InsertShape, obj: Any, row: tuple[Any, ...]) -> None:
    """Insert a row with SQL expressions among its values; these attributes are loaded when they are read."""
    values = {write.column.key: value for write, value in zip(shape.columns, row, strict=True)}
    found = statements.insert_expressions(connection, writes, shape, values)
    obj.__dict__.update(found)
    expressions = [w.key for w, value in zip(shape.columns, row, strict=True) if is_expression(value)]
    left = [key for key in (*expressions, *(write.key for write in shape.fetched)) if key not in found]
    defaults.leave_unloaded(obj, left)


def _update_table(connection: Any, table: Any, kinds: Sequence[Kind], updates: Sequence[InstanceState]) -> None:
    """Update the rows of one table: a statement per run of objects that change the same columns."""
    writes_of = writes_by_class(kinds, table)
    runs: list[tuple[TableWrites, tuple[str, ...], list[tuple[InstanceState, Any]]]] = []
    last: TableWrites | None = None
    last_keys: tuple[str, ...] = ()
    for state in updates:
        writes = writes_of[type(state)]
        if writes is None:
            continue
        obj = state()
        values = state.require_object().__dict__ if obj is None else obj.__dict__
        if writes.inherited:
            writes.inherit_changes(state, obj)
        keys = writes.changed_keys(state, values)
        if not writes.is_simple or writes.first_key not in values:
            keys = defaults.prepare_update(connection, writes, state, obj, keys)
        if keys:
            if last is None or keys != last_keys or not (last is writes or writes.is_like(last, keys)):
                last, last_keys = writes, keys
                runs.append((writes, keys, []))
            runs[-1][2].append((state, obj))
    for run in runs:
        _update_rows(connection, *run)


def _update_rows(
    connection: Any, writes: TableWrites, keys: tuple[str, ...], pairs: list[tuple[InstanceState, Any]]
) -> None:
    if writes.told_by is not None and writes.told_by in keys:
        writes.check_classes([obj for _, obj in pairs])
    shape = writes.update_shape(keys, writes.version_in_table)
    rows = _rows_to_update(writes, shape, pairs)
    has_sql = has_expressions(rows)
    is_key_unknown = has_sql and not writes.pk_keys.isdisjoint(keys)
    if (has_sql or writes.server_on_update) and statements.fetches_updates(connection, writes, is_key_unknown):
        for (_, obj), row in zip(pairs, rows, strict=True):
            found = statements.update_returning(connection, writes, shape, row)
            check_count(connection, writes, "UPDATE", "update", len(found), 1)
            obj.__dict__.update(found[0])
        return
    if has_sql:
        for (_, obj), row in zip(pairs, rows, strict=True):
            count = statements.update_expressions(connection, writes, shape, row)
            check_count(connection, writes, "UPDATE", "update", count, 1)
            left = [w.key for w, value in zip(shape.columns, row, strict=False) if is_expression(value)]
            defaults.leave_unloaded(obj, left)
    else:
        count = statements.update(connection, writes, shape, rows, shape.has_version)
        check_count(connection, writes, "UPDATE", "update", count, len(rows))
    if writes.server_on_update:
        for _, obj in pairs:
            defaults.leave_unloaded(obj, [write.key for write in writes.server_on_update if write.key not in keys])


def _rows_to_update(
    writes: TableWrites, shape: UpdateShape, pairs: list[tuple[InstanceState, Any]]
) -> list[tuple[Any, ...]]:
    """Return the new values, the key that finds the row, and the old version."""
    if shape.take_with_key is not None and not shape.has_version:
        rows = shape.take_with_key([obj.__dict__ for _, obj in pairs])
        if not writes.has_single_key:
            _refuse_null_keys(writes, "update table", [row[-len(writes.pk) :] for row in rows])
        return rows
    rows = shape.take([obj.__dict__ for _, obj in pairs])
    keys = [writes.present_pk_values(state, obj) for state, obj in pairs]
    if not writes.has_single_key:
        _refuse_null_keys(writes, "update table", keys)
    found = [(*row, *key) for row, key in zip(rows, keys, strict=True)]
    if shape.has_version:
        found = [(*row, defaults.old_version(writes, state)) for row, (state, _) in zip(found, pairs, strict=True)]
    return found


def _refuse_null_keys(writes: TableWrites, verb: str, keys: Iterable[Sequence[Any]]) -> None:
    """Raise for a row whose key has a NULL: no comparison finds it."""
    for key in keys:
        if None in key:
            column = writes.pk[list(key).index(None)].column
            raise FlushError(
                f"Can't {verb} {writes.table.description} using NULL for primary key value on column {column}"
            )


def check_count(connection: Any, writes: TableWrites, verb: str, word: str, count: int, expected: int) -> None:
    """Raise where a statement met fewer rows than it should have: somebody else changed or deleted them."""
    if count < 0 or count == expected:
        return
    message = (
        f"{verb} statement on table '{writes.table.description}' expected to {word} {expected} row(s); "
        f"{count} were matched."
    )
    if verb == "DELETE" and writes.version is None:
        if writes.mapper.confirm_deleted_rows:
            warn(
                f"{message}  Please set confirm_deleted_rows=False within the mapper configuration to prevent this "
                "warning.",
                SAWarning,
            )
        return
    raise StaleDataError(message)


def _switch_rows(switches: Mapping[InstanceState, InstanceState], updates: Iterable[InstanceState]) -> None:
    for state in updates:
        if state in switches:
            _switch_row(state, switches[state])


def _switch_row(state: InstanceState, old: InstanceState) -> None:
    """Make a new object an update of the row that a deleted one leaves: unset columns stay as they are."""
    obj = state.require_object()
    old_values = old.dict
    mapper = state.manager.mapper
    state.pk = old.pk
    committed = {}
    for key in mapper.column_keys:
        if key in obj.__dict__:
            committed[key] = old.committed.get(key, old_values.get(key, NO_VALUE))
    version = mapper.version_id_col
    if version is not None and (key := mapper.key_of(version)) not in obj.__dict__:
        obj.__dict__[key] = getattr(old.require_object(), key)
    state.committed = {**state.committed, **committed}


# --- deletes


def _run_delete(session: Any, plan: FlushPlan, step: DeleteStep) -> None:
    connection = session.connection_for(step.mapper)
    kinds = kinds_of(step.states)
    _load_expired(session, kinds, step.states)
    if is_anybody_listening(kinds):
        _fire(session, ("before_delete", step.states))
    classes = dict.fromkeys(state.manager.mapper for state in step.states)
    tables = dict.fromkeys(table for mapper in classes for table in reversed(mapper.written_tables))
    orders = [mapper.written_tables for mapper in classes]
    for table in sorted(tables, key=lambda t: -max(order.index(t) for order in orders if t in order)):
        _delete_rows(connection, table, kinds, step.states)
    if is_anybody_listening(kinds):
        _fire(session, ("after_delete", step.states))


def _delete_rows(connection: Any, table: Any, kinds: Sequence[Kind], states: Sequence[InstanceState]) -> None:
    """Delete the rows of one table by one statement, whatever the classes of the objects."""
    writes_of = writes_by_class(kinds, table)
    rows: list[tuple[Any, ...]] = []
    for state in states:
        writes = writes_of[type(state)]
        if writes is not None:
            version = (defaults.old_version(writes, state),) if writes.version_in_table else ()
            key = writes.pk_values(state)
            if not writes.has_single_key:
                _refuse_null_keys(writes, "delete from table", (key,))
            rows.append((*key, *version) if version else key)
    writes = next(writes for writes in writes_of.values() if writes is not None)
    count = statements.delete(connection, writes, rows, writes.version_in_table)
    check_count(connection, writes, "DELETE", "delete", count, len(rows))


# --- links


def _run_link(session: Any, plan: FlushPlan, step: LinkStep) -> None:
    connection = session.connection_for(step.relationship.parent)
    table = step.relationship.secondary
    if step.rows.removed:
        is_former = plan.changes.is_deleted if step.relationship.passive_updates else of_all
        removed = [row.former_values(is_former) for row in step.rows.removed]
        count = statements.delete_links(connection, step.relationship, table, removed)
        if 0 <= count != len(removed):
            raise StaleDataError(
                f"DELETE statement on table '{table.description}' expected to delete {len(removed)} row(s); "
                f"Only {count} were matched."
            )
    if step.rows.moved:
        former = [row.former_values() for row in step.rows.moved]
        statements.update_links(connection, step.relationship, table, former, [row.values() for row in step.rows.moved])
    if step.rows.added:
        statements.insert_links(connection, step.relationship, table, [row.values() for row in step.rows.added])


def _run_post_update(session: Any, plan: FlushPlan, step: PostUpdateStep) -> None:
    changed: dict[Any, dict[InstanceState, set[str]]] = {}
    for link in step.links:
        link.apply()
        child = link.child
        if child.pk is not None or child in plan.changes.row_switches or child.dict:
            states = changed.setdefault(child.manager.mapper.base_mapper, {})
            states.setdefault(child, set()).update(target for _, target in link.wiring.pairs)
    for base, states in changed.items():
        _post_update(session.connection_for(base), states)


def _post_update(connection: Any, states: dict[InstanceState, set[str]]) -> None:
    """Set foreign keys of rows that are there by now: an UPDATE like any other, with its versions and counts."""
    runs: dict[tuple[TableWrites, tuple[str, ...]], list[tuple[Any, tuple[Any, ...]]]] = {}
    for state, changed in states.items():
        obj = state.require_object()
        for table in state.manager.mapper.written_tables:
            writes = table_writes(state.manager.mapper, table)
            here = tuple(sorted(changed.intersection(writes.by_key)))
            if here:
                keys, version = defaults.prepare_post_update(connection, writes, state, obj, here)
                shape = writes.update_shape(keys, writes.version_in_table)
                row = (*shape.take([obj.__dict__])[0], *_row_key(writes, state, obj), *version)
                runs.setdefault((writes, keys), []).append((obj, row))
    for (writes, keys), pairs in runs.items():
        shape = writes.update_shape(keys, writes.version_in_table)
        count = statements.update(connection, writes, shape, [row for _, row in pairs], shape.has_version)
        check_count(connection, writes, "UPDATE", "update", count, len(pairs))
        for obj, _ in pairs if writes.server_on_update else ():
            defaults.leave_unloaded(obj, [write.key for write in writes.server_on_update if write.key not in keys])


def _row_key(writes: TableWrites, state: InstanceState, obj: Any) -> tuple[Any, ...]:
    """Return the key of a row that was written by this flush: it has the values that the object has."""
    parts = state.manager.pk_tuple(state.manager.mapper.pk_from_values(obj.__dict__) if state.pk is None else state.pk)
    return tuple([parts[position] for position in writes.pk_positions])


# --- hooks


def _fire(session: Any, *events: tuple[str, Sequence[InstanceState]]) -> None:
    """Call the mapper events of a step."""
    for event, states in events:
        for mapper, group in groupby(states, key=lambda state: state.manager.mapper):
            functions = getattr(mapper_hooks(mapper), event)
            if functions is not None:
                connection = session.connection_for(mapper)
                for state in list(group):
                    for function in functions:
                        function(mapper, connection, state)


RUN: dict[type, Callable[[Any, Any, Any], None]] = {
    SaveStep: _run_save,
    DeleteStep: _run_delete,
    LinkStep: _run_link,
    PostUpdateStep: _run_post_update,
}
