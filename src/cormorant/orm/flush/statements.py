"""The statements of a flush: one prepared plan per shape of rows and engine, and the calls that run it.

In: a connection, how a mapper writes to a table, rows of values. Out: row counts and generated values. This is the only
module of the flush that talks to a connection. Statements are built once per shape; a run builds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ...sql.bind import BindParameter
from ...sql.dml import Delete, Insert, Update
from ...sql.logic import and_
from .rows import ColumnWrite, InsertShape, Row, TableWrites, UpdateShape, is_expression

MOST_DIALECTS = 8
"""For how many engines' dialects the plans of a mapper are kept at once: engines of tests come and go."""


class Prepared(NamedTuple):
    """A planned statement: plan, the statement's own binds, and what makes parameters of rows of values."""

    plan: Any
    binds: tuple[Any, ...]
    convert: Callable[[Sequence[Any], Any], list[Any]]
    keys: tuple[str, ...]
    """The names of the values of a row."""


def _prepared(
    plans: dict[Any, Any],
    connection: Any,
    key: Any,
    build: Callable[[], Any],
    column_keys: Sequence[str],
    many: bool,
    more_keys: Sequence[str] = (),
) -> Prepared:
    """Return the plan for a key on the connection's engine, made at first use; `more_keys` are further parameters."""
    dialect = connection.dialect
    found: Prepared | None = plans.get((dialect, key, many))
    if found is None:
        plan, binds = connection.planner.plan_for(build(), tuple(column_keys), many)
        keys = (*column_keys, *more_keys)
        if dialect not in (known := {key[0] for key in plans}) and len(known) >= MOST_DIALECTS:
            plans.clear()
        found = plans[dialect, key, many] = Prepared(plan, binds, plan.binder.for_tuples(keys), keys)
    return found


def _run(connection: Any, prepared: Prepared, rows: Sequence[Row]) -> int:
    """Run a plan for rows of values and return how many rows of the table it met."""
    if connection.watches_statements or prepared.plan.compiled.prefetch:
        return int(_announced(connection, prepared, rows).rowcount)
    count: int = connection.run_rows(prepared.plan, prepared.binds, rows, prepared.convert)
    return count


def _announced(connection: Any, prepared: Prepared, rows: Sequence[Row]) -> Any:
    """Execute the statement of a plan with dictionaries: what listeners see and may replace. Returns the result."""
    given = [dict(zip(prepared.keys, row, strict=True)) for row in rows]
    return connection.execute(prepared.plan.compiled.statement, given if len(given) > 1 else given[0] or None)


# --- INSERT


class InsertWay(NamedTuple):
    """How rows of a shape are inserted into a kind of database."""

    run: Callable[[Any, TableWrites, InsertWay, Sequence[Row]], Sequence[Sequence[Any]]]
    """Inserts rows and returns what is fetched for each."""
    prepared: Prepared
    fetched: tuple[ColumnWrite, ...]
    """The columns whose values come back."""


def insert(
    connection: Any, writes: TableWrites, shape: InsertShape, rows: Sequence[Row]
) -> tuple[Sequence[Sequence[Any]], tuple[ColumnWrite, ...]]:
    """Insert rows; return what the database generated for each, and which columns that is."""
    many = len(rows) > 1
    way: InsertWay | None = shape.plans.get((connection.dialect, many))
    if way is None:
        way = shape.plans[connection.dialect, many] = _insert_way(connection, writes, shape, many)
    return way.run(connection, writes, way, rows), way.fetched


def _is_eager(writes: TableWrites, features: Any) -> bool:
    """Tell whether what the database gives a new row is fetched at once."""
    wish = writes.mapper.eager_defaults
    return wish is True or (wish == "auto" and bool(features.insert_returning))


def _insert_way(connection: Any, writes: TableWrites, shape: InsertShape, many: bool) -> InsertWay:
    """Decide how rows of a shape are inserted, and what comes back."""
    features = connection.dialect.features
    wanted = shape.unknown + (shape.fetched if _is_eager(writes, features) else ())
    keys = shape.column_keys
    if not wanted:
        plain = _prepared(shape.plans, connection, "plain", lambda: Insert(writes.table).inline(), keys, many)
        return InsertWay(_insert_blindly, plain, ())
    can_return = features.insert_returning and writes.table.implicit_returning
    if not can_return or (not many and wanted == shape.unknown and writes.version is None):
        one = _prepared(shape.plans, connection, "one", lambda: Insert(writes.table), keys, False)
        return InsertWay(_insert_singly, one, shape.unknown)
    returned = wanted if shape.unknown else (*writes.pk, *wanted)
    columns = [write.column for write in returned]
    returning = _prepared(
        shape.plans,
        connection,
        "returning",
        lambda: Insert(writes.table).returning(*columns, sort_by_parameter_order=True),
        keys,
        True,
    )
    return InsertWay(_insert_returning, returning, returned)


