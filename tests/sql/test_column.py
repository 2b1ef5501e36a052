"""Columns: what columns of aliases and subqueries are instances of."""

from __future__ import annotations

from cormorant import Column, Integer, MetaData, String, Table, column, func, select, table
from cormorant.sql.column import ColumnClause
from cormorant.sql.selectable import Subquery

t = Table("t", MetaData(), Column("a", Integer, primary_key=True), Column("b", String))


def kinds(source: object) -> dict[str, tuple[bool, bool]]:
    columns = source.c  # type: ignore[attr-defined]
    return {key: (isinstance(one, Column), isinstance(one, ColumnClause)) for key, one in columns.items()}


def test_a_column_of_an_alias_is_what_it_stands_for() -> None:
    assert kinds(t.alias()) == {"a": (True, True), "b": (True, True)}
    assert kinds(table("light", column("x")).alias()) == {"x": (False, True)}


def subquery() -> Subquery:
    return select(t.c.a, t.c.b.label("named"), func.upper(t.c.b).label("upper")).subquery()


def test_a_column_of_a_subquery_is_a_column_if_a_column_is_at_its_bottom() -> None:
    expected = {"a": (True, True), "named": (True, True), "upper": (False, True)}
    assert kinds(subquery()) == expected
    assert kinds(select(subquery()).cte()) == expected


def test_other_expressions_are_no_columns() -> None:
    for other in (t.c.a.label("x"), func.upper(t.c.b), t.c.a + 1):
        assert not isinstance(other, ColumnClause)


def test_statements_with_columns_of_subqueries_keep_their_text() -> None:
    inner = select(t.c.a).subquery("s")
    assert str(select(inner).where(inner.c.a == 5)) == (
        "SELECT s.a \nFROM (SELECT t.a AS a \nFROM t) AS s \nWHERE s.a = :a_1"
    )
