"""The errors and warnings of the whole library; PEP 249's classes wrap what drivers raise.

In: messages, and for statement errors the statement, its parameters and the driver's error. Out: exception objects
whose text shows the artefact. This module knows nothing of connections or dialects: they hand in plain values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .util import bridge
from .util.notices import (
    Base20DeprecationWarning,
    HasDescriptionCode,
    LegacyAPIWarning,
    MovedIn20Warning,
    SADeprecationWarning,
    SAPendingDeprecationWarning,
    SATestSuiteWarning,
    SAWarning,
)
from .util.truncate import parameters_text

if TYPE_CHECKING:
    from collections.abc import Iterable


class SQLAlchemyError(HasDescriptionCode, Exception):
    """The base of all errors raised on purpose."""

    def _message(self) -> str:
        if len(self.args) == 1:
            return str(self.args[0])
        return str(self.args)

    def _text(self) -> str:
        background = self._background()
        return f"{self._message()} {background}" if background else self._message()

    def __str__(self) -> str:
        return self._text()


class EmulatedDBAPIException(Exception):
    """An error of a driver that does not raise PEP 249's classes itself; `orig` is what it raised."""

    def __init__(self, message: str, orig: BaseException | None = None) -> None:
        super().__init__(message)
        self.orig = orig

    @property
    def driver_exception(self) -> BaseException:
        """The error as the driver raised it."""
        return self.orig or self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.orig)


class ArgumentError(SQLAlchemyError):
    """A function got arguments that are wrong or do not fit together."""


class DuplicateColumnError(ArgumentError):
    """A column is added to a table that has one of that name."""


class ConstraintColumnNotFoundError(ArgumentError):
    """A constraint names a column which its table does not have."""


class ObjectNotExecutableError(ArgumentError):
    """Something was handed to execute() that is no statement; `target` is that thing."""

    def __init__(self, target: Any) -> None:
        super().__init__(f"Not an executable object: {target!r}")
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.target,)


class NoSuchModuleError(ArgumentError):
    """A dialect or plugin was named that is not installed."""


class NoForeignKeysError(ArgumentError):
    """No foreign key links the two sides of a join."""


class AmbiguousForeignKeysError(ArgumentError):
    """More than one foreign key links the two sides of a join."""


class CircularDependencyError(SQLAlchemyError):
    """Things that must come before one another; `cycles` are they, `edges` the pairs."""

    def __init__(
        self,
        message: str,
        cycles: Iterable[Any],
        edges: Iterable[Any],
        msg: str | None = None,
        code: str | None = None,
    ) -> None:
        text = msg
        if text is None:
            text = f"{message} ({', '.join(repr(cycle) for cycle in cycles)})"
        super().__init__(text, code=code)
        self.cycles = cycles
        self.edges = edges

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (None, self.cycles, self.edges, self.args[0]), {"code": self.code}


class CompileError(SQLAlchemyError):
    """A statement cannot be turned into SQL."""


class UnsupportedCompilationError(CompileError):
    """The dialect has no way to render an element."""

    code = "l7de"

    def __init__(self, compiler: Any, element_type: type[Any], message: str | None = None) -> None:
        detail = f": {message}" if message else ""
        super().__init__(f"Compiler {compiler!r} can't render element of type {element_type}{detail}")
        self.compiler = compiler
        self.element_type = element_type
        self.message = message

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.compiler, self.element_type, self.message)


class IdentifierError(SQLAlchemyError):
    """An identifier is longer than the database allows."""


class DisconnectionError(SQLAlchemyError):
    """A connection is dead; raised inside the pool to make it fetch another."""

    invalidate_pool: bool = False


class InvalidatePoolError(DisconnectionError):
    """A connection is dead, and with it all others of the pool made before it."""

    invalidate_pool: bool = True


class TimeoutError(SQLAlchemyError):
    """The pool had no connection to give within its time limit."""


class InvalidRequestError(SQLAlchemyError):
    """The library was asked for something that it cannot do in its present state."""


class IllegalStateChangeError(InvalidRequestError):
    """A state change was asked for while another one is going on."""


class NoInspectionAvailable(InvalidRequestError):
    """inspect() does not know this kind of object."""


class PendingRollbackError(InvalidRequestError):
    """The transaction has failed and waits for rollback()."""


class ResourceClosedError(InvalidRequestError):
    """A closed connection, cursor, result or transaction was used."""


class NoSuchColumnError(InvalidRequestError, KeyError):
    """A row or collection has no such column."""


class AmbiguousColumnError(InvalidRequestError):
    """A name fits several columns."""


class NoResultFound(InvalidRequestError):
    """A row was required and none came."""


class MultipleResultsFound(InvalidRequestError):
    """One row was required and several came."""


class NoReferenceError(InvalidRequestError):
    """A foreign key refers to something that is not there; `table_name` is the table meant."""

    table_name: str


class AwaitRequired(InvalidRequestError):
    """An asynchronous call was made where nothing awaits it."""

    code = "xd1r"


