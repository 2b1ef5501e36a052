"""The text of lists of columns and FROM."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.schema import Column, MetaData, Table
from cormorant.sql import select
from cormorant.types import Integer

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(Table("foo", MetaData(), Column("id", Integer), schema="Bar.Baz")),
        'SELECT "Bar.Baz".foo.id \nFROM "Bar.Baz".foo',
    ),
    (
        lambda: select(Table("foo", MetaData(), Column("id", Integer), quote=True, quote_schema=True, schema="x")),
        'SELECT "x"."foo".id \nFROM "x"."foo"',
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
