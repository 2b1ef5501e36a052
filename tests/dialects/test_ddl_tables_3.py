"""The text of DDL in the default language and in each dialect: tables and their columns."""

from __future__ import annotations

import pytest

from cormorant.schema import (
    CheckConstraint,
    Column,
    Computed,
    CreateTable,
    FetchedValue,
    Identity,
    MetaData,
    Table,
    UniqueConstraint,
)
from cormorant.sql import column, false, func, literal, text
from cormorant.types import (
    JSON,
    TIMESTAMP,
    Boolean,
    DateTime,
    Integer,
    String,
    Text,
)
from tests.compile.tables import fresh
from tests.dialects.texts import Make, text_of

CASES: list[tuple[Make, dict[str, str]]] = [
    (
        lambda t: CreateTable(
            Table("t16", MetaData(), Column("a", String(5, collation="fr_FR")), Column("b", Integer, quote=True))
        ),
        {
            "default": '\nCREATE TABLE t16 (\n\ta VARCHAR(5) COLLATE "fr_FR", \n\t"b" INTEGER\n)\n\n',
            "mysql": "\nCREATE TABLE t16 (\n\ta VARCHAR(5) COLLATE fr_FR, \n\t`b` INTEGER\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("t19", MetaData(), Column("a", Integer), sqlite_autoincrement=True)),
        {"default": "\nCREATE TABLE t19 (\n\ta INTEGER\n)\n\n"},
    ),
    (
        lambda t: CreateTable(
            Table("t20", MetaData(), Column("id", Integer, primary_key=True), sqlite_autoincrement=True)
        ),
        {
            "default": "\nCREATE TABLE t20 (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
            "mysql": "\nCREATE TABLE t20 (\n\tid INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (id)\n)\n\n",
            "postgresql": "\nCREATE TABLE t20 (\n\tid SERIAL NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
            "sqlite": "\nCREATE TABLE t20 (\n\tid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "t21",
                MetaData(),
                Column("id", Integer, primary_key=True),
                mysql_engine="InnoDB",
                mysql_charset="utf8mb4",
            )
        ),
        {
            "default": "\nCREATE TABLE t21 (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
            "mysql": (
                "\n"
                "CREATE TABLE t21 (\n"
                "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tPRIMARY KEY (id)\n"
                ")ENGINE=InnoDB CHARSET=utf8mb4\n"
                "\n"
            ),
            "postgresql": "\nCREATE TABLE t21 (\n\tid SERIAL NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k1",
                MetaData(),
                Column("a", String(5, collation="fr"), server_default="x", nullable=False, comment="c"),
                Column("b", Integer, CheckConstraint("b > 5"), nullable=False),
                Column("c", TIMESTAMP, nullable=False),
                Column("d", Integer, Computed("a+1"), nullable=False),
            )
        ),
        {
            "default": (
                "\n"
                "CREATE TABLE k1 (\n"
                "\ta VARCHAR(5) COLLATE fr DEFAULT 'x' NOT NULL, \n"
                "\tb INTEGER NOT NULL CHECK (b > 5), \n"
                "\tc TIMESTAMP NOT NULL, \n"
                "\td INTEGER GENERATED ALWAYS AS (a+1) NOT NULL\n"
                ")\n"
                "\n"
            ),
            "mysql": (
                "\n"
                "CREATE TABLE k1 (\n"
                "\ta VARCHAR(5) COLLATE fr NOT NULL COMMENT 'c' DEFAULT 'x', \n"
                "\tb INTEGER NOT NULL CHECK (b > 5), \n"
                "\tc TIMESTAMP NOT NULL, \n"
                "\td INTEGER GENERATED ALWAYS AS (a+1) NOT NULL\n"
                ")\n"
                "\n"
            ),
            "postgresql": (
                "\n"
                "CREATE TABLE k1 (\n"
                "\ta VARCHAR(5) COLLATE fr DEFAULT 'x' NOT NULL, \n"
                "\tb INTEGER NOT NULL CHECK (b > 5), \n"
                "\tc TIMESTAMP WITHOUT TIME ZONE NOT NULL, \n"
                "\td INTEGER GENERATED ALWAYS AS (a+1) NOT NULL\n"
                ")\n"
                "\n"
            ),
            "sqlite": (
                "\n"
                "CREATE TABLE k1 (\n"
                "\ta VARCHAR(5) COLLATE fr DEFAULT 'x' NOT NULL, \n"
                "\tb INTEGER NOT NULL CHECK (b > 5), \n"
                "\tc TIMESTAMP NOT NULL, \n"
                "\td INTEGER NOT NULL GENERATED ALWAYS AS (a+1)\n"
                ")\n"
                "\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k2",
                MetaData(),
                Column("a", Integer, CheckConstraint("a > 5", name="nn"), server_default=text("5"), nullable=True),
            )
        ),
        {"default": "\nCREATE TABLE k2 (\n\ta INTEGER DEFAULT 5 CONSTRAINT nn CHECK (a > 5)\n)\n\n"},
    ),
    (
        lambda t: CreateTable(
            Table(
                "k3",
                MetaData(),
                Column("a", Integer, Identity(), nullable=True),
                Column("b", Integer, Identity(on_null=True)),
            )
        ),
        {
            "default": (
                "\n"
                "CREATE TABLE k3 (\n"
                "\ta INTEGER GENERATED BY DEFAULT AS IDENTITY, \n"
                "\tb INTEGER GENERATED BY DEFAULT AS IDENTITY\n"
                ")\n"
                "\n"
            ),
            "mysql": "\nCREATE TABLE k3 (\n\ta INTEGER, \n\tb INTEGER NOT NULL\n)\n\n",
            "postgresql": (
                "\n"
                "CREATE TABLE k3 (\n"
                "\ta INTEGER GENERATED BY DEFAULT AS IDENTITY NULL, \n"
                "\tb INTEGER GENERATED BY DEFAULT AS IDENTITY\n"
                ")\n"
                "\n"
            ),
            "sqlite": "\nCREATE TABLE k3 (\n\ta INTEGER, \n\tb INTEGER NOT NULL\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(Table("k4", MetaData(), Column("a", Integer, server_default=FetchedValue()))),
        {"default": "\nCREATE TABLE k4 (\n\ta INTEGER\n)\n\n"},
    ),
    (
        lambda t: CreateTable(
            Table(
                "k7",
                MetaData(),
                Column("a b", Integer, key="zz", primary_key=True),
                UniqueConstraint("zz", name="Uq X"),
                CheckConstraint(column("q") == "it's"),
            )
        ),
        {
            "default": (
                "\n"
                "CREATE TABLE k7 (\n"
                '\t"a b" INTEGER NOT NULL, \n'
                '\tPRIMARY KEY ("a b"), \n'
                '\tCONSTRAINT "Uq X" UNIQUE ("a b"), \n'
                "\tCHECK (q = 'it''s')\n"
                ")\n"
                "\n"
            ),
            "mysql": (
                "\n"
                "CREATE TABLE k7 (\n"
                "\t`a b` INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tPRIMARY KEY (`a b`), \n"
                "\tCONSTRAINT `Uq X` UNIQUE (`a b`), \n"
                "\tCHECK (q = 'it''s')\n"
                ")\n"
                "\n"
            ),
            "postgresql": (
                "\n"
                "CREATE TABLE k7 (\n"
                '\t"a b" SERIAL NOT NULL, \n'
                '\tPRIMARY KEY ("a b"), \n'
                '\tCONSTRAINT "Uq X" UNIQUE ("a b"), \n'
                "\tCHECK (q = 'it''s')\n"
                ")\n"
                "\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(Table("k8", MetaData(), Column("a", Integer), CheckConstraint("a%5 = 1 and a > :foo"))),
        {
            "default": "\nCREATE TABLE k8 (\n\ta INTEGER, \n\tCHECK (a%5 = 1 and a > NULL)\n)\n\n",
            "mysql": "\nCREATE TABLE k8 (\n\ta INTEGER, \n\tCHECK (a%%5 = 1 and a > NULL)\n)\n\n",
            "postgresql": "\nCREATE TABLE k8 (\n\ta INTEGER, \n\tCHECK (a%%5 = 1 and a > NULL)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(
            Table("k9", MetaData(), Column("a", Integer, primary_key=True), sqlite_with_rowid=False, sqlite_strict=True)
        ),
        {
            "default": "\nCREATE TABLE k9 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "mysql": "\nCREATE TABLE k9 (\n\ta INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (a)\n)\n\n",
            "postgresql": "\nCREATE TABLE k9 (\n\ta SERIAL NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "sqlite": (
                "\nCREATE TABLE k9 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n WITHOUT ROWID,\n STRICT\n\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k10",
                MetaData(),
                Column("a", Integer),
                UniqueConstraint("a", sqlite_on_conflict="IGNORE"),
                CheckConstraint("a>1", sqlite_on_conflict="FAIL"),
            )
        ),
        {
            "default": "\nCREATE TABLE k10 (\n\ta INTEGER, \n\tUNIQUE (a), \n\tCHECK (a>1)\n)\n\n",
            "sqlite": (
                "\n"
                "CREATE TABLE k10 (\n"
                "\ta INTEGER, \n"
                "\tUNIQUE (a) ON CONFLICT IGNORE, \n"
                "\tCHECK (a>1) ON CONFLICT FAIL\n"
                ")\n"
                "\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k11",
                MetaData(),
                Column(
                    "a",
                    Integer,
                    nullable=False,
                    sqlite_on_conflict_not_null="FAIL",
                    sqlite_on_conflict_unique="IGNORE",
                    unique=True,
                ),
            )
        ),
        {
            "default": "\nCREATE TABLE k11 (\n\ta INTEGER NOT NULL, \n\tUNIQUE (a)\n)\n\n",
            "sqlite": (
                "\nCREATE TABLE k11 (\n\ta INTEGER NOT NULL ON CONFLICT FAIL, \n\tUNIQUE (a) ON CONFLICT IGNORE\n)\n\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(
            Table("k12", MetaData(), Column("a", Integer, primary_key=True, sqlite_on_conflict_primary_key="FAIL"))
        ),
        {
            "default": "\nCREATE TABLE k12 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "mysql": "\nCREATE TABLE k12 (\n\ta INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (a)\n)\n\n",
            "postgresql": "\nCREATE TABLE k12 (\n\ta SERIAL NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "sqlite": "\nCREATE TABLE k12 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a) ON CONFLICT FAIL\n)\n\n",
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
                postgresql_partition_by="RANGE (t.a)",
                postgresql_with={"a": 1},
                postgresql_using="heap",
            )
        ),
        {
            "default": "\nCREATE TABLE k13 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "mysql": "\nCREATE TABLE k13 (\n\ta INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (a)\n)\n\n",
        },
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
                mysql_partition_by="HASH(t.a)",
                mysql_partitions="4",
            )
        ),
        {
            "default": "\nCREATE TABLE k14 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
            "postgresql": "\nCREATE TABLE k14 (\n\ta SERIAL NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(
            Table(
                "k17",
                MetaData(),
                Column("a", JSON),
                Column("b", Text, server_default="x"),
                Column("c", JSON, server_default="{}"),
                Column("d", DateTime, server_default=func.current_timestamp()),
                Column("e", Integer, server_default=text("5+1")),
                Column("f", Integer, server_default=literal(5)),
                Column("g", Boolean, server_default=false()),
                Column("h", String(3), server_default=literal("x'%")),
                Column("i", DateTime, server_default=text("now()")),
                Column("k", DateTime, server_default=text("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP")),
            )
        ),
        {
            "default": (
                "\n"
                "CREATE TABLE k17 (\n"
                "\ta JSON, \n"
                "\tb TEXT DEFAULT 'x', \n"
                "\tc JSON DEFAULT '{}', \n"
                "\td DATETIME DEFAULT CURRENT_TIMESTAMP, \n"
                "\te INTEGER DEFAULT 5+1, \n"
                "\tf INTEGER DEFAULT 5, \n"
                "\tg BOOLEAN DEFAULT false, \n"
                "\th VARCHAR(3) DEFAULT 'x''%', \n"
                "\ti DATETIME DEFAULT now(), \n"
                "\tk DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP\n"
                ")\n"
                "\n"
            ),
            "mysql": (
                "\n"
                "CREATE TABLE k17 (\n"
                "\ta JSON, \n"
                "\tb TEXT DEFAULT 'x', \n"
                "\tc JSON DEFAULT '{}', \n"
                "\td DATETIME DEFAULT CURRENT_TIMESTAMP, \n"
                "\te INTEGER DEFAULT (5+1), \n"
                "\tf INTEGER DEFAULT 5, \n"
                "\tg BOOL DEFAULT false, \n"
                "\th VARCHAR(3) DEFAULT 'x''%%', \n"
                "\ti DATETIME DEFAULT (now()), \n"
                "\tk DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP\n"
                ")\n"
                "\n"
            ),
            "postgresql": (
                "\n"
                "CREATE TABLE k17 (\n"
                "\ta JSON, \n"
                "\tb TEXT DEFAULT 'x', \n"
                "\tc JSON DEFAULT '{}', \n"
                "\td TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP, \n"
                "\te INTEGER DEFAULT 5+1, \n"
                "\tf INTEGER DEFAULT 5, \n"
                "\tg BOOLEAN DEFAULT false, \n"
                "\th VARCHAR(3) DEFAULT 'x''%%', \n"
                "\ti TIMESTAMP WITHOUT TIME ZONE DEFAULT now(), \n"
                "\tk TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP\n"
                ")\n"
                "\n"
            ),
            "sqlite": (
                "\n"
                "CREATE TABLE k17 (\n"
                "\ta JSON, \n"
                "\tb TEXT DEFAULT 'x', \n"
                "\tc JSON DEFAULT '{}', \n"
                "\td DATETIME DEFAULT CURRENT_TIMESTAMP, \n"
                "\te INTEGER DEFAULT (5+1), \n"
                "\tf INTEGER DEFAULT 5, \n"
                "\tg BOOLEAN DEFAULT 0, \n"
                "\th VARCHAR(3) DEFAULT 'x''%', \n"
                "\ti DATETIME DEFAULT (now()), \n"
                "\tk DATETIME DEFAULT (CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP)\n"
                ")\n"
                "\n"
            ),
        },
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Make, expected: dict[str, str]) -> None:
    assert {name: text_of(make(fresh()), name) for name in expected} == expected
