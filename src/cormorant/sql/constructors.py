"""Functions that make expressions: casts, CASE, tuples, labels, orderings.

In: what a program writes, literals included. Out: the nodes of simple.py and operations.py.
"""

from __future__ import annotations

from typing import Any, TypeVar, overload

from ..exc import ArgumentError
from ..types import TupleType, TypeEngine, to_instance
from ..types import operators as ops
from .bind import BindParameter
from .build import operate
from .coercion import Role, as_condition, as_expression, as_ordering, clause_of, node_as_expression
from .kinds import is_mapping, is_sequence
from .makers import makers
from .operations import BinaryExpression, CollectionAggregate, Tuple, UnaryExpression
from .simple import NULL, Case, Cast, Extract, Label, TryCast, TypeCoerce

T = TypeVar("T")


def as_typed(value: Any, type_: Any) -> Any:
    """Return an expression; a literal gets the given type."""
    node = clause_of(value)
    if node is None:
        return BindParameter(None, value, to_instance(type_), unique=True)
    return node_as_expression(node, value)


def as_cast(value: Any, type_: Any) -> Any:
    """Return an expression of a type; None is NULL, unless the type makes something else of it."""
    if value is None and not to_instance(type_).should_evaluate_none:
        return NULL
    return as_typed(value, type_)


def label(name: str, element: Any, type_: Any = None) -> Label[Any]:
    """Return an expression under a name."""
    return Label(name, as_expression(element), type_)


@overload
def cast(expression: Any, type_: type[TypeEngine[T]] | TypeEngine[T]) -> Cast[T]: ...
@overload
def cast(expression: Any, type_: Any) -> Cast[Any]: ...
def cast(expression: Any, type_: Any) -> Cast[Any]:
    """Return `CAST(expression AS type)`."""
    return Cast(as_cast(expression, type_), type_)


def try_cast(expression: Any, type_: Any) -> TryCast[Any]:
    """Return a cast that yields NULL where it fails."""
    return TryCast(as_cast(expression, type_), type_)


def type_coerce(expression: Any, type_: Any) -> Any:
    """Return an expression that Python code treats as of a type, without a CAST in SQL."""
    node = as_cast(expression, type_)
    if node.is_bind:
        return node.with_type(to_instance(type_))
    return TypeCoerce(node, type_)


def case(*whens: Any, value: Any = None, else_: Any = None) -> Case[Any]:
    """Return a CASE: pairs of condition and result, or a mapping of values to results together with `value`."""
    if len(whens) == 1 and isinstance(whens[0], (list, set)):
        raise ArgumentError(
            'The "whens" argument to case(), when referring to a sequence of items, is now passed as a series of '
            "positional elements, rather than as a list. "
        )
    pairs = _when_pairs(whens)
    as_when = as_condition if value is None else as_expression
    made = tuple([(_when(when, as_when), as_expression(result)) for when, result in pairs])
    chosen = None if value is None else as_expression(value)
    return Case(made, chosen, None if else_ is None else as_expression(else_))


def _when_pairs(whens: tuple[Any, ...]) -> list[tuple[Any, Any]]:
    pairs: list[Any] = []
    for when in whens:
        pairs.extend(when.items() if is_mapping(when) else [when])
    for pair in pairs:
        if not is_sequence(pair) or len(pair) != 2:
            raise ArgumentError(f"case() takes pairs of condition and result, got {pair!r}")
    return pairs


def _when(when: Any, as_when: Any) -> Any:
    node = clause_of(when)
    if node is None and not isinstance(when, (bool, str)) and when is not None:
        return as_expression(when)
    if node is not None and node.is_column:
        return node.self_group()  # a column that is true or false stands as it is, as a condition too
    return as_when(when).self_group()


def Nullable(val: Any) -> Any:  # noqa: N802 - public name
    """Return the value; type checkers take it as one that may be None."""
    return val


def NotNullable(val: Any) -> Any:  # noqa: N802 - public name
    """Return the value; type checkers take it as one that is never None."""
    return val


def tuple_(*clauses: Any, types: Any = None) -> Tuple:
    """Return a row value, `(a, b)`."""
    if types is not None:
        made = [as_typed(clause, type_) for clause, type_ in zip(clauses, types, strict=True)]
        return Tuple(tuple(made), TupleType(*[to_instance(type_) for type_ in types]))
    elements = tuple([as_expression(clause) for clause in clauses])
    return Tuple(elements, TupleType(*[element.type for element in elements]))


def extract(field: str, expr: Any) -> Extract:
    """Return `EXTRACT(field FROM expr)`."""
    return Extract(field, as_expression(expr))


def between(expr: Any, lower_bound: Any, upper_bound: Any, symmetric: bool = False) -> BinaryExpression[bool]:
    """Return `expr BETWEEN lower AND upper`."""
    made: BinaryExpression[bool] = as_expression(expr).between(lower_bound, upper_bound, symmetric=symmetric)
    return made


def collate(expression: Any, collation: str, collation_schema: str | None = None) -> BinaryExpression[str]:
    """Return `expression COLLATE collation`."""
    made: BinaryExpression[str] = as_expression(expression).collate(collation, collation_schema)
    return made


def distinct(expr: Any) -> UnaryExpression[Any]:
    """Return `DISTINCT expr`, for use inside an aggregate."""
    made: UnaryExpression[Any] = operate(as_expression(expr), ops.distinct_op)
    return made


def bitwise_not(expr: Any) -> UnaryExpression[Any]:
    """Return `~expr`."""
    made: UnaryExpression[Any] = operate(as_expression(expr), ops.bitwise_not_op)
    return made


def any_(expr: Any) -> CollectionAggregate[bool]:
    """Return `ANY (expr)` for the right side of a comparison."""
    return _aggregate(expr, ops.any_op)


def all_(expr: Any) -> CollectionAggregate[bool]:
    """Return `ALL (expr)` for the right side of a comparison."""
    return _aggregate(expr, ops.all_op)


def _aggregate(expr: Any, op: Any) -> CollectionAggregate[bool]:
    made: CollectionAggregate[bool] = operate(as_expression(expr), op)
    return made


def _ordered(column: Any, op: Any) -> UnaryExpression[Any]:
    return UnaryExpression(as_ordering(column, Role.BY_OF), modifier=op)


def asc(column: Any) -> UnaryExpression[Any]:
    """Return `column ASC`."""
    return _ordered(column, ops.asc_op)


def desc(column: Any) -> UnaryExpression[Any]:
    """Return `column DESC`."""
    return _ordered(column, ops.desc_op)


def nulls_first(column: Any) -> UnaryExpression[Any]:
    """Return `column NULLS FIRST`."""
    return _ordered(column, ops.nulls_first_op)


def nulls_last(column: Any) -> UnaryExpression[Any]:
    """Return `column NULLS LAST`."""
    return _ordered(column, ops.nulls_last_op)


nullsfirst, nullslast = nulls_first, nulls_last
makers.label = Label
makers.cast = cast
