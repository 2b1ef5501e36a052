"""The renderers of ON DUPLICATE KEY UPDATE and of LIMIT in UPDATE and DELETE.

In: the clause and the frame of the statement around it. Out: its text. The row that was to be inserted is
`VALUES(column)`, or the columns of the alias `new` where the server is one that wants it so.
"""

from __future__ import annotations

from typing import Any

from ...compile.frame import Frame, Renderer
from ...sql.visitors import replacement_traverse
from ...util.notices import warn
from .dml import Inserted, InsertedValue, OnDuplicateKeyUpdate


def render_on_duplicate(clause: Any, frame: Frame) -> str:
    """`ON DUPLICATE KEY UPDATE a = VALUES(a)`; names that are no columns are left out, with a warning."""
    statement = frame.levels[-1].statement
    unknown = [key for key, _ in clause.assignments if isinstance(key, str)]
    if unknown:
        names = ", ".join([repr(str(name)) for name in unknown])
        warn(f"Additional column names not matching any column keys in table '{statement.table.name}': {names}")
    parts = [_assignment(column, value, frame) for column, value in clause.assignments if not isinstance(column, str)]
    return f"{_alias(statement, frame)}ON DUPLICATE KEY UPDATE {', '.join(parts)}"


def _assignment(column: Any, value: Any, frame: Frame) -> str:
    replaced = replacement_traverse(value, {}, _inserted_value)
    return f"{frame.preparer.quote(column.name)} = {frame.render(replaced)}"


def _inserted_value(node: Any) -> Any:
    if node.is_table_column and isinstance(getattr(node, "table", None), Inserted):
        return InsertedValue(node)
    return None


def _names_new_row(statement: Any, frame: Frame) -> bool:
    dialect: Any = frame.dialect
    return dialect.names_new_row and statement.select is None


def _alias(statement: Any, frame: Frame) -> str:
    return "AS new " if _names_new_row(statement, frame) else ""


def render_inserted_value(node: Any, frame: Frame) -> str:
    """`VALUES(column)`, or `new.column`."""
    name = frame.preparer.quote(node.column.name)
    return f"new.{name}" if _names_new_row(frame.levels[-1].statement, frame) else f"VALUES({name})"


def limit_option(statement: Any, frame: Frame) -> str:
    """Return LIMIT for the option `mysql_limit` of the dialect that renders."""
    count = dict(statement.given_options).get(f"{frame.dialect.name}_limit")
    return "" if count is None else f" LIMIT {int(count)}"


DML_RENDERERS: dict[type, Renderer] = {
    InsertedValue: render_inserted_value,
    OnDuplicateKeyUpdate: render_on_duplicate,
}
