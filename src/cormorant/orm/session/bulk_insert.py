"""INSERT of many rows of a mapped class, given as dictionaries by attribute name.

In: records. Out: rows in each table of the class; discriminators, first versions and generated keys are filled in on
the way. Records that give the same attributes are sent together, in the order in which they came. A None in place of a
default is left out, unless `render_nulls` is set; any other None is the NULL that would be there without it, and does
not split what is sent together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ...engine.results.iterators import IteratorResult
from ...sql.constructors import tuple_
from ...sql.dml import Insert
from ...sql.select import Select
from ..flush.rows import TableWrites, has_expressions, table_writes
from .spreading import spread_records
from .synchronize import key_columns
from .written import joined_results

Record = dict[str, Any]
ABSENT = object()
CHUNK = 500
"""Rows per SELECT."""


def execute(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    """Run an INSERT of a mapped class for one record or several."""
    mapper = statement.table.mapper
    given: list[Any] = [params] if hasattr(params, "keys") else list(params)
    records = completed(mapper, given, connection.dialect, render_nulls=bool(options.get("render_nulls")))
    is_refresh = bool(options.get("populate_existing"))
    if len(mapper.tables) == 1:
        results = _insert_grouped(connection, table_writes(mapper, mapper.local_table), statement, records, options)
        return joined_results(session, results, is_refresh=is_refresh)
    records = [dict(record) for record in records]
    for table in mapper.tables[:-1]:
        insert_keyed(connection, mapper, table, records)
    last = statement._copy(returning_columns=()) if statement.returning_columns else statement
    writes = table_writes(mapper, mapper.tables[-1])
    writes.inherit(records)
    results = _insert_grouped(connection, writes, last, records, options)
    if statement.returning_columns:
        return _read_back(session, mapper, statement, records)
    return joined_results(session, results)


def completed(mapper: Any, records: Sequence[Mapping[str, Any]], dialect: Any, *, render_nulls: bool) -> list[Any]:
    """Return the records without NULLs that stand for defaults, and with what the mapping gives to each new row."""
    added = dict(mapper.class_manager.initial_values)
    if mapper.version_id_col is not None and mapper.version_id_generator is not False:
        added[mapper.key_of(mapper.version_id_col)] = mapper.version_id_generator(None)
    left_out = frozenset[str]() if render_nulls else _left_out(mapper, dialect)
    found: list[Any] = []
    for record in spread_records(mapper, records):
        for key in left_out:
            if record.get(key, ABSENT) is None:
                record = {k: value for k, value in record.items() if value is not None or k not in left_out}
                break
        found.append({**added, **record} if added else record)
    return found


def _left_out(mapper: Any, dialect: Any) -> frozenset[str]:
    """Return the attributes that are left out where a record says None; kept for the dialect that asked last."""
    known: tuple[Any, frozenset[str]] | None = mapper.plans.get("nulls left out")
    if known is not None and known[0] is dialect:
        return known[1]
    writes = [write for table in mapper.tables for write in table_writes(mapper, table).columns]
    found = frozenset(write.key for write in writes if _differs_from_absent(write.column, dialect))
    mapper.plans["nulls left out"] = dialect, found
    return found


def _differs_from_absent(column: Any, dialect: Any) -> bool:
    """Tell whether a None that is sent may become another value in the database than one that is not sent."""
    type_ = column.type
    if type_.should_evaluate_none:
        return False  # None is a value of the type itself: it is sent
    if column.primary_key or column.identity is not None or column.computed is not None:
        return True
    if column.default is not None or column.server_default is not None or type_.has_bind_expression:
        return True
    conversion = type_.bind_conversion(dialect)
    return conversion is not None and bool(conversion.sees_none)


def grouped(records: Iterable[Mapping[str, Any]]) -> list[tuple[Any, list[Any]]]:
    """Split records into runs that have the same keys."""
    groups: list[tuple[Any, list[Any]]] = []
    last: Any = None
    members: list[Any] = []
    for record in records:
        keys = record.keys()
        if keys != last:
            last, members = keys, []
            groups.append((keys, members))
        members.append(record)
    return groups


def rows_of(writes: TableWrites, keys: Any, records: list[Any]) -> list[Any]:
    """Return the rows of a table by column key, for records that have the same keys."""
    names = [(write.key, write.column.key) for write in writes.columns if write.key in keys]
    if len(names) == len(keys) and all(key == name for key, name in names):
        return records
    return [{name: record[key] for key, name in names} for record in records]


def _insert_grouped(
    connection: Any, writes: TableWrites, statement: Any, records: Sequence[Any], options: Mapping[str, Any]
) -> list[Any]:
    """Run a statement for all records of a table and return its results, one per group."""
    results: list[Any] = []
    for keys, members in grouped(records):
        rows = rows_of(writes, keys, members)
        if has_expressions([row.values() for row in rows]):
            for record in members:
                values = {write.key: record[write.key] for write in writes.columns if write.key in keys}
                results.append(connection.execute(statement.values(values), execution_options=options or None))
        else:
            sent = rows[0] if len(rows) == 1 else rows
            results.append(connection.execute(statement, sent or None, execution_options=options or None))
    return results


def insert_keyed(connection: Any, mapper: Any, table: Any, records: list[Record]) -> None:
    """Insert rows of a table; primary keys that the database generates are put into the records."""
    writes = table_writes(mapper, table)
    writes.inherit(records)
    for keys, members in grouped(records):
        unknown = [write for write in writes.pk if write.key not in keys]
        rows = rows_of(writes, keys, members)
        if not unknown:
            _insert_plain(connection, table, rows)
        else:
            found = _insert_returning(connection, writes, unknown, rows)
            for record, values in zip(members, found, strict=True):
                record.update(zip([write.key for write in unknown], values, strict=True))


def _insert_plain(connection: Any, table: Any, rows: list[Record]) -> None:
    connection.execute(Insert(table).inline(), rows if len(rows) > 1 else rows[0] or None)


def _insert_returning(
    connection: Any, writes: TableWrites, unknown: Sequence[Any], rows: list[Record]
) -> Sequence[Sequence[Any]]:
    """Insert rows and return their generated keys, in the order of the rows."""
    if not connection.dialect.features.insert_returning:
        positions = [writes.pk.index(write) for write in unknown]
        keys = [connection.execute(Insert(writes.table), row or None).inserted_primary_key for row in rows]
        return [[key[position] for position in positions] for key in keys]
    statement = Insert(writes.table).returning(*[w.column for w in unknown], sort_by_parameter_order=True)
    found: Sequence[Sequence[Any]] = connection.execute(statement, rows if len(rows) > 1 else rows[0] or None).all()
    return found


def insert_records(
    connection: Any, mapper: Any, records: Sequence[Mapping[str, Any]], *, render_nulls: bool, return_defaults: bool
) -> list[Record]:
    """Insert records into all tables of a class; return them with their keys, as far as these are known or wanted."""
    found = [dict(record) for record in completed(mapper, records, connection.dialect, render_nulls=render_nulls)]
    for table in mapper.tables:
        if return_defaults or table is not mapper.tables[-1]:
            insert_keyed(connection, mapper, table, found)
        else:
            writes = table_writes(mapper, table)
            writes.inherit(found)
            for keys, members in grouped(found):
                _insert_plain(connection, table, rows_of(writes, keys, members))
    return found


# --- RETURNING of a class with several tables


def _read_back(session: Any, mapper: Any, statement: Any, records: Sequence[Record]) -> Any:
    """Select what RETURNING asks for, in the order of the records: a class with several tables has no one RETURNING."""
    keys = key_columns(mapper)
    pks = [tuple([record[key] for key in mapper.pk_keys]) for record in records]
    found: dict[tuple[Any, ...], Any] = {}
    columns: Any = None
    for start in range(0, len(pks), CHUNK):
        wanted = pks[start : start + CHUNK]
        among = keys[0].in_([pk[0] for pk in wanted]) if len(keys) == 1 else tuple_(*keys).in_(wanted)
        select = Select(*statement.returning_columns, *keys).where(among)
        result = session.execute(select, execution_options={"autoflush": False})
        width = len(result.keys()) - len(keys)
        found.update((tuple(row[width:]), row[:width]) for row in result.all())
        columns = columns or result.columns(*range(width))._visible_keys()
    rows: IteratorResult[Any] = IteratorResult(columns, [found[pk] for pk in pks])
    return rows
