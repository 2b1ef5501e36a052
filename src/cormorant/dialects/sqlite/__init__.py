"""The dialect of SQLite: types with storage formats, JSONB, `insert()` with ON CONFLICT."""

from ...types.upper import (
    BLOB,
    BOOLEAN,
    CHAR,
    DECIMAL,
    FLOAT,
    INTEGER,
    NUMERIC,
    REAL,
    SMALLINT,
    TEXT,
    TIMESTAMP,
    VARCHAR,
)
from .dialect import SQLiteDialect, dialect
from .dml import Insert, insert
from .json import JSON, JSONB
from .stored import DATE, DATETIME, TIME

__all__ = [
    "BLOB",
    "BOOLEAN",
    "CHAR",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "FLOAT",
    "INTEGER",
    "Insert",
    "JSON",
    "JSONB",
    "NUMERIC",
    "REAL",
    "SMALLINT",
    "SQLiteDialect",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "VARCHAR",
    "dialect",
    "insert",
]
