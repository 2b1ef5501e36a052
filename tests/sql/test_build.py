# ruff: noqa: E711, E712, B002 - comparisons and signs of SQL expressions

"""Operators: text, parameters, types. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import bindparam, func, literal, literal_column, null, select
from cormorant.types import Integer, String
from tests.sql.tables import a, b

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: a.c.id.cast(Integer), "CAST(a.id AS INTEGER)", {}),
    (lambda: a.c.id == None, "a.id IS NULL", {}),
    (lambda: a.c.id != None, "a.id IS NOT NULL", {}),
    (lambda: a.c.id.is_(None), "a.id IS NULL", {}),
    (lambda: a.c.id == True, "a.id = true", {}),
    (lambda: a.c.id == null(), "a.id IS NULL", {}),
    (lambda: a.c.id.is_(True), "a.id IS true", {}),
    (lambda: a.c.id != False, "a.id != false", {}),
    (lambda: a.c.id.is_(5), "a.id IS :id_1", {"id_1": 5}),
    (lambda: a.c.id.is_distinct_from(None), "a.id IS DISTINCT FROM NULL", {}),
    (lambda: a.c.id + None, "a.id + :id_1", {"id_1": None}),
    (lambda: -a.c.id, "-a.id", {}),
    (lambda: a.c.x.between(1, 2, symmetric=True), "a.x BETWEEN SYMMETRIC :x_1 AND :x_2", {"x_1": 1, "x_2": 2}),
    (
        lambda: a.c.name.contains("a%", autoescape=True),
        "a.name LIKE '%' || :name_1 || '%' ESCAPE '/'",
        {"name_1": "a/%"},
    ),
    (lambda: a.c.name.startswith("a"), "a.name LIKE :name_1 || '%'", {"name_1": "a"}),
    (lambda: a.c.name.endswith(a.c.name), "a.name LIKE '%' || a.name", {}),
    (lambda: a.c.name.icontains("F"), "lower(a.name) LIKE '%' || lower(:name_1) || '%'", {"name_1": "F"}),
    (lambda: a.c.name.ilike("x", escape="/"), "lower(a.name) LIKE lower(:name_1) ESCAPE '/'", {"name_1": "x"}),
    (lambda: a.c.name.istartswith("x"), "lower(a.name) LIKE lower(:name_1) || '%'", {"name_1": "x"}),
    (lambda: a.c.name.match("x"), "a.name MATCH :name_1", {"name_1": "x"}),
    (lambda: a.c.name.regexp_match("x", flags="i"), "a.name <regexp> :name_1", {"name_1": "x"}),
    (
        lambda: a.c.name.regexp_replace("x", "y", flags="i"),
        "<regexp replace>(a.name, :name_1, :name_2)",
        {"name_1": "x", "name_2": "y"},
    ),
    (lambda: a.c.x.op("&")(5), "a.x & :x_1", {"x_1": 5}),
    (lambda: a.c.x.op("->", is_comparison=True)(5), "a.x -> :x_1", {"x_1": 5}),
    (lambda: a.c.x % 5, "a.x % :x_1", {"x_1": 5}),
    (lambda: a.c.x // 5, "a.x / :x_1", {"x_1": 5}),
    (lambda: a.c.x / 5, "a.x / CAST(:x_1 AS NUMERIC)", {"x_1": 5}),
    (lambda: 5 / a.c.x, ":x_1 / CAST(a.x AS NUMERIC)", {"x_1": 5}),
    (lambda: 5 - a.c.x - 3, "(:x_1 - a.x) - :param_1", {"x_1": 5, "param_1": 3}),
    (lambda: 5 - (a.c.x - 3), ":param_1 - (a.x - :x_1)", {"param_1": 5, "x_1": 3}),
    (lambda: (a.c.x + 3) * 2, "(a.x + :x_1) * :param_1", {"x_1": 3, "param_1": 2}),
    (lambda: a.c.x**2, "pow(a.x, :pow_1)", {"pow_1": 2}),
    (lambda: a.c.x.bitwise_and(5), "a.x & :x_1", {"x_1": 5}),
    (lambda: a.c.x.bitwise_not(), "~a.x", {}),
    (lambda: a.c.x.concat("x"), "a.x || :x_1", {"x_1": "x"}),
    (
        lambda: "x" + a.c.name + "y" + a.c.name,
        ":name_1 || a.name || :param_1 || a.name",
        {"name_1": "x", "param_1": "y"},
    ),
    (lambda: a.c.x.collate("q"), "a.x COLLATE q", {}),
    (lambda: a.c.id.in_([1, 2]), "a.id IN (__[POSTCOMPILE_id_1])", {"id_1": [1, 2]}),
    (lambda: a.c.id.in_([]), "a.id IN (__[POSTCOMPILE_id_1])", {"id_1": []}),
    (lambda: a.c.id.in_(select(b.c.id)), "a.id IN (SELECT b.id \nFROM b)", {}),
    (lambda: a.c.id.in_(bindparam("foo")), "a.id IN (__[POSTCOMPILE_foo])", {"foo": None}),
    (lambda: a.c.id.in_(bindparam("foo", expanding=True)), "a.id IN (__[POSTCOMPILE_foo])", {"foo": None}),
    (lambda: a.c.id.in_([1, a.c.x]), "a.id IN (:id_1, a.x)", {"id_1": 1}),
    (lambda: a.c.id.in_([1, None]), "a.id IN (__[POSTCOMPILE_id_1])", {"id_1": [1, None]}),
    (lambda: a.c.id == select(b.c.id), "a.id = (SELECT b.id \nFROM b)", {}),
    (lambda: a.c.id == {1: 2}, "a.id = :id_1", {"id_1": {1: 2}}),
    (lambda: a.c.name == "x", "a.name = :name_1", {"name_1": "x"}),
    (lambda: a.c.id == func.count(), "a.id = count(*)", {}),
    (
        lambda: (a.c.id == 1) & (a.c.x == 2) | (a.c.x == 3),
        "a.id = :id_1 AND a.x = :x_1 OR a.x = :x_2",
        {"id_1": 1, "x_1": 2, "x_2": 3},
    ),
    (lambda: (a.c.id == 1) == (a.c.x == 2), "(a.id = :id_1) = (a.x = :x_1)", {"id_1": 1, "x_1": 2}),
    (lambda: (a.c.id == 1) + 5, "(a.id = :id_1) + :param_1", {"id_1": 1, "param_1": 5}),
    (lambda: a.c.id.is_(a.c.x), "a.id IS a.x", {}),
    (lambda: a.c.id == a.c.x + 1, "a.id = a.x + :x_1", {"x_1": 1}),
    (lambda: a.c.id + a.c.x == 1, "a.id + a.x = :param_1", {"param_1": 1}),
    (lambda: a.c.name.desc().nulls_first(), "a.name DESC NULLS FIRST", {}),
    (lambda: a.c.id.asc(), "a.id ASC", {}),
    (lambda: a.c.id.distinct(), "DISTINCT a.id", {}),
    (lambda: a.c.id.in_(a), "a.id IN (SELECT a.id, a.name, a.x, a.flag \nFROM a)", {}),
    (lambda: a.c.id.in_(x for x in [1, 2]), "a.id IN (__[POSTCOMPILE_id_1])", {"id_1": [1, 2]}),
    (lambda: a.c.id.in_({1, 2}), "a.id IN (__[POSTCOMPILE_id_1])", {"id_1": [1, 2]}),
    (lambda: a.c.id.between(None, 5), "a.id BETWEEN :id_1 AND :id_2", {"id_1": None, "id_2": 5}),
    (lambda: a.c.id.cast(String) + "x", "CAST(a.id AS VARCHAR) || :param_1", {"param_1": "x"}),
    (lambda: a.c.id.contains("x"), "a.id LIKE '%' || :id_1 || '%'", {"id_1": "x"}),
    (lambda: -(a.c.x + 1), "-(a.x + :x_1)", {"x_1": 1}),
    (lambda: -(-a.c.x), "-(-a.x)", {}),
    (lambda: a.c.x.is_(literal(5)), "a.x IS :param_1", {"param_1": 5}),
    (lambda: a.c.x == literal_column("5"), "a.x = 5", {}),
    (lambda: a.select(), "SELECT a.id, a.name, a.x, a.flag \nFROM a", {}),
    (lambda: (a.c.id == 5).left, "a.id", {}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


TYPES: list[tuple[Callable[[], Any], str]] = [
    (lambda: a.c.id.cast(Integer), "Integer"),
    (lambda: a.c.id == None, "Boolean"),
    (lambda: a.c.id != None, "Boolean"),
    (lambda: a.c.id.is_(None), "Boolean"),
    (lambda: a.c.id == True, "Boolean"),
    (lambda: a.c.id == null(), "Boolean"),
    (lambda: a.c.id.is_(True), "Boolean"),
    (lambda: a.c.id != False, "Boolean"),
    (lambda: a.c.id.is_(5), "Boolean"),
    (lambda: a.c.id.is_distinct_from(None), "Boolean"),
    (lambda: a.c.id + None, "Integer"),
    (lambda: -a.c.id, "Integer"),
    (lambda: a.c.x.between(1, 2, symmetric=True), "Boolean"),
    (lambda: a.c.name.contains("a%", autoescape=True), "Boolean"),
    (lambda: a.c.name.startswith("a"), "Boolean"),
    (lambda: a.c.name.endswith(a.c.name), "Boolean"),
    (lambda: a.c.name.icontains("F"), "Boolean"),
    (lambda: a.c.name.ilike("x", escape="/"), "Boolean"),
    (lambda: a.c.name.istartswith("x"), "Boolean"),
    (lambda: a.c.name.match("x"), "MatchType"),
    (lambda: a.c.name.regexp_match("x", flags="i"), "Boolean"),
    (lambda: a.c.name.regexp_replace("x", "y", flags="i"), "String"),
    (lambda: a.c.x.op("&")(5), "Integer"),
    (lambda: a.c.x.op("->", is_comparison=True)(5), "Boolean"),
    (lambda: a.c.x % 5, "Integer"),
    (lambda: a.c.x // 5, "Integer"),
    (lambda: a.c.x / 5, "Numeric"),
    (lambda: 5 / a.c.x, "Numeric"),
    (lambda: 5 - a.c.x - 3, "Integer"),
    (lambda: 5 - (a.c.x - 3), "Integer"),
    (lambda: (a.c.x + 3) * 2, "Integer"),
    (lambda: a.c.x**2, "Integer"),
    (lambda: a.c.x.bitwise_and(5), "Integer"),
    (lambda: a.c.x.bitwise_not(), "Integer"),
    (lambda: a.c.x.concat("x"), "Integer"),
    (lambda: "x" + a.c.name + "y" + a.c.name, "String"),
    (lambda: a.c.x.collate("q"), "Integer"),
    (lambda: a.c.id.in_([1, 2]), "Boolean"),
    (lambda: a.c.id.in_([]), "Boolean"),
    (lambda: a.c.id.in_(select(b.c.id)), "Boolean"),
    (lambda: a.c.id.in_(bindparam("foo")), "Boolean"),
    (lambda: a.c.id.in_(bindparam("foo", expanding=True)), "Boolean"),
    (lambda: a.c.id.in_([1, a.c.x]), "Boolean"),
    (lambda: a.c.id.in_([1, None]), "Boolean"),
    (lambda: a.c.id == select(b.c.id), "Boolean"),
    (lambda: a.c.id == {1: 2}, "Boolean"),
    (lambda: a.c.name == "x", "Boolean"),
    (lambda: a.c.id == func.count(), "Boolean"),
    (lambda: (a.c.id == 1) & (a.c.x == 2) | (a.c.x == 3), "Boolean"),
    (lambda: (a.c.id == 1) == (a.c.x == 2), "Boolean"),
    (lambda: (a.c.id == 1) + 5, "Boolean"),
    (lambda: a.c.id.is_(a.c.x), "Boolean"),
    (lambda: a.c.id == a.c.x + 1, "Boolean"),
    (lambda: a.c.id + a.c.x == 1, "Boolean"),
    (lambda: a.c.id.distinct(), "Integer"),
    (lambda: a.c.id.in_(a), "Boolean"),
    (lambda: a.c.id.in_(x for x in [1, 2]), "Boolean"),
    (lambda: a.c.id.in_({1, 2}), "Boolean"),
    (lambda: a.c.id.between(None, 5), "Boolean"),
    (lambda: a.c.id.cast(String) + "x", "String"),
    (lambda: a.c.id.contains("x"), "Boolean"),
    (lambda: -(a.c.x + 1), "Integer"),
    (lambda: -(-a.c.x), "Integer"),
    (lambda: a.c.x.is_(literal(5)), "Boolean"),
    (lambda: a.c.x == literal_column("5"), "Boolean"),
    (lambda: (a.c.id == 5).left, "Integer"),
]


@pytest.mark.parametrize(("build", "name"), TYPES)
def test_type(build: Callable[[], Any], name: str) -> None:
    assert type(build().type).__name__ == name


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: a.is_derived_from(a), True),
    (lambda: bool(a.c.id == 5), False),
    (lambda: bool(a.c.id == a.c.id), True),
    (lambda: (a.c.id == 5).right.value, 5),
    (lambda: a.c.id.expression is a.c.id, True),
    (lambda: a.c.id.key, "id"),
    (lambda: hash(a.c.id) == hash(a.c.id), True),
    (lambda: bool(a.c.id != b.c.id), True),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
