"""Elements and types with SQL of a program's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - installs the compiler
from cormorant.dialects import postgresql, sqlite
from cormorant.ext.compiler import compiles, deregister
from cormorant.schema import DDL, Column, MetaData, Table
from cormorant.schema.ddl import ExecutableDDLElement
from cormorant.sql import column, func, insert, select
from cormorant.sql.clause import Executable
from cormorant.sql.column import ColumnClause, ColumnElement
from cormorant.sql.dml import Insert
from cormorant.types import BigInteger, Integer, String, UserDefinedType

t = Table("t", MetaData(), Column("id", BigInteger, primary_key=True), Column("n", String(5)))


class Shout(ColumnElement[str]):
    inherit_cache = False
    type = String()

    def __init__(self, inner: Any) -> None:
        self.inner = inner


class MyColumn(ColumnClause[Any]):
    inherit_cache = True


class AlterColumn(ExecutableDDLElement):
    inherit_cache = False

    def __init__(self, column: Any, command: str) -> None:
        self.column = column
        self.command = command


class Explain(Executable):
    inherit_cache = False

    def __init__(self, statement: Any) -> None:
        self.statement = statement


class Money(UserDefinedType[Any]):
    cache_ok = True


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    for class_ in (Shout, MyColumn, AlterColumn, Explain, Money, Insert, BigInteger):
        deregister(class_)


def test_an_element_of_ones_own() -> None:
    @compiles(Shout)
    def render(element: Any, compiler: Any, **kw: Any) -> str:
        return f"upper({compiler.process(element.inner, **kw)})"

    compiled = select(Shout(t.c.n == "x")).compile()
    assert str(compiled) == "SELECT upper(t.n = :n_1) AS anon_1"
    assert compiled.params == {"n_1": "x"}


def test_one_function_per_dialect() -> None:
    @compiles(MyColumn)
    def render(element: Any, compiler: Any, **kw: Any) -> str:
        return f"[{element.name}]"

    @compiles(MyColumn, "postgresql")
    def render_pg(element: Any, compiler: Any, **kw: Any) -> str:
        return f"<{element.name}>"

    statement = select(MyColumn("x"), column("y"))
    assert str(statement) == "SELECT [x], y"
    assert str(statement.compile(dialect=postgresql.dialect())) == "SELECT <x>, y"
    assert str(statement.compile(dialect=sqlite.dialect())) == "SELECT [x], y"
    deregister(MyColumn)
    assert str(statement) == "SELECT x, y"


def test_a_built_in_class_can_be_changed_and_its_text_used() -> None:
    @compiles(Insert)
    def render(element: Any, compiler: Any, **kw: Any) -> str:
        return compiler.visit_insert(element.prefix_with("LOUD"), **kw)

    assert str(insert(t).values(n="x")) == "INSERT LOUD INTO t (n) VALUES (:n)"


def test_types() -> None:
    @compiles(BigInteger, "sqlite")
    def render(type_: Any, compiler: Any, **kw: Any) -> str:
        return "INTEGER"

    @compiles(Money)
    def money(type_: Any, compiler: Any, **kw: Any) -> str:
        return f"MONEY OF {compiler.dialect.name}"

    assert sqlite.dialect().type_text(BigInteger()) == "INTEGER"
    assert postgresql.dialect().type_text(BigInteger()) == "BIGINT"
    assert sqlite.dialect().type_text(Money()) == "MONEY OF sqlite"


def test_ddl_and_statements() -> None:
    @compiles(AlterColumn)
    def alter(element: Any, compiler: Any, **kw: Any) -> str:
        return f"ALTER TABLE {element.column.table.name} ALTER COLUMN {element.column.name} {element.command}"

    @compiles(Explain)
    def explain(element: Any, compiler: Any, **kw: Any) -> str:
        return f"EXPLAIN {compiler.process(element.statement, **kw)}"

    assert str(AlterColumn(t.c.n, "DROP DEFAULT")) == "ALTER TABLE t ALTER COLUMN n DROP DEFAULT"
    assert str(Explain(select(t.c.id).where(t.c.id == 5))) == "EXPLAIN SELECT t.id \nFROM t \nWHERE t.id = :id_1"
    assert str(DDL("x")) == "x"


def test_flags_of_the_program_reach_its_functions() -> None:
    seen: list[Any] = []

    @compiles(Shout)
    def render(element: Any, compiler: Any, **kw: Any) -> str:
        seen.append(kw)
        return f"{compiler.process(element.inner, **{**kw, 'depth': kw.get('depth', 0) + 1})}!"

    statement = select(Shout(Shout(column("x"))), Shout(column("y")))
    assert str(statement.compile(compile_kwargs={"loud": True})) == "SELECT x!! AS anon_1, y! AS anon_2"
    assert seen == [{"loud": True}, {"loud": True, "depth": 1}, {"loud": True}]


def test_literal_values_reach_the_parts() -> None:
    @compiles(Shout)
    def render(element: Any, compiler: Any, **kw: Any) -> str:
        return f"{compiler.process(element.inner, **kw)}!"

    statement = select(Shout(func.lower("it's")))
    assert str(statement.compile(compile_kwargs={"literal_binds": True})) == "SELECT lower('it''s')! AS anon_1"
    assert Integer().compile() == "INTEGER"
