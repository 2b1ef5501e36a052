"""Bind parameters: names, values, types."""

from __future__ import annotations

from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.exc import ArgumentError
from cormorant.sql import bindparam, literal, select
from cormorant.types import BigInteger, Integer, NullType, String
from tests.sql.tables import a


def test_named_parameter_has_its_name_and_is_required() -> None:
    bind = bindparam("q")
    assert (bind.key, bind.unique, bind.required, bind.value) == ("q", False, True, None)
    assert bindparam("q", None).required is False


def test_unique_parameters_have_keys_of_their_own() -> None:
    one, other = bindparam("q", 1, unique=True), bindparam("q", 2, unique=True)
    assert one.key != other.key
    assert str(select(a).where(a.c.id == one, a.c.x == other)).endswith("a.id = :q_1 AND a.x = :q_2")


@pytest.mark.parametrize(
    ("value", "kind"),
    [(5, Integer), (2**40, BigInteger), ("x", String), (None, NullType), (object(), NullType)],
)
def test_type_of_a_literal(value: Any, kind: type[Any]) -> None:
    assert type(literal(value).type) is kind


def test_parameter_takes_the_type_of_the_other_side() -> None:
    assert type((a.c.name == bindparam("q")).right.type) is String
    assert type((a.c.name == bindparam("q", type_=Integer)).right.type) is Integer


def test_value_may_come_from_a_function_later() -> None:
    values = iter([1, 2])
    bind = bindparam("q", callable_=lambda: next(values))
    assert (bind.effective_value, bind.effective_value) == (1, 2)
    assert bind.required is False


def test_params_replaces_values_by_name() -> None:
    statement = select(a).where(a.c.id == bindparam("q"), a.c.x == bindparam("q"))
    assert dict(statement.params(q=7).compile().params) == {"q": 7}
    assert dict(statement.compile().params) == {"q": None}


def test_unique_params_makes_parameters_unique() -> None:
    statement = select(a).where(a.c.id == bindparam("q"))
    assert str(statement.unique_params(q=7)).endswith("a.id = :q_1")


def test_literal_refuses_expressions() -> None:
    with pytest.raises(ArgumentError, match="Literal Python value expected"):
        literal(a.c.id)
