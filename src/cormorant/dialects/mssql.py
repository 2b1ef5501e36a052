"""Types of SQL Server by name, for programs that put them into tables of types; there is no dialect for it here.

Each is the generic type of its kind. An engine for such a URL is refused, with the names of the dialects that exist.
"""

from __future__ import annotations

from typing import Any

from ..sql.dialect_options import accept_options
from ..types import Boolean, DateTime, Integer, LargeBinary, Text, UnicodeText, Uuid
from .absent import NoSuchDialect


class BIT(Boolean):
    """BIT of SQL Server."""


class DATETIME2(DateTime):
    """DATETIME2 of SQL Server."""


class DATETIMEOFFSET(DateTime):
    """DATETIMEOFFSET of SQL Server."""


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


_OPTIONS: dict[str, tuple[str, ...]] = {
    "PrimaryKeyConstraint": ("clustered",),
    "UniqueConstraint": ("clustered",),
    "Index": ("clustered", "include", "where", "columnstore"),
    "Column": ("identity_start", "identity_increment"),
}
"""Class -> options that programs give for this database, which the others leave alone."""
for _class, _names in _OPTIONS.items():
    accept_options("mssql", _class, _names)

__all__ = [
    "BIT",
    "DATETIME2",
    "DATETIMEOFFSET",
    "IMAGE",
    "NTEXT",
    "ROWVERSION",
    "SMALLDATETIME",
    "TINYINT",
    "UNIQUEIDENTIFIER",
    "XML",
]


def __getattr__(name: str) -> Any:
    if name == "dialect":
        raise NoSuchDialect(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}: there is no dialect for this database")
