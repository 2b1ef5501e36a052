"""What DuckDB writes differently in DDL. It counts no keys by itself: a counted key gets a sequence of its own.

The sequence is created by the statement that creates its table, and dropped by the one that drops it.
"""

from __future__ import annotations

from typing import Any

from ...compile.ddl import render_create_table, render_drop_table
from ...compile.ddl_columns import default_text, render_computed
from ...compile.ddl_dialect import DDLParts
from ...compile.frame import Frame, Renderer
from ...schema import ddl


class DuckDBDDL(DDLParts):
    """The parts of DDL in which DuckDB differs."""

    def column_text(self, column: Any, frame: Frame) -> str:
        """`name TYPE DEFAULT x NOT NULL GENERATED ..`."""
        parts = [frame.preparer.quote(column.name), self.column_type_text(column, frame)]
        default = _counting(column, frame) or default_text(column, frame)
        parts += [] if default is None else [f"DEFAULT {default}"]
        if column.computed is not None:
            parts.append(render_computed(column.computed, frame))
        parts += [] if column.nullable else ["NOT NULL"]
        return " ".join(parts)

    def default_expression(self, text: str) -> str:
        return f"({text})"


def _counting(column: Any, frame: Frame) -> str | None:
    """Return the default of a counted key: the next number of its sequence."""
    default = column.default
    if default is not None and default.is_sequence and not default.optional:
        return None
    if not _is_counted(column):
        return None
    return "nextval('{}')".format(_sequence_name(column, frame).replace("'", "''"))


def _is_counted(column: Any) -> bool:
    table, given = column.table, column.server_default
    if table is None or column is not table.autoincrement_column:
        return False
    has_sequence = column.default is not None and column.default.is_sequence and not column.default.optional
    return not has_sequence and (given is None or given.is_identity)


def _sequence_name(column: Any, frame: Frame) -> str:
    name = frame.preparer.quote(f"{column.table.name}_{column.name}_seq")
    schema = frame.preparer.schema_of(column.table)
    return name if schema is None else f"{frame.preparer.quote_schema(schema)}.{name}"


def _counted_key(table: Any) -> Any:
    column = table.autoincrement_column
    return column if column is not None and _is_counted(column) else None


def render_create(node: Any, frame: Frame) -> str:
    """CREATE SEQUENCE of the counted key, then CREATE TABLE."""
    text = render_create_table(node, frame)
    key = _counted_key(node.element)
    if key is None:
        return text
    temporary = "TEMPORARY " if "TEMPORARY" in [str(prefix).upper() for prefix in node.element._prefixes] else ""
    return f"\nCREATE {temporary}SEQUENCE IF NOT EXISTS {_sequence_name(key, frame)};{text}"


def render_drop(node: Any, frame: Frame) -> str:
    """DROP TABLE, then DROP SEQUENCE of the counted key."""
    text = render_drop_table(node, frame)
    key = _counted_key(node.element)
    return text if key is None else f"{text};\nDROP SEQUENCE IF EXISTS {_sequence_name(key, frame)}"


DDL_RENDERERS: dict[type, Renderer] = {ddl.CreateTable: render_create, ddl.DropTable: render_drop}
