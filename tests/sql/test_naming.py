# ruff: noqa: E501 - expected SQL is written out
"""Names of columns in SELECT and in subqueries. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import (
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    and_,
    bindparam,
    case,
    cast,
    desc,
    exists,
    extract,
    func,
    literal,
    literal_column,
    not_,
    null,
    select,
    true,
)
from cormorant.types import String
from tests.sql.tables import S, a, b, sc, t1, t2

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: S.label("foo"), "(SELECT a.id \nFROM a)", {}),
    (lambda: bindparam("x").label("x"), ":x", {"x": None}),
    (lambda: a.c.id.label(5), "a.id", {}),
    (lambda: a.c.id.label("foo") == 5, "a.id = :param_1", {"param_1": 5}),
    (lambda: a.c.id.label("foo") + 5, "a.id + :param_1", {"param_1": 5}),
    (lambda: (a.c.id + 1).label("foo") * 5, "(a.id + :id_1) * :param_1", {"id_1": 1, "param_1": 5}),
    (
        lambda: select(t1, t2.c.id).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        (
            "SELECT a_1.id AS a_1_id, a_1.name AS a_1_name, a_1.x AS a_1_x, a_1.flag AS a_1_flag, a_2.id AS a_2_id \nFROM a AS a_1, a AS a_2"
        ),
        {},
    ),
    (
        lambda: select(sc).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        ('SELECT sch.t.id AS sch_t_id, sch.t."weird key" AS "sch_t_weird key" \nFROM sch.t'),
        {},
    ),
    (
        lambda: select(a.c.id, cast(b.c.id, String), cast(a.c.id, String)),
        ("SELECT a.id, CAST(b.id AS VARCHAR) AS id__1, CAST(a.id AS VARCHAR) AS id__2 \nFROM a, b"),
        {},
    ),
    (
        lambda: select(a.c.id.label("q"), b.c.id.label("q"), a.c.name.label("id"), a.c.id),
        "SELECT a.id AS q, b.id AS q, a.name AS id, a.id AS id_1 \nFROM a, b",
        {},
    ),
    (lambda: select(a.c.id, a.c.name.label("id")), "SELECT a.id, a.name AS id \nFROM a", {}),
    (
        lambda: select(a.c.id.label(None), b.c.id.label(None), (a.c.id + 1).label(None)),
        "SELECT a.id AS id_1, b.id AS id_2, a.id + :id_3 AS anon_1 \nFROM a, b",
        {"id_3": 1},
    ),
    (lambda: select(select(a.c.id).scalar_subquery().label("foo")), "SELECT (SELECT a.id \nFROM a) AS foo", {}),
    (lambda: select(func.foo(a.c.id).label("x"), a.c.x), "SELECT foo(a.id) AS x, a.x AS x_1 \nFROM a", {}),
    (
        lambda: select(~a.c.x, not_(a.c.x == 1), null(), true(), literal("x").label("foo")),
        ("SELECT NOT a.x, a.x != :x_1 AS anon_1, NULL AS anon_2, true AS anon_3, :param_1 AS foo \nFROM a"),
        {"x_1": 1, "param_1": "x"},
    ),
    (
        lambda: select(func.lower(a.c.name), func.lower(a.c.name) + "x").set_label_style(
            LABEL_STYLE_TABLENAME_PLUS_COL
        ),
        "SELECT lower(a.name) AS lower_1, lower(a.name) || :lower_2 AS anon_1 \nFROM a",
        {"lower_2": "x"},
    ),
    (
        lambda: select(a.c.id, a.c.id).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT a.id AS a_id, a.id AS a_id__1 \nFROM a",
        {},
    ),
    (
        lambda: select(a.c.id.label("a_id"), a.c.id).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT a.id AS a_id, a.id AS a_id_1 \nFROM a",
        {},
    ),
    (
        lambda: select((a.c.x + 1).label("foo")).order_by("foo"),
        "SELECT a.x + :x_1 AS foo \nFROM a ORDER BY foo",
        {"x_1": 1},
    ),
    (lambda: select(a.c.x).order_by(a.c.x.label("x")), "SELECT a.x \nFROM a ORDER BY a.x", {}),
    (
        lambda: select(select(t1, t2.c.id).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL).subquery()),
        (
            "SELECT anon_1.a_1_id, anon_1.a_1_name, anon_1.a_1_x, anon_1.a_1_flag, anon_1.a_2_id \nFROM (SELECT a_1.id AS a_1_id, a_1.name AS a_1_name, a_1.x AS a_1_x, a_1.flag AS a_1_flag, a_2.id AS a_2_id \nFROM a AS a_1, a AS a_2) AS anon_1"
        ),
        {},
    ),
    (
        lambda: select(a, b, a.c.id, func.count(a.c.id), a.c.x + 1, cast(a.c.x, String)).set_label_style(
            LABEL_STYLE_TABLENAME_PLUS_COL
        ),
        (
            "SELECT a.id AS a_id, a.name AS a_name, a.x AS a_x, a.flag AS a_flag, b.id AS b_id, b.a_id AS b_a_id, b.name AS b_name, a.id AS a_id__1, count(a.id) AS count_1, a.x + :x_1 AS anon_1, CAST(a.x AS VARCHAR) AS a_x_1 \nFROM a, b"
        ),
        {"x_1": 1},
    ),
    (
        lambda: select(a, b, a.c.id, func.count(a.c.id), a.c.x + 1, cast(a.c.x, String)).set_label_style(
            LABEL_STYLE_NONE
        ),
        (
            "SELECT a.id, a.name, a.x, a.flag, b.id, b.a_id, b.name, a.id, count(a.id) AS count_1, a.x + :x_1 AS anon_1, CAST(a.x AS VARCHAR) AS x \nFROM a, b"
        ),
        {"x_1": 1},
    ),
    (
        lambda: select(a, select(func.count(b.c.id)).where(b.c.a_id == a.c.id).scalar_subquery().label("n")),
        (
            "SELECT a.id, a.name, a.x, a.flag, (SELECT count(b.id) AS count_1 \nFROM b \nWHERE b.a_id = a.id) AS n \nFROM a"
        ),
        {},
    ),
    (
        lambda: select(
            a, select(func.count(b.c.id)).where(b.c.a_id == a.c.id).correlate(a).scalar_subquery().label("n")
        ),
        (
            "SELECT a.id, a.name, a.x, a.flag, (SELECT count(b.id) AS count_1 \nFROM b \nWHERE b.a_id = a.id) AS n \nFROM a"
        ),
        {},
    ),
    (lambda: select(literal_column("1+1").label("q")), "SELECT 1+1 AS q", {}),
    (
        lambda: select(a.c.x.label("foo")).order_by("foo").group_by("foo"),
        "SELECT a.x AS foo \nFROM a GROUP BY foo ORDER BY foo",
        {},
    ),
    (lambda: a.c.id.label("q").element, "a.id", {}),
    (
        lambda: (lambda q: select(a, q.c.n).join(q, q.c.a_id == a.c.id))(
            select(b.c.a_id, func.count().label("n")).group_by(b.c.a_id).subquery()
        ),
        (
            "SELECT a.id, a.name, a.x, a.flag, anon_1.n \nFROM a JOIN (SELECT b.a_id AS a_id, count(*) AS n \nFROM b GROUP BY b.a_id) AS anon_1 ON anon_1.a_id = a.id"
        ),
        {},
    ),
    (
        lambda: (lambda q: select(q).where(q.c.n > 5).order_by(q.c.n))(
            select(b.c.a_id, func.count().label("n")).group_by(b.c.a_id).subquery("s")
        ),
        (
            "SELECT s.a_id, s.n \nFROM (SELECT b.a_id AS a_id, count(*) AS n \nFROM b GROUP BY b.a_id) AS s \nWHERE s.n > :n_1 ORDER BY s.n"
        ),
        {"n_1": 5},
    ),
    (
        lambda: select(a.c.id == 5, (a.c.id == 5).label("e"), and_(a.c.id == 5, a.c.x == 4), not_(a.c.id == 5)),
        (
            "SELECT a.id = :id_1 AS anon_1, a.id = :id_2 AS e, a.id = :id_3 AND a.x = :x_1 AS anon_2, a.id != :id_4 AS anon_3 \nFROM a"
        ),
        {"id_1": 5, "id_2": 5, "id_3": 5, "x_1": 4, "id_4": 5},
    ),
    (
        lambda: select((a.c.x + 1).label("foo"), a.c.x).order_by(desc("foo"), "x").group_by("foo"),
        "SELECT a.x + :x_1 AS foo, a.x \nFROM a GROUP BY foo ORDER BY foo DESC, a.x",
        {"x_1": 1},
    ),
    (lambda: select(a.c.x.label("foo")).order_by(desc(a.c.x)), "SELECT a.x AS foo \nFROM a ORDER BY a.x DESC", {}),
    (
        lambda: select(a.c.x.label("id"), a.c.id).order_by("id"),
        "SELECT a.x AS id, a.id AS id_1 \nFROM a ORDER BY id",
        {},
    ),
    (lambda: select(func.count(a.c.id).label("n")).order_by("n"), "SELECT count(a.id) AS n \nFROM a ORDER BY n", {}),
    (lambda: func.max(a.c.id).label("m") + 1, "max(a.id) + :param_1", {"param_1": 1}),
    (lambda: a.c.flag.label("f"), "a.flag", {}),
    (lambda: select(a.c.flag.label("f")).where(a.c.flag.label("g")), "SELECT a.flag AS f \nFROM a \nWHERE a.flag", {}),
    (
        lambda: select(a, b).where(a.c.id == b.c.a_id).with_only_columns(a.c.id, b.c.id.label("bid")).order_by("bid"),
        "SELECT a.id, b.id AS bid \nFROM a, b \nWHERE a.id = b.a_id ORDER BY bid",
        {},
    ),
    (
        lambda: select(a.c.id.label("x"), b.c.id.label("x")).order_by("x"),
        "SELECT a.id AS x, b.id AS x \nFROM a, b ORDER BY x",
        {},
    ),
    (lambda: (lambda q: q.corresponding_column(a.c.id))(select(a.c.id.label("z")).subquery("s")), "s.z", {}),
    (
        lambda: (lambda q: a.join(q))(select(b.c.id, b.c.a_id.label("zz")).subquery("q")),
        "a JOIN (SELECT b.id AS id, b.a_id AS zz \nFROM b) AS q ON a.id = q.zz",
        {},
    ),
    (lambda: select(a.c.id, func.foo(a.c.x).label(None)), "SELECT a.id, foo(a.x) AS foo_1 \nFROM a", {}),
    (
        lambda: select(select(a.c.id.label(None)).subquery()),
        "SELECT anon_1.id_1 \nFROM (SELECT a.id AS id_1 \nFROM a) AS anon_1",
        {},
    ),
    (lambda: select(a.c.id.label(None)).order_by(a.c.id.label(None)), "SELECT a.id AS id_1 \nFROM a ORDER BY a.id", {}),
    (
        lambda: (lambda lbl: select(lbl, (lbl + 3).label("q")))((a.c.id + 1).label("z")),
        "SELECT a.id + :id_1 AS z, a.id + :id_1 + :param_1 AS q \nFROM a",
        {"id_1": 1, "param_1": 3},
    ),
    (
        lambda: (lambda e: select(e.label("p")).order_by(e))(a.c.id + 1),
        "SELECT a.id + :id_1 AS p \nFROM a ORDER BY a.id + :id_1",
        {"id_1": 1},
    ),
    (lambda: select(a.c.x).order_by(a.c.x.label("x").desc()), "SELECT a.x \nFROM a ORDER BY a.x DESC", {}),
    (lambda: select(a.c.id.label("a b")).order_by("a b"), 'SELECT a.id AS "a b" \nFROM a ORDER BY "a b"', {}),
    (lambda: select(a.c.id.label("select")), 'SELECT a.id AS "select" \nFROM a', {}),
    (lambda: select(a.c.id.label("X")), 'SELECT a.id AS "X" \nFROM a', {}),
    (lambda: select(literal_column("'x'").label("q"), literal_column("5")), "SELECT 'x' AS q, 5", {}),
    (
        lambda: select(t1.c.id, t2.c.name.label("n")).join(t2, t1.c.id == t2.c.x, isouter=True),
        ("SELECT a_1.id, a_2.name AS n \nFROM a AS a_1 LEFT OUTER JOIN a AS a_2 ON a_1.id = a_2.x"),
        {},
    ),
    (
        lambda: (lambda q: select(q.c.id, q.c.n).where(q.c.n > 1))(
            select(a.c.id, func.count().label("n")).group_by(a.c.id).cte()
        ),
        (
            "WITH anon_1 AS \n(SELECT a.id AS id, count(*) AS n \nFROM a GROUP BY a.id)\n SELECT anon_1.id, anon_1.n \nFROM anon_1 \nWHERE anon_1.n > :n_1"
        ),
        {"n_1": 1},
    ),
    (
        lambda: select(func.coalesce(func.sum(a.c.x), 0).label("t")).where(a.c.name.is_not(None)),
        ("SELECT coalesce(sum(a.x), :coalesce_1) AS t \nFROM a \nWHERE a.name IS NOT NULL"),
        {"coalesce_1": 0},
    ),
    (lambda: select(a.c.id.in_([1]).label("q")), "SELECT a.id IN (__[POSTCOMPILE_id_1]) AS q \nFROM a", {"id_1": [1]}),
    (
        lambda: select(case((a.c.id == 1, "x"), else_="y").label("k")).order_by("k"),
        ("SELECT CASE WHEN (a.id = :id_1) THEN :param_1 ELSE :param_2 END AS k \nFROM a ORDER BY k"),
        {"id_1": 1, "param_1": "x", "param_2": "y"},
    ),
    (
        lambda: select(cast(a.c.x, String).label("s")).where(cast(a.c.x, String).like("5%")),
        ("SELECT CAST(a.x AS VARCHAR) AS s \nFROM a \nWHERE CAST(a.x AS VARCHAR) LIKE :param_1"),
        {"param_1": "5%"},
    ),
    (
        lambda: select(extract("year", a.c.name).label("y")).group_by("y"),
        "SELECT EXTRACT(year FROM a.name) AS y \nFROM a GROUP BY y",
        {},
    ),
    (
        lambda: select(func.row_number().over(partition_by=a.c.x, order_by=a.c.id.desc()).label("rn")),
        "SELECT row_number() OVER (PARTITION BY a.x ORDER BY a.id DESC) AS rn \nFROM a",
        {},
    ),
    (
        lambda: (lambda q: select(q).where(q.c.rn == 1))(
            select(a, func.row_number().over(partition_by=a.c.x, order_by=a.c.id.desc()).label("rn")).subquery()
        ),
        (
            "SELECT anon_1.id, anon_1.name, anon_1.x, anon_1.flag, anon_1.rn \nFROM (SELECT a.id AS id, a.name AS name, a.x AS x, a.flag AS flag, row_number() OVER (PARTITION BY a.x ORDER BY a.id DESC) AS rn \nFROM a) AS anon_1 \nWHERE anon_1.rn = :rn_1"
        ),
        {"rn_1": 1},
    ),
    (
        lambda: select(exists().where(a.c.id == 5).label("e")),
        "SELECT EXISTS (SELECT * \nFROM a \nWHERE a.id = :id_1) AS e",
        {"id_1": 5},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (
        lambda: (
            select(a, b, a.c.id, func.count(a.c.id), a.c.x + 1, cast(a.c.x, String))
            .set_label_style(LABEL_STYLE_NONE)
            .subquery()
            .c.keys()
        ),
        ["id", "name", "x", "flag", "id_1", "a_id", "name_1", "id_2", "count", "_no_label", "x_1"],
    ),
    (
        lambda: select(a, b, a.c.id, func.count(a.c.id), a.c.x + 1, cast(a.c.x, String)).subquery().c.keys(),
        ["id", "name", "x", "flag", "id_1", "a_id", "name_1", "id_2", "count", "_no_label", "x_1"],
    ),
    (lambda: a.c.id.label("q").name, "q"),
    (lambda: (lambda q: q.corresponding_column(a.c.id))(select((a.c.id + 1).label("z")).subquery("s")), None),
    (lambda: select(a.c.id.label("x"), a.c.id).subquery().c.keys(), ["x", "id"]),
    (lambda: select(a.c.id, a.c.id.label("id")).selected_columns.keys(), ["id", "id_1"]),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
