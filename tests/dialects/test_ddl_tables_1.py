"""The text of DDL in the default language and in each dialect: tables and their columns."""

from __future__ import annotations

import pytest

from cormorant.schema import (
    Column,
    CreateTable,
    MetaData,
    Table,
)
from cormorant.sql import func, text
from cormorant.types import (
    DateTime,
    Integer,
    String,
)
from tests.compile.tables import fresh
from tests.dialects.texts import Make, text_of

CASES: list[tuple[Make, dict[str, str]]] = [
    (
        lambda t: CreateTable(t.u),
        {
            "default": "\nCREATE TABLE u (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(30), \n\tPRIMARY KEY (id)\n)\n\n",
            "mysql": (
                "\n"
                "CREATE TABLE u (\n"
                "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tname VARCHAR(30), \n"
                "\tPRIMARY KEY (id)\n"
                ")\n"
                "\n"
            ),
            "postgresql": "\nCREATE TABLE u (\n\tid SERIAL NOT NULL, \n\tname VARCHAR(30), \n\tPRIMARY KEY (id)\n)\n\n",
        },
    ),
    (
        lambda t: CreateTable(t.a),
        {
            "default": (
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
            "mysql": (
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
            "postgresql": (
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
        },
    ),
    (
        lambda t: CreateTable(t.b),
        {
            "default": (
                "\n"
                "CREATE TABLE b (\n"
                "\tid INTEGER NOT NULL, \n"
                "\tname VARCHAR(50), \n"
                "\ta_id INTEGER, \n"
                "\tPRIMARY KEY (id)\n"
                ")\n"
                "\n"
            ),
            "mysql": (
                "\n"
                "CREATE TABLE b (\n"
                "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tname VARCHAR(50), \n"
                "\ta_id INTEGER, \n"
                "\tPRIMARY KEY (id)\n"
                ")\n"
                "\n"
            ),
            "postgresql": (
                "\n"
                "CREATE TABLE b (\n"
                "\tid SERIAL NOT NULL, \n"
                "\tname VARCHAR(50), \n"
                "\ta_id INTEGER, \n"
                "\tPRIMARY KEY (id)\n"
                ")\n"
                "\n"
            ),
            "sqlite": (
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
        },
    ),
    (
        lambda t: CreateTable(t.c),
        {
            "default": (
                "\n"
                "CREATE TABLE c (\n"
                "\tid INTEGER NOT NULL, \n"
                "\tb_id INTEGER, \n"
                "\tPRIMARY KEY (id), \n"
                "\tFOREIGN KEY(b_id) REFERENCES b (id)\n"
                ")\n"
                "\n"
            ),
            "mysql": (
                "\n"
                "CREATE TABLE c (\n"
                "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tb_id INTEGER, \n"
                "\tPRIMARY KEY (id), \n"
                "\tFOREIGN KEY(b_id) REFERENCES b (id)\n"
                ")\n"
                "\n"
            ),
            "postgresql": (
                "\n"
                "CREATE TABLE c (\n"
                "\tid SERIAL NOT NULL, \n"
                "\tb_id INTEGER, \n"
                "\tPRIMARY KEY (id), \n"
                "\tFOREIGN KEY(b_id) REFERENCES b (id)\n"
                ")\n"
                "\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(t.q),
        {
            "default": (
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
            "mysql": (
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
            "postgresql": (
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
        },
    ),
    (
        lambda t: CreateTable(t.s),
        {
            "default": (
                "\nCREATE TABLE sch.st (\n\tid INTEGER NOT NULL, \n\tname VARCHAR(10), \n\tPRIMARY KEY (id)\n)\n\n"
            ),
            "mysql": (
                "\n"
                "CREATE TABLE sch.st (\n"
                "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tname VARCHAR(10), \n"
                "\tPRIMARY KEY (id)\n"
                ")\n"
                "\n"
            ),
            "postgresql": (
                "\nCREATE TABLE sch.st (\n\tid SERIAL NOT NULL, \n\tname VARCHAR(10), \n\tPRIMARY KEY (id)\n)\n\n"
            ),
        },
    ),
    (
        lambda t: CreateTable(t.comp),
        {
            "default": (
                "\n"
                "CREATE TABLE comp (\n"
                "\tk1 INTEGER NOT NULL, \n"
                "\tk2 INTEGER NOT NULL, \n"
                "\tv VARCHAR(5), \n"
                "\tPRIMARY KEY (k1, k2)\n"
                ")\n"
                "\n"
            )
        },
    ),
    (
        lambda t: CreateTable(t.u, if_not_exists=True),
        {
            "default": (
                "\n"
                "CREATE TABLE IF NOT EXISTS u (\n"
                "\tid INTEGER NOT NULL, \n"
                "\tname VARCHAR(30), \n"
                "\tPRIMARY KEY (id)\n"
                ")\n"
                "\n"
            ),
            "mysql": (
                "\n"
                "CREATE TABLE IF NOT EXISTS u (\n"
                "\tid INTEGER NOT NULL AUTO_INCREMENT, \n"
                "\tname VARCHAR(30), \n"
                "\tPRIMARY KEY (id)\n"
                ")\n"
                "\n"
            ),
            "postgresql": (
                "\n"
                "CREATE TABLE IF NOT EXISTS u (\n"
                "\tid SERIAL NOT NULL, \n"
                "\tname VARCHAR(30), \n"
                "\tPRIMARY KEY (id)\n"
                ")\n"
                "\n"
            ),
        },
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
        {
            "default": (
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
            "mysql": (
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
            "postgresql": (
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
            "sqlite": (
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
        },
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Make, expected: dict[str, str]) -> None:
    assert {name: text_of(make(fresh()), name) for name in expected} == expected
