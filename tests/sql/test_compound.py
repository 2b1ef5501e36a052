# ruff: noqa: E501 - expected SQL is written out
"""UNION and its like. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import except_, intersect_all, select, union, union_all
from tests.sql.tables import S, a, b, c

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: S.union(S), "SELECT a.id \nFROM a UNION SELECT a.id \nFROM a", {}),
    (lambda: union(S), "SELECT a.id \nFROM a", {}),
    (lambda: union(), "", {}),
    (lambda: union(S, S), "SELECT a.id \nFROM a UNION SELECT a.id \nFROM a", {}),
    (
        lambda: union_all(S, S).order_by("id").limit(5),
        ("SELECT a.id \nFROM a UNION ALL SELECT a.id \nFROM a ORDER BY id\n LIMIT :param_1"),
        {"param_1": 5},
    ),
    (
        lambda: union_all(S.limit(5), S),
        "(SELECT a.id \nFROM a\n LIMIT :param_1) UNION ALL SELECT a.id \nFROM a",
        {"param_1": 5},
    ),
    (lambda: union(S, union(S, S)), "SELECT a.id \nFROM a UNION (SELECT a.id \nFROM a UNION SELECT a.id \nFROM a)", {}),
    (lambda: union(S, S).alias(), "SELECT a.id \nFROM a UNION SELECT a.id \nFROM a", {}),
    (
        lambda: select(union(S, S).subquery()),
        ("SELECT anon_1.id \nFROM (SELECT a.id AS id \nFROM a UNION SELECT a.id AS id \nFROM a) AS anon_1"),
        {},
    ),
    (lambda: except_(S, S), "SELECT a.id \nFROM a EXCEPT SELECT a.id \nFROM a", {}),
    (lambda: intersect_all(S, S), "SELECT a.id \nFROM a INTERSECT ALL SELECT a.id \nFROM a", {}),
    (lambda: select(a.c.id).union(select(b.c.id)), "SELECT a.id \nFROM a UNION SELECT b.id \nFROM b", {}),
    (
        lambda: select(a.c.id, b.c.id).union(select(b.c.id, a.c.id)),
        ("SELECT a.id, b.id AS id_1 \nFROM a, b UNION SELECT b.id, a.id AS id_2 \nFROM b, a"),
        {},
    ),
    (
        lambda: select(select(a.c.id, b.c.id).union(select(b.c.id, a.c.id)).subquery()),
        (
            "SELECT anon_1.id, anon_1.id_1 \nFROM (SELECT a.id AS id, b.id AS id_1 \nFROM a, b UNION SELECT b.id AS id, a.id AS id_2 \nFROM b, a) AS anon_1"
        ),
        {},
    ),
    (lambda: S.cte("q").union_all(select(b.c.id)), "SELECT a.id \nFROM a UNION ALL SELECT b.id \nFROM b", {}),
    (
        lambda: a.c.id.in_(select(b.c.id).union(select(c.c.id))),
        "a.id IN (SELECT b.id \nFROM b UNION SELECT c.id \nFROM c)",
        {},
    ),
    (
        lambda: union(select(a.c.id).order_by(a.c.id), select(b.c.id)),
        "(SELECT a.id \nFROM a ORDER BY a.id) UNION SELECT b.id \nFROM b",
        {},
    ),
    (
        lambda: union(select(a.c.id), select(b.c.id)).order_by("id"),
        "SELECT a.id \nFROM a UNION SELECT b.id \nFROM b ORDER BY id",
        {},
    ),
    (
        lambda: union(select(a.c.id), select(b.c.id)).order_by(a.c.id),
        "SELECT a.id \nFROM a UNION SELECT b.id \nFROM b ORDER BY id",
        {},
    ),
    (
        lambda: (lambda q: select(q.union_all(select(b.c.id + q.c.id).where(b.c.id < 5))))(
            select(a.c.id).cte("rec", recursive=True)
        ),
        (
            "WITH RECURSIVE rec(id) AS \n(SELECT a.id AS id \nFROM a UNION ALL SELECT b.id + rec.id AS anon_1 \nFROM b, rec \nWHERE b.id < :id_1)\n SELECT rec.id \nFROM rec"
        ),
        {"id_1": 5},
    ),
    (
        lambda: (lambda q: q.union_all(select(b.c.id + q.c.id)))(select(a.c.id).cte("rec", recursive=True)).select(),
        (
            "WITH RECURSIVE rec(id) AS \n(SELECT a.id AS id \nFROM a UNION ALL SELECT b.id + rec.id AS anon_1 \nFROM b, rec)\n SELECT rec.id \nFROM rec"
        ),
        {},
    ),
    (
        lambda: (lambda q: select(q.c.id).union(select(q.c.id)))(select(a.c.id).cte("q")),
        ("WITH q AS \n(SELECT a.id AS id \nFROM a)\n SELECT q.id \nFROM q UNION SELECT q.id \nFROM q"),
        {},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: union(select(a.c.id), select(b.c.id)).selected_columns.keys(), ["id"]),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
