"""Criteria and values of a statement, asked in Python of an object in memory.

In: expressions over the attributes of one mapped class. Out: functions from an object's dictionary to what SQL would
give: a value, None for NULL, UNKNOWN where the object does not hold what is asked for. Raises UnevaluableError for
whatever Python cannot answer like the database. One function per class of node, found in `COMPILERS`; nothing here is
executed.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

from ...exc import InvalidRequestError
from ...sql.bind import BindParameter
from ...sql.column import ColumnClause
from ...sql.operations import (
    BinaryExpression,
    BooleanClauseList,
    ExpressionClauseList,
    Grouping,
    Tuple,
    UnaryExpression,
)
from ...sql.selectbase import SelectGrouping
from ...sql.simple import False_, Null, True_
from ...types import operators
from ..mapping.entity import ENTITY, PROPERTY

Evaluate = Callable[[Mapping[str, Any]], Any]


class UnevaluableError(InvalidRequestError):
    """An expression has no meaning outside the database."""


class _Unknown:
    """The value of an attribute that is not in memory."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()


class Evaluator:
    """Compiles expressions about one class; `params` are the values of named bind parameters."""

    def __init__(self, mapper: Any, params: Mapping[str, Any] | None = None) -> None:
        self.mapper = mapper
        self.params = params or {}

    def compile(self, node: Any) -> Evaluate:
        """Return the function for an expression; raises UnevaluableError."""
        for cls in type(node).__mro__:
            compiler = COMPILERS.get(cls)
            if compiler is not None:
                return compiler(self, node)
        raise UnevaluableError(f"Cannot evaluate {type(node).__name__}")

    def condition(self, criteria: Sequence[Any]) -> Evaluate:
        """Return the function for criteria joined by AND."""
        return _all_of([self.compile(node) for node in criteria])


# --- leaves


def _column(evaluator: Evaluator, node: Any) -> Evaluate:
    annotations = getattr(node, "_annotations", {})
    entity = annotations.get(ENTITY)
    if entity is not None and (entity.entity.is_aliased_class or not evaluator.mapper.isa(entity.mapper)):
        raise UnevaluableError(f"Can't evaluate criteria against alternate class {entity.mapper.class_}")
    key = annotations.get(PROPERTY) or _key_of(evaluator.mapper, node)
    if key not in evaluator.mapper.class_manager.attributes:
        raise UnevaluableError(f"Cannot evaluate column: {node}")
    return lambda values: values.get(key, UNKNOWN)


def _key_of(mapper: Any, column: Any) -> str:
    for table in mapper.tables:
        for key, held in mapper.columns_of(table):
            if held is column:
                return str(key)
    raise UnevaluableError(f"Cannot evaluate column: {column}")


def _bind(evaluator: Evaluator, node: Any) -> Evaluate:
    value = node.callable() if node.callable is not None else node.value
    if node.name is not None:
        value = evaluator.params.get(node.name, value)
    return lambda values: value


def _constant(value: Any) -> Callable[[Evaluator, Any], Evaluate]:
    return lambda evaluator, node: lambda values: value


def _grouping(evaluator: Evaluator, node: Any) -> Evaluate:
    return evaluator.compile(node.element)


def _tuple(evaluator: Evaluator, node: Any) -> Evaluate:
    parts = [evaluator.compile(clause) for clause in node.clauses]

    def evaluate(values: Mapping[str, Any]) -> Any:
        found = [part(values) for part in parts]
        if any(value is UNKNOWN for value in found):
            return UNKNOWN
        return None if any(value is None for value in found) else tuple(found)

    return evaluate


# --- logic with three values


def _all_of(parts: Sequence[Evaluate]) -> Evaluate:
    def evaluate(values: Mapping[str, Any]) -> Any:
        answer: Any = True
        for part in parts:
            found = part(values)
            if found is UNKNOWN:
                answer = UNKNOWN
            elif found is None:
                answer = None if answer is True else answer
            elif not found:
                return False
        return answer

    return evaluate


def _any_of(parts: Sequence[Evaluate]) -> Evaluate:
    def evaluate(values: Mapping[str, Any]) -> Any:
        answer: Any = False
        for part in parts:
            found = part(values)
            if found is UNKNOWN:
                answer = UNKNOWN
            elif found is None:
                answer = None if answer is False else answer
            elif found:
                return True
        return answer

    return evaluate


JUNCTIONS = {operators.and_: _all_of, operators.or_: _any_of}


