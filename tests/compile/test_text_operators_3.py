"""The text of operators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import any_, select
from tests.compile.tables import a, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u).where(
            u.c.id.in_([1]) & ~u.c.id.in_([2]) & u.c.name.like("x") & ~u.c.name.like("y") & ~u.c.name.ilike("y")
        ),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE u.id IN (__[POSTCOMPILE_id_1]) AND (u.id NOT IN (__[POSTCOMPILE_id_2])) AND u.name "
            "LIKE :name_1 AND u.name NOT LIKE :name_2 AND lower(u.name) NOT LIKE lower(:name_3)"
        ),
    ),
    (
        lambda: select(u.c.id).where(any_(a.c.t) == 5),
        "SELECT u.id \nFROM u, a \nWHERE :param_1 = ANY (a.t)",
    ),
    (
        lambda: select(u).where(u.c.id.in_([]), u.c.id.not_in([])),
        (
            "SELECT u.id, u.name \n"
            "FROM u \n"
            "WHERE u.id IN (__[POSTCOMPILE_id_1]) AND (u.id NOT IN (__[POSTCOMPILE_id_2]))"
        ),
    ),
    (
        lambda: select(u.c.id.between(1, 2) == u.c.id.in_([3])),
        "SELECT (u.id BETWEEN :id_1 AND :id_2) = (u.id IN (__[POSTCOMPILE_id_3])) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name.ilike("a"), u.c.name.icontains("a", autoescape=True)),
        (
            "SELECT lower(u.name) LIKE lower(:name_1) AS anon_1, lower(u.name) LIKE '%' || "
            "lower(:name_2) || '%' ESCAPE '/' AS anon_2 \n"
            "FROM u"
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
