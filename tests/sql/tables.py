"""Tables that the tests of statements share."""

from __future__ import annotations

from cormorant.schema import Column, ForeignKey, MetaData, Table
from cormorant.sql import column, select, table
from cormorant.types import Boolean, Integer, String

metadata = MetaData()
a = Table(
    "a",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(50)),
    Column("x", Integer),
    Column("flag", Boolean),
)
b = Table(
    "b",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("a_id", ForeignKey("a.id")),
    Column("name", String),
)
c = Table("c", metadata, Column("id", Integer))
d = Table("d", metadata, Column("id", Integer), Column("a1", ForeignKey("a.id")), Column("a2", ForeignKey("a.id")))
sc = Table(
    "t",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("weird key", Integer, key="wk"),
    schema="sch",
)
tt = table("zz", column("a"), column("b"))
t1, t2 = a.alias(), a.alias()
S = select(a.c.id)
