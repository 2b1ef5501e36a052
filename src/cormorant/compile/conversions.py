"""Values between Python and a driver in the standard case: tables by type class, which dialects replace entry by entry.

In: a type and a dialect, whose features say what the driver does itself. Out: a Conversion, with an inline template for
generated loops where there is one, or None for values that pass as they are.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..types.base import TypeEngine
from ..types.binary import Binary
from ..types.boolean import Boolean
from ..types.conversion import Conversion
from ..types.documents import JSON
from ..types.numeric import Float, Numeric
from ..types.uuids import Uuid
from .dialect import ConversionMaker

# truth values


def bind_boolean(type_: Any, dialect: Any) -> Conversion:
    """Truth values only; 1 and 0 where the database has no truth values."""
    return Conversion(Boolean.as_boolean if dialect.features.native_boolean else Boolean.as_integer)


def read_boolean(type_: Any, dialect: Any) -> Conversion | None:
    """Numbers back to truth values."""
    return None if dialect.features.native_boolean else Conversion(bool, "({0} != 0)")


# numbers


def bind_number(type_: Any, dialect: Any) -> Conversion | None:
    """Floats for drivers that do not take Decimal."""
    return None if dialect.features.native_decimal else Conversion(float, "float({0})")


def read_numeric(type_: Any, dialect: Any) -> Conversion | None:
    """Decimal, or float if the type says so."""
    if dialect.features.native_decimal:
        return None if type_.asdecimal else Conversion(float, "float({0})")
    return decimal_from_float(type_) if type_.asdecimal else None


def read_float(type_: Any, dialect: Any) -> Conversion | None:
    """Float, or Decimal if the type says so."""
    if type_.asdecimal:
        return decimal_from_float(type_)
    return Conversion(float, "float({0})") if dialect.features.native_decimal else None


def decimal_from_float(type_: Any) -> Conversion:
    """Return the conversion to Decimal with as many digits after the point as the type has."""
    pattern = f"%.{type_.effective_return_scale}f"

    def read(value: Any) -> Decimal:
        return Decimal(pattern % value)

    return Conversion(read, f"Decimal('{pattern}' % {{0}})", {"Decimal": Decimal})


# bytes


def bind_bytes(type_: Any, dialect: Any) -> Conversion:
    """Bytes only: some drivers send text as bytes of an encoding of their own."""
    return Conversion(_bytes_only, "({0} if type({0}) is bytes else bytes_only({0}))", {"bytes_only": _bytes_only})


_NO_BYTES: tuple[type[Any], ...] = (str, int, float, list, tuple, dict, set, frozenset)
"""What drivers would take for something else than bytes."""


def _bytes_only(value: Any) -> Any:
    if isinstance(value, _NO_BYTES):
        remedy = "; encode it" if isinstance(value, str) else ""
        raise TypeError(f"a binary type takes bytes, got the {type(value).__name__} {str(value)[:20]!r}{remedy}")
    try:
        return bytes(memoryview(value))
    except TypeError:
        return value  # what the driver's own Binary() made


# documents


def bind_json(type_: Any, dialect: Any) -> Conversion:
    """Documents as text."""
    return Conversion(type_.writer(dialect.json_serializer or json.dumps), sees_none=True)


def read_json(type_: Any, dialect: Any) -> Conversion | None:
    """Text back to documents."""
    if dialect.json_deserializer is not None:
        return Conversion(dialect.json_deserializer, "loads({0})", {"loads": dialect.json_deserializer})
    return None if dialect.features.native_json else Conversion(loads, "loads({0})", {"loads": loads})


_scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def loads(text: Any) -> Any:
    """Return the document in a text: `json.loads` without its overhead where nothing stands around the document."""
    try:
        value, end = _scan(text, 0)
    except (StopIteration, TypeError):
        return json.loads(text)
    return value if end == len(text) else json.loads(text)


# identifiers


def bind_uuid(type_: Any, dialect: Any) -> Conversion | None:
    """Digits where the database has no such type."""
    if type_.native_uuid and dialect.features.native_uuid:
        return None if type_.as_uuid else Conversion(_as_uuid)
    return Conversion(type_.to_digits)


def _as_uuid(value: Any) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


def read_uuid(type_: Any, dialect: Any) -> Conversion | None:
    """UUID, or text if the type says so."""
    if type_.native_uuid and dialect.features.native_uuid:
        return None if type_.as_uuid else Conversion(str, "str({0})")
    return Conversion(uuid.UUID, "UUID({0})", {"UUID": uuid.UUID}) if type_.as_uuid else Conversion(type_.from_digits)


BIND_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Binary: bind_bytes,
    Boolean: bind_boolean,
    Float: bind_number,
    JSON: bind_json,
    Numeric: bind_number,
    Uuid: bind_uuid,
}
RESULT_MAKERS: dict[type[TypeEngine[Any]], ConversionMaker] = {
    Boolean: read_boolean,
    Float: read_float,
    JSON: read_json,
    Numeric: read_numeric,
    Uuid: read_uuid,
}
