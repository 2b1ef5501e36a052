"""VALUES. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import column, select, table, values
from cormorant.types import Integer, String

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (
        lambda: select(values(column("x", Integer), column("y", String), name="q").data([(1, "a"), (2, "b")])),
        ("SELECT q.x, q.y \nFROM (VALUES (:param_1, :param_2), (:param_3, :param_4)) AS q (x, y)"),
        {"param_1": 1, "param_2": "a", "param_3": 2, "param_4": "b"},
    ),
    (
        lambda: select(values(column("q", Integer), name="v").data([(1,), (2,)])),
        "SELECT v.q \nFROM (VALUES (:param_1), (:param_2)) AS v (q)",
        {"param_1": 1, "param_2": 2},
    ),
    (lambda: table("t", column("x")).insert().values(x=5), "INSERT INTO t (x) VALUES (:x)", {"x": 5}),
    (lambda: table("t", column("x")).update().values(x=5), "UPDATE t SET x=:x", {"x": 5}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters
