# ruff: noqa: E501 - expected SQL is written out
"""Collections of columns, and the column that stands for another. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import cast, func, select, union
from cormorant.types import String
from tests.sql.tables import S, a, b, d

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: a.corresponding_column(a.c.id), "a.id", {}),
    (lambda: a.alias("q").corresponding_column(a.c.id), "q.id", {}),
    (lambda: S.subquery("q").corresponding_column(a.c.id), "q.id", {}),
    (lambda: S.corresponding_column(a.c.id), "a.id", {}),
    (lambda: select(a.alias("q")).subquery("w").corresponding_column(a.c.id), "w.id", {}),
    (lambda: a.c["id"], "a.id", {}),
    (lambda: a.c[0], "a.id", {}),
    (
        lambda: (lambda q: select(q.alias("p").c.id).where(q.alias("p").corresponding_column(a.c.id) == 5))(
            select(a.c.id).subquery("s")
        ),
        (
            "SELECT p.id \nFROM (SELECT a.id AS id \nFROM a) AS p, (SELECT a.id AS id \nFROM a) AS p \nWHERE p.id = :id_1"
        ),
        {"id_1": 5},
    ),
    (lambda: (lambda q: q.alias("p").corresponding_column(q.c.id))(select(a.c.id).subquery("s")), "p.id", {}),
    (lambda: (lambda q: q.alias("p").corresponding_column(a.c.id))(select(a.c.id).subquery("s")), "p.id", {}),
    (lambda: (lambda q: q.corresponding_column(a.c.id))(select(a.c.id, a.c.id).subquery("s")), "s.id", {}),
    (
        lambda: (lambda q: q.corresponding_column(a.c.id))(union(select(a.c.id), select(b.c.id)).subquery("s")),
        "s.id",
        {},
    ),
    (
        lambda: (lambda q: q.corresponding_column(b.c.id))(union(select(a.c.id), select(b.c.id)).subquery("s")),
        "s.id",
        {},
    ),
    (lambda: (lambda q: q.corresponding_column(a.c.id))(select(a.join(b)).subquery("s")), "s.id", {}),
    (lambda: a.join(b).corresponding_column(b.c.id), "b.id", {}),
    (lambda: (lambda q: a.join(q, a.c.id == q.c.id).corresponding_column(q.c.id))(a.alias("q")), "q.id", {}),
    (lambda: (lambda q: a.join(q, a.c.id == q.c.id).corresponding_column(a.c.id))(a.alias("q")), "a.id", {}),
    (lambda: (lambda q: select(a.alias("p")).subquery("r").corresponding_column(q.c.id))(a.alias("q")), "r.id", {}),
    (lambda: (lambda q: select(q).subquery("r").corresponding_column(q.c.id))(a.alias("q")), "r.id", {}),
    (lambda: (lambda q: select(q, a.c.id).subquery("r").corresponding_column(q.c.id))(a.alias("q")), "r.id", {}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: "x" in a.c, True),
    (lambda: S.subquery("q").corresponding_column(a.c.x), None),
    (lambda: a.c["id", "name"].keys(), ["id", "name"]),
    (lambda: a.c[0:2].keys(), ["id", "name"]),
    (lambda: "id" in a.c, True),
    (lambda: a.c.get("q"), None),
    (lambda: len(a.c), 4),
    (lambda: a.c.items()[0][0], "id"),
    (lambda: a.c.contains_column(a.c.id), True),
    (lambda: a.c.contains_column(b.c.id), False),
    (lambda: a.c == a.c, True),
    (lambda: a.columns is a.c, True),
    (lambda: (lambda q: q.corresponding_column(a.c.id))(select(func.max(a.c.id)).subquery("s")), None),
    (lambda: (lambda q: q.corresponding_column(a.c.id))(select(cast(a.c.id, String)).subquery("s")), None),
    (lambda: a.join(b).corresponding_column(d.c.id), None),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
