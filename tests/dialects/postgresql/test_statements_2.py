"""The text of statements where it differs from the standard language."""
# ruff: noqa: E712 - comparisons with None and True are SQL here

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.postgresql import dialect
from cormorant.sql import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    and_,
    bindparam,
    case,
    cast,
    column,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union,
    update,
)
from cormorant.types import Integer, String
from tests.compile.tables import a, b, q, s, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).distinct(u.c.name),
        "SELECT DISTINCT ON (u.name) u.id, u.name \nFROM u",
    ),
    (
        lambda: select(literal(1), literal("x"), literal(None), literal(True), literal(1.5)),
        (
            "SELECT %(param_1)s::INTEGER AS anon_1, %(param_2)s::VARCHAR AS anon_2, %(param_3)s AS "
            "anon_3, %(param_4)s AS anon_4, %(param_5)s AS anon_5"
        ),
    ),
    (
        lambda: select(literal(1).label("one")),
        "SELECT %(param_1)s::INTEGER AS one",
    ),
    (
        lambda: select(u).limit(5),
        "SELECT u.id, u.name \nFROM u \n LIMIT %(param_1)s::INTEGER",
    ),
    (
        lambda: select(u).offset(5),
        "SELECT u.id, u.name \nFROM u\n LIMIT ALL OFFSET %(param_1)s::INTEGER",
    ),
    (
        lambda: select(u).limit(5).offset(10),
        "SELECT u.id, u.name \nFROM u \n LIMIT %(param_1)s::INTEGER OFFSET %(param_2)s::INTEGER",
    ),
    (
        lambda: select(u).limit(5).order_by(u.c.id),
        "SELECT u.id, u.name \nFROM u ORDER BY u.id \n LIMIT %(param_1)s::INTEGER",
    ),
    (
        lambda: select(u).limit(bindparam("n")),
        "SELECT u.id, u.name \nFROM u \n LIMIT %(n)s",
    ),
    (
        lambda: select(u).limit(literal_column("5")),
        "SELECT u.id, u.name \nFROM u \n LIMIT 5",
    ),
    (
        lambda: select(u).limit(u.c.id + 5),
        "SELECT u.id, u.name \nFROM u \n LIMIT u.id + %(id_1)s::INTEGER",
    ),
    (
        lambda: select(u).fetch(5),
        "SELECT u.id, u.name \nFROM u\n FETCH FIRST (%(param_1)s::INTEGER) ROWS ONLY",
    ),
    (
        lambda: select(u).fetch(5, with_ties=True).offset(3),
        (
            "SELECT u.id, u.name \n"
            "FROM u\n"
            " OFFSET (%(param_1)s::INTEGER) ROWS\n"
            " FETCH FIRST (%(param_2)s::INTEGER) ROWS WITH TIES"
        ),
    ),
    (
        lambda: select(u).fetch(5, percent=True),
        "SELECT u.id, u.name \nFROM u\n FETCH FIRST (%(param_1)s::INTEGER) PERCENT ROWS ONLY",
    ),
    (
        lambda: select(u).slice(5, 10),
        "SELECT u.id, u.name \nFROM u \n LIMIT %(param_1)s::INTEGER OFFSET %(param_2)s::INTEGER",
    ),
    (
        lambda: select(u).with_for_update(read=True),
        "SELECT u.id, u.name \nFROM u FOR SHARE",
    ),
    (
        lambda: select(u).with_for_update(nowait=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE NOWAIT",
    ),
    (
        lambda: select(u).with_for_update(skip_locked=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE SKIP LOCKED",
    ),
    (
        lambda: select(u).with_for_update(of=u),
        "SELECT u.id, u.name \nFROM u FOR UPDATE OF u",
    ),
    (
        lambda: select(u).with_for_update(of=u.c.id, nowait=True),
        "SELECT u.id, u.name \nFROM u FOR UPDATE OF u NOWAIT",
    ),
    (
        lambda: select(u).with_for_update(key_share=True),
        "SELECT u.id, u.name \nFROM u FOR NO KEY UPDATE",
    ),
    (
        lambda: select(u).with_for_update(key_share=True, read=True, skip_locked=True),
        "SELECT u.id, u.name \nFROM u FOR KEY SHARE SKIP LOCKED",
    ),
    (
        lambda: select(u.c.id + 1, u.c.id + 2).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT u.id + %(id_1)s::INTEGER AS anon_1, u.id + %(id_2)s::INTEGER AS anon_2 \nFROM u",
    ),
    (
        lambda: select(q.c["Mixed Case"], q.c["x y%z"]).where(q.c["x y%z"] == 5).order_by(q.c["Mixed Case"]),
        (
            'SELECT "Order"."Mixed Case", "Order"."x y%%z" \n'
            'FROM "Order" \n'
            'WHERE "Order"."x y%%z" = %(x_y_z_1)s::INTEGER ORDER BY "Order"."Mixed Case"'
        ),
    ),
    (
        lambda: select(select(u.c.id + 1).subquery()),
        "SELECT anon_2.anon_1 \nFROM (SELECT u.id + %(id_1)s::INTEGER AS anon_1 \nFROM u) AS anon_2",
    ),
    (
        lambda: select(select(u.c.id + 1, u.c.id + 2).subquery()),
        (
            "SELECT anon_2.anon_1, anon_2.anon_3 \n"
            "FROM (SELECT u.id + %(id_1)s::INTEGER AS anon_1, u.id + %(id_2)s::INTEGER AS anon_3 \n"
            "FROM u) AS anon_2"
        ),
    ),
    (
        lambda: select(select(literal(5)).subquery()),
        "SELECT anon_2.anon_1 \nFROM (SELECT %(param_1)s::INTEGER AS anon_1) AS anon_2",
    ),
    (
        lambda: select(cast("x", Integer)),
        "SELECT CAST(%(param_1)s::INTEGER AS INTEGER) AS anon_1",
    ),
    (
        lambda: select(type_coerce("x", String)),
        "SELECT %(param_1)s::VARCHAR AS anon_1",
    ),
    (
        lambda: select(case((u.c.id == 5, "five"), (u.c.id == 6, "six"), else_="other")),
        (
            "SELECT CASE WHEN (u.id = %(id_1)s::INTEGER) THEN %(param_1)s::VARCHAR WHEN (u.id = "
            "%(id_2)s::INTEGER) THEN %(param_2)s::VARCHAR ELSE %(param_3)s::VARCHAR END AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(case({5: "five", 6: "six"}, value=u.c.id, else_="x")),
        (
            "SELECT CASE u.id WHEN %(param_1)s::INTEGER THEN %(param_2)s::VARCHAR WHEN "
            "%(param_3)s::INTEGER THEN %(param_4)s::VARCHAR ELSE %(param_5)s::VARCHAR END AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: union(select(u.c.id), select(b.c.id)).order_by("id").limit(5).offset(3),
        (
            "SELECT u.id \n"
            "FROM u UNION SELECT b.id \n"
            "FROM b ORDER BY id \n"
            " LIMIT %(param_1)s::INTEGER OFFSET %(param_2)s::INTEGER"
        ),
    ),
    (
        lambda: union(select(u.c.id).limit(5), select(b.c.id).order_by(b.c.id)),
        "(SELECT u.id \nFROM u \n LIMIT %(param_1)s::INTEGER) UNION (SELECT b.id \nFROM b ORDER BY b.id)",
    ),
    (
        lambda: select(u.c.id).where(u.c.id == 5).union(select(b.c.id).where(b.c.id == 5)),
        (
            "SELECT u.id \n"
            "FROM u \n"
            "WHERE u.id = %(id_1)s::INTEGER UNION SELECT b.id \n"
            "FROM b \n"
            "WHERE b.id = %(id_2)s::INTEGER"
        ),
    ),
    (
        lambda: (lambda r: select(r.union_all(select(r.c.id + 1).where(r.c.id < 10))))(
            select(literal(1).label("id")).cte("r", recursive=True)
        ),
        (
            "WITH RECURSIVE r(id) AS \n"
            "(SELECT %(param_1)s::INTEGER AS id UNION ALL SELECT r.id + %(id_1)s::INTEGER AS anon_1 \n"
            "FROM r \n"
            "WHERE r.id < %(id_2)s::INTEGER)\n"
            " SELECT r.id \n"
            "FROM r"
        ),
    ),
    (
        lambda: (lambda r: select(r.union_all(select(b.c.id, b.c.a_id).join(r, r.c.id == b.c.a_id))))(
            select(b.c.id, b.c.a_id).where(b.c.id == 5).cte("tree", recursive=True)
        ),
        (
            "WITH RECURSIVE tree(id, a_id) AS \n"
            "(SELECT b.id AS id, b.a_id AS a_id \n"
            "FROM b \n"
            "WHERE b.id = %(id_1)s::INTEGER UNION ALL SELECT b.id AS id, b.a_id AS a_id \n"
            "FROM b JOIN tree ON tree.id = b.a_id)\n"
            " SELECT tree.id, tree.a_id \n"
            "FROM tree"
        ),
    ),
    (
        lambda: (lambda ct: update(u).where(u.c.id == ct.c.id).values(name="x"))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " UPDATE u SET name=%(name)s::VARCHAR FROM foo WHERE u.id = foo.id"
        ),
    ),
    (
        lambda: select(column("x"), column("y", Integer) + 5),
        "SELECT x, y + %(y_1)s::INTEGER AS anon_1",
    ),
    (
        lambda: select(a.c.js["x"], a.c.js["x"].as_string(), a.c.js[("x", 1)], a.c.js[5].as_integer()),
        (
            "SELECT a.js -> %(js_1)s::TEXT AS anon_1, CAST(a.js ->> %(js_2)s::TEXT AS VARCHAR) AS "
            "anon_2, a.js #> %(js_3)s AS anon_3, CAST(a.js ->> %(js_4)s::INT AS INTEGER) AS anon_4 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(a.c.js["x"].as_string() == "y"),
        "SELECT CAST((a.js ->> %(js_1)s::TEXT) AS VARCHAR) = %(param_1)s::VARCHAR AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a).where(a.c.js["x"].as_boolean() == True),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE CAST((a.js ->> %(js_1)s::TEXT) AS BOOLEAN) = true"
        ),
    ),
    (
        lambda: select(a.c.d == datetime.date(2020, 1, 2)),
        "SELECT a.d = %(d_1)s::DATE AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.price * 2 + a.c.x),
        "SELECT a.price * %(price_1)s::INTEGER + a.x AS anon_1 \nFROM a",
    ),
    (
        lambda: select((u.c.id + 1).label(None), (u.c.id + 2).label(None)),
        "SELECT u.id + %(id_1)s::INTEGER AS anon_1, u.id + %(id_2)s::INTEGER AS anon_2 \nFROM u",
    ),
    (
        lambda: select(u.c.id == select(b.c.id).limit(1).scalar_subquery()),
        "SELECT u.id = (SELECT b.id \nFROM b \n LIMIT %(param_1)s::INTEGER) AS anon_1 \nFROM u",
    ),
    (
        lambda: and_(u.c.id == 5, u.c.id == 6),
        "u.id = %(id_1)s::INTEGER AND u.id = %(id_2)s::INTEGER",
    ),
    (
        lambda: or_(u.c.id == 5, and_(u.c.id == 6, u.c.name == "x")),
        "u.id = %(id_1)s::INTEGER OR u.id = %(id_2)s::INTEGER AND u.name = %(name_1)s::VARCHAR",
    ),
    (
        lambda: insert(u).values(name="x"),
        "INSERT INTO u (name) VALUES (%(name)s::VARCHAR) RETURNING u.id",
    ),
    (
        lambda: insert(u).values({"name": "x"}),
        "INSERT INTO u (name) VALUES (%(name)s::VARCHAR) RETURNING u.id",
    ),
    (
        lambda: insert(u).values({u.c.name: "x"}),
        "INSERT INTO u (name) VALUES (%(name)s::VARCHAR) RETURNING u.id",
    ),
    (
        lambda: insert(u).values({}),
        "INSERT INTO u DEFAULT VALUES RETURNING u.id",
    ),
    (
        lambda: insert(u).values(name=func.lower("X")),
        "INSERT INTO u (name) VALUES (lower(%(lower_1)s::VARCHAR)) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(name=select(b.c.name).where(b.c.id == 5).scalar_subquery()),
        ("INSERT INTO u (name) VALUES ((SELECT b.name \nFROM b \nWHERE b.id = %(id_1)s::INTEGER)) RETURNING u.id"),
    ),
    (
        lambda: insert(u).values(name=bindparam("foo")),
        "INSERT INTO u (name) VALUES (%(foo)s::VARCHAR) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(name=None),
        "INSERT INTO u (name) VALUES (%(name)s::VARCHAR) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(name=null()),
        "INSERT INTO u (name) VALUES (NULL) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(id=u.c.id + 5),
        "INSERT INTO u (id) VALUES ((u.id + %(id_1)s::INTEGER)) RETURNING u.id",
    ),
    (
        lambda: insert(s).values(name="x"),
        "INSERT INTO sch.st (name) VALUES (%(name)s::VARCHAR) RETURNING sch.st.id",
    ),
    (
        lambda: insert(q).values({"Mixed Case": 5}),
        'INSERT INTO "Order" ("Mixed Case") VALUES (%(Mixed_Case)s::INTEGER) RETURNING "Order"."ID"',
    ),
    (
        lambda: insert(q).values({"x y%z": 5}),
        'INSERT INTO "Order" ("x y%%z") VALUES (%(x_yPz)s::INTEGER) RETURNING "Order"."ID"',
    ),
    (
        lambda: update(u).where(u.c.id == 5).values(name="x"),
        "UPDATE u SET name=%(name)s::VARCHAR WHERE u.id = %(id_1)s::INTEGER",
    ),
    (
        lambda: update(u).where(u.c.id == 5),
        "UPDATE u SET id=%(id)s::INTEGER, name=%(name)s::VARCHAR WHERE u.id = %(id_1)s::INTEGER",
    ),
    (
        lambda: update(u).where(exists().where(b.c.id == u.c.id)).values(name="x"),
        "UPDATE u SET name=%(name)s::VARCHAR WHERE EXISTS (SELECT * \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: update(u).where(u.c.id == bindparam("b_id")).values(name=bindparam("b_name")),
        "UPDATE u SET name=%(b_name)s::VARCHAR WHERE u.id = %(b_id)s::INTEGER",
    ),
    (
        lambda: update(u).where(u.c.id.in_([1, 2])).values(name="x").returning(u.c.id),
        "UPDATE u SET name=%(name)s::VARCHAR WHERE u.id IN (__[POSTCOMPILE_id_1]) RETURNING u.id",
    ),
    (
        lambda: update(u).values(name="x").returning(u),
        "UPDATE u SET name=%(name)s::VARCHAR RETURNING u.id, u.name",
    ),
    (
        lambda: update(s).values(name="x").where(s.c.id == 1),
        "UPDATE sch.st SET name=%(name)s::VARCHAR WHERE sch.st.id = %(id_1)s::INTEGER",
    ),
    (
        lambda: update(q).values({"Mixed Case": 5}).where(q.c.ID == 5),
        'UPDATE "Order" SET "Mixed Case"=%(Mixed_Case)s::INTEGER WHERE "Order"."ID" = %(ID_1)s::INTEGER',
    ),
    (
        lambda: update(u).where(u.c.name == "n").values(name="x"),
        "UPDATE u SET name=%(name)s::VARCHAR WHERE u.name = %(name_1)s::VARCHAR",
    ),
    (
        lambda: delete(u).where(u.c.id == 5).where(u.c.name == "x"),
        "DELETE FROM u WHERE u.id = %(id_1)s::INTEGER AND u.name = %(name_1)s::VARCHAR",
    ),
    (
        lambda: delete(u).where(u.c.id == b.c.id),
        "DELETE FROM u USING b WHERE u.id = b.id",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
