"""The text of common table expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import insert, literal, select, text
from tests.compile.tables import b, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: (lambda ct: select(ct).where(ct.c.id == 5))(select(u).where(u.c.id > 2).cte()),
        (
            "WITH anon_1 AS \n"
            "(SELECT u.id AS id, u.name AS name \n"
            "FROM u \n"
            "WHERE u.id > :id_1)\n"
            " SELECT anon_1.id, anon_1.name \n"
            "FROM anon_1 \n"
            "WHERE anon_1.id = :id_2"
        ),
    ),
    (
        lambda: (lambda ct: select(ct).where(ct.c.id == 5))(select(u).where(u.c.id > 2).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT u.id AS id, u.name AS name \n"
            "FROM u \n"
            "WHERE u.id > :id_1)\n"
            " SELECT foo.id, foo.name \n"
            "FROM foo \n"
            "WHERE foo.id = :id_2"
        ),
    ),
    (
        lambda: (lambda ct: select(u).join(ct, ct.c.id == u.c.id))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " SELECT u.id, u.name \n"
            "FROM u JOIN foo ON foo.id = u.id"
        ),
    ),
    (
        lambda: (lambda ct: select(ct, ct.alias()))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " SELECT foo.id, foo.name, foo.a_id, anon_1.id AS id_1, anon_1.name AS name_1, anon_1.a_id "
            "AS a_id_1 \n"
            "FROM foo, foo AS anon_1"
        ),
    ),
    (
        lambda: (lambda ct: select(ct.c.id, ct.alias("z").c.id))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " SELECT foo.id, z.id AS id_1 \n"
            "FROM foo, foo AS z"
        ),
    ),
    (
        lambda: (lambda ct, ct2: select(ct, ct2))(select(b).cte("foo"), select(u).cte("bar")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b), \n"
            "bar AS \n"
            "(SELECT u.id AS id, u.name AS name \n"
            "FROM u)\n"
            " SELECT foo.id, foo.name, foo.a_id, bar.id AS id_1, bar.name AS name_1 \n"
            "FROM foo, bar"
        ),
    ),
    (
        lambda: (lambda ct: select(ct))((lambda inner: select(inner).cte("outer_"))(select(b).cte("inner_"))),
        (
            "WITH inner_ AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b), \n"
            "outer_ AS \n"
            "(SELECT inner_.id AS id, inner_.name AS name, inner_.a_id AS a_id \n"
            "FROM inner_)\n"
            " SELECT outer_.id, outer_.name, outer_.a_id \n"
            "FROM outer_"
        ),
    ),
    (
        lambda: (lambda r: select(r.union_all(select(r.c.id + 1).where(r.c.id < 10))))(
            select(literal(1).label("id")).cte("r", recursive=True)
        ),
        (
            "WITH RECURSIVE r(id) AS \n"
            "(SELECT :param_1 AS id UNION ALL SELECT r.id + :id_1 AS anon_1 \n"
            "FROM r \n"
            "WHERE r.id < :id_2)\n"
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
            "WHERE b.id = :id_1 UNION ALL SELECT b.id AS id, b.a_id AS a_id \n"
            "FROM b JOIN tree ON tree.id = b.a_id)\n"
            " SELECT tree.id, tree.a_id \n"
            "FROM tree"
        ),
    ),
    (
        lambda: (lambda ct: select(ct))(select(b).cte("foo", nesting=True)),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " SELECT foo.id, foo.name, foo.a_id \n"
            "FROM foo"
        ),
    ),
    (
        lambda: (lambda ct: select(ct))(insert(u).values(name="x").returning(u.c.id).cte("ins")),
        "WITH ins AS \n(INSERT INTO u (name) VALUES (:param_1) RETURNING u.id)\n SELECT ins.id \nFROM ins",
    ),
    (
        lambda: select(u).add_cte(select(b).cte("foo")),
        ("WITH foo AS \n(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \nFROM b)\n SELECT u.id, u.name \nFROM u"),
    ),
    (
        lambda: select(u.c.id).cte("x"),
        "SELECT u.id \nFROM u",
    ),
    (
        lambda: select(u).join(select(b).cte("q"), text("1=1")),
        (
            "WITH q AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " SELECT u.id, u.name \n"
            "FROM u JOIN q ON 1=1"
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
