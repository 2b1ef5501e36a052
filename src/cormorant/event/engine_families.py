"""The events of pools, connections, drivers and DDL, documented: what happens, and what a listener is called with.

Pure text and signatures; `catalogue` has the same as data, and a test keeps them equal. `Any` stands for classes of the
rungs above.
"""

from __future__ import annotations

from typing import Any

from .define import Events


class PoolEvents(Events[Any]):
    """Listen on `Pool` or `Engine` for all pools, on one pool, or on one engine for its pool."""

    def connect(self, dbapi_connection: Any, connection_record: Any) -> None:
        """A driver connection was opened: the place to set it up, with `PRAGMA` or `SET` statements."""

    def first_connect(self, dbapi_connection: Any, connection_record: Any) -> None:
        """The first driver connection of a pool was opened."""

    def checkout(self, dbapi_connection: Any, connection_record: Any, connection_proxy: Any) -> None:
        """A connection is lent. Raise `DisconnectionError` to have it replaced by a new one."""

    def checkin(self, dbapi_connection: Any, connection_record: Any) -> None:
        """A connection came back. `dbapi_connection` is None where it was invalidated."""

    def reset(self, dbapi_connection: Any, connection_record: Any, reset_state: Any) -> None:
        """A connection is about to be rolled back on its way home; `reset_state` says why."""

    def invalidate(self, dbapi_connection: Any, connection_record: Any, exception: Any) -> None:
        """A connection is given up, because of `exception` or, where that is None, by request."""

    def soft_invalidate(self, dbapi_connection: Any, connection_record: Any, exception: Any) -> None:
        """A connection will be replaced when it is lent the next time."""

    def close(self, dbapi_connection: Any, connection_record: Any) -> None:
        """A driver connection is about to be closed."""

    def detach(self, dbapi_connection: Any, connection_record: Any) -> None:
        """A connection was taken out of the pool for good."""

    def close_detached(self, dbapi_connection: Any) -> None:
        """A detached connection is about to be closed."""


class ConnectionEvents(Events[Any]):
    """Listen on `Engine` for all engines, on one engine, or on one connection.

    `before_execute` and `before_cursor_execute` take `retval=True`: what the function returns replaces statement and
    parameters.
    """

    def before_execute(
        self, conn: Any, clauseelement: Any, multiparams: Any, params: Any, execution_options: Any
    ) -> None:
        """A statement is about to be run. With `retval=True` return (clauseelement, multiparams, params)."""

    def after_execute(
        self, conn: Any, clauseelement: Any, multiparams: Any, params: Any, execution_options: Any, result: Any
    ) -> None:
        """A statement was run."""

    def before_cursor_execute(
        self, conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
    ) -> None:
        """SQL text is about to go to the driver. With `retval=True` return (statement, parameters)."""

    def after_cursor_execute(
        self, conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
    ) -> None:
        """The driver has run SQL text."""

    def begin(self, conn: Any) -> None:
        """A transaction begins."""

    def commit(self, conn: Any) -> None:
        """A transaction is about to be committed."""

    def rollback(self, conn: Any) -> None:
        """A transaction is about to be rolled back."""

    def savepoint(self, conn: Any, name: str) -> None:
        """A savepoint is about to be set."""

    def release_savepoint(self, conn: Any, name: str, context: Any) -> None:
        """A savepoint is about to be released."""

    def rollback_savepoint(self, conn: Any, name: str, context: Any) -> None:
        """The transaction is about to be rolled back to a savepoint."""

    def begin_twophase(self, conn: Any, xid: Any) -> None:
        """A two-phase transaction begins."""

    def prepare_twophase(self, conn: Any, xid: Any) -> None:
        """A two-phase transaction is about to be prepared."""

    def commit_twophase(self, conn: Any, xid: Any, is_prepared: bool) -> None:
        """A two-phase transaction is about to be committed."""

    def rollback_twophase(self, conn: Any, xid: Any, is_prepared: bool) -> None:
        """A two-phase transaction is about to be rolled back."""

    def engine_connect(self, conn: Any) -> None:
        """A Connection was made."""

    def engine_disposed(self, engine: Any) -> None:
        """An engine was disposed of."""

    def set_connection_execution_options(self, conn: Any, opts: dict[str, Any]) -> None:
        """A connection got execution options; the dictionary may be changed."""

    def set_engine_execution_options(self, engine: Any, opts: dict[str, Any]) -> None:
        """An engine with execution options was made; the dictionary may be changed."""


class DialectEvents(Events[Any]):
    """Listen on `Engine` or on one engine. A listener that returns something takes over the driver call."""

    def do_connect(self, dialect: Any, conn_rec: Any, cargs: list[Any], cparams: dict[str, Any]) -> Any:
        """A driver connection is to be opened. Change the arguments, or return a connection."""

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any) -> Any:
        """`cursor.execute()` is to be called. Return True where the listener did it."""

    def do_execute_no_params(self, cursor: Any, statement: str, context: Any) -> Any:
        """`cursor.execute()` is to be called without parameters. Return True where the listener did it."""

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any) -> Any:
        """`cursor.executemany()` is to be called. Return True where the listener did it."""

    def do_setinputsizes(
        self, inputsizes: dict[Any, Any], cursor: Any, statement: str, parameters: Any, context: Any
    ) -> None:
        """The types of parameters are to be told through `cursor.setinputsizes()`.

        Never called on the databases there are: their drivers take types from the values or from casts in the text.
        """

    def handle_error(self, exception_context: Any) -> Any:
        """The driver raised. Return or raise another exception, or set `is_disconnect` on the context."""


class DDLEvents(Events[Any]):
    """Listen on a class (`Table`, `Column`, ...), or on one table, metadata, column, constraint or index."""

    def before_create(self, target: Any, connection: Any, **kw: Any) -> None:
        """CREATE is about to be sent. Keywords: `tables`, `checkfirst`."""

    def after_create(self, target: Any, connection: Any, **kw: Any) -> None:
        """CREATE was sent."""

    def before_drop(self, target: Any, connection: Any, **kw: Any) -> None:
        """DROP is about to be sent."""

    def after_drop(self, target: Any, connection: Any, **kw: Any) -> None:
        """DROP was sent."""

    def before_parent_attach(self, target: Any, parent: Any) -> None:
        """A schema object is about to be put into another: a column into a table, a table into metadata."""

    def after_parent_attach(self, target: Any, parent: Any) -> None:
        """A schema object was put into another."""

    def column_reflect(self, inspector: Any, table: Any, column_info: Any) -> None:
        """A column was read from the database; `column_info` is the dictionary that the Column will be made of.

        Listen on `Table`, one table or one MetaData. `key`, `type`, `default`, `info` and the like may be put into the
        dictionary.
        """
