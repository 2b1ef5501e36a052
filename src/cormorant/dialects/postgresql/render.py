"""What PostgreSQL writes differently: operators, JSON, DISTINCT ON, LIMIT, locks."""

from __future__ import annotations

from typing import Any

from ...compile.dialect import OperatorRenderer
from ...compile.frame import Frame, Renderer
from ...compile.render_operators import literal_of
from ...exc import UnsupportedCompilationError
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


def render_regexp_replace(node: Any, frame: Frame) -> str:
    """`REGEXP_REPLACE(x, pattern, replacement, flags)`."""
    flags = node.modifiers.get("flags")
    ending = "" if flags is None else f", {literal_of(flags, frame)}"
    return f"REGEXP_REPLACE({frame.render(node.left)}, {frame.render(node.right)}{ending})"


def _json_part(as_document: str, as_text: str) -> OperatorRenderer:
    def render(node: Any, frame: Frame) -> str:
        left, right = frame.render(node.left), frame.render(node.right)
        if isinstance(node.type, JSON) or node.type.is_null:
            return f"{left} {as_document} {right}"
        return f"CAST({left} {as_text} {right} AS {frame.dialect.type_text(node.type)})"

    return render


OPERATOR_RENDERERS: dict[Any, OperatorRenderer] = {
    ops.ilike_op: render_like,
    ops.not_ilike_op: render_like,
    ops.match_op: render_match,
    ops.not_match_op: render_match,
    ops.regexp_match_op: render_regexp_match,
    ops.not_regexp_match_op: render_regexp_match,
    ops.regexp_replace_op: render_regexp_replace,
    ops.json_getitem_op: _json_part("->", "->>"),
    ops.json_path_getitem_op: _json_part("#>", "#>>"),
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


def render_rollup(node: Any, frame: Frame) -> str:
    """`ROLLUP(a, b)`."""
    return f"ROLLUP{frame.render(node.clause_expr)}"


RENDERERS: dict[type, Renderer] = {ForUpdateArg: render_for_update, TryCast: render_try_cast}
FUNCTION_TEXTS: dict[str, Renderer] = {
    "next_value": render_next_value,
    "rollup": render_rollup,
    "cube": lambda node, frame: f"CUBE{frame.render(node.clause_expr)}",
    "grouping_sets": lambda node, frame: f"GROUPING SETS{frame.render(node.clause_expr)}",
}
