"""The driver protocol: the verbs of one database through one DBAPI module.

In: URLs, driver connections, driver errors. Out: connections, and answers about errors. The base class does
everything by PEP 249; a driver writes only its differences. A driver renders no SQL: that is the dialect's part.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import ModuleType
from typing import Any, ClassVar, NamedTuple

from ..exc import ArgumentError, InvalidRequestError
from .pools.base import Pool
from .pools.queue import QueuePool
from .pools.verbs import PlainVerbs
from .url import URL

AUTOCOMMIT = "AUTOCOMMIT"


def written_level(level: Any) -> str:
    """Return an isolation level as drivers write it."""
    return str(level).replace("_", " ").upper()


class Verdict(NamedTuple):
    """What a driver's error means for the connection and its transaction."""

    is_disconnect: bool = False
    """The connection is dead."""
    ends_transaction: bool = False
    """The server has rolled back the whole transaction, not only the statement."""
    conflict: str | None = None
    """The conflict with another transaction: `serialization`, `deadlock` or `lock timeout`."""


class Violation(NamedTuple):
    """What an error says of the constraint that was violated; None and empty where it says nothing."""

    kind: str
    """`unique`, `foreign key`, `not null`, `check` or `exclusion`."""
    constraint: str | None = None
    table: str | None = None
    columns: tuple[str, ...] = ()


