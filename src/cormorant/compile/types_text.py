"""The names of types in the standard language: a table by class, which dialects replace entry by entry.

In: a type and the type compiler of a dialect. Out: its SQL text, collation included.
"""

from __future__ import annotations

from typing import Any

from ..exc import CompileError, UnsupportedCompilationError
from ..types import upper
from ..types.arrays import ARRAY
from ..types.base import NullType, TypeEngine
from ..types.binary import LargeBinary
from ..types.boolean import Boolean
from ..types.datetimes import Date, DateTime, Time
from ..types.decorator import TypeDecorator, UserDefinedType
from ..types.documents import JSON
from ..types.enums import Enum
from ..types.intervals import Interval
from ..types.numeric import BigInteger, Double, Float, Integer, Numeric, SmallInteger
from ..types.text import String, Text, Unicode, UnicodeText
from ..types.uuids import UUID, Uuid
from .dialect import TypeCompiler, TypeText


def word(text: str) -> TypeText:
    """Return the renderer of a type that is one word."""
    return lambda type_, compiler: text


def sized(text: str) -> TypeText:
    """Return the renderer of a type with a length and a collation: `VARCHAR(30) COLLATE "x"`."""

    def render(type_: Any, compiler: TypeCompiler) -> str:
        length = type_.length
        return with_collation(text if length is None else f"{text}({length})", type_, compiler)

    return render


def with_collation(text: str, type_: Any, compiler: TypeCompiler) -> str:
    """Return the text of a type with its collation after it."""
    collation = getattr(type_, "collation", None)
    if collation is None:
        return text
    schema = getattr(type_, "collation_schema", None)
    return f"{text} COLLATE {compiler.preparer.format_collation(collation, schema)}"


def length_only(text: str) -> TypeText:
    """Return the renderer of a type with a length and no collation."""

    def render(type_: Any, compiler: TypeCompiler) -> str:
        return text if type_.length is None else f"{text}({type_.length})"

    return render


def exact(text: str) -> TypeText:
    """Return the renderer of a type with precision and scale: `NUMERIC(10, 2)`."""

    def render(type_: Any, compiler: TypeCompiler) -> str:
        if type_.precision is None:
            return text
        return f"{text}({type_.precision})" if type_.scale is None else f"{text}({type_.precision}, {type_.scale})"

    return render


def decorated(type_: Any, compiler: TypeCompiler) -> str:
    """A TypeDecorator is called what its underlying type is called."""
    return compiler.process(type_.type_engine(compiler.dialect))


def user_defined(type_: Any, compiler: TypeCompiler) -> str:
    """A UserDefinedType says its name itself."""
    spec = getattr(type_, "get_col_spec", None)
    if spec is None:
        raise UnsupportedCompilationError(compiler, type_.__class__)
    return str(spec(type_expression=None) if _takes_keywords(spec) else spec())


def _takes_keywords(function: Any) -> bool:
    code = getattr(function, "__code__", None)
    return code is not None and bool(code.co_flags & 0x08)


def uuid_text(type_: Any, compiler: TypeCompiler) -> str:
    """UUID where the database has it, else 32 characters."""
    return "UUID" if type_.native_uuid and compiler.dialect.features.native_uuid else "CHAR(32)"


def interval_text(type_: Any, compiler: TypeCompiler) -> str:
    """INTERVAL where the database has it, else the type that stands for it."""
    if type_.native and compiler.dialect.features.native_interval:
        return "INTERVAL"
    return decorated(type_, compiler)


def no_name(type_: Any, compiler: TypeCompiler) -> str:
    """Refuse a column whose type nobody said."""
    raise CompileError(
        f"Can't generate DDL for {type_!r}; did you forget to specify a type on this Column?",
    )


TYPE_TEXTS: dict[type[TypeEngine[Any]], TypeText] = {
    ARRAY: word("ARRAY"),
    BigInteger: word("BIGINT"),
    Boolean: word("BOOLEAN"),
    Date: word("DATE"),
    DateTime: word("DATETIME"),
    Double: word("DOUBLE"),
    Enum: sized("VARCHAR"),
    Float: word("FLOAT"),
    Integer: word("INTEGER"),
    Interval: interval_text,
    JSON: word("JSON"),
    LargeBinary: word("BLOB"),
    NullType: word("NULL"),
    Numeric: exact("NUMERIC"),
    SmallInteger: word("SMALLINT"),
    String: sized("VARCHAR"),
    upper.VARCHAR: sized("VARCHAR"),
    Text: sized("TEXT"),
    Time: word("TIME"),
    TypeDecorator: decorated,
    Unicode: sized("VARCHAR"),
    UnicodeText: sized("TEXT"),
    UserDefinedType: user_defined,
    Uuid: uuid_text,
    UUID: word("UUID"),
    upper.BINARY: length_only("BINARY"),
    upper.CHAR: sized("CHAR"),
    upper.CLOB: word("CLOB"),
    upper.DECIMAL: exact("DECIMAL"),
    upper.DOUBLE_PRECISION: word("DOUBLE PRECISION"),
    upper.NCHAR: sized("NCHAR"),
    upper.NVARCHAR: sized("NVARCHAR"),
    upper.REAL: word("REAL"),
    upper.TIMESTAMP: word("TIMESTAMP"),
    upper.VARBINARY: length_only("VARBINARY"),
}