def _junction(evaluator: Evaluator, node: Any) -> Evaluate:
    return JUNCTIONS[node.operator]([evaluator.compile(clause) for clause in node.clauses])


# --- operators


def _lifted(function: Callable[..., Any], *parts: Evaluate) -> Evaluate:
    """Return a function of operands that gives NULL for NULL, and UNKNOWN where Python cannot compare."""

    def evaluate(values: Mapping[str, Any]) -> Any:
        found = [part(values) for part in parts]
        if any(value is UNKNOWN for value in found):
            return UNKNOWN
        if any(value is None for value in found):
            return None
        try:
            return function(*found)
        except TypeError:
            return UNKNOWN

    return evaluate


def _is_in(value: Any, members: Any) -> Any:
    if value in members:
        return True
    return None if None in members else False


def _is_not_in(value: Any, members: Any) -> Any:
    found = _is_in(value, members)
    return None if found is None else not found


def _not_starting(value: str, part: str) -> bool:
    return not value.startswith(part)


def _not_ending(value: str, part: str) -> bool:
    return not value.endswith(part)


def _divided(value: Any, by: Any) -> Any:
    return value / by


def _same(left: Evaluate, right: Evaluate) -> Evaluate:
    """Return the function of IS, for which NULL is a value."""

    def evaluate(values: Mapping[str, Any]) -> Any:
        one, other = left(values), right(values)
        return UNKNOWN if one is UNKNOWN or other is UNKNOWN else one == other

    return evaluate


def _not_same(left: Evaluate, right: Evaluate) -> Evaluate:
    same = _same(left, right)

    def evaluate(values: Mapping[str, Any]) -> Any:
        found = same(values)
        return UNKNOWN if found is UNKNOWN else not found

    return evaluate


BINARY: Mapping[Any, Callable[..., Any]] = {
    operators.eq: operator.eq,
    operators.ne: operator.ne,
    operators.lt: operator.lt,
    operators.le: operator.le,
    operators.gt: operator.gt,
    operators.ge: operator.ge,
    operators.add: operator.add,
    operators.sub: operator.sub,
    operators.mul: operator.mul,
    operators.truediv: _divided,
    operators.mod: operator.mod,
    operators.concat_op: operator.add,
    operators.startswith_op: str.startswith,
    operators.endswith_op: str.endswith,
    operators.not_startswith_op: _not_starting,
    operators.not_endswith_op: _not_ending,
    operators.in_op: _is_in,
    operators.not_in_op: _is_not_in,
}
"""Operators that mean the same in Python, for values that are not NULL."""

IDENTITY: Mapping[Any, Callable[[Evaluate, Evaluate], Evaluate]] = {
    operators.is_: _same,
    operators.is_not: _not_same,
}

UNARY: Mapping[Any, Callable[[Any], Any]] = {
    operators.inv: operator.not_,
    operators.neg: operator.neg,
    operators.is_true: bool,
    operators.is_false: operator.not_,
}


def _binary(evaluator: Evaluator, node: Any) -> Evaluate:
    identity = IDENTITY.get(node.operator)
    if identity is not None:
        return identity(evaluator.compile(node.left), evaluator.compile(node.right))
    function = None if node.modifiers else BINARY.get(node.operator)
    if function is None:
        raise _no_operator(node)
    return _lifted(function, evaluator.compile(node.left), evaluator.compile(node.right))


def _unary(evaluator: Evaluator, node: Any) -> Evaluate:
    element = evaluator.compile(node.element)
    function = UNARY.get(node.operator)
    if function is None:
        raise _no_operator(node)
    return _lifted(function, element)


def _chain(evaluator: Evaluator, node: Any) -> Evaluate:
    function = BINARY.get(node.operator)
    if function is None:
        raise _no_operator(node)
    parts = [evaluator.compile(clause) for clause in node.clauses]
    return _lifted(lambda *values: reduce(function, values), *parts)


def _no_operator(node: Any) -> UnevaluableError:
    return UnevaluableError(f"Cannot evaluate {type(node).__name__} with operator {node.operator}")


COMPILERS: Mapping[type, Callable[[Evaluator, Any], Evaluate]] = {
    ColumnClause: _column,
    BindParameter: _bind,
    Null: _constant(None),
    True_: _constant(True),
    False_: _constant(False),
    Grouping: _grouping,
    SelectGrouping: _grouping,
    Tuple: _tuple,
    BooleanClauseList: _junction,
    ExpressionClauseList: _chain,
    BinaryExpression: _binary,
    UnaryExpression: _unary,
}