def _insert_blindly(connection: Any, writes: TableWrites, way: InsertWay, rows: Sequence[Row]) -> Sequence[Any]:
    _run(connection, way.prepared, rows)
    return ()


def _insert_singly(connection: Any, writes: TableWrites, way: InsertWay, rows: Sequence[Row]) -> Sequence[Any]:
    """Insert row by row; return the generated keys."""
    plan, binds, convert, _ = way.prepared
    if connection.watches_statements or plan.compiled.prefetch:
        known = [_announced(connection, way.prepared, [row]).inserted_primary_key for row in rows]
        return [[key[writes.pk.index(write)] for write in way.fetched] for key in known]
    keys = [connection.insert_row(plan, binds, row, convert) for row in rows]
    if len(way.fetched) == 1 and len(keys[0]) == 1:
        return keys
    returned = plan.compiled.returning
    return [[key[returned.index(write.column)] for write in way.fetched] for key in keys]


def _insert_returning(connection: Any, writes: TableWrites, way: InsertWay, rows: Sequence[Row]) -> Sequence[Any]:
    if connection.watches_statements:
        found: Sequence[Any] = _announced(connection, way.prepared, rows).all()
    else:
        found = connection.insert_many(way.prepared.plan, rows, way.prepared.binds)
    return found


def insert_expressions(
    connection: Any, writes: TableWrites, shape: InsertShape, values: dict[str, Any]
) -> dict[str, Any]:
    """Insert one row some of whose values are SQL; return what the database generated, by attribute."""
    features = connection.dialect.features
    statement = Insert(writes.table).values(values)
    computed = tuple([write for write in writes.pk if is_expression(values.get(write.column.key))])
    fetched = shape.fetched if _is_eager(writes, features) else ()
    if features.insert_returning and (fetched or computed):
        wanted = (*shape.unknown, *computed, *fetched)
        row = connection.execute(statement.returning(*[write.column for write in wanted])).one()
        return {write.key: value for write, value in zip(wanted, row, strict=True)}
    key = connection.execute(statement).inserted_primary_key
    return {write.key: key[writes.pk.index(write)] for write in (*shape.unknown, *computed)}


# --- UPDATE


def _target_names(writes: TableWrites) -> tuple[str, ...]:
    """Return the names of the parameters that find a row: those of its key, and of its old version."""
    columns = [write.column for write in writes.pk]
    if writes.version is not None:
        columns.append(writes.version.column)
    taken = {column.key for column in writes.table.columns}
    names = [f"{writes.table.name}_{column.name}" for column in columns]
    return tuple([f"{name}_old" if name in taken else name for name in names])


def _criterion(writes: TableWrites, has_version: bool, names: Sequence[str]) -> Any:
    columns = [write.column for write in writes.pk]
    if has_version and writes.version is not None:
        columns.append(writes.version.column)
    pairs = zip(columns, names, strict=False)
    return and_(*[column == BindParameter(name, type_=column.type) for column, name in pairs])


def _target_keys(writes: TableWrites, has_version: bool) -> tuple[str, ...]:
    """Return the names of the parameters that a statement needs to find a row."""
    names = _target_names(writes)
    return names if has_version else names[: len(writes.pk)]


def update(
    connection: Any, writes: TableWrites, shape: UpdateShape, rows: Sequence[Row], has_version: bool = False
) -> int:
    """Update rows: each row holds the new values, then the key that finds it, then the old version if there is one."""
    many = len(rows) > 1
    prepared: Prepared | None = shape.plans.get((connection.dialect, has_version, many))
    if prepared is None:
        prepared = shape.plans[connection.dialect, has_version, many] = _prepared(
            shape.plans,
            connection,
            ("update", has_version),
            lambda: Update(writes.table).where(_criterion(writes, has_version, _target_names(writes))),
            [write.column.key for write in shape.columns],
            many,
            _target_keys(writes, has_version),
        )
    return _run(connection, prepared, rows)


