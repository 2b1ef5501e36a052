"""The text of CAST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import cast, select
from cormorant.types import NullType, String
from tests.compile.tables import u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(cast(u.c.id, NullType())),
        "SELECT CAST(u.id AS NULL) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, String(5, collation="fr"))),
        "SELECT CAST(u.id AS VARCHAR(5)) COLLATE fr AS id \nFROM u",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
