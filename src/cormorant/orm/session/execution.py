"""Statements in a session: flush first, find the connection, run, turn rows into objects.

In: any executable statement. Out: a result. A statement without entities goes to the connection as it is; one with
entities has a load plan, whose loader makes the objects. Listeners of `do_orm_execute` are asked first (`orm_execute`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ... import exc
from ...engine.parameters import distill
from ...sql.node import structure_of
from ...util.immutable import immutabledict
from ..load.executed import chunked_result, loaded_result
from ..load.request import LoadRequest
from ..query import lower as lower
from ..query.adapt import adapt
from . import binding, bulk
from .alone import in_use
from .orm_execute import ORMExecuteState
from .overriding import REQUEST, execute_load

NO_OPTIONS: immutabledict[str, Any] = immutabledict()


def execute(
    session: Any,
    statement: Any,
    params: Any,
    options: Mapping[str, Any],
    bind_arguments: Mapping[str, Any] | None,
) -> Any:
    """Run a statement in the transaction of a session."""
    lock = session.lock
    if not lock.acquire(False):
        raise in_use("execute")
    try:
        return _execute(session, statement, params, options, bind_arguments)
    finally:
        lock.release()


def _execute(
    session: Any,
    statement: Any,
    params: Any,
    options: Mapping[str, Any],
    bind_arguments: Mapping[str, Any] | None,
) -> Any:
    try:
        own = statement.exec_options
    except AttributeError:
        raise _not_executable(statement) from None
    if own or options or session.execution_options:
        options = immutabledict({**session.execution_options, **own, **options})
        if REQUEST in options:
            return _run_request(session, statement, params, options)
    if session.hooks.do_orm_execute is not None:
        listeners = session.hooks.do_orm_execute
        return ORMExecuteState(session, statement, params, options, bind_arguments, _run_state, listeners).run()
    return run(session, statement, params, options, bind_arguments)


def _run_state(state: ORMExecuteState) -> Any:
    """Run what the listeners have left."""
    bind_arguments = state.bind_arguments if state.is_bound else None
    return run(state.session, state.statement, state.parameters, state.execution_options, bind_arguments)


def with_values(statement: Any, places: Mapping[Any, Any]) -> Any:
    """Return a Core SELECT with values in its places."""
    made = {id(bind): bind._copy(value=value, required=False) for bind, value in places.items()}
    criteria = [adapt(criterion, lambda node: made.get(id(node))) for criterion in statement.where_criteria]
    return statement._copy(where_criteria=tuple(criteria))


def run_load(session: Any, request: LoadRequest) -> Any:
    """Run a load of the session past its listeners; return the result."""
    options: dict[str, Any] = {**session.execution_options, **session.load_options}
    if request.is_refresh:
        options["populate_existing"] = True
    if "execute" in session.overrides:
        return execute_load(session, request, options)
    return _run_heard(session, request, request.statement, _shown(request), options)


def _run_request(session: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    """Run a load that comes from an overridden `execute()`, as that has left it."""
    options = dict(options)
    request: LoadRequest = options.pop(REQUEST)
    return _run_heard(session, request, statement, params, options)


def _shown(request: LoadRequest) -> dict[str, Any]:
    return {f"{bind.key}": value for bind, value in request.places.items()}


def _run_heard(session: Any, request: LoadRequest, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    shown = _shown(request)

    def run_places(state: ORMExecuteState) -> Any:
        options, statement = state.execution_options, state.statement
        connection = session.connection_for(request.mapper, statement)
        parameters: Mapping[str, Any] = state.parameters or {}
        given = {key: value for key, value in parameters.items() if key not in shown}
        given |= request.parameters or {}
        if structure_of(statement)[0].plugin is None:
            return connection.execute(with_values(statement, request.places), given or None)
        announced = connection.run_announced(statement, given or None, options or None, places=request.places)
        wanted, params, plan, binds, cursor = announced
        is_refresh = bool(options.get("populate_existing"))
        loaded = (connection, plan, binds, params)
        return loaded_result(session, plan, cursor, is_refresh=is_refresh, statement=wanted, run=loaded)

    listeners = session.hooks.do_orm_execute
    about = {"mapper": request.mapper}
    return ORMExecuteState(session, statement, params, options, about, run_places, listeners, request.purpose).run()


def _not_executable(statement: Any) -> Exception:
    if isinstance(statement, str):
        return exc.ArgumentError(
            f"Textual SQL expression {statement!r} should be explicitly declared as text({statement!r})"
        )
    give = None if isinstance(statement, type) else getattr(statement, "__clause_element__", None)
    if give is not None and getattr(give(), "is_select_statement", False):
        return exc.ObjectNotExecutableError(statement)
    remedy = f" Did you mean select({statement.__name__})?" if isinstance(statement, type) else ""
    return exc.ArgumentError(f"Executable SQL or text() construct expected, got {statement!r}.{remedy}")


def run(
    session: Any, statement: Any, params: Any, options: Mapping[str, Any], bind_arguments: Mapping[str, Any] | None
) -> Any:
    """Run a statement whose options are merged."""
    if (session.modified or session._new or session._deleted or session.touched) and (
        # the option is one of statements about classes: it says nothing of others
        options.get("autoflush", True) or structure_of(statement)[0].plugin is None
    ):
        session.autoflush_now()
    transaction = session._transaction
    connection = None if transaction is None or bind_arguments or session.is_routed else transaction.sole_connection
    if connection is None:
        connection = _connection(session, statement, bind_arguments)
    if structure_of(statement)[0].plugin is None:
        return connection.execute(statement, params, execution_options=options or None)
    token = options.get("identity_token")
    if token is not None and token != session.identity.current:
        with session.identity.under(token):
            return _run_orm(session, connection, statement, params, options)
    return _run_orm(session, connection, statement, params, options)


def _run_orm(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    before, session.running = session.running, (statement, params or {}, options)
    try:
        if statement.is_dml:
            return bulk.execute(session, connection, statement, params, options)
        return _select(session, connection, statement, params, options)
    finally:
        session.running = before


def _connection(session: Any, statement: Any, bind_arguments: Mapping[str, Any] | None) -> Any:
    if bind_arguments or session.is_routed:
        mapper = binding.mapper_of_statement(statement)
        about = {} if mapper is None else {"mapper": mapper}
        bind = session.get_bind(**{"clause": statement, **(bind_arguments or {}), **about})
        return session._begin_if_needed().connection_for(bind)
    transaction = session._transaction or session._begin_if_needed()
    return transaction.sole_connection or transaction.connection_for(session.get_bind(clause=statement))


def _select(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    many: Any = None
    if params is not None and statement.source_statement is not None and statement.source_statement.is_dml:
        source = statement.source_statement
        own = {**source.exec_options, **options}
        return bulk.execute(session, connection, source, params, own)
    if params is not None:
        params, many = distill(params)
    plan, binds = connection.planner_for(options or statement.exec_options).plan_for(statement)
    load_plan = plan.compiled.load_plan
    if many is not None:
        raise exc.InvalidRequestError("a SELECT takes one set of parameters; run it once for each of several")
    if load_plan is None:
        return connection.execute(statement, params, execution_options=options or None)
    is_refresh = False if not options else bool(options.get("populate_existing"))
    if connection.watches_statements:
        statement, params, plan, binds, cursor = connection.run_announced(statement, params, options)
    else:
        cursor = connection.run_plan(plan, binds, params, options)
    run = (connection, plan, binds, params)
    if options and (options.get("yield_per") or options.get("stream_results")):
        size = int(options.get("yield_per") or 1000)
        return chunked_result(session, plan, cursor, size, is_refresh=is_refresh, run=run, options=options)
    return loaded_result(
        session, plan, cursor, is_refresh=is_refresh, is_whole=is_refresh, statement=statement, run=run, options=options
    )


def rows_of(session: Any, statement: Any, result: Any) -> Any:
    """Return objects and rows for the result of an ORM statement that a connection has run."""
    cursor = getattr(result, "cursor", None)
    if cursor is None:
        raise exc.InvalidRequestError(
            "the rows must be those that a Connection gave for the statement, not fetched yet"
        )
    plan, _ = result.connection.engine.plan_for(statement)
    return loaded_result(session, plan, cursor)


def autoflush(session: Any) -> None:
    """Flush before a read; an error says that it was the automatic flush."""
    try:
        session.flush()
    except exc.StatementError as error:
        error.add_detail(
            "raised as a result of Query-invoked autoflush; consider using a session.no_autoflush block if this flush "
            "is occurring prematurely"
        )
        raise
