"""AND, OR, NOT: with the constants true and false folded away.

In: conditions, or what coercion makes conditions of. Out: one condition.
"""

from __future__ import annotations

from typing import Any, ClassVar

from ..types import BOOLEANTYPE, Boolean
from ..types.operators import and_ as and_op
from ..types.operators import inv, is_false, is_true
from ..types.operators import or_ as or_op
from ..util import warn_deprecated
from .coercion import as_condition, as_expression
from .column import ColumnElement
from .kinds import class_of
from .makers import makers
from .operations import (
    AsBoolean,
    BinaryExpression,
    BooleanClauseList,
    ExpressionClauseList,
    Grouping,
    UnaryExpression,
)
from .simple import FALSE, TRUE, False_, True_


def and_(*clauses: Any) -> ColumnElement[bool]:
    """Return the conditions joined by AND."""
    if not clauses:
        _warn_empty("and_", "true", "True")
    made: ColumnElement[bool] = conjunction(and_op, TRUE, FALSE, [as_condition(clause) for clause in clauses])
    return made


def or_(*clauses: Any) -> ColumnElement[bool]:
    """Return the conditions joined by OR."""
    if not clauses:
        _warn_empty("or_", "false", "False")
    made: ColumnElement[bool] = conjunction(or_op, FALSE, TRUE, [as_condition(clause) for clause in clauses])
    return made


def _warn_empty(name: str, constant: str, value: str) -> None:
    warn_deprecated(
        f"Invoking {name}() without arguments is deprecated, and will be disallowed in a future release.   For an "
        f"empty {name}() construct, use '{name}({constant}(), *args)' or '{name}({value}, *args)'."
    )


def conjunction(operator: Any, neutral: Any, absorbing: Any, conditions: list[Any]) -> Any:
    """Join conditions: the neutral constant is left out, the absorbing one is the whole result.

    A constant that results is not folded again where the result is an argument itself.
    """
    kept: list[Any] = []
    dropped: Any = None
    single: Any = None
    for condition in conditions:
        if condition is absorbing:
            return _RESULTS[absorbing]
        if condition is neutral:
            dropped = _RESULTS[neutral]
        elif isinstance(condition, BooleanClauseList) and condition.operator is operator:
            kept.extend(condition.clauses)
        else:
            if condition in _FOLDED:
                condition = AsBoolean(condition, is_true, is_false)
            single = condition
            kept.append(condition.self_group(operator))
    if len(kept) > 1:
        return BooleanClauseList.of(operator, tuple(kept))
    if kept:
        return kept[0] if single is None else single
    return BooleanClauseList(operator) if dropped is None else dropped


class FoldedTrue(True_):
    """The constant true as the result of AND or OR."""

    inherit_cache: ClassVar[bool | None] = True


class FoldedFalse(False_):
    """The constant false as the result of AND or OR."""

    inherit_cache: ClassVar[bool | None] = True


_RESULTS: dict[Any, Any] = {TRUE: FoldedTrue(), FALSE: FoldedFalse()}
_FOLDED = frozenset(_RESULTS.values())
"""What AND or OR was folded to: beside other conditions it is written as one."""


def not_(clause: Any) -> ColumnElement[bool]:
    """Return the negation of a condition."""
    made: ColumnElement[bool] = negate(as_expression(clause))
    return made


def negate(element: Any) -> Any:
    """Return the negation: by the opposite operator where there is one, else NOT."""
    negated = getattr(class_of(element), "negated", None)
    if negated is not None:
        found = element.negated()
        if found is not None:
            return found
    if not element.is_condition and isinstance(element.type, Boolean) and element.is_column:
        return AsBoolean(element, is_false, is_true)
    inside = Grouping(element) if isinstance(element, (BinaryExpression, ExpressionClauseList)) else element
    return UnaryExpression(inside, operator=inv, type_=BOOLEANTYPE)


def all_of(conditions: tuple[Any, ...]) -> Any:
    """Return conditions that are conditions already joined by AND."""
    return conjunction(and_op, TRUE, FALSE, list(conditions))


makers.conjunction = lambda name, clauses: {"and_": and_, "or_": or_}[name](*clauses)
makers.invert = negate
makers.all_of = all_of
