"""The text of types in CREATE TABLE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.schema import Column, CreateTable, MetaData, Table
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
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    NullType,
    Numeric,
    PickleType,
    SmallInteger,
    String,
    Text,
    Time,
    Unicode,
    UnicodeText,
    Uuid,
)
from tests.compile.tables import fresh

CASES: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda t: CreateTable(
            Table(
                "t4",
                MetaData(),
                Column("id", Integer, primary_key=True, autoincrement=False),
                Column("v", String(5), comment="it's"),
                comment="table's comment",
            )
        ),
        "\nCREATE TABLE t4 (\n\tid INTEGER NOT NULL, \n\tv VARCHAR(5), \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Integer()))),
        "\nCREATE TABLE t (\n\tv INTEGER\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BigInteger()))),
        "\nCREATE TABLE t (\n\tv BIGINT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", SmallInteger()))),
        "\nCREATE TABLE t (\n\tv SMALLINT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", String(5)))),
        "\nCREATE TABLE t (\n\tv VARCHAR(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Text()))),
        "\nCREATE TABLE t (\n\tv TEXT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Unicode(5)))),
        "\nCREATE TABLE t (\n\tv VARCHAR(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", UnicodeText()))),
        "\nCREATE TABLE t (\n\tv TEXT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Boolean()))),
        "\nCREATE TABLE t (\n\tv BOOLEAN\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Float()))),
        "\nCREATE TABLE t (\n\tv FLOAT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Float(20)))),
        "\nCREATE TABLE t (\n\tv FLOAT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Float(53)))),
        "\nCREATE TABLE t (\n\tv FLOAT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Double()))),
        "\nCREATE TABLE t (\n\tv DOUBLE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Numeric()))),
        "\nCREATE TABLE t (\n\tv NUMERIC\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Numeric(10)))),
        "\nCREATE TABLE t (\n\tv NUMERIC(10)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Numeric(10, 2)))),
        "\nCREATE TABLE t (\n\tv NUMERIC(10, 2)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Date()))),
        "\nCREATE TABLE t (\n\tv DATE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DateTime()))),
        "\nCREATE TABLE t (\n\tv DATETIME\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DateTime(timezone=True)))),
        "\nCREATE TABLE t (\n\tv DATETIME\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Time()))),
        "\nCREATE TABLE t (\n\tv TIME\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Time(timezone=True)))),
        "\nCREATE TABLE t (\n\tv TIME\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", LargeBinary()))),
        "\nCREATE TABLE t (\n\tv BLOB\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", LargeBinary(10)))),
        "\nCREATE TABLE t (\n\tv BLOB\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", JSON()))),
        "\nCREATE TABLE t (\n\tv JSON\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Interval()))),
        "\nCREATE TABLE t (\n\tv DATETIME\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Uuid()))),
        "\nCREATE TABLE t (\n\tv CHAR(32)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Uuid(native_uuid=False)))),
        "\nCREATE TABLE t (\n\tv CHAR(32)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Uuid(as_uuid=False)))),
        "\nCREATE TABLE t (\n\tv CHAR(32)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", PickleType()))),
        "\nCREATE TABLE t (\n\tv BLOB\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Enum("a", "b", name="en")))),
        "\nCREATE TABLE t (\n\tv VARCHAR(1)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Enum("a", "bcd", native_enum=False)))),
        "\nCREATE TABLE t (\n\tv VARCHAR(3)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", INTEGER()))),
        "\nCREATE TABLE t (\n\tv INTEGER\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", INT()))),
        "\nCREATE TABLE t (\n\tv INTEGER\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BIGINT()))),
        "\nCREATE TABLE t (\n\tv BIGINT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", SMALLINT()))),
        "\nCREATE TABLE t (\n\tv SMALLINT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", VARCHAR(5)))),
        "\nCREATE TABLE t (\n\tv VARCHAR(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", VARCHAR()))),
        "\nCREATE TABLE t (\n\tv VARCHAR\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NVARCHAR(5)))),
        "\nCREATE TABLE t (\n\tv NVARCHAR(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", CHAR(5)))),
        "\nCREATE TABLE t (\n\tv CHAR(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", CHAR()))),
        "\nCREATE TABLE t (\n\tv CHAR\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NCHAR(4)))),
        "\nCREATE TABLE t (\n\tv NCHAR(4)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TEXT()))),
        "\nCREATE TABLE t (\n\tv TEXT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", CLOB()))),
        "\nCREATE TABLE t (\n\tv CLOB\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BOOLEAN()))),
        "\nCREATE TABLE t (\n\tv BOOLEAN\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", FLOAT()))),
        "\nCREATE TABLE t (\n\tv FLOAT\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", REAL()))),
        "\nCREATE TABLE t (\n\tv REAL\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DOUBLE()))),
        "\nCREATE TABLE t (\n\tv DOUBLE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DOUBLE_PRECISION()))),
        "\nCREATE TABLE t (\n\tv DOUBLE PRECISION\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NUMERIC()))),
        "\nCREATE TABLE t (\n\tv NUMERIC\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NUMERIC(5)))),
        "\nCREATE TABLE t (\n\tv NUMERIC(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NUMERIC(5, 2)))),
        "\nCREATE TABLE t (\n\tv NUMERIC(5, 2)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DECIMAL()))),
        "\nCREATE TABLE t (\n\tv DECIMAL\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DECIMAL(5, 2)))),
        "\nCREATE TABLE t (\n\tv DECIMAL(5, 2)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DATE()))),
        "\nCREATE TABLE t (\n\tv DATE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DATETIME()))),
        "\nCREATE TABLE t (\n\tv DATETIME\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIMESTAMP()))),
        "\nCREATE TABLE t (\n\tv TIMESTAMP\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIMESTAMP(timezone=True)))),
        "\nCREATE TABLE t (\n\tv TIMESTAMP\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIME()))),
        "\nCREATE TABLE t (\n\tv TIME\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BINARY()))),
        "\nCREATE TABLE t (\n\tv BINARY\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BINARY(5)))),
        "\nCREATE TABLE t (\n\tv BINARY(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", VARBINARY()))),
        "\nCREATE TABLE t (\n\tv VARBINARY\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", VARBINARY(5)))),
        "\nCREATE TABLE t (\n\tv VARBINARY(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BLOB()))),
        "\nCREATE TABLE t (\n\tv BLOB\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", UUID()))),
        "\nCREATE TABLE t (\n\tv UUID\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", ARRAY(Integer)))),
        "\nCREATE TABLE t (\n\tv ARRAY\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", String()))),
        "\nCREATE TABLE t (\n\tv VARCHAR\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Unicode()))),
        "\nCREATE TABLE t (\n\tv VARCHAR\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Text(10)))),
        "\nCREATE TABLE t (\n\tv TEXT(10)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NullType()))),
        "\nCREATE TABLE t (\n\tv NULL\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", String(5, collation="fr")))),
        "\nCREATE TABLE t (\n\tv VARCHAR(5) COLLATE fr\n)\n\n",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[Any], Any], expected: str) -> None:
    assert str(make(fresh())) == expected
