"""What programs ask of a dialect under its public names: capabilities, and the verbs of its driver.

In: the features of the dialect, and the driver that `create_engine()` has put in `verbs`. Out: the same facts under the
names that listeners and tools know. The engine itself asks features and driver.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import Enum
from typing import Any

from ..exc import IdentifierError, InvalidRequestError
from ..sql.savepoints import ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause
from .features import Features


class CacheStats(Enum):
    """Where the compiled form of a statement came from."""

    CACHE_HIT = 0
    CACHE_MISS = 1
    CACHING_DISABLED = 2
    NO_CACHE_KEY = 3
    NO_DIALECT_SUPPORT = 4


class BindTyping(Enum):
    """How the types of bind parameters reach the database."""

    NONE = 1
    SETINPUTSIZES = 2
    RENDER_CASTS = 3


FACTS: dict[str, str] = {
    "cte_follows_insert": "cte_follows_insert",
    "default_metavalue_token": "default_metavalue_token",
    "delete_returning": "delete_returning",
    "div_is_floordiv": "div_is_floor",
    "inline_comments": "inline_comments",
    "insert_returning": "insert_returning",
    "insertmanyvalues_max_parameters": "max_parameters",
    "insertmanyvalues_page_size": "insertmanyvalues_page_size",
    "max_constraint_name_length": "max_constraint_name_length",
    "max_index_name_length": "max_index_name_length",
    "postfetch_lastrowid": "lastrowid",
    "sequences_optional": "sequences_optional",
    "supports_alter": "alter",
    "supports_comments": "comments",
    "supports_constraint_comments": "constraint_comments",
    "supports_default_metavalue": "default_metavalue",
    "supports_default_values": "default_values",
    "supports_empty_insert": "empty_insert",
    "supports_identity_columns": "identity_columns",
    "supports_multivalues_insert": "multivalues_insert",
    "supports_native_boolean": "native_boolean",
    "supports_native_decimal": "native_decimal",
    "supports_native_enum": "native_enum",
    "supports_native_uuid": "native_uuid",
    "supports_sane_multi_rowcount": "sane_multi_rowcount",
    "supports_sane_rowcount": "sane_rowcount",
    "supports_schemas": "native_schemas",
    "supports_sequences": "sequences",
    "supports_server_side_cursors": "server_side_cursors",
    "supports_simple_order_by_label": "order_by_simple_label",
    "tuple_in_values": "tuple_in_values",
    "update_returning": "update_returning",
    "use_insertmanyvalues": "insertmanyvalues",
}
"""Public name -> the field of the features that says it, and that assigning to the name changes."""

DERIVED: dict[str, Callable[[Features], Any]] = {
    "bind_typing": lambda f: BindTyping.RENDER_CASTS if f.bind_casts else BindTyping.NONE,
    "delete_returning_multifrom": lambda f: f.delete_returning and bool(f.delete_from),
    "full_returning": lambda f: f.insert_returning and f.update_returning and f.delete_returning,
    "insert_executemany_returning": lambda f: f.insert_returning and f.insertmanyvalues,
    "insert_executemany_returning_sort_by_parameter_order": lambda f: f.insert_returning and f.insertmanyvalues,
    "supports_for_update_of": lambda f: f.lock_of,
    "update_returning_multifrom": lambda f: f.update_returning and bool(f.update_from),
}
"""Public name -> what follows from several fields."""


class Fact:
    """A capability under its public name, on a dialect and on its class."""

    def __init__(self, field: str) -> None:
        self._field = field

    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        return getattr((owner if instance is None else instance).features, self._field)

    def __set__(self, instance: Any, value: Any) -> None:
        instance.features = replace(instance.features, **{self._field: value})

    def __delete__(self, instance: Any) -> None:
        self.__set__(instance, getattr(instance.__class__.features, self._field))


class DerivedFact:
    """What follows from capabilities, until a program says otherwise."""

    def __init__(self, read: Callable[[Features], Any]) -> None:
        self._read = read

    def __get__(self, instance: Any, owner: type[Any]) -> Any:
        return self._read((owner if instance is None else instance).features)


class PublicDialect:
    """The public names of a dialect; mixed into the base of all dialects."""

    name: str
    driver: str
    features: Features
    type_compiler: Any
    max_identifier_length: int
    verbs: Any = None
    """The driver, once an engine has been made."""
    supports_statement_cache: bool = True
    is_async: bool = False
    requires_name_normalize: bool = False
    construct_arguments: Any = None
    default_sequence_base: int = 1
    delete_executemany_returning: bool = False
    favor_returning_over_lastrowid: bool = False
    has_terminate: bool = False
    non_native_boolean_check_constraint: bool = True
    reflection_options: Any = ()
    returns_native_bytes: bool = True
    supports_is_distinct_from: bool = True
    supports_views: bool = True
    update_executemany_returning: bool = False
    use_insertmanyvalues_wo_returning: bool = False
    CACHE_HIT = CacheStats.CACHE_HIT
    CACHE_MISS = CacheStats.CACHE_MISS
    CACHING_DISABLED = CacheStats.CACHING_DISABLED
    NO_CACHE_KEY = CacheStats.NO_CACHE_KEY
    NO_DIALECT_SUPPORT = CacheStats.NO_DIALECT_SUPPORT

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    # names and types

    @property
    def dialect_description(self) -> str:
        """The name with that of the driver: `postgresql+psycopg`."""
        return f"{self.name}+{self.driver}"

    @property
    def type_compiler_instance(self) -> Any:
        """What renders types."""
        return self.type_compiler

    def type_descriptor(self, typeobj: Any) -> Any:
        """The type as the dialect has it."""
        return typeobj.dialect_impl(self)

    def normalize_name(self, name: str) -> str:
        """A name as programs write it, from what the database calls it."""
        return name

    def denormalize_name(self, name: str) -> str:
        """A name as the database calls it, from what programs write."""
        return name

    def validate_identifier(self, ident: str) -> None:
        """Raise IdentifierError for a name that is too long."""
        if len(ident) > self.max_identifier_length:
            raise IdentifierError(
                f"Identifier '{ident}' exceeds maximum length of {self.max_identifier_length} characters"
            )

    def has_multi_table(
        self, connection: Any, table_names: Iterable[str], schema: str | None = None, **kw: Any
    ) -> dict[tuple[str | None, str], bool]:
        """For each name, whether there is a table of it: what `has_table()` of a dialect tells."""
        has_table: Any = self.has_table
        return {(schema, name): has_table(connection, name, schema=schema, **kw) for name in table_names}

    # the driver

    def _driver(self) -> Any:
        if self.verbs is None:
            raise InvalidRequestError("the dialect has no driver: it was made without create_engine()")
        return self.verbs

    @property
    def default_isolation_level(self) -> str | None:
        """The isolation level that the server gives without being asked."""
        return None if self.verbs is None else self.verbs.default_isolation_level

    def import_dbapi(self) -> Any:
        """The driver's module."""
        return self._driver().dbapi

    @property
    def loaded_dbapi(self) -> Any:
        """The driver's module."""
        return self._driver().dbapi

    @property
    def dbapi_version(self) -> tuple[int, ...] | None:
        """The version of the driver's module; None where it does not tell."""
        return self.retrieve_dbapi_version()

    def retrieve_dbapi_version(self) -> tuple[int, ...] | None:
        """Read the version of the driver's module."""
        module = self._driver().library
        text = getattr(module, "__version__", None) or getattr(module, "version", None)
        numbers = re.findall(r"\d+", str(text))[:3]
        return tuple(int(number) for number in numbers) or None

    @property
    def dbapi_exception_translation_map(self) -> dict[str, str]:
        """Names of the driver's exceptions and the names by which they are known here."""
        return dict(self._driver().exception_names)

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """A new connection of the driver."""
        return self._driver().connect(*cargs, **cparams)

    def get_dialect_pool_class(self, url: Any) -> Any:
        """The class of the pool for a URL."""
        return self._driver().pool_class(url)

    def get_driver_connection(self, connection: Any) -> Any:
        """The connection as the driver knows it."""
        return getattr(connection, "driver_connection", connection)

    def is_disconnect(self, e: BaseException, connection: Any, cursor: Any = None) -> bool:
        """Whether an error means that the connection is dead."""
        return bool(self._driver().is_disconnect(e, connection, cursor))

    def get_isolation_level(self, dbapi_connection: Any) -> str:
        """The isolation level of a connection."""
        return str(self._driver().get_isolation_level(dbapi_connection))

    def set_isolation_level(self, dbapi_connection: Any, level: str) -> None:
        """Set the isolation level of a connection."""
        self._driver().set_isolation_level(dbapi_connection, level)

    def reset_isolation_level(self, dbapi_connection: Any) -> None:
        """Give a connection its first isolation level again."""
        self._driver().reset_isolation_level(dbapi_connection)

    def get_default_isolation_level(self, dbapi_conn: Any) -> str:
        """The isolation level that the server gives without being asked."""
        return str(self._driver().get_isolation_level(dbapi_conn))

    def get_isolation_level_values(self, dbapi_conn: Any = None) -> list[str]:
        """The isolation levels that can be set."""
        found: list[str] = self._driver().known_isolation_levels()
        return found

    def detect_autocommit_setting(self, dbapi_conn: Any) -> bool:
        """Whether a connection commits each statement by itself."""
        return bool(self._driver().is_autocommit(dbapi_conn))

    def on_connect(self) -> Callable[[Any], None] | None:
        """What each new driver connection is given to, so that it becomes what the engine expects."""
        return None if self.verbs is None else self.verbs.set_up

    def on_connect_url(self, url: Any) -> Callable[[Any], None] | None:
        """The same for the connections of a URL."""
        return self.on_connect()

    def initialize(self, connection: Any) -> None:
        """Learn version and defaults of the server again, on a connection of the engine."""
        self._driver().learn_server(connection.connection.dbapi_connection)

    # savepoints and two phases, on a connection of the engine

    def do_savepoint(self, connection: Any, name: str) -> None:
        """Set a savepoint."""
        connection.execute(SavepointClause(name))

    def do_rollback_to_savepoint(self, connection: Any, name: str) -> None:
        """Roll back to a savepoint."""
        connection.execute(RollbackToSavepointClause(name))

    def do_release_savepoint(self, connection: Any, name: str) -> None:
        """Release a savepoint."""
        connection.execute(ReleaseSavepointClause(name))

    def do_begin_twophase(self, connection: Any, xid: Any) -> None:
        """Begin a transaction that can be prepared."""
        self._driver().do_begin_twophase(connection.connection.dbapi_connection, xid)

    def do_prepare_twophase(self, connection: Any, xid: Any) -> None:
        """Prepare a transaction."""
        self._driver().do_prepare_twophase(connection.connection.dbapi_connection, xid)

    def do_commit_twophase(self, connection: Any, xid: Any, is_prepared: bool = True, recover: bool = False) -> None:
        """Commit a transaction, prepared or not."""
        self._driver().do_commit_twophase(connection.connection.dbapi_connection, xid, is_prepared=is_prepared)

    def do_rollback_twophase(self, connection: Any, xid: Any, is_prepared: bool = True, recover: bool = False) -> None:
        """Roll back a transaction, prepared or not."""
        self._driver().do_rollback_twophase(connection.connection.dbapi_connection, xid, is_prepared=is_prepared)

    def do_recover_twophase(self, connection: Any) -> list[Any]:
        """The identifiers of prepared transactions."""
        found: list[Any] = self._driver().do_recover_twophase(connection.connection.dbapi_connection)
        return found

    def create_xid(self) -> str:
        """A new identifier for a two-phase transaction."""
        return f"cm_{os.urandom(16).hex()}"

    # verbs on connections and cursors

    def do_ping(self, dbapi_connection: Any) -> bool:
        """Whether the connection answers."""
        return bool(self._driver().do_ping(dbapi_connection, 5))

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction where the driver does not by itself."""
        self._driver().do_begin(dbapi_connection)

    def do_rollback(self, dbapi_connection: Any) -> None:
        """Roll back."""
        self._driver().do_rollback(dbapi_connection)

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit."""
        self._driver().do_commit(dbapi_connection)

    def do_close(self, dbapi_connection: Any) -> None:
        """Close in order."""
        self._driver().do_close(dbapi_connection)

    def do_terminate(self, dbapi_connection: Any) -> None:
        """Close without waiting for the other side."""
        self._driver().do_terminate(dbapi_connection)

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Execute once."""
        cursor.execute(statement, parameters)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        """Execute once for each set of parameters."""
        cursor.executemany(statement, parameters)

    def do_execute_no_params(self, cursor: Any, statement: str, context: Any = None) -> None:
        """Execute without parameters."""
        cursor.execute(statement)


for _name, _field in FACTS.items():
    setattr(PublicDialect, _name, Fact(_field))
for _name, _read in DERIVED.items():
    setattr(PublicDialect, _name, DerivedFact(_read))
