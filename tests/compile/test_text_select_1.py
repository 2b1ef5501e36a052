"""The text of lists of columns and FROM."""
# ruff: noqa: E711, E712 - comparisons with None and True are SQL here

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.schema import Column, MetaData, Sequence, Table
from cormorant.sql import (
    cast,
    column,
    desc,
    false,
    or_,
    quoted_name,
    select,
    table,
    true,
    try_cast,
    type_coerce,
    values,
)
from cormorant.types import Boolean, Integer, String
from tests.compile.tables import a, al, al2, b, c, lt, q, s, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u.c.id),
        "SELECT u.id \nFROM u",
    ),
    (
        lambda: select(u.c.id, u.c.name),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).where(u.c.name != None),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS NOT NULL",
    ),
    (
        lambda: select(u).where(u.c.id.not_in([1, 2, 3])),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.id NOT IN (__[POSTCOMPILE_id_1]))",
    ),
    (
        lambda: select(u).where(u.c.id.not_in(select(c.c.b_id))),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.id NOT IN (SELECT c.b_id \nFROM c))",
    ),
    (
        lambda: select(u.c.id > 5),
        "SELECT u.id > :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(1),
        "SELECT 1",
    ),
    (
        lambda: select(u).where(true()),
        "SELECT u.id, u.name \nFROM u \nWHERE true",
    ),
    (
        lambda: select(u).where(false()),
        "SELECT u.id, u.name \nFROM u \nWHERE false",
    ),
    (
        lambda: select(u).where(or_()),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(a).where(a.c.flag),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag"
        ),
    ),
    (
        lambda: select(a.c.flag).where(a.c.flag != True),
        "SELECT a.flag \nFROM a \nWHERE a.flag != true",
    ),
    (
        lambda: select(u, b),
        "SELECT u.id, u.name, b.id AS id_1, b.name AS name_1, b.a_id \nFROM u, b",
    ),
    (
        lambda: select(u.c.id, b.c.id),
        "SELECT u.id, b.id AS id_1 \nFROM u, b",
    ),
    (
        lambda: select(u.c.id, b.c.id, c.c.id),
        "SELECT u.id, b.id AS id_1, c.id AS id_2 \nFROM u, b, c",
    ),
    (
        lambda: select(u.c.id, u.c.id),
        "SELECT u.id, u.id AS id__1 \nFROM u",
    ),
    (
        lambda: select(u.c.id, u.c.id, u.c.id),
        "SELECT u.id, u.id AS id__1, u.id AS id__2 \nFROM u",
    ),
    (
        lambda: select(u.c.id, u.c.id, b.c.id, b.c.id),
        "SELECT u.id, u.id AS id__1, b.id AS id_1, b.id AS id__2 \nFROM u, b",
    ),
    (
        lambda: select(u, u),
        "SELECT u.id, u.name, u.id AS id__1, u.name AS name__1 \nFROM u",
    ),
    (
        lambda: select(u.c.id, u.c.id).subquery(),
        "SELECT u.id, u.id AS id__1 \nFROM u",
    ),
    (
        lambda: select(select(u.c.id, b.c.id).subquery()),
        "SELECT anon_1.id, anon_1.id_1 \nFROM (SELECT u.id AS id, b.id AS id_1 \nFROM u, b) AS anon_1",
    ),
    (
        lambda: select(select(u.c.id, u.c.id).subquery()),
        "SELECT anon_1.id, anon_1.id AS id_1 \nFROM (SELECT u.id AS id, u.id AS id__1 \nFROM u) AS anon_1",
    ),
    (
        lambda: select(select(u.c.id, b.c.id, u.c.id).subquery()),
        (
            "SELECT anon_1.id, anon_1.id_1, anon_1.id AS id_2 \n"
            "FROM (SELECT u.id AS id, b.id AS id_1, u.id AS id__1 \n"
            "FROM u, b) AS anon_1"
        ),
    ),
    (
        lambda: select(s),
        "SELECT sch.st.id, sch.st.name \nFROM sch.st",
    ),
    (
        lambda: select(s.alias()),
        "SELECT st_1.id, st_1.name \nFROM sch.st AS st_1",
    ),
    (
        lambda: select(q),
        'SELECT "Order"."ID", "Order"."group", "Order"."Mixed Case", "Order"."x y%z" \nFROM "Order"',
    ),
    (
        lambda: select(q.alias()),
        (
            'SELECT "Order_1"."ID", "Order_1"."group", "Order_1"."Mixed Case", "Order_1"."x y%z" \n'
            'FROM "Order" AS "Order_1"'
        ),
    ),
    (
        lambda: select(q.alias("Some Alias")),
        (
            'SELECT "Some Alias"."ID", "Some Alias"."group", "Some Alias"."Mixed Case", "Some '
            'Alias"."x y%z" \n'
            'FROM "Order" AS "Some Alias"'
        ),
    ),
    (
        lambda: select(al),
        (
            'SELECT a_1.id, a_1.name, a_1.x, a_1."when", a_1.b_id, a_1.price, a_1.flag, a_1.data, '
            "a_1.js, a_1.f, a_1.d, a_1.big, a_1.t \n"
            "FROM a AS a_1"
        ),
    ),
    (
        lambda: select(al2),
        (
            'SELECT zz.id, zz.name, zz.x, zz."when", zz.b_id, zz.price, zz.flag, zz.data, zz.js, zz.f, '
            "zz.d, zz.big, zz.t \n"
            "FROM a AS zz"
        ),
    ),
    (
        lambda: select(a.c.id, al.c.id, al2.c.id),
        "SELECT a.id, a_1.id AS id_1, zz.id AS id_2 \nFROM a, a AS a_1, a AS zz",
    ),
    (
        lambda: select(u.alias(), u.alias()),
        "SELECT u_1.id, u_1.name, u_2.id AS id_1, u_2.name AS name_1 \nFROM u AS u_1, u AS u_2",
    ),
    (
        lambda: select(u.alias().c.id, b.alias().c.id, u.alias("u_1")),
        "SELECT u_1.id, b_1.id AS id_1, u_1.id AS id_2, u_1.name \nFROM u AS u_1, b AS b_1, u AS u_1",
    ),
    (
        lambda: select(select(u).subquery()),
        "SELECT anon_1.id, anon_1.name \nFROM (SELECT u.id AS id, u.name AS name \nFROM u) AS anon_1",
    ),
    (
        lambda: select(select(u).subquery("foo")),
        "SELECT foo.id, foo.name \nFROM (SELECT u.id AS id, u.name AS name \nFROM u) AS foo",
    ),
    (
        lambda: select(cast("x", Integer)),
        "SELECT CAST(:param_1 AS INTEGER) AS anon_1",
    ),
    (
        lambda: select(u.c.id.cast(String(30))),
        "SELECT CAST(u.id AS VARCHAR(30)) AS id \nFROM u",
    ),
    (
        lambda: select(try_cast(u.c.id, Integer)),
        "SELECT TRY_CAST(u.id AS INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(type_coerce(u.c.id, String)),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(type_coerce("x", String)),
        "SELECT :param_1 AS anon_1",
    ),
    (
        lambda: select(values(column("x", Integer), column("y", String), name="v").data([(1, "a"), (2, "b")])),
        "SELECT v.x, v.y \nFROM (VALUES (:param_1, :param_2), (:param_3, :param_4)) AS v (x, y)",
    ),
    (
        lambda: select(values(column("x", Integer), column("y", String)).data([(1, "a")]).alias()),
        "SELECT anon_1.x, anon_1.y \nFROM (VALUES (:param_1, :param_2)) AS anon_1 (x, y)",
    ),
    (
        lambda: select(u).with_hint(u, "USE INDEX (foo)"),
        "SELECT u.id, u.name \nFROM u [USE INDEX (foo)]",
    ),
    (
        lambda: select(u).with_hint(u, "USE INDEX (foo)", dialect_name="mysql"),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_statement_hint("BAR"),
        "SELECT u.id, u.name \nFROM u BAR",
    ),
    (
        lambda: select(lt),
        "SELECT lt.p, lt.q \nFROM lt",
    ),
    (
        lambda: select(column("x")).select_from(table("foo")),
        "SELECT x \nFROM foo",
    ),
    (
        lambda: select(table("foo", column("x"), schema="bar")),
        "SELECT bar.foo.x \nFROM bar.foo",
    ),
    (
        lambda: select(a.c.js["x"], a.c.js["x"].as_string(), a.c.js[("x", 1)], a.c.js[5].as_integer()),
        ("SELECT a.js[:js_1] AS anon_1, a.js[:js_2] AS anon_2, a.js[:js_3] AS anon_3, a.js[:js_4] AS anon_4 \nFROM a"),
    ),
    (
        lambda: select(u).add_columns(b.c.id),
        "SELECT u.id, u.name, b.id AS id_1 \nFROM u, b",
    ),
    (
        lambda: select(u).filter_by(name="x"),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name = :name_1",
    ),
    (
        lambda: select(u).reduce_columns(),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: u.c.id,
        "u.id",
    ),
    (
        lambda: select(u.c.id).subquery(),
        "SELECT u.id \nFROM u",
    ),
    (
        lambda: desc(u.c.id),
        "u.id DESC",
    ),
    (
        lambda: true(),
        "true",
    ),
    (
        lambda: select(a.c.id).where(cast(a.c.id, Boolean)),
        "SELECT a.id \nFROM a \nWHERE CAST(a.id AS BOOLEAN)",
    ),
    (
        lambda: select(a.c.id).having(a.c.flag),
        "SELECT a.id \nFROM a \nHAVING a.flag",
    ),
    (
        lambda: select(a.c.id).where(a.alias().c.flag),
        "SELECT a.id \nFROM a, a AS a_1 \nWHERE a_1.flag",
    ),
    (
        lambda: select(u.c.id, b.c.id).subquery("x").select(),
        "SELECT x.id, x.id_1 \nFROM (SELECT u.id AS id, b.id AS id_1 \nFROM u, b) AS x",
    ),
    (
        lambda: select(cast(u.c.id, String), u.c.id, cast(u.c.id, Integer), type_coerce(u.c.id, String), b.c.id),
        (
            "SELECT CAST(u.id AS VARCHAR) AS id, u.id AS id_1, CAST(u.id AS INTEGER) AS id__1, u.id AS "
            "id__2, b.id AS id_2 \n"
            "FROM u, b"
        ),
    ),
    (
        lambda: select(1).select_from(u, b),
        "SELECT 1 \nFROM u, b",
    ),
    (
        lambda: select(),
        "SELECT",
    ),
    (
        lambda: select().select_from(u),
        "SELECT \nFROM u",
    ),
    (
        lambda: select(u, b.c.id).select_from(u, b.alias()),
        "SELECT u.id, u.name, b.id AS id_1 \nFROM u, b AS b_1, b",
    ),
    (
        lambda: select(Sequence("s").next_value()),
        "SELECT <next sequence value: s> AS next_value_1",
    ),
    (
        lambda: select(
            a.c.js["a"],
            a.c.js["a"].as_float(),
            a.c.js["a"].as_numeric(10, 2),
            a.c.js["a"].as_boolean(),
            a.c.js[("a", 1)].as_string(),
            a.c.js["a"].as_json(),
            a.c.js["a"]["b"],
        ),
        (
            "SELECT a.js[:js_1] AS anon_1, a.js[:js_2] AS anon_2, a.js[:js_3] AS anon_3, a.js[:js_4] "
            "AS anon_4, a.js[:js_5] AS anon_5, a.js[:js_6] AS anon_6, a.js[:js_7][:param_1] AS anon_7 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(table("foo", column("id"), column("x y"))),
        'SELECT foo.id, foo."x y" \nFROM foo',
    ),
    (
        lambda: select(
            Table(quoted_name("foo", True), MetaData(), Column("id", Integer), schema=quoted_name("bar", True))
        ),
        'SELECT "bar"."foo".id \nFROM "bar"."foo"',
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
