"""The text of DDL where it differs from the standard language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects.postgresql import dialect
from cormorant.schema import (
    DDL,
    CheckConstraint,
    Column,
    Computed,
    CreateIndex,
    CreateSequence,
    CreateTable,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    SetConstraintComment,
    SetTableComment,
    Table,
    UniqueConstraint,
)
from cormorant.sql import column, desc, false, func, literal, text
from cormorant.types import (
    ARRAY,
    JSON,
    TIME,
    TIMESTAMP,
    BigInteger,
    Boolean,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    PickleType,
    SmallInteger,
    String,
    Text,
    Time,
    Uuid,
)
from tests.compile.tables import fresh

CASES: list[tuple[Callable[[Any], Any], str]] = [
    (
        lambda t: CreateTable(t.u),
        "\nCREATE TABLE u (\n\tid SERIAL NOT NULL, \n\tname VARCHAR(30), \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(t.a),
        (
            "\n"
            "CREATE TABLE a (\n"
            "\tid SERIAL NOT NULL, \n"
            "\tname VARCHAR(30), \n"
            "\tx INTEGER, \n"
            '\t"when" TIMESTAMP WITHOUT TIME ZONE, \n'
            "\tb_id INTEGER, \n"
            "\tprice NUMERIC(10, 2), \n"
            "\tflag BOOLEAN, \n"
            "\tdata BYTEA, \n"
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
            "\tid SERIAL NOT NULL, \n"
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
            "\tid SERIAL NOT NULL, \n"
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
            '\t"ID" SERIAL NOT NULL, \n'
            '\t"group" VARCHAR(30), \n'
            '\t"Mixed Case" INTEGER, \n'
            '\t"x y%%z" INTEGER, \n'
            '\tPRIMARY KEY ("ID")\n'
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(t.s),
        "\nCREATE TABLE sch.st (\n\tid SERIAL NOT NULL, \n\tname VARCHAR(10), \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(t.u, if_not_exists=True),
        ("\nCREATE TABLE IF NOT EXISTS u (\n\tid SERIAL NOT NULL, \n\tname VARCHAR(30), \n\tPRIMARY KEY (id)\n)\n\n"),
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
            "\tid SERIAL NOT NULL, \n"
            "\tn VARCHAR(20) NOT NULL, \n"
            "\ti INTEGER, \n"
            "\td INTEGER DEFAULT '5', \n"
            "\te TIMESTAMP WITHOUT TIME ZONE DEFAULT now(), \n"
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
            "\tid SERIAL NOT NULL, \n"
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
        lambda t: CreateTable(Table("t5", MetaData(), Column("id", BigInteger, primary_key=True))),
        "\nCREATE TABLE t5 (\n\tid BIGSERIAL NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t6", MetaData(), Column("id", SmallInteger, primary_key=True))),
        "\nCREATE TABLE t6 (\n\tid SMALLSERIAL NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
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
        "\nCREATE TABLE t9 (\n\ta SERIAL NOT NULL, \n\tb INTEGER NOT NULL, \n\tPRIMARY KEY (a, b)\n)\n\n",
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
            "\te en, \n"
            "\te2 VARCHAR(3), \n"
            "\te3 VARCHAR(2), \n"
            "\tCONSTRAINT en3 CHECK (e3 IN ('x', 'yy'))\n"
            ")\n"
            "\n"
        ),
    ),
    (
        lambda t: CreateTable(
            Table("t20", MetaData(), Column("id", Integer, primary_key=True), sqlite_autoincrement=True)
        ),
        "\nCREATE TABLE t20 (\n\tid SERIAL NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
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
        "\nCREATE TABLE t21 (\n\tid SERIAL NOT NULL, \n\tPRIMARY KEY (id)\n)\n\n",
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
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Double()))),
        "\nCREATE TABLE t (\n\tv DOUBLE PRECISION\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DateTime()))),
        "\nCREATE TABLE t (\n\tv TIMESTAMP WITHOUT TIME ZONE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", DateTime(timezone=True)))),
        "\nCREATE TABLE t (\n\tv TIMESTAMP WITH TIME ZONE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Time()))),
        "\nCREATE TABLE t (\n\tv TIME WITHOUT TIME ZONE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Time(timezone=True)))),
        "\nCREATE TABLE t (\n\tv TIME WITH TIME ZONE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", LargeBinary()))),
        "\nCREATE TABLE t (\n\tv BYTEA\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", LargeBinary(10)))),
        "\nCREATE TABLE t (\n\tv BYTEA\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Interval()))),
        "\nCREATE TABLE t (\n\tv INTERVAL\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Uuid()))),
        "\nCREATE TABLE t (\n\tv UUID\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Uuid(as_uuid=False)))),
        "\nCREATE TABLE t (\n\tv UUID\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", PickleType()))),
        "\nCREATE TABLE t (\n\tv BYTEA\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", Enum("a", "b", name="en")))),
        "\nCREATE TABLE t (\n\tv en\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIMESTAMP()))),
        "\nCREATE TABLE t (\n\tv TIMESTAMP WITHOUT TIME ZONE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIMESTAMP(timezone=True)))),
        "\nCREATE TABLE t (\n\tv TIMESTAMP WITH TIME ZONE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", TIME()))),
        "\nCREATE TABLE t (\n\tv TIME WITHOUT TIME ZONE\n)\n\n",
    ),
    (
        lambda t: CreateTable(Table("t", MetaData(), Column("v", ARRAY(Integer)))),
        "\nCREATE TABLE t (\n\tv INTEGER[]\n)\n\n",
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
            "\tc TIMESTAMP WITHOUT TIME ZONE NOT NULL, \n"
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
        (
            "\n"
            "CREATE TABLE k3 (\n"
            "\ta INTEGER GENERATED BY DEFAULT AS IDENTITY NULL, \n"
            "\tb INTEGER GENERATED BY DEFAULT AS IDENTITY\n"
            ")\n"
            "\n"
        ),
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
            '\t"a b" SERIAL NOT NULL, \n'
            '\tPRIMARY KEY ("a b"), \n'
            '\tCONSTRAINT "Uq X" UNIQUE ("a b"), \n'
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
        "CREATE INDEX i ON u (id, b desc, (id + 5), id DESC NULLS LAST, foo(id) DESC)",
    ),
    (
        lambda t: CreateTable(
            Table("k9", MetaData(), Column("a", Integer, primary_key=True), sqlite_with_rowid=False, sqlite_strict=True)
        ),
        "\nCREATE TABLE k9 (\n\ta SERIAL NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k12", MetaData(), Column("a", Integer, primary_key=True, sqlite_on_conflict_primary_key="FAIL"))
        ),
        "\nCREATE TABLE k12 (\n\ta SERIAL NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
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
        (
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
        ),
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
        "\nCREATE TABLE k14 (\n\ta SERIAL NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
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
        (
            "CREATE UNIQUE INDEX CONCURRENTLY i ON u USING gin (id int4_ops) INCLUDE (name) NULLS NOT "
            "DISTINCT WITH (fillfactor = 50) TABLESPACE ts WHERE id > 5"
        ),
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
            "CREATE SEQUENCE IF NOT EXISTS q.s AS BIGINT INCREMENT BY 2 START WITH 1 MINVALUE 3 "
            "MAXVALUE 4 NO MINVALUE NO MAXVALUE CACHE 5 NO CYCLE"
        ),
    ),
    (
        lambda t: SetTableComment(Table("k15", MetaData(), comment="it's 100%\\", schema="q")),
        "COMMENT ON TABLE q.k15 IS 'it''s 100%%\\'",
    ),
    (
        lambda t: SetConstraintComment(CheckConstraint(t.u.c.id > 5, name="ck", comment="it's")),
        "COMMENT ON CONSTRAINT ck ON u IS 'it''s'",
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
        "\nCREATE TABLE k18 (\n\ta ss.e, \n\tc BOOLEAN\n)\n\n",
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
        "\nCREATE TABLE k20 (\n\ta SERIAL NOT NULL, \n\tb INTEGER, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table(
                "k21",
                MetaData(),
                Column("a", Integer, Sequence("sq"), server_default=Sequence("sq").next_value(), primary_key=True),
            )
        ),
        "\nCREATE TABLE k21 (\n\ta INTEGER DEFAULT nextval('sq') NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k22", MetaData(), Column("a", BigInteger().with_variant(Integer, "sqlite"), primary_key=True))
        ),
        "\nCREATE TABLE k22 (\n\ta BIGSERIAL NOT NULL, \n\tPRIMARY KEY (a)\n)\n\n",
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
        "\nCREATE TABLE k23 (\n\ta INTEGER NOT NULL, \n\tb SERIAL NOT NULL, \n\tPRIMARY KEY (b, a)\n)\n\n",
    ),
    (
        lambda t: CreateTable(
            Table("k28", MetaData(), Column("a", Integer), UniqueConstraint("a", postgresql_nulls_not_distinct=True))
        ),
        "\nCREATE TABLE k28 (\n\ta INTEGER, \n\tUNIQUE NULLS NOT DISTINCT (a)\n)\n\n",
    ),
    (
        lambda t: DDL("x %(table)s %(fullname)s %(schema)s %(foo)s 100%%", context={"foo": "bar"}).against(
            Table("T t", MetaData(), schema="q")
        ),
        'x "T t" q."T t" q bar 100%%',
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[Any], Any], expected: str) -> None:
    assert str(make(fresh()).compile(dialect=dialect())) == expected
