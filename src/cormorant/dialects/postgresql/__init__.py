"""The postgresql dialect."""

from .dialect import PostgreSQLDialect, dialect

__all__ = ["PostgreSQLDialect", "dialect"]
