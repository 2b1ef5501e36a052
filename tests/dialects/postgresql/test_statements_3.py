"""The text of statements where it differs from the standard language."""
# ruff: noqa: E711 - comparisons with None and True are SQL here

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.postgresql import dialect
from cormorant.schema import Column, MetaData, Sequence, Table
from cormorant.sql import (
    LABEL_STYLE_NONE,
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
    union,
    update,
)
from cormorant.types import (
    ARRAY,
    TIME,
    TIMESTAMP,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    PickleType,
    String,
    Time,
    Uuid,
)
from tests.compile.tables import a, b, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: delete(u).where(u.c.id == 5).returning(u.c.id),
        "DELETE FROM u WHERE u.id = %(id_1)s::INTEGER RETURNING u.id",
    ),
    (
        lambda: delete(u.alias()).where(u.c.id == 4),
        "DELETE FROM u AS u_1 USING u WHERE u.id = %(id_1)s::INTEGER",
    ),
    (
        lambda: select(cast(u.c.id, Float(20))),
        "SELECT CAST(u.id AS FLOAT(20)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Float(53))),
        "SELECT CAST(u.id AS FLOAT(53)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Double())),
        "SELECT CAST(u.id AS DOUBLE PRECISION) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DateTime())),
        "SELECT CAST(u.id AS TIMESTAMP WITHOUT TIME ZONE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DateTime(timezone=True))),
        "SELECT CAST(u.id AS TIMESTAMP WITH TIME ZONE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Time())),
        "SELECT CAST(u.id AS TIME WITHOUT TIME ZONE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Time(timezone=True))),
        "SELECT CAST(u.id AS TIME WITH TIME ZONE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, LargeBinary())),
        "SELECT CAST(u.id AS BYTEA) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, LargeBinary(10))),
        "SELECT CAST(u.id AS BYTEA) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Interval())),
        "SELECT CAST(u.id AS INTERVAL) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Uuid())),
        "SELECT CAST(u.id AS UUID) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Uuid(as_uuid=False))),
        "SELECT CAST(u.id AS UUID) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, PickleType())),
        "SELECT CAST(u.id AS BYTEA) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Enum("a", "b", name="en"))),
        "SELECT CAST(u.id AS en) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TIMESTAMP())),
        "SELECT CAST(u.id AS TIMESTAMP WITHOUT TIME ZONE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TIMESTAMP(timezone=True))),
        "SELECT CAST(u.id AS TIMESTAMP WITH TIME ZONE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TIME())),
        "SELECT CAST(u.id AS TIME WITHOUT TIME ZONE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, ARRAY(Integer))),
        "SELECT CAST(u.id AS INTEGER[]) AS id \nFROM u",
    ),
    (
        lambda: select(u.c.name.contains("x")),
        "SELECT u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%' AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id).where(u.c.name.contains("x"), u.c.id.not_in([1])),
        (
            "SELECT u.id \n"
            "FROM u \n"
            "WHERE (u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%') AND (u.id NOT IN "
            "(__[POSTCOMPILE_id_1]))"
        ),
    ),
    (
        lambda: select(u.c.id).where(or_(u.c.name.contains("x"), u.c.id.not_in([1]))),
        (
            "SELECT u.id \n"
            "FROM u \n"
            "WHERE (u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%') OR (u.id NOT IN "
            "(__[POSTCOMPILE_id_1]))"
        ),
    ),
    (
        lambda: select(u.c.id).order_by(u.c.name.contains("x"), u.c.id.not_in([1]).desc()),
        (
            "SELECT u.id \n"
            "FROM u ORDER BY u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%', (u.id NOT IN "
            "(__[POSTCOMPILE_id_1])) DESC"
        ),
    ),
    (
        lambda: select(u.c.id).having(u.c.name.contains("x")),
        "SELECT u.id \nFROM u \nHAVING (u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%')",
    ),
    (
        lambda: select(case((u.c.name.contains("x"), 1), (u.c.id.not_in([2]), 2))),
        (
            "SELECT CASE WHEN (u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%') THEN "
            "%(param_1)s::INTEGER WHEN ((u.id NOT IN (__[POSTCOMPILE_id_1]))) THEN "
            "%(param_2)s::INTEGER END AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(not_(u.c.name.contains("x")), not_(u.c.id.not_in([1]))),
        (
            "SELECT u.name NOT LIKE '%%' || %(name_1)s::VARCHAR || '%%' AS anon_1, u.id IN "
            "(__[POSTCOMPILE_id_1]) AS anon_2 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(u).select_from(u.join(b, b.c.name.contains("x"))),
        "SELECT u.id, u.name \nFROM u JOIN b ON (b.name LIKE '%%' || %(name_1)s::VARCHAR || '%%')",
    ),
    (
        lambda: update(a).values(flag=a.c.name.contains("x"), id=a.c.id.not_in([3])),
        (
            "UPDATE a SET id=((a.id NOT IN (__[POSTCOMPILE_id_1]))), flag=(a.name LIKE '%%' || "
            "%(name_1)s::VARCHAR || '%%')"
        ),
    ),
    (
        lambda: exists().where(u.c.name.contains("x")),
        "EXISTS (SELECT * \nFROM u \nWHERE (u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%'))",
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
            "SELECT foo((u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%'), (u.id NOT IN "
            "(__[POSTCOMPILE_id_1])), u.id IN (__[POSTCOMPILE_id_2]), u.id + %(id_3)s::INTEGER, u.id = "
            "%(id_4)s::INTEGER, u.id = %(id_5)s::INTEGER AND u.id = %(id_6)s::INTEGER) AS foo_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(case((a.c.flag, 1))),
        "SELECT CASE WHEN a.flag THEN %(param_1)s::INTEGER END AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.id).where(a.c.id == 3, a.c.flag, true()),
        "SELECT a.id \nFROM a \nWHERE a.id = %(id_1)s::INTEGER AND a.flag",
    ),
    (
        lambda: select(func.aggregate_strings(u.c.name, ",")),
        "SELECT string_agg(u.name, __[POSTCOMPILE_aggregate_strings_2]) AS aggregate_strings_1 \nFROM u",
    ),
    (
        lambda: select(
            func.percentile_cont(0.5).within_group(u.c.id) + 1,
            func.count().filter(u.c.id > 3),
            func.rank().over(),
            func.foo().within_group(u.c.id).label("x"),
        ),
        (
            "SELECT percentile_cont(%(percentile_cont_1)s) WITHIN GROUP (ORDER BY u.id) + "
            "%(param_1)s::INTEGER AS anon_1, count(*) FILTER (WHERE u.id > %(id_1)s::INTEGER) AS "
            "anon_2, rank() OVER () AS anon_3, foo() WITHIN GROUP (ORDER BY u.id) AS x \n"
            "FROM u"
        ),
    ),
    (
        lambda: (
            lambda lbl: select(u.c.id, lbl).order_by(lbl, func.lower(lbl)).group_by(lbl).having(lbl == "x").distinct()
        )(u.c.name.label("lx")),
        (
            "SELECT DISTINCT u.id, u.name AS lx \n"
            "FROM u GROUP BY u.name \n"
            "HAVING u.name = %(param_1)s::VARCHAR ORDER BY lx, lower(u.name)"
        ),
    ),
    (
        lambda: (lambda lbl: select(u.c.id, lbl).distinct(lbl))(u.c.name.label("lx")),
        "SELECT DISTINCT ON (u.name) u.id, u.name AS lx \nFROM u",
    ),
    (
        lambda: (lambda lbl: select(u.c.id, lbl).distinct("lx"))(u.c.name.label("lx")),
        "SELECT DISTINCT ON (lx) u.id, u.name AS lx \nFROM u",
    ),
    (
        lambda: select(union(select(u.c.name), select(b.c.name)).order_by("name").limit(3).subquery()),
        (
            "SELECT anon_1.name \n"
            "FROM (SELECT u.name AS name \n"
            "FROM u UNION SELECT b.name AS name \n"
            "FROM b ORDER BY name \n"
            " LIMIT %(param_1)s::INTEGER) AS anon_1"
        ),
    ),
    (
        lambda: select(case((u.c.id == 1, 2)).label("cc")).order_by("cc", case((u.c.id == 1, 2))),
        (
            "SELECT CASE WHEN (u.id = %(id_1)s::INTEGER) THEN %(param_1)s::INTEGER END AS cc \n"
            "FROM u ORDER BY cc, CASE WHEN (u.id = %(id_2)s::INTEGER) THEN %(param_2)s::INTEGER END"
        ),
    ),
    (
        lambda: insert(u).values(name=select(b.c.name).where(b.c.id == u.c.id).scalar_subquery()),
        "INSERT INTO u (name) VALUES ((SELECT b.name \nFROM b, u \nWHERE b.id = u.id)) RETURNING u.id",
    ),
    (
        lambda: (
            select(u.c.id)
            .where(u.c.id == 5)
            .where(u.c.id == select(func.max(b.c.id)).where(b.c.id == 3).scalar_subquery())
        ),
        (
            "SELECT u.id \n"
            "FROM u \n"
            "WHERE u.id = %(id_1)s::INTEGER AND u.id = (SELECT max(b.id) AS max_1 \n"
            "FROM b \n"
            "WHERE b.id = %(id_2)s::INTEGER)"
        ),
    ),
    (
        lambda: (lambda al: select(u.c.id).where(al.c.id == 5, u.alias().c.id == 5, select(u).subquery().c.id == 7))(
            u.alias()
        ),
        (
            "SELECT u.id \n"
            "FROM u, u AS u_1, u AS u_2, (SELECT u.id AS id, u.name AS name \n"
            "FROM u) AS anon_1 \n"
            "WHERE u_1.id = %(id_1)s::INTEGER AND u_2.id = %(id_2)s::INTEGER AND anon_1.id = "
            "%(id_3)s::INTEGER"
        ),
    ),
    (
        lambda: select(u).where(u.c.id == bindparam("x", 3), u.c.id == bindparam("x", 4)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = %(x)s::INTEGER AND u.id = %(x)s::INTEGER",
    ),
    (
        lambda: select(u.c.id.label("id_1"), b.c.id, u.c.id == 5),
        "SELECT u.id AS id_1, b.id, u.id = %(id_1)s::INTEGER AS anon_1 \nFROM u, b",
    ),
    (
        lambda: select(u.c.id, b.c.id, cast(u.c.id, String), func.count(), u.c.id + 1).set_label_style(
            LABEL_STYLE_NONE
        ),
        (
            "SELECT u.id, b.id, CAST(u.id AS VARCHAR) AS id, count(*) AS count_1, u.id + "
            "%(id_1)s::INTEGER AS anon_1 \n"
            "FROM u, b"
        ),
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
            "FROM (SELECT CAST(u.id AS VARCHAR) AS id, -u.id AS anon_2, u.id AS id_1, q, foo() AS "
            "foo_1, u.id + %(id_2)s::INTEGER AS anon_3, CAST(u.id + %(id_3)s::INTEGER AS VARCHAR) AS "
            "anon_4, CASE WHEN (u.id = %(id_4)s::INTEGER) THEN %(param_1)s::INTEGER END AS anon_5, "
            "EXTRACT(year FROM u.id) AS anon_6, (SELECT u.id \n"
            "FROM u) AS anon_7, %(foo)s AS anon_8, NULL AS anon_9, zz \n"
            "FROM u) AS anon_1"
        ),
    ),
    (
        lambda: insert(u).values(name=bindparam("name")),
        "INSERT INTO u (name) VALUES (%(name)s::VARCHAR) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(name=bindparam("id")),
        "INSERT INTO u (name) VALUES (%(id)s::VARCHAR) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(name=select(u.c.name)),
        "INSERT INTO u (name) VALUES ((SELECT u.name \nFROM u)) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(name="x").returning(u.c.id + 1, u.c.id.label("q"), literal(3)),
        (
            "INSERT INTO u (name) VALUES (%(name)s::VARCHAR) RETURNING u.id + %(id_1)s::INTEGER AS "
            "anon_1, u.id AS q, %(param_1)s::INTEGER AS anon_2"
        ),
    ),
    (
        lambda: update(u).values(name="x").returning(u.c.id + 1, u.c.id.label("q"), literal(3)),
        (
            "UPDATE u SET name=%(name)s::VARCHAR RETURNING u.id + %(id_1)s::INTEGER AS anon_1, u.id AS "
            "q, %(param_1)s::INTEGER AS anon_2"
        ),
    ),
    (
        lambda: insert(a).values(name="x", flag=True),
        "INSERT INTO a (name, flag) VALUES (%(name)s::VARCHAR, %(flag)s) RETURNING a.id",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, Sequence("sq"), primary_key=True), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (id, n) VALUES (nextval('sq'), %(n)s::INTEGER) RETURNING t9.id",
    ),
    (
        lambda: insert(Table("t9", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer))).values(),
        "INSERT INTO t9 DEFAULT VALUES RETURNING t9.id",
    ),
    (
        lambda: insert(
            Table(
                "t9",
                MetaData(),
                Column("id", Integer, primary_key=True),
                Column("n", Integer),
                Column("d", Integer, default=3),
            )
        ).from_select(["n"], select(u.c.id)),
        "INSERT INTO t9 (n, d) SELECT u.id, %(d)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: insert(u).values(id=u.c.id + 5),
        "INSERT INTO u (id) VALUES ((u.id + %(id_1)s::INTEGER)) RETURNING u.id",
    ),
    (
        lambda: select(Sequence("s").next_value()),
        "SELECT nextval('s') AS next_value_1",
    ),
    (
        lambda: select(u.c.name.regexp_match("x", "im")),
        "SELECT u.name ~ CONCAT('(?', 'im', ')', %(name_1)s::VARCHAR) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(~u.c.name.regexp_match("x", "m")),
        "SELECT u.name !~ CONCAT('(?', 'm', ')', %(name_1)s::VARCHAR) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(~u.c.name.match("x")),
        "SELECT NOT u.name @@ plainto_tsquery(%(name_1)s::VARCHAR) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.match("x", postgresql_regconfig="english")),
        "SELECT u.name @@ plainto_tsquery('english', %(name_1)s::VARCHAR) AS anon_1 \nFROM u",
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
            "SELECT a.js -> %(js_1)s::TEXT AS anon_1, CAST(a.js ->> %(js_2)s::TEXT AS FLOAT) AS "
            "anon_2, CAST(a.js ->> %(js_3)s::TEXT AS NUMERIC(10, 2)) AS anon_3, CAST(a.js ->> "
            "%(js_4)s::TEXT AS BOOLEAN) AS anon_4, CAST(a.js #>> %(js_5)s AS VARCHAR) AS anon_5, a.js "
            "-> %(js_6)s::TEXT AS anon_6, (a.js -> %(js_7)s::TEXT) -> %(param_1)s::TEXT AS anon_7 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(a.c.js["a"]).where(a.c.js["b"] == 5),
        ("SELECT a.js -> %(js_1)s::TEXT AS anon_1 \nFROM a \nWHERE (a.js -> %(js_2)s::TEXT) = %(param_1)s::INTEGER"),
    ),
    (
        lambda: select(cast(a.c.js["a"], String), a.c.js == null(), a.c.js == None),
        (
            "SELECT CAST(a.js -> %(js_1)s::TEXT AS VARCHAR) AS anon_1, a.js IS NULL AS anon_2, a.js IS "
            "NULL AS anon_3 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(u).with_for_update(of=[u, u.c.id]),
        "SELECT u.id, u.name \nFROM u FOR UPDATE OF u",
    ),
    (
        lambda: select(u).with_for_update(of=u.alias("q"), read=True),
        "SELECT u.id, u.name \nFROM u FOR SHARE OF q",
    ),
    (
        lambda: select(u.c.id).limit(0),
        "SELECT u.id \nFROM u \n LIMIT %(param_1)s::INTEGER",
    ),
    (
        lambda: select(u.c.id).offset(3).with_for_update(),
        "SELECT u.id \nFROM u\n LIMIT ALL OFFSET %(param_1)s::INTEGER FOR UPDATE",
    ),
    (
        lambda: select(u.c.id).limit(3).with_for_update().suffix_with("X"),
        "SELECT u.id \nFROM u \n LIMIT %(param_1)s::INTEGER FOR UPDATE X ",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
