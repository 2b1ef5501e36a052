"""The sqlite dialect."""

from .dialect import SQLiteDialect, dialect

__all__ = ["SQLiteDialect", "dialect"]
