"""What an SQLite database tells about its objects: pragmas, and the text in sqlite_master.

In: a connection and names. Out: the dictionaries of engine/reflected.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...engine.reflected import (
    ReflectedCheckConstraint,
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedUniqueConstraint,
    ReflectionDefaults,
    cache,
)
from ...engine.reflecting import Reflection
from ...exc import NoSuchTableError
from ...schema.reflected import literal_text
from ...util import warn
from .ischema import type_of
from .table_text import KeyText, TableText, read_condition, read_table

_NO_INTERNAL = "name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"
_BOTH = " (SELECT * FROM sqlite_master UNION ALL   SELECT * FROM sqlite_temp_master)"
_AUTOMATIC = "sqlite_autoindex"
_GENERATED = re.compile(r"\s*\bgenerated\s+always\b\s*", re.IGNORECASE)
_HIDDEN, _STORED = 1, 3
"""Values of `hidden` in table_xinfo: a column of a virtual table that is not shown; a generated one that is stored."""


class SQLiteReflection(Reflection):
    """The answers of SQLite. A schema is an attached database; without one, `main` comes before `temp`."""

    # names

    @cache
    def get_schema_names(self, connection: Any, **kw: Any) -> list[str]:
        rows = connection.exec_driver_sql("PRAGMA database_list")
        return [row[1] for row in rows if row[1] != "temp"]

    @cache
    def get_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._listed(connection, "table", self._master(schema))

    @cache
    def get_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return self._listed(connection, "view", self._master(schema))

    @cache
    def get_temp_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return [] if schema else self._listed(connection, "table", "sqlite_temp_master")

    @cache
    def get_temp_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return [] if schema else self._listed(connection, "view", "sqlite_temp_master")

    def _listed(self, connection: Any, kind: str, master: str) -> list[str]:
        return list(
            connection.exec_driver_sql(f"SELECT name FROM {master} WHERE type='{kind}' AND {_NO_INTERNAL}").scalars()
        )

    def _master(self, schema: str | None) -> str:
        return f"{_quoted(schema)}.sqlite_master" if schema else "sqlite_master"

    @cache
    def get_view_definition(self, connection: Any, view_name: str, schema: str | None = None, **kw: Any) -> str:
        source = self._master(schema) if schema else _BOTH
        found = connection.exec_driver_sql(
            f"SELECT sql FROM {source} WHERE name = ? AND type='view'", (view_name,)
        ).scalar()
        if found is None:
            raise NoSuchTableError(_shown(view_name, schema))
        return str(found)

    @cache
    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        if schema is not None and schema not in self.get_schema_names(connection, **kw):
            return False
        return bool(self._pragma(connection, "table_info", table_name, schema))

    @cache
    def has_index(
        self, connection: Any, table_name: str, index_name: str, schema: str | None = None, **kw: Any
    ) -> bool:
        """Whether a table has an index of this name, be it on columns or on expressions."""
        return any(row[1] == index_name for row in self._pragma(connection, "index_list", table_name, schema))

    def has_sequence(self, connection: Any, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
        """SQLite has no sequences."""
        return False

    # columns and keys

    @cache
    def get_columns(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedColumn]:
        rows = self._pragma(connection, "table_xinfo", table_name, schema)
        if not rows and not self.has_table(connection, table_name, schema, **kw):
            raise NoSuchTableError(_shown(table_name, schema))
        shown = [row for row in rows if row[6] != _HIDDEN]
        generated: dict[str, str] = {}
        if any(row[6] for row in shown):
            generated = self._text(connection, table_name, schema, **kw).generated
        return [self._column(row, generated) for row in shown]

    def _column(self, row: Any, generated: dict[str, str]) -> ReflectedColumn:
        _, name, type_text, not_null, default, key_place, hidden = row
        told: Any = {
            "name": name,
            "type": type_of(_GENERATED.sub("", type_text), self.ischema_names),
            "nullable": not not_null,
            "default": default,
            "primary_key": key_place,
        }
        if hidden:
            told["computed"] = {"sqltext": generated.get(name, ""), "persisted": hidden == _STORED}
        found: ReflectedColumn = told
        return found

    ischema_names: dict[str, Any]

    @cache
    def get_pk_constraint(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedPrimaryKeyConstraint:
        name = self._text(connection, table_name, schema, **kw).key_name
        columns: list[Any] = self.get_columns(connection, table_name, schema=schema, **kw)
        members = sorted([one for one in columns if one["primary_key"]], key=lambda one: int(one["primary_key"]))
        if not members:
            return ReflectionDefaults.pk_constraint()
        return {"constrained_columns": [one["name"] for one in members], "name": name}

    @cache
    def get_foreign_keys(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedForeignKeyConstraint]:
        rows = self._pragma(connection, "foreign_key_list", table_name, schema)
        text = self._text(connection, table_name, schema, **kw)
        grouped: dict[int, list[Any]] = {}
        for row in rows:
            grouped.setdefault(row[0], []).append(row)
        keys = [self._foreign_key(connection, group, schema, kw) for group in grouped.values()]
        by_signature = {_signature(key): key for key in keys}
        told: list[ReflectedForeignKeyConstraint] = []
        for written in text.foreign_keys:
            found = by_signature.pop(_known(_written_signature(written), by_signature), None)
            if found is not None:
                found["name"] = written.name
                found["options"] = dict(written.options)
                told.append(found)
        return [*told, *by_signature.values()]

    def _foreign_key(
        self, connection: Any, rows: list[Any], schema: str | None, kw: Any
    ) -> ReflectedForeignKeyConstraint:
        rows = sorted(rows, key=lambda row: int(row[1]))
        referred_table = rows[0][2]
        referred = [row[4] for row in rows]
        if None in referred:
            referred = self._key_of(connection, referred_table, schema, kw)
        return {
            "name": None,
            "constrained_columns": [row[3] for row in rows],
            "referred_schema": schema,
            "referred_table": referred_table,
            "referred_columns": referred,
            "options": {},
        }

    def _key_of(self, connection: Any, table_name: str, schema: str | None, kw: Any) -> list[str]:
        """The primary key that a foreign key without columns refers to."""
        try:
            return self.get_pk_constraint(connection, table_name, schema=schema, **kw)["constrained_columns"]
        except NoSuchTableError:
            return []

    # indexes and constraints

    @cache
    def get_indexes(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedIndex]:
        found: list[ReflectedIndex] = []
        for row in self._index_rows(connection, table_name, schema, **kw):
            if not row[1].startswith(_AUTOMATIC):
                columns = self._index_columns(connection, row[1], schema)
                if None in columns:
                    warn(f"Skipped unsupported reflection of expression-based index {row[1]}")
                else:
                    found.append(self._index(connection, row, columns, schema))
        return sorted(found, key=lambda one: one["name"] or "")

    def _index(self, connection: Any, row: Any, columns: list[Any], schema: str | None) -> ReflectedIndex:
        options: dict[str, Any] = {}
        if len(row) > 4 and row[4]:
            options["sqlite_where"] = self._condition(connection, row[1], schema)
        return {"name": row[1], "column_names": columns, "unique": row[2], "dialect_options": options}

    def _condition(self, connection: Any, index_name: str, schema: str | None) -> Any:
        sql = connection.exec_driver_sql(
            f"SELECT sql FROM {self._master(schema) if schema else _BOTH} WHERE name = ? AND type = 'index'",
            (index_name,),
        ).scalar()
        condition = read_condition(sql) if sql else None
        if condition is None:
            warn(f"Failed to look up filter predicate of partial index {index_name}")
            return None
        return literal_text(condition)

    @cache
    def _index_rows(self, connection: Any, table_name: str, schema: str | None, **kw: Any) -> list[Any]:
        rows = self._pragma(connection, "index_list", table_name, schema)
        if not rows:
            self._text(connection, table_name, schema, **kw)
        return rows

    def _index_columns(self, connection: Any, index_name: str, schema: str | None) -> list[Any]:
        return [row[2] for row in self._pragma(connection, "index_info", index_name, schema)]

    @cache
    def get_unique_constraints(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedUniqueConstraint]:
        """The constraints for which there is an index that SQLite has made by itself."""
        rows = [row for row in self._index_rows(connection, table_name, schema, **kw) if row[1].startswith(_AUTOMATIC)]
        if not rows:
            return []
        enforced = {_folded(self._index_columns(connection, row[1], schema)) for row in rows}
        found: list[ReflectedUniqueConstraint] = []
        for written in self._text(connection, table_name, schema, **kw).uniques:
            if _folded(written.columns) in enforced:
                enforced.discard(_folded(written.columns))
                found.append({"name": written.name, "column_names": list(written.columns)})
        return found

    @cache
    def get_check_constraints(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedCheckConstraint]:
        """The constraints with a name by name, then the others in order of declaration."""
        checks = self._text(connection, table_name, schema, **kw).checks
        ordered = sorted(checks, key=lambda one: (one.name is None, one.name or ""))
        return [{"sqltext": one.sqltext, "name": one.name} for one in ordered]

    @cache
    def get_table_options(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> dict[str, Any]:
        return dict(self._text(connection, table_name, schema, **kw).options)

    # the two sources

    def _pragma(self, connection: Any, pragma: str, name: str, schema: str | None) -> list[Any]:
        """The rows of a pragma about an object; without a schema, of the first database that has any."""
        for database in (_quoted(schema),) if schema is not None else ("main", "temp"):
            rows = list(connection.exec_driver_sql(f"PRAGMA {database}.{pragma}({_quoted(name)})").fetchall())
            if rows:
                return rows
        return []

    @cache
    def _text(self, connection: Any, table_name: str, schema: str | None, **kw: Any) -> TableText:
        """What the text of a table or view says; raises NoSuchTableError."""
        source = self._master(schema) if schema else _BOTH
        sql = connection.exec_driver_sql(
            f"SELECT sql FROM {source} WHERE name = ? AND type in ('table', 'view')", (table_name,)
        ).scalar()
        if sql is None and not table_name.startswith("sqlite_"):
            raise NoSuchTableError(_shown(table_name, schema))
        return read_table(sql or "")


Signature = tuple[tuple[str, ...], str, tuple[str, ...]]


def _signature(key: ReflectedForeignKeyConstraint) -> Signature:
    return _folded(key["constrained_columns"]), key["referred_table"].lower(), _folded(key["referred_columns"])


def _written_signature(written: KeyText) -> Signature:
    return _folded(written.columns), written.referred_table.lower(), _folded(written.referred_columns)


def _known(signature: Signature, known: Iterable[Signature]) -> Signature:
    """Return the foreign key that is written so; the columns that it refers to may have been left out."""
    return signature if signature[2] else next((one for one in known if one[:2] == signature[:2]), signature)


def _folded(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple([str(name).lower() for name in names])


def _quoted(name: str | None) -> str:
    return '"' + str(name).replace('"', '""') + '"'


def _shown(name: str, schema: str | None) -> str:
    return f"{schema}.{name}" if schema else name
