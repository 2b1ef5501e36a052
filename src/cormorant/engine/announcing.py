"""The long way of a statement: with parameters, options, and listeners of `before_execute` and `after_execute`.

In: a statement as the program wrote it, or as the ORM made it. Out: its result; for the ORM, which loads rows itself,
the driver's cursor and what was run after all, since a listener may replace statement and parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..exc import InvalidRequestError
from ..util import immutabledict
from . import execution
from .cursor_result import CursorResult
from .parameters import distill
from .running import RunningConnection

Result = CursorResult[Any]


def execute_fully(
    connection: RunningConnection,
    statement: Any,
    parameters: Any,
    own_options: Mapping[str, Any],
    options: Mapping[str, Any] | None,
) -> Result:
    """Run a statement with parameters, options or listeners."""
    one, many = distill(parameters)
    merged: immutabledict[str, Any] = connection._options.merge_with(own_options, options)
    no_rows: Sequence[Any] = () if parameters is None else []
    statement, one, many = _before(connection, statement, one, many or no_rows, merged)
    result = _execute(connection, statement, one, many, merged)
    _after(connection, statement, one, many or no_rows, merged, result)
    return result


def _before(
    connection: RunningConnection, statement: Any, one: Any, many: Any, options: Mapping[str, Any]
) -> tuple[Any, Any, Any]:
    """Return statement and parameters as the listeners want them."""
    for listener in connection._hooks.before_execute or ():
        changed = listener(connection, statement, many, one or {}, options)
        if changed is not None:
            statement, many, one = changed[0], changed[1], changed[2] or None
    return statement, one, many or None


def _after(
    connection: RunningConnection, statement: Any, one: Any, many: Any, options: Mapping[str, Any], result: Result
) -> None:
    for listener in connection._hooks.after_execute or ():
        listener(connection, statement, many, one or {}, options, result)


def _execute(connection: RunningConnection, statement: Any, one: Any, many: Any, options: Mapping[str, Any]) -> Result:
    planner = connection.planner_for(options)
    if many is not None:
        plan, binds = planner.plan_for(statement, tuple(many[0]), True)
        return execution.run_many(connection, plan, binds, many, options)
    plan, binds = planner.plan_for(statement, tuple(one) if one else ())
    return execution.RUNNERS[plan.kind](connection, plan, binds, one, options)


class Announced(NamedTuple):
    """What was run for the ORM after listeners had their say, and the driver's cursor with the rows."""

    statement: Any
    parameters: Mapping[str, Any] | None
    plan: Any
    binds: Sequence[Any]
    cursor: Any


def run_announced(
    connection: RunningConnection,
    statement: Any,
    parameters: Mapping[str, Any] | None,
    options: Mapping[str, Any] | None,
    places: Mapping[Any, Any],
) -> Announced:
    """Run a statement whose rows the caller fetches.

    `places` has the values of anonymous parameters of the statement. Listeners know them by their names in its text; in
    the text of another statement the same parameters may have other names.
    """
    merged: immutabledict[str, Any] = connection._options.merge_with(statement.exec_options, options)
    planner = connection.planner_for(merged)
    plan, binds = planner.plan_for(statement)
    names = _names(plan, binds, places)
    shown = {**(parameters or {}), **{name: places[bind] for name, bind in names.items()}}
    wanted, one, many = _before(connection, statement, shown, [], merged)
    if many is not None:
        raise InvalidRequestError("a SELECT takes one set of parameters; a listener gave it several")
    if wanted is not statement:
        plan, binds = _plan_instead(planner, wanted, plan)
    told: Mapping[str, Any] = one or {}
    given = {name: value for name, value in told.items() if name not in names}
    values = {bind: told.get(name, places[bind]) for name, bind in names.items()}
    given |= {name: values[bind] for name, bind in _names(plan, binds, values).items()}
    result = execution.RUNNERS[plan.kind](connection, plan, binds, given or None, merged)
    _after(connection, wanted, one, [], merged, result)
    return Announced(wanted, given or None, plan, binds, result.cursor)


def _names(plan: Any, binds: Sequence[Any], places: Mapping[Any, Any]) -> dict[str, Any]:
    """Return the parameters that have a value in `places`, by their names in the text of a plan."""
    mine = {id(bind): bind for bind in places}
    found = {slot.name: mine.get(id(binds[slot.position])) for slot in plan.compiled.slots if slot.position is not None}
    return {name: bind for name, bind in found.items() if bind is not None}


def _plan_instead(planner: Any, statement: Any, plan: Any) -> tuple[Any, Sequence[Any]]:
    """Return plan and binds of a statement that a listener put in the place of one that has a plan."""
    found: tuple[Any, Sequence[Any]] = planner.plan_for(statement)
    if plan.compiled.load_plan is not None and found[0].compiled.load_plan is None:
        raise InvalidRequestError("a listener replaced a statement about mapped classes by one without any")
    return found
