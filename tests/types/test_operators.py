"""Operators: what the mixins call, precedence, facts, and operators given as text."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant.types import operators as ops


class Recorder(ops.ColumnOperators):
    """Returns what it was asked."""

    def operate(self, op: Any, *other: Any, **kwargs: Any) -> Any:
        return op, other, kwargs

    def reverse_operate(self, op: Any, other: Any, **kwargs: Any) -> Any:
        return "reversed", op, other


x = Recorder()


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (x + 1, (ops.add, (1,), {})),
        (1 + x, ("reversed", ops.add, 1)),
        (x == None, (ops.eq, (None,), {})),  # noqa: E711 - the comparison under test
        (-x, (ops.neg, (), {})),
        (~x, (ops.inv, (), {})),
        (x & 1, (ops.and_, (1,), {})),
        (x[1], (ops.getitem, (1,), {})),
        (x**2, (ops.pow_, (2,), {})),
        (x.like("a", "/"), (ops.like_op, ("a",), {"escape": "/"})),
        (x.notin_([1]), (ops.not_in_op, ([1],), {})),
        (x.between(1, 2), (ops.between_op, (1, 2), {"symmetric": False})),
        (x.startswith("a", autoescape=True), (ops.startswith_op, ("a",), {"escape": None, "autoescape": True})),
        (x.nullslast(), (ops.nulls_last_op, (), {})),
        (x.collate("de"), (ops.collate, ("de",), {"collation_schema": None})),
        (ops.concat_op(1, x), ("reversed", ops.concat_op, 1)),
        (ops.icontains_op(x, "a%b_/", autoescape=True), (ops.icontains_op, ("a/%b/_//",), {"escape": "/"})),
    ],
)
def test_methods_end_in_operate(made: Any, expected: Any) -> None:
    assert made == expected


@pytest.mark.parametrize(
    ("operator", "against", "needs_parentheses"),
    [
        (ops.add, ops.mul, True),
        (ops.mul, ops.add, False),
        (ops.add, ops.add, False),
        (ops.sub, ops.sub, True),
        (ops.or_, ops.and_, True),
        (ops.and_, ops.or_, False),
        (ops.eq, ops.and_, False),
        (ops.eq, ops.eq, True),
        (ops.custom_op("->"), ops.or_, True),
        (ops.custom_op("->", precedence=9), ops.add, False),
        (ops.getitem, ops.getitem, False),
    ],
)
def test_precedence(operator: Any, against: Any, needs_parentheses: bool) -> None:
    assert ops.is_precedent(operator, against) is needs_parentheses


def test_facts() -> None:
    assert ops.is_comparison(ops.like_op)
    assert not ops.is_comparison(ops.add)
    assert ops.is_boolean(ops.and_)
    assert ops.is_commutative(ops.mul)
    assert ops.mirror(ops.lt) is ops.gt
    assert ops.is_order_by_modifier(ops.desc_op)


def test_custom_operators_are_equal_by_content() -> None:
    assert ops.custom_op("->") == ops.custom_op("->")
    assert hash(ops.custom_op("->")) == hash(ops.custom_op("->"))
    assert ops.custom_op("->") != ops.custom_op("->", precedence=1)
    operator, other, _ = x.op("->", is_comparison=True)(5)
    assert (operator.opstring, operator.is_comparison, other) == ("->", True, (5,))


def test_operators_of_sql_alone_cannot_be_called() -> None:
    with pytest.raises(TypeError, match="exists in SQL only"):
        ops.exists()
