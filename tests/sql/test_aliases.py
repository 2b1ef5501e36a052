# ruff: noqa: E501 - expected SQL is written out
"""Aliases, subqueries, CTEs, LATERAL. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import column, delete, func, insert, select, table, tablesample, update, values
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
    (
        lambda: (lambda q: select(q.c.id, q.alias("w").c.id))(select(a.c.id).cte("rec")),
        ("WITH rec AS \n(SELECT a.id AS id \nFROM a)\n SELECT rec.id, w.id AS id_1 \nFROM rec, rec AS w"),
        {},
    ),
    (
        lambda: (lambda q: select(a).where(a.c.id.in_(select(q.c.id))))(select(b.c.id).cte("q")),
        (
            "WITH q AS \n(SELECT b.id AS id \nFROM b)\n SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (SELECT q.id \nFROM q)"
        ),
        {},
    ),
    (
        lambda: (lambda q: select(q.c.count).where(q.c.count > 5))(select(func.count()).select_from(a).subquery()),
        (
            "SELECT anon_1.count_1 \nFROM (SELECT count(*) AS count_1 \nFROM a) AS anon_1 \nWHERE anon_1.count_1 > :param_1"
        ),
        {"param_1": 5},
    ),
    (
        lambda: (lambda q: select(q.c[0]))(select(a.c.x + 1).subquery()),
        "SELECT anon_2.anon_1 \nFROM (SELECT a.x + :x_1 AS anon_1 \nFROM a) AS anon_2",
        {"x_1": 1},
    ),
    (
        lambda: (lambda q: select(q.alias("p")))(select(a.c.id).subquery("s")),
        "SELECT p.id \nFROM (SELECT a.id AS id \nFROM a) AS p",
        {},
    ),
    (
        lambda: (lambda q: select(q.alias("p").c.id))(select(a.c.id).subquery("s")),
        "SELECT p.id \nFROM (SELECT a.id AS id \nFROM a) AS p",
        {},
    ),
    (
        lambda: (lambda q: select(q))(select(select(a.c.id).subquery("s1")).subquery("s2")),
        ("SELECT s2.id \nFROM (SELECT s1.id AS id \nFROM (SELECT a.id AS id \nFROM a) AS s1) AS s2"),
        {},
    ),
    (
        lambda: (lambda q: select(q.c.id, a.c.id).where(q.c.id == a.c.id))(a.alias("z")),
        "SELECT z.id, a.id AS id_1 \nFROM a AS z, a \nWHERE z.id = a.id",
        {},
    ),
    (
        lambda: select(a.c.id, select(b.c.id).where(b.c.a_id == a.c.id).lateral("l").c.id),
        ("SELECT a.id, l.id AS id_1 \nFROM a, LATERAL (SELECT b.id AS id \nFROM b \nWHERE b.a_id = a.id) AS l"),
        {},
    ),
    (
        lambda: (lambda q: insert(a).from_select(["id"], select(q.c.id)))(select(b.c.id).cte("q")),
        ("WITH q AS \n(SELECT b.id AS id \nFROM b)\n INSERT INTO a (id) SELECT q.id \nFROM q"),
        {},
    ),
    (
        lambda: (lambda q: update(a).where(a.c.id == q.c.id).values(x=1))(select(b.c.id).cte("q")),
        ("WITH q AS \n(SELECT b.id AS id \nFROM b)\n UPDATE a SET x=:x FROM q WHERE a.id = q.id"),
        {"x": 1},
    ),
    (
        lambda: (lambda q: delete(a).where(a.c.id.in_(select(q.c.id))))(select(b.c.id).cte("q")),
        ("WITH q AS \n(SELECT b.id AS id \nFROM b)\n DELETE FROM a WHERE a.id IN (SELECT q.id \nFROM q)"),
        {},
    ),
    (
        lambda: select(insert(a).values(id=1).returning(a.c.id).cte("ins")),
        ("WITH ins AS \n(INSERT INTO a (id) VALUES (:param_1) RETURNING a.id)\n SELECT ins.id \nFROM ins"),
        {"param_1": 1},
    ),
    (
        lambda: select(update(a).values(x=1).returning(a.c.id, a.c.x).cte("u").c.x),
        ("WITH u AS \n(UPDATE a SET x=:param_1 RETURNING a.id, a.x)\n SELECT u.x \nFROM u"),
        {"param_1": 1},
    ),
    (lambda: select(table("x", column("id"), schema="s").alias().c.id), "SELECT x_1.id \nFROM s.x AS x_1", {}),
    (lambda: a.alias("z").select(), "SELECT z.id, z.name, z.x, z.flag \nFROM a AS z", {}),
    (lambda: a.alias("x").alias("y").select(), "SELECT y.id, y.name, y.x, y.flag \nFROM a AS y", {}),
    (lambda: select(a.alias().alias().c.id), "SELECT anon_1.id \nFROM a AS anon_1", {}),
    (lambda: select(a.alias("q").c.id, a.c.id), "SELECT q.id, a.id AS id_1 \nFROM a AS q, a", {}),
    (lambda: select(a.c.id).select_from(a.alias("q")), "SELECT a.id \nFROM a AS q, a", {}),
    (
        lambda: (lambda q: select(select(q.c.id).subquery().c.id))(select(a.c.id).cte("q")),
        ("WITH q AS \n(SELECT a.id AS id \nFROM a)\n SELECT anon_1.id \nFROM (SELECT q.id AS id \nFROM q) AS anon_1"),
        {},
    ),
    (
        lambda: (lambda q: select(select(q.c.id).cte("r").c.id))(select(a.c.id).cte("q")),
        ("WITH q AS \n(SELECT a.id AS id \nFROM a), \nr AS \n(SELECT q.id AS id \nFROM q)\n SELECT r.id \nFROM r"),
        {},
    ),
    (
        lambda: select(a.c.id).cte("q").select().prefix_with("DISTINCTROW"),
        "WITH q AS \n(SELECT a.id AS id \nFROM a)\n SELECT DISTINCTROW q.id \nFROM q",
        {},
    ),
    (
        lambda: select(func.count()).select_from(select(a).distinct().subquery()),
        (
            "SELECT count(*) AS count_1 \nFROM (SELECT DISTINCT a.id AS id, a.name AS name, a.x AS x, a.flag AS flag \nFROM a) AS anon_1"
        ),
        {},
    ),
    (
        lambda: select(a).limit(5).order_by(a.c.id).subquery().select(),
        (
            "SELECT anon_1.id, anon_1.name, anon_1.x, anon_1.flag \nFROM (SELECT a.id AS id, a.name AS name, a.x AS x, a.flag AS flag \nFROM a ORDER BY a.id\n LIMIT :param_1) AS anon_1"
        ),
        {"param_1": 5},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: S.subquery("q").c.id.shares_lineage(a.c.id), True),
    (lambda: (lambda q: q.c.id.proxy_set.__len__())(a.alias("q")), 2),
    (lambda: (lambda q: q.primary_key.__len__())(select(a).subquery("q")), 1),
    (lambda: [x.name for x in a.alias("q").primary_key], ["id"]),
    (lambda: b.alias("q").c.a_id.foreign_keys.__len__(), 1),
    (lambda: a.alias("q").c.id.primary_key, True),
    (lambda: a.alias("q").c.keys(), ["id", "name", "x", "flag"]),
    (lambda: a.alias("q").name, "q"),
    (lambda: a.alias("q").element is a, True),
    (lambda: a.alias("q").description, "q"),
    (lambda: select(a).subquery("q").description, "q"),
    (lambda: a.alias("q").is_derived_from(a), True),
    (lambda: select(a).subquery().is_derived_from(a), True),
    (lambda: S.subquery("q").c.id.table.name, "q"),
    (lambda: a.alias("q").c.id in [a.c.id], False),
    (lambda: select(a).where(a.c.id.in_([1, 2, 3])).subquery().c.keys(), ["id", "name", "x", "flag"]),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
