"""What MySQL and MariaDB write differently: concatenation, casts, JSON, regular expressions, LIMIT, joins, locks."""

from __future__ import annotations

from typing import Any

from ...compile.dialect import OperatorRenderer
from ...compile.frame import Frame, Renderer
from ...compile.render_functions import renamed, render_ordered_aggregate, without_parentheses
from ...compile.render_operators import literal_of, render_regexp_replace_call
from ...compile.render_order import render_group_by
from ...exc import CompileError, UnsupportedCompilationError
from ...sql.operations import BinaryExpression
from ...sql.selectbase import ForUpdateArg
from ...sql.simple import Cast, Extract, TryCast
from ...sql.window import AggregateOrderBy
from ...types import operators as ops
from ...types.boolean import Boolean
from ...types.documents import JSON
from ...types.numeric import Float, Integer, Numeric
from ...types.text import String
from ...util import warn
from .expression import match
from .type_tables import cast_type

OPERATOR_TEXTS: dict[Any, str] = {
    ops.is_not_distinct_from: " <=> ",
    ops.regexp_match_op: " REGEXP ",
    ops.not_regexp_match_op: " NOT REGEXP ",
}


def render_concat(node: Any, frame: Frame) -> str:
    """`concat(a, b)`."""
    clauses = (node.left, node.right) if isinstance(node, BinaryExpression) else node.clauses
    return f"concat({frame.render_list(clauses)})"


def render_distinct_from(node: Any, frame: Frame) -> str:
    """`NOT (a <=> b)`."""
    return f"NOT ({frame.render(node.left)} <=> {frame.render(node.right)})"


def render_match(node: Any, frame: Frame) -> str:
    """`MATCH (a) AGAINST (b IN BOOLEAN MODE)`: the operator, in boolean mode if nothing else is said."""
    flags = node.modifiers
    text = _match(
        node,
        frame,
        in_boolean_mode=bool(flags.get("mysql_boolean_mode", True)),
        in_natural_language_mode=bool(flags.get("mysql_natural_language", False)),
        with_query_expansion=bool(flags.get("mysql_query_expansion", False)),
    )
    return f"NOT {text}" if node.operator is ops.not_match_op else text


def render_match_construct(node: Any, frame: Frame) -> str:
    """`MATCH (a, b) AGAINST (c)`: the construct `match()`."""
    return _match(node, frame, **node.modifiers)


def _match(node: Any, frame: Frame, **flags: bool) -> str:
    is_boolean, is_natural, expands = flags.values()
    if is_boolean and (is_natural or expands):
        shown = ", ".join([f"{name}={value}" for name, value in flags.items()])
        raise CompileError(f"Invalid MySQL match flags: {shown}")
    mode = " IN BOOLEAN MODE" if is_boolean else " IN NATURAL LANGUAGE MODE" if is_natural else ""
    mode += " WITH QUERY EXPANSION" if expands else ""
    return f"MATCH ({frame.render(node.left)}) AGAINST ({frame.render(node.right)}{mode})"


def render_regexp_match(node: Any, frame: Frame) -> str:
    """`REGEXP`, or a function where there are flags."""
    flags = node.modifiers.get("flags")
    left, right = frame.render(node.left), frame.render(node.right)
    if flags is None:
        return f"{left}{frame.dialect.operator_words[node.operator]}{right}"
    text = f"REGEXP_LIKE({left}, {right}, {literal_of(flags, frame)})"
    return text if node.operator is ops.regexp_match_op else f"NOT {text}"


def render_mariadb_regexp_match(node: Any, frame: Frame) -> str:
    """`REGEXP`, with flags inside the pattern."""
    flags = node.modifiers.get("flags")
    right = frame.render(node.right)
    if flags is not None:
        right = f"CONCAT('(?', {literal_of(flags, frame)}, ')', {right})"
    return f"{frame.render(node.left)}{frame.dialect.operator_words[node.operator]}{right}"


def render_mariadb_regexp_replace(node: Any, frame: Frame) -> str:
    """`REGEXP_REPLACE(x, pattern, replacement)`, with flags inside the pattern."""
    flags = node.modifiers.get("flags")
    pattern, replacement = [frame.render(clause) for clause in node.right.clauses]
    if flags is not None:
        pattern = f"CONCAT('(?', {literal_of(flags, frame)}, ')', {pattern})"
    return f"REGEXP_REPLACE({frame.render(node.left)}, {pattern}, {replacement})"


def render_json_getitem(node: Any, frame: Frame) -> str:
    """A part of a document; JSON null becomes NULL where the part is taken to be a plain value."""
    found = f"JSON_EXTRACT({frame.render(node.left)}, {frame.render(node.right)})"
    if node.type.affinity is JSON or node.type.is_null:
        return found
    return f"CASE {found} WHEN 'null' THEN NULL {_json_value(found, node.type, frame)} END"


