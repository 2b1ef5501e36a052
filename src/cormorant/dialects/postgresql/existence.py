"""Whether an index, sequence or type is there: methods of the dialect, asking on a connection."""

from __future__ import annotations

from typing import Any

from .asking import ask

_RELATION = (
    "SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE c.relname = %(name)s AND c.relkind::text = ANY (%(kinds)s) AND "
)
_VISIBLE = "pg_catalog.pg_table_is_visible(c.oid) AND n.nspname != 'pg_catalog'"
_IN_SCHEMA = "n.nspname = %(schema)s"
_INDEX = (
    "SELECT 1 FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid "
    "JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace "
    "WHERE x.relname = %(index)s AND c.relname = %(name)s AND NOT i.indisprimary AND "
)
_TYPE = (
    "SELECT 1 FROM pg_catalog.pg_type AS t JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace "
    "WHERE t.typname = %(name)s AND "
)


def has_sequence(dialect: Any, connection: Any, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
    """Whether a sequence has this name; without a schema, on the search path."""
    return _has_relation(connection, sequence_name, ["S"], schema)


def has_index(
    dialect: Any, connection: Any, table_name: str, index_name: str, schema: str | None = None, **kw: Any
) -> bool:
    """Whether a table has an index of this name, other than that of its primary key."""
    parameters = {"index": index_name, "name": table_name, "schema": schema}
    return _is_there(connection, _INDEX + (_VISIBLE if schema is None else _IN_SCHEMA), parameters)


def has_type(dialect: Any, connection: Any, type_name: str, schema: str | None = None, **kw: Any) -> bool:
    """Whether an enumeration, a domain or another type has this name; without a schema, on the search path."""
    place = "pg_catalog.pg_type_is_visible(t.oid)" if schema is None else _IN_SCHEMA
    return _is_there(connection, _TYPE + place, {"name": type_name, "schema": schema})


def _has_relation(connection: Any, name: str, kinds: list[str], schema: str | None) -> bool:
    parameters = {"name": name, "kinds": kinds, "schema": schema}
    return _is_there(connection, _RELATION + (_VISIBLE if schema is None else _IN_SCHEMA), parameters)


def _is_there(connection: Any, text: str, parameters: dict[str, Any]) -> bool:
    return ask(connection, text, parameters).first() is not None
