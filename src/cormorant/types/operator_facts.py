"""What is known about operators: precedence, comparison, associativity. Tables, and the questions asked of them.

In: operators. Out: facts. A custom operator carries its own facts.
"""

from __future__ import annotations

from typing import Any, TypeVar

from . import operator_functions as ops
from .custom_op import custom_op

FunctionT = TypeVar("FunctionT")

LOWEST, HIGHEST = -100, 100

_LEVELS: dict[int, tuple[Any, ...]] = {
    15: (
        ops.getitem,
        ops.json_getitem_op,
        ops.json_path_getitem_op,
        ops.any_op,
        ops.all_op,
        ops.pow_,
        ops.from_,
        ops.function_as_comparison_op,
    ),
    8: (ops.mul, ops.truediv, ops.floordiv, ops.mod, ops.neg, ops.bitwise_not_op),
    7: (
        ops.add,
        ops.sub,
        ops.bitwise_and_op,
        ops.bitwise_or_op,
        ops.bitwise_xor_op,
        ops.bitwise_lshift_op,
        ops.bitwise_rshift_op,
        ops.null_op,
    ),
    6: (ops.filter_op,),
    5: (
        ops.inv,
        ops.eq,
        ops.ne,
        ops.lt,
        ops.le,
        ops.gt,
        ops.ge,
        ops.concat_op,
        ops.like_op,
        ops.not_like_op,
        ops.ilike_op,
        ops.not_ilike_op,
        ops.in_op,
        ops.not_in_op,
        ops.is_,
        ops.is_not,
        ops.is_distinct_from,
        ops.is_not_distinct_from,
        ops.between_op,
        ops.not_between_op,
        ops.match_op,
        ops.not_match_op,
        ops.regexp_match_op,
        ops.not_regexp_match_op,
        ops.regexp_replace_op,
        ops.distinct_op,
        ops.is_true,
        ops.is_false,
    ),
    4: (ops.collate,),
    3: (ops.and_, ops.desc_op, ops.asc_op),
    2: (ops.or_,),
    0: (ops.exists,),
    -1: (ops.comma_op, ops.as_),
}

PRECEDENCE: dict[Any, int] = {operator: level for level, operators in _LEVELS.items() for operator in operators}

_string_comparisons = (
    ops.contains_op,
    ops.startswith_op,
    ops.endswith_op,
    ops.icontains_op,
    ops.istartswith_op,
    ops.iendswith_op,
    ops.not_contains_op,
    ops.not_startswith_op,
    ops.not_endswith_op,
    ops.not_icontains_op,
    ops.not_istartswith_op,
    ops.not_iendswith_op,
)

_comparisons: set[Any] = {
    ops.eq,
    ops.ne,
    ops.lt,
    ops.le,
    ops.gt,
    ops.ge,
    ops.like_op,
    ops.not_like_op,
    ops.ilike_op,
    ops.not_ilike_op,
    ops.in_op,
    ops.not_in_op,
    ops.is_,
    ops.is_not,
    ops.is_distinct_from,
    ops.is_not_distinct_from,
    ops.between_op,
    ops.not_between_op,
    ops.match_op,
    ops.not_match_op,
    ops.regexp_match_op,
    ops.not_regexp_match_op,
    ops.function_as_comparison_op,
    *_string_comparisons,
}
_logical = {ops.and_, ops.or_, ops.inv, ops.is_true, ops.is_false}
_commutative: set[Any] = {ops.eq, ops.ne, ops.add, ops.mul}
_associative = {ops.add, ops.mul, ops.and_, ops.or_, ops.concat_op}
_natural_self_precedent = _associative | {ops.getitem, ops.json_getitem_op, ops.json_path_getitem_op}
_order_by_modifiers = {ops.desc_op, ops.asc_op, ops.nulls_first_op, ops.nulls_last_op}
_mirrored = {ops.lt: ops.gt, ops.le: ops.ge, ops.gt: ops.lt, ops.ge: ops.le}


def comparison_op(fn: FunctionT) -> FunctionT:
    """Declare a function of one's own to be a comparison operator; for use as a decorator."""
    _comparisons.add(fn)
    return fn


def commutative_op(fn: FunctionT) -> FunctionT:
    """Declare a function of one's own to be a commutative operator; for use as a decorator."""
    _commutative.add(fn)
    return fn


def is_comparison(op: Any) -> bool:
    """Tell whether the operator compares."""
    return op.is_comparison if isinstance(op, custom_op) else op in _comparisons


def is_boolean(op: Any) -> bool:
    """Tell whether the result is true or false."""
    return is_comparison(op) or op in _logical


def is_commutative(op: Any) -> bool:
    """Tell whether the operands may be swapped."""
    return op in _commutative


def is_associative(op: Any) -> bool:
    """Tell whether `(a op b) op c` is `a op b op c`."""
    return op in _associative


def is_order_by_modifier(op: Any) -> bool:
    """Tell whether the operator belongs to ORDER BY."""
    return op in _order_by_modifiers


is_ordering_modifier = is_order_by_modifier


def is_natural_self_precedent(op: Any) -> bool:
    """Tell whether the operator needs no parentheses inside itself."""
    return op in _natural_self_precedent or (isinstance(op, custom_op) and op.natural_self_precedent)


def mirror(op: Any) -> Any:
    """Return the operator that means the same with the operands swapped."""
    return _mirrored.get(op, op)


def precedence(op: Any, default: int) -> int:
    """Return the precedence of an operator, or the default for one that is not known."""
    found = PRECEDENCE.get(op)
    return getattr(op, "precedence", default) if found is None else found


def is_precedent(operator: Any, against: Any) -> bool:
    """Tell whether an expression of `operator` needs parentheses as an operand of `against`."""
    if operator is against and is_natural_self_precedent(operator):
        return False
    return precedence(operator, LOWEST) <= precedence(against, HIGHEST)
