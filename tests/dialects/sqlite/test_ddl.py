"""The text of DDL where it differs from the standard language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.sqlite import dialect
from cormorant.schema import (
    CheckConstraint,
    Column,
    Computed,
    CreateIndex,
    CreateTable,
    Identity,
    Index,
    MetaData,
    Table,
    UniqueConstraint,
)
from cormorant.sql import false, func, literal, text, true
from cormorant.types import JSON, TIMESTAMP, BigInteger, Boolean, DateTime, Enum, Integer, String, Text
from tests.compile.tables import fresh

CASES: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda t: CreateTable(t.b),
        (
            "\n"
            "CREATE TABLE b (\n"
            "\tid INTEGER NOT NULL, \n"
            "\tname VARCHAR(50), \n"
            "\ta_id INTEGER, \n"
            "\tPRIMARY KEY (id), \n"
            "\tCONSTRAINT fk_x FOREIGN KEY(a_id) REFERENCES a (id)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateIndex(Index("ix_s_y", t.s.c.name)),
        "CREATE INDEX sch.ix_s_y ON st (name)",
    ),
    (
        lambda t: CreateTable(
            Table(
                "t1",
                MetaData(),
                Column("id", Integer, primary_key=True),
                Column("n", String(20), nullable=False, unique=True),
                Column("i", Integer, index=True),
                Column("d", Integer, server_default="5"),
                Column("e", DateTime, server_default=func.now()),
                Column("g", String(5), server_default=text("'x'")),
            )
        ),
        (
            "\n"
            "CREATE TABLE t1 (\n"
            "\tid INTEGER NOT NULL, \n"
            "\tn VARCHAR(20) NOT NULL, \n"
            "\ti INTEGER, \n"
            "\td INTEGER DEFAULT '5', \n"
            "\te DATETIME DEFAULT CURRENT_TIMESTAMP, \n"
            "\tg VARCHAR(5) DEFAULT 'x', \n"
            "\tPRIMARY KEY (id), \n"
            "\tUNIQUE (n)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table(
                "t3",
                MetaData(),
                Column("id", Integer, Identity(), primary_key=True),
                Column("x", Integer, Computed("id + 5")),
                Column("y", Integer, Computed("id + 6", persisted=True)),
            )
        ),
        (
            "\n"
            "CREATE TABLE t3 (\n"
            "\tid INTEGER NOT NULL, \n"
            "\tx INTEGER GENERATED ALWAYS AS (id + 5), \n"
            "\ty INTEGER GENERATED ALWAYS AS (id + 6) STORED, \n"
            "\tPRIMARY KEY (id)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table(
                "t3b",
                MetaData(),
                Column(
                    "id",
                    Integer,
                    Identity(always=True, start=5, increment=2, minvalue=1, maxvalue=99, cycle=True, cache=4),
                    primary_key=True,
                ),
            )
        ),
        "\nCREATE TABLE t3b (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table(
                "t14",
                MetaData(),
                Column("a", Boolean),
                Column("b", Boolean(create_constraint=True, name="ckb")),
                Column("e", Enum("x", "y", name="en")),
                Column("e2", Enum("x", "y'z", name="en2", native_enum=False)),
                Column("e3", Enum("x", "yy", name="en3", native_enum=False, create_constraint=True)),
            )
        ),
        (
            "\n"
            "CREATE TABLE t14 (\n"
            "\ta BOOLEAN, \n"
            "\tb BOOLEAN, \n"
            "\te VARCHAR(1), \n"
            "\te2 VARCHAR(3), \n"
            "\te3 VARCHAR(2), \n"
            "\tCONSTRAINT ckb CHECK (b IN (0, 1)), \n"
            "\tCONSTRAINT en3 CHECK (e3 IN ('x', 'yy'))\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table(
                "t15",
                MetaData(),
                Column("d", Integer, server_default=text("5")),
                Column("x", String(3), server_default="it's"),
                Column("b", Boolean, server_default=true()),
                Column("c", Boolean, server_default=text("1")),
            )
        ),
        (
            "\n"
            "CREATE TABLE t15 (\n"
            "\td INTEGER DEFAULT 5, \n"
            "\tx VARCHAR(3) DEFAULT 'it''s', \n"
            "\tb BOOLEAN DEFAULT 1, \n"
            "\tc BOOLEAN DEFAULT 1\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table("t20", MetaData(), Column("id", Integer, primary_key=True), sqlite_autoincrement=True)
        ),
        "\nCREATE TABLE t20 (\n\tid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE k1 (\n"
            "\ta VARCHAR(5) COLLATE fr DEFAULT 'x' NOT NULL, \n"
            "\tb INTEGER NOT NULL CHECK (b > 5), \n"
            "\tc TIMESTAMP NOT NULL, \n"
            "\td INTEGER NOT NULL GENERATED ALWAYS AS (a+1)\n"
            ")\n"
            "\n"
        ),
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
        "\nCREATE TABLE k3 (\n\ta INTEGER, \n\tb INTEGER NOT NULL\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k9", MetaData(), Column("a", Integer, primary_key=True), sqlite_with_rowid=False, sqlite_strict=True)
        ),
        "\nCREATE TABLE k9 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n WITHOUT ROWID,\n STRICT\n\n",
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
        (
            "\n"
            "CREATE TABLE k10 (\n"
            "\ta INTEGER, \n"
            "\tUNIQUE (a) ON CONFLICT IGNORE, \n"
            "\tCHECK (a>1) ON CONFLICT FAIL\n"
            ")\n"
            "\n"
        ),
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
        "\nCREATE TABLE k11 (\n\ta INTEGER NOT NULL ON CONFLICT FAIL, \n\tUNIQUE (a) ON CONFLICT IGNORE\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k12", MetaData(), Column("a", Integer, primary_key=True, sqlite_on_conflict_primary_key="FAIL"))
        ),
        "\nCREATE TABLE k12 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a) ON CONFLICT FAIL\n)\n\n",
    ),
    (
        lambda t: CreateIndex(Index("i", t.u.c.id, sqlite_where=t.u.c.id > 5)),
        "CREATE INDEX i ON u (id) WHERE id > 5",
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
        (
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
    ),
    (
        lambda t: CreateTable(
            Table(
                "k18",
                MetaData(),
                Column("a", Enum("x", "y", name="e", schema="ss")),
                Column("c", Boolean(create_constraint=True)),
            )
        ),
        "\nCREATE TABLE k18 (\n\ta VARCHAR(1), \n\tc BOOLEAN, \n\tCHECK (c IN (0, 1))\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k22", MetaData(), Column("a", BigInteger().with_variant(Integer, "sqlite"), primary_key=True))
        ),
        "\nCREATE TABLE k22 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[Any], Any], expected: str) -> None:
    assert str(make(fresh()).compile(dialect=dialect())) == expected