class Driver(PlainVerbs):
    """One DBAPI module, used for one engine."""

    name: ClassVar[str]
    """What stands behind the `+` in a URL."""
    module_name: ClassVar[str]
    """What is imported."""
    extra: ClassVar[str | None] = None
    """Which extra of this package installs it; None when it is part of Python."""
    isolation_levels: ClassVar[tuple[str, ...]] = ()
    """What `isolation_level` may be, besides AUTOCOMMIT."""
    default_isolation_level: str | None = None
    """What the server gives without being asked; read at the first connection."""
    begin_statement: ClassVar[str | None] = None
    """Sent before the first statement of a transaction, where the driver does not begin by itself."""
    is_async: ClassVar[bool] = False
    """Whether it must be awaited: then it works within `greenlet_spawn` only."""
    dialect_class: ClassVar[Any] = None
    """What makes the dialect, where this driver needs statements in another form than the others of its database."""
    async_variant: ClassVar[str | None] = None
    """The name of the driver that is the same for asyncio."""
    library_name: ClassVar[str | None] = None
    """What is imported besides `module_name`, whose errors and types it shares; an asyncio driver's own module."""
    paramstyle: ClassVar[str | None] = None
    """How parameters are written, where that is not as the dialect has it."""
    supports_two_phase: ClassVar[bool] = False
    quotes_values: ClassVar[bool] = False
    """Whether error messages, after the first line, quote statements with the values that the driver put in."""
    exception_names: ClassVar[Mapping[str, str]] = {}
    """Names of the driver's own exception classes -> the PEP 249 class that each stands for."""

    uses_insertmanyvalues: bool = True
    """Whether many rows with RETURNING are sent as one statement, where the database can."""
    has_network: ClassVar[bool] = False
    """Whether it talks to a server, so that waiting for an answer can be limited."""
    network_timeout: float | None = None
    """The longest silence of the server, in seconds, before the connection counts as lost; None: no end."""
    skips_autocommit_rollback: bool = False
    """Whether no rollback is sent to connections that are in autocommit mode."""

    def __init__(self, module: ModuleType | None = None) -> None:
        self.dbapi: Any = module if module is not None else self.import_dbapi()
        self.library: Any = self._import(self.library_name) if self.library_name else self.dbapi
        self.error: type[BaseException] = self.dbapi.Error
        self.server_version: tuple[int, ...] = ()

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        """The DBAPI module; raises ModuleNotFoundError with the command that installs it."""
        return cls._import(cls.module_name)

    @classmethod
    def _import(cls, name: str) -> ModuleType:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name.partition(".")[0]:
                raise
            remedy = f"pip install cormorant[{cls.extra}]" if cls.extra else f"install {name}"
            raise ModuleNotFoundError(
                f"No module named {name!r}: the driver {cls.name!r} is not installed; {remedy}", name=name
            ) from None

    def limit_waits(self, seconds: Any) -> None:
        """Take `network_timeout`; ArgumentError where it is no time, or there is no network."""
        if not self.has_network:
            raise ArgumentError(f"network_timeout: the driver {self.name!r} does not talk to a server")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds > 0:
            raise ArgumentError(f"network_timeout is a positive number of seconds, not {seconds!r}")
        self.network_timeout = float(seconds)

    # connecting

    def pool_class(self, url: URL) -> type[Pool]:
        """The pool that fits the address."""
        return QueuePool

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        """What the DBAPI's `connect` is called with."""
        return [], {**url.translate_connect_args(username="user"), **url.query}

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        """A new driver connection."""
        return self.dbapi.connect(*args, **kwargs)

    def know_dialect(self, dialect: Any) -> None:
        """Take from the dialect, once for an engine, what the driver itself has to do: serializing, for example."""

    def set_up(self, dbapi_connection: Any) -> None:
        """Bring a new driver connection into the state that the engine expects."""

    def learn_server(self, dbapi_connection: Any) -> None:
        """Read, at the first connection, version and defaults of the server."""

    def read_default_schema(self, dbapi_connection: Any) -> str | None:
        """The schema in which names without one are looked up; None for what the dialect says."""
        return None

    def adapt_dialect(self, dialect: Any) -> Any:
        """The dialect for the server that `learn_server` found: the same, or another one."""
        return dialect

    # cursors

    def stream_cursor(self, dbapi_connection: Any) -> Any:
        """A cursor that does not read the whole result before it gives the first row."""
        return dbapi_connection.cursor()

    def executemany(self, cursor: Any, statement: str, parameters: Any) -> None:
        """Run a statement for many sets of parameters."""
        cursor.executemany(statement, parameters)

    def drop_cursor(self, cursor: Any) -> None:
        """Let go of a cursor (or None) whose connection is given up, without waiting for the other side."""

    def lastrowid(self, cursor: Any) -> Any:
        """The key that the last INSERT generated."""
        return cursor.lastrowid

    # isolation

    def known_isolation_levels(self) -> list[str]:
        """The levels that a program can ask for, "AUTOCOMMIT" among them."""
        return list(dict.fromkeys((*self.isolation_levels, AUTOCOMMIT)))

    def check_isolation_level(self, level: Any, dialect_name: str) -> str:
        """The level as it is written in `isolation_levels`; ArgumentError for another."""
        wanted = written_level(level)
        if wanted == AUTOCOMMIT or wanted in self.isolation_levels:
            return wanted
        known = ", ".join(self.known_isolation_levels())
        raise ArgumentError(
            f"Invalid value {wanted!r} for isolation_level. Valid isolation levels for {dialect_name!r} are {known}"
        )

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """Give the following transactions a level, or AUTOCOMMIT."""
        raise InvalidRequestError(f"driver {self.name!r} cannot change the isolation level")

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """The level of the following transactions."""
        raise InvalidRequestError(f"driver {self.name!r} cannot tell the isolation level")

    connection_options: ClassVar[frozenset[str]] = frozenset()
    """Execution options of connections, besides the isolation level, that the driver acts upon."""

    def set_connection_option(self, dbapi_connection: Any, name: str, value: Any) -> None:
        """Act upon one of `connection_options`; None is the default again."""
        raise InvalidRequestError(f"driver {self.name!r} takes no option {name!r}")

    def reset_isolation_level(self, dbapi_connection: Any) -> None:
        """Go back to the server's default."""
        if self.default_isolation_level is not None:
            self.set_isolation_level(dbapi_connection, self.default_isolation_level)

    # transactions

    def runs_outside(self, statement: str) -> bool:
        """Whether a statement must not be the one for which a transaction is begun."""
        return False

    def changes_schema(self, statement: str) -> bool:
        """Whether a statement is DDL that lasts without a COMMIT, as long as nobody rolls back or begins."""
        return False

    def is_autocommit(self, dbapi_connection: Any) -> bool:
        """Whether each statement of the connection is a transaction of its own."""
        found: Any = getattr(dbapi_connection, "autocommit", False)
        return found is True

    def skips_rollback(self, dbapi_connection: Any) -> bool:
        """Whether a rollback would be needless and is not to be sent."""
        return self.skips_autocommit_rollback and self.is_autocommit(dbapi_connection)

    def do_begin(self, dbapi_connection: Any) -> None:
        """Send `begin_statement`."""
        if self.begin_statement is not None:
            dbapi_connection.cursor().execute(self.begin_statement)

    def do_begin_twophase(self, dbapi_connection: Any, xid: str) -> None:
        """Begin a transaction that can be prepared."""
        self._no_two_phase()

    def do_prepare_twophase(self, dbapi_connection: Any, xid: str) -> None:
        """Prepare it."""
        self._no_two_phase()

    def do_commit_twophase(self, dbapi_connection: Any, xid: str, *, is_prepared: bool) -> None:
        """Commit it."""
        self._no_two_phase()

    def do_rollback_twophase(self, dbapi_connection: Any, xid: str, *, is_prepared: bool) -> None:
        """Roll it back."""
        self._no_two_phase()

    def do_recover_twophase(self, dbapi_connection: Any) -> list[str]:
        """The transactions that are prepared and wait."""
        self._no_two_phase()
        return []

    def _no_two_phase(self) -> None:
        raise InvalidRequestError(f"two-phase transactions are not supported with the driver {self.name!r}")

    # errors

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        """What an error of the driver means."""
        return Verdict()

    def violation(self, error: BaseException) -> Violation | None:
        """What an error says of the constraint that was violated; None where none was."""
        return None

    def is_disconnect(self, error: BaseException, dbapi_connection: Any, cursor: Any = None) -> bool:
        """Whether an error means that the connection is dead."""
        return self.judge(error, dbapi_connection).is_disconnect
