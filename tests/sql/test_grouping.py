"""GROUP BY of something that has columns means all of them."""

from __future__ import annotations

import pytest

from cormorant import column, func, select, table
from cormorant.exc import ArgumentError
from tests.orm.blog import Tag

NUMBERS = table("numbers", column("a"), column("b"))


def test_columns_of_a_table() -> None:
    assert str(select(NUMBERS.c.a).group_by(NUMBERS)) == "SELECT numbers.a \nFROM numbers GROUP BY numbers.a, numbers.b"


def test_columns_of_a_mapped_class() -> None:
    statement = select(Tag.id, func.count()).group_by(Tag)
    assert str(statement) == "SELECT tags.id, count(*) AS count_1 \nFROM tags GROUP BY tags.id, tags.name"


def test_order_by_takes_expressions_only() -> None:
    with pytest.raises(ArgumentError, match="ORDER BY expression expected"):
        select(NUMBERS).order_by(NUMBERS)
