"""Renderers of operators: a table of words, and functions for the operators that are no word between two operands.

In: an expression and the frame. Out: its text. A dialect replaces words and functions by operator.
"""

from __future__ import annotations

from typing import Any

from ..exc import UnsupportedCompilationError
from ..sql.operations import AsBoolean, BinaryExpression, UnaryExpression
from ..types import operators as ops
from ..types.custom_op import custom_op
from ..types.numeric import NUMERICTYPE, Integer, NumericCommon
from ..types.text import STRINGTYPE
from ..util.notices import warn
from .dialect import OperatorRenderer
from .frame import Frame, Renderer

OPERATOR_TEXTS: dict[Any, str] = {
    # between operands
    ops.and_: " AND ",
    ops.or_: " OR ",
    ops.add: " + ",
    ops.sub: " - ",
    ops.mul: " * ",
    ops.mod: " % ",
    ops.lt: " < ",
    ops.le: " <= ",
    ops.ne: " != ",
    ops.gt: " > ",
    ops.ge: " >= ",
    ops.eq: " = ",
    ops.concat_op: " || ",
    ops.is_: " IS ",
    ops.is_not: " IS NOT ",
    ops.is_distinct_from: " IS DISTINCT FROM ",
    ops.is_not_distinct_from: " IS NOT DISTINCT FROM ",
    ops.in_op: " IN ",
    ops.not_in_op: " NOT IN ",
    ops.like_op: " LIKE ",
    ops.not_like_op: " NOT LIKE ",
    ops.match_op: " MATCH ",
    ops.regexp_match_op: " <regexp> ",
    ops.not_regexp_match_op: " <not regexp> ",
    ops.comma_op: ", ",
    ops.from_: " FROM ",
    ops.as_: " AS ",
    ops.collate: " COLLATE ",
    ops.bitwise_and_op: " & ",
    ops.bitwise_or_op: " | ",
    ops.bitwise_xor_op: " ^ ",
    ops.bitwise_lshift_op: " << ",
    ops.bitwise_rshift_op: " >> ",
    # before the operand
    ops.neg: "-",
    ops.inv: "NOT ",
    ops.bitwise_not_op: "~",
    ops.exists: "EXISTS ",
    ops.distinct_op: "DISTINCT ",
    ops.any_op: "ANY ",
    ops.all_op: "ALL ",
    # after the operand
    ops.desc_op: " DESC",
    ops.asc_op: " ASC",
    ops.nulls_first_op: " NULLS FIRST",
    ops.nulls_last_op: " NULLS LAST",
}


def word_of(operator: Any, frame: Frame) -> str:
    """Return the word of an operator."""
    if isinstance(operator, custom_op):
        return f" {operator.opstring} "
    try:
        return frame.dialect.operator_words[operator]
    except KeyError:
        raise UnsupportedCompilationError(frame.dialect, operator) from None


def render_binary(node: Any, frame: Frame) -> str:
    """`left operator right`."""
    operator = node.operator
    if frame.literal_binds and operator not in _TAKES_NULL:
        _warn_of_nulls(node)
    if type(operator) is custom_op:
        text = frame.render_operands(node.left, f" {operator.opstring} ", node.right)
        return f"({text})" if operator.eager_grouping and frame.in_operator else text
    special = frame.dialect.operators.get(operator)
    if special is not None:
        return special(node, frame)
    word = frame.dialect.operator_words.get(operator) or word_of(operator, frame)
    if node.modifiers:
        return frame.render(node.left) + word + frame.render(node.right) + escape_of(node, frame)
    return frame.render_operands(node.left, word, node.right)


_TAKES_NULL = frozenset(
    (ops.is_, ops.is_not, ops.like_op, ops.not_like_op, ops.ilike_op, ops.not_ilike_op, ops.match_op)
)


def _warn_of_nulls(node: Any) -> None:
    """Warn where NULL is written beside an operator for which it is not a value like others."""
    for operand in (node.left, node.right):
        if operand.is_bind and operand.effective_value is None:
            warn(
                f"Bound parameter '{operand.key}' rendering literal NULL in a SQL expression; comparisons to NULL "
                "should not use operators outside of 'is' or 'is not'"
            )


def escape_of(node: Any, frame: Frame) -> str:
    """Return the ESCAPE part of a LIKE."""
    escape = node.modifiers.get("escape")
    return "" if escape is None else f" ESCAPE {literal_of(escape, frame)}"


def literal_of(value: Any, frame: Frame) -> str:
    """Return a modifier, which is a string or an expression, as text."""
    return frame.dialect.literal_text(value, STRINGTYPE) if isinstance(value, str) else frame.render_literally(value)


def render_unary(node: Any, frame: Frame) -> str:
    """An operator before the operand, or a modifier after it."""
    if node.modifier is not None:
        return f"{frame.render(node.element)}{word_of(node.modifier, frame)}"
    operator = node.operator
    if operator is None:
        return frame.render(node.element)
    special = frame.dialect.operators.get(operator)
    if special is not None:
        return special(node, frame)
    word = f"{operator.opstring} " if isinstance(operator, custom_op) else word_of(operator, frame)
    return f"{word}{frame.render(node.element)}"


def render_as_boolean(node: Any, frame: Frame) -> str:
    """An expression as a condition: itself where the database has truth values, a comparison with 1 or 0 elsewhere."""
    text = frame.render(node.element)
    if frame.features.native_boolean:
        return text if node.operator is ops.is_true else f"NOT {text}"
    return f"{text} = {1 if node.operator is ops.is_true else 0}"


# operators with a syntax of their own


