"""The text of statements where it differs from the standard language."""
# ruff: noqa: E711 - comparisons with None and True are SQL here

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.sqlite import dialect
from cormorant.schema import Column, MetaData, Sequence, Table
from cormorant.sql import (
    bindparam,
    case,
    cast,
    delete,
    extract,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    text,
    true,
    union,
    update,
)
from cormorant.types import Boolean, Integer, String
from tests.compile.tables import a, b, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(a.c.id).where(a.c.id == 3, a.c.flag, true()),
        "SELECT a.id \nFROM a \nWHERE a.id = ? AND a.flag = 1",
    ),
    (
        lambda: select(a.c.id).where(cast(a.c.id, Boolean)),
        "SELECT a.id \nFROM a \nWHERE CAST(a.id AS BOOLEAN) = 1",
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
        ("SELECT group_concat(u.name, __[POSTCOMPILE_aggregate_strings_2]) AS aggregate_strings_1 \nFROM u"),
    ),
    (
        lambda: select(union(select(u.c.name), select(b.c.name)).order_by("name").limit(3).subquery()),
        (
            "SELECT anon_1.name \n"
            "FROM (SELECT u.name AS name \n"
            "FROM u UNION SELECT b.name AS name \n"
            "FROM b ORDER BY name\n"
            " LIMIT ? OFFSET ?) AS anon_1"
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
            "foo_1, u.id + ? AS anon_3, CAST(u.id + ? AS VARCHAR) AS anon_4, CASE WHEN (u.id = ?) THEN "
            "? END AS anon_5, CAST(STRFTIME('%Y', u.id) AS INTEGER) AS anon_6, (SELECT u.id \n"
            "FROM u) AS anon_7, ? AS anon_8, NULL AS anon_9, zz \n"
            "FROM u) AS anon_1"
        ),
    ),
    (
        lambda: insert(u).values(name="x").returning(u.c.id + 1, u.c.id.label("q"), literal(3)),
        "INSERT INTO u (name) VALUES (?) RETURNING id + ? AS anon_1, id AS q, ? AS anon_2",
    ),
    (
        lambda: update(u).values(name="x").returning(u.c.id + 1, u.c.id.label("q"), literal(3)),
        "UPDATE u SET name=? RETURNING id + ? AS anon_1, id AS q, ? AS anon_2",
    ),
    (
        lambda: update(u).with_hint("HINT"),
        "UPDATE u SET id=?, name=?",
    ),
    (
        lambda: delete(u).with_hint("HINT"),
        "DELETE FROM u",
    ),
    (
        lambda: insert(u).with_hint("HINT"),
        "INSERT INTO u (id, name) VALUES (?, ?)",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, Sequence("sq"), primary_key=True), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (n) VALUES (?)",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", String(5), primary_key=True, server_default="x"), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (n) VALUES (?) RETURNING id",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, primary_key=True, default=func.foo()), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (id, n) VALUES (foo(), ?) RETURNING id",
    ),
    (
        lambda: insert(Table("t9", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer))).values(),
        "INSERT INTO t9 DEFAULT VALUES",
    ),
    (
        lambda: insert(u).values(name="x").return_defaults(),
        "INSERT INTO u (name) VALUES (?) RETURNING id",
    ),
    (
        lambda: select(u.c.name.regexp_match("x", "im")),
        "SELECT u.name REGEXP ? AS anon_1 \nFROM u",
    ),
    (
        lambda: select(~u.c.name.regexp_match("x", "m")),
        "SELECT u.name NOT REGEXP ? AS anon_1 \nFROM u",
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
            "SELECT JSON_QUOTE(JSON_EXTRACT(a.js, ?)) AS anon_1, CAST(JSON_EXTRACT(a.js, ?) AS FLOAT) "
            "AS anon_2, CAST(JSON_EXTRACT(a.js, ?) AS NUMERIC(10, 2)) AS anon_3, "
            "CAST(JSON_EXTRACT(a.js, ?) AS BOOLEAN) AS anon_4, CAST(JSON_EXTRACT(a.js, ?) AS VARCHAR) "
            "AS anon_5, JSON_QUOTE(JSON_EXTRACT(a.js, ?)) AS anon_6, "
            "JSON_QUOTE(JSON_EXTRACT(JSON_QUOTE(JSON_EXTRACT(a.js, ?)), ?)) AS anon_7 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(a.c.js["a"]).where(a.c.js["b"] == 5),
        ("SELECT JSON_QUOTE(JSON_EXTRACT(a.js, ?)) AS anon_1 \nFROM a \nWHERE JSON_QUOTE(JSON_EXTRACT(a.js, ?)) = ?"),
    ),
    (
        lambda: select(cast(a.c.js["a"], String), a.c.js == null(), a.c.js == None),
        (
            "SELECT CAST(JSON_QUOTE(JSON_EXTRACT(a.js, ?)) AS VARCHAR) AS anon_1, a.js IS NULL AS "
            "anon_2, a.js IS NULL AS anon_3 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(u).with_for_update(of=[u, u.c.id]),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u).with_for_update(of=u.alias("q"), read=True),
        "SELECT u.id, u.name \nFROM u",
    ),
    (
        lambda: select(u.c.id).limit(0),
        "SELECT u.id \nFROM u\n LIMIT ? OFFSET ?",
    ),
    (
        lambda: select(u.c.id).offset(3).with_for_update(),
        "SELECT u.id \nFROM u\n LIMIT ? OFFSET ?",
    ),
    (
        lambda: select(u.c.id).limit(3).with_for_update().suffix_with("X"),
        "SELECT u.id \nFROM u\n LIMIT ? OFFSET ? X ",
    ),
    (
        lambda: union(select(u.c.id), select(u.c.name)).limit(3),
        "SELECT u.id \nFROM u UNION SELECT u.name \nFROM u\n LIMIT ? OFFSET ?",
    ),
    (
        lambda: union(select(u.c.id).limit(1), select(u.c.name)).limit(3),
        "(SELECT u.id \nFROM u\n LIMIT ? OFFSET ?) UNION SELECT u.name \nFROM u\n LIMIT ? OFFSET ?",
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
            "SELECT (u.id + u.id * ?) - ? AS anon_1, (u.id + ?) * (u.id - ?) AS anon_2, u.id * ? + ? "
            "AS anon_3, (u.id - ?) - ? AS anon_4, (u.id / (? + 0.0)) / (? + 0.0) AS anon_5, -u.id + ? "
            "AS anon_6, ? + u.id + ? AS anon_7 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(extract("year", func.now())),
        "SELECT CAST(STRFTIME('%Y', CURRENT_TIMESTAMP) AS INTEGER) AS anon_1",
    ),
    (
        lambda: select(func.count()).select_from(select(u).order_by(u.c.id).limit(5).subquery()),
        (
            "SELECT count(*) AS count_1 \n"
            "FROM (SELECT u.id AS id, u.name AS name \n"
            "FROM u ORDER BY u.id\n"
            " LIMIT ? OFFSET ?) AS anon_1"
        ),
    ),
    (
        lambda: select(literal(7) / 2, literal(7) // 2, literal(7) % 4),
        "SELECT ? / (? + 0.0) AS anon_1, ? / ? AS anon_2, ? % ? AS anon_3",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
