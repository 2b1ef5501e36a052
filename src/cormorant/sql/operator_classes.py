"""Which operators suit which types: a warning where a type says that an operator makes no sense for its values.

In: an operator and a type. Out: a warning, or nothing. The classes of operators are data here; the types say theirs in
`operator_classes`. Comparisons, which all types have, are left out: they are what is built most often.
"""

from __future__ import annotations

from typing import Any

from ..types import operators as ops
from ..types.custom_op import OperatorClass as Is
from ..util import warn_deprecated

_BY_CLASS: dict[Is, tuple[Any, ...]] = {
    Is.MATH: (ops.mul, ops.truediv, ops.floordiv, ops.mod, ops.neg, ops.pow_, ops.matmul),
    Is.MATH | Is.DATE_ARITHEMETIC: (ops.sub,),
    Is.MATH | Is.DATE_ARITHEMETIC | Is.CONCATENABLE | Is.BITWISE: (ops.add,),
    Is.CONCATENABLE | Is.BITWISE: (ops.concat_op,),
    Is.BITWISE: (
        ops.bitwise_and_op,
        ops.bitwise_or_op,
        ops.bitwise_xor_op,
        ops.bitwise_not_op,
        ops.bitwise_lshift_op,
        ops.bitwise_rshift_op,
        ops.lshift,
        ops.rshift,
    ),
    Is.BOOLEAN_ALGEBRA: (ops.and_, ops.or_),
    Is.BOOLEAN_ALGEBRA | Is.BITWISE: (ops.inv,),
    Is.INDEXABLE: (ops.getitem,),
    Is.CONTAINS: (ops.contains_op, ops.icontains_op, ops.not_contains_op, ops.not_icontains_op),
    Is.STRING_MATCH: (
        ops.like_op,
        ops.not_like_op,
        ops.ilike_op,
        ops.not_ilike_op,
        ops.startswith_op,
        ops.istartswith_op,
        ops.not_startswith_op,
        ops.endswith_op,
        ops.iendswith_op,
        ops.not_endswith_op,
        ops.match_op,
        ops.not_match_op,
        ops.regexp_match_op,
        ops.not_regexp_match_op,
        ops.regexp_replace_op,
        ops.collate,
    ),
}
CLASSES: dict[Any, int] = {
    operator: class_._value_ for class_, operators in _BY_CLASS.items() for operator in operators
}
"""Operator -> the classes it is in, as bits: combining flags themselves takes longer than building an expression."""
_UNSPECIFIED = Is.UNSPECIFIED._value_


def check_operator(op: Any, type_: Any) -> None:
    """Warn where a built-in operator, or one given as text, is outside the classes that a type names."""
    needed = CLASSES.get(op) or op.operator_class._value_
    if type_.operator_classes._value_ & (needed | _UNSPECIFIED):
        return
    warn_deprecated(
        f"Type object {type(type_)} does not include operator '{op.__name__}' in its operator classes.  Using built-in "
        "operators (not including custom or overridden operators) outside of a type's stated operator classes is "
        "deprecated and will raise InvalidRequestError in a future release"
    )
