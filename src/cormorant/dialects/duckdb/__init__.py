"""The dialect of DuckDB: `insert()` with ON CONFLICT."""

from .dialect import DuckDBDialect, dialect
from .dml import Insert, insert

__all__ = ["DuckDBDialect", "Insert", "dialect", "insert"]
