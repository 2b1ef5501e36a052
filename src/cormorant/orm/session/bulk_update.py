"""UPDATE of many rows of a mapped class by primary key, given as dictionaries by attribute name.

In: records that hold the primary key and new values. Out: one UPDATE per table and run of records with the same
attributes; the objects that the session holds take the values. A versioned class needs the version in each record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ... import exc
from ...sql.bind import BindParameter
from ...sql.dml import Update
from ..flush import statements
from ..flush.execute import check_count
from ..flush.rows import Row, TableWrites, UpdateShape, has_expressions, is_expression, table_writes
from . import synchronize
from .bulk_insert import grouped
from .evaluator import Evaluate
from .spreading import spread_records
from .synchronize import Concerned
from .written import WrittenResult

Record = dict[str, Any]


def execute(
    session: Any, connection: Any, statement: Any, params: Sequence[Mapping[str, Any]], options: Mapping[str, Any]
) -> WrittenResult:
    """Run an UPDATE of a mapped class for several records."""
    mapper = statement.table.mapper
    strategy = synchronize.strategy_of(options)
    _refuse(statement, strategy)
    fixed = {synchronize.attribute_of(mapper, target): value for target, value in statement.value_pairs}
    constants = {key: _constant(value) for key, value in fixed.items() if key is not None}
    given = spread_records(mapper, params)
    records = [{**constants, **record} for record in given] if constants else [dict(record) for record in given]
    count = update_records(connection, mapper, records, statement.where_criteria)
    if strategy:
        synchronize_records(session, mapper, records)
    return WrittenResult(count)


def _constant(value: Any) -> Any:
    """Return the plain value of a bind parameter; other expressions stay what they are."""
    return value.value if type(value) is BindParameter and value.callable is None else value


def _refuse(statement: Any, strategy: Any) -> None:
    if strategy == "fetch":
        raise exc.InvalidRequestError(
            "The 'fetch' synchronization strategy is not available for 'bulk' ORM updates (i.e. multiple parameter "
            "sets)"
        )
    if statement.where_criteria and strategy:
        raise exc.InvalidRequestError(
            "bulk synchronize of persistent objects not supported when using bulk update with additional WHERE "
            "criteria right now.  add synchronize_session=None execution option to bypass synchronize of persistent "
            "objects."
        )
    if statement.returning_columns:
        raise exc.InvalidRequestError(
            "an UPDATE by primary key of several records cannot have RETURNING; select the objects afterwards"
        )


def update_records(connection: Any, mapper: Any, records: Sequence[Record], criteria: tuple[Any, ...] = ()) -> int:
    """Update the rows of records in all tables of a class; return how many rows were met in the table met most."""
    _require_keys(mapper, records)
    met = 0
    for table in mapper.written_tables:
        writes = table_writes(mapper, table)
        counts = [
            _update_group(connection, writes, keys, members, criteria) for keys, members in _groups(writes, records)
        ]
        met = max(met, sum(counts))
    return met


def _require_keys(mapper: Any, records: Sequence[Record]) -> None:
    for record in records:
        missing = [key for key in mapper.pk_keys if record.get(key) is None]
        if missing:
            columns = ", ".join(f"{mapper.local_table.name}.{key}" for key in missing)
            raise exc.InvalidRequestError(
                f"No primary key value supplied for column(s) {columns}; per-row ORM Bulk UPDATE by Primary Key "
                "requires that records contain primary key values",
                code="bupq",
            )


def _groups(writes: TableWrites, records: Sequence[Record]) -> list[tuple[tuple[str, ...], list[Any]]]:
    """Split records into runs that change the same columns of a table; those that change none are left out."""
    pk = {write.key for write in writes.pk}
    found: list[tuple[tuple[str, ...], list[Any]]] = []
    for given, members in grouped(records):
        keys = tuple([w.key for w in writes.columns if w.key in given and w.key not in pk])
        if keys:
            found.append((keys, members))
    return found


def _update_group(
    connection: Any, writes: TableWrites, keys: tuple[str, ...], records: list[Record], criteria: tuple[Any, ...]
) -> int:
    """Update the rows of one table for records that change the same columns."""
    versions = None
    if writes.version is not None and writes.version_in_table:
        keys, records, versions = _with_new_versions(writes, keys, records)
    shape = writes.update_shape(keys, versions is not None)
    rows = _rows(writes, shape, records, versions)
    if criteria:
        return _update_where(connection, writes, shape, rows, criteria)
    if has_expressions(rows):
        return _update_one_by_one(connection, writes, shape, rows)
    count = statements.update(connection, writes, shape, rows, shape.has_version)
    check_count(connection, writes, "UPDATE", "update", count, len(rows))
    return count


def _rows(writes: TableWrites, shape: UpdateShape, records: list[Record], versions: list[Any] | None) -> list[Row]:
    """Return the new values, the key that finds the row, and the old version."""
    if shape.take_with_key is not None:
        rows = shape.take_with_key(records)
    else:
        keys = [*(write.key for write in shape.columns), *writes.pk_names]
        rows = [tuple([record[key] for key in keys]) for record in records]
    return rows if versions is None else [(*row, old) for row, old in zip(rows, versions, strict=True)]


def _with_new_versions(
    writes: TableWrites, keys: tuple[str, ...], records: list[Record]
) -> tuple[tuple[str, ...], list[Record], list[Any]]:
    """Return keys and records with the next version, and the versions that the rows must still have."""
    key = writes.version.key if writes.version is not None else ""
    missing = next((record for record in records if key not in record), None)
    if missing is not None:
        raise exc.InvalidRequestError(
            f"the record {missing!r} lacks {key!r}: {writes.mapper.class_.__name__} counts versions, so each record of "
            "an update by primary key names the version that it changes"
        )
    versions = [record[key] for record in records]
    generator = writes.mapper.version_id_generator
    if generator is False:
        return keys, records, versions
    stepped = [{**record, key: generator(record[key])} for record in records]
    return (*(k for k in keys if k != key), key), stepped, versions


def _update_where(
    connection: Any, writes: TableWrites, shape: UpdateShape, rows: list[Row], criteria: tuple[Any, ...]
) -> int:
    """Update rows that also meet criteria; how many do is the database's business."""
    names = [f"{writes.table.name}_{write.column.name}" for write in writes.pk]
    pk = [w.column == BindParameter(name, type_=w.column.type) for w, name in zip(writes.pk, names, strict=True)]
    keys = [*(write.column.key for write in shape.columns), *names]
    sent = [dict(zip(keys, row, strict=True)) for row in rows]
    count: int = connection.execute(Update(writes.table).where(*criteria, *pk), sent).rowcount
    return count


def _update_one_by_one(connection: Any, writes: TableWrites, shape: UpdateShape, rows: list[Row]) -> int:
    """Update rows some of whose new values are SQL."""
    for row in rows:
        count = statements.update_expressions(connection, writes, shape, row)
        check_count(connection, writes, "UPDATE", "update", count, 1)
    return len(rows)


def synchronize_records(session: Any, mapper: Any, records: Sequence[Record]) -> None:
    """Put the values of records into the objects that the session holds."""
    entries = session.identity.entries(mapper.class_manager.identity_class)
    for record in records:
        state = entries.get(mapper.pk_from_values(record))
        obj = None if state is None else state()
        if isinstance(obj, mapper.class_):
            values = {key: _value_of(value) for key, value in record.items() if key not in mapper.pk_keys}
            synchronize.take_values(session, Concerned([obj], []), values)


def _value_of(value: Any) -> Evaluate | None:
    return None if is_expression(value) else lambda values: value
