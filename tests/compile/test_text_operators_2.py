"""The text of operators."""
# ruff: noqa: E712 - comparisons with None and True are SQL here

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import and_, collate, column, false, not_, or_, select, true
from cormorant.types import Integer
from tests.compile.tables import a, al, al2, b, lt, q, s, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u.c.name + "x" + u.c.name),
        "SELECT u.name || :name_1 || u.name AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.concat("x")),
        "SELECT u.name || :name_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.op("~")("x")),
        "SELECT u.name ~ :name_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.op("->", precedence=5)("x") == "y"),
        "SELECT (u.name -> :name_1) = :param_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.bool_op("~~")("x")),
        "SELECT u.name ~~ :name_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.op("&")(5)),
        "SELECT u.id & :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_and(5)),
        "SELECT u.id & :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_or(5)),
        "SELECT u.id | :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_xor(5)),
        "SELECT u.id ^ :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_not()),
        "SELECT ~u.id \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_lshift(5)),
        "SELECT u.id << :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_rshift(5)),
        "SELECT u.id >> :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id == u.c.id),
        "SELECT u.id = u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u).where(and_(true(), u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :id_1",
    ),
    (
        lambda: select(u).where(and_(false(), u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE false",
    ),
    (
        lambda: select(u).where(or_(true(), u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE true",
    ),
    (
        lambda: select(u).where(or_(false(), u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :id_1",
    ),
    (
        lambda: select(u).where(and_(True, u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :id_1",
    ),
    (
        lambda: select(a).where(~a.c.flag),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE NOT a.flag"
        ),
    ),
    (
        lambda: select(a).where(not_(a.c.flag), a.c.id == 1),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE NOT a.flag AND a.id = :id_1"
        ),
    ),
    (
        lambda: select(a).where(a.c.flag == True),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = true"
        ),
    ),
    (
        lambda: select(a).where(a.c.flag.is_(True)),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag IS true"
        ),
    ),
    (
        lambda: select(a).where(a.c.flag == false()),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = false"
        ),
    ),
    (
        lambda: select(a).where(or_(a.c.flag, a.c.id == 1)),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag OR a.id = :id_1"
        ),
    ),
    (
        lambda: select(u, b).where(u.c.id == b.c.id),
        "SELECT u.id, u.name, b.id AS id_1, b.name AS name_1, b.a_id \nFROM u, b \nWHERE u.id = b.id",
    ),
    (
        lambda: select(s).where(s.c.id == 5),
        "SELECT sch.st.id, sch.st.name \nFROM sch.st \nWHERE sch.st.id = :id_1",
    ),
    (
        lambda: select(q).where(q.c.group == "x"),
        (
            'SELECT "Order"."ID", "Order"."group", "Order"."Mixed Case", "Order"."x y%z" \n'
            'FROM "Order" \n'
            'WHERE "Order"."group" = :group_1'
        ),
    ),
    (
        lambda: select(al.c.id).where(al.c.id == al2.c.id),
        "SELECT a_1.id \nFROM a AS a_1, a AS zz \nWHERE a_1.id = zz.id",
    ),
    (
        lambda: select(select(u.c.id + 1).subquery()),
        "SELECT anon_2.anon_1 \nFROM (SELECT u.id + :id_1 AS anon_1 \nFROM u) AS anon_2",
    ),
    (
        lambda: select(select(u.c.id + 1, u.c.id + 2).subquery()),
        (
            "SELECT anon_2.anon_1, anon_2.anon_3 \n"
            "FROM (SELECT u.id + :id_1 AS anon_1, u.id + :id_2 AS anon_3 \n"
            "FROM u) AS anon_2"
        ),
    ),
    (
        lambda: select(u.c.name.collate("utf8")),
        "SELECT u.name COLLATE utf8 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(collate(u.c.name, "Foo Bar")),
        'SELECT u.name COLLATE "Foo Bar" AS anon_1 \nFROM u',
    ),
    (
        lambda: select(u).prefix_with("SQL_NO_CACHE"),
        "SELECT SQL_NO_CACHE u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).suffix_with("FOR BAR"),
        "SELECT u.id, u.name \nFROM u FOR BAR ",
    ),
    (
        lambda: select(u).prefix_with("FOO", dialect="mysql"),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(lt.c.p).where(lt.c.q == 5),
        "SELECT lt.p \nFROM lt \nWHERE lt.q = :q_1",
    ),
    (
        lambda: select(column("x"), column("y", Integer) + 5),
        "SELECT x, y + :y_1 AS anon_1",
    ),
    (
        lambda: select(a.c.js["x"].as_string() == "y"),
        "SELECT a.js[:js_1] = :param_1 AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a).where(a.c.js["x"].as_boolean() == True),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.js[:js_1] = true"
        ),
    ),
    (
        lambda: select(a.c.when + datetime.timedelta(days=1)),
        'SELECT a."when" + :when_1 AS anon_1 \nFROM a',
    ),
    (
        lambda: select(a.c.when - a.c.when),
        'SELECT a."when" - a."when" AS anon_1 \nFROM a',
    ),
    (
        lambda: select(a.c.d == datetime.date(2020, 1, 2)),
        "SELECT a.d = :d_1 AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.price * 2 + a.c.x),
        "SELECT a.price * :price_1 + a.x AS anon_1 \nFROM a",
    ),
    (
        lambda: select(u).where(u.c.id == 5).with_only_columns(u.c.name),
        "SELECT u.name \nFROM u \nWHERE u.id = :id_1",
    ),
    (
        lambda: u.c.id == 5,
        "u.id = :id_1",
    ),
    (
        lambda: and_(u.c.id == 5, u.c.id == 6),
        "u.id = :id_1 AND u.id = :id_2",
    ),
    (
        lambda: or_(u.c.id == 5, and_(u.c.id == 6, u.c.name == "x")),
        "u.id = :id_1 OR u.id = :id_2 AND u.name = :name_1",
    ),
    (
        lambda: u.c.name.in_(["a"]),
        "u.name IN (__[POSTCOMPILE_name_1])",
    ),
    (
        lambda: select(u.c.name.contains("x")),
        "SELECT u.name LIKE '%' || :name_1 || '%' AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id).where(u.c.name.contains("x"), u.c.id.not_in([1])),
        ("SELECT u.id \nFROM u \nWHERE (u.name LIKE '%' || :name_1 || '%') AND (u.id NOT IN (__[POSTCOMPILE_id_1]))"),
    ),
    (
        lambda: select(u.c.id).where(or_(u.c.name.contains("x"), u.c.id.not_in([1]))),
        ("SELECT u.id \nFROM u \nWHERE (u.name LIKE '%' || :name_1 || '%') OR (u.id NOT IN (__[POSTCOMPILE_id_1]))"),
    ),
    (
        lambda: select(u.c.id).having(u.c.name.contains("x")),
        "SELECT u.id \nFROM u \nHAVING (u.name LIKE '%' || :name_1 || '%')",
    ),
    (
        lambda: select(not_(u.c.name.contains("x")), not_(u.c.id.not_in([1]))),
        ("SELECT u.name NOT LIKE '%' || :name_1 || '%' AS anon_1, u.id IN (__[POSTCOMPILE_id_1]) AS anon_2 \nFROM u"),
    ),
    (
        lambda: select(u.c.id).where(u.c.name.op("x")("y")),
        "SELECT u.id \nFROM u \nWHERE u.name x :name_1",
    ),
    (
        lambda: select(u.c.id).where(u.c.name.op("x")("y"), u.c.id == 3),
        "SELECT u.id \nFROM u \nWHERE (u.name x :name_1) AND u.id = :id_1",
    ),
    (
        lambda: select(a.c.flag, ~a.c.flag),
        "SELECT a.flag, NOT a.flag \nFROM a",
    ),
    (
        lambda: select(a.c.id).where(a.c.id == 3, a.c.flag, true()),
        "SELECT a.id \nFROM a \nWHERE a.id = :id_1 AND a.flag",
    ),
    (
        lambda: (lambda al: select(u.c.id).where(al.c.id == 5, u.alias().c.id == 5, select(u).subquery().c.id == 7))(
            u.alias()
        ),
        (
            "SELECT u.id \n"
            "FROM u, u AS u_1, u AS u_2, (SELECT u.id AS id, u.name AS name \n"
            "FROM u) AS anon_1 \n"
            "WHERE u_1.id = :id_1 AND u_2.id = :id_2 AND anon_1.id = :id_3"
        ),
    ),
    (
        lambda: select(1).where(u.c.id == 3),
        "SELECT 1 \nFROM u \nWHERE u.id = :id_1",
    ),
    (
        lambda: select(u.c.name.regexp_match("x", "im")),
        "SELECT u.name <regexp> :name_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(~u.c.name.regexp_match("x", "m")),
        "SELECT u.name <not regexp> :name_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(~u.c.name.match("x")),
        "SELECT NOT u.name MATCH :name_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.match("x", postgresql_regconfig="english")),
        "SELECT u.name MATCH :name_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(a.c.js["a"]).where(a.c.js["b"] == 5),
        "SELECT a.js[:js_1] AS anon_1 \nFROM a \nWHERE a.js[:js_2] = :param_1",
    ),
    (
        lambda: select(
            u.c.id + u.c.id * 2 - 3,
            (u.c.id + 1) * (u.c.id - 1),
            u.c.id * 2 + 1,
            u.c.id - 1 - 2,
            u.c.id / 2 / 3,
            -u.c.id + 1,
            1 + u.c.id + 2,
        ),
        (
            "SELECT (u.id + u.id * :id_1) - :param_1 AS anon_1, (u.id + :id_2) * (u.id - :id_3) AS "
            "anon_2, u.id * :id_4 + :param_2 AS anon_3, (u.id - :id_5) - :param_3 AS anon_4, (u.id / "
            "CAST(:id_6 AS NUMERIC)) / CAST(:param_4 AS NUMERIC) AS anon_5, -u.id + :param_5 AS "
            "anon_6, :id_7 + u.id + :param_6 AS anon_7 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(
            u.c.name + "a" + "b",
            "a" + u.c.name + "b",
            u.c.name.concat("x").concat(u.c.name),
            (u.c.name + "a") + (u.c.name + "b"),
        ),
        (
            "SELECT u.name || :name_1 || :param_1 AS anon_1, :name_2 || u.name || :param_2 AS anon_2, "
            "u.name || :name_3 || u.name AS anon_3, u.name || :name_4 || u.name || :name_5 AS anon_4 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(u.c.name == u.c.name + "x", (u.c.id == 3) == (u.c.id == 4), u.c.id + (u.c.id == 3)),
        (
            "SELECT u.name = (u.name || :name_1) AS anon_1, (u.id = :id_1) = (u.id = :id_2) AS anon_2, "
            "u.id + (u.id = :id_3) AS anon_3 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(u.c.id.is_(None) & (u.c.id > 3) | ~(u.c.id < 4)),
        "SELECT u.id IS NULL AND u.id > :id_1 OR u.id >= :id_2 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u).where((u.c.id == 1) | ((u.c.id == 2) & ((u.c.id == 3) | (u.c.id == 4)))),
        ("SELECT u.id, u.name \nFROM u \nWHERE u.id = :id_1 OR u.id = :id_2 AND (u.id = :id_3 OR u.id = :id_4)"),
    ),
    (
        lambda: select(u).where(~((u.c.id == 1) & (u.c.id == 2)), ~((u.c.id == 1) | (u.c.id == 2))),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE NOT (u.id = :id_1 AND u.id = :id_2) AND NOT (u.id = :id_3 OR u.id = :id_4)"
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
