"""Running plans: from values to parameters, through the connection's cursor, to a result.

One runner per kind of statement, found in `RUNNERS`. No I/O here: that is `Connection._run_cursor`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..exc import InvalidRequestError
from . import inserting
from .cursor_result import BufferedCursor, CursorResult
from .inserted import Inserted
from .layout import plain_layout
from .parameters import distill_driver
from .running import RunningConnection

Result = CursorResult[Any]
Runner = Callable[[RunningConnection, Any, Sequence[Any], Mapping[str, Any] | None, Mapping[str, Any]], Result]


def run_rows(
    connection: RunningConnection,
    plan: Any,
    binds: Sequence[Any],
    parameters: Mapping[str, Any] | None,
    options: Mapping[str, Any],
) -> Result:
    """Run a SELECT, or anything that is not known to change data."""
    text = plan.text
    if parameters is None and plan.is_simple:
        try:
            values = plan.own(binds)
        except Exception as error:
            connection._fail_to_bind(error, text)
    else:
        text, values = parameters_for(connection, plan, binds, parameters)
    cursor = connection._run_cursor(text, values, False, plan, options)
    result: Result = CursorResult(connection, cursor, plan, text, values)
    if options:
        _apply_options(result, options)
    if cursor.description is None:
        _let_go(result, cursor)
    return result


def run_write(
    connection: RunningConnection,
    plan: Any,
    binds: Sequence[Any],
    parameters: Mapping[str, Any] | None,
    options: Mapping[str, Any],
) -> Result:
    """Run an INSERT, UPDATE or DELETE of one parameter set."""
    defaults = plan.defaults
    if defaults is not None and defaults.calls:
        (parameters,) = inserting.filled(connection, plan, (parameters or {},), binds)
    text, values = parameters_for(connection, plan, binds, parameters)
    cursor = connection._run_cursor(text, values, False, plan, options)
    result: Result = CursorResult(connection, cursor, plan, text, values)
    if options:
        _apply_options(result, options)
    inserted = result._inserted = Inserted(plan, binds, (parameters or {},), False)
    if not plan.is_returning:
        if plan.inserts_one_row:
            inserted.lastrowid = connection._driver.lastrowid(cursor)
        return _let_go(result, cursor)
    return _buffer(result, cursor, inserted)


def _buffer(result: Result, cursor: Any, inserted: Inserted) -> Result:
    """Read what RETURNING gives at once: the statement has its effect only when all is read."""
    count = cursor.rowcount
    rows = result._raw_all()
    result.cursor = BufferedCursor(rows, cursor.description, count, getattr(cursor, "lastrowid", None))
    result._state = 0
    if inserted.plan.compiled.implicit_returning:
        inserted.returned_rows = result._rows(rows)
        result._without_any_rows(len(rows))
    return result


def _let_go(result: Result, cursor: Any) -> Result:
    """Close the cursor of a statement without rows, after a look at its row count."""
    result._without_any_rows(cursor.rowcount)
    cursor.close()
    return result


RUNNERS: Mapping[str, Runner] = {
    "select": run_rows,
    "text": run_rows,
    "other": run_rows,
    "ddl": run_rows,
    "insert": run_write,
    "update": run_write,
    "delete": run_write,
}


def parameters_for(
    connection: RunningConnection, plan: Any, binds: Sequence[Any], parameters: Mapping[str, Any] | None
) -> tuple[str, Any]:
    """Text and driver parameters of one execution."""
    binder = plan.binder
    try:
        if plan.expander is not None:
            text, values = plan.expander.expand(binder.converted(binds, parameters or {}))
            return text, values
        if parameters is None:
            return plan.text, binder.own(binds)
        return plan.text, binder.given(binds, parameters)
    except Exception as error:
        connection._fail_to_bind(error, plan.text, [dict(parameters)] if parameters else [])


def run_many(
    connection: RunningConnection,
    plan: Any,
    binds: Sequence[Any],
    rows: Sequence[Mapping[str, Any]],
    options: Mapping[str, Any],
) -> Result:
    """Run a statement once for each dictionary of parameters."""
    if plan.expander is not None:
        error = InvalidRequestError("'literal_execute' or 'expanding' parameters can't be used with executemany()")
        connection._fail_to_bind(error, plan.text, [dict(row) for row in rows])
    if plan.defaults is not None and plan.defaults.calls:
        rows = inserting.filled(connection, plan, rows, binds)
    if plan.is_returning:
        return _run_many_returning(connection, plan, binds, rows, options)
    values = many_parameters(connection, plan, binds, rows)
    cursor = connection._run_cursor(plan.text, values, True, plan, options)
    result: Result = CursorResult(connection, cursor, plan, plan.text, values)
    result._inserted = Inserted(plan, binds, rows, True)
    return result if cursor.description is not None else _let_go(result, cursor)


def _run_many_returning(
    connection: RunningConnection,
    plan: Any,
    binds: Sequence[Any],
    rows: Sequence[Mapping[str, Any]],
    options: Mapping[str, Any],
) -> Result:
    if plan.kind != "insert":
        name = f"{connection.dialect.name}+{connection.engine.driver}"
        error = InvalidRequestError(
            f"Dialect {name} with current server capabilities does not support {plan.kind.upper()}..RETURNING when "
            "executemany is used"
        )
        connection._fail_to_bind(error, plan.text, [dict(row) for row in rows])
    raw, description = inserting.run_batches(connection, plan, binds, rows, options)
    result: Result = CursorResult(connection, BufferedCursor(raw, description, len(raw)), plan, plan.text, list(rows))
    inserted = result._inserted = Inserted(plan, binds, rows, True)
    if plan.compiled.implicit_returning:
        inserted.returned_rows = result._rows(raw)
        result._without_any_rows(len(raw))
    return result


def many_parameters(
    connection: RunningConnection, plan: Any, binds: Sequence[Any], rows: Sequence[Mapping[str, Any]]
) -> list[Any]:
    """Driver parameters for many rows; the error for a missing value tells its row."""
    try:
        made: list[Any] = plan.binder.many(binds, rows)
    except KeyError as error:
        connection._fail_to_bind(inserting.missing_in_row(error, plan, rows), plan.text, [dict(row) for row in rows])
    except Exception as error:
        connection._fail_to_bind(error, plan.text, [dict(row) for row in rows])
    return made


def run_for_cursor(
    connection: RunningConnection,
    plan: Any,
    binds: Sequence[Any],
    parameters: Mapping[str, Any] | None,
    options: Mapping[str, Any],
) -> Any:
    """Run a plan and return the driver's cursor."""
    if parameters is None and plan.is_simple:
        try:
            values = plan.own(binds)
        except Exception as error:
            connection._fail_to_bind(error, plan.text)
        return connection._run_cursor(plan.text, values, False, plan, options)
    text, values = parameters_for(connection, plan, binds, parameters)
    return connection._run_cursor(text, values, False, plan, options)


