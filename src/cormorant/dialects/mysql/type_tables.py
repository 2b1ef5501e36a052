"""Types and values between Python and MySQL or MariaDB: no truth values, times of day as time spans, JSON as text."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...compile.dialect import ConversionMaker, TypeCompiler, TypeText
from ...compile.literals import quoted, written
from ...compile.types_text import exact, length_only, no_name, word
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
from ...types.numeric import Double, Float, Integer, Numeric
from ...types.text import String, Text, Unicode, UnicodeText
from ...types.uuids import Uuid
from ..json_path import json_path
from . import enumerated, inet, numbers, strings

# names


def signed(text: str, type_: Any) -> str:
    """Return the text of a number with UNSIGNED and ZEROFILL where it is one of MySQL's own."""
    if getattr(type_, "unsigned", False):
        text += " UNSIGNED"
    return f"{text} ZEROFILL" if getattr(type_, "zerofill", False) else text


def whole(text: str) -> TypeText:
    """Return the renderer of a whole number: `INTEGER(11) UNSIGNED`."""

    def render(type_: Any, compiler: TypeCompiler) -> str:
        width = getattr(type_, "display_width", None)
        return signed(text if width is None else f"{text}({width})", type_)

    return render


def fraction(text: str) -> TypeText:
    """Return the renderer of an exact fraction: `NUMERIC(10, 2) UNSIGNED`."""
    plain = exact(text)
    return lambda type_, compiler: signed(plain(type_, compiler), type_)


def double(text: str) -> TypeText:
    """Return the renderer of a binary fraction that takes precision and scale, or neither."""

    def render(type_: Any, compiler: TypeCompiler) -> str:
        has_size = type_.precision is not None and type_.scale is not None
        return signed(f"{text}({type_.precision}, {type_.scale})" if has_size else text, type_)

    return render


def float_text(type_: Any, compiler: TypeCompiler) -> str:
    """`FLOAT(20)`, `FLOAT(10, 2)`."""
    if type_.scale is not None and type_.precision is not None:
        return signed(f"FLOAT({type_.precision}, {type_.scale})", type_)
    return signed("FLOAT" if type_.precision is None else f"FLOAT({type_.precision})", type_)


def with_fraction(text: str) -> TypeText:
    """Return the renderer of a time with digits after the second: `DATETIME(6)`."""

    def render(type_: Any, compiler: TypeCompiler) -> str:
        digits = getattr(type_, "fsp", None)
        return text if digits is None else f"{text}({digits})"

    return render


def collated(text: str, type_: Any, national: bool = False) -> str:
    """Return the text of a text type with character set and collation, which are not quoted here."""
    national = national or getattr(type_, "national", False)
    if type_.collation is not None:
        ending = f" COLLATE {type_.collation}"
    else:
        ending = " BINARY" if getattr(type_, "binary", False) else ""
    return f"NATIONAL {text}{ending}" if national else f"{text}{character_set(type_)}{ending}"


def character_set(type_: Any) -> str:
    """Return ` CHARACTER SET x`, or one of the short names for it."""
    charset = getattr(type_, "charset", None)
    if charset is not None:
        return f" CHARACTER SET {charset}"
    if getattr(type_, "ascii", False):
        return " ASCII"
    return " UNICODE" if getattr(type_, "unicode", False) else ""


def sized_text(text: str, national: bool = False) -> TypeText:
    """Return the renderer of a text type whose length may be left out."""

    def render(type_: Any, compiler: TypeCompiler) -> str:
        return collated(text if type_.length is None else f"{text}({type_.length})", type_, national)

    return render


def unsized_text(text: str) -> TypeText:
    """Return the renderer of a text type without a length."""
    return lambda type_, compiler: collated(text, type_)


def varchar_text(type_: Any, compiler: TypeCompiler) -> str:
    """`VARCHAR(30)`: the length is not optional here."""
    return collated(f"VARCHAR({_length(type_, 'VARCHAR', compiler)})", type_)


def nvarchar_text(type_: Any, compiler: TypeCompiler) -> str:
    """`NATIONAL VARCHAR(30)`."""
    return collated(f"VARCHAR({_length(type_, 'NVARCHAR', compiler)})", type_, national=True)


def varbinary_text(type_: Any, compiler: TypeCompiler) -> str:
    """`VARBINARY(30)`."""
    return f"VARBINARY({_length(type_, 'VARBINARY', compiler)})"


def _length(type_: Any, name: str, compiler: TypeCompiler) -> int:
    if type_.length is None:
        raise CompileError(f"{name} requires a length on dialect {compiler.dialect.name}")
    length: int = type_.length
    return length


def enum_text(type_: Any, compiler: TypeCompiler) -> str:
    """`ENUM('a','b')`, or VARCHAR."""
    return _listed("ENUM", type_.enums, type_, compiler) if type_.native_enum else varchar_text(type_, compiler)


def set_text(type_: Any, compiler: TypeCompiler) -> str:
    """`SET('a','b')`."""
    return _listed("SET", type_.values, type_, compiler)


