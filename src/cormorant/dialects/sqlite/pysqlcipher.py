"""The public path of the dialect with this driver."""

from .dialect import SQLiteDialect as SQLiteDialect_pysqlcipher

dialect = SQLiteDialect_pysqlcipher

__all__ = ["SQLiteDialect_pysqlcipher", "dialect"]
