"""Assertions with messages, and what warnings, errors and SQL a block or a test gives."""

from __future__ import annotations

import functools
import re
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

from ...exc import SADeprecationWarning, SAWarning


def eq_(a: Any, b: Any, msg: str | None = None) -> None:
    """Assert that two values are equal."""
    assert a == b, msg or f"{a!r} != {b!r}"


def ne_(a: Any, b: Any, msg: str | None = None) -> None:
    """Assert that two values are not equal."""
    assert a != b, msg or f"{a!r} == {b!r}"


def le_(a: Any, b: Any, msg: str | None = None) -> None:
    """Assert that one value is at most the other."""
    assert a <= b, msg or f"{a!r} > {b!r}"


def is_(a: Any, b: Any, msg: str | None = None) -> None:
    """Assert that two values are the same object."""
    assert a is b, msg or f"{a!r} is not {b!r}"


def is_not(a: Any, b: Any, msg: str | None = None) -> None:
    """Assert that two values are not the same object."""
    assert a is not b, msg or f"{a!r} is {b!r}"


is_not_ = is_not


def is_none(a: Any, msg: str | None = None) -> None:
    """Assert that a value is None."""
    is_(a, None, msg)


def is_not_none(a: Any, msg: str | None = None) -> None:
    """Assert that a value is not None."""
    is_not(a, None, msg)


def is_true(a: Any, msg: str | None = None) -> None:
    """Assert that a value is true."""
    is_(bool(a), True, msg)


def is_false(a: Any, msg: str | None = None) -> None:
    """Assert that a value is false."""
    is_(bool(a), False, msg)


def is_instance_of(a: Any, b: Any, msg: str | None = None) -> None:
    """Assert that a value is of a class."""
    assert isinstance(a, b), msg or f"{a!r} is not an instance of {b!r}"


def in_(a: Any, b: Any, msg: str | None = None) -> None:
    """Assert that a value is in a container."""
    assert a in b, msg or f"{a!r} not in {b!r}"


def not_in(a: Any, b: Any, msg: str | None = None) -> None:
    """Assert that a value is not in a container."""
    assert a not in b, msg or f"{a!r} is in {b!r}"


not_in_ = not_in


def startswith_(a: str, fragment: str, msg: str | None = None) -> None:
    """Assert that a text starts with another."""
    assert a.startswith(fragment), msg or f"{a!r} does not start with {fragment!r}"


def eq_regex(a: str, b: str, msg: str | None = None, flags: int = 0) -> None:
    """Assert that a text matches a pattern."""
    assert re.match(b, a, flags), msg or f"{a!r} !~ {b!r}"


def eq_ignore_whitespace(a: str, b: str, msg: str | None = None) -> None:
    """Assert that two texts are equal but for line ends and repeated blanks."""
    first, second = (re.sub(r" {2,}", " ", re.sub(r"^\s+?|\n", "", text)) for text in (a, b))
    assert first == second, msg or f"{first!r} != {second!r}"


# --- warnings


