"""From the names that the server has for types to types, and types that are made of what the catalog tells."""

from __future__ import annotations

from typing import Any

from ...sql.simple import text
from ...types import upper
from ...types.text import String
from ...types.uuids import UUID
from . import ranges, types
from .array import ARRAY
from .hstore import HSTORE
from .json import JSON, JSONB
from .named_types import DOMAIN, ENUM

ISCHEMA_NAMES: dict[str, Any] = {
    '"char"': String,
    "_array": ARRAY,
    "bigint": upper.BIGINT,
    "bit": types.BIT,
    "bit varying": types.BIT,
    "boolean": upper.BOOLEAN,
    "bytea": types.BYTEA,
    "character": upper.CHAR,
    "character varying": upper.VARCHAR,
    "cidr": types.CIDR,
    "citext": types.CITEXT,
    "date": upper.DATE,
    "datemultirange": ranges.DATEMULTIRANGE,
    "daterange": ranges.DATERANGE,
    "double precision": upper.DOUBLE_PRECISION,
    "float": upper.FLOAT,
    "hstore": HSTORE,
    "inet": types.INET,
    "int4multirange": ranges.INT4MULTIRANGE,
    "int4range": ranges.INT4RANGE,
    "int8multirange": ranges.INT8MULTIRANGE,
    "int8range": ranges.INT8RANGE,
    "integer": upper.INTEGER,
    "interval": types.INTERVAL,
    "json": JSON,
    "jsonb": JSONB,
    "macaddr": types.MACADDR,
    "macaddr8": types.MACADDR8,
    "money": types.MONEY,
    "name": String,
    "numeric": upper.NUMERIC,
    "nummultirange": ranges.NUMMULTIRANGE,
    "numrange": ranges.NUMRANGE,
    "oid": types.OID,
    "real": upper.REAL,
    "regclass": types.REGCLASS,
    "regconfig": types.REGCONFIG,
    "smallint": upper.SMALLINT,
    "text": upper.TEXT,
    "time": types.TIME,
    "time with time zone": types.TIME,
    "time without time zone": types.TIME,
    "timestamp": types.TIMESTAMP,
    "timestamp with time zone": types.TIMESTAMP,
    "timestamp without time zone": types.TIMESTAMP,
    "tsmultirange": ranges.TSMULTIRANGE,
    "tsquery": types.TSQUERY,
    "tsrange": ranges.TSRANGE,
    "tstzmultirange": ranges.TSTZMULTIRANGE,
    "tstzrange": ranges.TSTZRANGE,
    "tsvector": types.TSVECTOR,
    "uuid": UUID,
}


def make_array(item_type: Any) -> Any:
    """Return the array of a type."""
    return ARRAY(item_type)


def _schema(told: dict[str, Any]) -> dict[str, Any]:
    return {} if told["visible"] else {"schema": told["schema"]}


def make_enum(told: dict[str, Any]) -> Any:
    """Return an enumeration of the database."""
    return ENUM(*told["labels"], name=told["name"], **_schema(told))


def make_domain(told: dict[str, Any], data_type: Any) -> Any:
    """Return a domain of the database, with the type that it is made of and the first of its constraints."""
    checks: list[dict[str, Any]] = told.get("constraints") or []
    first = checks[0] if checks else {}
    default = told["default"]
    return DOMAIN(
        told["name"],
        data_type,
        default=None if default is None else text(default),
        not_null=not told["nullable"],
        check=first.get("check"),
        constraint_name=first.get("name"),
        create_type=False,
        **_schema(told),
    )
