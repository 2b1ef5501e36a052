"""Errors: their text, their wrapping of what drivers raise, and that they survive pickling."""

from __future__ import annotations

import pickle
import sqlite3

import pytest

from cormorant import exc


def wrapped(orig: BaseException, statement: str | None = "SELECT 1", parameters: object = None, **kw: object) -> object:
    return exc.DBAPIError.instance(statement, parameters, orig, sqlite3.Error, **kw)  # type: ignore[arg-type]


def test_a_drivers_error_becomes_the_class_of_its_name() -> None:
    error = wrapped(sqlite3.IntegrityError("UNIQUE constraint failed"), parameters={"a": 1})
    assert type(error) is exc.IntegrityError
    assert str(error) == (
        "(sqlite3.IntegrityError) UNIQUE constraint failed\n"
        "[SQL: SELECT 1]\n"
        "[parameters: {'a': 1}]\n"
        "(Background on this error at: cormorant/errors.md#gkpj)"
    )


def test_a_subclass_becomes_its_nearest_known_base() -> None:
    class Busy(sqlite3.OperationalError):
        """A driver's own class."""

    assert type(wrapped(Busy("busy"))) is exc.OperationalError


def test_parameters_can_be_hidden() -> None:
    error = wrapped(sqlite3.DataError("x"), parameters={"a": "secret"}, hide_parameters=True)
    assert "secret" not in str(error)
    assert "[SQL parameters hidden due to hide_parameters=True]" in str(error)


def test_errors_from_elsewhere_are_statement_errors() -> None:
    error = wrapped(ValueError("boom"), parameters={"a": 1})
    assert type(error) is exc.StatementError
    assert str(error).startswith("(builtins.ValueError) boom\n[SQL: SELECT 1]")


def test_interrupts_and_declared_exceptions_pass_as_they_are() -> None:
    class Mine(exc.DontWrapMixin, Exception):
        """Must come out as it is."""

    for error in (KeyboardInterrupt(), Mine("x")):
        assert wrapped(error) is error


def test_details_stand_before_the_message() -> None:
    error = wrapped(sqlite3.DataError("x"))
    assert isinstance(error, exc.DBAPIError)
    error.add_detail("raised as a result of autoflush")
    assert str(error).startswith("(raised as a result of autoflush)\n(sqlite3.DataError) x")


@pytest.mark.parametrize(
    "error",
    [
        exc.IntegrityError("SELECT 1", {"a": 1}, ValueError("x")),
        exc.StatementError("m", "SELECT 1", (1,), None),
        exc.NoReferencedColumnError("m", "t", "c"),
        exc.NoReferencedTableError("m", "t"),
        exc.CircularDependencyError("m", [1], [(1, 2)]),
        exc.ObjectNotExecutableError(5),
        exc.UnsupportedCompilationError(1, int, "why"),
        exc.SQLAlchemyError("m", code="abcd"),
    ],
)
def test_errors_survive_pickling(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)


def test_warnings_name_their_page() -> None:
    shown = str(exc.SAWarning("careful", code="abcd"))
    assert shown == "careful (Background on this warning at: cormorant/errors.md#abcd)"
