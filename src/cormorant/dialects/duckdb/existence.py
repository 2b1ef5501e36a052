"""Whether an index or sequence is there: methods of the dialect, asking on a connection."""

from __future__ import annotations

from typing import Any

_INDEX = (
    "SELECT 1 FROM duckdb_indexes() WHERE index_name = ? AND table_name = ? "
    "AND schema_name = COALESCE(?, current_schema()) AND database_name = current_database()"
)
_SEQUENCE = (
    "SELECT 1 FROM duckdb_sequences() WHERE sequence_name = ? "
    "AND schema_name = COALESCE(?, current_schema()) AND database_name = current_database()"
)


def has_index(
    self: Any, connection: Any, table_name: str, index_name: str, schema: str | None = None, **kw: Any
) -> bool:
    """Whether a table has an index of this name."""
    return connection.exec_driver_sql(_INDEX, (index_name, table_name, schema)).first() is not None


def has_sequence(self: Any, connection: Any, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
    """Whether a sequence has this name."""
    return connection.exec_driver_sql(_SEQUENCE, (sequence_name, schema)).first() is not None
