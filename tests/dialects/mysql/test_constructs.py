"""`match()`, LIMIT of UPDATE and DELETE, UPDATE of several tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Integer, MetaData, String, Table, delete, desc, func, insert, select, update
from cormorant.dialects import postgresql
from cormorant.dialects.mysql import MariaDBDialect, dialect, limit, match
from cormorant.exc import ArgumentError, CompileError

metadata = MetaData()
t = Table("t", metadata, Column("id", Integer, primary_key=True), Column("a", String(9)), Column("b", String(9)))
o = Table(
    "o",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("t_id", Integer),
    Column("a", String(9)),
    Column("changed", Integer, onupdate=func.now()),
)
against = match(t.c.a, t.c.b, against="x")

CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: against, "MATCH (t.a, t.b) AGAINST (%s)"),
    (lambda: against.in_boolean_mode(), "MATCH (t.a, t.b) AGAINST (%s IN BOOLEAN MODE)"),
    (
        lambda: against.in_natural_language_mode().with_query_expansion(),
        "MATCH (t.a, t.b) AGAINST (%s IN NATURAL LANGUAGE MODE WITH QUERY EXPANSION)",
    ),
    (
        lambda: match(t.c.a, against=func.lower("X"), in_boolean_mode=True),
        "MATCH (t.a) AGAINST (lower(%s) IN BOOLEAN MODE)",
    ),
    (lambda: select(t.c.id).where(~against), "SELECT t.id \nFROM t \nWHERE NOT (MATCH (t.a, t.b) AGAINST (%s))"),
    (lambda: select(t.c.id).where(against > 0.5), "SELECT t.id \nFROM t \nWHERE (MATCH (t.a, t.b) AGAINST (%s)) > %s"),
    (
        lambda: select(t.c.id).order_by(desc(against)),
        "SELECT t.id \nFROM t ORDER BY MATCH (t.a, t.b) AGAINST (%s) DESC",
    ),
    (lambda: update(t).values(a="x").ext(limit(5)), "UPDATE t SET a=%s LIMIT __[POSTCOMPILE_param_1]"),
    (lambda: delete(t).ext(limit(5)).ext(limit(func.f())), "DELETE FROM t LIMIT f()"),
    (lambda: delete(t).with_dialect_options(mysql_limit=5), "DELETE FROM t LIMIT 5"),
    (lambda: delete(t).with_dialect_options(mariadb_limit=5), "DELETE FROM t"),
    (
        lambda: update(t).where(t.c.id == o.c.t_id).values({t.c.a: o.c.a, o.c.a: "q"}),
        "UPDATE t, o SET o.a=%s, o.changed=now(), t.a=o.a WHERE t.id = o.t_id",
    ),
    (
        lambda: update(t).where(t.c.id == o.c.t_id).values(a="q"),
        "UPDATE t, o SET t.a=%s WHERE t.id = o.t_id",
    ),
    (
        lambda: update(t.join(o, t.c.id == o.c.t_id)).values({t.c.b: "1", o.c.a: "2"}),
        "UPDATE t INNER JOIN o ON t.id = o.t_id SET o.a=%s, o.changed=now(), t.b=%s",
    ),
    (
        lambda: update(t.join(o, t.c.id == o.c.t_id)).values(b="1"),
        "UPDATE t INNER JOIN o ON t.id = o.t_id SET t.b=%s, o.changed=now()",
    ),
    (lambda: delete(t).where(t.c.id == o.c.t_id), "DELETE FROM t USING t, o WHERE t.id = o.t_id"),
    (lambda: select(t.c.id).prefix_with("STRAIGHT_JOIN").distinct(), "SELECT STRAIGHT_JOIN DISTINCT t.id \nFROM t"),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=dialect())) == expected


def test_limit_option_of_each_dialect() -> None:
    both = delete(t).with_dialect_options(mysql_limit=5, mariadb_limit=6)
    assert str(both.compile(dialect=MariaDBDialect())) == "DELETE FROM t LIMIT 6"
    with pytest.raises(ArgumentError, match="Argument 'mysql_nope' is not accepted by dialect 'mysql'"):
        delete(t).with_dialect_options(mysql_nope=5)
    with pytest.raises(NotImplementedError, match="DMLLimitClause cannot be applied to select"):
        select(t).ext(limit(5))


def test_values_of_two_tables_are_told_apart() -> None:
    compiled = update(t).where(t.c.id == o.c.t_id).values({t.c.a: "1", o.c.a: "2"}).compile(dialect=dialect())
    assert compiled.params == {"a": "1", "o_a": "2"}


def test_match_refuses() -> None:
    with pytest.raises(ArgumentError, match="columns are required"):
        match(against="x")
    with pytest.raises(ArgumentError, match="against is required"):
        match(t.c.a)
    with pytest.raises(ArgumentError, match="unknown arguments: nope"):
        match(t.c.a, against="x", nope=1)
    with pytest.raises(CompileError, match="Invalid MySQL match flags: in_boolean_mode=True"):
        against.in_boolean_mode().with_query_expansion().compile(dialect=dialect())
    with pytest.raises(CompileError, match="Invalid MySQL match flags"):
        t.c.a.match("x", mysql_natural_language=True).compile(dialect=dialect())


def test_tables_that_cannot_be_updated_together() -> None:
    statement = update(t).where(t.c.id == o.c.t_id).values({o.c.a: "q"})
    with pytest.raises(CompileError, match="cannot include columns from table"):
        statement.compile(dialect=postgresql.dialect())
    with pytest.raises(CompileError, match="not a multi-table UPDATE"):
        update(t).values({o.c.a: "q"}).compile(dialect=dialect())


def test_insert_takes_no_limit() -> None:
    with pytest.raises(NotImplementedError, match="cannot be applied to insert"):
        insert(t).ext(limit(5))
