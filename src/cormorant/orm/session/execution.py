"""Statements in a session: flush first, find the connection, run, turn rows into objects.

In: any executable statement. Out: a result. A statement without entities goes to the connection as it is; one with
entities has a load plan, whose loader makes the objects. What a listener of `do_orm_execute` sees and may replace is
`ORMExecuteState`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ... import exc
from ...engine.parameters import distill
from ...sql.node import structure_of
from ...util.immutable import immutabledict
from ..instance.errors import StaleDataError
from ..load.executed import chunked_result, loaded_result
from ..query import lower as lower
from . import binding, bulk

NO_OPTIONS: immutabledict[str, Any] = immutabledict()


def execute(
    session: Any,
    statement: Any,
    params: Any,
    options: Mapping[str, Any],
    bind_arguments: Mapping[str, Any] | None,
) -> Any:
    """Run a statement in the transaction of a session."""
    try:
        own = statement.exec_options
    except AttributeError:
        raise _not_executable(statement) from None
    if own or options or session.execution_options:
        options = immutabledict({**session.execution_options, **own, **options})
    if session.hooks.do_orm_execute is not None:
        return ORMExecuteState(session, statement, params, options, bind_arguments).run()
    return run(session, statement, params, options, bind_arguments)


def _not_executable(statement: Any) -> Exception:
    if isinstance(statement, str):
        return exc.ArgumentError(
            f"Textual SQL expression {statement!r} should be explicitly declared as text({statement!r})"
        )
    remedy = f" Did you mean select({statement.__name__})?" if isinstance(statement, type) else ""
    return exc.ArgumentError(f"Executable SQL or text() construct expected, got {statement!r}.{remedy}")


def run(
    session: Any, statement: Any, params: Any, options: Mapping[str, Any], bind_arguments: Mapping[str, Any] | None
) -> Any:
    """Run a statement whose options are merged."""
    if (session.modified or session._new or session._deleted or session.touched) and options.get("autoflush", True):
        session.autoflush_now()
    connection = _connection(session, statement, bind_arguments)
    if structure_of(statement)[0].plugin is None:
        return connection.execute(statement, params, execution_options=options or None)
    if statement.is_dml:
        return bulk.execute(session, connection, statement, params, options)
    return _select(session, connection, statement, params, options)


def _connection(session: Any, statement: Any, bind_arguments: Mapping[str, Any] | None) -> Any:
    if bind_arguments:
        bind = session.get_bind(**{"clause": statement, **bind_arguments})
        return session._begin_if_needed().connection_for(bind)
    if session.is_routed:
        return session.connection_for(binding.mapper_of_statement(statement), statement)
    transaction = session._transaction or session._begin_if_needed()
    return transaction.sole_connection or transaction.connection_for(session.get_bind(clause=statement))


def _select(session: Any, connection: Any, statement: Any, params: Any, options: Mapping[str, Any]) -> Any:
    many: Any = None
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
        return chunked_result(
            session, plan, cursor, int(options.get("yield_per") or 1000), is_refresh=is_refresh, run=run
        )
    return loaded_result(session, plan, cursor, is_refresh=is_refresh, statement=statement, run=run)


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
    except (exc.StatementError, StaleDataError) as error:
        error.add_note(
            "raised as a result of Query-invoked autoflush; consider using a session.no_autoflush block if this flush "
            "is occurring prematurely"
        )
        raise


class ORMExecuteState:
    """What a listener of `do_orm_execute` gets: the statement with its parameters and options, before it runs.

    The listener may set `statement`, call `update_execution_options()`, run the statement itself with
    `invoke_statement()` and return that result, or return None to go on.
    """

    def __init__(
        self,
        session: Any,
        statement: Any,
        parameters: Any,
        execution_options: Mapping[str, Any],
        bind_arguments: Mapping[str, Any] | None,
        listeners: tuple[Any, ...] | None = None,
    ) -> None:
        self.session = session
        self.statement = statement
        self.parameters = parameters
        self.local_execution_options = immutabledict(execution_options)
        self.bind_arguments = dict(bind_arguments or {})
        self._listeners = session.hooks.do_orm_execute if listeners is None else listeners

    def run(self) -> Any:
        """Call the listeners; the first result is the result, else the statement runs."""
        for number, listener in enumerate(self._listeners):
            self._remaining = self._listeners[number + 1 :]
            result = listener(self)
            if result is not None:
                return result
        return run(self.session, self.statement, self.parameters, self.execution_options, self.bind_arguments or None)

    def invoke_statement(
        self,
        statement: Any = None,
        params: Any = None,
        execution_options: Mapping[str, Any] | None = None,
        bind_arguments: Mapping[str, Any] | None = None,
    ) -> Any:
        """Run the statement, or another one, through the listeners that were not called yet; return its result."""
        state = ORMExecuteState(
            self.session,
            self.statement if statement is None else statement,
            self.parameters if params is None else params,
            {**self.execution_options, **(execution_options or {})},
            {**self.bind_arguments, **(bind_arguments or {})},
            self._remaining,
        )
        return state.run()

    @property
    def execution_options(self) -> immutabledict[str, Any]:
        """The options in effect."""
        return self.local_execution_options

    def update_execution_options(self, **opts: Any) -> None:
        """Set options."""
        self.local_execution_options = immutabledict({**self.local_execution_options, **opts})

    @property
    def is_orm_statement(self) -> bool:
        """Whether the statement names mapped classes or attributes."""
        return self.statement.shape.plugin is not None

    @property
    def is_select(self) -> bool:
        """Whether it is a SELECT."""
        return bool(self.statement.is_select)

    @property
    def is_insert(self) -> bool:
        """Whether it is an INSERT."""
        return bool(self.statement.is_insert)

    @property
    def is_update(self) -> bool:
        """Whether it is an UPDATE."""
        return bool(self.statement.is_update)

    @property
    def is_delete(self) -> bool:
        """Whether it is a DELETE."""
        return bool(self.statement.is_delete)

    @property
    def is_executemany(self) -> bool:
        """Whether there are several sets of parameters."""
        return isinstance(self.parameters, (list, tuple))
