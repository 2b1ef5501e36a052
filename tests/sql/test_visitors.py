"""Walks and copies. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import and_, visitors
from tests.sql.tables import a, b

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (
        lambda: visitors.replacement_traverse(a.c.id == 5, {}, lambda n, **k: b.c.id if n is a.c.id else None),
        "b.id = :id_1",
        {"id_1": 5},
    ),
    (
        lambda: visitors.cloned_traverse(a.c.id == 5, {}, {"bindparam": lambda b: setattr(b, "value", 9)}),
        "a.id = :id_1",
        {"id_1": 9},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (
        lambda: [type(x).__name__ for x in visitors.iterate(a.c.id == 5)],
        ["BinaryExpression", "Column", "BindParameter"],
    ),
    (
        lambda: [type(x).__name__ for x in visitors.iterate(and_(a.c.id == 5, a.c.x.in_([1])))],
        [
            "BooleanClauseList",
            "BinaryExpression",
            "BinaryExpression",
            "Column",
            "BindParameter",
            "Column",
            "BindParameter",
        ],
    ),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
