"""Renderers of functions, of what stands behind them (OVER, FILTER, WITHIN GROUP), and of VALUES.

In: a node and the frame. Out: its text. A dialect replaces single functions by name in `function_texts`.
"""

from __future__ import annotations

import re
from typing import Any

from ..exc import CompileError
from ..schema.sequences import NextValue
from ..sql.function import Function
from ..sql.known_functions import AnsiFunction, next_value
from ..sql.table_valued import FunctionAsBinary, ScalarFunctionColumn, TableValuedAlias, TableValuedColumn
from ..sql.values import ScalarValues, Values
from ..sql.window import AggregateOrderBy, FrameClause, FrameClauseType, FunctionFilter, Over, WithinGroup
from .frame import Frame, Placement, Renderer
from .render_order import render_group_by

_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$]*\Z")


def render_function(node: Any, frame: Frame) -> str:
    """`package.name(arguments)`."""
    special = frame.dialect.function_table.get(node.name) if not node.packagenames else None
    if special is not None:
        return special(node, frame)
    return f"{_function_name(node, frame)}{frame.render(node.clause_expr)}"


def _function_name(node: Any, frame: Frame) -> str:
    names = [_part(name, frame) for name in (*node.packagenames, node.name)]
    return ".".join(names)


def _part(name: Any, frame: Frame) -> str:
    if getattr(name, "quote", None) is not None:
        return frame.preparer.quote(name)
    return str(name) if _PLAIN_NAME.match(name) else frame.preparer.quote_identifier(name)


def render_ansi_function(node: Any, frame: Frame) -> str:
    """A function that is a keyword where it has no arguments."""
    special = frame.dialect.function_table.get(node.name)
    if special is not None:
        return special(node, frame)
    name = str(node.name)
    name = name if name == "sysdate" else name.upper()
    return f"{name}{frame.render(node.clause_expr)}" if len(node.clauses) else name


def render_next_value(node: Any, frame: Frame) -> str:
    """The next value of a sequence, as the database spells it."""
    special = frame.dialect.function_table.get("next_value")
    if special is not None:
        return special(node, frame)
    if not frame.features.sequences:
        raise CompileError(f"Dialect {frame.dialect.name!r} does not support sequence increments.")
    return f"<next sequence value: {frame.preparer.format_sequence(node.sequence)}>"


def render_table_valued(alias: Any, frame: Frame) -> str:
    """`function() AS name(columns)`."""
    name = frame.quoted_name(alias.name)
    lateral = "LATERAL " if alias.is_lateral else ""
    return f"{lateral}{render_function_in_from(alias, frame)} AS {name}{_derived_columns(alias, frame)}"


def render_function_in_from(alias: Any, frame: Frame) -> str:
    """Return a function as it stands in FROM, without its name there."""
    return frame.render(alias.element) + (" WITH ORDINALITY" if alias.with_ordinality else "")


def _derived_columns(alias: Any, frame: Frame) -> str:
    if not alias.derived:
        return ""
    names: list[str] = []
    for column in alias.column_args:
        name = frame.preparer.quote(column.name)
        names.append(f"{name} {frame.dialect.type_text(column.type)}" if alias.with_types else name)
    return f"({', '.join(names)})"


def render_table_valued_column(column: Any, frame: Frame) -> str:
    """The name of a function in FROM, as a column."""
    return frame.quoted_name(column.name)


def render_scalar_function_column(column: Any, frame: Frame) -> str:
    """`(function()).name`."""
    return f"({frame.render(column.fn)}).{frame.preparer.quote(column.name)}"


def render_function_as_binary(node: Any, frame: Frame) -> str:
    """A function that stands for a comparison."""
    return frame.render(node.sql_function)


def without_parentheses(text: str) -> Renderer:
    """Return the renderer of a function that is a keyword."""
    return lambda node, frame: text


def renamed(name: str) -> Renderer:
    """Return the renderer of a function that has another name in a database."""
    return lambda node, frame: f"{name}{frame.render(node.clause_expr)}"


