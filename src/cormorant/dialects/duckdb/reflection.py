"""What a DuckDB database tells about its objects, through its table functions.

In: a connection and names. Out: the dictionaries of engine/reflected.py. Without a schema, the current one is meant.
"""

from __future__ import annotations

import re
from typing import Any

from ...engine.reflected import (
    ReflectedCheckConstraint,
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedTableComment,
    ReflectedUniqueConstraint,
    cache,
)
from ...engine.reflecting import Reflection
from ...exc import NoSuchTableError
from .ischema import type_of

_HERE = "database_name = current_database() AND schema_name = COALESCE(?, current_schema())"
_FOUND = f"({_HERE} OR ? IS NULL AND database_name = 'temp') AND table_name = ?"
"""Of a table of a schema, or of a temporary one where no schema is said."""
_COLUMNS = (
    "SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns() "
    f"WHERE {_FOUND} ORDER BY column_index"
)
_CONSTRAINTS = (
    "SELECT constraint_name, constraint_column_names, expression, referenced_table, referenced_column_names "
    f"FROM duckdb_constraints() WHERE {_FOUND} AND constraint_type = ? ORDER BY constraint_index"
)
_INDEXES = f"SELECT index_name, is_unique, sql FROM duckdb_indexes() WHERE {_FOUND} ORDER BY index_name"
_INDEXED = re.compile(r"\((?P<columns>.*)\)\s*;?\s*\Z", re.DOTALL)


class DuckDBReflection(Reflection):
    """The answers of DuckDB."""

    @cache
    def get_schema_names(self, connection: Any, **kw: Any) -> list[str]:
        rows = connection.exec_driver_sql(
            "SELECT schema_name FROM duckdb_schemas() WHERE database_name = current_database() AND NOT internal "
            "ORDER BY schema_name"
        )
        return list(rows.scalars())

    @cache
    def get_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._listed(connection, "table_name", "duckdb_tables() WHERE NOT temporary AND ", schema)

    @cache
    def get_temp_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        rows = connection.exec_driver_sql("SELECT table_name FROM duckdb_tables() WHERE temporary ORDER BY table_name")
        return [] if schema else list(rows.scalars())

    @cache
    def get_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._listed(connection, "view_name", "duckdb_views() WHERE NOT internal AND ", schema)

    @cache
    def get_sequence_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._listed(connection, "sequence_name", "duckdb_sequences() WHERE ", schema)

    def _listed(self, connection: Any, name: str, source: str, schema: str | None) -> list[str]:
        rows = connection.exec_driver_sql(f"SELECT {name} FROM {source}{_HERE} ORDER BY {name}", (schema,))
        return list(rows.scalars())

    @cache
    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        found = connection.exec_driver_sql(
            "SELECT 1 FROM information_schema.tables WHERE table_name = ? AND (table_schema = COALESCE(?, "
            "current_schema()) AND table_catalog = current_database() OR ? IS NULL AND table_type = 'LOCAL TEMPORARY')",
            (table_name, schema, schema),
        )
        return found.first() is not None

    @cache
    def get_view_definition(self, connection: Any, view_name: str, schema: str | None = None, **kw: Any) -> str:
        found = connection.exec_driver_sql(
            f"SELECT sql FROM duckdb_views() WHERE {_HERE} AND view_name = ?", (schema, view_name)
        ).scalar()
        if found is None:
            raise NoSuchTableError(_shown(view_name, schema))
        return str(found)

    # columns and keys

    @cache
    def get_columns(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedColumn]:
        rows = connection.exec_driver_sql(_COLUMNS, (schema, schema, table_name)).all()
        if not rows:
            raise NoSuchTableError(_shown(table_name, schema))
        return [_column(*row) for row in rows]

    @cache
    def get_pk_constraint(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedPrimaryKeyConstraint:
        for row in self._constraints(connection, table_name, schema, "PRIMARY KEY", **kw):
            return {"name": row[0], "constrained_columns": list(row[1])}
        return {"name": None, "constrained_columns": []}

    @cache
    def get_unique_constraints(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedUniqueConstraint]:
        rows = self._constraints(connection, table_name, schema, "UNIQUE", **kw)
        return [{"name": row[0], "column_names": list(row[1])} for row in rows]

    @cache
    def get_check_constraints(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedCheckConstraint]:
        rows = self._constraints(connection, table_name, schema, "CHECK", **kw)
        return [{"name": row[0], "sqltext": row[2]} for row in rows]

    @cache
    def get_foreign_keys(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedForeignKeyConstraint]:
        rows = self._constraints(connection, table_name, schema, "FOREIGN KEY", **kw)
        return [
            {
                "name": row[0],
                "constrained_columns": list(row[1]),
                "referred_schema": schema,
                "referred_table": row[3],
                "referred_columns": list(row[4]),
                "options": {},
            }
            for row in rows
        ]

    def _constraints(self, connection: Any, table_name: str, schema: str | None, kind: str, **kw: Any) -> list[Any]:
        if not self.has_table(connection, table_name, schema, **kw):
            raise NoSuchTableError(_shown(table_name, schema))
        found: list[Any] = connection.exec_driver_sql(_CONSTRAINTS, (schema, schema, table_name, kind)).all()
        return found

    @cache
    def get_indexes(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedIndex]:
        if not self.has_table(connection, table_name, schema, **kw):
            raise NoSuchTableError(_shown(table_name, schema))
        rows = connection.exec_driver_sql(_INDEXES, (schema, schema, table_name)).all()
        return [{"name": row[0], "column_names": _indexed(row[2]), "unique": bool(row[1])} for row in rows]

    @cache
    def get_table_comment(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedTableComment:
        row = connection.exec_driver_sql(
            f"SELECT comment FROM duckdb_tables() WHERE {_FOUND}", (schema, schema, table_name)
        ).first()
        if row is None:
            raise NoSuchTableError(_shown(table_name, schema))
        return {"text": row[0]}

    @cache
    def get_table_options(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> dict[str, Any]:
        return {}


def _column(name: str, type_text: str, nullable: bool, default: str | None, comment: str | None) -> ReflectedColumn:
    found: ReflectedColumn = {
        "name": name,
        "type": type_of(type_text),
        "nullable": bool(nullable),
        "default": default,
        "comment": comment,
    }
    if default is not None and default.startswith("nextval("):
        found["autoincrement"] = True
    return found


def _indexed(sql: str | None) -> list[str | None]:
    match = _INDEXED.search(sql or "")
    parts = [] if match is None else match["columns"].split(",")
    return [part.strip().strip('"').replace('""', '"') for part in parts]


def _shown(name: str, schema: str | None) -> str:
    return name if schema is None else f"{schema}.{name}"
