"""Types of SQL Server by name, for programs that put them into tables of types; there is no dialect for it here.

Each is the generic type of its kind. An engine for such a URL is refused, with the names of the dialects that exist.
"""

from __future__ import annotations

from typing import Any

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
