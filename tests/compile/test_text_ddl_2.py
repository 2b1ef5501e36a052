"""The text of DDL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.schema import (
    DDL,
    Column,
    CreateIndex,
    CreateSequence,
    CreateTable,
    CreateTableAs,
    CreateView,
    DropSequence,
    ForeignKey,
    Index,
    MetaData,
    Sequence,
    SetColumnComment,
    SetTableComment,
    Table,
    UniqueConstraint,
)
from cormorant.sql import false, func, literal, select, text
from cormorant.types import JSON, BigInteger, Boolean, DateTime, Enum, Float, Integer, String, Text
from tests.compile.tables import fresh

CASES: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda t: CreateTable(
            Table("k12", MetaData(), Column("a", Integer, primary_key=True, sqlite_on_conflict_primary_key="FAIL"))
        ),
        "\nCREATE TABLE k12 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
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
        "\nCREATE TABLE k13 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
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
        "\nCREATE TABLE k14 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateIndex(
            Index(
                "i",
                t.u.c.id,
                postgresql_using="gin",
                postgresql_where=t.u.c.id > 5,
                postgresql_include=["name"],
                postgresql_concurrently=True,
                postgresql_with={"fillfactor": 50},
                postgresql_ops={"id": "int4_ops"},
                postgresql_nulls_not_distinct=True,
                postgresql_tablespace="ts",
                unique=True,
            )
        ),
        "CREATE UNIQUE INDEX i ON u (id)",
    ),
    (
        lambda t: CreateIndex(
            Index(
                "i",
                t.u.c.id,
                t.u.c.name,
                mysql_length={"name": 5},
                mysql_prefix="FULLTEXT",
                mysql_using="btree",
                mysql_with_parser="ng",
            )
        ),
        "CREATE INDEX i ON u (id, name)",
    ),
    (
        lambda t: CreateIndex(Index("i", t.u.c.id, sqlite_where=t.u.c.id > 5)),
        "CREATE INDEX i ON u (id)",
    ),
    (
        lambda t: CreateSequence(
            Sequence(
                "s",
                start=1,
                increment=2,
                minvalue=3,
                maxvalue=4,
                nominvalue=True,
                nomaxvalue=True,
                cycle=False,
                cache=5,
                data_type=BigInteger,
                schema="q",
            ),
            if_not_exists=True,
        ),
        (
            "CREATE SEQUENCE IF NOT EXISTS q.s INCREMENT BY 2 START WITH 1 MINVALUE 3 MAXVALUE 4 NO "
            "MINVALUE NO MAXVALUE CACHE 5 NO CYCLE"
        ),
    ),
    (
        lambda t: DropSequence(Sequence("s", schema="q"), if_exists=True),
        "DROP SEQUENCE IF EXISTS q.s",
    ),
    (
        lambda t: SetTableComment(Table("k15", MetaData(), comment="it's 100%\\", schema="q")),
        "COMMENT ON TABLE q.k15 IS 'it''s 100%\\'",
    ),
    (
        lambda t: SetColumnComment(
            Table("k16", MetaData(), Column("a", Integer, primary_key=True, comment="x"), schema="q").c.a
        ),
        "COMMENT ON COLUMN q.k16.a IS 'x'",
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
            "\te INTEGER DEFAULT 5+1, \n"
            "\tf INTEGER DEFAULT 5, \n"
            "\tg BOOLEAN DEFAULT false, \n"
            "\th VARCHAR(3) DEFAULT 'x''%', \n"
            "\ti DATETIME DEFAULT now(), \n"
            "\tk DATETIME DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP\n"
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
        "\nCREATE TABLE k18 (\n\ta VARCHAR(1), \n\tc BOOLEAN\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("k19", MetaData(), Column("b", Enum("x")))),
        "\nCREATE TABLE k19 (\n\tb VARCHAR(1)\n)\n\n",
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
        "\nCREATE TABLE k20 (\n\ta INTEGER NOT NULL, \n\tb INTEGER, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table(
                "k21",
                MetaData(),
                Column("a", Integer, Sequence("sq"), server_default=Sequence("sq").next_value(), primary_key=True),
            )
        ),
        ("\nCREATE TABLE k21 (\n\ta INTEGER DEFAULT <next sequence value: sq> NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n"),
    ),
    (
        lambda t: CreateTable(
            Table("k22", MetaData(), Column("a", BigInteger().with_variant(Integer, "sqlite"), primary_key=True))
        ),
        "\nCREATE TABLE k22 (\n\ta BIGINT NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
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
        "\nCREATE TABLE k23 (\n\ta INTEGER NOT NULL, \n\tb INTEGER NOT NULL, \n\tPRIMARY KEY (b, a)\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE k24 (\n"
            "\ta INTEGER NOT NULL, \n"
            "\tb INTEGER, \n"
            "\tPRIMARY KEY (a), \n"
            "\tFOREIGN KEY(a) REFERENCES k24 (b), \n"
            "\tUNIQUE (b)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("k25", MetaData(), Column("a", Float, primary_key=True))),
        "\nCREATE TABLE k25 (\n\ta FLOAT NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("k26", MetaData(), Column("a", Integer, primary_key=True, server_default="5"))),
        "\nCREATE TABLE k26 (\n\ta INTEGER DEFAULT '5' NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("k27", MetaData(), Column("a", Integer, primary_key=True, default=5))),
        "\nCREATE TABLE k27 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k28", MetaData(), Column("a", Integer), UniqueConstraint("a", postgresql_nulls_not_distinct=True))
        ),
        "\nCREATE TABLE k28 (\n\ta INTEGER, \n\tUNIQUE (a)\n)\n\n",
    ),
    (
        lambda t: CreateTableAs(select(t.u.c.id).where(t.u.c.id == 5), "nt", temporary=True, if_not_exists=True),
        "CREATE TEMPORARY TABLE IF NOT EXISTS nt AS SELECT u.id \nFROM u \nWHERE u.id = 5",
    ),
    (
        lambda t: CreateView(select(t.u.c.id).where(t.u.c.id == 5), "nt", or_replace=True, temporary=True),
        "CREATE OR REPLACE TEMPORARY VIEW nt AS SELECT u.id \nFROM u \nWHERE u.id = 5",
    ),
    (
        lambda t: DDL("x %(table)s %(fullname)s %(schema)s %(foo)s 100%%", context={"foo": "bar"}).against(
            Table("T t", MetaData(), schema="q")
        ),
        'x "T t" q."T t" q bar 100%',
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[Any], Any], expected: str) -> None:
    assert str(make(fresh())) == expected
