"""A dialect as another package brings it: named binds, FETCH FIRST, no RETURNING, names in upper case.

Its database is SQLite behind a DBAPI module that speaks this dialect.
"""

from __future__ import annotations

import re
import sqlite3
from types import ModuleType
from typing import Any, ClassVar

from cormorant.compile import Dialect
from cormorant.compile.features import Features
from cormorant.compile.preparer import IdentifierPreparer
from cormorant.engine.driver import Driver
from cormorant.engine.pools.base import Pool
from cormorant.engine.pools.simple import StaticPool
from cormorant.engine.registry import DialectEntry
from cormorant.engine.url import URL

_FETCH = re.compile(r"OFFSET (\S+) ROWS\s+FETCH FIRST (\S+) ROWS ONLY")
_FETCH_ONLY = re.compile(r"FETCH FIRST (\S+) ROWS ONLY")

SENT: list[str] = []
"""What the database was sent."""


class UpperCursor(sqlite3.Cursor):
    """Runs the dialect's SQL, and tells names in upper case."""

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        SENT.append(sql)
        assert "RETURNING" not in sql
        assert "LIMIT" not in sql
        return super().execute(_FETCH_ONLY.sub(r"LIMIT \1", _FETCH.sub(r"LIMIT \2 OFFSET \1", sql)), parameters)

    @property
    def description(self) -> Any:
        found: Any = super().description
        return found and tuple([(column[0].upper(), *column[1:]) for column in found])


class UpperConnection(sqlite3.Connection):
    def cursor(self, factory: Any = UpperCursor) -> Any:
        return super().cursor(factory)


class UpperPreparer(IdentifierPreparer):
    """Names are the same in any case: they are written in upper case."""

    def quote(self, ident: str, force: Any = None) -> str:
        return super().quote(ident.upper(), force)


class UpperDriver(Driver):
    name: ClassVar[str] = "upperdb"
    module_name: ClassVar[str] = "sqlite3"

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        return sqlite3

    def pool_class(self, url: URL) -> type[Pool]:
        return StaticPool

    def connect_arguments(self, url: URL) -> tuple[list[Any], dict[str, Any]]:
        return [":memory:"], {"factory": UpperConnection, "check_same_thread": False}


class UpperDialect(Dialect):
    name = "upper"
    driver = "upperdb"
    driver_class = UpperDriver
    features = Features(lastrowid=True, empty_insert=False, default_values=True)
    default_paramstyle = "named"
    preparer_class = UpperPreparer
    cursor_name = staticmethod(str.lower)

    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        query = f"SELECT 1 FROM sqlite_master WHERE upper(name) = '{table_name.upper()}'"
        return connection.exec_driver_sql(query).first() is not None

    def limit_text(self, select: Any, frame: Any) -> str:
        text = "" if select.offset_clause is None else f" OFFSET {frame.render(select.offset_clause)} ROWS"
        return (
            text if select.limit_clause is None else f"{text} FETCH FIRST {frame.render(select.limit_clause)} ROWS ONLY"
        )


ENTRY = DialectEntry(UpperDialect, {"upperdb": UpperDriver}, "upperdb")
