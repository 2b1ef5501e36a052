"""SQL criteria asked of objects in memory: which of them an UPDATE or DELETE concerns, and what they get.

In: an expression over the columns of one mapper. Out: a function of an object that gives the value, None for NULL and
UNKNOWN, `EXPIRED` where the object lacks a value. Raises `UnevaluatableError` for what Python cannot answer as SQL
would.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from ...exc import InvalidRequestError
from ...sql.bind import BindParameter
from ...sql.node import deannotate
from ...sql.operations import BinaryExpression, BooleanClauseList, Grouping, UnaryExpression
from ...sql.simple import False_, Null, True_
from ...types import operators as ops

Evaluator = Callable[[Any], Any]


class UnevaluatableError(InvalidRequestError):
    """An expression has no equivalent in Python."""


class _Expired:
    def __repr__(self) -> str:
        return "EXPIRED"


EXPIRED: Any = _Expired()
"""What an expression gives for an object that lacks a value it needs."""


def evaluator(expression: Any, mapper: Any) -> Evaluator:
    """Return the function that evaluates an expression for an object of the mapper."""
    for cls in type(expression).__mro__:
        make = MAKERS.get(cls)
        if make is not None:
            return make(expression, mapper)
    if expression.is_column and getattr(expression, "table", None) is not None:
        return _column(expression, mapper)
    raise UnevaluatableError(f"Cannot evaluate {type(expression).__name__} in Python")


def _column(column: Any, mapper: Any) -> Evaluator:
    prop = mapper.column_properties.get(deannotate(column))
    if prop is None:
        raise UnevaluatableError(f"Cannot evaluate column {column}: it is no attribute of {mapper}")
    key = prop.key
    return lambda obj: obj.__dict__.get(key, EXPIRED)


def _bind(bind: Any, mapper: Any) -> Evaluator:
    value = bind.effective_value
    return lambda obj: value


def _grouping(grouping: Any, mapper: Any) -> Evaluator:
    return evaluator(grouping.element, mapper)


def _conjunction(clause: Any, mapper: Any) -> Evaluator:
    parts = [evaluator(part, mapper) for part in clause.clauses]
    decisive = clause.operator is ops.or_

    def evaluate(obj: Any) -> Any:
        unknown: Any = not decisive
        for part in parts:
            value = part(obj)
            if value is EXPIRED:
                return EXPIRED
            if value is None:
                unknown = None
            elif bool(value) is decisive:
                return decisive
        return unknown

    return evaluate


def _unary(clause: Any, mapper: Any) -> Evaluator:
    inner = evaluator(clause.element, mapper)
    if clause.operator is not ops.inv:
        raise UnevaluatableError(f"Cannot evaluate operator {clause.operator} in Python")
    return _strict(operator.not_, inner)


def _strict(function: Callable[..., Any], *parts: Evaluator) -> Evaluator:
    """Return the evaluator of a function that gives NULL where an operand is NULL."""

    def evaluate(obj: Any) -> Any:
        values = [part(obj) for part in parts]
        if any(value is EXPIRED for value in values):
            return EXPIRED
        return None if any(value is None for value in values) else function(*values)

    return evaluate


def _binary(clause: Any, mapper: Any) -> Evaluator:
    left, right = evaluator(clause.left, mapper), evaluator(clause.right, mapper)
    identity = _IDENTITY.get(clause.operator)
    if identity is not None:
        return lambda obj: EXPIRED if EXPIRED in (values := (left(obj), right(obj))) else identity(*values)
    function = _STRICT.get(clause.operator)
    if function is None:
        raise UnevaluatableError(
            f"Cannot evaluate operator {getattr(clause.operator, '__name__', clause.operator)} in Python"
        )
    return _strict(function, left, right)


def _in(value: Any, values: Any) -> Any:
    return True if value in values else None if None in values else False


def _not_in(value: Any, values: Any) -> Any:
    found = _in(value, values)
    return None if found is None else not found


def _divide(dividend: Any, divisor: Any) -> Any:
    return dividend / divisor


_IDENTITY: dict[Any, Callable[[Any, Any], bool]] = {
    ops.is_: lambda a, b: a is b if b is None else a == b,
    ops.is_not: lambda a, b: a is not b if b is None else a != b,
}
_STRICT: dict[Any, Callable[..., Any]] = {
    ops.eq: operator.eq,
    ops.ne: operator.ne,
    ops.lt: operator.lt,
    ops.le: operator.le,
    ops.gt: operator.gt,
    ops.ge: operator.ge,
    ops.add: operator.add,
    ops.sub: operator.sub,
    ops.mul: operator.mul,
    ops.mod: operator.mod,
    ops.truediv: _divide,
    ops.concat_op: operator.add,
    ops.in_op: _in,
    ops.not_in_op: _not_in,
}
MAKERS: dict[type, Callable[[Any, Any], Evaluator]] = {
    BindParameter: _bind,
    Grouping: _grouping,
    BooleanClauseList: _conjunction,
    UnaryExpression: _unary,
    BinaryExpression: _binary,
    Null: lambda node, mapper: lambda obj: None,
    True_: lambda node, mapper: lambda obj: True,
    False_: lambda node, mapper: lambda obj: False,
}
