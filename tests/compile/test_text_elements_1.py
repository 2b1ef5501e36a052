"""The text of labels, binds, text and constants."""
# ruff: noqa: E711 - comparisons with None and True are SQL here

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import (
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    bindparam,
    case,
    cast,
    column,
    extract,
    false,
    literal,
    literal_column,
    null,
    select,
    text,
    true,
    tuple_,
    type_coerce,
    values,
)
from cormorant.types import Boolean, Integer, String
from tests.compile.tables import a, b, q, s, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).where(u.c.id.in_(bindparam("ids", expanding=True))),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (__[POSTCOMPILE_ids])",
    ),
    (
        lambda: select(u).where(u.c.id == bindparam("ident")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :ident",
    ),
    (
        lambda: select(u).where(u.c.id == bindparam("ident", 7)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :ident",
    ),
    (
        lambda: select(u).where(u.c.id == bindparam("ident", 7, type_=Integer)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :ident",
    ),
    (
        lambda: select((u.c.id > 5).label("big")),
        "SELECT u.id > :id_1 AS big \nFROM u",
    ),
    (
        lambda: select(u.c.id.label("foo"), u.c.name.label("bar")),
        "SELECT u.id AS foo, u.name AS bar \nFROM u",
    ),
    (
        lambda: select(u.c.id.label("foo")).where(u.c.id.label("foo") == 5),
        "SELECT u.id AS foo \nFROM u \nWHERE u.id = :param_1",
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).where(lbl == 5),
        "SELECT u.id + :id_1 AS foo \nFROM u \nWHERE u.id + :id_1 = :param_1",
    ),
    (
        lambda: select(literal(1), literal("x"), literal(None), literal(True), literal(1.5)),
        ("SELECT :param_1 AS anon_1, :param_2 AS anon_2, :param_3 AS anon_3, :param_4 AS anon_4, :param_5 AS anon_5"),
    ),
    (
        lambda: select(literal(1).label("one")),
        "SELECT :param_1 AS one",
    ),
    (
        lambda: select(literal_column("1"), literal_column("x.y").label("z")),
        "SELECT 1, x.y AS z",
    ),
    (
        lambda: select(null(), true(), false()),
        "SELECT NULL AS anon_1, true AS anon_2, false AS anon_3",
    ),
    (
        lambda: select(text("x, y")).select_from(text("foo")).where(text("z = :z")),
        "SELECT x, y \nFROM foo \nWHERE z = :z",
    ),
    (
        lambda: select(text("x")).where(text("z = :z").bindparams(z=5)),
        "SELECT x \nWHERE z = :z",
    ),
    (
        lambda: text("select * from foo where x = :x and y = ':notme' and z = \\:notme and w::int = 5"),
        "select * from foo where x = :x and y = ':notme' and z = :notme and w::int = 5",
    ),
    (
        lambda: text("select * from foo where x = :x").bindparams(x=5),
        "select * from foo where x = :x",
    ),
    (
        lambda: text("select * from foo where x = :x").bindparams(bindparam("x", type_=Integer)),
        "select * from foo where x = :x",
    ),
    (
        lambda: text("select id, name from u").columns(u.c.id, u.c.name),
        "select id, name from u",
    ),
    (
        lambda: text("select id, name from u").columns(id=Integer, name=String),
        "select id, name from u",
    ),
    (
        lambda: select(text("select id, name from u").columns(u.c.id, u.c.name).subquery()),
        "SELECT anon_1.id, anon_1.name \nFROM (select id, name from u) AS anon_1",
    ),
    (
        lambda: select(text("select id, name from u").columns(u.c.id, u.c.name).subquery("t")),
        "SELECT t.id, t.name \nFROM (select id, name from u) AS t",
    ),
    (
        lambda: text("select 100% from x where y like 'a%'"),
        "select 100% from x where y like 'a%'",
    ),
    (
        lambda: select(u.c.id, u.c.id.label("id")),
        "SELECT u.id, u.id AS id \nFROM u",
    ),
    (
        lambda: select(u.c.id, b.c.id.label("id")),
        "SELECT u.id, b.id AS id \nFROM u, b",
    ),
    (
        lambda: select(u.c.id, b.c.id).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT u.id AS u_id, b.id AS b_id \nFROM u, b",
    ),
    (
        lambda: select(u, u).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT u.id AS u_id, u.name AS u_name, u.id AS u_id__1, u.name AS u_name__1 \nFROM u",
    ),
    (
        lambda: select(u.c.id, b.c.id).set_label_style(LABEL_STYLE_NONE),
        "SELECT u.id, b.id \nFROM u, b",
    ),
    (
        lambda: select(s).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT sch.st.id AS sch_st_id, sch.st.name AS sch_st_name \nFROM sch.st",
    ),
    (
        lambda: select(u.c.id + 1, u.c.id + 2).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT u.id + :id_1 AS anon_1, u.id + :id_2 AS anon_2 \nFROM u",
    ),
    (
        lambda: select(q).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        (
            'SELECT "Order"."ID" AS "Order_ID", "Order"."group" AS "Order_group", "Order"."Mixed Case" '
            'AS "Order_Mixed Case", "Order"."x y%z" AS "Order_x y%z" \n'
            'FROM "Order"'
        ),
    ),
    (
        lambda: select(select(u.c.id.label("z")).subquery().c.z),
        "SELECT anon_1.z \nFROM (SELECT u.id AS z \nFROM u) AS anon_1",
    ),
    (
        lambda: select(select(literal(5)).subquery()),
        "SELECT anon_2.anon_1 \nFROM (SELECT :param_1 AS anon_1) AS anon_2",
    ),
    (
        lambda: select(extract("year", a.c.when)),
        'SELECT EXTRACT(year FROM a."when") AS anon_1 \nFROM a',
    ),
    (
        lambda: select(extract("epoch", a.c.when)),
        'SELECT EXTRACT(epoch FROM a."when") AS anon_1 \nFROM a',
    ),
    (
        lambda: select(extract("month", a.c.d).label("m")),
        "SELECT EXTRACT(month FROM a.d) AS m \nFROM a",
    ),
    (
        lambda: select(case((u.c.id == 5, "five"), (u.c.id == 6, "six"), else_="other")),
        (
            "SELECT CASE WHEN (u.id = :id_1) THEN :param_1 WHEN (u.id = :id_2) THEN :param_2 ELSE "
            ":param_3 END AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(case({5: "five", 6: "six"}, value=u.c.id, else_="x")),
        (
            "SELECT CASE u.id WHEN :param_1 THEN :param_2 WHEN :param_3 THEN :param_4 ELSE :param_5 "
            "END AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(case((u.c.id == 5, u.c.name))),
        "SELECT CASE WHEN (u.id = :id_1) THEN u.name END AS anon_1 \nFROM u",
    ),
    (
        lambda: select(case((u.c.id == 5, literal_column("'x'"))).label("foo")),
        "SELECT CASE WHEN (u.id = :id_1) THEN 'x' END AS foo \nFROM u",
    ),
    (
        lambda: select(u).where(tuple_(u.c.id, u.c.name).in_([(1, "a"), (2, "b")])),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.id, u.name) IN (__[POSTCOMPILE_param_1])",
    ),
    (
        lambda: select(u).where(tuple_(u.c.id, u.c.name).in_([])),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.id, u.name) IN (__[POSTCOMPILE_param_1])",
    ),
    (
        lambda: select(u).where(tuple_(u.c.id, u.c.name) == (1, "x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.id, u.name) = (:param_1, :param_2)",
    ),
    (
        lambda: select(u).where(tuple_(u.c.id, u.c.name).in_(select(b.c.id, b.c.name))),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.id, u.name) IN (SELECT b.id, b.name \nFROM b)",
    ),
    (
        lambda: select(
            values(column("x", Integer), column("y", String), name="v", literal_binds=True).data([(1, "a"), (2, "b")])
        ),
        "SELECT v.x, v.y \nFROM (VALUES (1, 'a'), (2, 'b')) AS v (x, y)",
    ),
    (
        lambda: select(u.c.id.label(None)),
        "SELECT u.id AS id_1 \nFROM u",
    ),
    (
        lambda: select((u.c.id + 1).label(None), (u.c.id + 2).label(None)),
        "SELECT u.id + :id_1 AS anon_1, u.id + :id_2 AS anon_2 \nFROM u",
    ),
    (
        lambda: u.c.id == bindparam("foo", unique=True),
        "u.id = :foo_1",
    ),
    (
        lambda: u.c.id.label("x"),
        "u.id",
    ),
    (
        lambda: bindparam("x", 5),
        ":x",
    ),
    (
        lambda: literal("x"),
        ":param_1",
    ),
    (
        lambda: literal_column("foo"),
        "foo",
    ),
    (
        lambda: null(),
        "NULL",
    ),
    (
        lambda: tuple_(1, 2),
        "(:param_1, :param_2)",
    ),
    (
        lambda: select(case((u.c.name.contains("x"), 1), (u.c.id.not_in([2]), 2))),
        (
            "SELECT CASE WHEN (u.name LIKE '%' || :name_1 || '%') THEN :param_1 WHEN ((u.id NOT IN "
            "(__[POSTCOMPILE_id_1]))) THEN :param_2 END AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(u.c.id).where(text("x"), text("y or z")),
        "SELECT u.id \nFROM u \nWHERE x AND y or z",
    ),
    (
        lambda: select(a.c.id).where(literal(True)),
        "SELECT a.id \nFROM a \nWHERE :param_1",
    ),
    (
        lambda: select(a.c.id).where(literal_column("x", Boolean)),
        "SELECT a.id \nFROM a \nWHERE x",
    ),
    (
        lambda: select(case((a.c.flag, 1))),
        "SELECT CASE WHEN a.flag THEN :param_1 END AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.id).where(a.c.flag == literal(True)),
        "SELECT a.id \nFROM a \nWHERE a.flag = :param_1",
    ),
    (
        lambda: select(u).where(u.c.id == bindparam("x", 3), u.c.id == bindparam("x", 4)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :x AND u.id = :x",
    ),
    (
        lambda: select(u.c.id.label("id_1"), b.c.id, u.c.id == 5),
        "SELECT u.id AS id_1, b.id, u.id = :id_1 AS anon_1 \nFROM u, b",
    ),
    (
        lambda: select(u.c.id, b.c.id, u.c.id.label("id_1")),
        "SELECT u.id, b.id AS id_1, u.id AS id_1 \nFROM u, b",
    ),
    (
        lambda: select(
            cast(u.c.id, String), u.c.id, cast(b.c.id, Integer), type_coerce(u.c.id, String), b.c.id
        ).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        (
            "SELECT CAST(u.id AS VARCHAR) AS u_id, u.id AS u_id_1, CAST(b.id AS INTEGER) AS b_id, u.id "
            "AS u_id_2, b.id AS b_id_1 \n"
            "FROM u, b"
        ),
    ),
    (
        lambda: select(
            u.c.id, column("id"), column("x"), literal_column("id"), literal_column("count(*)"), literal_column("x.y")
        ),
        "SELECT u.id, id, x, id, count(*), x.y \nFROM u",
    ),
    (
        lambda: select(cast(a.c.js["a"], String), a.c.js == null(), a.c.js == None),
        ("SELECT CAST(a.js[:js_1] AS VARCHAR) AS anon_1, a.js IS NULL AS anon_2, a.js IS NULL AS anon_3 \nFROM a"),
    ),
    (
        lambda: select(u.c.id.between(1, 2).label("x"), u.c.id.in_([1]).label("y")),
        "SELECT u.id BETWEEN :id_1 AND :id_2 AS x, u.id IN (__[POSTCOMPILE_id_3]) AS y \nFROM u",
    ),
    (
        lambda: select(u.c.name.label("n")).where(column("n") == "x"),
        "SELECT u.name AS n \nFROM u \nWHERE n = :n_1",
    ),
    (
        lambda: select(u, literal("x").label("kind"), null().label("nothing"), literal_column("5").label("five")),
        "SELECT u.id, u.name, :param_1 AS kind, NULL AS nothing, 5 AS five \nFROM u",
    ),
    (
        lambda: select(u).where(u.c.id.in_(bindparam("q", [1, 2], expanding=True))),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (__[POSTCOMPILE_q])",
    ),
    (
        lambda: select(u.c["id"], u.c.id.label("x").label("y")),
        "SELECT u.id, u.id AS y \nFROM u",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
