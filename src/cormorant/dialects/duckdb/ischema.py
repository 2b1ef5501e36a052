"""From the name of a type in DuckDB to a type."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from ...types import upper
from ...types.arrays import ARRAY
from ...types.base import NULLTYPE
from ...types.documents import JSON
from ...types.enums import Enum
from ...types.intervals import Interval
from ...types.uuids import UUID
from ...util import warn

_NAMES: Mapping[str, Callable[..., Any]] = {
    "BIGINT": upper.BIGINT,
    "BLOB": upper.BLOB,
    "BOOLEAN": upper.BOOLEAN,
    "DATE": upper.DATE,
    "DECIMAL": upper.DECIMAL,
    "DOUBLE": upper.DOUBLE,
    "FLOAT": upper.FLOAT,
    "HUGEINT": upper.BIGINT,
    "INTEGER": upper.INTEGER,
    "INTERVAL": Interval,
    "JSON": JSON,
    "SMALLINT": upper.SMALLINT,
    "TIME": upper.TIME,
    "TIMESTAMP": upper.TIMESTAMP,
    "TIMESTAMP WITH TIME ZONE": lambda: upper.TIMESTAMP(timezone=True),
    "TINYINT": upper.SMALLINT,
    "UBIGINT": upper.BIGINT,
    "UINTEGER": upper.BIGINT,
    "USMALLINT": upper.INTEGER,
    "UTINYINT": upper.SMALLINT,
    "UUID": UUID,
    "VARCHAR": upper.VARCHAR,
}
_PARTS = re.compile(r"(?P<name>[A-Z ]+?)(?:\((?P<given>.*)\))?\Z", re.DOTALL)


def type_of(text: str) -> Any:
    """Return the type for the name that DuckDB gives it; NullType, with a warning, for structures and the like."""
    if text.endswith("[]"):
        return ARRAY(type_of(text[:-2]))
    match = _PARTS.match(text)
    if match is not None and match["name"] == "ENUM":
        names = re.findall(r"'((?:[^']|'')*)'", match["given"] or "")
        return Enum(*[name.replace("''", "'") for name in names])
    make = None if match is None else _NAMES.get(match["name"])
    if match is None or make is None:
        warn(f"Did not recognize type '{text}' of a column")
        return NULLTYPE
    return make(*[int(number) for number in re.findall(r"\d+", match["given"] or "")])
