"""Collections of columns, and the column that stands for another. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import select
from tests.sql.tables import S, a, b

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: a.corresponding_column(a.c.id), "a.id", {}),
    (lambda: a.alias("q").corresponding_column(a.c.id), "q.id", {}),
    (lambda: S.subquery("q").corresponding_column(a.c.id), "q.id", {}),
    (lambda: S.corresponding_column(a.c.id), "a.id", {}),
    (lambda: select(a.alias("q")).subquery("w").corresponding_column(a.c.id), "w.id", {}),
    (lambda: a.c["id"], "a.id", {}),
    (lambda: a.c[0], "a.id", {}),
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
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
