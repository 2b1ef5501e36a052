"""Types of Oracle by name, for programs that put them into tables of types; there is no dialect for it here.

Each is the generic type of its kind. An engine for such a URL is refused, with the names of the dialects that exist.
"""

from __future__ import annotations

from typing import Any

from ..sql.dialect_options import accept_options
from ..types import LargeBinary, String, Text
from .absent import NoSuchDialect


class BFILE(LargeBinary):
    """BFILE of Oracle."""


class LONG(Text):
    """LONG of Oracle."""


class RAW(LargeBinary):
    """RAW of Oracle."""


class ROWID(String):
    """ROWID of Oracle."""


class VARCHAR2(String):
    """VARCHAR2 of Oracle."""


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
    "LONG",
    "RAW",
    "ROWID",
    "VARCHAR2",
]


def __getattr__(name: str) -> Any:
    if name == "dialect":
        raise NoSuchDialect(__name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}: there is no dialect for this database")
