# ruff: noqa: E501 - expected SQL is written out
"""Aliases, subqueries, CTEs, LATERAL. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import column, func, select, tablesample, values
from cormorant.types import Integer
from tests.sql.tables import S, a, b, sc, tt

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: S.subquery(), "SELECT a.id \nFROM a", {}),
    (lambda: select(S.subquery("foo").c.id), "SELECT foo.id \nFROM (SELECT a.id AS id \nFROM a) AS foo", {}),
    (lambda: S.alias("q"), "SELECT a.id \nFROM a", {}),
    (lambda: S.alias("q").c.id, "q.id", {}),
    (lambda: S.cte("q"), "SELECT a.id \nFROM a", {}),
    (lambda: select(S.cte("q")), "WITH q AS \n(SELECT a.id AS id \nFROM a)\n SELECT q.id \nFROM q", {}),
    (lambda: select(a.alias("z")), "SELECT z.id, z.name, z.x, z.flag \nFROM a AS z", {}),
    (lambda: select(a.alias().c.id), "SELECT a_1.id \nFROM a AS a_1", {}),
    (
        lambda: select(a, S.lateral("q")),
        ("SELECT a.id, a.name, a.x, a.flag, q.id AS id_1 \nFROM a, LATERAL (SELECT a.id AS id \nFROM a) AS q"),
        {},
    ),
    (lambda: tablesample(a, 5), "a AS a_1 TABLESAMPLE system(:system_1)", {"system_1": 5}),
    (lambda: S.subquery().c.id, "anon_1.id", {}),
    (
        lambda: select(values(column("x", Integer), name="q", literal_binds=True).data([(1,)]).alias("z")),
        "SELECT z.x \nFROM (VALUES (1)) AS z (x)",
        {},
    ),
    (lambda: select(func.foo(1).alias("q").column), "SELECT q \nFROM foo(:foo_1) AS q", {"foo_1": 1}),
    (lambda: S.add_cte(select(b.c.id).cte("q")), "WITH q AS \n(SELECT b.id AS id \nFROM b)\n SELECT a.id \nFROM a", {}),
    (
        lambda: select(sc, sc.alias("q")),
        ('SELECT sch.t.id, sch.t."weird key", q.id AS id_1, q."weird key" AS weird_key_1 \nFROM sch.t, sch.t AS q'),
        {},
    ),
    (
        lambda: select(a.c.id, (a.c.x + 1)).cte("zz").select(),
        ("WITH zz AS \n(SELECT a.id AS id, a.x + :x_1 AS anon_1 \nFROM a)\n SELECT zz.id, zz.anon_1 \nFROM zz"),
        {"x_1": 1},
    ),
    (lambda: select(a.alias("z").c.id), "SELECT z.id \nFROM a AS z", {}),
    (lambda: select(S.cte("q").c.id), "WITH q AS \n(SELECT a.id AS id \nFROM a)\n SELECT q.id \nFROM q", {}),
    (
        lambda: select(S.cte()).where(S.cte("w").c.id == 5),
        (
            "WITH anon_1 AS \n(SELECT a.id AS id \nFROM a), \nw AS \n(SELECT a.id AS id \nFROM a)\n SELECT anon_1.id \nFROM anon_1, w \nWHERE w.id = :id_1"
        ),
        {"id_1": 5},
    ),
    (lambda: select(tt.c.a, tt.alias().c.b), "SELECT zz.a, zz_1.b \nFROM zz, zz AS zz_1", {}),
    (lambda: S.subquery().select(), "SELECT anon_1.id \nFROM (SELECT a.id AS id \nFROM a) AS anon_1", {}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: S.subquery("q").c.id.shares_lineage(a.c.id), True),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