def parameters_shown(plan: Any, binds: Sequence[Any], parameters: Mapping[str, Any] | None) -> tuple[str, Any]:
    """Text and driver parameters of an execution that took place, for its error; callables may not give them again."""
    try:
        if plan.expander is not None:
            text, values = plan.expander.expand(plan.binder.converted(binds, parameters or {}))
            return text, values
        return plan.text, plan.binder.given(binds, parameters or {})
    except Exception:  # the first error is what the program must see
        return plan.text, None


def converted_rows(
    connection: RunningConnection,
    plan: Any,
    binds: Sequence[Any],
    rows: Sequence[Any],
    convert: Callable[[Sequence[Any], Any], list[Any]],
) -> list[Any]:
    """Driver parameters of rows; an error of a conversion names the statement."""
    try:
        return convert(binds, rows)
    except Exception as error:
        connection._fail_to_bind(error, plan.text, list(rows))


def next_number(connection: RunningConnection, sequence: Any) -> Any:
    """The next number of a sequence."""
    text = f"select {sequence.next_value().compile(dialect=connection.dialect)}"
    cursor = connection._run_cursor(text, connection._driver_no_parameters(), False, None, connection._options)
    (number,) = cursor.fetchone()
    cursor.close()
    return number


def _apply_options(result: Result, options: Mapping[str, Any]) -> None:
    result._options = options
    size = options.get("yield_per")
    if size is not None:
        result._fetch_size = size


# SQL of the driver ---------------------------------------------------------------------------------------------------


class _DriverSQL:
    """What stands for the plan of SQL that the program wrote in the driver's own style."""

    compiled = None
    kind = "driver"
    is_returning = False
    is_kept = False

    def __init__(self, layout_of: Any) -> None:
        self.layout = layout_of


def run_driver_sql(
    connection: RunningConnection, statement: str, parameters: Any, options: Mapping[str, Any]
) -> Result:
    """Run text as the driver takes it."""
    values, many = distill_driver(parameters)
    if values is None:
        values = connection._driver_no_parameters()
    cursor = connection._run_cursor(statement, values, many, None, options)
    result: Result = CursorResult(connection, cursor, _DRIVER_SQL, statement, values)
    if options:
        _apply_options(result, options)
    return result if cursor.description is not None else _let_go(result, cursor)


def _driver_layout(description: Sequence[Any]) -> Any:
    return plain_layout(tuple([column[0] for column in description]))


_DRIVER_SQL = _DriverSQL(_driver_layout)
