"""Types and values between Python and PostgreSQL, whose driver takes and returns nearly everything as it is."""

from __future__ import annotations

from typing import Any

from ...compile.dialect import ConversionMaker, TypeCompiler, TypeText
from ...compile.literals import written
from ...compile.types_text import no_name, word
from ...exc import CompileError
from ...types import upper
from ...types.arrays import ARRAY
from ...types.base import NullType, TypeEngine
from ...types.binary import LargeBinary
from ...types.conversion import Conversion
from ...types.datetimes import Date, DateTime, Time
from ...types.documents import JSON, JSONIntIndexType, JSONPathType, JSONStrIndexType
from ...types.enums import Enum
from ...types.intervals import Interval
from ...types.numeric import BigInteger, Double, Float, Integer, SmallInteger
from ...types.text import String
from ...types.uuids import Uuid


def float_text(type_: Any, compiler: TypeCompiler) -> str:
    """`FLOAT(20)`."""
    return "FLOAT" if type_.precision is None else f"FLOAT({type_.precision})"


def timestamp_text(type_: Any, compiler: TypeCompiler) -> str:
    """`TIMESTAMP WITHOUT TIME ZONE`."""
    return f"TIMESTAMP {_zone(type_)}"


def time_text(type_: Any, compiler: TypeCompiler) -> str:
    """`TIME WITHOUT TIME ZONE`."""
    return f"TIME {_zone(type_)}"


def _zone(type_: Any) -> str:
    return f"{'WITH' if type_.timezone else 'WITHOUT'} TIME ZONE"


def array_text(type_: Any, compiler: TypeCompiler) -> str:
    """`INTEGER[]`; a collation stands after the brackets."""
    inner = compiler.process(type_.item_type)
    name, collate, collation = inner.partition(" COLLATE ")
    return f"{name}{'[]' * (type_.dimensions or 1)}{collate}{collation}"


def enum_text(type_: Any, compiler: TypeCompiler) -> str:
    """The name of the enumeration, or VARCHAR."""
    if type_.native_enum:
        if type_.name is None:
            raise CompileError("PostgreSQL Enum type requires a name.")
        return compiler.preparer.format_table(type_)
    return compiler.dialect.built_in_type_texts[upper.VARCHAR](type_, compiler)


TYPE_TEXTS: dict[type[TypeEngine[Any]], TypeText] = {
    ARRAY: array_text,
    DateTime: timestamp_text,
    upper.DATETIME: word("DATETIME"),
    upper.TIMESTAMP: timestamp_text,
    Double: word("DOUBLE PRECISION"),
    upper.DOUBLE: word("DOUBLE"),
    Enum: enum_text,
    Float: float_text,
    LargeBinary: word("BYTEA"),
    upper.BLOB: word("BLOB"),
    NullType: no_name,
    Time: time_text,
}


def _own_text(type_: Any, compiler: TypeCompiler) -> str:
    return compiler.process(type_)


def _uuid_cast(type_: Any, compiler: TypeCompiler) -> str:
    return "UUID" if type_.native_uuid else ""


CAST_SUFFIXES: dict[type[TypeEngine[Any]], TypeText] = {
    ARRAY: _own_text,
    BigInteger: word("BIGINT"),
    Date: word("DATE"),
    DateTime: timestamp_text,
    Enum: word(""),
    Integer: word("INTEGER"),
    Interval: word(""),
    JSON: word("JSON"),
    JSONIntIndexType: word("INT"),
    JSONStrIndexType: word("TEXT"),
    SmallInteger: word("SMALLINT"),
    String: word("VARCHAR"),
    Time: time_text,
    Uuid: _uuid_cast,
}


def path_text(value: Any) -> str:
    """Return a path as the text of an array: `{"a", "1"}`."""
    escaped = [str(part).replace("\\", "\\\\").replace('"', '\\"') for part in value]
    return "{" + ", ".join([f'"{part}"' for part in escaped]) + "}"


def _path(type_: Any, dialect: Any) -> Conversion:
    return Conversion(path_text)


def _path_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: "'" + path_text(value).replace("'", "''") + "'")


def _interval_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: f"make_interval(secs=>{value.total_seconds()})")


BIND_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {JSONPathType: _path}
LITERAL_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Interval: _interval_literal,
    JSONPathType: _path_literal,
}
