"""What PostgreSQL writes differently: operators, JSON, DISTINCT ON, LIMIT, locks."""

from __future__ import annotations

from typing import Any

from ...compile.dialect import OperatorRenderer
from ...compile.frame import Frame, Renderer
from ...compile.render_functions import renamed
from ...compile.render_operators import literal_of, render_regexp_replace_call
from ...exc import UnsupportedCompilationError
from ...sql.operations import BinaryExpression
from ...sql.selectbase import ForUpdateArg
from ...sql.simple import TryCast
from ...types import operators as ops
from ...types.documents import JSON

OPERATOR_TEXTS: dict[Any, str] = {
    ops.ilike_op: " ILIKE ",
    ops.not_ilike_op: " NOT ILIKE ",
    ops.bitwise_xor_op: " # ",
}


def render_like(node: Any, frame: Frame) -> str:
    """ILIKE, which exists here."""
    word = frame.dialect.operator_words[node.operator]
    escape = node.modifiers.get("escape")
    ending = "" if escape is None else f" ESCAPE {literal_of(escape, frame)}"
    return f"{frame.render(node.left)}{word}{frame.render(node.right)}{ending}"


def render_match(node: Any, frame: Frame) -> str:
    """Full text search."""
    config = node.modifiers.get("postgresql_regconfig")
    before = "" if config is None else f"{literal_of(config, frame)}, "
    negation = "NOT " if node.operator is ops.not_match_op else ""
    return f"{negation}{frame.render(node.left)} @@ plainto_tsquery({before}{frame.render(node.right)})"


def render_regexp_match(node: Any, frame: Frame) -> str:
    """`~`, `~*`, and the negations."""
    operator = "~" if node.operator is ops.regexp_match_op else "!~"
    flags = node.modifiers.get("flags")
    left, right = frame.render(node.left), frame.render(node.right)
    if flags is None:
        return f"{left} {operator} {right}"
    if flags == "i":
        return f"{left} {operator}* {right}"
    return f"{left} {operator} CONCAT('(?', {literal_of(flags, frame)}, ')', {right})"


_JSON_ARROWS = {ops.json_getitem_op: ("->", "->>"), ops.json_path_getitem_op: ("#>", "#>>")}
"""Operator -> the arrow that gives a document, the arrow that gives text."""


def render_json_part(node: Any, frame: Frame, in_parentheses: bool = False) -> str:
    """A part of a document: as a document, or cast to what it is taken to be."""
    as_document, as_text = _JSON_ARROWS[node.operator]
    is_document = isinstance(node.type, JSON) or node.type.is_null
    left, right = _operand(node.left, frame), frame.render(node.right)
    text = f"{left} {as_document if is_document else as_text} {right}"
    if in_parentheses:
        text = f"({text})"
    return text if is_document else f"CAST({text} AS {frame.dialect.type_text(node.type)})"


def _operand(node: Any, frame: Frame) -> str:
    if isinstance(node, BinaryExpression) and node.operator in _JSON_ARROWS:
        return render_json_part(node, frame, in_parentheses=True)
    return frame.render(node)


def render_comparison(node: Any, frame: Frame) -> str:
    """`left operator right`, with parts of documents in parentheses."""
    word = frame.dialect.operator_words[node.operator]
    return f"{_operand(node.left, frame)}{word}{_operand(node.right, frame)}"


OPERATOR_RENDERERS: dict[Any, OperatorRenderer] = {
    ops.ilike_op: render_like,
    ops.not_ilike_op: render_like,
    ops.match_op: render_match,
    ops.not_match_op: render_match,
    ops.regexp_match_op: render_regexp_match,
    ops.not_regexp_match_op: render_regexp_match,
    ops.regexp_replace_op: render_regexp_replace_call,
    **dict.fromkeys(_JSON_ARROWS, render_json_part),
    **dict.fromkeys((ops.eq, ops.ne, ops.lt, ops.le, ops.gt, ops.ge, ops.is_, ops.is_not), render_comparison),
}


def render_for_update(lock: Any, frame: Frame) -> str:
    """`FOR UPDATE` in its four strengths."""
    if lock.read:
        text = " FOR KEY SHARE" if lock.key_share else " FOR SHARE"
    else:
        text = " FOR NO KEY UPDATE" if lock.key_share else " FOR UPDATE"
    if lock.of:
        text += f" OF {', '.join(_locked_names(lock.of, frame))}"
    return f"{text}{' NOWAIT' if lock.nowait else ''}{' SKIP LOCKED' if lock.skip_locked else ''}"


def _locked_names(targets: tuple[Any, ...], frame: Frame) -> list[str]:
    tables = [target.table if target.is_column else target for target in targets]
    flat = [one for table in tables for one in table.from_objects() if one.named_with_column]
    return list(dict.fromkeys([frame.quoted_name(table.name) for table in flat]))


def render_try_cast(node: Any, frame: Frame) -> str:
    """There is no cast that yields NULL."""
    raise UnsupportedCompilationError(frame, TryCast)


def render_next_value(node: Any, frame: Frame) -> str:
    """`nextval('sequence')`."""
    name = frame.preparer.format_sequence(node.sequence)
    return f"nextval({literal_of(name, frame)})"


RENDERERS: dict[type, Renderer] = {ForUpdateArg: render_for_update, TryCast: render_try_cast}
FUNCTION_TEXTS: dict[str, Renderer] = {
    "aggregate_strings": renamed("string_agg"),
    "next_value": render_next_value,
}
