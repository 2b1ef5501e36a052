"""Operators: which expression an operator and its operands yield.

In: an expression, an operator, what stands beside it. Out: a new expression: type, negation and parentheses decided.
One table, `BUILDERS`, says which function builds for which operator; types say the type of the result and may replace
the operator (`+` of strings is `||`), see `TypeEngine.result_type` and `adapt_operator`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from ..exc import ArgumentError
from ..types import BOOLEANTYPE, MATCHTYPE, NULLTYPE, to_instance
from ..types import operators as ops
from ..util import immutabledict, warn
from .bind import BindParameter
from .clause import ClauseElement
from .coercion import Role, as_condition, clause_of, constant, node_as_expression
from .column import ColumnElement
from .kinds import class_of, is_listable, is_sequence
from .logic import and_, negate, or_
from .makers import makers
from .operations import (
    BinaryExpression,
    BooleanClauseList,
    ClauseList,
    CollectionAggregate,
    Grouping,
    Slice,
    Tuple,
    UnaryExpression,
    arithmetic,
)
from .operator_classes import CLASSES, check_operator
from .recipes import LITERALS, PLAIN_CLASSES, can_remember, recipe_of, remember_shape
from .selectbase import SelectGrouping
from .simple import CollationClause, False_, Null, True_

Builder = Callable[..., Any]

NEGATIONS: dict[Any, Any] = {
    ops.eq: ops.ne,
    ops.lt: ops.ge,
    ops.gt: ops.le,
    ops.is_: ops.is_not,
    ops.is_distinct_from: ops.is_not_distinct_from,
    ops.like_op: ops.not_like_op,
    ops.ilike_op: ops.not_ilike_op,
    ops.in_op: ops.not_in_op,
    ops.between_op: ops.not_between_op,
    ops.contains_op: ops.not_contains_op,
    ops.icontains_op: ops.not_icontains_op,
    ops.startswith_op: ops.not_startswith_op,
    ops.istartswith_op: ops.not_istartswith_op,
    ops.endswith_op: ops.not_endswith_op,
    ops.iendswith_op: ops.not_iendswith_op,
    ops.match_op: ops.not_match_op,
    ops.regexp_match_op: ops.not_regexp_match_op,
}
NEGATIONS.update({negation: operator for operator, negation in list(NEGATIONS.items())})

_NULL_OPERATORS = {ops.eq: ops.is_, ops.ne: ops.is_not, ops.is_: ops.is_, ops.is_not: ops.is_not}
_DISTINCT_OPERATORS = {ops.is_distinct_from, ops.is_not_distinct_from}


def operate(expression: Any, op: Any, *other: Any, reverse: bool = False, **options: Any) -> Any:
    """Return the expression that an operator yields."""
    builder: Builder = BUILDERS.get(op) or (build_custom if isinstance(op, ops.custom_op) else build_unsupported)
    if op in CLASSES or builder is build_custom:
        check_operator(op, expression.type)
    return builder(expression, op, *other, reverse=reverse, **options)


def bind_stem(expression: Any) -> str:
    """Return the stem of the name of a literal beside an expression: the column's name, the function's, or `param`."""
    stem: str = getattr(expression, "bind_stem", "param")
    return stem


def literal_beside(expression: Any, op: Any, value: Any, type_: Any = None) -> BindParameter[Any]:
    """Return a literal as the bind parameter that stands beside an expression."""
    bind: BindParameter[Any] = BindParameter.__new__(BindParameter)
    bind.stem = bind_stem(expression)
    bind.value = value
    bind.type = expression.type.coerce_compared_value(op, value) if type_ is None else type_
    return bind


def quick_literal(expression: Any, op: Any, value: Any) -> BindParameter[Any]:
    """Return a literal beside an expression; beside a column its shape is known from the last time."""
    bind = literal_beside(expression, op, value)
    if expression.is_table_column:
        remember_shape(expression, bind, "beside")
    return bind


def operand(expression: Any, op: Any, value: Any) -> Any:
    """Return what stands beside an expression: a node, or a literal as a bind parameter."""
    node = value if isinstance(value, ClauseElement) else clause_of(value)
    if node is None:
        if isinstance(expression, Tuple) and is_sequence(value):
            return _tuple_beside(expression, op, value)
        return quick_literal(expression, op, value)
    if node.is_bind and node.type is NULLTYPE:
        return node.with_type(expression.type.coerce_compared_value(op, node.value))
    return node_as_expression(node, value, Role.EXPRESSION)


def _tuple_beside(expression: Tuple, op: Any, values: Sequence[Any]) -> Tuple:
    """Return the values beside a row value as a row value."""
    if len(values) != len(expression.clauses):
        raise ArgumentError(f"a tuple of {len(expression.clauses)} columns was compared with {values!r}")
    made = tuple([_typed_literal(column, op, value) for column, value in zip(expression.clauses, values, strict=True)])
    return Tuple(made, expression.type)


def _typed_literal(column: Any, op: Any, value: Any) -> Any:
    node = clause_of(value)
    if node is not None:
        return node_as_expression(node, value)
    return BindParameter(None, value, column.type.coerce_compared_value(op, value), unique=True)


def build_comparison(
    expression: Any, op: Any, other: Any, reverse: bool = False, mirrored: bool = False, **_: Any
) -> Any:
    """`=`, `<`, `IS`, `IS DISTINCT FROM` and their like."""
    if other is None or isinstance(other, (bool, Null, True_, False_)):
        if mirrored and (other is None or isinstance(other, Null)):
            return compared(expression, op, constant(None), reverse=True)
        return _compare_constant(expression, op, other)
    right = operand(expression, op, other)
    made = compared(expression, op, right, reverse or mirrored)
    if type(other) in LITERALS and not reverse and not mirrored and can_remember(expression, right):
        expression._recipes[op, type(other)] = recipe_of(made)
    return made


def compared(expression: Any, op: Any, right: Any, reverse: bool = False, modifiers: Any = None) -> Any:
    """Return the comparison of two expressions."""
    type_ = expression.type.result_type(op, right.type if right.is_column else NULLTYPE)
    if reverse:
        expression, right, op = right, expression, ops.mirror(op)
    negation = None if isinstance(right, CollectionAggregate) else NEGATIONS.get(op)  # NOT (x > ANY ..) is no x <= ANY
    return BinaryExpression(expression, right, op, type_, negation, modifiers)


def _compare_constant(expression: Any, op: Any, other: Any) -> BinaryExpression[bool]:
    """Compare with NULL, true or false: `IS NULL`, but `= true`."""
    node = other if isinstance(other, ClauseElement) else constant(other)
    if op in _DISTINCT_OPERATORS or (op in (ops.eq, ops.ne) and isinstance(node, (True_, False_))):
        return BinaryExpression(expression, node, op, BOOLEANTYPE, NEGATIONS.get(op))
    operator = _NULL_OPERATORS.get(op)
    if operator is None:
        raise ArgumentError(
            "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' operators can be "
            "used with None/True/False"
        )
    return BinaryExpression(expression, node, operator, BOOLEANTYPE, NEGATIONS[operator])


def build_binary(expression: Any, op: Any, other: Any, reverse: bool = False, **_: Any) -> ColumnElement[Any]:
    """Arithmetic, concatenation, bitwise operators."""
    right = operand(expression, op, other)
    left = expression
    if reverse:
        left, right = right, left
    right_type = right.type if right.is_column else NULLTYPE
    left_type = left.type if left.is_column else NULLTYPE
    type_ = left_type.result_type(op, right_type)
    operator = left_type.adapt_operator(op, right_type)
    return arithmetic(operator, left, right, type_)


def build_custom(
    expression: Any,
    op: Any,
    other: Any,
    reverse: bool = False,
    mirrored: bool = False,
    result_type: Any = None,
    **_: Any,
) -> BinaryExpression[Any]:
    """An operator given as text; what it yields says the call, or the operator and the types."""
    right = operand(expression, op, other)
    left = expression
    if reverse or mirrored:
        left, right = right, left
    if result_type is not None:
        return BinaryExpression(left, right, op, to_instance(result_type))
    type_ = expression.type.result_type(op, right.type if right.is_column else NULLTYPE)
    return BinaryExpression(left, right, op, type_)


def build_like(
    expression: Any,
    op: Any,
    other: Any,
    reverse: bool = False,
    escape: str | None = None,
    mirrored: bool = False,
    **_: Any,
) -> BinaryExpression[bool]:
    """LIKE and ILIKE."""
    if other is None or isinstance(other, (bool, Null, True_, False_)):
        return _compare_constant(expression, op, other)
    modifiers = None if escape is None else immutabledict({"escape": escape})
    right = operand(expression, op, other)
    return compared(expression, op, right, reverse or mirrored, modifiers)  # type: ignore[no-any-return]


def build_part(
    expression: Any,
    op: Any,
    other: Any,
    reverse: bool = False,
    escape: str | None = None,
    autoescape: bool = False,
    **_: Any,
) -> BinaryExpression[bool]:
    """`contains`, `startswith`, `endswith` and their like: LIKE with wildcards put around."""
    if autoescape:
        if autoescape is not True:
            raise ArgumentError("autoescape is True or False; give the character as escape")
        if not isinstance(other, str):
            raise TypeError("String value expected when autoescape=True")
        escape = escape or "/"
        other = _escaped(other, escape)
    modifiers = None if escape is None else immutabledict({"escape": escape})
    return compared(expression, op, operand(expression, op, other), reverse, modifiers)  # type: ignore[no-any-return]


def _escaped(text: str, escape: str) -> str:
    for character in dict.fromkeys((escape, "%", "_")):
        text = text.replace(character, escape + character)
    return text


def build_between(
    expression: Any, op: Any, lower: Any, upper: Any, symmetric: bool = False, **_: Any
) -> BinaryExpression[bool]:
    """`BETWEEN .. AND ..`."""
    both = [_bound(operand(expression, op, bound)) for bound in (lower, upper)]
    bounds = ClauseList(*both, operator=ops.and_, group=False, group_contents=False)
    modifiers = immutabledict({"symmetric": True}) if symmetric else None
    return BinaryExpression(expression, bounds, op, NULLTYPE, NEGATIONS[op], modifiers)


def _bound(node: Any) -> Any:
    """Return a bound of BETWEEN; only AND and OR need parentheses there."""
    return node.self_group(ops.and_) if isinstance(node, BooleanClauseList) else node


def build_in(expression: Any, op: Any, other: Any, **_: Any) -> BinaryExpression[bool]:
    """`IN`: a list (one bind of any length), expressions, a subquery, a bind parameter."""
    right = _in_operand(expression, op, other)
    return BinaryExpression(expression, right, op, BOOLEANTYPE, NEGATIONS[op])


def _in_operand(expression: Any, op: Any, other: Any) -> Any:
    node = other if isinstance(other, ClauseElement) else clause_of(other)
    if node is not None:
        return _node_in(expression, op, node, other)
    if not is_listable(other):
        raise ArgumentError(f"{Role.IN.value} expected, got {other!r}.")
    values = list(other)
    if not PLAIN_CLASSES.issuperset(map(class_of, values)) and any(clause_of(value) is not None for value in values):
        return ClauseList(*[operand(expression, op, value) for value in values])
    return expanding_bind(expression, op, values)


def expanding_bind(expression: Any, op: Any, values: list[Any]) -> BindParameter[Any]:
    """Return a list as one bind parameter, rendered as so many as it has values when it is executed."""
    sample = next((value for value in values if value is not None), None)
    bind = literal_beside(expression, op, values, expression.type.coerce_compared_value(op, sample))
    bind.expanding = True
    bind.expand_op = op
    if expression.is_table_column:
        remember_shape(expression, bind, op)
    return bind


def _node_in(expression: Any, op: Any, node: Any, other: Any) -> Any:
    if node.is_bind:
        type_ = expression.type if node.type is NULLTYPE else node.type
        return node._copy(expanding=True, expand_op=op, type=type_)
    if node.is_select_statement:
        return SelectGrouping(node)
    if hasattr(node, "as_in_operand"):
        return node.as_in_operand()
    if node.is_from_clause or (node.is_column and node.supports_execution):
        warn(
            f"Coercing {type(node).__name__} object into a select() for use in IN(); please pass a select() construct "
            "explicitly"
        )
        return SelectGrouping(makers.select(node))
    if node.is_text or isinstance(node, (ClauseList, Grouping, Tuple)):
        return node.self_group(op)
    if node.is_scalar_select:
        return node
    raise ArgumentError(f"{Role.IN.value} expected, got {other!r}.")


def build_conjunction(expression: Any, op: Any, other: Any, reverse: bool = False, **_: Any) -> Any:
    """AND and OR."""
    left, right = (other, expression) if reverse else (expression, other)
    return and_(left, right) if op is ops.and_ else or_(left, right)


def build_not(expression: Any, op: Any, **_: Any) -> Any:
    """NOT."""
    return negate(expression)


def build_unary(expression: Any, op: Any, **_: Any) -> UnaryExpression[Any]:
    """An operator before its operand that keeps the type."""
    return UnaryExpression(expression, operator=op, type_=expression.type)


def build_distinct(expression: Any, op: Any, **_: Any) -> UnaryExpression[Any]:
    """`DISTINCT x`."""
    return UnaryExpression(expression, operator=op, type_=expression.type)


def build_modifier(expression: Any, op: Any, **_: Any) -> UnaryExpression[Any]:
    """`x DESC`, `x NULLS FIRST`."""
    return UnaryExpression(expression, modifier=op)


def build_aggregate(expression: Any, op: Any, *other: Any, comparison: Any = None, **_: Any) -> Any:
    """`ANY (..)`, `ALL (..)`; with another operand, its comparison with the elements of an array."""
    item = getattr(expression.type, "item_type", expression.type)
    aggregate: CollectionAggregate[Any] = CollectionAggregate(expression, operator=op, type_=item)
    if not other:
        return aggregate
    node = clause_of(other[0])
    if node is None:
        type_ = item.coerce_compared_value(comparison, other[0])
        left: Any = literal_beside(expression, comparison, other[0], type_)
    else:
        left = node_as_expression(node, other[0])
    return BinaryExpression(left, aggregate, comparison, BOOLEANTYPE)


def build_collate(
    expression: Any, op: Any, collation: Any, collation_schema: str | None = None, **_: Any
) -> BinaryExpression[Any]:
    """`x COLLATE y`."""
    type_ = expression.type.with_collation(collation, collation_schema)
    return BinaryExpression(expression, CollationClause(collation, collation_schema), op, type_)


def build_match(expression: Any, op: Any, other: Any, reverse: bool = False, **options: Any) -> BinaryExpression[Any]:
    """`MATCH`."""
    right = operand(expression, op, other)
    options = {name: value for name, value in options.items() if value is not None}
    type_ = BOOLEANTYPE if op is ops.not_match_op else MATCHTYPE
    return BinaryExpression(expression, right, op, type_, NEGATIONS.get(op), immutabledict(options))


def build_regexp(
    expression: Any, op: Any, other: Any, reverse: bool = False, flags: str | None = None, **_: Any
) -> BinaryExpression[Any]:
    """A match with a regular expression."""
    modifiers = None if flags is None else immutabledict({"flags": flags})
    return BinaryExpression(expression, operand(expression, op, other), op, NULLTYPE, NEGATIONS.get(op), modifiers)


def build_regexp_replace(
    expression: Any, op: Any, pattern: Any, replacement: Any = None, flags: str | None = None, **_: Any
) -> BinaryExpression[Any]:
    """The replacement of what matches a regular expression."""
    right = ClauseList(
        operand(expression, op, pattern), operand(expression, op, replacement), operator=ops.comma_op, group=False
    )
    modifiers = None if flags is None else immutabledict({"flags": flags})
    return BinaryExpression(expression, right, op, expression.type, None, modifiers)


def build_power(expression: Any, op: Any, other: Any, reverse: bool = False, **_: Any) -> Any:
    """`x ** y` is the function pow."""
    return makers.function("pow", *((other, expression) if reverse else (expression, other)))


def build_unsupported(expression: Any, op: Any, *_: Any, **options: Any) -> Any:
    """An operator that only types of their own give a meaning."""
    raise NotImplementedError(f"Operator {op.__name__!r} is not supported on this expression")


def build_getitem(expression: Any, op: Any, other: Any, **options: Any) -> Any:
    """`x[i]`, for types that say what that yields."""
    subscript = getattr(expression.type, "subscript", None)
    if subscript is None:
        return build_unsupported(expression, op)
    operator, index, index_type, type_ = subscript(other)
    if type_ is getattr(expression.type, "impl_instance", None):
        type_ = expression.type
    if isinstance(index, slice):
        return BinaryExpression(
            expression, _slice_of(expression, operator, cast("Any", index), index_type), operator, type_
        )
    node = clause_of(index)
    right = literal_beside(expression, operator, index, index_type) if node is None else node_as_expression(node, index)
    return BinaryExpression(expression, right, operator, type_)


def _slice_of(expression: Any, operator: Any, index: slice, type_: Any) -> Slice:
    """Return the bounds of a slice; one that is not given is NULL."""
    bounds: list[Any] = []
    for bound in (index.start, index.stop, index.step):
        node = clause_of(bound)
        if node is not None:
            bounds.append(node_as_expression(node, bound))
        else:
            bounds.append(constant(None) if bound is None else _end_of_slice(expression, bound, type_))
    return Slice(*bounds)


def _end_of_slice(expression: Any, value: Any, type_: Any) -> BindParameter[Any]:
    is_column = expression.is_table_column
    return BindParameter(bind_stem(expression) if is_column else None, value, type_, unique=True)


def build_truth(expression: Any, op: Any, **_: Any) -> Any:
    """An expression as a condition."""
    return as_condition(expression) if op is ops.is_true else negate(expression)


BUILDERS: dict[Any, Builder] = {
    **dict.fromkeys((ops.eq, ops.ne, ops.lt, ops.le, ops.gt, ops.ge), build_comparison),
    **dict.fromkeys((ops.is_, ops.is_not, ops.is_distinct_from, ops.is_not_distinct_from), build_comparison),
    **dict.fromkeys((ops.add, ops.sub, ops.mul, ops.truediv, ops.floordiv, ops.mod, ops.concat_op), build_binary),
    **dict.fromkeys((ops.bitwise_and_op, ops.bitwise_or_op, ops.bitwise_xor_op), build_binary),
    **dict.fromkeys((ops.bitwise_lshift_op, ops.bitwise_rshift_op), build_binary),
    **dict.fromkeys((ops.like_op, ops.not_like_op, ops.ilike_op, ops.not_ilike_op), build_like),
    **dict.fromkeys((ops.contains_op, ops.not_contains_op, ops.icontains_op, ops.not_icontains_op), build_part),
    **dict.fromkeys((ops.startswith_op, ops.not_startswith_op), build_part),
    **dict.fromkeys((ops.istartswith_op, ops.not_istartswith_op), build_part),
    **dict.fromkeys((ops.endswith_op, ops.not_endswith_op, ops.iendswith_op, ops.not_iendswith_op), build_part),
    **dict.fromkeys((ops.between_op, ops.not_between_op), build_between),
    **dict.fromkeys((ops.in_op, ops.not_in_op), build_in),
    **dict.fromkeys((ops.and_, ops.or_), build_conjunction),
    **dict.fromkeys((ops.neg, ops.bitwise_not_op), build_unary),
    **dict.fromkeys((ops.desc_op, ops.asc_op, ops.nulls_first_op, ops.nulls_last_op), build_modifier),
    **dict.fromkeys((ops.any_op, ops.all_op), build_aggregate),
    **dict.fromkeys((ops.match_op, ops.not_match_op), build_match),
    **dict.fromkeys((ops.regexp_match_op, ops.not_regexp_match_op), build_regexp),
    **dict.fromkeys((ops.lshift, ops.rshift, ops.matmul, ops.contains), build_unsupported),
    **dict.fromkeys((ops.is_true, ops.is_false), build_truth),
    ops.getitem: build_getitem,
    ops.regexp_replace_op: build_regexp_replace,
    ops.inv: build_not,
    ops.distinct_op: build_distinct,
    ops.collate: build_collate,
    ops.pow_: build_power,
}

makers.operate = operate
