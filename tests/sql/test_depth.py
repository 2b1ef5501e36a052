"""Expressions that loops put together stay flat; what is nested has its structure found however deep it is."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Float, Integer, MetaData, Table, and_, func, or_, select
from cormorant.exc import InvalidRequestError
from cormorant.sql import visitors
from cormorant.sql.expression import BinaryExpression, ExpressionClauseList
from cormorant.sql.node import statement_key

TABLE = Table("t", MetaData(), Column("x", Integer), Column("f", Float))
X, F = TABLE.c.x, TABLE.c.f
MANY = 2000

LOOPS: dict[str, tuple[Any, Callable[[Any, int], Any]]] = {
    "sum": (X, lambda made, number: made + number),
    "product": (X, lambda made, number: number * made),
    "and": (X > 0, lambda made, number: and_(made, number < X)),
    "or": (X > 0, lambda made, number: made | (number == X)),
}


def loop(name: str, count: int = MANY) -> Any:
    made, step = LOOPS[name]
    for number in range(count):
        made = step(made, number)
    return made


@pytest.mark.parametrize("name", LOOPS)
def test_loops_stay_flat(name: str) -> None:
    made = loop(name)
    assert len(made.clauses) == MANY + 1
    text = str(made)
    assert str(visitors.cloned_traverse(made, {}, {})) == text
    assert str(visitors.replacement_traverse(made, {}, lambda node: None)) == text
    assert str(made.params(x_1=5)) == text
    assert str(copy.deepcopy(made)) == text
    assert str(pickle.loads(pickle.dumps(made))) == text
    assert made.compare(loop(name))
    assert statement_key(select(made))[0] is statement_key(select(loop(name)))[0]


@pytest.mark.parametrize(
    ("made", "kind", "expected"),
    [
        (X + 1, BinaryExpression, "t.x + :x_1"),
        (X + 1 + 2, ExpressionClauseList, "t.x + :x_1 + :param_1"),
        (1 + (X + 2), ExpressionClauseList, ":param_1 + t.x + :x_1"),
        ((X + 1).self_group() + 2, ExpressionClauseList, "t.x + :x_1 + :param_1"),
        (X + 1 + F, BinaryExpression, "t.x + :x_1 + t.f"),
        (X * 2 * (X * 3), ExpressionClauseList, "t.x * :x_1 * t.x * :x_2"),
        (X * 2 * 3 + 1, BinaryExpression, "t.x * :x_1 * :param_1 + :param_2"),
        ((X + 1 + 2) * 3, BinaryExpression, "(t.x + :x_1 + :param_1) * :param_2"),
        (X - 1 - 2, BinaryExpression, "(t.x - :x_1) - :param_1"),
    ],
)
def test_associative_operators_join_lists(made: Any, kind: type, expected: str) -> None:
    assert type(made) is kind
    assert str(made) == expected


def deep(count: int) -> Any:
    made: Any = X
    for number in range(count):
        made = func.f(made, number)
    return made


def test_structure_is_found_however_deep() -> None:
    made, same, other = deep(MANY), deep(MANY), deep(MANY + 1)
    key, binds = statement_key(made)
    assert key is statement_key(same)[0]
    assert key is not statement_key(other)[0]
    assert [bind.value for bind in binds] == list(range(MANY))


def test_structure_of_deep_subqueries() -> None:
    def nested(count: int) -> Any:
        made = select(X).where(or_(X > 1, X < 2))
        for _ in range(count):
            made = select(made.subquery().c.x)
        return made

    key, binds = statement_key(nested(600))
    assert key == statement_key(nested(600))[0]
    assert key != statement_key(nested(599))[0]
    assert [bind.value for bind in binds] == [1, 2]


def test_walks_and_copies_go_however_deep() -> None:
    made = deep(MANY)
    assert sum(1 for node in visitors.iterate(made) if node.is_bind) == MANY
    replaced = visitors.replacement_traverse(made, {}, lambda node: F if node is X else None)
    cloned = visitors.cloned_traverse(made, {}, {})
    assert F in set(visitors.iterate(replaced))
    assert X not in set(visitors.iterate(cloned))
    assert sum(1 for _ in visitors.iterate(cloned)) == sum(1 for _ in visitors.iterate(made))


def test_comparison_of_what_differs_far_below() -> None:
    assert deep(MANY).compare(deep(MANY))
    made, other = deep(MANY), visitors.replacement_traverse(deep(MANY), {}, lambda node: F if node is X else None)
    with pytest.raises(InvalidRequestError, match="nested too deeply to be compared"):
        made.compare(other)


def test_a_replacement_is_not_looked_into() -> None:
    replaced = visitors.replacement_traverse(X + F, {}, lambda node: func.f(X) if node is X else None)
    assert str(replaced) == "f(t.x) + t.f"


def test_a_copy_has_one_copy_of_what_occurs_twice() -> None:
    part = func.f(X)
    made = visitors.cloned_traverse(part - part, {}, {})
    assert made.left is made.right
    assert made.left is not part
