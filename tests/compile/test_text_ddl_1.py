"""The text of DDL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.schema import (
    DDL,
    AddConstraint,
    CheckConstraint,
    Column,
    Computed,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    DropColumnComment,
    DropConstraint,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    DropTableComment,
    FetchedValue,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    SetColumnComment,
    SetTableComment,
    Table,
    UniqueConstraint,
)
from cormorant.sql import and_, column, desc, func, text, true
from cormorant.types import TIMESTAMP, BigInteger, Boolean, DateTime, Enum, Integer, SmallInteger, String
from tests.compile.tables import fresh

CASES: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda t: CreateTable(t.u),
        "\nCREATE TABLE u (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(30), \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(t.a),
        (
            "\n"
            "CREATE TABLE a (\n"
            "\tid INTEGER NOT NULL, \n"
            "\tname VARCHAR(30), \n"
            "\tx INTEGER, \n"
            '\t"when" DATETIME, \n'
            "\tb_id INTEGER, \n"
            "\tprice NUMERIC(10, 2), \n"
            "\tflag BOOLEAN, \n"
            "\tdata BLOB, \n"
            "\tjs JSON, \n"
            "\tf FLOAT, \n"
            "\td DATE, \n"
            "\tbig BIGINT, \n"
            "\tt TEXT, \n"
            "\tPRIMARY KEY (id), \n"
            "\tFOREIGN KEY(b_id) REFERENCES b (id)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(t.b),
        (
            "\n"
            "CREATE TABLE b (\n"
            "\tid INTEGER NOT NULL, \n"
            "\tname VARCHAR(50), \n"
            "\ta_id INTEGER, \n"
            "\tPRIMARY KEY (id)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(t.c),
        (
            "\n"
            "CREATE TABLE c (\n"
            "\tid INTEGER NOT NULL, \n"
            "\tb_id INTEGER, \n"
            "\tPRIMARY KEY (id), \n"
            "\tFOREIGN KEY(b_id) REFERENCES b (id)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(t.q),
        (
            "\n"
            'CREATE TABLE "Order" (\n'
            '\t"ID" INTEGER NOT NULL, \n'
            '\t"group" VARCHAR(30), \n'
            '\t"Mixed Case" INTEGER, \n'
            '\t"x y%z" INTEGER, \n'
            '\tPRIMARY KEY ("ID")\n'
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(t.s),
        "\nCREATE TABLE sch.st (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(10), \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(t.comp),
        (
            "\n"
            "CREATE TABLE comp (\n"
            "\tk1 INTEGER NOT NULL, \n"
            "\tk2 INTEGER NOT NULL, \n"
            "\tv VARCHAR(5), \n"
            "\tPRIMARY KEY (k1, k2)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(t.u, if_not_exists=True),
        ("\nCREATE TABLE IF NOT EXISTS u (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(30), \n\tPRIMARY KEY (id)\n)\n\n"),
    ),
    (
        lambda t: DropTable(t.u),
        "\nDROP TABLE u",
    ),
    (
        lambda t: DropTable(t.s, if_exists=True),
        "\nDROP TABLE IF EXISTS sch.st",
    ),
    (
        lambda t: CreateIndex(Index("ix_u_name", t.u.c.name)),
        "CREATE INDEX ix_u_name ON u (name)",
    ),
    (
        lambda t: CreateIndex(Index("ix_u_2", t.u.c.name, t.u.c.id.desc(), unique=True)),
        "CREATE UNIQUE INDEX ix_u_2 ON u (name, id DESC)",
    ),
    (
        lambda t: CreateIndex(Index("ix_u_f", func.lower(t.u.c.name)), if_not_exists=True),
        "CREATE INDEX IF NOT EXISTS ix_u_f ON u (lower(name))",
    ),
    (
        lambda t: DropIndex(Index("ix_u_z", t.u.c.name)),
        "\nDROP INDEX ix_u_z",
    ),
    (
        lambda t: DropIndex(Index("ix_s_z", t.s.c.name)),
        "\nDROP INDEX sch.ix_s_z",
    ),
    (
        lambda t: CreateIndex(Index("ix_s_y", t.s.c.name)),
        "CREATE INDEX ix_s_y ON sch.st (name)",
    ),
    (
        lambda t: CreateIndex(Index("ix_q", t.q.c.group, t.q.c["Mixed Case"])),
        'CREATE INDEX ix_q ON "Order" ("group", "Mixed Case")',
    ),
    (
        lambda t: CreateSchema("foo"),
        "CREATE SCHEMA foo",
    ),
    (
        lambda t: CreateSchema("Foo Bar", if_not_exists=True),
        'CREATE SCHEMA IF NOT EXISTS "Foo Bar"',
    ),
    (
        lambda t: DropSchema("foo", cascade=True, if_exists=True),
        "DROP SCHEMA IF EXISTS foo CASCADE",
    ),
    (
        lambda t: CreateSequence(Sequence("sq", start=5, increment=2)),
        "CREATE SEQUENCE sq INCREMENT BY 2 START WITH 5",
    ),
    (
        lambda t: CreateSequence(Sequence("sq2", minvalue=1, maxvalue=10, cycle=True, cache=3)),
        "CREATE SEQUENCE sq2 MINVALUE 1 MAXVALUE 10 CACHE 3 CYCLE",
    ),
    (
        lambda t: DropSequence(Sequence("sq")),
        "DROP SEQUENCE sq",
    ),
    (
        lambda t: AddConstraint(
            ForeignKeyConstraint([t.c.c.b_id], [t.u.c.id], name="fk1", ondelete="CASCADE", onupdate="SET NULL")
        ),
        ("ALTER TABLE c ADD CONSTRAINT fk1 FOREIGN KEY(b_id) REFERENCES u (id) ON DELETE CASCADE ON UPDATE SET NULL"),
    ),
    (
        lambda t: AddConstraint(next(iter(t.b.foreign_key_constraints))),
        "ALTER TABLE b ADD CONSTRAINT fk_x FOREIGN KEY(a_id) REFERENCES a (id)",
    ),
    (
        lambda t: DropConstraint(next(iter(t.b.foreign_key_constraints))),
        "ALTER TABLE b DROP CONSTRAINT fk_x",
    ),
    (
        lambda t: AddConstraint(UniqueConstraint(t.u.c.name, name="uq1")),
        "ALTER TABLE u ADD CONSTRAINT uq1 UNIQUE (name)",
    ),
    (
        lambda t: AddConstraint(CheckConstraint(t.u.c.id > 5, name="ck")),
        "ALTER TABLE u ADD CONSTRAINT ck CHECK (id > 5)",
    ),
    (
        lambda t: DropConstraint(UniqueConstraint(t.u.c.name, name="uq2")),
        "ALTER TABLE u DROP CONSTRAINT uq2",
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
            "\te DATETIME DEFAULT now(), \n"
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
                "t2",
                MetaData(),
                Column("id", Integer),
                Column("n", String(20)),
                PrimaryKeyConstraint("id", name="pk_t2"),
                UniqueConstraint("id", "n", name="uq_t2"),
                CheckConstraint("id > 5", name="ck_t2"),
                CheckConstraint("id < 50"),
            )
        ),
        (
            "\n"
            "CREATE TABLE t2 (\n"
            "\tid INTEGER NOT NULL, \n"
            "\tn VARCHAR(20), \n"
            "\tCONSTRAINT pk_t2 PRIMARY KEY (id), \n"
            "\tCONSTRAINT uq_t2 UNIQUE (id, n), \n"
            "\tCONSTRAINT ck_t2 CHECK (id > 5), \n"
            "\tCHECK (id < 50)\n"
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
            "\tid INTEGER GENERATED BY DEFAULT AS IDENTITY, \n"
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
        (
            "\n"
            "CREATE TABLE t3b (\n"
            "\tid INTEGER GENERATED ALWAYS AS IDENTITY (INCREMENT BY 2 START WITH 5 MINVALUE 1 MAXVALUE "
            "99 CACHE 4 CYCLE), \n"
            "\tPRIMARY KEY (id)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("t5", MetaData(), Column("id", BigInteger, primary_key=True))),
        "\nCREATE TABLE t5 (\n\tid BIGINT NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t6", MetaData(), Column("id", SmallInteger, primary_key=True))),
        "\nCREATE TABLE t6 (\n\tid SMALLINT NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t7", MetaData(), Column("id", String(5), primary_key=True))),
        "\nCREATE TABLE t7 (\n\tid VARCHAR(5) NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("t8", MetaData(), Column("a", Integer, primary_key=True), Column("b", Integer, primary_key=True))
        ),
        "\nCREATE TABLE t8 (\n\ta INTEGER NOT NULL, \n\tb INTEGER NOT NULL, \n\tPRIMARY KEY (a, b)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table(
                "t9",
                MetaData(),
                Column("a", Integer, primary_key=True, autoincrement=True),
                Column("b", Integer, primary_key=True),
            )
        ),
        "\nCREATE TABLE t9 (\n\ta INTEGER NOT NULL, \n\tb INTEGER NOT NULL, \n\tPRIMARY KEY (a, b)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t10", MetaData(), Column("id", Integer, Sequence("sq10"), primary_key=True))),
        "\nCREATE TABLE t10 (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t11", MetaData())),
        "\nCREATE TABLE t11 (\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table(
                "t12",
                MetaData(),
                Column("a", Integer),
                Column("b", Integer),
                ForeignKeyConstraint(
                    ["a", "b"], [t.comp.c.k1, t.comp.c.k2], deferrable=True, initially="DEFERRED", name="fkc"
                ),
            )
        ),
        (
            "\n"
            "CREATE TABLE t12 (\n"
            "\ta INTEGER, \n"
            "\tb INTEGER, \n"
            "\tCONSTRAINT fkc FOREIGN KEY(a, b) REFERENCES comp (k1, k2) DEFERRABLE INITIALLY DEFERRED\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table(
                "t13",
                MetaData(),
                Column("a", Integer),
                UniqueConstraint("a", deferrable=True, initially="IMMEDIATE"),
                prefixes=["TEMPORARY"],
            )
        ),
        "\nCREATE TEMPORARY TABLE t13 (\n\ta INTEGER, \n\tUNIQUE (a) DEFERRABLE INITIALLY IMMEDIATE\n)\n\n",
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
            "\tb BOOLEAN DEFAULT true, \n"
            "\tc BOOLEAN DEFAULT 1\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table("t16", MetaData(), Column("a", String(5, collation="fr_FR")), Column("b", Integer, quote=True))
        ),
        '\nCREATE TABLE t16 (\n\ta VARCHAR(5) COLLATE "fr_FR", \n\t"b" INTEGER\n)\n\n',
    ),
    (
        lambda t: SetTableComment(Table("t17", MetaData(), comment="it's")),
        "COMMENT ON TABLE t17 IS 'it''s'",
    ),
    (
        lambda t: DropTableComment(Table("t17", MetaData(), comment="it's")),
        "COMMENT ON TABLE t17 IS NULL",
    ),
    (
        lambda t: SetColumnComment(Table("t18", MetaData(), Column("a", Integer, comment="foo")).c.a),
        "COMMENT ON COLUMN t18.a IS 'foo'",
    ),
    (
        lambda t: DropColumnComment(Table("t18", MetaData(), Column("a", Integer, comment="foo")).c.a),
        "COMMENT ON COLUMN t18.a IS NULL",
    ),
    (
        lambda t: DDL("ALTER TABLE x ADD y"),
        "ALTER TABLE x ADD y",
    ),
    (
        lambda t: CreateTable(Table("t19", MetaData(), Column("a", Integer), sqlite_autoincrement=True)),
        "\nCREATE TABLE t19 (\n\ta INTEGER\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("t20", MetaData(), Column("id", Integer, primary_key=True), sqlite_autoincrement=True)
        ),
        "\nCREATE TABLE t20 (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
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
        "\nCREATE TABLE t21 (\n\tid INTEGER NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
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
            "\td INTEGER GENERATED ALWAYS AS (a+1) NOT NULL\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table(
                "k2",
                MetaData(),
                Column("a", Integer, CheckConstraint("a > 5", name="nn"), server_default=text("5"), nullable=True),
            )
        ),
        "\nCREATE TABLE k2 (\n\ta INTEGER DEFAULT 5 CONSTRAINT nn CHECK (a > 5)\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE k3 (\n"
            "\ta INTEGER GENERATED BY DEFAULT AS IDENTITY, \n"
            "\tb INTEGER GENERATED BY DEFAULT AS IDENTITY\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("k4", MetaData(), Column("a", Integer, server_default=FetchedValue()))),
        "\nCREATE TABLE k4 (\n\ta INTEGER\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE k7 (\n"
            '\t"a b" INTEGER NOT NULL, \n'
            '\tPRIMARY KEY ("a b"), \n'
            '\tCONSTRAINT "Uq X" UNIQUE ("a b"), \n'
            "\tCHECK (q = 'it''s')\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("k8", MetaData(), Column("a", Integer), CheckConstraint("a%5 = 1 and a > :foo"))),
        "\nCREATE TABLE k8 (\n\ta INTEGER, \n\tCHECK (a%5 = 1 and a > NULL)\n)\n\n",
    ),
    (
        lambda t: AddConstraint(CheckConstraint(and_(t.u.c.id > 5, t.u.c.name.in_(["a", "b"])), name="zz")),
        "ALTER TABLE u ADD CONSTRAINT zz CHECK (id > 5 AND name IN ('a', 'b'))",
    ),
    (
        lambda t: CreateIndex(
            Index("i", t.u.c.id, text("b desc"), t.u.c.id + 5, t.u.c.id.desc().nulls_last(), desc(func.foo(t.u.c.id)))
        ),
        "CREATE INDEX i ON u (id, b desc, id + 5, id DESC NULLS LAST, foo(id) DESC)",
    ),
    (
        lambda t: CreateIndex(Index(None, t.u.c.id)),
        "CREATE INDEX ix_u_id ON u (id)",
    ),
    (
        lambda t: DropIndex(Index(None, t.u.c.id), if_exists=True),
        "\nDROP INDEX IF EXISTS ix_u_id",
    ),
    (
        lambda t: DropConstraint(PrimaryKeyConstraint(t.u.c.id, name="pk")),
        "ALTER TABLE u DROP CONSTRAINT pk",
    ),
    (
        lambda t: DropConstraint(CheckConstraint(t.u.c.id > 5, name="ck")),
        "ALTER TABLE u DROP CONSTRAINT ck",
    ),
    (
        lambda t: DropConstraint(UniqueConstraint(t.u.c.id, name="ck"), cascade=True, if_exists=True),
        "ALTER TABLE u DROP CONSTRAINT IF EXISTS ck CASCADE",
    ),
    (
        lambda t: AddConstraint(UniqueConstraint(t.u.c.id)),
        "ALTER TABLE u ADD UNIQUE (id)",
    ),
    (
        lambda t: CreateTable(
            Table("k9", MetaData(), Column("a", Integer, primary_key=True), sqlite_with_rowid=False, sqlite_strict=True)
        ),
        "\nCREATE TABLE k9 (\n\ta INTEGER NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
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
        "\nCREATE TABLE k10 (\n\ta INTEGER, \n\tUNIQUE (a), \n\tCHECK (a>1)\n)\n\n",
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
        "\nCREATE TABLE k11 (\n\ta INTEGER NOT NULL, \n\tUNIQUE (a)\n)\n\n",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[Any], Any], expected: str) -> None:
    assert str(make(fresh())) == expected