def render_over(node: Any, frame: Frame) -> str:
    """`function OVER (PARTITION BY .. ORDER BY .. frame)`."""
    parts: list[str] = []
    text = frame.render(node.element)
    if node.partition_by is not None and len(node.partition_by):
        parts.append(f"PARTITION BY {render_group_by(node.partition_by, frame)}")
    if node.order_by is not None and len(node.order_by):
        parts.append(f"ORDER BY {render_group_by(node.order_by, frame)}")
    for keyword, bounds in (("RANGE", node.range_), ("ROWS", node.rows), ("GROUPS", node.groups)):
        if bounds is not None:
            parts.append(f"{keyword} BETWEEN {frame.render(bounds)}")
            if node.exclude:
                parts.append(f"EXCLUDE {node.exclude}")
    return f"{text} OVER ({' '.join(parts)})"


def render_frame_clause(node: Any, frame: Frame) -> str:
    """`lower AND upper` of a window frame."""
    lower = _bound(node.lower_type, node.lower_bind, "PRECEDING", frame)
    upper = _bound(node.upper_type, node.upper_bind, "FOLLOWING", frame)
    return f"{lower} AND {upper}"


def _bound(kind: Any, bind: Any, unbounded: str, frame: Frame) -> str:
    if kind is FrameClauseType.UNBOUNDED:
        return f"UNBOUNDED {unbounded}"
    if kind is FrameClauseType.CURRENT:
        return "CURRENT ROW"
    return f"{frame.render(bind)} {'PRECEDING' if kind is FrameClauseType.PRECEDING else 'FOLLOWING'}"


def render_within_group(node: Any, frame: Frame) -> str:
    """`function WITHIN GROUP (ORDER BY ..)`."""
    order = "" if node.order_by is None else render_group_by(node.order_by, frame)
    return f"{frame.render(node.element)} WITHIN GROUP (ORDER BY {order})"


def render_filter(node: Any, frame: Frame) -> str:
    """`function FILTER (WHERE condition)`."""
    text = frame.render(node.func)
    return text if node.criterion is None else f"{text} FILTER (WHERE {frame.render(node.criterion)})"


def render_ordered_aggregate(node: Any, frame: Frame) -> str:
    """`function(arguments ORDER BY ..)`."""
    text = frame.render(node.element)
    return f"{text[:-1]} ORDER BY {render_group_by(node.order_by, frame)})"


def render_values(node: Any, frame: Frame) -> str:
    """`(VALUES (..), (..)) AS name (columns)`; in a common table expression only the rows."""
    placement, frame.placement = frame.placement, Placement.EXPRESSION
    if placement is Placement.CTE:
        return _rows(node, frame)
    name = frame.quoted_name(node.name)
    columns = ", ".join([frame.preparer.quote(column.name) for column in node.column_args])
    lateral = "LATERAL " if node.is_lateral else ""
    return f"{lateral}({_rows(node, frame)}) AS {name} ({columns})"


def render_scalar_values(node: Any, frame: Frame) -> str:
    """`(VALUES (..))` as a value."""
    return f"({_rows(node, frame)})"


def _rows(node: Any, frame: Frame) -> str:
    before, frame.literal_binds = frame.literal_binds, frame.literal_binds or node.literal_binds
    rows = ", ".join([f"({frame.render_list(row)})" for row in node.rows])
    frame.literal_binds = before
    return f"VALUES {rows}"


FUNCTIONS: dict[type, Renderer] = {
    AggregateOrderBy: render_ordered_aggregate,
    AnsiFunction: render_ansi_function,
    FrameClause: render_frame_clause,
    FunctionAsBinary: render_function_as_binary,
    Function: render_function,
    FunctionFilter: render_filter,
    Over: render_over,
    ScalarFunctionColumn: render_scalar_function_column,
    ScalarValues: render_scalar_values,
    TableValuedAlias: render_table_valued,
    TableValuedColumn: render_table_valued_column,
    Values: render_values,
    WithinGroup: render_within_group,
    NextValue: render_next_value,
    next_value: render_next_value,
}
FUNCTION_TEXTS: dict[str, Renderer] = {
    "cube": renamed("CUBE"),
    "grouping_sets": renamed("GROUPING SETS"),
    "rollup": renamed("ROLLUP"),
}
"""Functions that are keywords of GROUP BY."""
