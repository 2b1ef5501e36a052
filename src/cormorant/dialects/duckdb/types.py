"""Types and values between Python and DuckDB, whose driver takes and gives most of Python's own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...compile.conversions import loads
from ...compile.dialect import ConversionMaker, TypeCompiler, TypeText
from ...compile.literals import quoted, written
from ...compile.types_text import no_name, word
from ...types import upper
from ...types.arrays import ARRAY
from ...types.base import NullType, TypeEngine
from ...types.binary import Binary, LargeBinary
from ...types.conversion import Conversion
from ...types.datetimes import DateTime
from ...types.documents import JSON, JSONIndexType, JSONIntIndexType, JSONPathType, JSONStrIndexType
from ...types.enums import Enum
from ...types.intervals import Interval
from ...types.numeric import Float
from .json_path import json_path

_SINGLE_DIGITS = 24
"""How many binary digits a FLOAT of four bytes has."""


def float_text(type_: Any, compiler: TypeCompiler) -> str:
    """`FLOAT` up to single precision, otherwise `DOUBLE`: Python's floats are double."""
    return "FLOAT" if type_.precision is not None and type_.precision <= _SINGLE_DIGITS else "DOUBLE"


def datetime_text(type_: Any, compiler: TypeCompiler) -> str:
    """`TIMESTAMP`, with or without a time zone."""
    return "TIMESTAMP WITH TIME ZONE" if type_.timezone else "TIMESTAMP"


def enum_text(type_: Any, compiler: TypeCompiler) -> str:
    """`ENUM('a', 'b')`, or VARCHAR."""
    if not type_.native_enum:
        return f"VARCHAR({type_.length})"
    return f"ENUM({', '.join([quoted(name, compiler.dialect) for name in type_.enums])})"


def array_text(type_: Any, compiler: TypeCompiler) -> str:
    """`INTEGER[]`: lists."""
    return compiler.process(type_.item_type) + "[]" * (type_.dimensions or 1)


TYPE_TEXTS: dict[type[TypeEngine[Any]], TypeText] = {
    ARRAY: array_text,
    DateTime: datetime_text,
    Enum: enum_text,
    Float: float_text,
    Interval: word("INTERVAL"),
    LargeBinary: word("BLOB"),
    NullType: no_name,
    upper.BINARY: word("BLOB"),
    upper.VARBINARY: word("BLOB"),
}


def _constant(conversion: Conversion) -> ConversionMaker:
    return lambda type_, dialect: conversion


def _path_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: quoted(json_path(value), dialect))


def read_json(type_: Any, dialect: Any) -> Conversion:
    """Text back to documents; what a subscript found is text of a document too."""
    read = dialect.json_deserializer or loads
    return Conversion(read, "loads({0})", {"loads": read})


def bytes_literal(value: Any) -> str:
    """Return `'\\xAA'::BLOB`."""
    return "'" + "".join([f"\\x{byte:02X}" for byte in bytes(value)]) + "'::BLOB"


def interval_literal(value: Any) -> str:
    """Return `INTERVAL '5 microseconds'`."""
    if not isinstance(value, dt.timedelta):
        raise TypeError(f"expected timedelta, got {value!r}")
    return f"INTERVAL '{value // dt.timedelta(microseconds=1)} microseconds'"


BIND_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    JSONIndexType: _constant(Conversion(json_path)),
    JSONPathType: _constant(Conversion(json_path)),
}
RESULT_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    JSON: read_json,
}
LITERAL_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Binary: _constant(written(bytes_literal)),
    Interval: _constant(written(interval_literal)),
    JSONIntIndexType: _path_literal,
    JSONPathType: _path_literal,
    JSONStrIndexType: _path_literal,
}
