"""The text of ORDER BY, GROUP BY, DISTINCT."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import case, collate, desc, distinct, func, nulls_first, nulls_last, select, text
from tests.compile.tables import b, q, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u.c.id.label("foo")).order_by("foo"),
        "SELECT u.id AS foo \nFROM u ORDER BY foo",
    ),
    (
        lambda: select(u.c.id.label("foo")).order_by(desc("foo")),
        "SELECT u.id AS foo \nFROM u ORDER BY foo DESC",
    ),
    (
        lambda: select((u.c.id + 1).label("foo")).order_by((u.c.id + 1).label("foo")),
        "SELECT u.id + :id_1 AS foo \nFROM u ORDER BY u.id + :id_2",
    ),
    (
        lambda: select((u.c.id + 1).label("foo")).group_by("foo").having(func.count() > 1),
        "SELECT u.id + :id_1 AS foo \nFROM u GROUP BY foo \nHAVING count(*) > :count_1",
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).order_by(lbl),
        "SELECT u.id + :id_1 AS foo \nFROM u ORDER BY foo",
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).order_by(lbl.desc()),
        "SELECT u.id + :id_1 AS foo \nFROM u ORDER BY foo DESC",
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).group_by(lbl),
        "SELECT u.id + :id_1 AS foo \nFROM u GROUP BY u.id + :id_1",
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).order_by(lbl + 5),
        "SELECT u.id + :id_1 AS foo \nFROM u ORDER BY u.id + :id_1 + :param_1",
    ),
    (
        lambda: select(u).order_by(u.c.id),
        "SELECT u.id, u.name \nFROM u ORDER BY u.id",
    ),
    (
        lambda: select(u).order_by(u.c.id.desc(), u.c.name.asc()),
        "SELECT u.id, u.name \nFROM u ORDER BY u.id DESC, u.name ASC",
    ),
    (
        lambda: select(u).order_by(u.c.id.desc().nulls_last()),
        "SELECT u.id, u.name \nFROM u ORDER BY u.id DESC NULLS LAST",
    ),
    (
        lambda: select(u).order_by(nulls_first(u.c.id)),
        "SELECT u.id, u.name \nFROM u ORDER BY u.id NULLS FIRST",
    ),
    (
        lambda: select(u).order_by(None),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).order_by("name"),
        "SELECT u.id, u.name \nFROM u ORDER BY u.name",
    ),
    (
        lambda: select(u).order_by(text("name desc")),
        "SELECT u.id, u.name \nFROM u ORDER BY name desc",
    ),
    (
        lambda: select(u).order_by(u.c.id).order_by(None),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u.c.name, func.count()).group_by(u.c.name),
        "SELECT u.name, count(*) AS count_1 \nFROM u GROUP BY u.name",
    ),
    (
        lambda: select(u.c.name, func.count(u.c.id)).group_by(u.c.name).having(func.count(u.c.id) > 5),
        "SELECT u.name, count(u.id) AS count_1 \nFROM u GROUP BY u.name \nHAVING count(u.id) > :count_2",
    ),
    (
        lambda: select(u.c.name, func.count(u.c.id).label("n")).group_by(u.c.name).order_by("n"),
        "SELECT u.name, count(u.id) AS n \nFROM u GROUP BY u.name ORDER BY n",
    ),
    (
        lambda: select(func.count(distinct(u.c.name))),
        "SELECT count(DISTINCT u.name) AS count_1 \nFROM u",
    ),
    (
        lambda: select(func.count(u.c.name.distinct())),
        "SELECT count(DISTINCT u.name) AS count_1 \nFROM u",
    ),
    (
        lambda: select(distinct(u.c.name)),
        "SELECT DISTINCT u.name \nFROM u",
    ),
    (
        lambda: select(u.c.name).distinct(),
        "SELECT DISTINCT u.name \nFROM u",
    ),
    (
        lambda: select(u).distinct(u.c.name),
        "SELECT DISTINCT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).limit(5).order_by(u.c.id),
        "SELECT u.id, u.name \nFROM u ORDER BY u.id\n LIMIT :param_1",
    ),
    (
        lambda: select(q.c["Mixed Case"], q.c["x y%z"]).where(q.c["x y%z"] == 5).order_by(q.c["Mixed Case"]),
        (
            'SELECT "Order"."Mixed Case", "Order"."x y%z" \n'
            'FROM "Order" \n'
            'WHERE "Order"."x y%z" = :x_y_z_1 ORDER BY "Order"."Mixed Case"'
        ),
    ),
    (
        lambda: select(u).order_by(collate(u.c.name, "fr").desc()),
        "SELECT u.id, u.name \nFROM u ORDER BY u.name COLLATE fr DESC",
    ),
    (
        lambda: select(u.c.id).order_by(u.c.name.contains("x"), u.c.id.not_in([1]).desc()),
        ("SELECT u.id \nFROM u ORDER BY u.name LIKE '%' || :name_1 || '%', (u.id NOT IN (__[POSTCOMPILE_id_1])) DESC"),
    ),
    (
        lambda: select(u.c.id).order_by("name"),
        "SELECT u.id \nFROM u ORDER BY u.name",
    ),
    (
        lambda: select(u.c.id).order_by("u_id"),
        "SELECT u.id \nFROM u ORDER BY u.id",
    ),
    (
        lambda: select(u.c.id, b.c.id).order_by("b_id"),
        "SELECT u.id, b.id AS id_1 \nFROM u, b ORDER BY b.id",
    ),
    (
        lambda: select(u.c.id, b.c.id).group_by("b_id", "id"),
        "SELECT u.id, b.id AS id_1 \nFROM u, b GROUP BY b.id, b.id",
    ),
    (
        lambda: select(u.c.id.label("q")).group_by("q").having(text("q>1")).order_by(nulls_last(desc("q"))),
        "SELECT u.id AS q \nFROM u GROUP BY q \nHAVING q>1 ORDER BY q DESC NULLS LAST",
    ),
    (
        lambda: select(u).order_by(u.c.name.label("zz")),
        "SELECT u.id, u.name \nFROM u ORDER BY u.name",
    ),
    (
        lambda: select(u.alias()).order_by("name"),
        "SELECT u_1.id, u_1.name \nFROM u AS u_1 ORDER BY u_1.name",
    ),
    (
        lambda: select(u.c.id.label("a b")).order_by("a b"),
        'SELECT u.id AS "a b" \nFROM u ORDER BY "a b"',
    ),
    (
        lambda: (
            lambda lbl: select(u.c.id, lbl).order_by(lbl, func.lower(lbl)).group_by(lbl).having(lbl == "x").distinct()
        )(u.c.name.label("lx")),
        (
            "SELECT DISTINCT u.id, u.name AS lx \n"
            "FROM u GROUP BY u.name \n"
            "HAVING u.name = :param_1 ORDER BY lx, lower(u.name)"
        ),
    ),
    (
        lambda: (lambda lbl: select(u.c.id, lbl).distinct(lbl))(u.c.name.label("lx")),
        "SELECT DISTINCT u.id, u.name AS lx \nFROM u",
    ),
    (
        lambda: (lambda lbl: select(u.c.id, lbl).distinct("lx"))(u.c.name.label("lx")),
        "SELECT DISTINCT u.id, u.name AS lx \nFROM u",
    ),
    (
        lambda: (lambda sq: select(sq).order_by("name"))(select(u).subquery()),
        (
            "SELECT anon_1.id, anon_1.name \n"
            "FROM (SELECT u.id AS id, u.name AS name \n"
            "FROM u) AS anon_1 ORDER BY anon_1.name"
        ),
    ),
    (
        lambda: select(case((u.c.id == 1, 2)).label("cc")).order_by("cc", case((u.c.id == 1, 2))),
        (
            "SELECT CASE WHEN (u.id = :id_1) THEN :param_1 END AS cc \n"
            "FROM u ORDER BY cc, CASE WHEN (u.id = :id_2) THEN :param_2 END"
        ),
    ),
    (
        lambda: select(u.c.id).where(u.c.id.in_(select(u.c.id.label("tt")).order_by("tt"))),
        "SELECT u.id \nFROM u \nWHERE u.id IN (SELECT u.id AS tt \nFROM u ORDER BY tt)",
    ),
    (
        lambda: select(u.c.id).group_by(u.c.id, func.rollup(u.c.id)),
        "SELECT u.id \nFROM u GROUP BY u.id, ROLLUP(u.id)",
    ),
    (
        lambda: (
            select(func.count(case((u.c.id > 3, 1))).label("n"))
            .select_from(u)
            .group_by(u.c.name)
            .having(func.count() > 1)
            .order_by(desc("n"))
        ),
        (
            "SELECT count(CASE WHEN (u.id > :id_1) THEN :param_1 END) AS n \n"
            "FROM u GROUP BY u.name \n"
            "HAVING count(*) > :count_1 ORDER BY n DESC"
        ),
    ),
    (
        lambda: select(func.count()).select_from(select(u).order_by(u.c.id).limit(5).subquery()),
        (
            "SELECT count(*) AS count_1 \n"
            "FROM (SELECT u.id AS id, u.name AS name \n"
            "FROM u ORDER BY u.id\n"
            " LIMIT :param_1) AS anon_1"
        ),
    ),
    (
        lambda: select(u.c.id.label("name"), u.c.name.label("id")).order_by("id", "name"),
        "SELECT u.id AS name, u.name AS id \nFROM u ORDER BY id, name",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
