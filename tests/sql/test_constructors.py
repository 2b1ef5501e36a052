# ruff: noqa: E712 - comparisons and signs of SQL expressions

"""CASE, CAST, tuples, orderings and their like. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import (
    between,
    bindparam,
    case,
    cast,
    collate,
    column,
    desc,
    distinct,
    extract,
    label,
    literal,
    literal_column,
    null,
    nulls_last,
    select,
    true,
    tuple_,
    type_coerce,
)
from cormorant.sql.operators import custom_op
from cormorant.types import Float, Integer, Numeric, String
from tests.sql.tables import a, b

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: cast("x", Integer), "CAST(:param_1 AS INTEGER)", {"param_1": "x"}),
    (lambda: case((5, 6)), "CASE WHEN :param_1 THEN :param_2 END", {"param_1": 5, "param_2": 6}),
    (lambda: label("x", a.c.id), "a.id", {}),
    (lambda: label("x", "y"), ":param_1", {"param_1": "y"}),
    (lambda: literal(None), ":param_1", {"param_1": None}),
    (lambda: tuple_(1, a.c.id), "(:param_1, a.id)", {"param_1": 1}),
    (lambda: null(), "NULL", {}),
    (lambda: distinct("x"), "DISTINCT :param_1", {"param_1": "x"}),
    (lambda: between(a.c.id, 1, 2), "a.id BETWEEN :id_1 AND :id_2", {"id_1": 1, "id_2": 2}),
    (lambda: collate(a.c.name, "x"), "a.name COLLATE x", {}),
    (lambda: collate("x", "y"), ":param_1 COLLATE y", {"param_1": "x"}),
    (lambda: extract("year", "x"), "EXTRACT(year FROM :param_1)", {"param_1": "x"}),
    (lambda: type_coerce("x", Integer), ":param_1", {"param_1": "x"}),
    (lambda: tuple_(a.c.id, a.c.x).in_([(1, 2)]), "(a.id, a.x) IN (__[POSTCOMPILE_param_1])", {"param_1": [(1, 2)]}),
    (lambda: literal(5) + 3, ":param_1 + :param_2", {"param_1": 5, "param_2": 3}),
    (lambda: literal("a") + "b", ":param_1 || :param_2", {"param_1": "a", "param_2": "b"}),
    (lambda: cast("5", Integer) + 1, "CAST(:param_1 AS INTEGER) + :param_2", {"param_1": "5", "param_2": 1}),
    (lambda: nulls_last(desc(a.c.x)), "a.x DESC NULLS LAST", {}),
    (lambda: extract("year", a.c.x) == 5, "EXTRACT(year FROM a.x) = :param_1", {"param_1": 5}),
    (
        lambda: case((a.c.x == 1, "a"), else_="b"),
        "CASE WHEN (a.x = :x_1) THEN :param_1 ELSE :param_2 END",
        {"x_1": 1, "param_1": "a", "param_2": "b"},
    ),
    (
        lambda: case({"x": "y"}, value=a.c.name, else_=null()),
        "CASE a.name WHEN :param_1 THEN :param_2 ELSE NULL END",
        {"param_1": "x", "param_2": "y"},
    ),
    (lambda: case((a.c.x == 1, a.c.name)), "CASE WHEN (a.x = :x_1) THEN a.name END", {"x_1": 1}),
    (lambda: case(), "CASE END", {}),
    (lambda: case((a.c.x == 5, literal_column("'x'"))), "CASE WHEN (a.x = :x_1) THEN 'x' END", {"x_1": 5}),
    (lambda: collate(a.c.name, "C").desc(), 'a.name COLLATE "C" DESC', {}),
    (lambda: cast(a.c.x, Numeric(10, 2)), "CAST(a.x AS NUMERIC(10, 2))", {}),
    (lambda: cast(a.c.x, String(30)) + "x", "CAST(a.x AS VARCHAR(30)) || :param_1", {"param_1": "x"}),
    (lambda: type_coerce(a.c.name, Integer) + 3, "a.name + :param_1", {"param_1": 3}),
    (
        lambda: case((a.c.x == 1, "a"), (a.c.x == 2, "b"), else_="c"),
        ("CASE WHEN (a.x = :x_1) THEN :param_1 WHEN (a.x = :x_2) THEN :param_2 ELSE :param_3 END"),
        {"x_1": 1, "param_1": "a", "x_2": 2, "param_2": "b", "param_3": "c"},
    ),
    (
        lambda: case((a.c.x == 1, "a"), else_=None),
        "CASE WHEN (a.x = :x_1) THEN :param_1 END",
        {"x_1": 1, "param_1": "a"},
    ),
    (
        lambda: case({1: "a", 2: "b"}, value=a.c.x, else_="z"),
        ("CASE a.x WHEN :param_1 THEN :param_2 WHEN :param_3 THEN :param_4 ELSE :param_5 END"),
        {"param_1": 1, "param_2": "a", "param_3": 2, "param_4": "b", "param_5": "z"},
    ),
    (
        lambda: case((a.c.x == 1, a.c.id), else_=a.c.x) + 5,
        "CASE WHEN (a.x = :x_1) THEN a.id ELSE a.x END + :param_1",
        {"x_1": 1, "param_1": 5},
    ),
    (lambda: extract("month", a.c.x) + 1, "EXTRACT(month FROM a.x) + :param_1", {"param_1": 1}),
    (lambda: tuple_(a.c.id, a.c.x) == tuple_(b.c.id, b.c.a_id), "(a.id, a.x) = (b.id, b.a_id)", {}),
    (lambda: tuple_(a.c.id, a.c.x) > (1, 2), "(a.id, a.x) > (:param_1, :param_2)", {"param_1": 1, "param_2": 2}),
    (lambda: tuple_(a.c.id, a.c.x).in_(select(b.c.id, b.c.a_id)), "(a.id, a.x) IN (SELECT b.id, b.a_id \nFROM b)", {}),
    (lambda: literal(5) == literal(6), ":param_1 = :param_2", {"param_1": 5, "param_2": 6}),
    (lambda: literal("x"), ":param_1", {"param_1": "x"}),
    (lambda: literal(5, String), ":param_1", {"param_1": 5}),
    (lambda: bindparam("x", 5) + 3, ":x + :param_1", {"x": 5, "param_1": 3}),
    (lambda: bindparam("x", type_=String) + bindparam("y"), ":x || :y", {"x": None, "y": None}),
    (lambda: literal_column("x") == 5, "x = :x_1", {"x_1": 5}),
    (lambda: literal_column("x", String) + "y", "x || :x_1", {"x_1": "y"}),
    (lambda: null() == 5, "NULL = :param_1", {"param_1": 5}),
    (lambda: true() == False, "true = false", {}),
    (lambda: case((a.c.flag, 1)), "CASE WHEN a.flag THEN :param_1 END", {"param_1": 1}),
    (lambda: bindparam("x") == bindparam("x"), ":x = :x", {"x": None}),
    (lambda: bindparam(None), ":param_1", {"param_1": None}),
    (lambda: bindparam("x", [1, 2], expanding=True), "(__[POSTCOMPILE_x])", {"x": [1, 2]}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


TYPES: list[tuple[Callable[[], Any], str]] = [
    (lambda: cast("x", Integer), "Integer"),
    (lambda: case((5, 6)), "Integer"),
    (lambda: label("x", a.c.id), "Integer"),
    (lambda: label("x", "y"), "String"),
    (lambda: tuple_(1, a.c.id), "TupleType"),
    (lambda: distinct("x"), "String"),
    (lambda: between(a.c.id, 1, 2), "NullType"),
    (lambda: collate(a.c.name, "x"), "String"),
    (lambda: collate("x", "y"), "String"),
    (lambda: extract("year", "x"), "Integer"),
    (lambda: type_coerce("x", Integer), "Integer"),
    (lambda: tuple_(a.c.id, a.c.x).in_([(1, 2)]), "Boolean"),
    (lambda: literal(5) + 3, "Integer"),
    (lambda: literal("a") + "b", "String"),
    (lambda: cast("5", Integer) + 1, "Integer"),
    (lambda: extract("year", a.c.x) == 5, "Boolean"),
    (lambda: case((a.c.x == 1, "a"), else_="b"), "String"),
    (lambda: case({"x": "y"}, value=a.c.name, else_=null()), "String"),
    (lambda: case((a.c.x == 1, a.c.name)), "String"),
    (lambda: cast(a.c.x, Numeric(10, 2)), "Numeric"),
    (lambda: cast(a.c.x, String(30)) + "x", "String"),
    (lambda: type_coerce(a.c.name, Integer) + 3, "Integer"),
    (lambda: case((a.c.x == 1, "a"), (a.c.x == 2, "b"), else_="c"), "String"),
    (lambda: case((a.c.x == 1, "a"), else_=None), "String"),
    (lambda: case({1: "a", 2: "b"}, value=a.c.x, else_="z"), "String"),
    (lambda: case((a.c.x == 1, a.c.id), else_=a.c.x) + 5, "Integer"),
    (lambda: extract("month", a.c.x) + 1, "Integer"),
    (lambda: tuple_(a.c.id, a.c.x) == tuple_(b.c.id, b.c.a_id), "Boolean"),
    (lambda: tuple_(a.c.id, a.c.x) > (1, 2), "Boolean"),
    (lambda: tuple_(a.c.id, a.c.x).in_(select(b.c.id, b.c.a_id)), "Boolean"),
    (lambda: literal(5) == literal(6), "Boolean"),
    (lambda: literal("x"), "String"),
    (lambda: literal(5, String), "String"),
    (lambda: bindparam("x", 5) + 3, "Integer"),
    (lambda: bindparam("x", type_=String) + bindparam("y"), "String"),
    (lambda: literal_column("x") == 5, "Boolean"),
    (lambda: literal_column("x", String) + "y", "String"),
    (lambda: null() == 5, "Boolean"),
    (lambda: true() == False, "Boolean"),
    (lambda: case((a.c.flag, 1)), "Integer"),
    (lambda: bindparam("x") == bindparam("x"), "Boolean"),
    (lambda: bindparam("x", [1, 2], expanding=True), "Integer"),
]


@pytest.mark.parametrize(("build", "name"), TYPES)
def test_type(build: Callable[[], Any], name: str) -> None:
    assert type(build().type).__name__ == name


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: bindparam("x", required=True).required, True),
    (lambda: bindparam("x").required, True),
    (lambda: bindparam("x", None).required, False),
    (lambda: bindparam("x", 5).value, 5),
    (lambda: bindparam("x", 5).key, "x"),
    (lambda: bindparam("x", 5).unique, False),
    (lambda: bindparam("x", 5).expanding, False),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer


def test_custom_operator_yields_the_type_that_the_call_names() -> None:
    made = column("a", Integer).operate(custom_op("<->"), "x", result_type=Float)
    assert isinstance(made.type, Float)
    assert isinstance(column("a", Integer).operate(custom_op("<->"), "x").type, Integer)