def update_expressions(connection: Any, writes: TableWrites, shape: UpdateShape, row: Row) -> int:
    """Update one row some of whose new values are SQL."""
    statement, parameters = _update_of_row(writes, shape, row)
    count: int = connection.execute(statement, parameters).rowcount
    return count


def fetches_updates(connection: Any, writes: TableWrites, is_key_unknown: bool = False) -> bool:
    """Tell whether an UPDATE fetches what the database set: keys, versions, with `eager_defaults=True` all of it."""
    is_wanted = is_key_unknown or writes.mapper.eager_defaults is True or writes.server_versions
    return is_wanted and bool(connection.dialect.features.update_returning)


def update_returning(connection: Any, writes: TableWrites, shape: UpdateShape, row: Row) -> list[dict[str, Any]]:
    """Update one row; return what the database set, by attribute, once per row that was met."""
    statement, parameters = _update_of_row(writes, shape, row)
    computed = [w for w, value in zip(shape.columns, row, strict=False) if is_expression(value)]
    wanted = [*computed, *(w for w in writes.server_on_update if w not in shape.columns)]
    result = connection.execute(statement.returning(*[write.column for write in wanted]), parameters)
    keys = [write.key for write in wanted]
    return [dict(zip(keys, found, strict=True)) for found in result]


def _update_of_row(writes: TableWrites, shape: UpdateShape, row: Row) -> tuple[Any, dict[str, Any]]:
    """Return the UPDATE of one row, and the parameters that find it."""
    values = {write.column.key: value for write, value in zip(shape.columns, row, strict=False)}
    names = _target_keys(writes, shape.has_version)
    parameters = dict(zip(names, row[len(shape.columns) :], strict=True))
    return Update(writes.table).where(_criterion(writes, shape.has_version, names)).values(values), parameters


# --- DELETE


def delete(connection: Any, writes: TableWrites, rows: Sequence[Row], has_version: bool) -> int:
    """Delete rows found by their keys, and their old version if there is one; return how many were met."""
    plans = writes.mapper.plans.setdefault(("delete", writes.table), {})
    columns = [write.column.key for write in writes.pk]
    if has_version and writes.version is not None:
        columns.append(writes.version.column.key)
    prepared = _prepared(
        plans,
        connection,
        has_version,
        lambda: Delete(writes.table).where(_criterion(writes, has_version, columns)),
        (),
        len(rows) > 1,
        columns,
    )
    return _run(connection, prepared, rows)


# --- rows of secondary tables


def insert_links(connection: Any, relationship: Any, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert rows of a secondary table."""
    plans = relationship.parent.plans.setdefault(("links", table), {})
    keys = _link_keys(table, rows)
    prepared = _prepared(plans, connection, ("insert", keys), lambda: Insert(table).inline(), keys, len(rows) > 1)
    _run(connection, prepared, [tuple([row[key] for key in keys]) for row in rows])


def delete_links(connection: Any, relationship: Any, table: Any, rows: list[dict[str, Any]]) -> int:
    """Delete rows of a secondary table; return how many were met."""
    plans = relationship.parent.plans.setdefault(("links", table), {})
    keys = _link_keys(table, rows)

    def build() -> Any:
        return Delete(table).where(and_(*[table.c[key] == BindParameter(key, type_=table.c[key].type) for key in keys]))

    prepared = _prepared(plans, connection, ("delete", keys), build, (), len(rows) > 1, keys)
    return _run(connection, prepared, [tuple([row[key] for key in keys]) for row in rows])


def update_links(
    connection: Any, relationship: Any, table: Any, former: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> None:
    """Give rows of a secondary table other keys."""
    plans = relationship.parent.plans.setdefault(("links", table), {})
    keys = _link_keys(table, rows)
    names = [f"{table.name}_{key}_old" for key in keys]

    def build() -> Any:
        places = [(table.c[key], name) for key, name in zip(keys, names, strict=True)]
        return Update(table).where(and_(*[column == BindParameter(name, type_=column.type) for column, name in places]))

    prepared = _prepared(plans, connection, ("update", keys), build, keys, len(rows) > 1, names)
    pairs = zip(rows, former, strict=True)
    _run(connection, prepared, [(*[row[key] for key in keys], *[old[key] for key in keys]) for row, old in pairs])


def _link_keys(table: Any, rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the keys of link rows in the order of the table's columns, whichever side they come from."""
    return tuple([column.key for column in table.columns if column.key in rows[0]])
