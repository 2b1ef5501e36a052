"""The text of statements where it differs from the standard language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.postgresql import dialect
from cormorant.sql import and_, between, func, not_, or_, select
from tests.compile.tables import a, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).where(u.c.id == 5, u.c.name == "x"),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = %(id_1)s::INTEGER AND u.name = %(name_1)s::VARCHAR",
    ),
    (
        lambda: select(u).where(u.c.id == 5).where(u.c.name == "x").where(u.c.id > 3),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE u.id = %(id_1)s::INTEGER AND u.name = %(name_1)s::VARCHAR AND u.id > "
            "%(id_2)s::INTEGER"
        ),
    ),
    (
        lambda: select(u).where(or_(u.c.id == 5, u.c.name == "x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = %(id_1)s::INTEGER OR u.name = %(name_1)s::VARCHAR",
    ),
    (
        lambda: select(u).where(or_(u.c.id == 5, u.c.name == "x"), u.c.id != 7),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE (u.id = %(id_1)s::INTEGER OR u.name = %(name_1)s::VARCHAR) AND u.id != "
            "%(id_2)s::INTEGER"
        ),
    ),
    (
        lambda: select(u).where(and_(or_(u.c.id == 5, u.c.name == "x"), and_(u.c.id != 7, u.c.id < 8))),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE (u.id = %(id_1)s::INTEGER OR u.name = %(name_1)s::VARCHAR) AND u.id != "
            "%(id_2)s::INTEGER AND u.id < %(id_3)s::INTEGER"
        ),
    ),
    (
        lambda: select(u).where(not_(or_(u.c.id == 5, u.c.id == 6))),
        "SELECT u.id, u.name \nFROM u \nWHERE NOT (u.id = %(id_1)s::INTEGER OR u.id = %(id_2)s::INTEGER)",
    ),
    (
        lambda: select(u).where(not_(and_(u.c.id == 5, u.c.id == 6))),
        "SELECT u.id, u.name \nFROM u \nWHERE NOT (u.id = %(id_1)s::INTEGER AND u.id = %(id_2)s::INTEGER)",
    ),
    (
        lambda: select(u).where(u.c.id.between(1, 5)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id BETWEEN %(id_1)s::INTEGER AND %(id_2)s::INTEGER",
    ),
    (
        lambda: select(u).where(~u.c.id.between(1, 5)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id NOT BETWEEN %(id_1)s::INTEGER AND %(id_2)s::INTEGER",
    ),
    (
        lambda: select(u).where(u.c.id.between(1, 5, symmetric=True)),
        ("SELECT u.id, u.name \nFROM u \nWHERE u.id BETWEEN SYMMETRIC %(id_1)s::INTEGER AND %(id_2)s::INTEGER"),
    ),
    (
        lambda: select(u).where(between(u.c.id, 1, 5)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id BETWEEN %(id_1)s::INTEGER AND %(id_2)s::INTEGER",
    ),
    (
        lambda: select(u).where(u.c.name.like("x%", escape="/")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name LIKE %(name_1)s::VARCHAR ESCAPE '/'",
    ),
    (
        lambda: select(u).where(u.c.name.ilike("x%")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name ILIKE %(name_1)s::VARCHAR",
    ),
    (
        lambda: select(u).where(u.c.name.not_ilike("x%")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name NOT ILIKE %(name_1)s::VARCHAR",
    ),
    (
        lambda: select(u).where(u.c.name.ilike("x%", escape="/")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name ILIKE %(name_1)s::VARCHAR ESCAPE '/'",
    ),
    (
        lambda: select(u).where(u.c.name.startswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE %(name_1)s::VARCHAR || '%%')",
    ),
    (
        lambda: select(u).where(u.c.name.startswith("x_y", autoescape=True)),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE %(name_1)s::VARCHAR || '%%' ESCAPE '/')",
    ),
    (
        lambda: select(u).where(u.c.name.contains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE '%%' || %(name_1)s::VARCHAR || '%%')",
    ),
    (
        lambda: select(u).where(~u.c.name.contains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name NOT LIKE '%%' || %(name_1)s::VARCHAR || '%%')",
    ),
    (
        lambda: select(u).where(u.c.name.icontains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name ILIKE '%%' || %(name_1)s::VARCHAR || '%%')",
    ),
    (
        lambda: select(u).where(u.c.name.istartswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name ILIKE %(name_1)s::VARCHAR || '%%')",
    ),
    (
        lambda: select(u).where(u.c.name.iendswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name ILIKE '%%' || %(name_1)s::VARCHAR)",
    ),
    (
        lambda: select(u).where(u.c.name.match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name @@ plainto_tsquery(%(name_1)s::VARCHAR)",
    ),
    (
        lambda: select(u).where(u.c.name.regexp_match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name ~ %(name_1)s::VARCHAR",
    ),
    (
        lambda: select(u).where(u.c.name.regexp_match("x", "i")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name ~* %(name_1)s::VARCHAR",
    ),
    (
        lambda: select(u).where(~u.c.name.regexp_match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name !~ %(name_1)s::VARCHAR",
    ),
    (
        lambda: select(u.c.name.regexp_replace("x", "y")),
        "SELECT REGEXP_REPLACE(u.name, %(name_1)s::VARCHAR, %(name_2)s::VARCHAR) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.regexp_replace("x", "y", flags="g")),
        "SELECT REGEXP_REPLACE(u.name, %(name_1)s::VARCHAR, %(name_2)s::VARCHAR, 'g') AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id + 5),
        "SELECT u.id + %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id - 5),
        "SELECT u.id - %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id * 5),
        "SELECT u.id * %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id / 5),
        "SELECT u.id / CAST(%(id_1)s::INTEGER AS NUMERIC) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id // 5),
        "SELECT u.id / %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(a.c.f / 5),
        "SELECT a.f / CAST(%(f_1)s::INTEGER AS NUMERIC) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.price / 5),
        "SELECT a.price / CAST(%(price_1)s::INTEGER AS NUMERIC) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(u.c.id % 5),
        "SELECT u.id %% %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 + u.c.id),
        "SELECT %(id_1)s::INTEGER + u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 - u.c.id),
        "SELECT %(id_1)s::INTEGER - u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 / u.c.id),
        "SELECT %(id_1)s::INTEGER / CAST(u.id AS NUMERIC) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 // u.c.id),
        "SELECT %(id_1)s::INTEGER / u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 % u.c.id),
        "SELECT %(id_1)s::INTEGER %% u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select((u.c.id + 5) * 3),
        "SELECT (u.id + %(id_1)s::INTEGER) * %(param_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id + 5 * u.c.id),
        "SELECT u.id + %(id_1)s::INTEGER * u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select((u.c.id - u.c.id) - 5),
        "SELECT (u.id - u.id) - %(param_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id * (u.c.id / 5)),
        "SELECT u.id * (u.id / CAST(%(id_1)s::INTEGER AS NUMERIC)) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name + "x"),
        "SELECT u.name || %(name_1)s::VARCHAR AS anon_1 \nFROM u",
    ),
    (
        lambda: select("x" + u.c.name),
        "SELECT %(name_1)s::VARCHAR || u.name AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name + "x" + u.c.name),
        "SELECT u.name || %(name_1)s::VARCHAR || u.name AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.concat("x")),
        "SELECT u.name || %(name_1)s::VARCHAR AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.op("~")("x")),
        "SELECT u.name ~ %(name_1)s::VARCHAR AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.op("->", precedence=5)("x") == "y"),
        "SELECT (u.name -> %(name_1)s::VARCHAR) = %(param_1)s::VARCHAR AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.bool_op("~~")("x")),
        "SELECT u.name ~~ %(name_1)s::VARCHAR AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.op("&")(5)),
        "SELECT u.id & %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_and(5)),
        "SELECT u.id & %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_or(5)),
        "SELECT u.id | %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_xor(5)),
        "SELECT u.id # %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_lshift(5)),
        "SELECT u.id << %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id.bitwise_rshift(5)),
        "SELECT u.id >> %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id > 5),
        "SELECT u.id > %(id_1)s::INTEGER AS anon_1 \nFROM u",
    ),
    (
        lambda: select((u.c.id > 5).label("big")),
        "SELECT u.id > %(id_1)s::INTEGER AS big \nFROM u",
    ),
    (
        lambda: select((u.c.id + 1).label("foo")).order_by((u.c.id + 1).label("foo")),
        "SELECT u.id + %(id_1)s::INTEGER AS foo \nFROM u ORDER BY u.id + %(id_2)s::INTEGER",
    ),
    (
        lambda: select((u.c.id + 1).label("foo")).group_by("foo").having(func.count() > 1),
        ("SELECT u.id + %(id_1)s::INTEGER AS foo \nFROM u GROUP BY foo \nHAVING count(*) > %(count_1)s::INTEGER"),
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).order_by(lbl),
        "SELECT u.id + %(id_1)s::INTEGER AS foo \nFROM u ORDER BY foo",
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).order_by(lbl.desc()),
        "SELECT u.id + %(id_1)s::INTEGER AS foo \nFROM u ORDER BY foo DESC",
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).group_by(lbl),
        "SELECT u.id + %(id_1)s::INTEGER AS foo \nFROM u GROUP BY u.id + %(id_1)s::INTEGER",
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).where(lbl == 5),
        ("SELECT u.id + %(id_1)s::INTEGER AS foo \nFROM u \nWHERE u.id + %(id_1)s::INTEGER = %(param_1)s::INTEGER"),
    ),
    (
        lambda: select(lbl := (u.c.id + 1).label("foo")).order_by(lbl + 5),
        ("SELECT u.id + %(id_1)s::INTEGER AS foo \nFROM u ORDER BY u.id + %(id_1)s::INTEGER + %(param_1)s::INTEGER"),
    ),
    (
        lambda: select(func.sum(u.c.id).over(order_by=u.c.id, rows=(-2, 3))),
        (
            "SELECT sum(u.id) OVER (ORDER BY u.id ROWS BETWEEN %(param_1)s::INTEGER PRECEDING AND "
            "%(param_2)s::INTEGER FOLLOWING) AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(func.sum(u.c.id).over(order_by=u.c.id, groups=(1, 2))),
        (
            "SELECT sum(u.id) OVER (ORDER BY u.id GROUPS BETWEEN %(param_1)s::INTEGER FOLLOWING AND "
            "%(param_2)s::INTEGER FOLLOWING) AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(func.sum(u.c.id).filter(u.c.id > 5, u.c.name == "x").over(order_by=u.c.id)),
        (
            "SELECT sum(u.id) FILTER (WHERE u.id > %(id_1)s::INTEGER AND u.name = %(name_1)s::VARCHAR) "
            "OVER (ORDER BY u.id) AS anon_1 \n"
            "FROM u"
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
