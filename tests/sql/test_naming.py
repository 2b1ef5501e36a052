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
    cast,
    desc,
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
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
