"""Columns of a table that come later."""

from __future__ import annotations

import pytest

from cormorant import Column, Integer, MetaData, Table, Text
from cormorant.exc import DuplicateColumnError


@pytest.mark.parametrize(
    "column", [Column("a", Integer), Column("x", Integer, key="k"), Column("b", Integer, key="y")], ids=repr
)
def test_a_column_is_found_by_key_and_by_name_when_another_comes(column: Column[int]) -> None:
    table = Table("t", MetaData(), Column("a", Integer, key="k"), Column("b", Integer))
    with pytest.raises(DuplicateColumnError):
        table.append_column(column)


@pytest.mark.filterwarnings("ignore:Column with user-specified key")
def test_a_column_is_replaced_by_name() -> None:
    table = Table("t", MetaData(), Column("a", Integer, key="k"), Column("b", Integer))
    table.append_column(Column("a", Text), replace_existing=True)
    assert [(column.name, column.key) for column in table.c] == [("a", "a"), ("b", "b")]
    table.append_column(Column("c", Text))
    assert table.c.keys() == ["a", "b", "c"]