@contextmanager
def _expect_warnings(
    exc_cls: type[Warning] | tuple[type[Warning], ...],
    messages: Sequence[str] = (),
    regex: bool = True,
    raise_on_any_unexpected: bool = False,
    squelch_other_warnings: bool = False,
    assert_: bool = True,
    **_options: Any,
) -> Generator[None]:
    """Expect warnings of a class whose text starts as the messages say; other warnings are passed on."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    missing = list(messages)
    for warning in caught:
        text = str(warning.message)
        fits = [one for one in messages if (re.match(one, text) if regex else one == text)]
        missing = [one for one in missing if one not in fits]
        if isinstance(warning.message, exc_cls) and (fits or not messages):
            continue
        if raise_on_any_unexpected:
            raise AssertionError(f"Unexpected warning: {warning.message}")
        if not squelch_other_warnings:
            warnings.warn_explicit(warning.message, warning.category, warning.filename, warning.lineno)
    if assert_ and missing:
        raise AssertionError(f"Warnings were not seen: {', '.join(map(repr, missing))}")


def expect_warnings(*messages: str, **kw: Any) -> Any:
    """Expect warnings of the toolkit in a block."""
    return _expect_warnings(SAWarning, messages, **kw)


def expect_deprecated(*messages: str, **kw: Any) -> Any:
    """Expect warnings of the toolkit about something deprecated in a block."""
    return _expect_warnings(SADeprecationWarning, messages, **kw)


expect_deprecated_20 = expect_deprecated


def _around(context: Callable[[], Any]) -> Callable[[Any], Any]:
    """Return a decorator that runs a test inside a context."""

    def decorate(fn: Any) -> Any:
        @functools.wraps(fn)
        def run(*args: Any, **kw: Any) -> Any:
            with context():
                return fn(*args, **kw)

        return run

    return decorate


def emits_warning(*messages: str) -> Callable[[Any], Any]:
    """Return a decorator: the test may give these warnings."""
    return _around(lambda: _expect_warnings(SAWarning, messages, assert_=False))


def uses_deprecated(*messages: str) -> Callable[[Any], Any]:
    """Return a decorator: the test may use what is deprecated."""
    return _around(lambda: _expect_warnings(SADeprecationWarning, messages, assert_=False))


# --- errors


class ErrorHolder:
    """The error that a block raised."""

    error: Any = None


def _check_message(text: str, msg: str, is_exact: bool) -> None:
    assert text == msg if is_exact else re.search(msg, text), f"{msg} !~ {text}"


@contextmanager
def _expect_raises(except_cls: Any, msg: str | None = None, text_exact: bool = False) -> Generator[ErrorHolder]:
    holder = ErrorHolder()
    try:
        yield holder
    except except_cls as error:
        holder.error = error
        if msg is not None:
            _check_message(str(error), msg, text_exact)
    if holder.error is None:
        raise AssertionError(f"{except_cls} was not raised")


def expect_raises(except_cls: Any, check_context: bool = True) -> Any:
    """Expect an error in a block."""
    return _expect_raises(except_cls)


def expect_raises_message(except_cls: Any, msg: str, check_context: bool = True, text_exact: bool = False) -> Any:
    """Expect an error with a message in a block."""
    return _expect_raises(except_cls, msg, text_exact)


def assert_raises(except_cls: Any, callable_: Callable[..., Any], *args: Any, **kw: Any) -> Any:
    """Assert that a call raises an error; return it."""
    with _expect_raises(except_cls) as holder:
        callable_(*args, **kw)
    return holder.error


def assert_raises_message(except_cls: Any, msg: str, callable_: Callable[..., Any], *args: Any, **kw: Any) -> Any:
    """Assert that a call raises an error with a message; return it."""
    with _expect_raises(except_cls, msg) as holder:
        callable_(*args, **kw)
    return holder.error


assert_raises_context_ok = assert_raises
assert_raises_message_context_ok = assert_raises_message


class ComparesTables:
    """A base of test classes that compare tables."""

    def assert_tables_equal(
        self, table: Any, reflected_table: Any, strict_types: bool = False, strict_constraints: bool = True
    ) -> None:
        """Assert that columns, keys and, where wanted, types of two tables are the same."""
        eq_(table.c.keys(), reflected_table.c.keys())
        for column, other in zip(table.c, reflected_table.c, strict=True):
            self._assert_columns_equal(column, other, strict_types)
        if strict_constraints:
            eq_([column.name for column in table.primary_key], [column.name for column in reflected_table.primary_key])

    def _assert_columns_equal(self, column: Any, other: Any, strict_types: bool) -> None:
        eq_(
            (column.name, column.primary_key, column.nullable),
            (other.name, other.primary_key, other.nullable),
            column.name,
        )
        kind: Any = other.type.__class__ if strict_types else other.type.affinity
        assert isinstance(column.type, kind), f"{column.name}: {column.type!r} is no {kind}"
        eq_({key.target_fullname for key in column.foreign_keys}, {key.target_fullname for key in other.foreign_keys})
        eq_(column.server_default is None, other.server_default is None, f"default of {column.name}")
