"""What MySQL and MariaDB tell about their objects: SHOW CREATE TABLE, read once per table.

In: a connection and names. Out: the dictionaries of engine/reflected.py. A schema is a database.
"""

from __future__ import annotations

from typing import Any

from ...engine.reflected import (
    ReflectedCheckConstraint,
    ReflectedColumn,
    ReflectedForeignKeyConstraint,
    ReflectedIndex,
    ReflectedPrimaryKeyConstraint,
    ReflectedTableComment,
    ReflectedUniqueConstraint,
    ReflectionDefaults,
    cache,
)
from ...engine.reflecting import Reflection
from ...exc import DBAPIError, NoSuchTableError, UnreflectableTableError
from ...types.numeric import Integer
from .ischema import type_of
from .table_parts import ColumnText, KeyText, TableText
from .table_text import read_table, read_type

_NOT_THERE = frozenset({1049, 1051, 1146})
"""Unknown database, unknown table, no such table."""
_BROKEN_VIEW = 1356
_SEQUENCES = "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE='SEQUENCE' and TABLE_SCHEMA=%(schema)s"
_SEQUENCES_SINCE = (10, 3)


class MySQLReflection(Reflection):
    """The answers of MySQL and MariaDB. Without a schema, objects are in the current database."""

    ischema_names: dict[str, Any]
    default_schema_name: Any
    is_mariadb: bool
    server_version_info: Any

    # names

    @cache
    def get_schema_names(self, connection: Any, **kw: Any) -> list[str]:
        return [_text(row[0]) for row in connection.exec_driver_sql("SHOW schemas")]

    @cache
    def get_table_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return [name for name, kind in self._listed(connection, schema) if kind == "BASE TABLE"]

    @cache
    def get_view_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        return [name for name, kind in self._listed(connection, schema) if kind in ("VIEW", "SYSTEM VIEW")]

    def _listed(self, connection: Any, schema: str | None) -> list[tuple[str, str]]:
        place = _quoted(schema or self.default_schema_name)
        return [(_text(row[0]), _text(row[1])) for row in connection.exec_driver_sql(f"SHOW FULL TABLES FROM {place}")]

    @cache
    def get_sequence_names(self, connection: Any, schema: str | None = None, **kw: Any) -> list[str]:
        if not self.is_mariadb or (self.server_version_info or _SEQUENCES_SINCE) < _SEQUENCES_SINCE:
            raise NotImplementedError("Sequences are supported only by the MariaDB series 10.3 or greater")
        rows = connection.exec_driver_sql(_SEQUENCES, {"schema": schema or self.default_schema_name})
        return [_text(row[0]) for row in rows]

    @cache
    def get_view_definition(self, connection: Any, view_name: str, schema: str | None = None, **kw: Any) -> str:
        sql: str = self._create_text(connection, view_name, schema)
        if not _is_view(sql):
            raise NoSuchTableError(_shown(view_name, schema))
        return sql

    @cache
    def has_table(self, connection: Any, table_name: str, schema: str | None = None, **kw: Any) -> bool:
        try:
            connection.exec_driver_sql(f"DESCRIBE {_place(table_name, schema or self.default_schema_name)}").close()
        except DBAPIError as error:
            if _number(error) in _NOT_THERE:
                return False
            raise
        return True

    @cache
    def has_sequence(self, connection: Any, sequence_name: str, schema: str | None = None, **kw: Any) -> bool:
        """Whether there is a sequence of this name; only MariaDB has sequences."""
        names = {"schema": schema or self.default_schema_name, "name": sequence_name}
        return connection.exec_driver_sql(f"{_SEQUENCES} AND TABLE_NAME=%(name)s", names).first() is not None

    # the text

    def _create_text(self, connection: Any, name: str, schema: str | None) -> str:
        try:
            row = connection.exec_driver_sql(f"SHOW CREATE TABLE {_place(name, schema)}").first()
        except DBAPIError as error:
            if _number(error) in _NOT_THERE:
                raise NoSuchTableError(_shown(name, schema)) from error
            raise
        sql: str = _text(row[1])
        return sql

    @cache
    def _table(self, connection: Any, table_name: str, schema: str | None, **kw: Any) -> TableText:
        """What is known of a table or view; raises NoSuchTableError or UnreflectableTableError."""
        sql = self._create_text(connection, table_name, schema)
        if not _is_view(sql):
            return read_table(sql)
        try:
            rows = connection.exec_driver_sql(f"DESCRIBE {_place(table_name, schema)}").all()
        except DBAPIError as error:
            if _number(error) != _BROKEN_VIEW:
                raise
            raise UnreflectableTableError(
                f"Table or view named {_shown(table_name, schema)} could not be reflected: {error}"
            ) from error
        return TableText(columns=[_described(row) for row in rows])

    # columns and keys

    @cache
    def get_columns(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedColumn]:
        columns = self._table(connection, table_name, schema, **kw).columns
        return [self._column(column) for column in columns]

    def _column(self, column: ColumnText) -> ReflectedColumn:
        type_ = type_of(column, self.ischema_names)
        told: Any = {
            "name": column.name,
            "type": type_,
            "default": _default(column),
            "comment": column.comment or None,
            "nullable": column.nullable,
        }
        if column.autoincrement or isinstance(type_, Integer):
            told["autoincrement"] = column.autoincrement
        if column.generated is not None:
            told["computed"] = {"sqltext": column.generated, "persisted": column.is_stored}
        found: ReflectedColumn = told
        return found

    @cache
    def get_pk_constraint(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedPrimaryKeyConstraint:
        for key in self._table(connection, table_name, schema, **kw).keys:
            if key.kind == "PRIMARY":
                return {"constrained_columns": [str(part.name) for part in key.parts], "name": None}
        return ReflectionDefaults.pk_constraint()

    @cache
    def get_foreign_keys(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedForeignKeyConstraint]:
        return [
            {
                "name": key.name,
                "constrained_columns": key.columns,
                "referred_schema": key.schema if key.schema is not None else schema,
                "referred_table": key.table,
                "referred_columns": key.referred,
                "options": dict(sorted(key.options.items(), reverse=True)),
            }
            for key in self._table(connection, table_name, schema, **kw).references
        ]

    # indexes and constraints

    @cache
    def get_indexes(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedIndex]:
        keys = [key for key in self._table(connection, table_name, schema, **kw).keys if key.kind != "PRIMARY"]
        return [self._index(key) for key in sorted(keys, key=lambda key: key.name or "")]

    def _index(self, key: KeyText) -> ReflectedIndex:
        told: Any = {
            "name": key.name,
            "column_names": [part.name for part in key.parts],
            "unique": key.kind == "UNIQUE",
        }
        if any(part.expression is not None for part in key.parts):
            told["expressions"] = [f"({part.expression})" if part.expression else part.name for part in key.parts]
        options: dict[str, Any] = {}
        if key.kind not in ("", "UNIQUE"):
            options[f"{self.name}_prefix"] = key.kind
        lengths = {part.name: part.length for part in key.parts if part.length is not None}
        if lengths:
            options[f"{self.name}_length"] = lengths
        if key.parser is not None:
            options[f"{self.name}_with_parser"] = key.parser
        if options:
            told["dialect_options"] = options
        found: ReflectedIndex = told
        return found

    @cache
    def get_unique_constraints(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedUniqueConstraint]:
        """Unique indexes, which are what unique constraints are here."""
        keys = [key for key in self._table(connection, table_name, schema, **kw).keys if key.kind == "UNIQUE"]
        return [
            {
                "name": key.name,
                "column_names": [str(part.name) for part in key.parts],
                "duplicates_index": key.name,
            }
            for key in sorted(keys, key=lambda key: key.name or "")
        ]

    @cache
    def get_check_constraints(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedCheckConstraint]:
        checks = self._table(connection, table_name, schema, **kw).checks
        ordered = sorted(checks, key=lambda check: (check.name is None, check.name or ""))
        return [{"name": check.name, "sqltext": check.sqltext} for check in ordered]

    @cache
    def get_table_comment(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedTableComment:
        return {"text": self._table(connection, table_name, schema, **kw).comment or None}

    @cache
    def get_table_options(
        self, connection: Any, table_name: str, schema: str | None = None, **kw: Any
    ) -> dict[str, Any]:
        options = self._table(connection, table_name, schema, **kw).options
        return {f"{self.name}_{name}": options[name] for name in sorted(options, key=_option_rank)}


def _option_rank(name: str) -> tuple[int, str]:
    """Comment and engine first, partitions last, the others by name."""
    rank = {"comment": 0, "engine": 1}.get(name, 3 if name.startswith("partition") else 2)
    return rank, name.removeprefix("default ")


def _default(column: ColumnText) -> str | None:
    """The default, with the value that an UPDATE gives."""
    if column.on_update is None:
        return column.default
    return f"{column.default or 'NULL'} ON UPDATE {column.on_update}"


def _described(row: Any) -> ColumnText:
    """A row of DESCRIBE as a column."""
    name, type_, _, _, default, _ = (_text(value) for value in row)
    column = read_type(type_)
    column.name = name
    if default is not None:
        is_moment = default.lower().startswith("current_timestamp")
        column.default = default if is_moment else "'" + default.replace("'", "''") + "'"
    return column


def _is_view(sql: str) -> bool:
    return sql.startswith("CREATE ") and " VIEW " in sql.partition("(")[0] and not sql.startswith("CREATE TABLE")


def _number(error: DBAPIError) -> Any:
    arguments: Any = getattr(error.orig, "args", None)
    return arguments[0] if arguments else None


def _text(value: Any) -> Any:
    return value.decode() if isinstance(value, (bytes, bytearray)) else value


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``").replace("%", "%%") + "`"


def _place(name: str, schema: str | None) -> str:
    return f"{_quoted(schema)}.{_quoted(name)}" if schema else _quoted(name)


def _shown(name: str, schema: str | None) -> str:
    return _place(name, schema).replace("%%", "%")
