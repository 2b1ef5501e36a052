"""The text of statements where it differs from the standard language."""
# ruff: noqa: E712 - comparisons with None and True are SQL here

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.mysql import dialect
from cormorant.sql import cast, delete, func, insert, select, true, union, update
from cormorant.types import (
    BIGINT,
    BINARY,
    BOOLEAN,
    CLOB,
    DOUBLE,
    DOUBLE_PRECISION,
    FLOAT,
    INT,
    INTEGER,
    NCHAR,
    NUMERIC,
    NVARCHAR,
    REAL,
    SMALLINT,
    TEXT,
    TIMESTAMP,
    VARCHAR,
    BigInteger,
    Boolean,
    Double,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    PickleType,
    SmallInteger,
    String,
    Text,
    Unicode,
    UnicodeText,
    Uuid,
)
from tests.compile.tables import a, b, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).where(select(u.c.id).where(u.c.name == "x").correlate(u).exists()),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT u.id FROM DUAL \nWHERE u.name = %s)",
    ),
    (
        lambda: select(cast(u.c.id, String)),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Numeric(10, 2))),
        "SELECT CAST(u.id AS DECIMAL(10, 2)) AS id \nFROM u",
    ),
    (
        lambda: select(cast("x", Integer)),
        "SELECT CAST(%s AS SIGNED INTEGER) AS anon_1",
    ),
    (
        lambda: select(u.c.id.cast(String(30))),
        "SELECT CAST(u.id AS CHAR(30)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Text).label("t")),
        "SELECT CAST(u.id AS CHAR) AS t \nFROM u",
    ),
    (
        lambda: union(select(u.c.id), select(b.c.id)).order_by("id").limit(5).offset(3),
        "SELECT u.id \nFROM u UNION SELECT b.id \nFROM b ORDER BY id \n LIMIT %s, %s",
    ),
    (
        lambda: union(select(u.c.id).limit(5), select(b.c.id).order_by(b.c.id)),
        "(SELECT u.id \nFROM u \n LIMIT %s) UNION (SELECT b.id \nFROM b ORDER BY b.id)",
    ),
    (
        lambda: (lambda ct: select(u).join(ct, ct.c.id == u.c.id))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " SELECT u.id, u.name \n"
            "FROM u INNER JOIN foo ON foo.id = u.id"
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
            "WHERE b.id = %s UNION ALL SELECT b.id AS id, b.a_id AS a_id \n"
            "FROM b INNER JOIN tree ON tree.id = b.a_id)\n"
            " SELECT tree.id, tree.a_id \n"
            "FROM tree"
        ),
    ),
    (
        lambda: (lambda ct: insert(u).from_select(["id", "name"], select(ct.c.id, ct.c.name)))(select(b).cte("foo")),
        (
            "INSERT INTO u (id, name) WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " SELECT foo.id, foo.name \n"
            "FROM foo"
        ),
    ),
    (
        lambda: (lambda ct: update(u).where(u.c.id == ct.c.id).values(name="x"))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " UPDATE u, foo SET u.name=%s WHERE u.id = foo.id"
        ),
    ),
    (
        lambda: select(u).join(select(b.c.id).where(b.c.id == u.c.id).lateral("lat"), true()),
        (
            "SELECT u.id, u.name \n"
            "FROM u INNER JOIN LATERAL (SELECT b.id AS id \n"
            "FROM b \n"
            "WHERE b.id = u.id) AS lat ON true = 1"
        ),
    ),
    (
        lambda: select(u).prefix_with("FOO", dialect="mysql"),
        "SELECT FOO u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_hint(u, "USE INDEX (foo)"),
        "SELECT u.id, u.name \nFROM u USE INDEX (foo)",
    ),
    (
        lambda: select(u).with_hint(u, "USE INDEX (foo)", dialect_name="mysql"),
        "SELECT u.id, u.name \nFROM u USE INDEX (foo)",
    ),
    (
        lambda: select(func.json_each(u.c.name).table_valued("key", "value", name="j").c.key),
        "SELECT j.`key` \nFROM json_each(u.name) AS j",
    ),
    (
        lambda: select(a.c.js["x"], a.c.js["x"].as_string(), a.c.js[("x", 1)], a.c.js[5].as_integer()),
        (
            "SELECT JSON_EXTRACT(a.js, %s) AS anon_1, CASE JSON_EXTRACT(a.js, %s) WHEN 'null' THEN "
            "NULL ELSE JSON_UNQUOTE(JSON_EXTRACT(a.js, %s)) END AS anon_2, JSON_EXTRACT(a.js, %s) AS "
            "anon_3, CASE JSON_EXTRACT(a.js, %s) WHEN 'null' THEN NULL ELSE CAST(JSON_EXTRACT(a.js, "
            "%s) AS SIGNED INTEGER) END AS anon_4 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(a.c.js["x"].as_string() == "y"),
        (
            "SELECT CASE JSON_EXTRACT(a.js, %s) WHEN 'null' THEN NULL ELSE "
            "JSON_UNQUOTE(JSON_EXTRACT(a.js, %s)) END = %s AS anon_1 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(a).where(a.c.js["x"].as_boolean() == True),
        (
            "SELECT a.id, a.name, a.x, a.`when`, a.b_id, a.price, a.flag, a.data, a.js, a.f, a.d, "
            "a.big, a.t \n"
            "FROM a \n"
            "WHERE CASE JSON_EXTRACT(a.js, %s) WHEN 'null' THEN NULL WHEN true THEN true ELSE false "
            "END = true"
        ),
    ),
    (
        lambda: select(u.c.id == select(b.c.id).limit(1).scalar_subquery()),
        "SELECT u.id = (SELECT b.id \nFROM b \n LIMIT %s) AS anon_1 \nFROM u",
    ),
    (
        lambda: u.join(b, u.c.id == b.c.id),
        "u INNER JOIN b ON u.id = b.id",
    ),
    (
        lambda: update(u).where(u.c.id == 5).values(name=u.c.name + "x"),
        "UPDATE u SET name=(concat(u.name, %s)) WHERE u.id = %s",
    ),
    (
        lambda: update(u).where(u.c.id == b.c.id).values(name=b.c.name),
        "UPDATE u, b SET u.name=b.name WHERE u.id = b.id",
    ),
    (
        lambda: delete(u).where(u.c.id == b.c.id),
        "DELETE FROM u USING u, b WHERE u.id = b.id",
    ),
    (
        lambda: delete(u.alias()).where(u.c.id == 4),
        "DELETE FROM u_1 USING u AS u_1, u WHERE u.id = %s",
    ),
    (
        lambda: select(cast(u.c.id, Integer())),
        "SELECT CAST(u.id AS SIGNED INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BigInteger())),
        "SELECT CAST(u.id AS SIGNED INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, SmallInteger())),
        "SELECT CAST(u.id AS SIGNED INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, String(5))),
        "SELECT CAST(u.id AS CHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Text())),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Unicode(5))),
        "SELECT CAST(u.id AS CHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, UnicodeText())),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Boolean())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Float())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Float(20))),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Float(53))),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Double())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Numeric())),
        "SELECT CAST(u.id AS DECIMAL) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Numeric(10))),
        "SELECT CAST(u.id AS DECIMAL(10)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Numeric(10, 2))),
        "SELECT CAST(u.id AS DECIMAL(10, 2)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, LargeBinary())),
        "SELECT CAST(u.id AS BINARY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, LargeBinary(10))),
        "SELECT CAST(u.id AS BINARY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Uuid())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Uuid(native_uuid=False))),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Uuid(as_uuid=False))),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, PickleType())),
        "SELECT CAST(u.id AS BINARY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Enum("a", "b", name="en"))),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Enum("a", "bcd", native_enum=False))),
        "SELECT CAST(u.id AS CHAR(3)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, INTEGER())),
        "SELECT CAST(u.id AS SIGNED INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, INT())),
        "SELECT CAST(u.id AS SIGNED INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BIGINT())),
        "SELECT CAST(u.id AS SIGNED INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, SMALLINT())),
        "SELECT CAST(u.id AS SIGNED INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, VARCHAR(5))),
        "SELECT CAST(u.id AS CHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, VARCHAR())),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NVARCHAR(5))),
        "SELECT CAST(u.id AS CHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NCHAR(4))),
        "SELECT CAST(u.id AS CHAR(4)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TEXT())),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, CLOB())),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BOOLEAN())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, FLOAT())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, REAL())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DOUBLE())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DOUBLE_PRECISION())),
        "SELECT u.id AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NUMERIC())),
        "SELECT CAST(u.id AS DECIMAL) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NUMERIC(5))),
        "SELECT CAST(u.id AS DECIMAL(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NUMERIC(5, 2))),
        "SELECT CAST(u.id AS DECIMAL(5, 2)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TIMESTAMP())),
        "SELECT CAST(u.id AS DATETIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TIMESTAMP(timezone=True))),
        "SELECT CAST(u.id AS DATETIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BINARY(5))),
        "SELECT CAST(u.id AS BINARY) AS id \nFROM u",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
