"""Whether an index is there. Methods of the dialect; they ask on the connection that they are given."""

from __future__ import annotations

from typing import Any


def has_index(
    dialect: Any, connection: Any, table_name: str, index_name: str, schema: str | None = None, **kw: Any
) -> bool:
    """Whether a table has an index of this name."""
    database = _quoted(schema) if schema is not None else "main"
    rows = connection.exec_driver_sql(f"PRAGMA {database}.index_list({_quoted(table_name)})").fetchall()
    return any(row[1] == index_name for row in rows)


def has_sequence(dialect: Any, connection: Any, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
    """SQLite has no sequences."""
    return False


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
