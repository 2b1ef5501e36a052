"""The text of joins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import and_, or_, select, true
from tests.compile.tables import a, al, b, c, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(u.join(b, u.c.id == b.c.id)),
        "SELECT u.id, u.name, b.id AS id_1, b.name AS name_1, b.a_id \nFROM u JOIN b ON u.id = b.id",
    ),
    (
        lambda: select(u).join(b, u.c.id == b.c.id),
        "SELECT u.id, u.name \nFROM u JOIN b ON u.id = b.id",
    ),
    (
        lambda: select(b).join(c),
        "SELECT b.id, b.name, b.a_id \nFROM b JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b).join(c, isouter=True),
        "SELECT b.id, b.name, b.a_id \nFROM b LEFT OUTER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b).outerjoin(c),
        "SELECT b.id, b.name, b.a_id \nFROM b LEFT OUTER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b).join(c, full=True),
        "SELECT b.id, b.name, b.a_id \nFROM b FULL OUTER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b).select_from(b.join(c)),
        "SELECT b.id, b.name, b.a_id \nFROM b JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b).select_from(b.outerjoin(c)),
        "SELECT b.id, b.name, b.a_id \nFROM b LEFT OUTER JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b.join(c)),
        "SELECT b.id, b.name, b.a_id, c.id AS id_1, c.b_id \nFROM b JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b.c.id).select_from(b).join(c).where(c.c.id == 5),
        "SELECT b.id \nFROM b JOIN c ON b.id = c.b_id \nWHERE c.id = :id_1",
    ),
    (
        lambda: select(b.c.id).join_from(b, c),
        "SELECT b.id \nFROM b JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b.c.id, c.c.id).join_from(b, c),
        "SELECT b.id, c.id AS id_1 \nFROM b JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(c.c.id).join(b),
        "SELECT c.id \nFROM c JOIN b ON b.id = c.b_id",
    ),
    (
        lambda: select(u).join(b, and_(u.c.id == b.c.id, b.c.name == "x")),
        "SELECT u.id, u.name \nFROM u JOIN b ON u.id = b.id AND b.name = :name_1",
    ),
    (
        lambda: select(u).join(b, or_(u.c.id == b.c.id, b.c.name == "x")),
        "SELECT u.id, u.name \nFROM u JOIN b ON u.id = b.id OR b.name = :name_1",
    ),
    (
        lambda: select(u).select_from(u.join(b.join(c), u.c.id == b.c.id)),
        "SELECT u.id, u.name \nFROM u JOIN (b JOIN c ON b.id = c.b_id) ON u.id = b.id",
    ),
    (
        lambda: select(u).select_from(u.join(b, u.c.id == b.c.id).join(c)),
        "SELECT u.id, u.name \nFROM u JOIN b ON u.id = b.id JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(u).select_from(u.outerjoin(b.join(c), u.c.id == b.c.id)),
        "SELECT u.id, u.name \nFROM u LEFT OUTER JOIN (b JOIN c ON b.id = c.b_id) ON u.id = b.id",
    ),
    (
        lambda: select(u).join(b, true()),
        "SELECT u.id, u.name \nFROM u JOIN b ON true",
    ),
    (
        lambda: select(u).join(b, u.c.id == b.c.id).join(c, c.c.b_id == b.c.id),
        "SELECT u.id, u.name \nFROM u JOIN b ON u.id = b.id JOIN c ON c.b_id = b.id",
    ),
    (
        lambda: u.join(b, u.c.id == b.c.id),
        "u JOIN b ON u.id = b.id",
    ),
    (
        lambda: select(u).select_from(u.join(b, b.c.name.contains("x"))),
        "SELECT u.id, u.name \nFROM u JOIN b ON (b.name LIKE '%' || :name_1 || '%')",
    ),
    (
        lambda: select(u.outerjoin(b, u.c.id == b.c.id).outerjoin(c, b.c.id == c.c.b_id)),
        (
            "SELECT u.id, u.name, b.id AS id_1, b.name AS name_1, b.a_id, c.id AS id_2, c.b_id \n"
            "FROM u LEFT OUTER JOIN b ON u.id = b.id LEFT OUTER JOIN c ON b.id = c.b_id"
        ),
    ),
    (
        lambda: select(u).join(b, u.c.id == b.c.id, isouter=True).join(c),
        "SELECT u.id, u.name \nFROM u LEFT OUTER JOIN b ON u.id = b.id JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(u).join_from(u, b, u.c.id == b.c.id).join_from(b, c),
        "SELECT u.id, u.name \nFROM u JOIN b ON u.id = b.id JOIN c ON b.id = c.b_id",
    ),
    (
        lambda: select(b, c).join(c).join(u, u.c.id == c.c.id),
        ("SELECT b.id, b.name, b.a_id, c.id AS id_1, c.b_id \nFROM b JOIN c ON b.id = c.b_id JOIN u ON u.id = c.id"),
    ),
    (
        lambda: select(c).join(b).join(a, a.c.b_id == b.c.id),
        "SELECT c.id, c.b_id \nFROM c JOIN b ON b.id = c.b_id JOIN a ON a.b_id = b.id",
    ),
    (
        lambda: select(b).join(al, al.c.b_id == b.c.id),
        "SELECT b.id, b.name, b.a_id \nFROM b JOIN a AS a_1 ON a_1.b_id = b.id",
    ),
    (
        lambda: select(b.alias()).join(c),
        "SELECT b_1.id, b_1.name, b_1.a_id \nFROM b AS b_1 JOIN c ON b_1.id = c.b_id",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
