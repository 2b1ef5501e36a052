"""The text of statements where it differs from the standard language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.postgresql import dialect
from cormorant.sql import any_, case, desc, func, literal, literal_column, null, select, union
from tests.compile.tables import a, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: union(select(u.c.id), select(u.c.name)).limit(3),
        "SELECT u.id \nFROM u UNION SELECT u.name \nFROM u \n LIMIT %(param_1)s::INTEGER",
    ),
    (
        lambda: union(select(u.c.id).limit(1), select(u.c.name)).limit(3),
        (
            "(SELECT u.id \n"
            "FROM u \n"
            " LIMIT %(param_1)s::INTEGER) UNION SELECT u.name \n"
            "FROM u \n"
            " LIMIT %(param_2)s::INTEGER"
        ),
    ),
    (
        lambda: select(u.c.id.between(1, 2).label("x"), u.c.id.in_([1]).label("y")),
        (
            "SELECT u.id BETWEEN %(id_1)s::INTEGER AND %(id_2)s::INTEGER AS x, u.id IN "
            "(__[POSTCOMPILE_id_3]) AS y \n"
            "FROM u"
        ),
    ),
    (
        lambda: (
            select(func.count(case((u.c.id > 3, 1))).label("n"))
            .select_from(u)
            .group_by(u.c.name)
            .having(func.count() > 1)
            .order_by(desc("n"))
        ),
        (
            "SELECT count(CASE WHEN (u.id > %(id_1)s::INTEGER) THEN %(param_1)s::INTEGER END) AS n \n"
            "FROM u GROUP BY u.name \n"
            "HAVING count(*) > %(count_1)s::INTEGER ORDER BY n DESC"
        ),
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
            "SELECT (u.id + u.id * %(id_1)s::INTEGER) - %(param_1)s::INTEGER AS anon_1, (u.id + "
            "%(id_2)s::INTEGER) * (u.id - %(id_3)s::INTEGER) AS anon_2, u.id * %(id_4)s::INTEGER + "
            "%(param_2)s::INTEGER AS anon_3, (u.id - %(id_5)s::INTEGER) - %(param_3)s::INTEGER AS "
            "anon_4, (u.id / CAST(%(id_6)s::INTEGER AS NUMERIC)) / CAST(%(param_4)s::INTEGER AS "
            "NUMERIC) AS anon_5, -u.id + %(param_5)s::INTEGER AS anon_6, %(id_7)s::INTEGER + u.id + "
            "%(param_6)s::INTEGER AS anon_7 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(
            u.c.name + "a" + "b",
            "a" + u.c.name + "b",
            u.c.name.concat("x").concat(u.c.name),
            (u.c.name + "a") + (u.c.name + "b"),
        ),
        (
            "SELECT u.name || %(name_1)s::VARCHAR || %(param_1)s::VARCHAR AS anon_1, "
            "%(name_2)s::VARCHAR || u.name || %(param_2)s::VARCHAR AS anon_2, u.name || "
            "%(name_3)s::VARCHAR || u.name AS anon_3, u.name || %(name_4)s::VARCHAR || u.name || "
            "%(name_5)s::VARCHAR AS anon_4 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(u.c.id.is_(None) & (u.c.id > 3) | ~(u.c.id < 4)),
        ("SELECT u.id IS NULL AND u.id > %(id_1)s::INTEGER OR u.id >= %(id_2)s::INTEGER AS anon_1 \nFROM u"),
    ),
    (
        lambda: select(u).where((u.c.id == 1) | ((u.c.id == 2) & ((u.c.id == 3) | (u.c.id == 4)))),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE u.id = %(id_1)s::INTEGER OR u.id = %(id_2)s::INTEGER AND (u.id = %(id_3)s::INTEGER "
            "OR u.id = %(id_4)s::INTEGER)"
        ),
    ),
    (
        lambda: select(u).where(~((u.c.id == 1) & (u.c.id == 2)), ~((u.c.id == 1) | (u.c.id == 2))),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE NOT (u.id = %(id_1)s::INTEGER AND u.id = %(id_2)s::INTEGER) AND NOT (u.id = "
            "%(id_3)s::INTEGER OR u.id = %(id_4)s::INTEGER)"
        ),
    ),
    (
        lambda: select(u).where(
            u.c.id.in_([1]) & ~u.c.id.in_([2]) & u.c.name.like("x") & ~u.c.name.like("y") & ~u.c.name.ilike("y")
        ),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE u.id IN (__[POSTCOMPILE_id_1]) AND (u.id NOT IN (__[POSTCOMPILE_id_2])) AND u.name "
            "LIKE %(name_1)s::VARCHAR AND u.name NOT LIKE %(name_2)s::VARCHAR AND u.name NOT ILIKE "
            "%(name_3)s::VARCHAR"
        ),
    ),
    (
        lambda: select(u.c.id).where(any_(a.c.t) == 5),
        "SELECT u.id \nFROM u, a \nWHERE %(param_1)s::INTEGER = ANY (a.t)",
    ),
    (
        lambda: select(func.coalesce(func.max(u.c.id), 0) + 1),
        ("SELECT coalesce(max(u.id), %(coalesce_1)s::INTEGER) + %(coalesce_2)s::INTEGER AS anon_1 \nFROM u"),
    ),
    (
        lambda: select(func.count()).select_from(select(u).order_by(u.c.id).limit(5).subquery()),
        (
            "SELECT count(*) AS count_1 \n"
            "FROM (SELECT u.id AS id, u.name AS name \n"
            "FROM u ORDER BY u.id \n"
            " LIMIT %(param_1)s::INTEGER) AS anon_1"
        ),
    ),
    (
        lambda: select(u, literal("x").label("kind"), null().label("nothing"), literal_column("5").label("five")),
        "SELECT u.id, u.name, %(param_1)s::VARCHAR AS kind, NULL AS nothing, 5 AS five \nFROM u",
    ),
    (
        lambda: select(literal(7) / 2, literal(7) // 2, literal(7) % 4),
        (
            "SELECT %(param_1)s::INTEGER / CAST(%(param_2)s::INTEGER AS NUMERIC) AS anon_1, "
            "%(param_3)s::INTEGER / %(param_4)s::INTEGER AS anon_2, %(param_5)s::INTEGER %% "
            "%(param_6)s::INTEGER AS anon_3"
        ),
    ),
    (
        lambda: select(u.c.id.between(1, 2) == u.c.id.in_([3])),
        (
            "SELECT (u.id BETWEEN %(id_1)s::INTEGER AND %(id_2)s::INTEGER) = (u.id IN "
            "(__[POSTCOMPILE_id_3])) AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(u.c.name.ilike("a"), u.c.name.icontains("a", autoescape=True)),
        (
            "SELECT u.name ILIKE %(name_1)s::VARCHAR AS anon_1, u.name ILIKE '%%' || "
            "%(name_2)s::VARCHAR || '%%' ESCAPE '/' AS anon_2 \n"
            "FROM u"
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected
