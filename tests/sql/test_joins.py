# ruff: noqa: E711 - comparisons and signs of SQL expressions
# ruff: noqa: E501 - expected SQL is written out
"""JOIN, and the conditions that foreign keys give. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import and_, func, join, or_, outerjoin, select, true
from tests.sql.tables import S, a, b, c, d, t1, t2

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: S.select_from(a.join(b)), "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id", {}),
    (lambda: S.join(b), "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id", {}),
    (lambda: S.join(b, a.c.id == b.c.a_id), "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id", {}),
    (lambda: S.join(b, isouter=True), "SELECT a.id \nFROM a LEFT OUTER JOIN b ON a.id = b.a_id", {}),
    (lambda: S.join(b, full=True), "SELECT a.id \nFROM a FULL OUTER JOIN b ON a.id = b.a_id", {}),
    (lambda: S.outerjoin(b), "SELECT a.id \nFROM a LEFT OUTER JOIN b ON a.id = b.a_id", {}),
    (lambda: S.join_from(a, b), "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id", {}),
    (lambda: S.join_from(b, a), "SELECT a.id \nFROM b JOIN a ON a.id = b.a_id", {}),
    (
        lambda: S.join(b).join(d, d.c.a1 == a.c.id),
        "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id JOIN d ON d.a1 = a.id",
        {},
    ),
    (
        lambda: select(a.c.id, b.c.id).join(d, d.c.a1 == a.c.id),
        "SELECT a.id, b.id AS id_1 \nFROM a JOIN d ON d.a1 = a.id, b",
        {},
    ),
    (lambda: a.join(b), "a JOIN b ON a.id = b.a_id", {}),
    (lambda: a.join(b, b.c.a_id == a.c.id, isouter=True), "a LEFT OUTER JOIN b ON b.a_id = a.id", {}),
    (
        lambda: a.outerjoin(b).join(d, d.c.a1 == a.c.id),
        "a LEFT OUTER JOIN b ON a.id = b.a_id JOIN d ON d.a1 = a.id",
        {},
    ),
    (lambda: a.join(b.join(c, c.c.id == b.c.id)), "a JOIN (b JOIN c ON c.id = b.id) ON a.id = b.a_id", {}),
    (
        lambda: a.join(b).select(),
        ("SELECT a.id, a.name, a.x, a.flag, b.id AS id_1, b.a_id, b.name AS name_1 \nFROM a JOIN b ON a.id = b.a_id"),
        {},
    ),
    (
        lambda: (
            select(a.c.name, func.count(b.c.id))
            .join(b, b.c.a_id == a.c.id)
            .group_by(a.c.name)
            .having(func.count(b.c.id) > 3)
        ),
        (
            "SELECT a.name, count(b.id) AS count_1 \nFROM a JOIN b ON b.a_id = a.id GROUP BY a.name \nHAVING count(b.id) > :count_2"
        ),
        {"count_2": 3},
    ),
    (
        lambda: select(a).join(b).where(b.c.name == "x"),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a JOIN b ON a.id = b.a_id \nWHERE b.name = :name_1"),
        {"name_1": "x"},
    ),
    (lambda: select(b).join(a), "SELECT b.id, b.a_id, b.name \nFROM b JOIN a ON a.id = b.a_id", {}),
    (lambda: select(a.c.id, b.c.id).join_from(a, b), "SELECT a.id, b.id AS id_1 \nFROM a JOIN b ON a.id = b.a_id", {}),
    (
        lambda: select(t1.c.id).join(t2, t1.c.id == t2.c.x),
        "SELECT a_1.id \nFROM a AS a_1 JOIN a AS a_2 ON a_1.id = a_2.x",
        {},
    ),
    (lambda: a.join(b).c.a_id, "a.id", {}),
    (
        lambda: a.outerjoin(b).select().where(b.c.id == None),
        (
            "SELECT a.id, a.name, a.x, a.flag, b.id AS id_1, b.a_id, b.name AS name_1 \nFROM a LEFT OUTER JOIN b ON a.id = b.a_id \nWHERE b.id IS NULL"
        ),
        {},
    ),
    (lambda: join(a, b), "a JOIN b ON a.id = b.a_id", {}),
    (lambda: outerjoin(a, b, a.c.id == b.c.id), "a LEFT OUTER JOIN b ON a.id = b.id", {}),
    (lambda: a.alias("x").join(b.alias("y")), "a AS x JOIN b AS y ON x.id = y.a_id", {}),
    (lambda: a.alias("x").join(b), "a AS x JOIN b ON x.id = b.a_id", {}),
    (lambda: b.join(a).join(d, d.c.a1 == a.c.id), "b JOIN a ON a.id = b.a_id JOIN d ON d.a1 = a.id", {}),
    (
        lambda: select(a).select_from(a.join(b)).join(d, d.c.a1 == a.c.id),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a JOIN b ON a.id = b.a_id JOIN d ON d.a1 = a.id"),
        {},
    ),
    (
        lambda: (lambda q: select(q.c.id).join(b, b.c.id == q.c.id))(select(a.c.id).subquery()),
        ("SELECT anon_1.id \nFROM (SELECT a.id AS id \nFROM a) AS anon_1 JOIN b ON b.id = anon_1.id"),
        {},
    ),
    (
        lambda: (lambda q: select(a.c.id, q.c.id).select_from(a.join(q, a.c.id == q.c.x)))(a.alias()),
        "SELECT a.id, a_1.id AS id_1 \nFROM a JOIN a AS a_1 ON a.id = a_1.x",
        {},
    ),
    (
        lambda: select(a.c.id).join(select(b.c.id).where(b.c.a_id == a.c.id).lateral("l"), true()),
        ("SELECT a.id \nFROM a JOIN LATERAL (SELECT b.id AS id \nFROM b \nWHERE b.a_id = a.id) AS l ON true"),
        {},
    ),
    (
        lambda: select(a).join(b.join(d, d.c.id == b.c.id), b.c.a_id == a.c.id),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a JOIN (b JOIN d ON d.id = b.id) ON b.a_id = a.id"),
        {},
    ),
    (
        lambda: select(a).outerjoin(b).where(b.c.id.is_(None)),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a LEFT OUTER JOIN b ON a.id = b.a_id \nWHERE b.id IS NULL"),
        {},
    ),
    (
        lambda: select(a).select_from(a).join(b, and_(b.c.a_id == a.c.id, or_(b.c.name == "x", b.c.name == "y"))),
        (
            "SELECT a.id, a.name, a.x, a.flag \nFROM a JOIN b ON b.a_id = a.id AND (b.name = :name_1 OR b.name = :name_2)"
        ),
        {"name_1": "x", "name_2": "y"},
    ),
    (
        lambda: select(a).join(b, or_(b.c.a_id == a.c.id, b.c.name == "x")),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a JOIN b ON b.a_id = a.id OR b.name = :name_1"),
        {"name_1": "x"},
    ),
    (lambda: select(a).join(b, true()), "SELECT a.id, a.name, a.x, a.flag \nFROM a JOIN b ON true", {}),
    (
        lambda: select(a.c.id).join(b, b.c.a_id == a.c.id).join(d, d.c.a1 == b.c.id),
        "SELECT a.id \nFROM a JOIN b ON b.a_id = a.id JOIN d ON d.a1 = b.id",
        {},
    ),
    (lambda: select(b.c.id).select_from(a).join(b), "SELECT b.id \nFROM a JOIN b ON a.id = b.a_id", {}),
    (
        lambda: select(b.c.id, a.c.id).select_from(a).join(b),
        "SELECT b.id, a.id AS id_1 \nFROM a JOIN b ON a.id = b.a_id",
        {},
    ),
    (
        lambda: select(func.count()).select_from(a).join(b),
        "SELECT count(*) AS count_1 \nFROM a JOIN b ON a.id = b.a_id",
        {},
    ),
    (
        lambda: (lambda q: a.join(q, q.c.a_id == a.c.id))(select(b).subquery("q")),
        ("a JOIN (SELECT b.id AS id, b.a_id AS a_id, b.name AS name \nFROM b) AS q ON q.a_id = a.id"),
        {},
    ),
    (
        lambda: (lambda q: a.join(q))(select(b).subquery("q")),
        ("a JOIN (SELECT b.id AS id, b.a_id AS a_id, b.name AS name \nFROM b) AS q ON a.id = q.a_id"),
        {},
    ),
    (
        lambda: (lambda q: select(a.c.id).join(q))(select(b).subquery("q")),
        (
            "SELECT a.id \nFROM a JOIN (SELECT b.id AS id, b.a_id AS a_id, b.name AS name \nFROM b) AS q ON a.id = q.a_id"
        ),
        {},
    ),
    (
        lambda: select(a.c.id).select_from(a.join(b)).where(b.c.id == 1),
        "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id \nWHERE b.id = :id_1",
        {"id_1": 1},
    ),
    (
        lambda: select(a.c.id).select_from(a.join(b)).select_from(d),
        "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id, d",
        {},
    ),
    (
        lambda: select(a.c.id, d.c.id).select_from(a.join(b)).join(d, d.c.a1 == a.c.id),
        ("SELECT a.id, d.id AS id_1 \nFROM a JOIN b ON a.id = b.a_id JOIN d ON d.a1 = a.id"),
        {},
    ),
    (
        lambda: select(a.c.id).join_from(a, b).join(d, d.c.a1 == b.c.id),
        "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id JOIN d ON d.a1 = b.id",
        {},
    ),
    (
        lambda: select(a.c.id).join_from(a, b).join_from(b, d, d.c.a1 == b.c.id),
        "SELECT a.id \nFROM a JOIN b ON a.id = b.a_id JOIN d ON d.a1 = b.id",
        {},
    ),
    (
        lambda: select(a.c.id).join_from(a, b, isouter=True),
        "SELECT a.id \nFROM a LEFT OUTER JOIN b ON a.id = b.a_id",
        {},
    ),
    (lambda: select(a.c.id).outerjoin_from(a, b), "SELECT a.id \nFROM a LEFT OUTER JOIN b ON a.id = b.a_id", {}),
    (
        lambda: select(a.c.id).outerjoin_from(a, b, full=True),
        "SELECT a.id \nFROM a FULL OUTER JOIN b ON a.id = b.a_id",
        {},
    ),
    (
        lambda: select(t1.c.id).select_from(t1.join(t2, t1.c.id == t2.c.id)),
        "SELECT a_1.id \nFROM a AS a_1 JOIN a AS a_2 ON a_1.id = a_2.id",
        {},
    ),
    (
        lambda: (lambda q, r: select(q.c.id).join(r, q.c.id == r.c.id))(
            select(a.c.id).cte("q"), select(b.c.id).cte("r")
        ),
        (
            "WITH q AS \n(SELECT a.id AS id \nFROM a), \nr AS \n(SELECT b.id AS id \nFROM b)\n SELECT q.id \nFROM q JOIN r ON q.id = r.id"
        ),
        {},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: a.join(b).c.keys(), ["a_id", "a_name", "a_x", "a_flag", "b_id", "b_a_id", "b_name"]),
    (lambda: a.join(d, d.c.a1 == a.c.id).c.keys(), ["a_id", "a_name", "a_x", "a_flag", "d_id", "d_a1", "d_a2"]),
    (
        lambda: (lambda q: q.join(b).c.keys())(a.alias("q")),
        ["q_id", "q_name", "q_x", "q_flag", "b_id", "b_a_id", "b_name"],
    ),
    (lambda: a.join(b).is_derived_from(b), True),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
