"""The text of DDL where it differs from the standard language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.mysql import dialect
from cormorant.schema import (
    DDL,
    CheckConstraint,
    Column,
    Computed,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    DropConstraint,
    DropIndex,
    DropTableComment,
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
from cormorant.sql import column, desc, false, func, literal, text, true
from cormorant.types import (
    BOOLEAN,
    JSON,
    NCHAR,
    NVARCHAR,
    TIMESTAMP,
    BigInteger,
    Boolean,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
)
from tests.compile.tables import fresh

CASES: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda t: CreateTable(t.u),
        ("\nCREATE TABLE u (\n\tid INTEGER NOT NULL AUTO_INCREMENT, \n\tname VARCHAR(30), \n\tPRIMARY KEY (id)\n)\n\n"),
    ),
    (
        lambda t: CreateTable(t.a),
        (
            "\n"
            "CREATE TABLE a (\n"
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tname VARCHAR(30), \n"
            "\tx INTEGER, \n"
            "\t`when` DATETIME, \n"
            "\tb_id INTEGER, \n"
            "\tprice NUMERIC(10, 2), \n"
            "\tflag BOOL, \n"
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
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
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
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
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
            "CREATE TABLE `Order` (\n"
            "\t`ID` INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\t`group` VARCHAR(30), \n"
            "\t`Mixed Case` INTEGER, \n"
            "\t`x y%%z` INTEGER, \n"
            "\tPRIMARY KEY (`ID`)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(t.s),
        (
            "\n"
            "CREATE TABLE sch.st (\n"
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tname VARCHAR(10), \n"
            "\tPRIMARY KEY (id)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(t.u, if_not_exists=True),
        (
            "\n"
            "CREATE TABLE IF NOT EXISTS u (\n"
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tname VARCHAR(30), \n"
            "\tPRIMARY KEY (id)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateIndex(Index("ix_u_f", func.lower(t.u.c.name)), if_not_exists=True),
        "CREATE INDEX IF NOT EXISTS ix_u_f ON u ((lower(name)))",
    ),
    (
        lambda t: DropIndex(Index("ix_u_z", t.u.c.name)),
        "\nDROP INDEX ix_u_z ON u",
    ),
    (
        lambda t: DropIndex(Index("ix_s_z", t.s.c.name)),
        "\nDROP INDEX ix_s_z ON sch.st",
    ),
    (
        lambda t: CreateIndex(Index("ix_q", t.q.c.group, t.q.c["Mixed Case"])),
        "CREATE INDEX ix_q ON `Order` (`group`, `Mixed Case`)",
    ),
    (
        lambda t: CreateSchema("Foo Bar", if_not_exists=True),
        "CREATE SCHEMA IF NOT EXISTS `Foo Bar`",
    ),
    (
        lambda t: DropConstraint(next(iter(t.b.foreign_key_constraints))),
        "ALTER TABLE b DROP FOREIGN KEY fk_x",
    ),
    (
        lambda t: DropConstraint(UniqueConstraint(t.u.c.name, name="uq2")),
        "ALTER TABLE u DROP INDEX uq2",
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
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tn VARCHAR(20) NOT NULL, \n"
            "\ti INTEGER, \n"
            "\td INTEGER DEFAULT '5', \n"
            "\te DATETIME DEFAULT (now()), \n"
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
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
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
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
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
        "\nCREATE TABLE t3b (\n\tid INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (id)\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE t4 (\n"
            "\tid INTEGER NOT NULL, \n"
            "\tv VARCHAR(5) COMMENT 'it''s', \n"
            "\tPRIMARY KEY (id)\n"
            ")COMMENT='table''s comment'\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("t5", MetaData(), Column("id", BigInteger, primary_key=True))),
        "\nCREATE TABLE t5 (\n\tid BIGINT NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t6", MetaData(), Column("id", SmallInteger, primary_key=True))),
        "\nCREATE TABLE t6 (\n\tid SMALLINT NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (id)\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE t9 (\n"
            "\ta INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tb INTEGER NOT NULL, \n"
            "\tPRIMARY KEY (a, b)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("t10", MetaData(), Column("id", Integer, Sequence("sq10"), primary_key=True))),
        "\nCREATE TABLE t10 (\n\tid INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (id)\n)\n\n",
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
            "\ta BOOL, \n"
            "\tb BOOL, \n"
            "\te ENUM('x','y'), \n"
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
            "\tb BOOL DEFAULT true, \n"
            "\tc BOOL DEFAULT 1\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table("t16", MetaData(), Column("a", String(5, collation="fr_FR")), Column("b", Integer, quote=True))
        ),
        "\nCREATE TABLE t16 (\n\ta VARCHAR(5) COLLATE fr_FR, \n\t`b` INTEGER\n)\n\n",
    ),
    (
        lambda t: SetTableComment(Table("t17", MetaData(), comment="it's")),
        "ALTER TABLE t17 COMMENT 'it''s'",
    ),
    (
        lambda t: DropTableComment(Table("t17", MetaData(), comment="it's")),
        "ALTER TABLE t17 COMMENT ''",
    ),
    (
        lambda t: SetColumnComment(Table("t18", MetaData(), Column("a", Integer, comment="foo")).c.a),
        "ALTER TABLE t18 CHANGE a a INTEGER COMMENT 'foo'",
    ),
    (
        lambda t: CreateTable(
            Table("t20", MetaData(), Column("id", Integer, primary_key=True), sqlite_autoincrement=True)
        ),
        "\nCREATE TABLE t20 (\n\tid INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (id)\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE t21 (\n"
            "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tPRIMARY KEY (id)\n"
            ")ENGINE=InnoDB CHARSET=utf8mb4\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Boolean()))),
        "\nCREATE TABLE t (\n\tv BOOL\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Float(20)))),
        "\nCREATE TABLE t (\n\tv FLOAT(20)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Float(53)))),
        "\nCREATE TABLE t (\n\tv FLOAT(53)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", LargeBinary(10)))),
        "\nCREATE TABLE t (\n\tv BLOB(10)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Enum("a", "b", name="en")))),
        "\nCREATE TABLE t (\n\tv ENUM('a','b')\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NVARCHAR(5)))),
        "\nCREATE TABLE t (\n\tv NATIONAL VARCHAR(5)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", NCHAR(4)))),
        "\nCREATE TABLE t (\n\tv NATIONAL CHAR(4)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", BOOLEAN()))),
        "\nCREATE TABLE t (\n\tv BOOL\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIMESTAMP()))),
        "\nCREATE TABLE t (\n\tv TIMESTAMP NULL\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIMESTAMP(timezone=True)))),
        "\nCREATE TABLE t (\n\tv TIMESTAMP NULL\n)\n\n",
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
            "\ta VARCHAR(5) COLLATE fr NOT NULL COMMENT 'c' DEFAULT 'x', \n"
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
            "\t`a b` INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tPRIMARY KEY (`a b`), \n"
            "\tCONSTRAINT `Uq X` UNIQUE (`a b`), \n"
            "\tCHECK (q = 'it''s')\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("k8", MetaData(), Column("a", Integer), CheckConstraint("a%5 = 1 and a > :foo"))),
        "\nCREATE TABLE k8 (\n\ta INTEGER, \n\tCHECK (a%%5 = 1 and a > NULL)\n)\n\n",
    ),
    (
        lambda t: CreateIndex(
            Index("i", t.u.c.id, text("b desc"), t.u.c.id + 5, t.u.c.id.desc().nulls_last(), desc(func.foo(t.u.c.id)))
        ),
        "CREATE INDEX i ON u (id, b desc, (id + 5), (id DESC NULLS LAST), foo(id) DESC)",
    ),
    (
        lambda t: DropIndex(Index(None, t.u.c.id), if_exists=True),
        "\nDROP INDEX IF EXISTS ix_u_id ON u",
    ),
    (
        lambda t: DropConstraint(PrimaryKeyConstraint(t.u.c.id, name="pk")),
        "ALTER TABLE u DROP PRIMARY KEY ",
    ),
    (
        lambda t: DropConstraint(CheckConstraint(t.u.c.id > 5, name="ck")),
        "ALTER TABLE u DROP CHECK ck",
    ),
    (
        lambda t: DropConstraint(UniqueConstraint(t.u.c.id, name="ck"), cascade=True, if_exists=True),
        "ALTER TABLE u DROP INDEX ck",
    ),
    (
        lambda t: CreateTable(
            Table("k9", MetaData(), Column("a", Integer, primary_key=True), sqlite_with_rowid=False, sqlite_strict=True)
        ),
        "\nCREATE TABLE k9 (\n\ta INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k12", MetaData(), Column("a", Integer, primary_key=True, sqlite_on_conflict_primary_key="FAIL"))
        ),
        "\nCREATE TABLE k12 (\n\ta INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (a)\n)\n\n",
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
        "\nCREATE TABLE k13 (\n\ta INTEGER NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (a)\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE k14 (\n"
            "\ta INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tPRIMARY KEY (a)\n"
            ")ENGINE=InnoDB DEFAULT CHARSET=utf8 ROW_FORMAT=c KEY_BLOCK_SIZE=1024 AUTO_INCREMENT=5 "
            "COMMENT='zz%%' COLLATE x PARTITION BY HASH(a) PARTITIONS 4\n"
            "\n"
        ),
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
        "CREATE FULLTEXT INDEX i ON u (id, name(5)) WITH PARSER ng USING btree",
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
            "MINVALUE NO MAXVALUE CACHE 5 NOCYCLE"
        ),
    ),
    (
        lambda t: SetTableComment(Table("k15", MetaData(), comment="it's 100%\\", schema="q")),
        "ALTER TABLE q.k15 COMMENT 'it''s 100%%\\\\'",
    ),
    (
        lambda t: SetColumnComment(
            Table("k16", MetaData(), Column("a", Integer, primary_key=True, comment="x"), schema="q").c.a
        ),
        "ALTER TABLE q.k16 CHANGE a a INTEGER NOT NULL COMMENT 'x' AUTO_INCREMENT",
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
            "\tg BOOL DEFAULT false, \n"
            "\th VARCHAR(3) DEFAULT 'x''%%', \n"
            "\ti DATETIME DEFAULT (now()), \n"
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
        "\nCREATE TABLE k18 (\n\ta ENUM('x','y'), \n\tc BOOL, \n\tCHECK (c IN (0, 1))\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("k19", MetaData(), Column("b", Enum("x")))),
        "\nCREATE TABLE k19 (\n\tb ENUM('x')\n)\n\n",
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
        "\nCREATE TABLE k20 (\n\ta INTEGER NOT NULL AUTO_INCREMENT, \n\tb INTEGER, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table(
                "k21",
                MetaData(),
                Column("a", Integer, Sequence("sq"), server_default=Sequence("sq").next_value(), primary_key=True),
            )
        ),
        "\nCREATE TABLE k21 (\n\ta INTEGER NOT NULL DEFAULT (nextval(sq)), \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k22", MetaData(), Column("a", BigInteger().with_variant(Integer, "sqlite"), primary_key=True))
        ),
        "\nCREATE TABLE k22 (\n\ta BIGINT NOT NULL AUTO_INCREMENT, \n\tPRIMARY KEY (a)\n)\n\n",
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
        (
            "\n"
            "CREATE TABLE k23 (\n"
            "\ta INTEGER NOT NULL, \n"
            "\tb INTEGER NOT NULL AUTO_INCREMENT, \n"
            "\tPRIMARY KEY (b, a)\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(Table("k26", MetaData(), Column("a", Integer, primary_key=True, server_default="5"))),
        "\nCREATE TABLE k26 (\n\ta INTEGER NOT NULL DEFAULT '5', \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: DDL("x %(table)s %(fullname)s %(schema)s %(foo)s 100%%", context={"foo": "bar"}).against(
            Table("T t", MetaData(), schema="q")
        ),
        "x `T t` q.`T t` q bar 100%%",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[Any], Any], expected: str) -> None:
    assert str(make(fresh()).compile(dialect=dialect())) == expected
