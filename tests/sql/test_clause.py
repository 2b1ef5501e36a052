"""What every element can do, and what it refuses."""

from __future__ import annotations

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.sql import lambda_stmt, select, text
from tests.sql.tables import S, a, b


def test_elements_have_no_truth_value() -> None:
    for element in (a.c.id, a.c.id < 5, S, a, text("x")):
        with pytest.raises(TypeError, match="Boolean value of this clause is not defined"):
            bool(element)


def test_equality_of_columns_has_one() -> None:
    assert bool(a.c.id == a.c.id)
    assert not bool(a.c.id == b.c.id)
    assert bool(a.c.id != b.c.id)
    assert a.c.x in [a.c.id, a.c.x]


def test_unknown_attribute_is_named() -> None:
    with pytest.raises(AttributeError, match="Neither 'Column' object nor 'Comparator' object has an attribute 'nope'"):
        a.c.id.nope  # noqa: B018
    with pytest.raises(AttributeError, match="'Select' object has no attribute 'nope'"):
        S.nope  # noqa: B018


def test_options_takes_options_only() -> None:
    with pytest.raises(ArgumentError, match="ExecutionOption Core or ORM object expected"):
        S.options("x")


def test_execution_options_are_added_and_kept() -> None:
    statement = S.execution_options(x=1).execution_options(y=2).where(a.c.id == 1)
    assert statement.get_execution_options() == {"x": 1, "y": 2}
    assert S.get_execution_options() == {}
    with pytest.raises(ArgumentError, match="isolation_level"):
        S.execution_options(isolation_level="SERIALIZABLE")


def test_execution_options_are_no_part_of_the_structure() -> None:
    assert S.execution_options(x=1).shape is S.execution_options(x=2).shape
    assert S.execution_options(x=1).shape is S.shape


def test_scalar_subquery_has_no_columns() -> None:
    with pytest.raises(InvalidRequestError, match="Scalar Select expression has no columns"):
        S.scalar_subquery().c  # noqa: B018


def test_functions_stand_for_what_they_return() -> None:
    assert str(select(a.c.id).where(lambda: a.c.x == 5)).endswith("WHERE a.x = :x_1")
    statement = lambda_stmt(lambda: select(a.c.id)) + (lambda s: s.where(a.c.x == 5))
    assert str(statement).endswith("WHERE a.x = :x_1")
