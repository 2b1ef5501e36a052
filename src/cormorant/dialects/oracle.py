"""Types of Oracle by name, for programs that put them into tables of types; there is no dialect for it here.

Each behaves as the generic type of its kind and has no text on other databases. An engine for such a URL is refused,
with the names of the dialects that exist.
"""

from __future__ import annotations

from typing import Any

from ..sql.dialect_options import accept_options
from ..types import DateTime, Double, Float, LargeBinary, Numeric, String, Text, Unicode
from ..types.documents import JSON
from ..types.intervals import AbstractInterval
from ..types.upper import BLOB, BOOLEAN, CHAR, CLOB, DOUBLE_PRECISION, NCHAR, NVARCHAR, REAL, VARCHAR
from .absent import NoSuchDialect


class BFILE(LargeBinary):
    """BFILE of Oracle."""


class BINARY_DOUBLE(Double):  # noqa: N801 - named like the SQL type
    """BINARY_DOUBLE of Oracle."""


class BINARY_FLOAT(Float):  # noqa: N801 - named like the SQL type
    """BINARY_FLOAT of Oracle."""


class DATE(DateTime):
    """DATE of Oracle, which has a time."""


class FLOAT(Float):
    """FLOAT of Oracle, whose precision counts bits."""

    def __init__(
        self,
        binary_precision: int | None = None,
        asdecimal: bool = False,
        decimal_return_scale: int | None = None,
    ) -> None:
        super().__init__(asdecimal=asdecimal, decimal_return_scale=decimal_return_scale)
        self.binary_precision = binary_precision


class INTERVAL(AbstractInterval):
    """INTERVAL DAY TO SECOND of Oracle."""

    def __init__(self, day_precision: int | None = None, second_precision: int | None = None) -> None:
        self.day_precision = day_precision
        self.second_precision = second_precision


class NCLOB(Text):
    """NCLOB of Oracle."""


class NUMBER(Numeric):
    """NUMBER of Oracle: without a fraction where `scale` says so."""

    def __init__(self, precision: int | None = None, scale: int | None = None, asdecimal: bool | None = None) -> None:
        super().__init__(precision, scale, asdecimal=bool(scale and scale > 0) if asdecimal is None else asdecimal)


class NVARCHAR2(Unicode):
    """NVARCHAR2 of Oracle."""


class TIMESTAMP(DateTime):
    """TIMESTAMP of Oracle."""

    def __init__(self, timezone: bool = False, local_timezone: bool = False) -> None:
        super().__init__(timezone)
        self.local_timezone = local_timezone


class LONG(Text):
    """LONG of Oracle."""


class RAW(LargeBinary):
    """RAW of Oracle."""


class ROWID(String):
    """ROWID of Oracle."""


class VARCHAR2(String):
    """VARCHAR2 of Oracle."""


for _found in list(globals().values()):
    if isinstance(_found, type) and _found.__module__ == __name__:
        setattr(_found, "is_specific", True)  # noqa: B010 - no other database has a type of this name

_OPTIONS: dict[str, dict[str, Any]] = {
    "Table": {"resolve_synonyms": False, "on_commit": None, "compress": False, "tablespace": None},
    "Index": {"bitmap": False, "compress": False, "vector": False},
    "Sequence": {"order": None},
    "Identity": {"order": None, "on_null": None},
    "Select": {"fetch_approximate": False},
    "CompoundSelect": {"fetch_approximate": False},
}
"""Class -> options that programs give for this database, which the others leave alone."""
for _class, _names in _OPTIONS.items():
    accept_options("oracle", _class, _names)

__all__ = [
    "BFILE",
    "BINARY_DOUBLE",
    "BINARY_FLOAT",
    "BLOB",
    "BOOLEAN",
    "CHAR",
    "CLOB",
    "DATE",
    "DOUBLE_PRECISION",
    "FLOAT",
    "INTERVAL",
    "JSON",
    "LONG",
    "NCHAR",
    "NCLOB",
    "NUMBER",
    "NVARCHAR",
    "NVARCHAR2",
    "RAW",
    "REAL",
    "ROWID",
    "TIMESTAMP",
    "VARCHAR",
    "VARCHAR2",
]


def __getattr__(name: str) -> Any:
    if name == "dialect":
        raise NoSuchDialect(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}: there is no dialect for this database")
