"""INSERT, UPDATE and DELETE of mapped classes as statements, and what they mean for the objects in the session.

In: a statement whose table is an entity. Out: its result; RETURNING of entities gives objects. UPDATE and DELETE bring
the session's objects in step (`synchronize_session`, see `synchronizing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...engine.results.iterators import Result
from ...exc import InvalidRequestError
from ...sql.bind import BindParameter
from ...sql.dml import Update
from ..load.executed import loaded_result
from ..mapping.entity import EntityNode
from . import synchronizing

Rows = Sequence[Mapping[str, Any]]
NONE: frozenset[str] = frozenset()


def execute(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    """Run a statement that writes rows of a mapped class."""
    if not isinstance(statement.table, EntityNode):
        return _run(session, connection, statement, params, options)
    rows: Rows | None = params if type(params) in (list, tuple) else None
    if statement.is_insert:
        return _insert(session, connection, statement, rows, params, options)
    if statement.is_update and rows and not statement.where_criteria:
        return _update_by_key(session, connection, statement, rows, options)
    if rows is not None and len(rows) > 1:
        raise InvalidRequestError(
            "bulk ORM UPDATE and DELETE with WHERE criteria take one set of parameters; for several, run it on "
            "session.connection(), or leave out the criteria and give primary keys"
        )
    sync = synchronizing.start(session, connection, statement, options)
    result = _run(session, connection, sync.statement, params, options)
    return sync.finish(result)


def _run(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    """Run a statement; RETURNING of entities gives objects."""
    result = connection.execute(statement, params, execution_options=options or None)
    plan = result._plan
    if plan.compiled.load_plan is None:
        return result
    return loaded_result(session, plan, result.cursor, is_refresh=bool(options.get("populate_existing")))


# --- INSERT


def _insert(
    session: Any, connection: Any, statement: Any, rows: Rows | None, params: Any, options: Mapping[str, Any]
) -> Any:
    """Run an INSERT; rows with different columns go in groups of equal ones, in order."""
    if not rows:
        given = _by_column(statement.table.mapper, params) if params else params
        return _run(session, connection, statement, given, options)
    groups = _groups(statement.table.mapper, rows)
    results = [_run(session, connection, statement, group, options) for group in groups]
    if len(results) == 1 or not statement.returning_columns:
        return results[-1]
    merged: Result[Any] = results[0].merge(*results[1:])
    return merged


def _groups(mapper: Any, rows: Rows) -> list[list[dict[str, Any]]]:
    """Return the rows in groups of equal columns; a NULL for a column that has a default is left to the default."""
    defaults = frozenset(
        key for key, column in mapper.columns.items() if column.server_default is not None or column.default is not None
    )
    groups: list[list[dict[str, Any]]] = []
    last: tuple[str, ...] | None = None
    for given in rows:
        row = _by_column(mapper, given, defaults)
        columns = tuple(row)
        if columns != last:
            groups.append([])
            last = columns
        groups[-1].append(row)
    return groups


def _by_column(mapper: Any, row: Mapping[str, Any], defaults: frozenset[str] = NONE) -> dict[str, Any]:
    """Return the values of a row by column key instead of attribute key."""
    names: dict[str, str] | None = mapper.plans.get("column keys")
    if names is None:
        names = mapper.plans["column keys"] = {key: column.key for key, column in mapper.columns.items()}
    return {names.get(key, key): value for key, value in row.items() if value is not None or key not in defaults}


# --- UPDATE by primary key


def _update_by_key(session: Any, connection: Any, statement: Any, rows: Rows, options: Mapping[str, Any]) -> Any:
    """Run `UPDATE .. WHERE primary key` for each dictionary, in groups of equal columns."""
    if statement.returning_columns:
        raise InvalidRequestError("bulk ORM UPDATE by primary key does not support RETURNING")
    mapper = statement.table.mapper
    result: Any = None
    for row in rows:
        missing = [key for key in mapper.pk_keys if key not in row]
        if missing:
            raise InvalidRequestError(
                f"No primary key value supplied for column(s) {', '.join(missing)}; per-row ORM Bulk UPDATE by Primary "
                "Key requires that records contain primary key values"
            )
    for group in _groups(mapper, rows):
        update = _keyed_update(mapper, group[0])
        result = connection.execute(update, [_renamed(mapper, row) for row in group], execution_options=options or None)
    if options.get("synchronize_session", "auto") is not False:
        synchronizing.take_over(session, mapper, rows)
    return result


def _keyed_update(mapper: Any, row: Mapping[str, Any]) -> Any:
    keys = {column.key for column in mapper.primary_key}
    table = mapper.local_table
    criteria = [
        column == BindParameter(f"{table.name}_{column.key}", type_=column.type) for column in mapper.primary_key
    ]
    values = {key: BindParameter(key, type_=table.c[key].type) for key in row if key not in keys}
    return Update(table).where(*criteria).values(values)


def _renamed(mapper: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    table, keys = mapper.local_table, {column.key for column in mapper.primary_key}
    return {f"{table.name}_{key}" if key in keys else key: value for key, value in row.items()}
