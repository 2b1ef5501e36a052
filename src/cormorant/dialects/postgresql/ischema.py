"""From the names that the server has for types to types, and types that are made of what the catalog tells."""

from __future__ import annotations

from typing import Any

from ...types import upper
from ...types.arrays import ARRAY
from ...types.documents import JSON
from ...types.enums import Enum
from ...types.intervals import Interval
from ...types.text import String
from ...types.uuids import UUID


def _timestamp(timezone: bool = False, precision: int | None = None) -> Any:
    return upper.TIMESTAMP(timezone=timezone)


def _time(timezone: bool = False, precision: int | None = None) -> Any:
    return upper.TIME(timezone=timezone)


def _interval(precision: int | None = None, fields: str | None = None) -> Any:
    return Interval(native=True, second_precision=precision)


ISCHEMA_NAMES: dict[str, Any] = {
    '"char"': String,
    "bigint": upper.BIGINT,
    "boolean": upper.BOOLEAN,
    "bytea": upper.BLOB,
    "character": upper.CHAR,
    "character varying": upper.VARCHAR,
    "date": upper.DATE,
    "double precision": upper.DOUBLE_PRECISION,
    "float": upper.FLOAT,
    "integer": upper.INTEGER,
    "interval": _interval,
    "json": JSON,
    "jsonb": JSON,
    "name": String,
    "numeric": upper.NUMERIC,
    "real": upper.REAL,
    "smallint": upper.SMALLINT,
    "text": upper.TEXT,
    "time": _time,
    "time with time zone": _time,
    "time without time zone": _time,
    "timestamp": _timestamp,
    "timestamp with time zone": _timestamp,
    "timestamp without time zone": _timestamp,
    "uuid": UUID,
}


def make_array(item_type: Any) -> Any:
    """Return the array of a type."""
    return ARRAY(item_type)


def make_enum(told: dict[str, Any]) -> Any:
    """Return an enumeration of the database."""
    return Enum(*told["labels"], name=told["name"], schema=None if told["visible"] else told["schema"])


def make_domain(told: dict[str, Any], data_type: Any) -> Any:
    """Return a domain of the database: the type that it is made of."""
    return data_type
