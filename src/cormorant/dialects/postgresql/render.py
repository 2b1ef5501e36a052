"""What PostgreSQL writes differently: operators, JSON, DISTINCT ON, LIMIT, locks."""

from __future__ import annotations

from typing import Any

from ...compile.dialect import OperatorRenderer
from ...compile.frame import Frame, Renderer
from ...compile.render_functions import renamed
from ...compile.render_operators import literal_of, render_regexp_replace_call
from ...exc import UnsupportedCompilationError
from ...sql.function import FunctionElement
from ...sql.selectbase import ForUpdateArg
from ...sql.simple import Cast, TryCast
from ...types import operators as ops
from ...types.documents import JSON
from .array import array
from .ext import DistinctOnClause, aggregate_order_by
from .hstore import HSTORE
from .json import JSONB

OPERATOR_TEXTS: dict[Any, str] = {
    ops.ilike_op: " ILIKE ",
    ops.not_ilike_op: " NOT ILIKE ",
    ops.bitwise_xor_op: " # ",
}


def render_like(node: Any, frame: Frame) -> str:
    """LIKE, and ILIKE, which exists here."""
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
    if flags is None or flags == "i":
        return frame.render_operands(node.left, f" {operator}{'' if flags is None else '*'} ", node.right)
    left, right = frame.render(node.left), frame.render(node.right)
    return f"{left} {operator} CONCAT('(?', {literal_of(flags, frame)}, ')', {right})"


_JSON_ARROWS = {ops.json_getitem_op: ("->", "->>"), ops.json_path_getitem_op: ("#>", "#>>")}
"""Operator -> the arrow that gives a document, the arrow that gives text."""


def render_json_part(node: Any, frame: Frame) -> str:
    """A part of a document: as a document, or cast to what it is taken to be."""
    if node.type.affinity is JSON or node.type.is_null:
        return _part(node, _JSON_ARROWS[node.operator][0], frame)
    text = _part(node, _JSON_ARROWS[node.operator][1], frame)
    return f"CAST({text} AS {frame.dialect.type_text(node.type)})"


def _part(node: Any, arrow: str, frame: Frame) -> str:
    is_subscript = arrow == "->" and isinstance(node.left.type, JSONB) and subscripts(frame)
    if is_subscript:
        left = frame.render(node.left)
        left = f"({left})" if isinstance(node.left, (Cast, FunctionElement)) else left
        return f"{left}[{frame.render(node.right)}]"
    text = frame.render_operands(node.left, f" {arrow} ", node.right)
    return f"({text})" if frame.in_operator else text


def subscripts(frame: Frame) -> bool:
    """Tell whether documents and pairs of texts take subscripts, as from version 14 of the server on."""
    return bool(getattr(frame.dialect, "has_subscripts", True))


def _subscript(node: Any, frame: Frame) -> str:
    return f"{frame.render(node.left)}[{frame.render(node.right)}]"


def render_getitem(node: Any, frame: Frame) -> str:
    """`x[index]`; of pairs of texts, for older servers, `x -> key`."""
    if isinstance(node.left.type, HSTORE) and not subscripts(frame):
        return frame.render_operands(node.left, " -> ", node.right)
    return _subscript(node, frame)


OPERATOR_RENDERERS: dict[Any, OperatorRenderer] = {
    ops.like_op: render_like,
    ops.not_like_op: render_like,
    ops.ilike_op: render_like,
    ops.not_ilike_op: render_like,
    ops.match_op: render_match,
    ops.not_match_op: render_match,
    ops.regexp_match_op: render_regexp_match,
    ops.not_regexp_match_op: render_regexp_match,
    ops.regexp_replace_op: render_regexp_replace_call,
    **dict.fromkeys(_JSON_ARROWS, render_json_part),
    ops.getitem: render_getitem,
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


def render_array(node: Any, frame: Frame) -> str:
    """`ARRAY[a, b]`; an empty one with a cast to its type."""
    if not node.clauses and not node.type.item_type.is_null:
        return f"ARRAY[]::{frame.dialect.type_text(node.type)}"
    return f"ARRAY[{frame.render_list(node.clauses)}]"


def render_aggregate_order_by(node: Any, frame: Frame) -> str:
    """`target ORDER BY columns`."""
    return f"{frame.render(node.target)} ORDER BY {frame.render(node.order_by)}"


def render_distinct_on(node: Any, frame: Frame) -> str:
    """`DISTINCT ON (a, b)`."""
    return f"DISTINCT ON ({frame.render_list(node.expressions)})"


def render_substring(node: Any, frame: Frame) -> str:
    """`SUBSTRING(text FROM start FOR length)`."""
    parts = [frame.render(argument) for argument in node.clauses]
    if not 2 <= len(parts) <= 3:
        return f"substring({', '.join(parts)})"
    length = f" FOR {parts[2]}" if len(parts) == 3 else ""
    return f"SUBSTRING({parts[0]} FROM {parts[1]}{length})"


RENDERERS: dict[type, Renderer] = {
    DistinctOnClause: render_distinct_on,
    ForUpdateArg: render_for_update,
    TryCast: render_try_cast,
    aggregate_order_by: render_aggregate_order_by,
    array: render_array,
}
FUNCTION_TEXTS: dict[str, Renderer] = {
    "aggregate_strings": renamed("string_agg"),
    "next_value": render_next_value,
    "pow": renamed("power"),
    "substring": render_substring,
}
