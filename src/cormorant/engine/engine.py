"""The engine: a dialect, a driver, a pool and the plans of the statements run so far."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ..event.hooks import Dispatch
from ..util import immutabledict
from .connection import Connection
from .driver import Driver
from .echo import ROOT, EchoFlag, EchoLog
from .errors import ExceptionContext, wrap
from .hooks import EngineHooks, HeirHooks, all_engines
from .plan import StatementPlan
from .planning import Planners
from .pools.base import Pool
from .url import URL


class Engine:
    """Where connections come from. Shared by all threads, made once per database."""

    def __init__(
        self,
        pool: Pool,
        dialect: Any,
        url: URL,
        logging_name: str | None = None,
        echo: EchoFlag = None,
        query_cache_size: int = 500,
        execution_options: Mapping[str, Any] | None = None,
        hide_parameters: bool = False,
        enable_from_linting: bool = True,
        *,
        driver: Driver,
        isolation_level: str | None = None,
    ) -> None:
        self.pool = pool
        self.dialect = dialect
        self.url = url
        self.logging_name = logging_name
        self.hide_parameters = hide_parameters
        self.log = EchoLog(f"{ROOT}.engine.Engine", logging_name, echo)
        self.hooks = EngineHooks(all_engines)
        self._driver = driver
        self._isolation = isolation_level
        self._options: immutabledict[str, Any] = immutabledict(execution_options or {})
        self.planners = Planners(lambda: self.dialect, query_cache_size, enable_from_linting)

    @property
    def dispatch(self) -> Dispatch:
        """Calls the listeners."""
        return Dispatch(self.hooks)

    # plans

    def plan_for(
        self, statement: Any, column_keys: Sequence[str] = (), many: bool = False
    ) -> tuple[StatementPlan, tuple[Any, ...]]:
        """The plan of a statement, from the cache or made now, and the binds that hold its values."""
        return self.planners.own.plan_for(statement, column_keys, many)

    def clear_compiled_cache(self) -> None:
        """Forget all plans."""
        self.planners.clear()

    # connections

    def connect(self) -> Connection:
        """A connection; use it as a context manager, or close it."""
        return Connection(self)

    @contextmanager
    def begin(self) -> Generator[Connection]:
        """A connection in a transaction that is committed at the end of the block."""
        with self.connect() as connection, connection.begin():
            yield connection

    def raw_connection(self) -> Any:
        """A driver connection from the pool."""
        try:
            return self.pool.connect()
        except self._driver.error as error:
            self._fail_to_connect(error)

    def _fail_to_connect(self, error: BaseException) -> None:
        failure = wrap(error, self._driver, hide_parameters=self.hide_parameters)
        if self.hooks.handle_error is not None:
            told = ExceptionContext(
                None,
                self,
                self.dialect,
                None,
                None,
                None,
                error,
                failure.error,
                None,
                None,
                failure.verdict.is_disconnect,
            )
            for listener in self.hooks.handle_error:
                listener(told)
        raise failure.error from error

    def dispose(self, close: bool = True) -> None:
        """Close the idle connections and begin with a new pool; `close=False` only forgets them (in a forked child)."""
        if close:
            self.pool.dispose()
        else:
            self.pool.abandon()
        self.pool = self.pool.recreate()
        for listener in self.hooks.engine_disposed or ():
            listener(self)

    def _run_ddl(self, visitor: Callable[[Any], None]) -> None:
        """Let a schema visitor work in a transaction of its own."""
        with self.begin() as connection:
            visitor(connection)

    # options

    def execution_options(self, **opt: Any) -> Engine:
        """An engine with the same pool, plans and listeners whose connections have these options."""
        if "isolation_level" in opt:
            self._driver.check_isolation_level(opt["isolation_level"], self.dialect.name)
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        new.hooks = HeirHooks(self.hooks)
        new._options = self._options.union(opt)
        for listener in new.hooks.set_engine_execution_options or ():
            listener(new, opt)
        return new

    def update_execution_options(self, **opt: Any) -> None:
        """Set options for the connections made from now on."""
        for listener in self.hooks.set_engine_execution_options or ():
            listener(self, opt)
        self._options = self._options.union(opt)

    def get_execution_options(self) -> immutabledict[str, Any]:
        """The options in effect."""
        return self._options

    # what it is

    @property
    def name(self) -> str:
        """The name of the dialect."""
        found: str = self.dialect.name
        return found

    @property
    def driver(self) -> str:
        """The name of the driver."""
        return self._driver.name

    @property
    def engine(self) -> Engine:
        """The engine itself, so that engines and connections can be asked alike."""
        return self

    @property
    def echo(self) -> EchoFlag:
        """Whether statements are logged, and how much."""
        return self.log.echo

    @echo.setter
    def echo(self, flag: EchoFlag) -> None:
        self.log.echo = flag

    def __repr__(self) -> str:
        return f"Engine({self.url!r})"