def render_between(node: Any, frame: Frame) -> str:
    """`x BETWEEN a AND b`."""
    negation = "NOT " if node.operator is ops.not_between_op else ""
    symmetric = "SYMMETRIC " if node.modifiers.get("symmetric") else ""
    return frame.render_operands(node.left, f" {negation}BETWEEN {symmetric}", node.right)


def render_not_in(node: Any, frame: Frame) -> str:
    """`(x NOT IN (..))`, always in parentheses: the text of an empty list ends in OR."""
    return f"({frame.render_operands(node.left, ' NOT IN ', node.right)})"


def render_not_match(node: Any, frame: Frame) -> str:
    """`NOT x MATCH y`."""
    return f"NOT {frame.render(node.left)}{word_of(ops.match_op, frame)}{frame.render(node.right)}"


def render_aggregate(node: Any, frame: Frame) -> str:
    """`ANY (..)`, `ALL (..)`."""
    text = frame.render(node.element)
    return f"{word_of(node.operator, frame)}{text if text.startswith('(') else f'({text})'}"


def lowered(node: Any, frame: Frame) -> str:
    """Return an operand as lower-case text."""
    return f"lower({frame.render(node)})"


def render_ilike(node: Any, frame: Frame) -> str:
    """LIKE without regard to case, by lower() on both sides."""
    word = " LIKE " if node.operator is ops.ilike_op else " NOT LIKE "
    return f"{lowered(node.left, frame)}{word}{lowered(node.right, frame)}{escape_of(node, frame)}"


_PATTERNS: dict[Any, tuple[bool, bool, bool, bool]] = {
    ops.startswith_op: (False, True, False, False),
    ops.endswith_op: (True, False, False, False),
    ops.contains_op: (True, True, False, False),
    ops.istartswith_op: (False, True, True, False),
    ops.iendswith_op: (True, False, True, False),
    ops.icontains_op: (True, True, True, False),
    ops.not_startswith_op: (False, True, False, True),
    ops.not_endswith_op: (True, False, False, True),
    ops.not_contains_op: (True, True, False, True),
    ops.not_istartswith_op: (False, True, True, True),
    ops.not_iendswith_op: (True, False, True, True),
    ops.not_icontains_op: (True, True, True, True),
}
"""Operator -> anything before? anything after? without regard to case? negated?"""


def render_pattern(node: Any, frame: Frame) -> str:
    """`x LIKE '%' || y || '%'`, in one of its variants."""
    before, after, ignores_case, is_negative = _PATTERNS[node.operator]
    lower = ignores_case and not frame.dialect.operator_words.get(ops.ilike_op)
    left = lowered(node.left, frame) if lower else frame.render(node.left)
    right = lowered(node.right, frame) if lower else frame.render(node.right)
    parts = [*(["'%'"] if before else []), right, *(["'%'"] if after else [])]
    words = (ops.not_ilike_op, ops.not_like_op) if is_negative else (ops.ilike_op, ops.like_op)
    word = frame.dialect.operator_words[words[0] if ignores_case and not lower else words[1]]
    return f"{left}{word}{frame.dialect.joined_text(parts)}{escape_of(node, frame)}"


def is_integer(node: Any) -> bool:
    """Tell whether an operand is a whole number."""
    return node.type.affinity is Integer


def render_truediv(node: Any, frame: Frame) -> str:
    """Division with a fraction, also of whole numbers and of what has no type."""
    left, right = frame.render(node.left), frame.render(node.right)
    if frame.features.div_is_floor:
        type_ = node.right.type if node.right.is_column else None
        right = frame.dialect.fraction_text(right, type_ if isinstance(type_, NumericCommon) else NUMERICTYPE)
    return f"{left} / {right}"


def render_floordiv(node: Any, frame: Frame) -> str:
    """Division without a fraction."""
    text = f"{frame.render(node.left)} / {frame.render(node.right)}"
    if frame.features.div_is_floor and is_integer(node.right) and is_integer(node.left):
        return text
    return f"FLOOR({text})"


def render_getitem(node: Any, frame: Frame) -> str:
    """`x[index]`."""
    return f"{frame.render(node.left)}[{frame.render(node.right)}]"


def render_regexp_replace_call(node: Any, frame: Frame) -> str:
    """`REGEXP_REPLACE(x, pattern, replacement, flags)`, of databases that have the function with flags as text."""
    flags = node.modifiers.get("flags")
    ending = "" if flags is None else f", {literal_of(flags, frame)}"
    return f"REGEXP_REPLACE({frame.render(node.left)}, {frame.render(node.right)}{ending})"


def render_regexp_replace(node: Any, frame: Frame) -> str:
    """What the default language has for replacing by regular expressions: a text that no database takes."""
    return f"<regexp replace>({frame.render(node.left)}, {frame.render(node.right)})"


OPERATOR_RENDERERS: dict[Any, OperatorRenderer] = {
    ops.between_op: render_between,
    ops.not_between_op: render_between,
    ops.ilike_op: render_ilike,
    ops.not_ilike_op: render_ilike,
    ops.all_op: render_aggregate,
    ops.any_op: render_aggregate,
    ops.not_in_op: render_not_in,
    ops.not_match_op: render_not_match,
    ops.truediv: render_truediv,
    ops.floordiv: render_floordiv,
    ops.getitem: render_getitem,
    ops.json_getitem_op: render_getitem,
    ops.json_path_getitem_op: render_getitem,
    ops.regexp_replace_op: render_regexp_replace,
    **dict.fromkeys(_PATTERNS, render_pattern),
}

OPERATIONS: dict[type, Renderer] = {
    AsBoolean: render_as_boolean,
    BinaryExpression: render_binary,
    UnaryExpression: render_unary,
}
