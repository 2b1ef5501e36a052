"""Tables that the tests of texts use."""

from __future__ import annotations

from types import SimpleNamespace

import cormorant.compile
from cormorant.schema import Column, ForeignKey, MetaData, Table
from cormorant.sql import column, table
from cormorant.types import (
    JSON,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Text,
)


def fresh() -> SimpleNamespace:
    """Return the tables, made anew: for tests that add to them."""
    m = MetaData()
    a = Table(
        "a",
        m,
        Column("id", Integer, primary_key=True),
        Column("name", String(30)),
        Column("x", Integer),
        Column("when", DateTime),
        Column("b_id", ForeignKey("b.id")),
        Column("price", Numeric(10, 2)),
        Column("flag", Boolean),
        Column("data", LargeBinary),
        Column("js", JSON),
        Column("f", Float),
        Column("d", Date),
        Column("big", BigInteger),
        Column("t", Text),
    )
    b = Table(
        "b",
        m,
        Column("id", Integer, primary_key=True),
        Column("name", String(50)),
        Column("a_id", ForeignKey("a.id", use_alter=True, name="fk_x")),
    )
    c = Table("c", m, Column("id", Integer, primary_key=True), Column("b_id", Integer, ForeignKey("b.id")))
    q = Table(
        "Order",
        m,
        Column("ID", Integer, primary_key=True),
        Column("group", String(30)),
        Column("Mixed Case", Integer),
        Column("x y%z", Integer),
    )
    s = Table("st", m, Column("id", Integer, primary_key=True), Column("name", String(10)), schema="sch")
    comp = Table(
        "comp",
        m,
        Column("k1", Integer, primary_key=True),
        Column("k2", Integer, primary_key=True),
        Column("v", String(5)),
    )
    u = Table("u", m, Column("id", Integer, primary_key=True), Column("name", String(30)))
    lt = table("lt", column("p"), column("q", Integer))
    return SimpleNamespace(a=a, b=b, c=c, q=q, s=s, comp=comp, u=u, lt=lt)


_tables = fresh()
a, b, c, q, s = _tables.a, _tables.b, _tables.c, _tables.q, _tables.s
comp, u, lt = _tables.comp, _tables.u, _tables.lt
al = a.alias()
al2 = a.alias("zz")
default_dialect = cormorant.compile.StrCompileDialect()
