# ruff: noqa: E711 - comparisons and signs of SQL expressions

"""SQL functions. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.schema import Sequence
from cormorant.sql import case, distinct, func, tuple_
from tests.sql.tables import S, a

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: func.foo(S), "foo((SELECT a.id \nFROM a))", {}),
    (lambda: func.foo([1, 2]), "foo(:foo_1)", {"foo_1": [1, 2]}),
    (lambda: func.lower(a.c.name) == "x", "lower(a.name) = :lower_1", {"lower_1": "x"}),
    (lambda: func.count(), "count(*)", {}),
    (lambda: func.count(a.c.id), "count(a.id)", {}),
    (lambda: func.foo.bar(1, "x", None), "foo.bar(:bar_1, :bar_2, NULL)", {"bar_1": 1, "bar_2": "x"}),
    (lambda: func.now(), "now()", {}),
    (lambda: func.current_timestamp(), "CURRENT_TIMESTAMP", {}),
    (lambda: func.coalesce(a.c.x, 5), "coalesce(a.x, :coalesce_1)", {"coalesce_1": 5}),
    (lambda: func.max(a.c.x) + 1, "max(a.x) + :max_1", {"max_1": 1}),
    (lambda: func.count("*"), "count(:count_1)", {"count_1": "*"}),
    (lambda: func.concat("a", a.c.name), "concat(:concat_1, a.name)", {"concat_1": "a"}),
    (lambda: func.random(), "random()", {}),
    (
        lambda: func.aggregate_strings(a.c.name, ","),
        "aggregate_strings(a.name, __[POSTCOMPILE_aggregate_strings_1])",
        {"aggregate_strings_1": ","},
    ),
    (lambda: func.rollup(a.c.x, a.c.name), "ROLLUP(a.x, a.name)", {}),
    (lambda: func.grouping_sets(tuple_(a.c.x, a.c.name), a.c.x), "GROUPING SETS((a.x, a.name), a.x)", {}),
    (lambda: func.next_value(Sequence("q")), "<next sequence value: q>", {}),
    (lambda: func.some(a.c.id), "some(a.id)", {}),
    (lambda: func.localtime(), "LOCALTIME", {}),
    (lambda: func.user(), "USER", {}),
    (lambda: func.current_user(), "CURRENT_USER", {}),
    (lambda: func.now().select(), "SELECT now() AS now_1", {}),
    (lambda: func.cube(a.c.id), "CUBE(a.id)", {}),
    (lambda: func.sysdate(), "sysdate", {}),
    (lambda: func.func_(), "func()", {}),
    (lambda: func.print_(5), "print(:print_1)", {"print_1": 5}),
    (lambda: func.date(a.c.x), "date(a.x)", {}),
    (lambda: func.count(distinct(a.c.id)), "count(DISTINCT a.id)", {}),
    (
        lambda: func.foo(a.c.id.in_([1]), a.c.id == 5),
        "foo(a.id IN (__[POSTCOMPILE_id_1]), a.id = :id_2)",
        {"id_1": [1], "id_2": 5},
    ),
    (lambda: func.foo(5) + 3, "foo(:foo_1) + :foo_2", {"foo_1": 5, "foo_2": 3}),
    (
        lambda: func.coalesce(a.c.name, "x") + "y",
        "coalesce(a.name, :coalesce_1) || :coalesce_2",
        {"coalesce_1": "x", "coalesce_2": "y"},
    ),
    (lambda: func.foo(a.c.id) == None, "foo(a.id) IS NULL", {}),
    (
        lambda: func.sum(case((a.c.x == 1, 1), else_=0)),
        "sum(CASE WHEN (a.x = :x_1) THEN :param_1 ELSE :param_2 END)",
        {"x_1": 1, "param_1": 1, "param_2": 0},
    ),
    (lambda: func.count(a.c.id.distinct()), "count(DISTINCT a.id)", {}),
    (lambda: func.substr(a.c.name, 1, 3), "substr(a.name, :substr_1, :substr_2)", {"substr_1": 1, "substr_2": 3}),
    (lambda: func.my.pkg.fn(1), "my.pkg.fn(:fn_1)", {"fn_1": 1}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


TYPES: list[tuple[Callable[[], Any], str]] = [
    (lambda: func.lower(a.c.name) == "x", "Boolean"),
    (lambda: func.count(), "Integer"),
    (lambda: func.count(a.c.id), "Integer"),
    (lambda: func.now(), "DateTime"),
    (lambda: func.current_timestamp(), "DateTime"),
    (lambda: func.coalesce(a.c.x, 5), "Integer"),
    (lambda: func.max(a.c.x) + 1, "Integer"),
    (lambda: func.count("*"), "Integer"),
    (lambda: func.concat("a", a.c.name), "String"),
    (lambda: func.aggregate_strings(a.c.name, ","), "String"),
    (lambda: func.next_value(Sequence("q")), "Integer"),
    (lambda: func.localtime(), "DateTime"),
    (lambda: func.user(), "String"),
    (lambda: func.current_user(), "String"),
    (lambda: func.sysdate(), "DateTime"),
    (lambda: func.count(distinct(a.c.id)), "Integer"),
    (lambda: func.foo(5) + 3, "Integer"),
    (lambda: func.coalesce(a.c.name, "x") + "y", "String"),
    (lambda: func.foo(a.c.id) == None, "Boolean"),
    (lambda: func.sum(case((a.c.x == 1, 1), else_=0)), "Integer"),
    (lambda: func.count(a.c.id.distinct()), "Integer"),
]


@pytest.mark.parametrize(("build", "name"), TYPES)
def test_type(build: Callable[[], Any], name: str) -> None:
    assert type(build().type).__name__ == name


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: func.count(a.c.id).name, "count"),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
