"""The text of statements where it differs from the standard language."""
# ruff: noqa: E712 - comparisons with None and True are SQL here

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.sqlite import dialect
from cormorant.sql import (
    and_,
    bindparam,
    delete,
    extract,
    false,
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
from cormorant.types import Boolean
from tests.compile.tables import a, b, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).where(u.c.name.is_distinct_from("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS NOT ?",
    ),
    (
        lambda: select(u).where(u.c.name.is_not_distinct_from("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS ?",
    ),
    (
        lambda: select(u).where(u.c.name.is_distinct_from(None)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS NOT NULL",
    ),
    (
        lambda: select(u).where(u.c.name.regexp_match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name REGEXP ?",
    ),
    (
        lambda: select(u).where(u.c.name.regexp_match("x", "i")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name REGEXP ?",
    ),
    (
        lambda: select(u).where(~u.c.name.regexp_match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name NOT REGEXP ?",
    ),
    (
        lambda: select(u.c.id / 5),
        "SELECT u.id / (? + 0.0) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(a.c.f / 5),
        "SELECT a.f / (? + 0.0) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.price / 5),
        "SELECT a.price / (? + 0.0) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(5 / u.c.id),
        "SELECT ? / (u.id + 0.0) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id * (u.c.id / 5)),
        "SELECT u.id * (u.id / (? + 0.0)) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(func.now()),
        "SELECT CURRENT_TIMESTAMP AS now_1",
    ),
    (
        lambda: select(
            func.current_timestamp(),
            func.current_date(),
            func.current_time(),
            func.localtime(),
            func.localtimestamp(),
            func.user(),
            func.session_user(),
            func.sysdate(),
        ),
        (
            "SELECT CURRENT_TIMESTAMP AS current_timestamp_1, CURRENT_DATE AS current_date_1, "
            "CURRENT_TIME AS current_time_1, LOCALTIME AS localtime_1, DATETIME(CURRENT_TIMESTAMP, "
            "'localtime') AS localtimestamp_1, USER AS user_1, SESSION_USER AS session_user_1, sysdate "
            "AS sysdate_1"
        ),
    ),
    (
        lambda: select(func.char_length(u.c.name)),
        "SELECT length(u.name) AS char_length_1 \nFROM u",
    ),
    (
        lambda: select(null(), true(), false()),
        "SELECT NULL AS anon_1, 1 AS anon_2, 0 AS anon_3",
    ),
    (
        lambda: select(u).where(true()),
        "SELECT u.id, u.name \nFROM u \nWHERE 1 = 1",
    ),
    (
        lambda: select(u).where(false()),
        "SELECT u.id, u.name \nFROM u \nWHERE 0 = 1",
    ),
    (
        lambda: select(u).where(and_(false(), u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE 0 = 1",
    ),
    (
        lambda: select(u).where(or_(true(), u.c.id == 1)),
        "SELECT u.id, u.name \nFROM u \nWHERE 1 = 1",
    ),
    (
        lambda: select(a).where(a.c.flag),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 1"
        ),
    ),
    (
        lambda: select(a).where(~a.c.flag),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 0"
        ),
    ),
    (
        lambda: select(a).where(not_(a.c.flag), a.c.id == 1),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 0 AND a.id = ?"
        ),
    ),
    (
        lambda: select(a).where(a.c.flag == True),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 1"
        ),
    ),
    (
        lambda: select(a).where(a.c.flag.is_(True)),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag IS 1"
        ),
    ),
    (
        lambda: select(a).where(a.c.flag == false()),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 0"
        ),
    ),
    (
        lambda: select(a).where(or_(a.c.flag, a.c.id == 1)),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE a.flag = 1 OR a.id = ?"
        ),
    ),
    (
        lambda: select(a.c.flag).where(a.c.flag != True),
        "SELECT a.flag \nFROM a \nWHERE a.flag != 1",
    ),
    (
        lambda: text("select * from foo where x = :x and y = ':notme' and z = \\:notme and w::int = 5"),
        "select * from foo where x = ? and y = '?' and z = :notme and w::int = 5",
    ),
    (
        lambda: select(u).limit(5),
        "SELECT u.id, u.name \nFROM u\n LIMIT ? OFFSET ?",
    ),
    (
        lambda: select(u).offset(5),
        "SELECT u.id, u.name \nFROM u\n LIMIT ? OFFSET ?",
    ),
    (
        lambda: select(u).limit(5).order_by(u.c.id),
        "SELECT u.id, u.name \nFROM u ORDER BY u.id\n LIMIT ? OFFSET ?",
    ),
    (
        lambda: select(u).limit(bindparam("n")),
        "SELECT u.id, u.name \nFROM u\n LIMIT ? OFFSET ?",
    ),
    (
        lambda: select(u).limit(literal_column("5")),
        "SELECT u.id, u.name \nFROM u\n LIMIT 5 OFFSET ?",
    ),
    (
        lambda: select(u).limit(u.c.id + 5),
        "SELECT u.id, u.name \nFROM u\n LIMIT u.id + ? OFFSET ?",
    ),
    (
        lambda: select(u).with_for_update(),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_for_update(read=True),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_for_update(nowait=True),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_for_update(skip_locked=True),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_for_update(of=u),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_for_update(of=u.c.id, nowait=True),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_for_update(key_share=True),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_for_update(key_share=True, read=True, skip_locked=True),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).join(b, true()),
        "SELECT u.id, u.name \nFROM u JOIN b ON 1 = 1",
    ),
    (
        lambda: select(extract("year", a.c.when)),
        "SELECT CAST(STRFTIME('%Y', a.\"when\") AS INTEGER) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(extract("epoch", a.c.when)),
        "SELECT CAST(STRFTIME('%s', a.\"when\") AS INTEGER) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(extract("month", a.c.d).label("m")),
        "SELECT CAST(STRFTIME('%m', a.d) AS INTEGER) AS m \nFROM a",
    ),
    (
        lambda: union(select(u.c.id).limit(5), select(b.c.id).order_by(b.c.id)),
        "(SELECT u.id \nFROM u\n LIMIT ? OFFSET ?) UNION (SELECT b.id \nFROM b ORDER BY b.id)",
    ),
    (
        lambda: (lambda ct: select(ct))(insert(u).values(name="x").returning(u.c.id).cte("ins")),
        "WITH ins AS \n(INSERT INTO u (name) VALUES (?) RETURNING id)\n SELECT ins.id \nFROM ins",
    ),
    (
        lambda: select(u).join(select(b.c.id).where(b.c.id == u.c.id).lateral("lat"), true()),
        ("SELECT u.id, u.name \nFROM u JOIN LATERAL (SELECT b.id AS id \nFROM b \nWHERE b.id = u.id) AS lat ON 1 = 1"),
    ),
    (
        lambda: select(u).with_hint(u, "USE INDEX (foo)"),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(func.json_each(u.c.name).table_valued("key", "value", name="j").c.key),
        'SELECT j."key" \nFROM json_each(u.name) AS j',
    ),
    (
        lambda: select(a.c.js["x"], a.c.js["x"].as_string(), a.c.js[("x", 1)], a.c.js[5].as_integer()),
        (
            "SELECT JSON_QUOTE(JSON_EXTRACT(a.js, ?)) AS anon_1, CAST(JSON_EXTRACT(a.js, ?) AS "
            "VARCHAR) AS anon_2, JSON_QUOTE(JSON_EXTRACT(a.js, ?)) AS anon_3, CAST(JSON_EXTRACT(a.js, "
            "?) AS INTEGER) AS anon_4 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(a.c.js["x"].as_string() == "y"),
        "SELECT CAST(JSON_EXTRACT(a.js, ?) AS VARCHAR) = ? AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a).where(a.c.js["x"].as_boolean() == True),
        (
            'SELECT a.id, a.name, a.x, a."when", a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, '
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE CAST(JSON_EXTRACT(a.js, ?) AS BOOLEAN) = 1"
        ),
    ),
    (
        lambda: select(u.c.id == select(b.c.id).limit(1).scalar_subquery()),
        "SELECT u.id = (SELECT b.id \nFROM b\n LIMIT ? OFFSET ?) AS anon_1 \nFROM u",
    ),
    (
        lambda: true(),
        "1",
    ),
    (
        lambda: insert(u).values({}),
        "INSERT INTO u DEFAULT VALUES",
    ),
    (
        lambda: insert(u).returning(u),
        "INSERT INTO u (id, name) VALUES (?, ?) RETURNING id, name",
    ),
    (
        lambda: insert(u).values(name="x").returning(u.c.id),
        "INSERT INTO u (name) VALUES (?) RETURNING id",
    ),
    (
        lambda: insert(u).values(name="x").returning(u.c.id, u.c.name.label("foo"), func.lower(u.c.name)),
        "INSERT INTO u (name) VALUES (?) RETURNING id, name AS foo, lower(name) AS lower_1",
    ),
    (
        lambda: insert(u).from_select(["id", "name"], select(b.c.id, b.c.name)).returning(u.c.id),
        "INSERT INTO u (id, name) SELECT b.id, b.name \nFROM b RETURNING id",
    ),
    (
        lambda: update(u).where(u.c.id.in_([1, 2])).values(name="x").returning(u.c.id),
        "UPDATE u SET name=? WHERE u.id IN (__[POSTCOMPILE_id_1]) RETURNING id",
    ),
    (
        lambda: update(u).values(name="x").returning(u),
        "UPDATE u SET name=? RETURNING id, name",
    ),
    (
        lambda: update(u).values(name=func.now()),
        "UPDATE u SET name=CURRENT_TIMESTAMP",
    ),
    (
        lambda: delete(u).where(u.c.id == 5).returning(u.c.id),
        "DELETE FROM u WHERE u.id = ? RETURNING id",
    ),
    (
        lambda: delete(u).returning(u),
        "DELETE FROM u RETURNING id, name",
    ),
    (
        lambda: select(a.c.id).where(func.foo(1, type_=Boolean)),
        "SELECT a.id \nFROM a \nWHERE foo(?) = 1",
    ),
    (
        lambda: select(a.c.id).where(not_(func.foo(1, type_=Boolean))),
        "SELECT a.id \nFROM a \nWHERE foo(?) = 0",
    ),
    (
        lambda: select(a.c.id).where(literal(True)),
        "SELECT a.id \nFROM a \nWHERE ? = 1",
    ),
    (
        lambda: select(a.c.id).where(literal_column("x", Boolean)),
        "SELECT a.id \nFROM a \nWHERE x = 1",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
