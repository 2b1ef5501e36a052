"""The text of INSERT, UPDATE and DELETE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.schema import Column, FetchedValue, MetaData, Table
from cormorant.sql import bindparam, delete, exists, func, insert, literal, select, update
from cormorant.types import Integer, String
from tests.compile.tables import a, b, comp, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: update(u).values(name=select(u.c.name).where(u.c.id == 3).scalar_subquery()),
        "UPDATE u SET name=(SELECT u.name \nFROM u \nWHERE u.id = :id_1)",
    ),
    (
        lambda: update(u).values(name=select(u.alias().c.name).where(u.c.id == 3).scalar_subquery()),
        "UPDATE u SET name=(SELECT u_1.name \nFROM u AS u_1 \nWHERE u.id = :id_1)",
    ),
    (
        lambda: insert(u).values(name=select(b.c.name).where(b.c.id == u.c.id).scalar_subquery()),
        "INSERT INTO u (name) VALUES ((SELECT b.name \nFROM b, u \nWHERE b.id = u.id))",
    ),
    (
        lambda: delete(u).where(u.c.id == select(b.c.id).where(b.c.id == u.c.id).scalar_subquery()),
        "DELETE FROM u WHERE u.id = (SELECT b.id \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: delete(u).where(exists().where(u.c.id == 3)),
        "DELETE FROM u WHERE EXISTS (SELECT * \nFROM u \nWHERE u.id = :id_1)",
    ),
    (
        lambda: insert(u).values(name=bindparam("name")),
        "INSERT INTO u (name) VALUES (:name)",
    ),
    (
        lambda: insert(u).values(name=bindparam("id")),
        "INSERT INTO u (name) VALUES (:id)",
    ),
    (
        lambda: insert(u).values([{"name": "x"}, {"name": func.lower("s")}, {"name": "z"}]),
        "INSERT INTO u (name) VALUES (:name_m0), (lower(:lower_1)), (:name_m2)",
    ),
    (
        lambda: insert(u).values([{"name": "x"}, {"name": "y", "id": 3}]),
        "INSERT INTO u (name) VALUES (:name_m0), (:name_m1)",
    ),
    (
        lambda: insert(u).values(name="x").values(id=3).values(name="z"),
        "INSERT INTO u (id, name) VALUES (:id, :name)",
    ),
    (
        lambda: insert(u).values(name=select(u.c.name)),
        "INSERT INTO u (name) VALUES ((SELECT u.name \nFROM u))",
    ),
    (
        lambda: update(u).values(name=select(u.c.name)),
        "UPDATE u SET name=(SELECT u.name \nFROM u)",
    ),
    (
        lambda: insert(u).values(name="x").returning(u.c.id + 1, u.c.id.label("q"), literal(3)),
        ("INSERT INTO u (name) VALUES (:name) RETURNING u.id + :id_1 AS anon_1, u.id AS q, :param_1 AS anon_2"),
    ),
    (
        lambda: update(u).values(name="x").returning(u.c.id + 1, u.c.id.label("q"), literal(3)),
        "UPDATE u SET name=:name RETURNING u.id + :id_1 AS anon_1, u.id AS q, :param_1 AS anon_2",
    ),
    (
        lambda: update(u).values(),
        "UPDATE u SET ",
    ),
    (
        lambda: update(u).values({}),
        "UPDATE u SET ",
    ),
    (
        lambda: insert(u).values(id=3).inline(),
        "INSERT INTO u (id) VALUES (:id)",
    ),
    (
        lambda: insert(u).values(name="x").inline(),
        "INSERT INTO u (name) VALUES (:name)",
    ),
    (
        lambda: update(u).with_hint("HINT"),
        "UPDATE u [HINT] SET id=:id, name=:name",
    ),
    (
        lambda: delete(u).with_hint("HINT"),
        "DELETE FROM u [HINT]",
    ),
    (
        lambda: insert(u).with_hint("HINT"),
        "INSERT INTO u [HINT] (id, name) VALUES (:id, :name)",
    ),
    (
        lambda: insert(a).values(name="x", flag=True),
        "INSERT INTO a (name, flag) VALUES (:name, :flag)",
    ),
    (
        lambda: insert(comp).values(v="x"),
        "INSERT INTO comp (v) VALUES (:v)",
    ),
    (
        lambda: insert(comp).values(k1=1, v="x"),
        "INSERT INTO comp (k1, v) VALUES (:k1, :v)",
    ),
    (
        lambda: insert(
            Table(
                "t9",
                MetaData(),
                Column("id", Integer, primary_key=True),
                Column("n", Integer, default=4),
                Column("k", Integer, server_default="4"),
                Column("o", Integer, default=func.foo()),
            )
        ).values(id=3),
        "INSERT INTO t9 (id, n, o) VALUES (:id, :n, foo())",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer, default=lambda: 4))
        ).values(id=3),
        "INSERT INTO t9 (id, n) VALUES (:id, :n)",
    ),
    (
        lambda: update(
            Table(
                "t9",
                MetaData(),
                Column("id", Integer, primary_key=True),
                Column("n", Integer, onupdate=4),
                Column("k", Integer, server_onupdate=FetchedValue()),
                Column("o", Integer, onupdate=func.foo()),
            )
        ).values(id=3),
        "UPDATE t9 SET id=:id, n=:n, o=foo()",
    ),
    (
        lambda: insert(Table("t9", MetaData(), Column("id", String(5), primary_key=True), Column("n", Integer))).values(
            n=3
        ),
        "INSERT INTO t9 (n) VALUES (:n)",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", String(5), primary_key=True, server_default="x"), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (n) VALUES (:n) RETURNING t9.id",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, primary_key=True, autoincrement=False), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (n) VALUES (:n)",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, primary_key=True, default=func.foo()), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (id, n) VALUES (foo(), :n) RETURNING t9.id",
    ),
    (
        lambda: insert(
            Table("t9", MetaData(), Column("id", Integer, primary_key=True, default=5), Column("n", Integer))
        ).values(n=3),
        "INSERT INTO t9 (id, n) VALUES (:id, :n)",
    ),
    (
        lambda: insert(Table("t9", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer))).values(),
        "INSERT INTO t9 () VALUES ()",
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
        ).values([{"n": 1}, {"n": 2}]),
        "INSERT INTO t9 (n, d) VALUES (:n_m0, :d), (:n_m1, :d_m1)",
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
        "INSERT INTO t9 (n, d) SELECT u.id, :d AS anon_1 \nFROM u",
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
        ).from_select(["n"], select(u.c.id), include_defaults=False),
        "INSERT INTO t9 (n) SELECT u.id \nFROM u",
    ),
    (
        lambda: insert(u).values(name="x").return_defaults(),
        "INSERT INTO u (name) VALUES (:name) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(id=u.c.id + 5),
        "INSERT INTO u (id) VALUES ((u.id + :id_1))",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
