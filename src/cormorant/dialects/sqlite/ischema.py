"""From the name of a type in SQLite, which may be anything, to a type: by its name, else by its affinity."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ...types import upper
from ...types.base import NULLTYPE, NullType
from ...util import warn
from .json import JSON, JSONB

ISCHEMA_NAMES: dict[str, Any] = {
    "BIGINT": upper.BIGINT,
    "BLOB": upper.BLOB,
    "BOOL": upper.BOOLEAN,
    "BOOLEAN": upper.BOOLEAN,
    "CHAR": upper.CHAR,
    "DATE": upper.DATE,
    "DATE_CHAR": upper.DATE,
    "DATETIME": upper.DATETIME,
    "DATETIME_CHAR": upper.DATETIME,
    "DECIMAL": upper.DECIMAL,
    "DOUBLE": upper.DOUBLE,
    "DOUBLE_PRECISION": upper.DOUBLE_PRECISION,
    "FLOAT": upper.FLOAT,
    "INT": upper.INTEGER,
    "INTEGER": upper.INTEGER,
    "JSON": JSON,
    "JSONB": JSONB,
    "NCHAR": upper.NCHAR,
    "NUMERIC": upper.NUMERIC,
    "NVARCHAR": upper.NVARCHAR,
    "REAL": upper.REAL,
    "SMALLINT": upper.SMALLINT,
    "TEXT": upper.TEXT,
    "TIME": upper.TIME,
    "TIME_CHAR": upper.TIME,
    "TIMESTAMP": upper.TIMESTAMP,
    "VARCHAR": upper.VARCHAR,
}
_AFFINITIES: tuple[tuple[tuple[str, ...], Any], ...] = (
    (("INT",), upper.INTEGER),
    (("CHAR", "CLOB", "TEXT"), upper.TEXT),
    (("BLOB",), NullType),
    (("REAL", "FLOA", "DOUB"), upper.REAL),
)
_PARTS = re.compile(r"([\w ]+)(?:\((.*?)\))?")


def type_of(text: str, names: Mapping[str, Any]) -> Any:
    """Return the type for the text after a column's name."""
    match = _PARTS.match(text)
    if match is None:
        return NULLTYPE
    name, given = match.group(1).strip().upper(), match.group(2)
    class_ = names.get(name) or _by_affinity(name)
    arguments = [int(number) for number in re.findall(r"\d+", given or "")]
    try:
        return class_(*arguments)
    except TypeError:
        shown = [str(number) for number in arguments]
        warn(f"Could not instantiate type {class_} with reflected arguments {shown}; using no arguments.")
        return class_()


def _by_affinity(name: str) -> Any:
    for parts, class_ in _AFFINITIES:
        if any(part in name for part in parts):
            return class_
    return upper.NUMERIC if name else NullType
