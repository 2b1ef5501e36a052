"""Whether a table, index or sequence is there. Methods of the dialect; they ask on the connection given to them."""

from __future__ import annotations

from typing import Any

from ...exc import DBAPIError

_NOT_THERE = frozenset({1049, 1051, 1146})
"""Unknown database, unknown table, no such table."""


def has_table(dialect: Any, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
    """Whether a table or view, temporary ones included, has this name in the schema or the current database."""
    name = _quoted(table_name) if schema is None else f"{_quoted(schema)}.{_quoted(table_name)}"
    try:
        connection.exec_driver_sql(f"DESCRIBE {name}").close()
    except DBAPIError as error:
        if error.orig.args and error.orig.args[0] in _NOT_THERE:
            return False
        raise
    return True


def has_index(
    dialect: Any, connection: Any, table_name: str, index_name: str, schema: str | None = None, **kw: Any
) -> bool:
    """Whether a table has an index of this name."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM information_schema.statistics WHERE table_schema = COALESCE(%(schema)s, DATABASE()) "
        "AND table_name = %(name)s AND index_name = %(index)s",
        {"schema": schema, "name": table_name, "index": index_name},
    )
    return found.first() is not None


def has_sequence(dialect: Any, connection: Any, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
    """Whether a sequence has this name; only MariaDB has sequences."""
    found = connection.exec_driver_sql(
        "SELECT 1 FROM information_schema.tables WHERE table_type = 'SEQUENCE' "
        "AND table_schema = COALESCE(%(schema)s, DATABASE()) AND table_name = %(name)s",
        {"schema": schema, "name": sequence_name},
    )
    return found.first() is not None


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``").replace("%", "%%") + "`"