class MissingGreenlet(InvalidRequestError):
    """Database access was tried outside the greenlet that can await it."""

    code = "xd2s"


bridge.hooks.missing = MissingGreenlet


class NoReferencedTableError(NoReferenceError):
    """A foreign key refers to a table that its MetaData does not hold."""

    def __init__(self, message: str, tname: str) -> None:
        super().__init__(message)
        self.table_name = tname

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.table_name)


class NoReferencedColumnError(NoReferenceError):
    """A foreign key refers to a column that the table does not have."""

    def __init__(self, message: str, tname: str, cname: str) -> None:
        super().__init__(message)
        self.table_name = tname
        self.column_name = cname

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.args[0], self.table_name, self.column_name)


class NoSuchTableError(InvalidRequestError):
    """The database has no such table, or it cannot be seen."""


class UnreflectableTableError(InvalidRequestError):
    """A table exists and cannot be reflected."""


class UnboundExecutionError(InvalidRequestError):
    """SQL was to be run and there is no engine or connection to run it."""


class NoDBAPILoaded(InvalidRequestError):
    """A dialect without a driver was asked for driver things."""


class DontWrapMixin:
    """Mixed into an exception that must come out of execution as it is, not as StatementError."""


class StatementError(SQLAlchemyError):
    """An error around one statement: `statement` and `params` show it, `orig` is the cause."""

    statement: str | None = None
    params: Any = None
    orig: BaseException | None = None
    ismulti: bool | None = None
    connection_invalidated: bool = False

    def __init__(
        self,
        message: str,
        statement: str | None,
        params: Any,
        orig: BaseException | None,
        hide_parameters: bool = False,
        code: str | None = None,
        ismulti: bool | None = None,
    ) -> None:
        super().__init__(message, code=code)
        self.statement = statement
        self.params = params
        self.orig = orig
        self.ismulti = ismulti
        self.hide_parameters = hide_parameters
        self.detail: list[str] = []

    def add_detail(self, msg: str) -> None:
        """Put a line before the message: what the program was doing."""
        self.detail.append(msg)

    def __reduce__(self) -> tuple[Any, ...]:
        arguments = (
            self.args[0],
            self.statement,
            self.params,
            self.orig,
            self.hide_parameters,
            self.code,
            self.ismulti,
        )
        return type(self), arguments, {"detail": self.detail}

    def _text(self) -> str:
        lines = [f"({detail})" for detail in self.detail]
        lines += [self._message(), *self._statement_lines(), self._background()]
        return "\n".join(line for line in lines if line)

    def _statement_lines(self) -> list[str]:
        if not self.statement:
            return []
        return [f"[SQL: {self.statement}]", self._parameters_line()]

    def _parameters_line(self) -> str:
        if not self.params:
            return ""
        if self.hide_parameters:
            return "[SQL parameters hidden due to hide_parameters=True]"
        return f"[parameters: {parameters_text(self.params, self.ismulti)}]"


class DBAPIError(StatementError):
    """The driver raised an error; `instance` picks the subclass of the same name."""

    code = "dbapi"
    orig: BaseException  # pyright: ignore[reportIncompatibleVariableOverride] - narrower: a driver's error is always there
    commit_outcome_unknown: bool = False
    """Whether a COMMIT was sent and its answer lost: the work may be done or not."""
    conflict: str | None = None
    """Which conflict with another transaction it was: `serialization`, `deadlock`, `lock timeout` or None."""
    violation: str | None = None
    """The kind of constraint that was violated: `unique`, `foreign key`, `not null`, `check` or `exclusion`."""
    constraint: str | None = None
    """Its name, where the database or the mapping tells it."""
    table: str | None = None
    """The name of the table that has it."""
    columns: tuple[str, ...] = ()
    """The names of its columns in that table."""
    objects: tuple[Any, ...] = ()
    """The mapped objects whose rows a flush was writing, as far as the error can be theirs."""

    def __init__(
        self,
        statement: str | None,
        params: Any,
        orig: BaseException,
        hide_parameters: bool = False,
        connection_invalidated: bool = False,
        code: str | None = None,
        ismulti: bool | None = None,
    ) -> None:
        message = f"({_class_path(orig)}) {_text_of(orig)}"
        super().__init__(message, statement, params, orig, hide_parameters, code, ismulti)
        self.connection_invalidated = connection_invalidated

    @classmethod
    def instance(
        cls,
        statement: str | None,
        params: Any,
        orig: BaseException,
        dbapi_base_err: type[BaseException],
        hide_parameters: bool = False,
        connection_invalidated: bool = False,
        dialect: Any = None,
        ismulti: bool | None = None,
    ) -> BaseException:
        """Return the error to raise for a driver's: wrapped, or itself where it must pass as it is."""
        if _passes_unwrapped(orig):
            return orig
        if not isinstance(orig, dbapi_base_err):
            if not statement:
                return orig
            return _foreign_error(statement, params, orig, hide_parameters, ismulti)
        names = getattr(dialect, "dbapi_exception_translation_map", {})
        class_ = _wrapper_for(type(orig), names)
        return class_(statement, params, orig, hide_parameters, connection_invalidated, None, ismulti)

    @property
    def driver_exception(self) -> BaseException:
        """The error as the driver raised it, also where PEP 249's classes are emulated."""
        if isinstance(self.orig, EmulatedDBAPIException):
            return self.orig.driver_exception
        return self.orig

    def __reduce__(self) -> tuple[Any, ...]:
        arguments = (
            self.statement,
            self.params,
            self.orig,
            self.hide_parameters,
            self.connection_invalidated,
            self.__dict__.get("code"),
            self.ismulti,
        )
        named = ("detail", "commit_outcome_unknown", "conflict", "violation", "constraint", "table", "columns")
        return type(self), arguments, {name: self.__dict__[name] for name in named if name in self.__dict__}


