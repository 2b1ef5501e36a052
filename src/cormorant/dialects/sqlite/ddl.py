"""What SQLite writes differently in CREATE TABLE and CREATE INDEX, and the options that its schema objects take."""

from __future__ import annotations

import re
from typing import Any

from ...compile.ddl import index_condition, index_expressions, index_name
from ...compile.ddl_columns import default_text, render_computed
from ...compile.ddl_dialect import DDLParts
from ...compile.frame import Frame
from ...exc import CompileError
from ...schema.base import accept_options
from ...types.numeric import Integer

NAME = "sqlite"
accept_options(NAME, "Table", {"autoincrement": False, "with_rowid": True, "strict": False})
accept_options(NAME, "Index", ("where",))
accept_options(NAME, "CreateView", {"if_not_exists": False})
accept_options(NAME, "Column", ("on_conflict_primary_key", "on_conflict_not_null", "on_conflict_unique"))
accept_options(NAME, "Constraint", ("on_conflict",))

_BARE_DEFAULT = re.compile(r"\s*('(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\w+|\(.*\))\s*\Z", re.DOTALL)
_CONFLICTS = ("ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE")


class SQLiteDDL(DDLParts):
    """The parts of DDL in which SQLite differs."""

    def column_text(self, column: Any, frame: Frame) -> str:
        """`name TYPE DEFAULT x NOT NULL PRIMARY KEY AUTOINCREMENT GENERATED ..`."""
        parts = [frame.preparer.quote(column.name), self.column_type_text(column, frame)]
        default = default_text(column, frame)
        parts += [] if default is None else [f"DEFAULT {default}"]
        if not column.nullable:
            parts.append(f"NOT NULL{_on_conflict(column.option(NAME, 'on_conflict_not_null'))}")
        if column.primary_key:
            parts += _key_words(column)
        if column.computed is not None:
            parts.append(render_computed(column.computed, frame))
        return " ".join(parts)

    def default_expression(self, text: str) -> str:
        """Anything but a constant stands in parentheses."""
        return text if _BARE_DEFAULT.match(text) else f"({text})"

    def renders_key_apart(self, table: Any) -> bool:
        return not _is_autoincrement(table)

    def can_refer(self, table: Any, referred: Any) -> bool:
        """A foreign key stays in its own database file."""
        return bool(table.schema == referred.schema)

    def referred_name(self, table: Any, frame: Frame) -> str:
        return frame.preparer.format_table(table, use_schema=False)

    def constraint_ending(self, constraint: Any, frame: Frame) -> str:
        given = constraint.option(NAME, "on_conflict")
        if given is None and len(getattr(constraint, "columns", ())) == 1:
            column = next(iter(constraint.columns))
            kind = {"pk": "primary_key", "uq": "unique"}.get(getattr(constraint, "convention_key", ""), "")
            given = column.option(NAME, f"on_conflict_{kind}") if kind else None
        return _on_conflict(given)

    def table_ending(self, table: Any, frame: Frame) -> str:
        options = ["WITHOUT ROWID"] if table.option(NAME, "with_rowid", True) is False else []
        options += ["STRICT"] if table.option(NAME, "strict") else []
        return "\n " + ",\n ".join(options) if options else ""

    def create_index_text(self, node: Any, frame: Frame) -> str:
        """The schema stands before the index, not before the table."""
        index = node.element
        unique = "UNIQUE " if index.unique else ""
        exists = "IF NOT EXISTS " if node.if_not_exists else ""
        text = (
            f"CREATE {unique}INDEX {exists}{index_name(index, frame, with_schema=True)} "
            f"ON {frame.preparer.format_table(index.table, use_schema=False)} "
            f"({', '.join(index_expressions(index, frame))})"
        )
        return text + index_condition(index.option(NAME, "where"), frame)


def _on_conflict(resolution: str | None) -> str:
    if resolution is None:
        return ""
    if resolution.upper() not in _CONFLICTS:
        raise CompileError(f"ON CONFLICT takes one of {', '.join(_CONFLICTS)}, got {resolution!r}")
    return f" ON CONFLICT {resolution}"


def _is_autoincrement(table: Any) -> bool:
    column = table.autoincrement_column
    return bool(
        table.option(NAME, "autoincrement")
        and column is not None
        and len(table.primary_key) == 1
        and column.type.affinity is Integer
        and not column.foreign_keys
    )


def _key_words(column: Any) -> list[str]:
    table = column.table
    if column.autoincrement is True and len(table.primary_key) > 1:
        raise CompileError("SQLite does not support autoincrement for composite primary keys")
    if column is table.autoincrement_column and _is_autoincrement(table):
        conflict = _on_conflict(column.option(NAME, "on_conflict_primary_key"))
        return [f"PRIMARY KEY{conflict} AUTOINCREMENT"]
    return []
