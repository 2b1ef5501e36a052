"""Connections: statements in, results out, one transaction at a time.

In: statements and parameters. Out: `CursorResult`. A plan is looked up in (or made for) the engine's cache and run by
`execution.py`; every call of a driver's cursor goes through `_run_cursor`, every error of a driver through `_fail`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, NoReturn, Self, Unpack, overload

from ..event.hooks import Dispatch
from ..exc import ArgumentError, DBAPIError, InvalidRequestError, ObjectNotExecutableError, ResourceClosedError
from ..sql.clause import Ts, TypedReturnsRows
from ..sql.savepoints import IdentifiedClause
from ..sql.typed import T
from ..util import immutabledict, warn_deprecated
from . import announcing, execution, inserting, watching
from .context import ExecutionContext
from .cursor_result import CursorResult
from .errors import ExceptionContext, Failure, wrap
from .hooks import EngineHooks
from .planning import Planner
from .results.views import ScalarResult
from .transacting import Transacting


class Connection(Transacting):
    """A connection lent from the engine's pool; use it in one thread at a time, and close it."""

    batch_of: tuple[str, Any] | None = None
    """Text and parameters of the INSERT of many rows that is being run in batches, while somebody listens."""
    latest_context: ExecutionContext | None = None
    """The context of the cursor that was just run for listeners, until the result that takes it."""

    def __init__(self, engine: Any, connection: Any = None) -> None:
        self._entered = []
        self.engine = engine
        self._driver = engine._driver
        self._hooks: EngineHooks = engine.hooks
        self._options: immutabledict[str, Any] = engine._options
        log = engine.log
        self._echo = log if log.is_info else None
        self._isolation = engine._isolation
        self._isolation_changed = False
        self._changed_options: tuple[str, ...] = ()
        self._proxy = connection if connection is not None else engine.raw_connection()
        self._dbapi = self._proxy.dbapi_connection
        self.dialect = engine.dialect
        self.planner: Planner = engine.planners.own
        if self._options:
            self._translate(self._options)
        if engine.pool.shares_connections:
            self._sharers = self._proxy.share(self)
        if self._options:
            self._act_upon(self._options)
        for listener in self._hooks.engine_connect or ():
            listener(self)

    @property
    def dispatch(self) -> Dispatch:
        """Calls the listeners."""
        return Dispatch(self._hooks)

    # executing

    @overload
    def execute(
        self,
        statement: TypedReturnsRows[Unpack[Ts]],
        parameters: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> CursorResult[Unpack[Ts]]: ...
    @overload
    def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Mapping[str, Any] | None = None
    ) -> CursorResult[Unpack[tuple[Any, ...]]]: ...
    def execute(
        self, statement: Any, parameters: Any = None, *, execution_options: Mapping[str, Any] | None = None
    ) -> CursorResult[Unpack[tuple[Any, ...]]]:
        """Run a statement; with a list of dictionaries, once for each of them."""
        try:
            own_options = statement.exec_options
        except AttributeError:
            number: Any = self._execute_other(statement)
            return number  # type: ignore[no-any-return]
        if parameters is None and not own_options and not execution_options and not self._hooks.watches_statements:
            plan, binds = self.planner.plan_for(statement)
            return execution.RUNNERS[plan.kind](self, plan, binds, None, self._options)
        return announcing.execute_fully(self, statement, parameters, own_options, execution_options)

    def _execute_other(self, thing: Any) -> Any:
        """The next number of a sequence; anything else that is no statement cannot be executed."""
        if not getattr(thing, "is_sequence", False):
            raise ObjectNotExecutableError(thing)
        warn_deprecated(
            "Using the .execute() method to invoke a DefaultGenerator object is deprecated; please use the .scalar() "
            "method."
        )
        return execution.next_number(self, thing)

    @overload
    def scalar(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        parameters: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> T | None: ...
    @overload
    def scalar(
        self, statement: Any, parameters: Any = None, *, execution_options: Mapping[str, Any] | None = None
    ) -> Any: ...
    def scalar(
        self, statement: Any, parameters: Any = None, *, execution_options: Mapping[str, Any] | None = None
    ) -> Any:
        """The first column of the first row, or None."""
        if getattr(statement, "is_sequence", False):
            return execution.next_number(self, statement)
        return self.execute(statement, parameters, execution_options=execution_options).scalar()

    @overload
    def scalars(
        self,
        statement: TypedReturnsRows[T, Unpack[tuple[Any, ...]]],
        parameters: Any = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> ScalarResult[T]: ...
    @overload
    def scalars(
        self, statement: Any, parameters: Any = None, *, execution_options: Mapping[str, Any] | None = None
    ) -> ScalarResult[Any]: ...
    def scalars(
        self, statement: Any, parameters: Any = None, *, execution_options: Mapping[str, Any] | None = None
    ) -> ScalarResult[Any]:
        """The first column of each row."""
        return self.execute(statement, parameters, execution_options=execution_options).scalars()

    def exec_driver_sql(
        self, statement: str, parameters: Any = None, execution_options: Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Run SQL as the driver takes it, with parameters in the driver's style."""
        options = self._options.union(execution_options) if execution_options else self._options
        return execution.run_driver_sql(self, statement, parameters, options)

    def run_plan(
        self, plan: Any, binds: Sequence[Any], parameters: Any = None, options: Mapping[str, Any] | None = None
    ) -> Any:
        """Run a plan and return the driver's cursor: for those who fetch raw rows themselves."""
        if parameters is None and not options and plan.is_simple:
            try:
                values = plan.own(binds)
            except Exception as error:
                self._fail(error, plan.text)
            return self._run_cursor(plan.text, values, False, plan, self._options)
        merged = self._options
        if options:
            merged = merged.union(options)
        return execution.run_for_cursor(self, plan, binds, parameters, merged)

    @property
    def watches_statements(self) -> bool:
        """Whether somebody listens to statements: then `run_announced` and `execute` must run them."""
        return self._hooks.watches_statements

    def run_announced(
        self,
        statement: Any,
        parameters: Mapping[str, Any] | None = None,
        options: Mapping[str, Any] | None = None,
        places: Mapping[Any, Any] = immutabledict(),
    ) -> announcing.Announced:
        """Run a statement as `run_plan` does, but tell listeners, who may replace it; `places` has values by bind."""
        return announcing.run_announced(self, statement, parameters, options, places)

    def fail_fetch(
        self, error: BaseException, cursor: Any, plan: Any, binds: Sequence[Any], parameters: Any = None
    ) -> NoReturn:
        """Raise the exception for an error of a fetch from a cursor that `run_plan` gave."""
        text, values = execution.parameters_shown(plan, binds, parameters)
        self._fail(error, text, values, cursor)

    def insert_many(self, plan: Any, rows: Sequence[Any], binds: Sequence[Any] = ()) -> list[Any]:
        """Insert many rows in batches and return what RETURNING gives for each, in the order of the rows."""
        return inserting.insert_many(self, plan, binds, rows, self._options)

    def run_write(self, plan: Any, binds: Sequence[Any], parameters: Mapping[str, Any]) -> CursorResult[Any]:
        """Run the plan of an INSERT, UPDATE or DELETE for one row of parameters."""
        return execution.run_write(self, plan, binds, parameters, self._options)

    def insert_row(
        self, plan: Any, binds: Sequence[Any], row: Any, convert: Callable[[Sequence[Any], Any], list[Any]]
    ) -> Sequence[Any]:
        """Insert one row and return its generated key: the columns that RETURNING fetches, or the driver's last key."""
        try:
            (values,) = convert(binds, (row,))
        except Exception as error:
            self._fail_to_bind(error, plan.text, [row])
        cursor = self._run_cursor(plan.text, values, False, plan, self._options)
        if plan.is_returning:
            try:
                raw = cursor.fetchall()
            except BaseException as error:
                self._fail(error, plan.text, values, cursor)
            found: Sequence[Any] = plan.layout(cursor.description).rows(raw)[0]
        else:
            found = (self._driver.lastrowid(cursor),)
        cursor.close()
        return found

    def run_rows(
        self, plan: Any, binds: Sequence[Any], rows: Sequence[Any], convert: Callable[[Sequence[Any], Any], list[Any]]
    ) -> int:
        """Run a plan once per row, without results; `convert` is a function of the plan's binder that makes parameters.

        Returns how many rows of the table were met, as far as the driver tells.
        """
        values = execution.converted_rows(self, plan, binds, rows, convert)
        many = len(values) > 1
        cursor = self._run_cursor(plan.text, values if many else values[0], many, plan, self._options)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def _run_ddl(self, visitor: Callable[[Any], None]) -> None:
        """Let a schema visitor, which decides what is done in which order, work on this connection."""
        visitor(self)

    def _run_savepoint(self, clause: IdentifiedClause) -> None:
        if self._echo is not None or self._hooks.watches_statements or self._hooks.watches_cursors:
            self.execute(clause)
        else:
            text = f"{clause.words} {self.dialect.identifier_preparer.format_savepoint(clause.ident)}"
            self._run_cursor(text, self._driver_no_parameters())

    def _driver_no_parameters(self) -> Any:
        return () if self.dialect.positional else {}

    # the driver's cursor: the only I/O

    def _run_cursor(
        self, text: str, parameters: Any, many: bool = False, plan: Any = None, options: Any = None, note: str = ""
    ) -> Any:
        """Execute text on a new cursor and return it."""
        if not self._ready:
            self._make_ready(text)
        if self._echo is not None or self._hooks.watches_cursors or (options and watching.is_special(options)):
            return watching.run_watched(self, text, parameters, many, plan, options, note)
        cursor = None
        try:
            cursor = self._dbapi.cursor()
            if many:
                self._driver.executemany(cursor, text, parameters)
            else:
                cursor.execute(text, parameters)
        except BaseException as error:
            compiled = None if plan is None else plan.compiled
            context = ExecutionContext(self, compiled, text, parameters, many, options or {})
            self._fail(error, text, parameters, cursor, many, context)
        return cursor

    def _fail(
        self,
        error: BaseException,
        statement: str | None = None,
        parameters: Any = None,
        cursor: Any = None,
        many: bool | None = None,
        context: Any = None,
        *,
        is_commit: bool = False,
    ) -> NoReturn:
        """Raise the exception for an error, after the connection has drawn its conclusions."""
        failure = wrap(
            error,
            self._driver,
            statement=statement,
            parameters=parameters,
            dbapi_connection=self._dbapi,
            is_many=many,
            hide_parameters=self.engine.hide_parameters,
            is_driver_at_work=cursor is not None or context is not None,
        )
        if is_commit and failure.verdict.is_disconnect and isinstance(failure.error, DBAPIError):
            failure.error.commit_outcome_unknown = True
        if self._hooks.handle_error is not None:
            failure = self._ask_listeners(failure, error, statement, parameters, cursor, context)
        if failure.verdict.ends_transaction and self._transaction is not None:
            self._transaction.failure = failure.error
            self._ready = False
        if failure.verdict.is_disconnect:
            self._driver.drop_cursor(cursor)
            self._lose(failure)
        elif cursor is not None:
            watching.close_quietly(cursor)
        try:
            raise failure.error from (error if failure.error is not error else error.__cause__)
        finally:
            del failure, error  # else the exception and this frame would keep each other, and the connection, alive

    def _fail_to_bind(self, error: BaseException, statement: str, parameters: Any = None) -> NoReturn:
        """Raise the error for values that no parameters could be made of; listeners hear of a rollback of nothing."""
        self._check_open()
        self._check_transaction()
        if self._transaction is None and self._dbapi is not None:
            self._rollback_driver(None)
        self._fail(error, statement, parameters)

    def _ask_listeners(
        self, failure: Failure, error: BaseException, statement: str | None, parameters: Any, cursor: Any, context: Any
    ) -> Failure:
        told = ExceptionContext(
            connection=self,
            engine=self.engine,
            dialect=self.dialect,
            cursor=cursor,
            statement=statement,
            parameters=parameters,
            original_exception=error,
            sqlalchemy_exception=failure.error if failure.error is not error else None,
            chained_exception=None,
            execution_context=context,
            is_disconnect=failure.verdict.is_disconnect,
        )
        try:
            for listener in self._hooks.handle_error or ():
                replaced = listener(told)
                if isinstance(replaced, BaseException):
                    told.chained_exception = replaced
        except Exception as raised:  # a listener may raise another error instead
            told.chained_exception = raised
        verdict = failure.verdict._replace(is_disconnect=told.is_disconnect)
        if isinstance(failure.error, DBAPIError):
            failure.error.connection_invalidated = told.is_disconnect
        return Failure(told.chained_exception or failure.error, verdict, told.invalidate_pool_on_disconnect)

    def _lose(self, failure: Failure) -> None:
        """Give up a broken connection, and with it, after a disconnect, those of the pool that are as old."""
        if self._dbapi is None:
            return
        if failure.invalidates_pool:
            self.engine.pool.invalidate_older()
        self.invalidate(failure.error)

    # being a connection

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._is_closed

    @property
    def invalidated(self) -> bool:
        """Whether the driver connection was given up as broken."""
        return not self._is_closed and self._dbapi is None

    @property
    def connection(self) -> Any:
        """The pool's proxy of the driver connection."""
        self._check_open()
        if self._dbapi is None:
            self._check_transaction()
            self._revalidate()
        return self._proxy

    @property
    def info(self) -> dict[Any, Any]:
        """A dictionary that lives as long as the driver connection."""
        found: dict[Any, Any] = self.connection.info
        return found

    def _revalidate(self) -> None:
        self._proxy = self.engine.raw_connection()
        self._dbapi = self._proxy.dbapi_connection

    def invalidate(self, exception: BaseException | None = None) -> None:
        """Close the driver connection as broken; a transaction in progress then needs rollback()."""
        if self._dbapi is None:
            if self._is_closed:
                raise ResourceClosedError("This Connection is closed")
            return
        self._ready = self._has_begun = False
        self._dbapi = None
        self._proxy.invalidate(exception)

    def detach(self) -> None:
        """Take the driver connection out of the pool for good."""
        self._check_open()
        if self._dbapi is None:
            raise InvalidRequestError("Can't detach an invalidated Connection")
        self._proxy.detach()

    def close(self) -> None:
        """Roll back what is open and give the driver connection back."""
        if self._is_closed:
            return
        was_reset = False
        try:
            if self._transaction is not None:
                if self._transaction.is_only_schema and self._dbapi is not None:
                    self._driver.do_commit(self._dbapi)
                self._rollback_root(self._transaction)
                was_reset = True
        finally:
            self._is_closed, self._ready = True, False
            dbapi, self._dbapi = self._dbapi, None
            if self._sharers is not None:
                self._sharers.pop(id(self), None)
            if dbapi is not None:
                try:
                    if self._isolation_changed or self._changed_options:
                        self._restore_isolation(dbapi)
                finally:
                    self._proxy._close_after(transaction_was_reset=was_reset)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, type_: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    # options

    def execution_options(self, **opt: Any) -> Self:
        """Set options for this connection's further statements; `isolation_level` takes effect at once."""
        for listener in self._hooks.set_connection_execution_options or ():
            listener(self, opt)
        self._options = self._options.union(opt)
        self._translate(opt)
        self._act_upon(opt)
        if "logging_token" in opt and self._echo is not None:
            self._echo = self._echo.with_token(opt["logging_token"])
        return self

    @contextmanager
    def under(self, options: Mapping[str, Any]) -> Generator[None]:
        """A block whose statements have these options besides the connection's own."""
        before = self._options, self.planner, self.dialect
        self._options = self._options.union(options)
        self._translate(options)
        try:
            yield
        finally:
            self._options, self.planner, self.dialect = before

    def get_execution_options(self) -> immutabledict[str, Any]:
        """The options in effect."""
        return self._options

    def _act_upon(self, options: Mapping[str, Any]) -> None:
        """Do what options ask for that take effect at once."""
        if "isolation_level" in options:
            self._change_isolation(options["isolation_level"])
        for name in self._driver.connection_options & options.keys():
            self._require_no_transaction(name)
            self._driver.set_connection_option(self.connection.dbapi_connection, name, options[name])
            self._changed_options = (*self._changed_options, name)

    def _require_no_transaction(self, option: str) -> None:
        if self.in_transaction():
            raise InvalidRequestError(
                "This connection has already initialized a SQLAlchemy Transaction() object via begin() or autobegin; "
                f"{option} may not be altered unless rollback() or commit() is called first."
            )

    def _change_isolation(self, level: Any) -> None:
        self._require_no_transaction("isolation_level")
        if not isinstance(level, str):
            raise ArgumentError(f"isolation_level must be a string, got {level!r}")
        checked = self._driver.check_isolation_level(level, self.dialect.name)
        try:
            self._driver.set_isolation_level(self.connection.dbapi_connection, checked)
        except self._driver.error as error:
            self._fail(error)
        self._isolation, self._isolation_changed = checked, True

    def _restore_isolation(self, dbapi: Any) -> None:
        try:
            for name in self._changed_options:
                self._driver.set_connection_option(dbapi, name, None)
            if not self._isolation_changed:
                return
            if self.engine._isolation is not None:
                self._driver.set_isolation_level(dbapi, self.engine._isolation)
            else:
                self._driver.reset_isolation_level(dbapi)
        except self._driver.error as error:
            self._proxy.invalidate(error)

    def get_isolation_level(self) -> str:
        """The level in effect, asked from the database."""
        try:
            return self._driver.get_isolation_level(self.connection.dbapi_connection)
        except self._driver.error as error:
            self._fail(error)

    @property
    def default_isolation_level(self) -> str | None:
        """The level that the server gives without being asked."""
        return self._driver.default_isolation_level

    def _translate(self, options: Mapping[str, Any]) -> None:
        """Find statements' plans, from now on, with the names of schemas that options give."""
        names: Mapping[Any, Any] | None = options.get("schema_translate_map")
        if names:
            self.planner = self.engine.planners.translated(names)
            self.dialect = self.engine.dialect.translated(dict(names))
        elif "schema_translate_map" in options:
            self.planner, self.dialect = self.engine.planners.own, self.engine.dialect
        if "compiled_cache" in options:
            self.planner = self.engine.planners.keeping_in(options["compiled_cache"], names)

    def planner_for(self, options: Mapping[str, Any] | None) -> Planner:
        """Where the plan of a statement with options of its own is found."""
        names: Mapping[Any, Any] | None = None if not options else options.get("schema_translate_map")
        if options and "compiled_cache" in options:
            own: Planner = self.engine.planners.keeping_in(options["compiled_cache"], names)
            return own
        return self.planner if names is None else self.engine.planners.translated(names)

    def schema_for_object(self, obj: Any) -> str | None:
        """The schema of a table, sequence or type as statements of this connection name it."""
        found: str | None = self.dialect.identifier_preparer.schema_of(obj)
        return found
