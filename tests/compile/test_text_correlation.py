"""The text of subqueries and their correlation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import (
    all_,
    any_,
    bindparam,
    case,
    cast,
    exists,
    extract,
    func,
    literal_column,
    null,
    select,
    text,
    true,
)
from cormorant.types import String
from tests.compile.tables import a, b, c, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).where(u.c.id.in_(select(c.c.b_id).scalar_subquery())),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (SELECT c.b_id \nFROM c)",
    ),
    (
        lambda: select(u.c.id, select(func.count(b.c.id)).where(b.c.id == u.c.id).scalar_subquery()),
        "SELECT u.id, (SELECT count(b.id) AS count_1 \nFROM b \nWHERE b.id = u.id) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id, select(func.count(b.c.id)).where(b.c.id == u.c.id).scalar_subquery().label("n")),
        "SELECT u.id, (SELECT count(b.id) AS count_1 \nFROM b \nWHERE b.id = u.id) AS n \nFROM u",
    ),
    (
        lambda: select(u).where(u.c.id == select(func.max(u.c.id)).scalar_subquery()),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = (SELECT max(u.id) AS max_1 \nFROM u)",
    ),
    (
        lambda: select(u).where(u.c.id == select(func.max(b.c.id)).where(b.c.name == u.c.name).scalar_subquery()),
        ("SELECT u.id, u.name \nFROM u \nWHERE u.id = (SELECT max(b.id) AS max_1 \nFROM b \nWHERE b.name = u.name)"),
    ),
    (
        lambda: select(u).where(select(b.c.id).where(b.c.name == u.c.name).scalar_subquery() == u.c.id),
        "SELECT u.id, u.name \nFROM u \nWHERE (SELECT b.id \nFROM b \nWHERE b.name = u.name) = u.id",
    ),
    (
        lambda: select(u).where(exists().where(b.c.id == u.c.id)),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT * \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: select(u).where(exists(b.c.id).where(b.c.id == u.c.id)),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: select(u).where(~exists().where(b.c.id == u.c.id)),
        "SELECT u.id, u.name \nFROM u \nWHERE NOT (EXISTS (SELECT * \nFROM b \nWHERE b.id = u.id))",
    ),
    (
        lambda: select(u).where(select(b.c.id).where(b.c.id == u.c.id).exists()),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: select(u).where(exists(select(b.c.id).where(b.c.id == u.c.id))),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: select(u).where(exists().select_from(b)),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT * \nFROM b)",
    ),
    (
        lambda: select(exists().where(u.c.id == 5)),
        "SELECT EXISTS (SELECT * \nFROM u \nWHERE u.id = :id_1) AS anon_1",
    ),
    (
        lambda: select(exists(u.c.id)),
        "SELECT EXISTS (SELECT u.id \nFROM u) AS anon_1",
    ),
    (
        lambda: exists(u.c.id).where(u.c.id == 5).select(),
        "SELECT EXISTS (SELECT u.id \nFROM u \nWHERE u.id = :id_1) AS anon_1",
    ),
    (
        lambda: select(u).where(select(u.c.id).where(u.c.name == "x").correlate(u).exists()),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT u.id \nWHERE u.name = :name_1)",
    ),
    (
        lambda: select(u).where(select(u.c.id).where(u.c.name == "x").exists()),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT u.id \nFROM u \nWHERE u.name = :name_1)",
    ),
    (
        lambda: select(u).where(select(b.c.id).where(b.c.id == u.c.id).correlate(None).exists()),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT b.id \nFROM b, u \nWHERE b.id = u.id)",
    ),
    (
        lambda: select(u).where(select(b.c.id).where(b.c.id == u.c.id).correlate(u).exists()),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: select(u).where(select(b.c.id).where(b.c.id == u.c.id).correlate_except(b).exists()),
        "SELECT u.id, u.name \nFROM u \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: select(u, b).where(select(c.c.id).where(c.c.b_id == b.c.id, u.c.id == c.c.id).exists()),
        (
            "SELECT u.id, u.name, b.id AS id_1, b.name AS name_1, b.a_id \n"
            "FROM u, b \n"
            "WHERE EXISTS (SELECT c.id \n"
            "FROM c \n"
            "WHERE c.b_id = b.id AND u.id = c.id)"
        ),
    ),
    (
        lambda: select(u).where(
            select(b.c.id).where(select(c.c.id).where(c.c.b_id == b.c.id, c.c.id == u.c.id).exists()).exists()
        ),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE EXISTS (SELECT b.id \n"
            "FROM b \n"
            "WHERE EXISTS (SELECT c.id \n"
            "FROM c, u \n"
            "WHERE c.b_id = b.id AND c.id = u.id))"
        ),
    ),
    (
        lambda: select(u).where(u.c.id > any_(select(b.c.id).scalar_subquery())),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id > ANY (SELECT b.id \nFROM b)",
    ),
    (
        lambda: select(u).where(u.c.id > all_(select(b.c.id).scalar_subquery())),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id > ALL (SELECT b.id \nFROM b)",
    ),
    (
        lambda: select(u).where(u.c.id == select(b.c.id).scalar_subquery() + 1),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = (SELECT b.id \nFROM b) + :param_1",
    ),
    (
        lambda: select(u).join(select(b.c.id).where(b.c.id == u.c.id).lateral("lat"), true()),
        ("SELECT u.id, u.name \nFROM u JOIN LATERAL (SELECT b.id AS id \nFROM b \nWHERE b.id = u.id) AS lat ON true"),
    ),
    (
        lambda: select(u.c.id == select(b.c.id).limit(1).scalar_subquery()),
        "SELECT u.id = (SELECT b.id \nFROM b\n LIMIT :param_1) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id).scalar_subquery(),
        "(SELECT u.id \nFROM u)",
    ),
    (
        lambda: exists().where(u.c.id == 5),
        "EXISTS (SELECT * \nFROM u \nWHERE u.id = :id_1)",
    ),
    (
        lambda: exists().where(u.c.name.contains("x")),
        "EXISTS (SELECT * \nFROM u \nWHERE (u.name LIKE '%' || :name_1 || '%'))",
    ),
    (
        lambda: select(a.c.id).where(select(a.c.flag).scalar_subquery()),
        "SELECT a.id \nFROM a \nWHERE (SELECT a.flag \nFROM a)",
    ),
    (
        lambda: select(u).where(u.c.id.in_(select(u.c.id).correlate_except())),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (SELECT u.id)",
    ),
    (
        lambda: select(u).where(u.c.id.in_(select(u.c.id).correlate_except(u))),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (SELECT u.id \nFROM u)",
    ),
    (
        lambda: (
            lambda al: (
                select(u).select_from(u.join(b, u.c.id == b.c.id)).where(exists().where(u.c.id == b.c.id, al.c.id == 3))
            )
        )(u.alias()),
        (
            "SELECT u.id, u.name \n"
            "FROM u JOIN b ON u.id = b.id \n"
            "WHERE EXISTS (SELECT * \n"
            "FROM u AS u_1 \n"
            "WHERE u.id = b.id AND u_1.id = :id_1)"
        ),
    ),
    (
        lambda: select(select(b.c.id).where(b.c.id == u.c.id).correlate(u).subquery(), u),
        (
            "SELECT anon_1.id, u.id AS id_1, u.name \n"
            "FROM (SELECT b.id AS id \n"
            "FROM b, u \n"
            "WHERE b.id = u.id) AS anon_1, u"
        ),
    ),
    (
        lambda: select(u).where(exists(select(select(b.c.id).where(b.c.id == u.c.id).correlate(u).subquery()))),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE EXISTS (SELECT anon_1.id \n"
            "FROM (SELECT b.id AS id \n"
            "FROM b \n"
            "WHERE b.id = u.id) AS anon_1)"
        ),
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
            "WHERE u.id = :id_1 AND u.id = (SELECT max(b.id) AS max_1 \n"
            "FROM b \n"
            "WHERE b.id = :id_2)"
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
            "foo_1, u.id + :id_2 AS anon_3, CAST(u.id + :id_3 AS VARCHAR) AS anon_4, CASE WHEN (u.id = "
            ":id_4) THEN :param_1 END AS anon_5, EXTRACT(year FROM u.id) AS anon_6, (SELECT u.id \n"
            "FROM u) AS anon_7, :foo AS anon_8, NULL AS anon_9, zz \n"
            "FROM u) AS anon_1"
        ),
    ),
    (
        lambda: select(u.c.id).where(u.c.id == any_(select(b.c.id).scalar_subquery())),
        "SELECT u.id \nFROM u \nWHERE u.id = ANY (SELECT b.id \nFROM b)",
    ),
    (
        lambda: select(any_(select(b.c.id).scalar_subquery()) == u.c.id),
        "SELECT u.id = ANY (SELECT b.id \nFROM b) AS anon_1 \nFROM u",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
