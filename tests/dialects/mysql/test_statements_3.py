"""The text of statements where it differs from the standard language."""
# ruff: noqa: E711 - comparisons with None and True are SQL here

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.mysql import dialect
from cormorant.schema import Column, MetaData, Sequence, Table
from cormorant.sql import (
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    extract,
    func,
    insert,
    literal,
    literal_column,
    not_,
    null,
    or_,
    select,
    text,
    true,
    type_coerce,
    union,
    update,
)
from cormorant.types import BLOB, UUID, VARBINARY, Boolean, Integer, String, Text, Unicode
from tests.compile.tables import a, al, b, c, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(cast(u.c.id, VARBINARY())),
        "SELECT CAST(u.id AS BINARY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, VARBINARY(5))),
        "SELECT CAST(u.id AS BINARY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BLOB())),
        "SELECT CAST(u.id AS BINARY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, UUID())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, String())),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Unicode())),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Text(10))),
        "SELECT CAST(u.id AS CHAR(10)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, String(5, collation="fr"))),
        "SELECT CAST(u.id AS CHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(u.c.name.contains("x")),
        "SELECT u.name LIKE concat('%%', %s, '%%') AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id).where(u.c.name.contains("x"), u.c.id.not_in([1])),
        ("SELECT u.id \nFROM u \nWHERE (u.name LIKE concat('%%', %s, '%%')) AND (u.id NOT IN (__[POSTCOMPILE_id_1]))"),
    ),
    (
        lambda: select(u.c.id).where(or_(u.c.name.contains("x"), u.c.id.not_in([1]))),
        ("SELECT u.id \nFROM u \nWHERE (u.name LIKE concat('%%', %s, '%%')) OR (u.id NOT IN (__[POSTCOMPILE_id_1]))"),
    ),
    (
        lambda: select(u.c.id).order_by(u.c.name.contains("x"), u.c.id.not_in([1]).desc()),
        ("SELECT u.id \nFROM u ORDER BY u.name LIKE concat('%%', %s, '%%'), (u.id NOT IN (__[POSTCOMPILE_id_1])) DESC"),
    ),
    (
        lambda: select(u.c.id).having(u.c.name.contains("x")),
        "SELECT u.id \nFROM u \nHAVING (u.name LIKE concat('%%', %s, '%%'))",
    ),
    (
        lambda: select(case((u.c.name.contains("x"), 1), (u.c.id.not_in([2]), 2))),
        (
            "SELECT CASE WHEN (u.name LIKE concat('%%', %s, '%%')) THEN %s WHEN ((u.id NOT IN "
            "(__[POSTCOMPILE_id_1]))) THEN %s END AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(not_(u.c.name.contains("x")), not_(u.c.id.not_in([1]))),
        ("SELECT u.name NOT LIKE concat('%%', %s, '%%') AS anon_1, u.id IN (__[POSTCOMPILE_id_1]) AS anon_2 \nFROM u"),
    ),
    (
        lambda: select(u).select_from(u.join(b, b.c.name.contains("x"))),
        "SELECT u.id, u.name \nFROM u INNER JOIN b ON (b.name LIKE concat('%%', %s, '%%'))",
    ),
    (
        lambda: update(a).values(flag=a.c.name.contains("x"), id=a.c.id.not_in([3])),
        ("UPDATE a SET id=((a.id NOT IN (__[POSTCOMPILE_id_1]))), flag=(a.name LIKE concat('%%', %s, '%%'))"),
    ),
    (
        lambda: exists().where(u.c.name.contains("x")),
        "EXISTS (SELECT * \nFROM u \nWHERE (u.name LIKE concat('%%', %s, '%%')))",
    ),
    (
        lambda: select(
            func.foo(
                u.c.name.contains("x"),
                u.c.id.not_in([3]),
                u.c.id.in_([3]),
                u.c.id + 3,
                u.c.id == 3,
                and_(u.c.id == 3, u.c.id == 4),
            )
        ),
        (
            "SELECT foo((u.name LIKE concat('%%', %s, '%%')), (u.id NOT IN (__[POSTCOMPILE_id_1])), "
            "u.id IN (__[POSTCOMPILE_id_2]), u.id + %s, u.id = %s, u.id = %s AND u.id = %s) AS foo_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(a.c.id).where(func.foo(1, type_=Boolean)),
        "SELECT a.id \nFROM a \nWHERE foo(%s) = 1",
    ),
    (
        lambda: select(a.c.id).where(not_(func.foo(1, type_=Boolean))),
        "SELECT a.id \nFROM a \nWHERE foo(%s) = 0",
    ),
    (
        lambda: select(a.c.id).where(literal(True)),
        "SELECT a.id \nFROM a \nWHERE %s = 1",
    ),
    (
        lambda: select(a.c.id).where(literal_column("x", Boolean)),
        "SELECT a.id \nFROM a \nWHERE x = 1",
    ),
    (
        lambda: select(a.c.id).where(a.c.id == 3, a.c.flag, true()),
        "SELECT a.id \nFROM a \nWHERE a.id = %s AND a.flag = 1",
    ),
    (
        lambda: select(a.c.id).where(cast(a.c.id, Boolean)),
        "SELECT a.id \nFROM a \nWHERE a.id = 1",
    ),
    (
        lambda: select(a.c.id).having(a.c.flag),
        "SELECT a.id \nFROM a \nHAVING a.flag = 1",
    ),
    (
        lambda: select(a.c.id).where(a.alias().c.flag),
        "SELECT a.id \nFROM a, a AS a_1 \nWHERE a_1.flag = 1",
    ),
    (
        lambda: select(func.aggregate_strings(u.c.name, ",")),
        ("SELECT group_concat(u.name SEPARATOR __[POSTCOMPILE_aggregate_strings_2]) AS aggregate_strings_1 \nFROM u"),
    ),
    (
        lambda: select(union(select(u.c.name), select(b.c.name)).order_by("name").limit(3).subquery()),
        (
            "SELECT anon_1.name \n"
            "FROM (SELECT u.name AS name \n"
            "FROM u UNION SELECT b.name AS name \n"
            "FROM b ORDER BY name \n"
            " LIMIT %s) AS anon_1"
        ),
    ),
    (
        lambda: (
            lambda al: (
                select(u).select_from(u.join(b, u.c.id == b.c.id)).where(exists().where(u.c.id == b.c.id, al.c.id == 3))
            )
        )(u.alias()),
        (
            "SELECT u.id, u.name \n"
            "FROM u INNER JOIN b ON u.id = b.id \n"
            "WHERE EXISTS (SELECT * \n"
            "FROM u AS u_1 \n"
            "WHERE u.id = b.id AND u_1.id = %s)"
        ),
    ),
    (
        lambda: select(cast(u.c.id, String), u.c.id, cast(u.c.id, Integer), type_coerce(u.c.id, String), b.c.id),
        (
            "SELECT CAST(u.id AS CHAR) AS id, u.id AS id_1, CAST(u.id AS SIGNED INTEGER) AS id__1, "
            "u.id AS id__2, b.id AS id_2 \n"
            "FROM u, b"
        ),
    ),
    (
        lambda: select(
            cast(u.c.id, String), u.c.id, cast(b.c.id, Integer), type_coerce(u.c.id, String), b.c.id
        ).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        (
            "SELECT CAST(u.id AS CHAR) AS u_id, u.id AS u_id_1, CAST(b.id AS SIGNED INTEGER) AS b_id, "
            "u.id AS u_id_2, b.id AS b_id_1 \n"
            "FROM u, b"
        ),
    ),
    (
        lambda: select(u.c.id, b.c.id, cast(u.c.id, String), func.count(), u.c.id + 1).set_label_style(
            LABEL_STYLE_NONE
        ),
        ("SELECT u.id, b.id, CAST(u.id AS CHAR) AS id, count(*) AS count_1, u.id + %s AS anon_1 \nFROM u, b"),
    ),
    (
        lambda: select(
            select(
                cast(u.c.id, String),
                -u.c.id,
                u.c.id,
                literal_column("q"),
                func.foo(),
                u.c.id + 1,
                cast(u.c.id + 1, String),
                case((u.c.id == 3, 3)),
                extract("year", u.c.id),
                select(u.c.id).scalar_subquery(),
                bindparam("foo"),
                null(),
                text("zz"),
            ).subquery()
        ),
        (
            "SELECT anon_1.id, anon_1.anon_2, anon_1.id_1, anon_1.q, anon_1.foo_1, anon_1.anon_3, "
            "anon_1.anon_4, anon_1.anon_5, anon_1.anon_6, anon_1.anon_7, anon_1.anon_8, anon_1.anon_9 \n"
            "FROM (SELECT CAST(u.id AS CHAR) AS id, -u.id AS anon_2, u.id AS id_1, q, foo() AS foo_1, "
            "u.id + %s AS anon_3, CAST(u.id + %s AS CHAR) AS anon_4, CASE WHEN (u.id = %s) THEN %s END "
            "AS anon_5, EXTRACT(year FROM u.id) AS anon_6, (SELECT u.id \n"
            "FROM u) AS anon_7, %s AS anon_8, NULL AS anon_9, zz \n"
            "FROM u) AS anon_1"
        ),
    ),
    (
        lambda: update(u).with_hint("HINT"),
        "UPDATE u HINT SET id=%s, name=%s",
    ),
    (
        lambda: delete(u).with_hint("HINT"),
        "DELETE FROM u HINT",
    ),
    (
        lambda: insert(u).with_hint("HINT"),
        "INSERT INTO u HINT (id, name) VALUES (%s, %s)",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, Sequence("sq"), primary_key=True), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (n) VALUES (%s)",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", String(5), primary_key=True, server_default="x"), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (n) VALUES (%s)",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, primary_key=True, default=func.foo()), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (id, n) VALUES (%s, %s)",
    ),
    (
        lambda: insert(u).values(name="x").return_defaults(),
        "INSERT INTO u (name) VALUES (%s)",
    ),
    (
        lambda: select(Sequence("s").next_value()),
        "SELECT nextval(s) AS next_value_1",
    ),
    (
        lambda: select(u.c.name.regexp_match("x", "im")),
        "SELECT REGEXP_LIKE(u.name, %s, 'im') AS anon_1 \nFROM u",
    ),
    (
        lambda: select(~u.c.name.regexp_match("x", "m")),
        "SELECT NOT REGEXP_LIKE(u.name, %s, 'm') AS anon_1 \nFROM u",
    ),
    (
        lambda: select(~u.c.name.match("x")),
        "SELECT NOT MATCH (u.name) AGAINST (%s IN BOOLEAN MODE) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.match("x", postgresql_regconfig="english")),
        "SELECT MATCH (u.name) AGAINST (%s IN BOOLEAN MODE) AS anon_1 \nFROM u",
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
            "SELECT JSON_EXTRACT(a.js, %s) AS anon_1, CASE JSON_EXTRACT(a.js, %s) WHEN 'null' THEN "
            "NULL ELSE JSON_EXTRACT(a.js, %s)+0.0000000000000000000000 END AS anon_2, CASE "
            "JSON_EXTRACT(a.js, %s) WHEN 'null' THEN NULL ELSE CAST(JSON_EXTRACT(a.js, %s) AS "
            "DECIMAL(10, 2)) END AS anon_3, CASE JSON_EXTRACT(a.js, %s) WHEN 'null' THEN NULL WHEN "
            "true THEN true ELSE false END AS anon_4, CASE JSON_EXTRACT(a.js, %s) WHEN 'null' THEN "
            "NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(a.js, %s)) END AS anon_5, JSON_EXTRACT(a.js, %s) AS "
            "anon_6, JSON_EXTRACT(JSON_EXTRACT(a.js, %s), %s) AS anon_7 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(a.c.js["a"]).where(a.c.js["b"] == 5),
        "SELECT JSON_EXTRACT(a.js, %s) AS anon_1 \nFROM a \nWHERE JSON_EXTRACT(a.js, %s) = %s",
    ),
    (
        lambda: select(cast(a.c.js["a"], String), a.c.js == null(), a.c.js == None),
        (
            "SELECT CAST(JSON_EXTRACT(a.js, %s) AS CHAR) AS anon_1, a.js IS NULL AS anon_2, a.js IS "
            "NULL AS anon_3 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(u).with_for_update(of=u.alias("q"), read=True),
        "SELECT u.id, u.name \nFROM u LOCK IN SHARE MODE",
    ),
    (
        lambda: select(u.c.id).limit(0),
        "SELECT u.id \nFROM u \n LIMIT %s",
    ),
    (
        lambda: select(u.c.id).offset(3).with_for_update(),
        "SELECT u.id \nFROM u \n LIMIT %s, 18446744073709551615 FOR UPDATE",
    ),
    (
        lambda: select(u.c.id).limit(3).with_for_update().suffix_with("X"),
        "SELECT u.id \nFROM u \n LIMIT %s FOR UPDATE X ",
    ),
    (
        lambda: union(select(u.c.id), select(u.c.name)).limit(3),
        "SELECT u.id \nFROM u UNION SELECT u.name \nFROM u \n LIMIT %s",
    ),
    (
        lambda: union(select(u.c.id).limit(1), select(u.c.name)).limit(3),
        "(SELECT u.id \nFROM u \n LIMIT %s) UNION SELECT u.name \nFROM u \n LIMIT %s",
    ),
    (
        lambda: select(u.c.id).group_by(u.c.id, func.rollup(u.c.id)),
        "SELECT u.id \nFROM u GROUP BY u.id, u.id WITH ROLLUP",
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
            "SELECT (u.id + u.id * %s) - %s AS anon_1, (u.id + %s) * (u.id - %s) AS anon_2, u.id * %s "
            "+ %s AS anon_3, (u.id - %s) - %s AS anon_4, (u.id / %s) / %s AS anon_5, -u.id + %s AS "
            "anon_6, %s + u.id + %s AS anon_7 \n"
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
            "SELECT concat(u.name, %s, %s) AS anon_1, concat(%s, u.name, %s) AS anon_2, concat(u.name, "
            "%s, u.name) AS anon_3, concat(u.name, %s, u.name, %s) AS anon_4 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(u.c.name == u.c.name + "x", (u.c.id == 3) == (u.c.id == 4), u.c.id + (u.c.id == 3)),
        (
            "SELECT u.name = (concat(u.name, %s)) AS anon_1, (u.id = %s) = (u.id = %s) AS anon_2, u.id "
            "+ (u.id = %s) AS anon_3 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(u).join(b, u.c.id == b.c.id, isouter=True).join(c),
        "SELECT u.id, u.name \nFROM u LEFT OUTER JOIN b ON u.id = b.id INNER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(u).join_from(u, b, u.c.id == b.c.id).join_from(b, c),
        "SELECT u.id, u.name \nFROM u INNER JOIN b ON u.id = b.id INNER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b, c).join(c).join(u, u.c.id == c.c.id),
        (
            "SELECT b.id, b.name, b.a_id, c.id AS id_1, c.b_id \n"
            "FROM b INNER JOIN c ON b.id = c.b_id INNER JOIN u ON u.id = c.id"
        ),
    ),
    (
        lambda: select(c).join(b).join(a, a.c.b_id == b.c.id),
        "SELECT c.id, c.b_id \nFROM c INNER JOIN b ON b.id = c.b_id INNER JOIN a ON a.b_id = b.id",
    ),
    (
        lambda: select(b).join(al, al.c.b_id == b.c.id),
        "SELECT b.id, b.name, b.a_id \nFROM b INNER JOIN a AS a_1 ON a_1.b_id = b.id",
    ),
    (
        lambda: select(b.alias()).join(c),
        "SELECT b_1.id, b_1.name, b_1.a_id \nFROM b AS b_1 INNER JOIN c ON b_1.id = c.b_id",
    ),
    (
        lambda: select(u).join(select(b).cte("q"), text("1=1")),
        (
            "WITH q AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " SELECT u.id, u.name \n"
            "FROM u INNER JOIN q ON 1=1"
        ),
    ),
    (
        lambda: select(func.count()).select_from(select(u).order_by(u.c.id).limit(5).subquery()),
        (
            "SELECT count(*) AS count_1 \n"
            "FROM (SELECT u.id AS id, u.name AS name \n"
            "FROM u ORDER BY u.id \n"
            " LIMIT %s) AS anon_1"
        ),
    ),
    (
        lambda: select(literal(7) / 2, literal(7) // 2, literal(7) % 4),
        "SELECT %s / %s AS anon_1, FLOOR(%s / %s) AS anon_2, %s %% %s AS anon_3",
    ),
    (
        lambda: select(u.c.name.ilike("a"), u.c.name.icontains("a", autoescape=True)),
        (
            "SELECT lower(u.name) LIKE lower(%s) AS anon_1, lower(u.name) LIKE concat('%%', lower(%s), "
            "'%%') ESCAPE '/' AS anon_2 \n"
            "FROM u"
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
