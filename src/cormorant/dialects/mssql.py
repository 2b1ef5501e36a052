"""Types of SQL Server by name, for programs that put them into tables of types; there is no dialect for it here.

Each behaves as the generic type of its kind and has no text on other databases. An engine for such a URL is refused,
with the names of the dialects that exist.
"""

from __future__ import annotations

from typing import Any

from ..sql.dialect_options import accept_options
from ..types import Boolean, DateTime, Integer, LargeBinary, Numeric, Text, TypeEngine, UnicodeText, Uuid
from ..types.documents import JSON
from ..types.upper import (
    BIGINT,
    BINARY,
    CHAR,
    DATE,
    DATETIME,
    DECIMAL,
    DOUBLE_PRECISION,
    FLOAT,
    INTEGER,
    NCHAR,
    NUMERIC,
    NVARCHAR,
    REAL,
    SMALLINT,
    TEXT,
    TIME,
    VARBINARY,
    VARCHAR,
)
from .absent import NoSuchDialect


class BIT(Boolean):
    """BIT of SQL Server."""


class _PreciseMoment(DateTime):
    """A moment with so many digits behind the second."""

    def __init__(self, precision: int | None = None, timezone: bool = False) -> None:
        super().__init__(timezone)
        self.precision = precision


class DATETIME2(_PreciseMoment):
    """DATETIME2 of SQL Server."""


class DATETIMEOFFSET(_PreciseMoment):
    """DATETIMEOFFSET of SQL Server."""


class MONEY(Numeric):
    """MONEY of SQL Server."""


class SMALLMONEY(Numeric):
    """SMALLMONEY of SQL Server."""


class SQL_VARIANT(TypeEngine[Any]):  # noqa: N801 - named like the SQL type
    """SQL_VARIANT of SQL Server."""


class TIMESTAMP(LargeBinary):
    """TIMESTAMP of SQL Server, which is a number of the row."""

    def __init__(self, convert_int: bool = False) -> None:
        super().__init__()
        self.convert_int = convert_int


class IMAGE(LargeBinary):
    """IMAGE of SQL Server."""


class NTEXT(UnicodeText):
    """NTEXT of SQL Server."""


class ROWVERSION(LargeBinary):
    """ROWVERSION of SQL Server."""


class SMALLDATETIME(DateTime):
    """SMALLDATETIME of SQL Server."""


class TINYINT(Integer):
    """TINYINT of SQL Server."""


class UNIQUEIDENTIFIER(Uuid):
    """UNIQUEIDENTIFIER of SQL Server."""


class XML(Text):
    """XML of SQL Server."""


for _found in list(globals().values()):
    if isinstance(_found, type) and _found.__module__ == __name__:
        setattr(_found, "is_specific", True)  # noqa: B010 - no other database has a type of this name

_OPTIONS: dict[str, tuple[str, ...]] = {
    "PrimaryKeyConstraint": ("clustered",),
    "UniqueConstraint": ("clustered",),
    "Index": ("clustered", "include", "where", "columnstore"),
    "Column": ("identity_start", "identity_increment"),
}
"""Class -> options that programs give for this database, which the others leave alone."""
for _class, _names in _OPTIONS.items():
    accept_options("mssql", _class, _names)


class MSDialect:
    """What packages add to that read SQL Server's catalogue; there is nothing to read it with."""

    name = "mssql"

    def get_indexes(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> Any:
        """Refuse."""
        raise NoSuchDialect(__name__)


ischema_names: dict[str, Any] = {
    "bit": BIT,
    "datetime2": DATETIME2,
    "datetimeoffset": DATETIMEOFFSET,
    "image": IMAGE,
    "ntext": NTEXT,
    "smalldatetime": SMALLDATETIME,
    "tinyint": TINYINT,
    "uniqueidentifier": UNIQUEIDENTIFIER,
    "xml": XML,
}
"""Types by name in the database, for packages that add theirs."""

__all__ = [
    "BIGINT",
    "BINARY",
    "BIT",
    "CHAR",
    "DATE",
    "DATETIME",
    "DATETIME2",
    "DATETIMEOFFSET",
    "DECIMAL",
    "DOUBLE_PRECISION",
    "FLOAT",
    "IMAGE",
    "INTEGER",
    "JSON",
    "MONEY",
    "NCHAR",
    "NTEXT",
    "NUMERIC",
    "NVARCHAR",
    "REAL",
    "ROWVERSION",
    "SMALLDATETIME",
    "SMALLINT",
    "SMALLMONEY",
    "SQL_VARIANT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "TINYINT",
    "UNIQUEIDENTIFIER",
    "VARBINARY",
    "VARCHAR",
    "XML",
]


def __getattr__(name: str) -> Any:
    if name == "dialect":
        raise NoSuchDialect(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}: there is no dialect for this database")
