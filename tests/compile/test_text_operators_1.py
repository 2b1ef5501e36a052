"""The text of operators."""
# ruff: noqa: E711 - comparisons with None and True are SQL here

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import and_, between, not_, or_, select
from tests.compile.tables import a, c, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).where(u.c.id == 5),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :id_1",
    ),
    (
        lambda: select(u).where(u.c.id == 5, u.c.name == "x"),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :id_1 AND u.name = :name_1",
    ),
    (
        lambda: select(u).where(u.c.id == 5).where(u.c.name == "x").where(u.c.id > 3),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :id_1 AND u.name = :name_1 AND u.id > :id_2",
    ),
    (
        lambda: select(u).where(or_(u.c.id == 5, u.c.name == "x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id = :id_1 OR u.name = :name_1",
    ),
    (
        lambda: select(u).where(or_(u.c.id == 5, u.c.name == "x"), u.c.id != 7),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.id = :id_1 OR u.name = :name_1) AND u.id != :id_2",
    ),
    (
        lambda: select(u).where(and_(or_(u.c.id == 5, u.c.name == "x"), and_(u.c.id != 7, u.c.id < 8))),
        ("SELECT u.id, u.name \nFROM u \nWHERE (u.id = :id_1 OR u.name = :name_1) AND u.id != :id_2 AND u.id < :id_3"),
    ),
    (
        lambda: select(u).where(not_(u.c.id == 5)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id != :id_1",
    ),
    (
        lambda: select(u).where(~(u.c.id == 5)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id != :id_1",
    ),
    (
        lambda: select(u).where(not_(or_(u.c.id == 5, u.c.id == 6))),
        "SELECT u.id, u.name \nFROM u \nWHERE NOT (u.id = :id_1 OR u.id = :id_2)",
    ),
    (
        lambda: select(u).where(not_(and_(u.c.id == 5, u.c.id == 6))),
        "SELECT u.id, u.name \nFROM u \nWHERE NOT (u.id = :id_1 AND u.id = :id_2)",
    ),
    (
        lambda: select(u).where(u.c.name == None),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS NULL",
    ),
    (
        lambda: select(u).where(u.c.name.is_(None)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS NULL",
    ),
    (
        lambda: select(u).where(u.c.name.is_not(None)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS NOT NULL",
    ),
    (
        lambda: select(u).where(u.c.name.is_distinct_from("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS DISTINCT FROM :name_1",
    ),
    (
        lambda: select(u).where(u.c.name.is_not_distinct_from("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS NOT DISTINCT FROM :name_1",
    ),
    (
        lambda: select(u).where(u.c.name.is_distinct_from(None)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IS DISTINCT FROM NULL",
    ),
    (
        lambda: select(u).where(u.c.id.in_([1, 2, 3])),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (__[POSTCOMPILE_id_1])",
    ),
    (
        lambda: select(u).where(~u.c.id.in_([1, 2, 3])),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.id NOT IN (__[POSTCOMPILE_id_1]))",
    ),
    (
        lambda: select(u).where(u.c.id.in_([])),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (__[POSTCOMPILE_id_1])",
    ),
    (
        lambda: select(u).where(u.c.id.in_([1, None])),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (__[POSTCOMPILE_id_1])",
    ),
    (
        lambda: select(u).where(u.c.name.in_(["a", "b"])),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name IN (__[POSTCOMPILE_name_1])",
    ),
    (
        lambda: select(u).where(u.c.id.in_(select(c.c.b_id))),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id IN (SELECT c.b_id \nFROM c)",
    ),
    (
        lambda: select(u).where(u.c.id.between(1, 5)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id BETWEEN :id_1 AND :id_2",
    ),
    (
        lambda: select(u).where(~u.c.id.between(1, 5)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id NOT BETWEEN :id_1 AND :id_2",
    ),
    (
        lambda: select(u).where(u.c.id.between(1, 5, symmetric=True)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id BETWEEN SYMMETRIC :id_1 AND :id_2",
    ),
    (
        lambda: select(u).where(between(u.c.id, 1, 5)),
        "SELECT u.id, u.name \nFROM u \nWHERE u.id BETWEEN :id_1 AND :id_2",
    ),
    (
        lambda: select(u).where(u.c.name.like("x%")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name LIKE :name_1",
    ),
    (
        lambda: select(u).where(u.c.name.not_like("x%")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name NOT LIKE :name_1",
    ),
    (
        lambda: select(u).where(u.c.name.like("x%", escape="/")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name LIKE :name_1 ESCAPE '/'",
    ),
    (
        lambda: select(u).where(u.c.name.ilike("x%")),
        "SELECT u.id, u.name \nFROM u \nWHERE lower(u.name) LIKE lower(:name_1)",
    ),
    (
        lambda: select(u).where(u.c.name.not_ilike("x%")),
        "SELECT u.id, u.name \nFROM u \nWHERE lower(u.name) NOT LIKE lower(:name_1)",
    ),
    (
        lambda: select(u).where(u.c.name.ilike("x%", escape="/")),
        "SELECT u.id, u.name \nFROM u \nWHERE lower(u.name) LIKE lower(:name_1) ESCAPE '/'",
    ),
    (
        lambda: select(u).where(u.c.name.startswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE :name_1 || '%')",
    ),
    (
        lambda: select(u).where(u.c.name.startswith("x_y", autoescape=True)),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE :name_1 || '%' ESCAPE '/')",
    ),
    (
        lambda: select(u).where(u.c.name.endswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE '%' || :name_1)",
    ),
    (
        lambda: select(u).where(u.c.name.contains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE '%' || :name_1 || '%')",
    ),
    (
        lambda: select(u).where(~u.c.name.contains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name NOT LIKE '%' || :name_1 || '%')",
    ),
    (
        lambda: select(u).where(u.c.name.contains(u.c.name)),
        "SELECT u.id, u.name \nFROM u \nWHERE (u.name LIKE '%' || u.name || '%')",
    ),
    (
        lambda: select(u).where(u.c.name.icontains("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (lower(u.name) LIKE '%' || lower(:name_1) || '%')",
    ),
    (
        lambda: select(u).where(u.c.name.istartswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (lower(u.name) LIKE lower(:name_1) || '%')",
    ),
    (
        lambda: select(u).where(u.c.name.iendswith("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE (lower(u.name) LIKE '%' || lower(:name_1))",
    ),
    (
        lambda: select(u).where(u.c.name.match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name MATCH :name_1",
    ),
    (
        lambda: select(u).where(u.c.name.regexp_match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name <regexp> :name_1",
    ),
    (
        lambda: select(u).where(u.c.name.regexp_match("x", "i")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name <regexp> :name_1",
    ),
    (
        lambda: select(u).where(~u.c.name.regexp_match("x")),
        "SELECT u.id, u.name \nFROM u \nWHERE u.name <not regexp> :name_1",
    ),
    (
        lambda: select(u.c.name.regexp_replace("x", "y")),
        "SELECT <regexp replace>(u.name, :name_1, :name_2) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.regexp_replace("x", "y", flags="g")),
        "SELECT <regexp replace>(u.name, :name_1, :name_2) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id + 5),
        "SELECT u.id + :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id - 5),
        "SELECT u.id - :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id * 5),
        "SELECT u.id * :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id / 5),
        "SELECT u.id / CAST(:id_1 AS NUMERIC) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id // 5),
        "SELECT u.id / :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(a.c.f / 5),
        "SELECT a.f / CAST(:f_1 AS NUMERIC) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.f // 5),
        "SELECT FLOOR(a.f / :f_1) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.price / 5),
        "SELECT a.price / CAST(:price_1 AS NUMERIC) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(a.c.price // 5),
        "SELECT FLOOR(a.price / :price_1) AS anon_1 \nFROM a",
    ),
    (
        lambda: select(u.c.id % 5),
        "SELECT u.id % :id_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(-u.c.id),
        "SELECT -u.id \nFROM u",
    ),
    (
        lambda: select(5 + u.c.id),
        "SELECT :id_1 + u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 - u.c.id),
        "SELECT :id_1 - u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 / u.c.id),
        "SELECT :id_1 / CAST(u.id AS NUMERIC) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 // u.c.id),
        "SELECT :id_1 / u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(5 % u.c.id),
        "SELECT :id_1 % u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select((u.c.id + 5) * 3),
        "SELECT (u.id + :id_1) * :param_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id + 5 * u.c.id),
        "SELECT u.id + :id_1 * u.id AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id - (u.c.id - 5)),
        "SELECT u.id - (u.id - :id_1) AS anon_1 \nFROM u",
    ),
    (
        lambda: select((u.c.id - u.c.id) - 5),
        "SELECT (u.id - u.id) - :param_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.id * (u.c.id / 5)),
        "SELECT u.id * (u.id / CAST(:id_1 AS NUMERIC)) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name + "x"),
        "SELECT u.name || :name_1 AS anon_1 \nFROM u",
    ),
    (
        lambda: select("x" + u.c.name),
        "SELECT :name_1 || u.name AS anon_1 \nFROM u",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
