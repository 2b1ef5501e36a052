"""The text of UNION and its like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import desc, func, select, union, union_all
from tests.compile.tables import b, c, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: union(select(u.c.id), select(b.c.id)),
        "SELECT u.id \nFROM u UNION SELECT b.id \nFROM b",
    ),
    (
        lambda: union_all(select(u.c.id), select(b.c.id), select(c.c.id)),
        "SELECT u.id \nFROM u UNION ALL SELECT b.id \nFROM b UNION ALL SELECT c.id \nFROM c",
    ),
    (
        lambda: select(u.c.id).union(select(b.c.id)),
        "SELECT u.id \nFROM u UNION SELECT b.id \nFROM b",
    ),
    (
        lambda: select(u.c.id).intersect(select(b.c.id)),
        "SELECT u.id \nFROM u INTERSECT SELECT b.id \nFROM b",
    ),
    (
        lambda: select(u.c.id).except_(select(b.c.id)),
        "SELECT u.id \nFROM u EXCEPT SELECT b.id \nFROM b",
    ),
    (
        lambda: select(u.c.id).except_all(select(b.c.id)),
        "SELECT u.id \nFROM u EXCEPT ALL SELECT b.id \nFROM b",
    ),
    (
        lambda: select(u.c.id).intersect_all(select(b.c.id)),
        "SELECT u.id \nFROM u INTERSECT ALL SELECT b.id \nFROM b",
    ),
    (
        lambda: union(select(u.c.id), select(b.c.id)).order_by("id"),
        "SELECT u.id \nFROM u UNION SELECT b.id \nFROM b ORDER BY id",
    ),
    (
        lambda: union(select(u.c.id), select(b.c.id)).order_by("id").limit(5).offset(3),
        "SELECT u.id \nFROM u UNION SELECT b.id \nFROM b ORDER BY id\n LIMIT :param_1 OFFSET :param_2",
    ),
    (
        lambda: union(select(u.c.id).limit(5), select(b.c.id).order_by(b.c.id)),
        "(SELECT u.id \nFROM u\n LIMIT :param_1) UNION (SELECT b.id \nFROM b ORDER BY b.id)",
    ),
    (
        lambda: union(union(select(u.c.id), select(b.c.id)), select(c.c.id)),
        "(SELECT u.id \nFROM u UNION SELECT b.id \nFROM b) UNION SELECT c.id \nFROM c",
    ),
    (
        lambda: select(union(select(u.c.id), select(b.c.id)).subquery()),
        "SELECT anon_1.id \nFROM (SELECT u.id AS id \nFROM u UNION SELECT b.id AS id \nFROM b) AS anon_1",
    ),
    (
        lambda: select(union(select(u.c.id, u.c.name), select(b.c.id, b.c.name)).alias("foo")),
        (
            "SELECT foo.id, foo.name \n"
            "FROM (SELECT u.id AS id, u.name AS name \n"
            "FROM u UNION SELECT b.id AS id, b.name AS name \n"
            "FROM b) AS foo"
        ),
    ),
    (
        lambda: select(u).where(u.c.id.in_(union(select(b.c.id), select(c.c.id)))),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (SELECT b.id \nFROM b UNION SELECT c.id \nFROM c)",
    ),
    (
        lambda: select(u.c.id).where(u.c.id == 5).union(select(b.c.id).where(b.c.id == 5)),
        "SELECT u.id \nFROM u \nWHERE u.id = :id_1 UNION SELECT b.id \nFROM b \nWHERE b.id = :id_2",
    ),
    (
        lambda: (lambda lbl: union(select(lbl), select(b.c.name)).order_by(lbl))(u.c.name.label("lx")),
        "SELECT u.name AS lx \nFROM u UNION SELECT b.name \nFROM b ORDER BY lx",
    ),
    (
        lambda: (lambda lbl: union(select(lbl), select(b.c.name)).order_by("lx"))(u.c.name.label("lx")),
        "SELECT u.name AS lx \nFROM u UNION SELECT b.name \nFROM b ORDER BY lx",
    ),
    (
        lambda: union(select(u.c.name), select(b.c.name)).order_by("name"),
        "SELECT u.name \nFROM u UNION SELECT b.name \nFROM b ORDER BY name",
    ),
    (
        lambda: union(select(u.c.name), select(b.c.name)).order_by(desc("name")),
        "SELECT u.name \nFROM u UNION SELECT b.name \nFROM b ORDER BY name DESC",
    ),
    (
        lambda: union(select(u.c.name), select(b.c.name)).group_by("name"),
        "SELECT u.name \nFROM u UNION SELECT b.name \nFROM b GROUP BY name",
    ),
    (
        lambda: union(select(u.c.name), select(b.c.name)).order_by(u.c.name),
        "SELECT u.name \nFROM u UNION SELECT b.name \nFROM b ORDER BY name",
    ),
    (
        lambda: union(select(u.c.id, b.c.id), select(b.c.id, u.c.id)).order_by("id_1"),
        "SELECT u.id, b.id AS id_1 \nFROM u, b UNION SELECT b.id, u.id AS id_2 \nFROM b, u ORDER BY id_1",
    ),
    (
        lambda: select(union(select(u.c.name), select(b.c.name)).order_by("name").limit(3).subquery()),
        (
            "SELECT anon_1.name \n"
            "FROM (SELECT u.name AS name \n"
            "FROM u UNION SELECT b.name AS name \n"
            "FROM b ORDER BY name\n"
            " LIMIT :param_1) AS anon_1"
        ),
    ),
    (
        lambda: select(u.c.id, u.c.id).union(select(b.c.id, u.c.id)),
        "SELECT u.id, u.id AS id__1 \nFROM u UNION SELECT b.id, u.id AS id_1 \nFROM b, u",
    ),
    (
        lambda: select(func.count(u.c.id)).union(select(func.count(b.c.id))).subquery().select(),
        (
            "SELECT anon_1.count_1 \n"
            "FROM (SELECT count(u.id) AS count_1 \n"
            "FROM u UNION SELECT count(b.id) AS count_2 \n"
            "FROM b) AS anon_1"
        ),
    ),
    (
        lambda: select(func.count(u.c.id)).union(select(func.count(b.c.id))),
        "SELECT count(u.id) AS count_1 \nFROM u UNION SELECT count(b.id) AS count_2 \nFROM b",
    ),
    (
        lambda: union(select(u.c.id), select(u.c.name)).limit(3),
        "SELECT u.id \nFROM u UNION SELECT u.name \nFROM u\n LIMIT :param_1",
    ),
    (
        lambda: union(select(u.c.id).limit(1), select(u.c.name)).limit(3),
        "(SELECT u.id \nFROM u\n LIMIT :param_1) UNION SELECT u.name \nFROM u\n LIMIT :param_2",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
