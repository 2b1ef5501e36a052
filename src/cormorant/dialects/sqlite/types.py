"""Values between Python and SQLite, which has numbers, text and bytes: dates and times are text, Decimal is a float."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...compile.conversions import loads
from ...compile.dialect import ConversionMaker, TypeCompiler, TypeText
from ...compile.literals import quoted, written
from ...compile.types_text import no_name, word
from ...exc import UnsupportedCompilationError
from ...types.arrays import ARRAY
from ...types.base import NullType, TypeEngine
from ...types.binary import Binary
from ...types.conversion import Conversion
from ...types.datetimes import Date, DateTime, Time
from ...types.documents import JSON, JSONIndexType, JSONIntIndexType, JSONPathType, JSONStrIndexType
from .json import JSONB
from .json_path import json_path
from .stored import DATE, DATETIME, TIME


def no_arrays(type_: Any, compiler: TypeCompiler) -> str:
    """Refuse an array."""
    raise UnsupportedCompilationError(compiler, type_.__class__)


def stored_text(word_: str) -> TypeText:
    """Return the renderer of a date or time: its name says that it is text, where it could be taken for a number."""
    return lambda type_, compiler: f"{word_}_CHAR" if type_.holds_only_digits else word_


TYPE_TEXTS: dict[type[TypeEngine[Any]], TypeText] = {
    ARRAY: no_arrays,
    DATE: stored_text("DATE"),
    DATETIME: stored_text("DATETIME"),
    JSONB: word("JSONB"),
    NullType: no_name,
    TIME: stored_text("TIME"),
}


def datetime_text(value: Any) -> str:
    """Return `2020-01-02 03:04:05.000006`; a date is its midnight, a time zone is left out."""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "microseconds")[:26]
    if isinstance(value, dt.date):
        return f"{value.isoformat()} 00:00:00.000000"
    raise TypeError("SQLite DateTime type only accepts Python datetime and date objects as input.")


def date_text(value: Any) -> str:
    """Return `2020-01-02`."""
    if not isinstance(value, dt.date):
        raise TypeError("SQLite Date type only accepts Python date objects as input.")
    return value.isoformat()[:10]


def time_text(value: Any) -> str:
    """Return `03:04:05.000006`; a time zone is left out."""
    if not isinstance(value, dt.time):
        raise TypeError("SQLite Time type only accepts Python time objects as input.")
    return value.isoformat("microseconds")[:15]


def read_json(type_: Any, dialect: Any) -> Conversion:
    """Text back to documents; a column called JSON gives documents that are a number as numbers."""
    read = dialect.json_deserializer or loads

    def document(value: Any) -> Any:
        return value if type(value) in (int, float) else read(value)

    return Conversion(document, "document({0})", {"document": document})


def _constant(conversion: Conversion) -> ConversionMaker:
    return lambda type_, dialect: conversion


def _path_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: "'" + json_path(value).replace("'", "''") + "'")


def _stored(given: Conversion) -> ConversionMaker:
    """Return what makes the conversion of a date or time: as given, or in the type's own format."""

    def make(type_: Any, dialect: Any) -> Conversion | None:
        if dialect.native_datetime:
            return None
        has_format = getattr(type_, "storage_format", None) is not None
        return Conversion(type_.writer()) if has_format else given

    return make


def _read(make_value: Any, given: Conversion) -> ConversionMaker:
    def make(type_: Any, dialect: Any) -> Conversion | None:
        if dialect.native_datetime:
            return None
        read = type_.reader(make_value) if hasattr(type_, "reader") else None
        return given if read is None else Conversion(read)

    return make


def _stored_literal(function: Any) -> ConversionMaker:
    def make(type_: Any, dialect: Any) -> Conversion:
        has_format = getattr(type_, "storage_format", None) is not None
        write = type_.writer() if has_format else function
        return written(lambda value: quoted(write(value), dialect))

    return make


BIND_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Binary: _constant(Conversion(memoryview, "memoryview({0})")),
    Date: _stored(Conversion(date_text)),
    DateTime: _stored(
        Conversion(
            datetime_text,
            "({0}.isoformat(' ', 'microseconds') if type({0}) is datetime and {0}.tzinfo is None else text_of({0}))",
            {"datetime": dt.datetime, "text_of": datetime_text},
        )
    ),
    JSONIndexType: _constant(Conversion(json_path)),
    JSONPathType: _constant(Conversion(json_path)),
    Time: _stored(Conversion(time_text)),
}
RESULT_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Date: _read(dt.date, Conversion(dt.date.fromisoformat, "date_of({0})", {"date_of": dt.date.fromisoformat})),
    DateTime: _read(
        dt.datetime,
        Conversion(dt.datetime.fromisoformat, "datetime_of({0})", {"datetime_of": dt.datetime.fromisoformat}),
    ),
    JSON: read_json,
    Time: _read(dt.time, Conversion(dt.time.fromisoformat, "time_of({0})", {"time_of": dt.time.fromisoformat})),
}
LITERAL_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Date: _stored_literal(date_text),
    DateTime: _stored_literal(datetime_text),
    JSONIntIndexType: _path_literal,
    JSONPathType: _path_literal,
    JSONStrIndexType: _path_literal,
    Time: _stored_literal(time_text),
}
