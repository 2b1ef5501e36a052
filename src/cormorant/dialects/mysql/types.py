"""Types and values between Python and MySQL or MariaDB: no truth values, times of day as time spans, JSON as text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...compile.dialect import ConversionMaker, TypeCompiler, TypeText
from ...compile.literals import quoted, written
from ...compile.types_text import length_only, no_name, word
from ...exc import CompileError, UnsupportedCompilationError
from ...types import upper
from ...types.arrays import ARRAY
from ...types.base import NullType, TypeEngine
from ...types.binary import Binary, LargeBinary
from ...types.boolean import Boolean
from ...types.conversion import Conversion
from ...types.datetimes import Date, DateTime, Time
from ...types.decorator import TypeDecorator
from ...types.documents import JSON, JSONIndexType, JSONIntIndexType, JSONPathType, JSONStrIndexType
from ...types.enums import Enum
from ...types.numeric import Float, Integer, Numeric
from ...types.text import String, Text, Unicode, UnicodeText
from ..json_path import json_path

# names


def sized_text(text: str) -> TypeText:
    """Return the renderer of a text type whose length may be left out."""

    def render(type_: Any, compiler: TypeCompiler) -> str:
        return collated(text if type_.length is None else f"{text}({type_.length})", type_)

    return render


def collated(text: str, type_: Any) -> str:
    """Return the text of a type with its collation, which is not quoted here."""
    collation = getattr(type_, "collation", None)
    return text if collation is None else f"{text} COLLATE {collation}"


def varchar_text(type_: Any, compiler: TypeCompiler) -> str:
    """`VARCHAR(30)`: the length is not optional here."""
    if type_.length is None:
        raise CompileError(f"VARCHAR requires a length on dialect {compiler.dialect.name}")
    return collated(f"VARCHAR({type_.length})", type_)


def nvarchar_text(type_: Any, compiler: TypeCompiler) -> str:
    """`NATIONAL VARCHAR(30)`."""
    if type_.length is None:
        raise CompileError(f"NVARCHAR requires a length on dialect {compiler.dialect.name}")
    return f"NATIONAL VARCHAR({type_.length})"


def varbinary_text(type_: Any, compiler: TypeCompiler) -> str:
    """`VARBINARY(30)`."""
    if type_.length is None:
        raise CompileError(f"VARBINARY requires a length on dialect {compiler.dialect.name}")
    return f"VARBINARY({type_.length})"


def float_text(type_: Any, compiler: TypeCompiler) -> str:
    """`FLOAT(20)`."""
    return "FLOAT" if type_.precision is None else f"FLOAT({type_.precision})"


def enum_text(type_: Any, compiler: TypeCompiler) -> str:
    """`ENUM('a','b')`, or VARCHAR."""
    if not type_.native_enum:
        return varchar_text(type_, compiler)
    names = ",".join([quoted(name, compiler.dialect) for name in type_.enums])
    return collated(f"ENUM({names})", type_)


def no_arrays(type_: Any, compiler: TypeCompiler) -> str:
    """Refuse an array."""
    raise UnsupportedCompilationError(compiler, type_.__class__)


TYPE_TEXTS: dict[type[TypeEngine[Any]], TypeText] = {
    ARRAY: no_arrays,
    Boolean: word("BOOL"),
    Enum: enum_text,
    Float: float_text,
    LargeBinary: length_only("BLOB"),
    NullType: no_name,
    String: varchar_text,
    Text: sized_text("TEXT"),
    Unicode: varchar_text,
    UnicodeText: sized_text("TEXT"),
    upper.CHAR: sized_text("CHAR"),
    upper.NCHAR: sized_text("NATIONAL CHAR"),
    upper.NVARCHAR: nvarchar_text,
    upper.REAL: word("REAL"),
    upper.VARBINARY: varbinary_text,
    upper.VARCHAR: varchar_text,
}

# what CAST takes


def _char(type_: Any, compiler: TypeCompiler) -> str:
    return "CHAR" if type_.length is None else f"CHAR({type_.length})"


def _decimal(type_: Any, compiler: TypeCompiler) -> str:
    return compiler.dialect.built_in_type_texts[upper.DECIMAL](type_, compiler)


def _enum(type_: Any, compiler: TypeCompiler) -> str:
    return "" if type_.native_enum else _char(type_, compiler)


def _decorated(type_: Any, compiler: TypeCompiler) -> str:
    return cast_type(type_.type_engine(compiler.dialect), compiler)


CAST_TYPES: dict[type[TypeEngine[Any]], TypeText] = {
    Binary: word("BINARY"),
    Date: word("DATE"),
    DateTime: word("DATETIME"),
    Enum: _enum,
    Float: word(""),
    Integer: word("SIGNED INTEGER"),
    JSON: word("JSON"),
    Numeric: _decimal,
    String: _char,
    Time: word("TIME"),
    TypeDecorator: _decorated,
}


def cast_type(type_: Any, compiler: TypeCompiler) -> str:
    """Return what CAST calls a type; an empty string for a type that it does not know."""
    type_ = type_.dialect_impl(compiler.dialect)
    for base in type(type_).__mro__:
        if base in CAST_TYPES:
            return CAST_TYPES[base](type_, compiler)
    if isinstance(type_, (NullType, ARRAY)):
        return compiler.process(type_)
    return ""


# values


def time_of(span: Any) -> dt.time:
    """Return the time of day for the time span since midnight that the driver gives."""
    if isinstance(span, dt.time):
        return span
    minutes, seconds = divmod(span.seconds, 60)
    return dt.time(minutes // 60, minutes % 60, seconds, span.microseconds)


def _constant(conversion: Conversion) -> ConversionMaker:
    return lambda type_, dialect: conversion


def _path_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: quoted(json_path(value), dialect))


BIND_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    JSONIndexType: _constant(Conversion(json_path)),
    JSONPathType: _constant(Conversion(json_path)),
}
RESULT_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Time: _constant(Conversion(time_of, "time_of({0})", {"time_of": time_of})),
}
LITERAL_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    JSONIntIndexType: _path_literal,
    JSONPathType: _path_literal,
    JSONStrIndexType: _path_literal,
}
