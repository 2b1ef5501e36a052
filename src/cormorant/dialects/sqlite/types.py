"""Values between Python and SQLite, which has numbers, text and bytes: dates and times are text, Decimal is a float."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...compile.conversions import loads
from ...compile.dialect import ConversionMaker, TypeCompiler, TypeText
from ...compile.literals import written
from ...compile.types_text import no_name
from ...exc import UnsupportedCompilationError
from ...types.arrays import ARRAY
from ...types.base import NullType, TypeEngine
from ...types.binary import Binary
from ...types.conversion import Conversion
from ...types.datetimes import Date, DateTime, Time
from ...types.documents import JSON, JSONIndexType, JSONIntIndexType, JSONPathType, JSONStrIndexType
from .json_path import json_path


def no_arrays(type_: Any, compiler: TypeCompiler) -> str:
    """Refuse an array."""
    raise UnsupportedCompilationError(compiler, type_.__class__)


TYPE_TEXTS: dict[type[TypeEngine[Any]], TypeText] = {ARRAY: no_arrays, NullType: no_name}


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


def _literal(function: Any) -> ConversionMaker:
    return _constant(written(lambda value: f"'{function(value)}'"))


def _path_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: "'" + json_path(value).replace("'", "''") + "'")


BIND_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Binary: _constant(Conversion(memoryview, "memoryview({0})")),
    Date: _constant(Conversion(date_text)),
    DateTime: _constant(
        Conversion(
            datetime_text,
            "({0}.isoformat(' ', 'microseconds') if type({0}) is datetime and {0}.tzinfo is None else text_of({0}))",
            {"datetime": dt.datetime, "text_of": datetime_text},
        )
    ),
    JSONIndexType: _constant(Conversion(json_path)),
    JSONPathType: _constant(Conversion(json_path)),
    Time: _constant(Conversion(time_text)),
}
RESULT_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Date: _constant(Conversion(dt.date.fromisoformat, "date_of({0})", {"date_of": dt.date.fromisoformat})),
    DateTime: _constant(
        Conversion(dt.datetime.fromisoformat, "datetime_of({0})", {"datetime_of": dt.datetime.fromisoformat})
    ),
    JSON: read_json,
    Time: _constant(Conversion(dt.time.fromisoformat, "time_of({0})", {"time_of": dt.time.fromisoformat})),
}
LITERAL_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Date: _literal(date_text),
    DateTime: _literal(datetime_text),
    JSONIntIndexType: _path_literal,
    JSONPathType: _path_literal,
    JSONStrIndexType: _path_literal,
    Time: _literal(time_text),
}