def _json_value(found: str, type_: Any, frame: Frame) -> str:
    affinity = type_.affinity
    if affinity is Boolean:
        return "WHEN true THEN true ELSE false"
    if affinity is Integer:
        return f"ELSE CAST({found} AS SIGNED INTEGER)"
    if affinity in (Numeric, Float):
        if type_.scale is not None and type_.precision is not None:
            return f"ELSE CAST({found} AS DECIMAL({type_.precision}, {type_.scale}))"
        return f"ELSE {found}+0.0000000000000000000000"
    if affinity is String:
        return f"ELSE JSON_UNQUOTE({found})"
    return f"ELSE {found}"


OPERATOR_RENDERERS: dict[Any, OperatorRenderer] = {
    ops.concat_op: render_concat,
    ops.is_distinct_from: render_distinct_from,
    ops.json_getitem_op: render_json_getitem,
    ops.json_path_getitem_op: render_json_getitem,
    ops.match_op: render_match,
    ops.not_match_op: render_match,
    ops.regexp_match_op: render_regexp_match,
    ops.not_regexp_match_op: render_regexp_match,
    ops.regexp_replace_op: render_regexp_replace_call,
}
MARIADB_OPERATOR_RENDERERS: dict[Any, OperatorRenderer] = {
    ops.regexp_match_op: render_mariadb_regexp_match,
    ops.not_regexp_match_op: render_mariadb_regexp_match,
    ops.regexp_replace_op: render_mariadb_regexp_replace,
}


def render_cast(node: Any, frame: Frame) -> str:
    """`CAST(x AS type)` for the few types that CAST takes; other casts are left out, with a warning."""
    name = cast_type(node.type, frame.dialect.type_compiler)
    if name:
        return f"CAST({frame.render(node.clause)} AS {name})"
    shown = frame.dialect.type_text(node.type)
    warn(f"Datatype {shown} does not support CAST on MySQL/MariaDb; the CAST will be skipped.")
    return frame.render(node.clause)


def render_try_cast(node: Any, frame: Frame) -> str:
    """There is no cast that yields NULL."""
    raise UnsupportedCompilationError(frame, TryCast)


def render_for_update(lock: Any, frame: Frame) -> str:
    """`FOR UPDATE`, `LOCK IN SHARE MODE`."""
    text = " LOCK IN SHARE MODE" if lock.read else " FOR UPDATE"
    if lock.of and frame.features.lock_of:
        tables = dict.fromkeys([target.table if target.is_column else target for target in lock.of])
        text += f" OF {', '.join([frame.quoted_name(table.name) for table in tables])}"
    return f"{text}{' NOWAIT' if lock.nowait else ''}{' SKIP LOCKED' if lock.skip_locked else ''}"


def render_ordered_strings(node: Any, frame: Frame) -> str:
    """`group_concat(x ORDER BY y SEPARATOR z)`; other aggregates have their order last."""
    if getattr(node.element, "name", None) != "aggregate_strings":
        return render_ordered_aggregate(node, frame)
    text, separator = node.element.clauses
    order = render_group_by(node.order_by, frame)
    return f"group_concat({frame.render(text)} ORDER BY {order} SEPARATOR {frame.render(separator)})"


def render_extract(node: Any, frame: Frame) -> str:
    """`EXTRACT(field FROM expression)`: milliseconds have another name here."""
    field = "millisecond" if node.field == "milliseconds" else node.field
    return f"EXTRACT({field} FROM {frame.render(node.expr)})"


RENDERERS: dict[type, Renderer] = {
    AggregateOrderBy: render_ordered_strings,
    Cast: render_cast,
    Extract: render_extract,
    ForUpdateArg: render_for_update,
    TryCast: render_try_cast,
    match: render_match_construct,
}


def render_rollup(node: Any, frame: Frame) -> str:
    """`a, b WITH ROLLUP`."""
    return f"{frame.render_list(node.clauses)} WITH ROLLUP"


def render_next_value(node: Any, frame: Frame) -> str:
    """`nextval(sequence)`."""
    return f"nextval({frame.preparer.format_sequence(node.sequence)})"


def render_aggregate_strings(node: Any, frame: Frame) -> str:
    """`group_concat(x SEPARATOR y)`."""
    return f"group_concat({frame.render_list(node.clauses, ' SEPARATOR ')})"


FUNCTION_TEXTS: dict[str, Renderer] = {
    "aggregate_strings": render_aggregate_strings,
    "next_value": render_next_value,
    "random": renamed("rand"),
    "rollup": render_rollup,
    "sysdate": without_parentheses("SYSDATE()"),
}
