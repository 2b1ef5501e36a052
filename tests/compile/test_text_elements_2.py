"""The text of labels, binds, text and constants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import literal, select

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(literal(7) / 2, literal(7) // 2, literal(7) % 4),
        (
            "SELECT :param_1 / CAST(:param_2 AS NUMERIC) AS anon_1, :param_3 / :param_4 AS anon_2, "
            ":param_5 % :param_6 AS anon_3"
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
