"""The text of DDL in the default language and in each dialect: tables and their columns."""

from __future__ import annotations

import pytest

from cormorant.schema import (
    Column,
    CreateTable,
    MetaData,
    Table,
)
from cormorant.types import (
    ARRAY,
    BIGINT,
    BINARY,
    BLOB,
    BOOLEAN,
    CHAR,
    CLOB,
    DATE,
    DATETIME,
    DECIMAL,
    DOUBLE,
    DOUBLE_PRECISION,
    FLOAT,
    INT,
    INTEGER,
    JSON,
    NCHAR,
    NUMERIC,
    NVARCHAR,
    REAL,
    SMALLINT,
    TEXT,
    TIME,
    TIMESTAMP,
    UUID,
    VARBINARY,
    VARCHAR,
    Enum,
    Integer,
    Interval,
    LargeBinary,
    NullType,
    PickleType,
    String,
    Text,
    Unicode,
    Uuid,
)
from tests.compile.tables import fresh
from tests.dialects.texts import Make, text_of

CASES: list[tuple[Make, dict[str, str]]] = [
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", LargeBinary(10)))),
        {
            "default": "\nCREATE TABLE t (\n\tv BLOB\n)\n\n",
            "mysql": "\nCREATE TABLE t (\n\tv BLOB(10)\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv BYTEA\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", JSON()))),
        {"default": "\nCREATE TABLE t (\n\tv JSON\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Interval()))),
        {"default": "\nCREATE TABLE t (\n\tv DATETIME\n)\n\n", "postgresql": "\nCREATE TABLE t (\n\tv INTERVAL\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Uuid()))),
        {"default": "\nCREATE TABLE t (\n\tv CHAR(32)\n)\n\n", "postgresql": "\nCREATE TABLE t (\n\tv UUID\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Uuid(native_uuid=False)))),
        {"default": "\nCREATE TABLE t (\n\tv CHAR(32)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Uuid(as_uuid=False)))),
        {"default": "\nCREATE TABLE t (\n\tv CHAR(32)\n)\n\n", "postgresql": "\nCREATE TABLE t (\n\tv UUID\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", PickleType()))),
        {"default": "\nCREATE TABLE t (\n\tv BLOB\n)\n\n", "postgresql": "\nCREATE TABLE t (\n\tv BYTEA\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Enum("a", "b", name="en")))),
        {
            "default": "\nCREATE TABLE t (\n\tv VARCHAR(1)\n)\n\n",
            "mysql": "\nCREATE TABLE t (\n\tv ENUM('a','b')\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv en\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Enum("a", "bcd", native_enum=False)))),
        {"default": "\nCREATE TABLE t (\n\tv VARCHAR(3)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", INTEGER()))),
        {"default": "\nCREATE TABLE t (\n\tv INTEGER\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", INT()))),
        {"default": "\nCREATE TABLE t (\n\tv INTEGER\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BIGINT()))),
        {"default": "\nCREATE TABLE t (\n\tv BIGINT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", SMALLINT()))),
        {"default": "\nCREATE TABLE t (\n\tv SMALLINT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", VARCHAR(5)))),
        {"default": "\nCREATE TABLE t (\n\tv VARCHAR(5)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", VARCHAR()))),
        {"default": "\nCREATE TABLE t (\n\tv VARCHAR\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NVARCHAR(5)))),
        {
            "default": "\nCREATE TABLE t (\n\tv NVARCHAR(5)\n)\n\n",
            "mysql": "\nCREATE TABLE t (\n\tv NATIONAL VARCHAR(5)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", CHAR(5)))),
        {"default": "\nCREATE TABLE t (\n\tv CHAR(5)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", CHAR()))),
        {"default": "\nCREATE TABLE t (\n\tv CHAR\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NCHAR(4)))),
        {
            "default": "\nCREATE TABLE t (\n\tv NCHAR(4)\n)\n\n",
            "mysql": "\nCREATE TABLE t (\n\tv NATIONAL CHAR(4)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TEXT()))),
        {"default": "\nCREATE TABLE t (\n\tv TEXT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", CLOB()))),
        {"default": "\nCREATE TABLE t (\n\tv CLOB\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BOOLEAN()))),
        {"default": "\nCREATE TABLE t (\n\tv BOOLEAN\n)\n\n", "mysql": "\nCREATE TABLE t (\n\tv BOOL\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", FLOAT()))),
        {"default": "\nCREATE TABLE t (\n\tv FLOAT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", REAL()))),
        {"default": "\nCREATE TABLE t (\n\tv REAL\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DOUBLE()))),
        {"default": "\nCREATE TABLE t (\n\tv DOUBLE\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DOUBLE_PRECISION()))),
        {"default": "\nCREATE TABLE t (\n\tv DOUBLE PRECISION\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NUMERIC()))),
        {"default": "\nCREATE TABLE t (\n\tv NUMERIC\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NUMERIC(5)))),
        {"default": "\nCREATE TABLE t (\n\tv NUMERIC(5)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NUMERIC(5, 2)))),
        {"default": "\nCREATE TABLE t (\n\tv NUMERIC(5, 2)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DECIMAL()))),
        {"default": "\nCREATE TABLE t (\n\tv DECIMAL\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DECIMAL(5, 2)))),
        {"default": "\nCREATE TABLE t (\n\tv DECIMAL(5, 2)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DATE()))),
        {"default": "\nCREATE TABLE t (\n\tv DATE\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DATETIME()))),
        {"default": "\nCREATE TABLE t (\n\tv DATETIME\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIMESTAMP()))),
        {
            "default": "\nCREATE TABLE t (\n\tv TIMESTAMP\n)\n\n",
            "mysql": "\nCREATE TABLE t (\n\tv TIMESTAMP NULL\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv TIMESTAMP WITHOUT TIME ZONE\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIMESTAMP(timezone=True)))),
        {
            "default": "\nCREATE TABLE t (\n\tv TIMESTAMP\n)\n\n",
            "mysql": "\nCREATE TABLE t (\n\tv TIMESTAMP NULL\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv TIMESTAMP WITH TIME ZONE\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIME()))),
        {
            "default": "\nCREATE TABLE t (\n\tv TIME\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv TIME WITHOUT TIME ZONE\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BINARY()))),
        {"default": "\nCREATE TABLE t (\n\tv BINARY\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BINARY(5)))),
        {"default": "\nCREATE TABLE t (\n\tv BINARY(5)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", VARBINARY()))),
        {"default": "\nCREATE TABLE t (\n\tv VARBINARY\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", VARBINARY(5)))),
        {"default": "\nCREATE TABLE t (\n\tv VARBINARY(5)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BLOB()))),
        {"default": "\nCREATE TABLE t (\n\tv BLOB\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", UUID()))),
        {"default": "\nCREATE TABLE t (\n\tv UUID\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", ARRAY(Integer)))),
        {"default": "\nCREATE TABLE t (\n\tv ARRAY\n)\n\n", "postgresql": "\nCREATE TABLE t (\n\tv INTEGER[]\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", String()))),
        {"default": "\nCREATE TABLE t (\n\tv VARCHAR\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Unicode()))),
        {"default": "\nCREATE TABLE t (\n\tv VARCHAR\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Text(10)))),
        {"default": "\nCREATE TABLE t (\n\tv TEXT(10)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NullType()))),
        {"default": "\nCREATE TABLE t (\n\tv NULL\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", String(5, collation="fr")))),
        {"default": "\nCREATE TABLE t (\n\tv VARCHAR(5) COLLATE fr\n)\n\n"},
    ),
    (
        lambda t: CreateTable(
            Table(
                "k14",
                MetaData(),
                Column("a", Integer, primary_key=True),
                mysql_engine="InnoDB",
                mysql_default_charset="utf8",
                mysql_collate="x",
                mysql_row_format="c",
                comment="zz%",
                mysql_key_block_size="1024",
                mysql_auto_increment="5",
                mysql_partition_by="HASH(a)",
                mysql_partitions="4",
            )
        ),
        {
            "mysql": (
                "\n"
                "CREATE TABLE k14 (\n"
                "\ta INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tPRIMARY KEY (a)\n"
                ")ENGINE=InnoDB DEFAULT CHARSET=utf8 ROW_FORMAT=c KEY_BLOCK_SIZE=1024 AUTO_INCREMENT=5 "
                "COMMENT='zz%%' COLLATE x PARTITION BY HASH(a) PARTITIONS 4\n"
                "\n"
            )
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k13",
                MetaData(),
                Column("a", Integer, primary_key=True),
                postgresql_inherits="par",
                postgresql_on_commit="DROP",
                postgresql_tablespace="x y",
                postgresql_partition_by="RANGE (a)",
                postgresql_with={"a": 1},
                postgresql_using="heap",
            )
        ),
        {
            "postgresql": (
                "\n"
                "CREATE TABLE k13 (\n"
                "\ta SERIAL NOT NULL, \n"
                "\tPRIMARY KEY (a)\n"
                ")\n"
                " INHERITS (par)\n"
                " PARTITION BY RANGE (a)\n"
                " USING heap\n"
                " WITH (a = 1)\n"
                " ON COMMIT DROP\n"
                ' TABLESPACE "x y"\n'
                "\n"
            )
        },
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Make, expected: dict[str, str]) -> None:
    assert {name: text_of(make(fresh()), name) for name in expected} == expected
