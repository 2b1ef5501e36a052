"""create_engine: a URL and options -> dialect, driver, pool, engine.

Each option belongs to one of the four; an option that nobody takes is a TypeError that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..exc import ArgumentError, InvalidRequestError
from .driver import Driver, written_level
from .echo import ROOT
from .engine import Engine
from .former import by_strategy, take_former
from .plugins import Plugins, take_plugins
from .pools.base import Pool
from .pools.queue import QueuePool
from .registry import DialectEntry, driver_class, find_entry
from .url import URL, make_url

_POOL_OPTIONS = {
    "pool_recycle": "recycle",
    "pool_reset_on_return": "reset_on_return",
    "pool_pre_ping": "pre_ping",
    "pool_pre_ping_timeout": "pre_ping_timeout",
    "pool_logging_name": "logging_name",
    "echo_pool": "echo",
    "pool_events": "events",
}
_QUEUE_OPTIONS = {
    "pool_size": "pool_size",
    "max_overflow": "max_overflow",
    "pool_timeout": "timeout",
    "pool_use_lifo": "use_lifo",
}
_DIALECT_OPTIONS = ("paramstyle", "label_length", "max_identifier_length", "json_serializer", "json_deserializer")
_ENGINE_OPTIONS = (
    "logging_name", "echo", "query_cache_size", "execution_options", "hide_parameters", "enable_from_linting",
)  # fmt: skip
_HARMLESS: Mapping[str, tuple[Any, ...]] = {
    "future": (True,),
}
"""Values with which an option asks for what happens anyway."""


def create_engine(url: str | URL, **kwargs: Any) -> Engine:
    """An engine for a database; nothing is connected before the first use.

    Raises ArgumentError for a URL that cannot be read, NoSuchModuleError for an unknown dialect or driver,
    ModuleNotFoundError (with the command that helps) for a driver that is not installed, TypeError for an option
    that does not exist.
    """
    if "strategy" in kwargs:
        mock: Any = by_strategy(url, kwargs)
        return mock  # type: ignore[no-any-return]
    options = dict(kwargs)
    address, plugins = take_plugins(make_url(url), options)
    _refuse(options)
    entry = find_entry(address)
    driver = driver_class(address, entry)(options.pop("module", None))
    take_former(options, driver)
    if options.pop("_is_async", False) and not driver.is_async:
        raise InvalidRequestError(
            f"The asyncio extension requires an async driver to be used. The loaded {driver.name!r} is not async."
        )
    dialect = _dialect(entry, driver, options, plugins)
    driver.uses_insertmanyvalues = bool(options.pop("use_insertmanyvalues", True))
    if not driver.uses_insertmanyvalues:
        dialect.features = replace(dialect.features, insertmanyvalues=False)
    limit = options.pop("network_timeout", None)
    if limit is not None:
        driver.limit_waits(limit)
    driver.skips_autocommit_rollback = bool(options.pop("skip_autocommit_rollback", False))
    isolation = options.pop("isolation_level", None)
    isolation = None if isolation is None else written_level(isolation)
    creator = _creator(address, driver, options, isolation)
    pool = _pool(address, driver, options, creator, plugins)
    engine_options = _take(options, _ENGINE_OPTIONS)
    if "insertmanyvalues_page_size" in options:
        page_size = {"insertmanyvalues_page_size": options.pop("insertmanyvalues_page_size")}
        engine_options["execution_options"] = {**page_size, **(engine_options.get("execution_options") or {})}
    _fail_unknown(options, dialect, pool)
    engine = Engine(pool, dialect, address, **engine_options, driver=driver, isolation_level=isolation)
    creator.engine = engine
    plugins.finish(engine)
    return engine


def _dialect(entry: DialectEntry, driver: Driver, options: dict[str, Any], plugins: Plugins) -> Any:
    options.setdefault("paramstyle", driver.paramstyle)
    make_dialect = driver.dialect_class or entry.dialect_for(driver.name)
    own_options: tuple[str, ...] = getattr(make_dialect, "options", ())
    given = _take(options, (*_DIALECT_OPTIONS, *own_options))
    dialect = make_dialect(**plugins.dialect_arguments(make_dialect, given))
    dialect.dbapi, dialect.verbs = driver.dbapi, driver
    driver.know_dialect(dialect)
    dialect.connect_arguments = driver.connect_arguments
    dialect.is_async = driver.is_async
    return dialect


class Creator:
    """Makes driver connections, with listeners, isolation level and the first look at the server."""

    engine: Engine | None = None
    takes_record = True

    def __init__(
        self,
        driver: Driver,
        make: Callable[[list[Any], dict[str, Any]], Any],
        arguments: tuple[list[Any], dict[str, Any]],
        isolation: str | None,
    ) -> None:
        self._driver = driver
        self._make = make
        self._arguments = arguments
        self._isolation = isolation
        self._knows_server = False

    def __call__(self, record: Any = None) -> Any:
        dbapi_connection = self._connect(record)
        try:
            self._driver.set_up(dbapi_connection)
            if not self._knows_server:
                self._learn(dbapi_connection)
            if self._isolation is not None:
                name = "" if self.engine is None else self.engine.dialect.name
                level = self._driver.check_isolation_level(self._isolation, name)
                self._driver.set_isolation_level(dbapi_connection, level)
        except BaseException:
            self._driver.do_terminate(dbapi_connection)
            raise
        return dbapi_connection

    def _connect(self, record: Any) -> Any:
        args, kwargs = list(self._arguments[0]), dict(self._arguments[1])
        engine = self.engine
        if engine is not None:
            for listener in engine.hooks.do_connect or ():
                made = listener(engine.dialect, record, args, kwargs)
                if made is not None:
                    return made
        return self._make(args, kwargs)

    def _learn(self, dbapi_connection: Any) -> None:
        self._driver.learn_server(dbapi_connection)
        if self.engine is not None:
            dialect = self.engine.dialect = self._driver.adapt_dialect(self.engine.dialect)
            dialect.verbs = self._driver
            dialect.connect_arguments = self._driver.connect_arguments
            dialect.server_version_info = self._driver.server_version or None
            schema = self._driver.read_default_schema(dbapi_connection)
            dialect.default_schema_name = schema or dialect.default_schema_name
            dialect.is_async = self._driver.is_async
            self._knows_server = True


def _creator(address: URL, driver: Driver, options: dict[str, Any], isolation: str | None) -> Creator:
    given: Callable[[], Any] | None = options.pop("creator", None)
    connect_args: Mapping[str, Any] = options.pop("connect_args", None) or {}
    if given is not None:
        return Creator(driver, lambda args, kwargs: given(), ([], {}), isolation)
    args, kwargs = driver.connect_arguments(address)
    kwargs.update(connect_args)
    return Creator(driver, lambda a, k: driver.connect(*a, **k), (args, kwargs), isolation)


def _pool(address: URL, driver: Driver, options: dict[str, Any], creator: Callable[[], Any], plugins: Plugins) -> Pool:
    ready: Pool | None = options.pop("pool", None)
    class_: type[Pool] = options.pop("poolclass", None) or driver.pool_class(address)
    if ready is not None:
        return ready
    if driver.is_async and class_ is QueuePool:
        raise ArgumentError("Pool class QueuePool cannot be used with asyncio engine", code="pcls")
    given = {name: options.pop(option) for option, name in _POOL_OPTIONS.items() if option in options}
    for option, name in _QUEUE_OPTIONS.items():
        if option in options and name in class_.own_options:
            given[name] = options.pop(option)
    return class_(creator, dialect=driver, **plugins.pool_arguments(class_, given))


def _take(options: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: options.pop(name) for name in names if name in options}


def _refuse(options: dict[str, Any]) -> None:
    for name, harmless in _HARMLESS.items():
        if name in options and options[name] in harmless:
            del options[name]
    if "future" in options:
        raise ArgumentError("The 'future' parameter passed to create_engine() may only be set to True.")


def _fail_unknown(options: Mapping[str, Any], dialect: Any, pool: Pool) -> None:
    if not options:
        return
    names = ",".join(repr(name) for name in options)
    raise TypeError(
        f"Invalid argument(s) {names} sent to create_engine(), using configuration "
        f"{type(dialect).__name__}/{type(pool).__name__}/Engine.  Please check that the keyword arguments are "
        "appropriate for this combination of components."
    )


def create_pool_from_url(url: str | URL, **kwargs: Any) -> Pool:
    """A pool of driver connections for a URL, without an engine; options are those of the pool class."""
    address = make_url(url)
    driver = driver_class(address, find_entry(address))(kwargs.pop("module", None))
    creator = _creator(address, driver, kwargs, None)
    class_: type[Pool] = kwargs.pop("poolclass", None) or driver.pool_class(address)
    return class_(creator, dialect=driver, **kwargs)


_FROM_TEXT: Mapping[str, Callable[[str], Any]] = {
    "echo": lambda text: "debug" if text == "debug" else _boolean(text),
    "echo_pool": lambda text: "debug" if text == "debug" else _boolean(text),
    "pool_pre_ping": lambda text: _boolean(text),
    "pool_use_lifo": lambda text: _boolean(text),
    "hide_parameters": lambda text: _boolean(text),
    "pool_recycle": int,
    "pool_size": int,
    "max_overflow": int,
    "pool_timeout": float,
    "network_timeout": float,
    "query_cache_size": int,
    "label_length": int,
}


def _boolean(text: str) -> bool:
    words = {"true": True, "yes": True, "on": True, "y": True, "t": True, "1": True}
    words.update({"false": False, "no": False, "off": False, "n": False, "f": False, "0": False})
    try:
        return words[text.strip().lower()]
    except KeyError:
        raise ValueError(f"String is not true/false: {text!r}") from None


_FAMILIAR_PREFIX = "sqlalchemy."


def engine_from_config(configuration: Mapping[str, Any], prefix: str = "sqlalchemy.", **kwargs: Any) -> Engine:
    """An engine from a dictionary of strings, whose keys are `prefix` and the name of an option; `url` is required."""
    options: dict[str, Any] = {}
    if prefix == _FAMILIAR_PREFIX and f"{prefix}url" not in configuration and f"{ROOT}.url" in configuration:
        prefix = f"{ROOT}."
    for key, value in configuration.items():
        if key.startswith(prefix):
            name = key[len(prefix) :]
            options[name] = _FROM_TEXT[name](value) if isinstance(value, str) and name in _FROM_TEXT else value
    options.update(kwargs)
    options.pop("_coerce_config", None)
    return create_engine(options.pop("url"), **options)
