"""Comparisons of a column with a literal, made again without deciding anything.

In: a comparison that was built by the operators' rules. Out: a function of a column and a value which makes the same
comparison with another value: types, shapes, negation and the name of the bind are known. Columns keep such functions
by operator and class of the value; the function steps aside where the column's type has been replaced since.
"""

from __future__ import annotations

import datetime
import decimal
import uuid
from collections.abc import Callable
from typing import Any

from ..types import literal_type
from .bind import BindParameter
from .column import has_plain_operators
from .operations import BinaryExpression

LITERALS = frozenset(
    {int, str, float, bytes, decimal.Decimal, datetime.date, datetime.datetime, datetime.time, uuid.UUID}
)
"""Classes whose values all get the same type beside a column, unless the column's type is a program's own."""

PLAIN_CLASSES = LITERALS | {bool, type(None)}
"""Classes whose values are never expressions."""

RECIPE_LIMIT = 200
"""How much a column remembers; types that a program makes anew each time would fill it without end."""

_new = object.__new__


def can_remember(column: Any, bind: BindParameter[Any]) -> bool:
    """Tell whether comparisons of a column depend on the class of the value only, or the size of an integer."""
    return (
        column.is_table_column
        and (bind.type is column.type or type(bind.value) is not int or bind.type is literal_type(bind.value))
        and has_plain_operators(column.type)
        and not column.type.is_external
    )


def remember_shape(column: Any, bind: BindParameter[Any], use: str) -> None:
    """Give a bind beside a column the shape that an equal one had before."""
    recipes = column._recipes
    known = recipes.get((use, bind.type))
    if known is None:
        if len(recipes) >= RECIPE_LIMIT:
            recipes.clear()
        recipes[use, bind.type] = bind.shape
    else:
        bind.shape = known


def recipe_of(sample: BinaryExpression[Any]) -> Callable[[Any, Any], Any]:
    """Return a function of column and value that makes comparisons like the sample."""
    operator, type_, negate, shape = sample.operator, sample.type, sample.negate, sample.shape
    column_type, refs = sample.left.type, sample.left.refs
    bind: BindParameter[Any] = sample.right
    bind_stem, bind_type, bind_shape = bind.stem, bind.type, bind.shape
    has_size = type(bind.value) is int and bind_type is not column_type

    def compare(column: Any, value: Any) -> Any:
        if column.type is not column_type or (has_size and literal_type(value) is not bind_type):
            return column.operate(operator, value)
        right = _new(BindParameter)
        right.shape = bind_shape
        right.stem = bind_stem
        right.value = value
        right.type = bind_type
        made = _new(BinaryExpression)
        made.shape = shape
        made.refs = (*refs, right) if refs else (right,)
        made.left = column
        made.right = right
        made.operator = operator
        made.type = type_
        made.negate = negate
        return made

    return compare