def _listed(word_: str, names: Any, type_: Any, compiler: TypeCompiler) -> str:
    listed = ",".join([quoted(name, compiler.dialect) for name in names])
    return collated(f"{word_}({listed})", type_)


def no_arrays(type_: Any, compiler: TypeCompiler) -> str:
    """Refuse an array."""
    raise UnsupportedCompilationError(compiler, type_.__class__)


def bit_text(type_: Any, compiler: TypeCompiler) -> str:
    """`BIT(8)`."""
    return "BIT" if type_.length is None else f"BIT({type_.length})"


def year_text(type_: Any, compiler: TypeCompiler) -> str:
    """`YEAR(4)`."""
    return "YEAR" if type_.display_width is None else f"YEAR({type_.display_width})"


def uuid_type_text(type_: Any, compiler: TypeCompiler) -> str:
    """`UUID` where the server has it, `CHAR(32)` elsewhere."""
    dialect: Any = compiler.dialect
    return "UUID" if type_.native_uuid and dialect.names_uuid else "CHAR(32)"


TYPE_TEXTS: dict[type[TypeEngine[Any]], TypeText] = {
    ARRAY: no_arrays,
    Boolean: word("BOOL"),
    DateTime: with_fraction("DATETIME"),
    Double: double("DOUBLE"),
    Enum: enum_text,
    Float: float_text,
    LargeBinary: length_only("BLOB"),
    NullType: no_name,
    String: varchar_text,
    Text: sized_text("TEXT"),
    Time: with_fraction("TIME"),
    Unicode: varchar_text,
    UnicodeText: sized_text("TEXT"),
    enumerated.ENUM: enum_text,
    enumerated.SET: set_text,
    inet.INET4: word("INET4"),
    inet.INET6: word("INET6"),
    numbers.BIGINT: whole("BIGINT"),
    numbers.BIT: bit_text,
    numbers.DECIMAL: fraction("DECIMAL"),
    numbers.FLOAT: float_text,
    numbers.INTEGER: whole("INTEGER"),
    numbers.MEDIUMINT: whole("MEDIUMINT"),
    numbers.NUMERIC: fraction("NUMERIC"),
    numbers.SMALLINT: whole("SMALLINT"),
    numbers.TINYINT: whole("TINYINT"),
    numbers.YEAR: year_text,
    strings.LONGBLOB: word("LONGBLOB"),
    strings.LONGTEXT: unsized_text("LONGTEXT"),
    strings.MEDIUMBLOB: word("MEDIUMBLOB"),
    strings.MEDIUMTEXT: unsized_text("MEDIUMTEXT"),
    strings.TINYBLOB: word("TINYBLOB"),
    strings.TINYTEXT: unsized_text("TINYTEXT"),
    Uuid: uuid_type_text,
    upper.CHAR: sized_text("CHAR"),
    upper.NCHAR: sized_text("CHAR", national=True),
    upper.NVARCHAR: nvarchar_text,
    upper.REAL: double("REAL"),
    upper.TIMESTAMP: with_fraction("TIMESTAMP"),
    upper.VARBINARY: varbinary_text,
    upper.VARCHAR: varchar_text,
}

# what CAST takes


def _char(type_: Any, compiler: TypeCompiler) -> str:
    text = "CHAR" if type_.length is None else f"CHAR({type_.length})"
    if not isinstance(type_, strings.Charset):
        return text
    return collated(text, type_) if isinstance(type_, upper.CHAR) else text + _plain_ending(type_)


def _plain_ending(type_: Any) -> str:
    if type_.collation is not None:
        return f"{character_set(type_)} COLLATE {type_.collation}"
    return character_set(type_) + (" BINARY" if type_.binary else "")


def _decimal(type_: Any, compiler: TypeCompiler) -> str:
    return fraction("DECIMAL")(type_, compiler)


def _enum(type_: Any, compiler: TypeCompiler) -> str:
    return "" if type_.native_enum else _char(type_, compiler)


def _integer(type_: Any, compiler: TypeCompiler) -> str:
    return "UNSIGNED INTEGER" if getattr(type_, "unsigned", False) else "SIGNED INTEGER"


def _float(type_: Any, compiler: TypeCompiler) -> str:
    """Binary fractions, where the server takes them."""
    dialect: Any = compiler.dialect
    if not dialect.casts_floats:
        return ""
    if isinstance(type_, Double):
        return compiler.process(type_)
    return float_text(type_, compiler)


def _decorated(type_: Any, compiler: TypeCompiler) -> str:
    return cast_type(type_.type_engine(compiler.dialect), compiler)


CAST_TYPES: dict[type[TypeEngine[Any]], TypeText] = {
    Binary: word("BINARY"),
    Date: word("DATE"),
    DateTime: with_fraction("DATETIME"),
    Enum: _enum,
    Float: _float,
    Integer: _integer,
    JSON: word("JSON"),
    Numeric: _decimal,
    String: _char,
    Time: with_fraction("TIME"),
    TypeDecorator: _decorated,
    enumerated.SET: word(""),
    upper.TIMESTAMP: word("DATETIME"),
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
