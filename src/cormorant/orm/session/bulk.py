"""INSERT, UPDATE and DELETE of mapped classes as statements, and what they mean for the objects in the session.

In: a statement whose table is an entity, and its parameters. Out: its result; RETURNING of entities gives objects.
Parameter sets of an INSERT are rows by attribute name (see `bulk_insert`), a list of them for an UPDATE is an update by
primary key (`bulk_update`). Other UPDATEs and DELETEs bring the session's objects in step (`synchronize`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ... import exc
from ...sql.node import deannotate
from ..mapping.entity import EntityNode
from . import bulk_insert, bulk_update, synchronize
from .synchronize import Concerned
from .written import WrittenResult, orm_result

DML_STRATEGIES = ("auto", "bulk", "orm", "raw")


def execute(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    """Run a statement that writes rows of a mapped class."""
    if not isinstance(statement.table, EntityNode):
        return orm_result(session, _run(connection, statement, params, options), is_refresh=_is_refresh(options))
    if statement.is_insert:
        return _insert(session, connection, statement, params, options)
    if type(params) in (list, tuple):
        if statement.is_delete:
            raise exc.InvalidRequestError(
                "Bulk ORM DELETE not supported right now. Statement may be invoked at the Core level using "
                "session.connection().execute(stmt, parameters)"
            )
        if not params:
            return WrittenResult(0)
        return bulk_update.execute(session, connection, statement, params, options)
    return _change(session, connection, statement, params, options)


def _run(connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    return connection.execute(statement, params, execution_options=options or None)


def _is_refresh(options: Mapping[str, Any]) -> bool:
    return bool(options.get("populate_existing"))


def _insert(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    strategy = options.get("dml_strategy", "auto")
    if strategy not in DML_STRATEGIES:
        raise exc.ArgumentError("Valid strategies for ORM insert strategy are 'raw', 'orm', 'bulk', 'auto'")
    if strategy in ("raw", "orm") or not params or _gives_binds_alone(statement, params):
        return orm_result(session, _run(connection, statement, params, options), is_refresh=_is_refresh(options))
    return bulk_insert.execute(session, connection, statement, params, options)


def _gives_binds_alone(statement: Any, params: Any) -> bool:
    """Tell whether parameters are the values of bind parameters in `values()`, and none is an attribute."""
    if not (statement.value_pairs or statement.multi_values):
        return False
    attributes = statement.table.mapper.class_manager.attributes
    first: Mapping[str, Any] = params if hasattr(params, "keys") else params[0]
    return not any(key in attributes for key in first)


# --- UPDATE and DELETE by criteria


def _change(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    """Run an UPDATE or DELETE and bring the session's objects in step."""
    mapper = statement.table.mapper
    strategy = synchronize.strategy_of(options)
    values = synchronize.new_values(statement, mapper, params) if statement.is_update and strategy else {}
    condition = synchronize.condition_of(statement, mapper, params, strategy)
    if condition is not None:
        concerned = synchronize.evaluated(session, mapper, condition)
        result = _run(connection, statement, params, options)
    elif strategy:
        concerned, result = _fetch(session, connection, statement, params, options)
    else:
        concerned, result = Concerned([], []), _run(connection, statement, params, options)
    if statement.is_update:
        if strategy and concerned.certain:
            values = {**synchronize.values_on_update(mapper, values, result), **values}
        synchronize.take_values(session, concerned, values)
    else:
        synchronize.expire(session, concerned.doubtful)
    loaded = orm_result(session, result, is_refresh=_is_refresh(options))
    if not statement.is_update:
        synchronize.drop(session, concerned.certain)
    return loaded


def _fetch(
    session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]
) -> tuple[Concerned, Any]:
    """Run a statement and learn from the database which rows it concerned."""
    mapper = statement.table.mapper
    features = connection.dialect.features
    if not (features.update_returning if statement.is_update else features.delete_returning):
        keys = connection.execute(synchronize.key_select(statement, mapper), params).all()
        concerned = synchronize.fetched(session, mapper, [_pk(row) for row in keys])
        return concerned, _run(connection, statement, params, options)
    wanted, positions = _with_keys(statement, mapper)
    result = _run(connection, wanted, params, options)
    if not statement.returning_columns:
        keys = result.all()
        return synchronize.fetched(session, mapper, [_pk(row) for row in keys]), WrittenResult(len(keys), result)
    if positions is None:
        raw = _reread(result)
        entity = next(load for load in result._plan.compiled.load_plan.entities() if load.mapper is mapper)
        return synchronize.fetched(session, mapper, _keys_at(result, raw, entity.pk)), result
    pks = _keys_at(result, _reread(result), positions)
    added = len(positions) if wanted is not statement else 0
    return synchronize.fetched(session, mapper, pks), _without_first(result, added)


def _with_keys(statement: Any, mapper: Any) -> tuple[Any, Sequence[int] | None]:
    """Return the statement with the primary key in RETURNING, and where it stands; None where an entity holds it."""
    returned = statement.returning_columns
    if any(isinstance(one, EntityNode) and one.mapper is mapper for one in returned):
        return statement, None
    plain = [deannotate(one) for one in returned]
    wanted = mapper.local_table.primary_key.columns
    positions = [position for column in wanted for position, one in enumerate(plain) if one is column]
    if len(positions) == len(mapper.pk_keys):
        return statement, positions
    keys = [column.__clause_element__() for column in synchronize.key_columns(mapper)]
    return statement._copy(returning_columns=(*keys, *returned)), range(len(keys))


def _reread(result: Any) -> list[Any]:
    """Return the rows of a result, which keeps them."""
    rows: list[Any] = result.cursor.fetchall()
    result.cursor._position = 0
    return rows


def _keys_at(result: Any, raw: Sequence[Any], positions: Sequence[int]) -> list[Any]:
    rows: list[Any] = result._rows(list(raw)) if raw else []
    return [_pk([row[position] for position in positions]) for row in rows]


def _without_first(result: Any, count: int) -> Any:
    return result.columns(*range(count, len(result.keys()))) if count else result


def _pk(row: Any) -> Any:
    """Return a raw primary key from the values of its columns."""
    return row[0] if len(row) == 1 else tuple(row)
