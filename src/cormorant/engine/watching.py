"""A cursor's execution when somebody watches: echo, cursor-level listeners, or options that choose another cursor.

The plain case is in `Connection._run_cursor`; this is the same with everything around it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Any

from ..util import parameters_text, short_text
from .context import ExecutionContext
from .running import RunningConnection
from .streaming import StreamCursor

_READS = re.compile(r"\s*(SELECT|VALUES|WITH)\b", re.IGNORECASE)
_SPECIAL = frozenset({"max_row_buffer", "no_parameters", "stream_results", "yield_per"})


def is_special(options: Mapping[str, Any]) -> bool:
    """Whether options change how a cursor is used."""
    return not _SPECIAL.isdisjoint(options)


def run_watched(
    connection: RunningConnection,
    text: str,
    parameters: Any,
    many: bool,
    plan: Any,
    options: Mapping[str, Any] | None,
    note: str,
) -> Any:
    """Execute text on a new cursor and return it."""
    options = options or {}
    is_batch = many or bool(note)
    uses = _count(plan)
    context = ExecutionContext(connection, plan and plan.compiled, text, parameters, is_batch, options, uses)
    if note:
        context.is_batch = True
        if connection.batch_of is not None:
            context.statement, context.raw_parameters = connection.batch_of
    connection.latest_context = context
    cursor: Any = None
    try:
        is_stream = _is_stream(options, text)
        cursor = connection._driver.stream_cursor(connection._dbapi) if is_stream else connection._dbapi.cursor()
        context.cursor = cursor
        text, parameters = _before(connection, context, cursor, text, parameters, is_batch)
        if connection._echo is not None:
            _log(connection, text, parameters, many, plan, note)
        _execute(connection, context, cursor, text, parameters, many)
    except BaseException as error:
        connection._fail(error, text, parameters, cursor, many, context)
    for listener in connection._hooks.after_cursor_execute or ():
        listener(connection, cursor, text, parameters, context, is_batch)
    if is_stream:
        cursor = StreamCursor(cursor, options.get("max_row_buffer") or options.get("yield_per"))
    if connection._echo is not None and connection._echo.is_debug and cursor.description is not None:
        return LoggedCursor(cursor, connection._echo)
    return cursor


def _is_stream(options: Mapping[str, Any], text: str) -> bool:
    wanted = options.get("stream_results") or options.get("yield_per")
    return bool(wanted) and _READS.match(text) is not None


def _before(
    connection: RunningConnection, context: ExecutionContext, cursor: Any, text: str, parameters: Any, many: bool
) -> tuple[str, Any]:
    for listener in connection._hooks.before_cursor_execute or ():
        changed = listener(connection, cursor, text, parameters, context, many)
        if changed is not None:
            text, parameters = changed
            context.statement, context.parameters = text, parameters
    return text, parameters


def _execute(
    connection: RunningConnection, context: ExecutionContext, cursor: Any, text: str, parameters: Any, many: bool
) -> None:
    hooks = connection._hooks
    if context.execution_options.get("no_parameters") and not parameters:
        if not any(listener(cursor, text, context) for listener in hooks.do_execute_no_params or ()):
            cursor.execute(text)
        return
    listeners = hooks.do_executemany if many else hooks.do_execute
    if any(listener(cursor, text, parameters, context) for listener in listeners or ()):
        return
    if many:
        connection._driver.executemany(cursor, text, parameters)
    else:
        cursor.execute(text, parameters)


def _log(connection: RunningConnection, text: str, parameters: Any, many: bool, plan: Any, note: str) -> None:
    log = connection._echo
    log.info("%s", text)
    if connection.engine.hide_parameters:
        shown = "[SQL parameters hidden due to hide_parameters=True]"
    else:
        shown = parameters_text(parameters, many)
    origin = "" if note and not note.startswith(" ") else _origin(plan)
    log.info("[%s%s] %s", origin, note, shown)


def _count(plan: Any) -> int:
    """Count an execution of a plan; return how many there were."""
    if plan is None:
        return 0
    plan.uses += 1
    return int(plan.uses)


def _origin(plan: Any) -> str:
    """Where the text comes from: raw, made now, or kept since when."""
    if plan is None:
        return "raw sql"
    if not plan.is_kept or getattr(plan.compiled.statement, "multi_values", None):
        return f"no key {plan.making_took:.5f}s"
    if plan.uses == 1:
        return f"generated in {plan.making_took:.5f}s"
    return f"cached since {time.perf_counter() - plan.made_at:.4g}s ago"


def close_quietly(cursor: Any) -> None:
    """Close a cursor after an error; what goes wrong with that adds nothing."""
    try:
        cursor.close()
    except Exception:  # the first error is what the program must see
        return


class ShortRow:
    """A row as it is logged: long values are shortened, when and if the line is written."""

    __slots__ = ("_row",)

    def __init__(self, row: Any) -> None:
        self._row = row

    def __repr__(self) -> str:
        shown = [short_text(repr(value)) for value in self._row]
        return f"({shown[0]},)" if len(shown) == 1 else f"({', '.join(shown)})"


class LoggedCursor:
    """A cursor whose columns and rows are logged as they are fetched."""

    def __init__(self, cursor: Any, log: Any) -> None:
        self._cursor = cursor
        self._log = log
        log.debug("Col %r", tuple(column[0] for column in cursor.description))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def fetchall(self) -> list[Any]:
        """All remaining rows."""
        return self._logged(self._cursor.fetchall())

    def fetchmany(self, *size: int) -> list[Any]:
        """The next rows."""
        return self._logged(self._cursor.fetchmany(*size))

    def fetchone(self) -> Any:
        """The next row, or None."""
        row = self._cursor.fetchone()
        if row is not None:
            self._log.debug("Row %r", ShortRow(row))
        return row

    def _logged(self, rows: Any) -> list[Any]:
        for row in rows:
            self._log.debug("Row %r", ShortRow(row))
        return list(rows)
