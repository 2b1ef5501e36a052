"""The postgresql dialect, and the statements and types that exist there only."""

from .dialect import PostgreSQLDialect, dialect
from .dml import Insert, insert

__all__ = ["Insert", "PostgreSQLDialect", "dialect", "insert"]
