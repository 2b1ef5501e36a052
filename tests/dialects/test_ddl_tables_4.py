"""The text of DDL in the default language and in each dialect: tables and their columns."""

from __future__ import annotations

import pytest

from cormorant.schema import (
    Column,
    CreateTable,
    CreateTableAs,
    ForeignKey,
    MetaData,
    Sequence,
    Table,
    UniqueConstraint,
)
from cormorant.sql import select
from cormorant.types import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    String,
    Text,
    Time,
    Unicode,
    UnicodeText,
)
from tests.compile.tables import fresh
from tests.dialects.texts import Make, text_of

CASES: list[tuple[Make, dict[str, str]]] = [
    (
        lambda t: CreateTable(
            Table(
                "k18",
                MetaData(),
                Column("a", Enum("x", "y", name="e", schema="ss")),
                Column("c", Boolean(create_constraint=True)),
            )
        ),
        {
            "default": "\nCREATE TABLE k18 (\n\ta VARCHAR(1), \n\tc BOOLEAN\n)\n\n",
            "mysql": "\nCREATE TABLE k18 (\n\ta ENUM('x','y'), \n\tc BOOL, \n\tCHECK (c IN (0, 1))\n)\n\n",
            "postgresql": "\nCREATE TABLE k18 (\n\ta ss.e, \n\tc BOOLEAN\n)\n\n",
            "sqlite": "\nCREATE TABLE k18 (\n\ta VARCHAR(1), \n\tc BOOLEAN, \n\tCHECK (c IN (0, 1))\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("k19", MetaData(), Column("b", Enum("x")))),
        {
            "default": "\nCREATE TABLE k19 (\n\tb VARCHAR(1)\n)\n\n",
            "mysql": "\nCREATE TABLE k19 (\n\tb ENUM('x')\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k20",
                MetaData(),
                Column("a", Integer, Sequence("sq", optional=True), primary_key=True),
                Column("b", Integer, Sequence("s3")),
            )
        ),
        {
            "default": "\nCREATE TABLE k20 (\n\ta INTEGER NOT NULL, \n\tb INTEGER, \n\tPRIMARY KEY (a)\n)\n\n",
            "mysql": (
                "\nCREATE TABLE k20 (\n\ta INTEGER NOT NULL AUTO_INCREMENT, \n\tb INTEGER, \n\tPRIMARY KEY (a)\n)\n\n"
            ),
            "postgresql": "\nCREATE TABLE k20 (\n\ta SERIAL NOT NULL, \n\tb INTEGER, \n\tPRIMARY KEY (a)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k21",
                MetaData(),
                Column("a", Integer, Sequence("sq"), server_default=Sequence("sq").next_value(), primary_key=True),
            )
        ),
        {
            "default": (
                "\n"
                "CREATE TABLE k21 (\n"
                "\ta INTEGER DEFAULT <next sequence value: sq> NOT NULL, \n"
                "\tPRIMARY KEY (a)\n"
                ")\n"
                "\n"
            ),
            "mysql": ("\nCREATE TABLE k21 (\n\ta INTEGER NOT NULL DEFAULT (nextval(sq)), \n\tPRIMARY KEY (a)\n)\n\n"),
            "postgresql": (
                "\nCREATE TABLE k21 (\n\ta INTEGER DEFAULT nextval('sq') NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(
            Table("k22", MetaData(), Column("a", BigInteger().with_variant(Integer, "sqlite"), primary_key=True))
        ),
        {
            "default": "\nCREATE TABLE k22 (\n\ta BIGINT NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "mysql": "\nCREATE TABLE k22 (\n\ta BIGINT NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (a)\n)\n\n",
            "postgresql": "\nCREATE TABLE k22 (\n\ta BIGSERIAL NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "sqlite": "\nCREATE TABLE k22 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k23",
                MetaData(),
                Column("a", Integer, primary_key=True),
                Column("b", Integer, primary_key=True, autoincrement=True),
            )
        ),
        {
            "default": (
                "\nCREATE TABLE k23 (\n\ta INTEGER NOT NULL, \n\tb INTEGER NOT NULL, \n\tPRIMARY KEY (b, a)\n)\n\n"
            ),
            "mysql": (
                "\n"
                "CREATE TABLE k23 (\n"
                "\ta INTEGER NOT NULL, \n"
                "\tb INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tPRIMARY KEY (b, a)\n"
                ")\n"
                "\n"
            ),
            "postgresql": (
                "\nCREATE TABLE k23 (\n\ta INTEGER NOT NULL, \n\tb SERIAL NOT NULL, \n\tPRIMARY KEY (b, a)\n)\n\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k24",
                MetaData(),
                Column("a", Integer, ForeignKey("k24.b"), primary_key=True),
                Column("b", Integer, unique=True),
            )
        ),
        {
            "default": (
                "\n"
                "CREATE TABLE k24 (\n"
                "\ta INTEGER NOT NULL, \n"
                "\tb INTEGER, \n"
                "\tPRIMARY KEY (a), \n"
                "\tFOREIGN KEY(a) REFERENCES k24 (b), \n"
                "\tUNIQUE (b)\n"
                ")\n"
                "\n"
            )
        },
    ),
    (
        lambda t: CreateTable(Table("k25", MetaData(), Column("a", Float, primary_key=True))),
        {"default": "\nCREATE TABLE k25 (\n\ta FLOAT NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("k26", MetaData(), Column("a", Integer, primary_key=True, server_default="5"))),
        {
            "default": "\nCREATE TABLE k26 (\n\ta INTEGER DEFAULT '5' NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "mysql": "\nCREATE TABLE k26 (\n\ta INTEGER NOT NULL DEFAULT '5', \n\tPRIMARY KEY (a)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("k27", MetaData(), Column("a", Integer, primary_key=True, default=5))),
        {"default": "\nCREATE TABLE k27 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(
            Table("k28", MetaData(), Column("a", Integer), UniqueConstraint("a", postgresql_nulls_not_distinct=True))
        ),
        {
            "default": "\nCREATE TABLE k28 (\n\ta INTEGER, \n\tUNIQUE (a)\n)\n\n",
            "postgresql": "\nCREATE TABLE k28 (\n\ta INTEGER, \n\tUNIQUE NULLS NOT DISTINCT (a)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTableAs(select(t.u.c.id).where(t.u.c.id == 5), "nt", temporary=True, if_not_exists=True),
        {"default": "CREATE TEMPORARY TABLE IF NOT EXISTS nt AS SELECT u.id \nFROM u \nWHERE u.id = 5"},
    ),
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
        {
            "default": "\nCREATE TABLE t4 (\n\tid INTEGER NOT NULL, \n\tv VARCHAR(5), \n\tPRIMARY KEY (id)\n)\n\n",
            "mysql": (
                "\n"
                "CREATE TABLE t4 (\n"
                "\tid INTEGER NOT NULL, \n"
                "\tv VARCHAR(5) COMMENT 'it''s', \n"
                "\tPRIMARY KEY (id)\n"
                ")COMMENT='table''s comment'\n"
                "\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Integer()))),
        {"default": "\nCREATE TABLE t (\n\tv INTEGER\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BigInteger()))),
        {"default": "\nCREATE TABLE t (\n\tv BIGINT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", SmallInteger()))),
        {"default": "\nCREATE TABLE t (\n\tv SMALLINT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", String(5)))),
        {"default": "\nCREATE TABLE t (\n\tv VARCHAR(5)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Text()))),
        {"default": "\nCREATE TABLE t (\n\tv TEXT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Unicode(5)))),
        {"default": "\nCREATE TABLE t (\n\tv VARCHAR(5)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", UnicodeText()))),
        {"default": "\nCREATE TABLE t (\n\tv TEXT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Boolean()))),
        {"default": "\nCREATE TABLE t (\n\tv BOOLEAN\n)\n\n", "mysql": "\nCREATE TABLE t (\n\tv BOOL\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Float()))),
        {"default": "\nCREATE TABLE t (\n\tv FLOAT\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Float(20)))),
        {
            "default": "\nCREATE TABLE t (\n\tv FLOAT\n)\n\n",
            "mysql": "\nCREATE TABLE t (\n\tv FLOAT(20)\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv FLOAT(20)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Float(53)))),
        {
            "default": "\nCREATE TABLE t (\n\tv FLOAT\n)\n\n",
            "mysql": "\nCREATE TABLE t (\n\tv FLOAT(53)\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv FLOAT(53)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Double()))),
        {
            "default": "\nCREATE TABLE t (\n\tv DOUBLE\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv DOUBLE PRECISION\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Numeric()))),
        {"default": "\nCREATE TABLE t (\n\tv NUMERIC\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Numeric(10)))),
        {"default": "\nCREATE TABLE t (\n\tv NUMERIC(10)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Numeric(10, 2)))),
        {"default": "\nCREATE TABLE t (\n\tv NUMERIC(10, 2)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Date()))),
        {"default": "\nCREATE TABLE t (\n\tv DATE\n)\n\n"},
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DateTime()))),
        {
            "default": "\nCREATE TABLE t (\n\tv DATETIME\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv TIMESTAMP WITHOUT TIME ZONE\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DateTime(timezone=True)))),
        {
            "default": "\nCREATE TABLE t (\n\tv DATETIME\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv TIMESTAMP WITH TIME ZONE\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Time()))),
        {
            "default": "\nCREATE TABLE t (\n\tv TIME\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv TIME WITHOUT TIME ZONE\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Time(timezone=True)))),
        {
            "default": "\nCREATE TABLE t (\n\tv TIME\n)\n\n",
            "postgresql": "\nCREATE TABLE t (\n\tv TIME WITH TIME ZONE\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", LargeBinary()))),
        {"default": "\nCREATE TABLE t (\n\tv BLOB\n)\n\n", "postgresql": "\nCREATE TABLE t (\n\tv BYTEA\n)\n\n"},
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Make, expected: dict[str, str]) -> None:
    assert {name: text_of(make(fresh()), name) for name in expected} == expected
