"""The one place where a driver's error becomes an error of this package.

In: the error and what was being run. Out: the exception to raise, and what it means for the connection. `handle_error`
listeners see an `ExceptionContext` and may replace the exception.
"""

from __future__ import annotations

from typing import Any

from ..exc import DBAPIError
from ..util.record import draft
from .driver import Driver, Verdict


@draft
class ExceptionContext:
    """What a `handle_error` listener is told; it may set `is_disconnect` and `chained_exception`."""

    connection: Any
    engine: Any
    dialect: Any
    cursor: Any
    statement: str | None
    parameters: Any
    original_exception: BaseException
    sqlalchemy_exception: BaseException | None
    chained_exception: BaseException | None
    execution_context: Any
    is_disconnect: bool
    invalidate_pool_on_disconnect: bool = True
    is_pre_ping: bool = False

    @property
    def cormorant_exception(self) -> BaseException | None:
        """The same as `sqlalchemy_exception`."""
        return self.sqlalchemy_exception


@draft
class Failure:
    """A wrapped error with what it means."""

    error: BaseException
    verdict: Verdict
    invalidates_pool: bool = True


def wrap(
    error: BaseException,
    driver: Driver,
    *,
    statement: str | None = None,
    parameters: Any = None,
    dbapi_connection: Any = None,
    is_many: bool | None = None,
    hide_parameters: bool = False,
    is_driver_at_work: bool = False,
) -> Failure:
    """The exception for an error of the driver, or around it.

    What a driver at work raises beside its own errors (a number too large for it, text that it cannot encode) passes
    as it is; an error made of a value before the driver saw it is wrapped, with the statement.
    """
    if not isinstance(error, driver.error):
        told = None if is_driver_at_work else statement
        wrapped = DBAPIError.instance(told, parameters, error, driver.error, hide_parameters, ismulti=is_many)
        # an interrupted call leaves the connection in the middle of a conversation: it must not be used again
        return Failure(wrapped, Verdict(is_disconnect=not isinstance(error, Exception)), invalidates_pool=False)
    verdict = driver.judge(error, dbapi_connection)
    wrapped = DBAPIError.instance(
        statement, parameters, error, driver.error, hide_parameters, verdict.is_disconnect, _Names(driver), is_many
    )
    if isinstance(wrapped, DBAPIError):
        if hide_parameters and driver.quotes_values:
            wrapped.args = (str(wrapped.args[0]).partition("\n")[0],)
        wrapped.conflict = verdict.conflict
        violation = driver.violation(error)
        if violation is not None:
            wrapped.violation, wrapped.constraint, wrapped.table, wrapped.columns = violation
    return Failure(wrapped, verdict)


class _Names:
    """The driver's exception names in the form that `DBAPIError.instance` takes."""

    def __init__(self, driver: Driver) -> None:
        self.dbapi_exception_translation_map = driver.exception_names
