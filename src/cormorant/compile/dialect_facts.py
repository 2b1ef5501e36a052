"""What programs ask of a dialect under its public names: capabilities, and the verbs of its driver.

In: the features of the dialect, and the driver that `create_engine()` has put in `verbs`. Out: the same facts under the
names that listeners and tools know. The engine itself asks features and driver.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from enum import Enum
from typing import Any

from ..exc import IdentifierError, InvalidRequestError
from .features import Features


class BindTyping(Enum):
    """How the types of bind parameters reach the database."""

    NONE = 1
    SETINPUTSIZES = 2
    RENDER_CASTS = 3


FACTS: dict[str, Callable[[Features], Any]] = {
    "bind_typing": lambda f: BindTyping.RENDER_CASTS if f.bind_casts else BindTyping.NONE,
    "cte_follows_insert": lambda f: f.cte_follows_insert,
    "default_metavalue_token": lambda f: f.default_metavalue_token,
    "delete_returning": lambda f: f.delete_returning,
    "div_is_floordiv": lambda f: f.div_is_floor,
    "inline_comments": lambda f: f.inline_comments,
    "insert_executemany_returning": lambda f: f.insert_returning and f.insertmanyvalues,
    "insert_returning": lambda f: f.insert_returning,
    "insertmanyvalues_page_size": lambda f: f.insertmanyvalues_page_size,
    "max_constraint_name_length": lambda f: f.max_constraint_name_length,
    "max_index_name_length": lambda f: f.max_index_name_length,
    "postfetch_lastrowid": lambda f: f.lastrowid,
    "sequences_optional": lambda f: f.sequences_optional,
    "supports_alter": lambda f: f.alter,
    "supports_comments": lambda f: f.comments,
    "supports_constraint_comments": lambda f: f.constraint_comments,
    "supports_default_metavalue": lambda f: f.default_metavalue,
    "supports_default_values": lambda f: f.default_values,
    "supports_empty_insert": lambda f: f.empty_insert,
    "supports_identity_columns": lambda f: f.identity_columns,
    "supports_multivalues_insert": lambda f: f.multivalues_insert,
    "supports_native_boolean": lambda f: f.native_boolean,
    "supports_native_decimal": lambda f: f.native_decimal,
    "supports_native_enum": lambda f: f.native_enum,
    "supports_native_uuid": lambda f: f.native_uuid,
    "supports_sane_multi_rowcount": lambda f: f.sane_multi_rowcount,
    "supports_sane_rowcount": lambda f: f.sane_rowcount,
    "supports_schemas": lambda f: f.native_schemas,
    "supports_sequences": lambda f: f.sequences,
    "supports_server_side_cursors": lambda f: f.server_side_cursors,
    "supports_simple_order_by_label": lambda f: f.order_by_simple_label,
    "tuple_in_values": lambda f: f.tuple_in_values,
    "update_returning": lambda f: f.update_returning,
    "use_insertmanyvalues": lambda f: f.insertmanyvalues,
}
"""Public name -> what the features say of it."""


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

    def __getattr__(self, name: str) -> Any:
        fact = FACTS.get(name)
        if fact is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return fact(self.features)

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
        return [*self._driver().isolation_levels, "AUTOCOMMIT"]

    def create_xid(self) -> str:
        """A new identifier for a two-phase transaction."""
        return f"cm_{random.getrandbits(128):032x}"

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
