"""What DuckDB writes differently: regular expressions, JSON, exclusive or, sequences."""

from __future__ import annotations

from typing import Any

from ...compile.dialect import OperatorRenderer
from ...compile.frame import Frame, Renderer
from ...compile.render_functions import renamed, without_parentheses
from ...compile.render_operators import literal_of
from ...types import operators as ops
from ...types.documents import JSON
from ...types.text import String

OPERATOR_TEXTS: dict[Any, str] = {ops.ilike_op: " ILIKE ", ops.not_ilike_op: " NOT ILIKE "}


def render_regexp_match(node: Any, frame: Frame) -> str:
    """`regexp_matches(a, pattern, 'flags')`."""
    parts = [frame.render(node.left), frame.render(node.right)]
    flags = node.modifiers.get("flags")
    parts += [] if flags is None else [literal_of(flags, frame)]
    text = f"regexp_matches({', '.join(parts)})"
    return text if node.operator is ops.regexp_match_op else f"NOT {text}"


def render_regexp_replace(node: Any, frame: Frame) -> str:
    """`regexp_replace(a, pattern, replacement, 'flags')`."""
    parts = [frame.render(node.left), *[frame.render(clause) for clause in node.right.clauses]]
    flags = node.modifiers.get("flags")
    parts += [] if flags is None else [literal_of(flags, frame)]
    return f"regexp_replace({', '.join(parts)})"


def render_xor(node: Any, frame: Frame) -> str:
    """`xor(a, b)`."""
    return f"xor({frame.render(node.left)}, {frame.render(node.right)})"


def render_ilike(node: Any, frame: Frame) -> str:
    """`a ILIKE b ESCAPE c`."""
    text = f"{frame.render(node.left)}{OPERATOR_TEXTS[node.operator]}{frame.render(node.right)}"
    escape = node.modifiers.get("escape")
    return text if escape is None else f"{text} ESCAPE {literal_of(escape, frame)}"


def render_json_getitem(node: Any, frame: Frame) -> str:
    """A part of a document: as a document, as text, or cast to what it is taken to be."""
    parts = f"({frame.render(node.left)}, {frame.render(node.right)})"
    if node.type.affinity is JSON or node.type.is_null:
        return f"json_extract{parts}"
    found = f"json_extract_string{parts}"
    return found if isinstance(node.type, String) else f"CAST({found} AS {frame.dialect.type_text(node.type)})"


OPERATOR_RENDERERS: dict[Any, OperatorRenderer] = {
    ops.bitwise_xor_op: render_xor,
    ops.ilike_op: render_ilike,
    ops.not_ilike_op: render_ilike,
    ops.json_getitem_op: render_json_getitem,
    ops.json_path_getitem_op: render_json_getitem,
    ops.not_regexp_match_op: render_regexp_match,
    ops.regexp_match_op: render_regexp_match,
    ops.regexp_replace_op: render_regexp_replace,
}


def render_next_value(node: Any, frame: Frame) -> str:
    """`nextval('sequence')`."""
    name = frame.preparer.format_sequence(node.sequence).replace("'", "''")
    return f"nextval('{name}')"


FUNCTION_TEXTS: dict[str, Renderer] = {
    "aggregate_strings": renamed("string_agg"),
    "localtimestamp": without_parentheses("LOCALTIMESTAMP"),
    "next_value": render_next_value,
}
