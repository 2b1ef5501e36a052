"""The names of types in PostgreSQL, the casts of binds, and the few conversions that its drivers leave to us."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ...compile.conversions import decimal_from_float
from ...compile.dialect import ConversionMaker, TypeCompiler, TypeText
from ...compile.literals import quoted, written
from ...compile.types_text import no_name, sized, with_collation, word
from ...exc import CompileError
from ...types import upper
from ...types.arrays import ARRAY, holds_arrays
from ...types.base import NullType, TypeEngine
from ...types.binary import LargeBinary
from ...types.conversion import Conversion
from ...types.datetimes import Date, DateTime, Time
from ...types.documents import JSON, JSONIntIndexType, JSONPathType, JSONStrIndexType
from ...types.enums import Enum
from ...types.intervals import Interval
from ...types.numeric import BigInteger, Double, Float, Integer, Numeric, SmallInteger
from ...types.text import String
from ...types.uuids import Uuid
from . import types as pg
from .bitstring import BitString
from .hstore import HSTORE, read_pairs, written_pairs
from .json import JSONB, JSONPATH
from .named_types import DOMAIN, ENUM
from .ranges import RANGES, AbstractMultiRange, AbstractRange, AbstractSingleRange

# names


def float_text(type_: Any, compiler: TypeCompiler) -> str:
    """`FLOAT(20)`."""
    return "FLOAT" if type_.precision is None else f"FLOAT({type_.precision})"


def timestamp_text(type_: Any, compiler: TypeCompiler) -> str:
    """`TIMESTAMP(3) WITHOUT TIME ZONE`."""
    return f"TIMESTAMP{_digits(type_)} {_zone(type_)}"


def time_text(type_: Any, compiler: TypeCompiler) -> str:
    """`TIME(3) WITHOUT TIME ZONE`."""
    return f"TIME{_digits(type_)} {_zone(type_)}"


def _digits(type_: Any) -> str:
    precision = getattr(type_, "precision", None)
    return "" if precision is None else f"({precision})"


def _zone(type_: Any) -> str:
    return f"{'WITH' if type_.timezone else 'WITHOUT'} TIME ZONE"


def span_text(type_: Any, compiler: TypeCompiler) -> str:
    """`INTERVAL DAY TO SECOND (3)`."""
    fields = "" if type_.fields is None else f" {type_.fields}"
    return f"INTERVAL{fields}{'' if type_.precision is None else f' ({type_.precision})'}"


def interval_text(type_: Any, compiler: TypeCompiler) -> str:
    """The same for the generic type, or what stands for it where the native one is not wanted."""
    if not type_.native:
        return compiler.process(type_.impl_instance)
    return f"INTERVAL{'' if type_.second_precision is None else f' ({type_.second_precision})'}"


def text_cast(type_: Any, compiler: TypeCompiler) -> str:
    """`VARCHAR COLLATE "x"`, never with a length: a longer value is to be found longer, not cut."""
    return "VARCHAR" if type_.length else with_collation("VARCHAR", type_, compiler)


def bit_text(type_: Any, compiler: TypeCompiler) -> str:
    """`BIT(5)`, `BIT VARYING(5)`."""
    if not type_.varying:
        return f"BIT({type_.length})"
    return "BIT VARYING" if type_.length is None else f"BIT VARYING({type_.length})"


def array_text(type_: Any, compiler: TypeCompiler) -> str:
    """`INTEGER[]`; a collation stands after the brackets."""
    inner = compiler.process(type_.item_type)
    name, collate, collation = inner.partition(" COLLATE ")
    return f"{name}{'[]' * (type_.dimensions or 1)}{collate}{collation}"


def enum_text(type_: Any, compiler: TypeCompiler) -> str:
    """The name of the enumeration, or VARCHAR."""
    if type_.native_enum:
        return named_text(type_, compiler)
    return compiler.dialect.built_in_type_texts[upper.VARCHAR](type_, compiler)


def named_text(type_: Any, compiler: TypeCompiler) -> str:
    """The name of a type that has one of its own."""
    if type_.name is None:
        word_ = "ENUM" if isinstance(type_, ENUM) else "Enum"
        raise CompileError(f"PostgreSQL {word_} type requires a name.")
    return compiler.preparer.format_table(type_)


_BY_CLASS_NAME: tuple[type[TypeEngine[Any]], ...] = (
    pg.BYTEA,
    pg.CIDR,
    pg.CITEXT,
    pg.INET,
    pg.MACADDR,
    pg.MACADDR8,
    pg.MONEY,
    pg.OID,
    pg.REGCLASS,
    pg.REGCONFIG,
    pg.TSQUERY,
    pg.TSVECTOR,
    HSTORE,
    JSONB,
    JSONPATH,
    *RANGES,
)


TYPE_TEXTS: dict[type[TypeEngine[Any]], TypeText] = {
    **{class_: word(class_.__name__) for class_ in _BY_CLASS_NAME},
    ARRAY: array_text,
    DateTime: timestamp_text,
    upper.DATETIME: word("DATETIME"),
    upper.TIMESTAMP: timestamp_text,
    DOMAIN: named_text,
    Double: word("DOUBLE PRECISION"),
    upper.DOUBLE: word("DOUBLE"),
    Enum: enum_text,
    Float: float_text,
    upper.REAL: word("REAL"),
    Interval: interval_text,
    LargeBinary: word("BYTEA"),
    upper.BLOB: word("BLOB"),
    NullType: no_name,
    pg.BIT: bit_text,
    pg.INTERVAL: span_text,
    Time: time_text,
    upper.VARCHAR: sized("VARCHAR"),
}

# casts


def _own_text(type_: Any, compiler: TypeCompiler) -> str:
    return compiler.process(type_)


def _uuid_cast(type_: Any, compiler: TypeCompiler) -> str:
    return "UUID" if type_.native_uuid else ""


def _timestamp_cast(type_: Any, compiler: TypeCompiler) -> str:
    return f"TIMESTAMP {_zone(type_)}"


def _time_cast(type_: Any, compiler: TypeCompiler) -> str:
    return f"TIME {_zone(type_)}"


def _interval_cast(type_: Any, compiler: TypeCompiler) -> str:
    return "" if type_.native else compiler.process(type_.impl_instance)


CAST_SUFFIXES: dict[type[TypeEngine[Any]], TypeText] = {
    AbstractRange: _own_text,
    ARRAY: _own_text,
    BigInteger: word("BIGINT"),
    Date: word("DATE"),
    DateTime: _timestamp_cast,
    Enum: word(""),
    Integer: word("INTEGER"),
    Interval: _interval_cast,
    JSON: word("JSON"),
    JSONB: word("JSONB"),
    JSONIntIndexType: word("INT"),
    JSONStrIndexType: word("TEXT"),
    pg.BIT: bit_text,
    pg.CITEXT: word(""),
    pg.INTERVAL: span_text,
    pg.REGCONFIG: word("REGCONFIG"),
    SmallInteger: word("SMALLINT"),
    String: text_cast,
    Time: _time_cast,
    Uuid: _uuid_cast,
}

# values


def path_text(value: Any) -> str:
    """Return a path as the text of an array: `{a, 1, "b c"}`."""
    return "{" + ", ".join([_path_step(str(part)) for part in value]) + "}"


def _path_step(text: str) -> str:
    if _PLAIN_STEP.fullmatch(text) is not None and text.upper() != "NULL":
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_PLAIN_STEP = re.compile(r"-?\w+")


def _path(type_: Any, dialect: Any) -> Conversion:
    return Conversion(path_text)


def _path_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: quoted(path_text(value), dialect))


def _as_it_is(type_: Any, dialect: Any) -> None:
    return None


def _interval_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: f"make_interval(secs=>{value.total_seconds()})")


def _text_literal(type_: Any, dialect: Any) -> Conversion:
    return written(lambda value: quoted(value, dialect))


def _bits(type_: Any, dialect: Any) -> Conversion:
    return Conversion(BitString, "BitString({0})", {"BitString": BitString})


def _write_pairs(type_: Any, dialect: Any) -> Conversion | None:
    return None if dialect.has_native_hstore else Conversion(written_pairs)


def _read_fraction(type_: Any, dialect: Any) -> Conversion | None:
    """Decimals, also of columns that hold floats; other values as the driver gives them."""
    if not type_.asdecimal:
        return Conversion(float, "float({0})")
    made = decimal_from_float(type_)

    def read(value: Any) -> Any:
        return made.function(value) if type(value) is float else value

    return Conversion(read, f"({made.template} if type({{0}}) is float else {{0}})", made.names)


def _read_pairs(type_: Any, dialect: Any) -> Conversion | None:
    return None if dialect.has_native_hstore else Conversion(read_pairs)


def _write_range(type_: Any, dialect: Any) -> Conversion | None:
    values = dialect.range_values
    return None if values is None else Conversion(values.for_type(type_))


def _read_range(type_: Any, dialect: Any) -> Conversion | None:
    values = dialect.range_values
    return None if values is None else Conversion(values.from_driver)


def _write_ranges(type_: Any, dialect: Any) -> Conversion | None:
    values = dialect.range_values
    return None if values is None else Conversion(values.many_to_driver)


def _read_ranges(type_: Any, dialect: Any) -> Conversion | None:
    values = dialect.range_values
    return None if values is None else Conversion(values.many_from_driver)


def _read_array(type_: Any, dialect: Any) -> Conversion | None:
    """Arrays of enumerations come as text, where the driver does not know the enumeration."""
    item = type_.item_type.dialect_impl(dialect)
    inner = getattr(item, "impl_instance", None) or item
    is_unknown = isinstance(inner, Enum) and inner.native_enum
    return Conversion(read_array) if is_unknown else None


def read_array(value: Any) -> Any:
    """Return the text of an array of texts as a list: `{a,"b c",NULL}`; a list stays as it is."""
    if not isinstance(value, str):
        return value
    found, rest = _elements(value, 1)
    return found if rest == len(value) else value


def _elements(text: str, place: int) -> tuple[list[Any], int]:
    """Return the elements from a place on, up to the bracket that closes them, and the place behind it."""
    found: list[Any] = []
    while text[place] != "}":
        if text[place] == "{":
            inner, place = _elements(text, place + 1)
            found.append(inner)
        elif text[place] == ",":
            place += 1
        else:
            match = _ELEMENT.match(text, place)
            if match is None:
                return [], -1
            quoted_text, plain = match.groups()
            found.append(_unescaped(quoted_text) if quoted_text is not None else None if plain == "NULL" else plain)
            place = match.end()
    return found, place + 1


_ELEMENT = re.compile(r'"((?:[^"\\]|\\.)*)"|([^,{}"]+)')


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _array_literal(type_: Any, dialect: Any) -> Conversion | None:
    item = type_.item_type.literal_conversion(dialect)
    if item is None:
        return None
    return written(lambda value: _written_array(value, type_.dimensions, item.function))


def _written_array(value: Any, dimensions: int | None, item: Callable[[Any], str]) -> str:
    """Return an array as `ARRAY[..]`, arrays inside likewise."""
    if dimensions == 1 or (dimensions is None and not holds_arrays(value)):
        parts = ["NULL" if part is None else str(item(part)) for part in value]
    else:
        inner = None if dimensions is None else dimensions - 1
        parts = [_written_array(part, inner, item) for part in value]
    return f"ARRAY[{', '.join(parts)}]"


BIND_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    AbstractMultiRange: _write_ranges,
    AbstractSingleRange: _write_range,
    HSTORE: _write_pairs,
    JSONPATH: _as_it_is,
    JSONPathType: _path,
}
RESULT_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    AbstractMultiRange: _read_ranges,
    AbstractSingleRange: _read_range,
    ARRAY: _read_array,
    Float: _read_fraction,
    JSON: _as_it_is,
    HSTORE: _read_pairs,
    Numeric: _read_fraction,
    pg.BIT: _bits,
}
LITERAL_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    ARRAY: _array_literal,
    Interval: _interval_literal,
    pg.INTERVAL: _interval_literal,
    JSONPATH: _text_literal,
    JSONPathType: _path_literal,
}
