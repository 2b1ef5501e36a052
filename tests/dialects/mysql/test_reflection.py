"""What MariaDB and MySQL alone have to tell, asked of a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Connection, MetaData, Table, create_engine, inspect
from cormorant.exc import NoSuchTableError, SAWarning, UnreflectableTableError
from cormorant.schema import CreateTable
from tests.suite.sent import Sent


@pytest.fixture
def connection(mariadb_url: str) -> Iterator[Connection]:
    engine = create_engine(mariadb_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def make(connection: Connection, *statements: str) -> Any:
    for statement in statements:
        connection.exec_driver_sql(statement)
    return inspect(connection)


def test_columns_as_dictionaries(connection: Connection) -> None:
    inspector = make(
        connection,
        "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, n VARCHAR(30) NOT NULL DEFAULT 'x' COMMENT 'it''s', "
        "at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, g INT AS (id2 * 2) STORED, "
        "id2 INT, e ENUM('a','b'), u BIGINT UNSIGNED ZEROFILL)",
    )
    columns = [{**column, "type": repr(column["type"])} for column in inspector.get_columns("t")]
    assert columns == [
        {
            "name": "id", "type": "INTEGER(display_width=11)", "default": None, "comment": None, "nullable": False,
            "autoincrement": True,
        },
        {"name": "n", "type": "VARCHAR(length=30)", "default": "'x'", "comment": "it's", "nullable": False},
        {
            "name": "at", "type": "TIMESTAMP()", "default": "current_timestamp() ON UPDATE current_timestamp()",
            "comment": None, "nullable": False,
        },
        {
            "name": "g", "type": "INTEGER(display_width=11)", "default": None, "comment": None, "nullable": True,
            "autoincrement": False, "computed": {"sqltext": "(`id2` * 2)", "persisted": True},
        },
        {
            "name": "id2", "type": "INTEGER(display_width=11)", "default": None, "comment": None, "nullable": True,
            "autoincrement": False,
        },
        {"name": "e", "type": "ENUM('a', 'b')", "default": None, "comment": None, "nullable": True},
        {
            "name": "u", "type": "BIGINT(display_width=20, unsigned=True, zerofill=True)", "default": None,
            "comment": None, "nullable": True, "autoincrement": False,
        },
    ]  # fmt: skip


def test_indexes_and_unique_constraints(connection: Connection) -> None:
    inspector = make(
        connection,
        "CREATE TABLE t (a VARCHAR(50), b INT, UNIQUE KEY u (a(5), b), FULLTEXT KEY ft (a), KEY k (b)) ENGINE=InnoDB",
    )
    name = connection.dialect.name
    assert inspector.get_indexes("t") == [
        {"name": "ft", "column_names": ["a"], "unique": False, "dialect_options": {f"{name}_prefix": "FULLTEXT"}},
        {"name": "k", "column_names": ["b"], "unique": False},
        {"name": "u", "column_names": ["a", "b"], "unique": True, "dialect_options": {f"{name}_length": {"a": 5}}},
    ]
    assert inspector.get_unique_constraints("t") == [{"name": "u", "column_names": ["a", "b"], "duplicates_index": "u"}]
    table = Table("t", MetaData(), autoload_with=connection)
    assert sorted(str(index.name) for index in table.indexes) == ["ft", "k", "u"]
    assert not [one for one in table.constraints if type(one).__name__ == "UniqueConstraint"]


def test_one_statement_for_one_table(connection: Connection) -> None:
    make(connection, "CREATE TABLE t (a INT PRIMARY KEY)")
    sent = Sent(connection.engine)
    Table("t", MetaData(), autoload_with=connection)
    assert sent.statements == ["SHOW CREATE TABLE `t`"]


def test_options_and_partitions_are_created_again(connection: Connection) -> None:
    make(
        connection,
        "CREATE TABLE t (id INT, k INT) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARSET=utf8mb4 "
        "COLLATE=utf8mb4_bin COMMENT='it''s' PARTITION BY RANGE (k) (PARTITION p0 VALUES LESS THAN (10), "
        "PARTITION p1 VALUES LESS THAN MAXVALUE)",
    )
    table = Table("t", MetaData(), autoload_with=connection)
    assert table.comment == "it's"
    table.drop(connection)
    table.create(connection)
    text = str(connection.exec_driver_sql("SHOW CREATE TABLE t").one()._mapping["Create Table"])
    assert "COLLATE=utf8mb4_bin ROW_FORMAT=DYNAMIC COMMENT='it''s'" in text
    assert "(PARTITION `p0` VALUES LESS THAN (10) ENGINE = InnoDB,\n PARTITION `p1`" in text


def test_a_view_whose_table_is_gone_is_skipped(connection: Connection) -> None:
    inspector = make(
        connection,
        "CREATE TABLE base (a INT DEFAULT 5)",
        "CREATE VIEW broken AS SELECT a FROM base",
        "CREATE TABLE base2 (a INT DEFAULT 5)",
        "CREATE VIEW whole AS SELECT a FROM base2",
        "DROP TABLE base",
    )
    assert inspector.get_view_names() == ["broken", "whole"]
    with pytest.raises(UnreflectableTableError, match="Table or view named `broken` could not be reflected"):
        inspector.get_columns("broken")
    metadata = MetaData()
    with pytest.warns(SAWarning, match="Skipping table broken"):
        metadata.reflect(connection, views=True)
    assert sorted(metadata.tables) == ["base2", "whole"]
    assert inspector.get_columns("whole")[0]["default"] == "'5'"
    assert " VIEW `whole` AS " in inspector.get_view_definition("whole")
    with pytest.raises(NoSuchTableError, match="`base2`"):
        inspector.get_view_definition("base2")


def test_names_that_need_quotes(connection: Connection) -> None:
    inspector = make(
        connection,
        "CREATE TABLE `a``b%%c` (`d``e` INT PRIMARY KEY, `f:g` VARCHAR(5) DEFAULT ':x', KEY `k``1` (`f:g`))",
    )
    name = "a`b%c"
    assert inspector.get_table_names() == [name]
    assert inspector.has_table(name)
    assert [one["name"] for one in inspector.get_columns(name)] == ["d`e", "f:g"]
    assert inspector.get_indexes(name) == [{"name": "k`1", "column_names": ["f:g"], "unique": False}]
    table = Table(name, MetaData(), autoload_with=connection)
    assert "DEFAULT ':x'" in str(CreateTable(table).compile(connection))
    with pytest.raises(NoSuchTableError, match=r"^`none`$"):
        inspector.get_columns("none")
    assert not inspector.has_table("t", schema="nowhere")


def test_sequences_and_what_is_not_there(connection: Connection) -> None:
    inspector = make(connection, "CREATE SEQUENCE s", "CREATE TEMPORARY TABLE tt (a INT PRIMARY KEY)")
    assert inspector.get_sequence_names() == ["s"]
    assert (inspector.has_sequence("s"), inspector.has_sequence("none")) == (True, False)
    assert inspector.has_table("tt")
    assert inspector.get_pk_constraint("tt") == {"constrained_columns": ["a"], "name": None}
    with pytest.raises(NotImplementedError):
        inspector.get_temp_table_names()
