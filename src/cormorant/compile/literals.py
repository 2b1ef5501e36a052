"""Values as SQL text in the standard language: a table by type class, which dialects replace entry by entry.

In: a type and a dialect. Out: the conversion from a value to its text. Whatever comes from a value is escaped here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..exc import CompileError
from ..types.base import NullType, TypeEngine
from ..types.binary import Binary
from ..types.boolean import Boolean
from ..types.conversion import Conversion
from ..types.datetimes import Date, DateTime, Time
from ..types.documents import JSONIntIndexType, JSONStrIndexType
from ..types.numeric import Integer, NumericCommon
from ..types.text import String
from ..types.uuids import Uuid
from .dialect import ConversionMaker


def written(function: Callable[[Any], str]) -> Conversion:
    """Return the conversion that writes values by a function."""
    return Conversion(function)


def quoted(value: str, dialect: Any) -> str:
    """Return a string as a literal: quotes doubled, backslashes too where they escape."""
    text = value.replace("'", "''")
    if dialect.features.backslash_escapes:
        text = text.replace("\\", "\\\\")
    return f"'{text}'"


def string_literal(type_: Any, dialect: Any) -> Conversion:
    """Text in quotes."""
    return written(lambda value: quoted(_as_string(value), dialect))


def _as_string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected a string, got {value!r}")
    return value


def integer_literal(type_: Any, dialect: Any) -> Conversion:
    """Digits; a value that is no number is refused, because text would be SQL."""
    return written(lambda value: str(int(value)))


def number_literal(type_: Any, dialect: Any) -> Conversion:
    """A number as Python writes it."""

    def write(value: Any) -> str:
        if not isinstance(value, (int, float, Decimal)):
            value = Decimal(value)
        return str(value)

    return Conversion(write)


def boolean_literal(type_: Any, dialect: Any) -> Conversion:
    """`true` and `false`, or 1 and 0."""
    words = ("false", "true") if dialect.features.boolean_keywords else ("0", "1")
    return written(lambda value: words[Boolean.as_integer(value) or 0])


def datetime_literal(type_: Any, dialect: Any) -> Conversion:
    """`'2020-01-02 03:04:05'`."""
    return written(lambda value: f"'{_checked(value, dt.datetime).isoformat(' ')}'")


def date_literal(type_: Any, dialect: Any) -> Conversion:
    """`'2020-01-02'`."""
    return written(lambda value: f"'{_day(_checked(value, dt.date)).isoformat()}'")


def _day(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def time_literal(type_: Any, dialect: Any) -> Conversion:
    """`'03:04:05'`."""
    return written(lambda value: f"'{_checked(value, dt.time).isoformat()}'")


_BYTES = (bytes, bytearray, memoryview)


def _checked(value: Any, class_: type[Any] | tuple[type[Any], ...]) -> Any:
    if not isinstance(value, class_):
        expected = class_ if isinstance(class_, type) else class_[0]
        raise TypeError(f"expected {expected.__name__}, got {value!r}")
    return value


def binary_literal(type_: Any, dialect: Any) -> Conversion:
    """Bytes as text in quotes; bytes that are no text cannot be written."""
    return written(lambda value: quoted(bytes(_checked(value, _BYTES)).decode(), dialect))


def uuid_literal(type_: Any, dialect: Any) -> Conversion:
    """The digits of a UUID, with hyphens where the database has the type."""
    if type_.native_uuid and dialect.features.native_uuid:
        return written(lambda value: quoted(str(value), dialect))
    return written(lambda value: quoted(type_.to_digits(value), dialect))


def null_literal(type_: Any, dialect: Any) -> Conversion:
    """Only None has a text where the type is not known."""

    def write(value: Any) -> str:
        if value is None:
            return "NULL"
        raise CompileError(
            f'No literal value renderer is available for literal value "{value!r}" with datatype NULL: give it a type, '
            "as in literal(value, String())"
        )

    return Conversion(write, sees_none=True)


LITERAL_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Binary: binary_literal,
    Boolean: boolean_literal,
    Date: date_literal,
    DateTime: datetime_literal,
    Integer: integer_literal,
    JSONIntIndexType: integer_literal,
    JSONStrIndexType: string_literal,
    NullType: null_literal,
    NumericCommon: number_literal,
    String: string_literal,
    Time: time_literal,
    Uuid: uuid_literal,
}