class InterfaceError(DBAPIError):
    """The driver, not the database, failed."""

    code = "rvf5"


class DatabaseError(DBAPIError):
    """The database reported an error."""

    code = "4xp6"


class DataError(DatabaseError):
    """A value does not fit: out of range, too long, division by zero."""

    code = "9h9h"


class OperationalError(DatabaseError):
    """The database could not do its work: lost connection, deadlock, no memory."""

    code = "e3q8"


class IntegrityError(DatabaseError):
    """A constraint was violated: see `violation`, `constraint`, `table`, `columns` and, after a flush, `objects`."""

    code = "gkpj"


class InternalError(DatabaseError):
    """The database is in an inconsistent state of its own."""

    code = "2j85"


class ProgrammingError(DatabaseError):
    """The SQL is wrong, or names something that does not exist."""

    code = "f405"


class NotSupportedError(DatabaseError):
    """The database does not support what was asked."""

    code = "tw8g"


_WRAPPERS: dict[str, type[DBAPIError]] = {
    class_.__name__: class_
    for class_ in (
        DBAPIError,
        InterfaceError,
        DatabaseError,
        DataError,
        OperationalError,
        IntegrityError,
        InternalError,
        ProgrammingError,
        NotSupportedError,
    )
}


def _wrapper_for(class_: type[BaseException], names: dict[str, str]) -> type[DBAPIError]:
    for base in class_.__mro__:
        name = names.get(base.__name__, base.__name__)
        if name in _WRAPPERS:
            return _WRAPPERS[name]
    return DBAPIError


def _passes_unwrapped(orig: BaseException) -> bool:
    return isinstance(orig, (DontWrapMixin, MissingGreenlet)) or not isinstance(orig, Exception)


def _foreign_error(
    statement: str, params: Any, orig: BaseException, hide_parameters: bool, ismulti: bool | None
) -> StatementError:
    """Return the error for something that went wrong around a statement outside the driver."""
    code = orig.code if isinstance(orig, SQLAlchemyError) else None
    message = orig._message() if isinstance(orig, SQLAlchemyError) else _text_of(orig)  # pyright: ignore[reportPrivateUsage]
    return StatementError(f"({_class_path(orig)}) {message}", statement, params, orig, hide_parameters, code, ismulti)


def _class_path(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__name__}"


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception as failure:  # a driver's error class may fail to print itself; the wrapper must not
        return f"Error in str() of DB-API-generated exception: {failure}"


__all__ = [
    "AmbiguousColumnError",
    "AmbiguousForeignKeysError",
    "ArgumentError",
    "AwaitRequired",
    "Base20DeprecationWarning",
    "CircularDependencyError",
    "CompileError",
    "ConstraintColumnNotFoundError",
    "DBAPIError",
    "DataError",
    "DatabaseError",
    "DisconnectionError",
    "DontWrapMixin",
    "DuplicateColumnError",
    "EmulatedDBAPIException",
    "HasDescriptionCode",
    "IdentifierError",
    "IllegalStateChangeError",
    "IntegrityError",
    "InterfaceError",
    "InternalError",
    "InvalidRequestError",
    "InvalidatePoolError",
    "LegacyAPIWarning",
    "MissingGreenlet",
    "MovedIn20Warning",
    "MultipleResultsFound",
    "NoDBAPILoaded",
    "NoForeignKeysError",
    "NoInspectionAvailable",
    "NoReferenceError",
    "NoReferencedColumnError",
    "NoReferencedTableError",
    "NoResultFound",
    "NoSuchColumnError",
    "NoSuchModuleError",
    "NoSuchTableError",
    "NotSupportedError",
    "ObjectNotExecutableError",
    "OperationalError",
    "PendingRollbackError",
    "ProgrammingError",
    "ResourceClosedError",
    "SADeprecationWarning",
    "SAPendingDeprecationWarning",
    "SATestSuiteWarning",
    "SAWarning",
    "SQLAlchemyError",
    "StatementError",
    "TimeoutError",
    "UnboundExecutionError",
    "UnreflectableTableError",
    "UnsupportedCompilationError",
]
