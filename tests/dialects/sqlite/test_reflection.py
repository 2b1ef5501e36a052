"""What SQLite alone has to tell: what stands only in the text of a table, attached and temporary databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import DATE, DATETIME, TIME, Connection, MetaData, Table, create_engine, inspect
from cormorant.exc import NoSuchTableError, SAWarning
from cormorant.schema import CreateTable


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def make(connection: Connection, *statements: str) -> Any:
    for statement in statements:
        connection.exec_driver_sql(statement)
    return inspect(connection)


def test_several_generated_columns_in_one_line(connection: Connection) -> None:
    inspector = make(connection, "CREATE TABLE t (a INT, b INT AS (a*2) STORED, c INT GENERATED ALWAYS AS (a + (b)))")
    assert [one.get("computed") for one in inspector.get_columns("t")] == [
        None,
        {"sqltext": "a*2", "persisted": True},
        {"sqltext": "a + (b)", "persisted": False},
    ]


def test_a_key_of_the_table_without_the_columns_it_refers_to_keeps_its_name(connection: Connection) -> None:
    inspector = make(
        connection,
        "CREATE TABLE p (x INT, y INT, PRIMARY KEY (y, x))",
        "CREATE TABLE t (a INT, b INT, CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES p ON DELETE CASCADE)",
    )
    assert inspector.get_foreign_keys("t") == [
        {
            "name": "fk",
            "constrained_columns": ["a", "b"],
            "referred_schema": None,
            "referred_table": "p",
            "referred_columns": ["y", "x"],
            "options": {"ondelete": "CASCADE"},
        }
    ]


def test_an_index_on_an_expression_is_left_out_with_one_warning(connection: Connection) -> None:
    inspector = make(connection, "CREATE TABLE t (a TEXT, UNIQUE (a))", "CREATE INDEX ix ON t (lower(a))")
    with pytest.warns(SAWarning, match="Skipped unsupported reflection of expression-based index ix") as caught:
        found = [inspector.get_indexes("t"), inspector.get_unique_constraints("t")]
    assert found == [[], [{"name": None, "column_names": ["a"]}]]
    assert len(caught) == 1


def test_arguments_that_a_type_does_not_take(connection: Connection) -> None:
    inspector = make(connection, "CREATE TABLE t (a INT(11))")
    with pytest.warns(SAWarning, match="Could not instantiate type .*INTEGER.* with reflected arguments"):
        (column,) = inspector.get_columns("t")
    assert repr(column["type"]) == "INTEGER()"


def test_dates_and_times_are_told_as_the_types_of_every_database(connection: Connection) -> None:
    inspector = make(connection, "CREATE TABLE t (a DATE, b DATETIME, c TIME, d DATE_CHAR, e DATETIME_CHAR)")
    assert [type(one["type"]) for one in inspector.get_columns("t")] == [DATE, DATETIME, TIME, DATE, DATETIME]


def test_colons_in_defaults_are_no_parameters(connection: Connection) -> None:
    make(connection, "CREATE TABLE t (a TEXT DEFAULT ' :foo', b TEXT DEFAULT ('x' || ':y'), CHECK (a != ' :z'))")
    table = Table("t", MetaData(), autoload_with=connection)
    text = str(CreateTable(table).compile(connection))
    assert "a TEXT DEFAULT ' :foo'" in text
    assert "b TEXT DEFAULT ('x' || ':y')" in text
    assert "CHECK (a != ' :z')" in text


def test_temporary_tables_come_after_those_of_the_file(connection: Connection) -> None:
    inspector = make(connection, "CREATE TEMP TABLE t (a INT)", "CREATE TEMP VIEW tv AS SELECT 1 AS one")
    assert inspector.get_table_names() == []
    assert inspector.get_temp_table_names() == ["t"]
    assert inspector.get_temp_view_names() == ["tv"]
    assert [one["name"] for one in inspector.get_columns("t")] == ["a"]
    make(connection, "CREATE TABLE main.t (b INT)")
    inspector.clear_cache()
    assert [one["name"] for one in inspector.get_columns("t")] == ["b"]


def test_quotes_in_names(connection: Connection) -> None:
    inspector = make(connection, 'CREATE TABLE "a""b" ("c""d" INT PRIMARY KEY, "e%f" INT UNIQUE)')
    assert inspector.get_table_names() == ['a"b']
    assert [one["name"] for one in inspector.get_columns('a"b')] == ['c"d', "e%f"]
    assert inspector.get_unique_constraints('a"b') == [{"name": None, "column_names": ["e%f"]}]
    with pytest.raises(NoSuchTableError, match='a"x'):
        inspector.get_columns('a"x')


def test_a_database_that_is_not_attached(connection: Connection) -> None:
    inspector = make(connection)
    assert not inspector.has_table("t", schema="nowhere")
    assert not inspector.has_schema("nowhere")
