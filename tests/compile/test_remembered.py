"""What columns and statements remember of themselves, and when that does not count any more."""

from __future__ import annotations

from typing import Any

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.dialects import mysql, postgresql
from cormorant.ext.compiler import compiles, deregister
from cormorant.schema import Column, MetaData, Table
from cormorant.sql import func, select
from cormorant.sql.node import statement_key
from cormorant.types import Integer, String, UserDefinedType


class Shape(UserDefinedType[Any]):
    """A type whose columns are read through a function."""

    cache_ok = True

    def get_col_spec(self) -> str:
        return "SHAPE"

    def column_expression(self, colexpr: Any) -> Any:
        return func.as_text(colexpr)


def thing() -> Table:
    return Table("thing", MetaData(), Column("id", Integer), Column("Name", String))


def test_each_dialect_writes_a_column_in_its_own_quotes() -> None:
    statement = select(thing())
    for _ in range(2):
        assert str(statement.compile(dialect=mysql.dialect())) == "SELECT thing.id, thing.`Name` \nFROM thing"
        assert str(statement.compile(dialect=postgresql.dialect())) == 'SELECT thing.id, thing."Name" \nFROM thing'


def test_another_type_is_another_column_of_the_result() -> None:
    table = thing()
    assert str(select(table.c.id)) == "SELECT thing.id \nFROM thing"
    table.c.id.type = Shape()
    compiled: Any = select(table.c.id).compile()
    assert str(compiled) == "SELECT as_text(thing.id) AS id \nFROM thing"
    assert compiled.result_columns[0].type is not table.c.id.type


def test_a_schema_given_later_is_written() -> None:
    table = thing()
    assert str(select(table.c.id)) == "SELECT thing.id \nFROM thing"
    table.schema = "other"
    assert str(select(table.c.id)) == "SELECT other.thing.id \nFROM other.thing"


def test_a_renderer_registered_later_is_called() -> None:
    class Marked(Column[Any]):
        inherit_cache = True

    table = Table("thing", MetaData(), Marked("id", Integer))
    assert str(select(table)) == "SELECT thing.id \nFROM thing"

    @compiles(Marked)
    def render(column: Any, compiler: Any, **kw: Any) -> str:
        return f"marked({compiler.visit_column(column, **kw)})"

    assert str(select(table)) == "SELECT marked(thing.id) \nFROM thing"
    deregister(Marked)
    assert str(select(table)) == "SELECT thing.id \nFROM thing"


def test_repeated_columns_are_told_apart_though_each_was_met_alone() -> None:
    table = thing()
    assert str(select(table.c.id)) == "SELECT thing.id \nFROM thing"
    other = table.alias("other")
    assert str(select(table.c.id, other.c.id)) == ("SELECT thing.id, other.id AS id_1 \nFROM thing, thing AS other")


def test_a_changed_statement_forgets_key_names_and_froms_of_the_one_before() -> None:
    table, other = thing(), Table("other", MetaData(), Column("id", Integer))
    before = select(table.c.id)
    key = statement_key(before)
    assert [item.name for item in before.named_items()] == ["id"]
    assert before.get_final_froms() == [table]
    after = before.add_columns(table.c.Name).where(other.c.id == table.c.id)
    assert statement_key(after) != key
    assert [item.name for item in after.named_items()] == ["id", "Name"]
    assert after.get_final_froms() == [table, other]
    assert statement_key(before) == key
