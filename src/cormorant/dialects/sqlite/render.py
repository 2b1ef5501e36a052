"""What SQLite writes differently: operators, constants, EXTRACT, JSON, LIMIT."""

from __future__ import annotations

from typing import Any

from ...compile.dialect import OperatorRenderer
from ...compile.frame import Frame, Renderer
from ...compile.render_functions import renamed, without_parentheses
from ...exc import CompileError, UnsupportedCompilationError
from ...sql.simple import Extract, TryCast
from ...types import operators as ops
from ...types.documents import JSON

OPERATOR_TEXTS: dict[Any, str] = {
    ops.is_distinct_from: " IS NOT ",
    ops.is_not_distinct_from: " IS ",
    ops.regexp_match_op: " REGEXP ",
    ops.not_regexp_match_op: " NOT REGEXP ",
}

_STRFTIME = {
    "month": "%m",
    "day": "%d",
    "year": "%Y",
    "second": "%S",
    "hour": "%H",
    "doy": "%j",
    "minute": "%M",
    "epoch": "%s",
    "dow": "%w",
    "week": "%W",
}


def render_extract(node: Any, frame: Frame) -> str:
    """EXTRACT by strftime()."""
    code = _STRFTIME.get(node.field)
    if code is None:
        raise CompileError(
            f"{node.field} is not a valid extract argument: this database knows {', '.join(sorted(_STRFTIME))}"
        )
    return f"CAST(STRFTIME('{code}', {frame.render(node.expr)}) AS INTEGER)"


def render_xor(node: Any, frame: Frame) -> str:
    """Exclusive or, which is missing, by or and and."""
    left, right = frame.render(node.left), frame.render(node.right)
    return f"(({left} | {right}) - ({left} & {right}))"


def render_json_getitem(node: Any, frame: Frame) -> str:
    """A part of a document: as a document, or cast to what it is taken to be."""
    found = f"JSON_EXTRACT({frame.render(node.left)}, {frame.render(node.right)})"
    if node.type.affinity is JSON:
        return f"JSON_QUOTE({found})"
    if node.type.is_null:
        return found
    return f"CAST({found} AS {frame.dialect.type_text(node.type)})"


def render_regexp_replace(node: Any, frame: Frame) -> str:
    """There is no replacing by regular expressions."""
    raise CompileError("sqlite dialect does not support regular expression replacements")


OPERATOR_RENDERERS: dict[Any, OperatorRenderer] = {
    ops.bitwise_xor_op: render_xor,
    ops.json_getitem_op: render_json_getitem,
    ops.json_path_getitem_op: render_json_getitem,
    ops.regexp_replace_op: render_regexp_replace,
}


def render_try_cast(node: Any, frame: Frame) -> str:
    """There is no cast that yields NULL."""
    raise UnsupportedCompilationError(frame, TryCast)


RENDERERS: dict[type, Renderer] = {Extract: render_extract, TryCast: render_try_cast}
FUNCTION_TEXTS: dict[str, Renderer] = {
    "aggregate_strings": renamed("group_concat"),
    "char_length": renamed("length"),
    "localtimestamp": without_parentheses("DATETIME(CURRENT_TIMESTAMP, 'localtime')"),
    "now": without_parentheses("CURRENT_TIMESTAMP"),
}
