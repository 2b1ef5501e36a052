# ruff: noqa: E501 - expected SQL is written out
"""Functions in FROM. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import func, select
from tests.sql.tables import a

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: a.table_valued(), "a", {}),
    (
        lambda: select(func.foo(1).table_valued("x", "y", name="q")),
        "SELECT q.x, q.y \nFROM foo(:foo_1) AS q",
        {"foo_1": 1},
    ),
    (lambda: select(func.foo(1).column_valued("x")), "SELECT x \nFROM foo(:foo_1) AS x", {"foo_1": 1}),
    (
        lambda: select(func.json_each("x").table_valued("key", "value")),
        "SELECT anon_1.key, anon_1.value \nFROM json_each(:json_each_1) AS anon_1",
        {"json_each_1": "x"},
    ),
    (
        lambda: select(func.json_each("x").table_valued("key", "value", name="z").render_derived(with_types=True)),
        ("SELECT anon_1.key, anon_1.value \nFROM json_each(:json_each_1) AS anon_1(key NULL, value NULL)"),
        {"json_each_1": "x"},
    ),
    (
        lambda: select(func.json_each("x").table_valued("key", "value", with_ordinality="o").render_derived()),
        (
            "SELECT anon_1.key, anon_1.value, anon_1.o \nFROM json_each(:json_each_1) WITH ORDINALITY AS anon_1(key, value, o)"
        ),
        {"json_each_1": "x"},
    ),
    (
        lambda: select(func.json_each("x").table_valued("key", "value").lateral("q")),
        "SELECT q.key, q.value \nFROM LATERAL json_each(:json_each_1) AS q",
        {"json_each_1": "x"},
    ),
    (lambda: select(func.foo(1).scalar_table_valued("q")), "SELECT (foo(:foo_1)).q", {"foo_1": 1}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters
