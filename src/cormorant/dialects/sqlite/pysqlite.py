"""The public path of the dialect with this driver."""

from .dialect import SQLiteDialect as SQLiteDialect_pysqlite

dialect = SQLiteDialect_pysqlite

__all__ = ["SQLiteDialect_pysqlite", "dialect"]
