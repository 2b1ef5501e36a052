# ruff: noqa: E501 - expected SQL is written out
"""The text of statements and DDL where DuckDB differs from the standard language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import (
    ARRAY,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Computed,
    DateTime,
    Enum,
    Float,
    ForeignKey,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    Sequence,
    String,
    Table,
    Uuid,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from cormorant import text as sql
from cormorant.dialects import duckdb
from cormorant.schema import CreateIndex, CreateTable, DropTable

metadata = MetaData()
t = Table(
    "t",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(20), server_default="x"),
    Column("n", Integer, server_default=sql("1 + 1"), index=True),
    Column("j", JSON),
)
u = Table("u", metadata, Column("t_id", ForeignKey("t.id")), Column("twice", Integer, Computed("t_id * 2")), schema="s")

CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: select(t.c.id).limit(1).offset(2), "SELECT t.id \nFROM t\n LIMIT ?\n OFFSET ?"),
    (lambda: select(t.c.id).offset(2), "SELECT t.id \nFROM t\n OFFSET ?"),
    (lambda: select(t.c.id / 2, t.c.id // 2), "SELECT t.id / ? AS anon_1, FLOOR(t.id / ?) AS anon_2 \nFROM t"),
    (lambda: select(t.c.name.regexp_match("a", "i")), "SELECT regexp_matches(t.name, ?, 'i') AS anon_1 \nFROM t"),
    (lambda: select(~t.c.name.regexp_match("a")), "SELECT NOT regexp_matches(t.name, ?) AS anon_1 \nFROM t"),
    (lambda: select(t.c.name.regexp_replace("a", "b")), "SELECT regexp_replace(t.name, ?, ?) AS anon_1 \nFROM t"),
    (lambda: select(t.c.name.ilike("a", escape="/")), "SELECT t.name ILIKE ? ESCAPE '/' AS anon_1 \nFROM t"),
    (lambda: select(t.c.n.bitwise_xor(3)), "SELECT xor(t.n, ?) AS anon_1 \nFROM t"),
    (lambda: select(t.c.j["a"]), "SELECT json_extract(t.j, ?) AS anon_1 \nFROM t"),
    (lambda: select(t.c.j["a"].as_string()), "SELECT json_extract_string(t.j, ?) AS anon_1 \nFROM t"),
    (
        lambda: select(t.c.j[("a", 1)].as_integer()),
        "SELECT CAST(json_extract_string(t.j, ?) AS INTEGER) AS anon_1 \nFROM t",
    ),
    (
        lambda: select(func.aggregate_strings(t.c.name, ",")),
        "SELECT string_agg(t.name, __[POSTCOMPILE_aggregate_strings_2]) AS aggregate_strings_1 \nFROM t",
    ),
    (lambda: select(Sequence("q", schema="s").next_value()), "SELECT nextval('s.q') AS next_value_1"),
    (lambda: select(t.c.id).with_for_update(), "SELECT t.id \nFROM t"),
    (lambda: insert(t).values(name="x"), "INSERT INTO t (name) VALUES (?) RETURNING t.id"),
    (
        lambda: update(t).values(n=u.c.t_id).where(t.c.id == u.c.t_id),
        "UPDATE t SET n=s.u.t_id FROM s.u WHERE t.id = s.u.t_id",
    ),
    (lambda: delete(t).where(t.c.id == u.c.t_id), "DELETE FROM t USING s.u WHERE t.id = s.u.t_id"),
    (
        lambda: select(t.c["select"]) if "select" in t.c else select(t.c.n.label("select")),
        'SELECT t.n AS "select" \nFROM t',
    ),
    (
        lambda: duckdb.insert(t).values(id=1).on_conflict_do_nothing(),
        "INSERT INTO t (id) VALUES (?) ON CONFLICT DO NOTHING",
    ),
    (
        lambda: duckdb.insert(t).values(id=1).on_conflict_do_update(["id"], set_={"n": t.c.n + 1}, where=t.c.n < 5),
        "INSERT INTO t (id) VALUES (?) ON CONFLICT (id) DO UPDATE SET n = (t.n + ?) WHERE t.n < ?",
    ),
    (
        lambda: CreateTable(t),
        "\nCREATE SEQUENCE IF NOT EXISTS t_id_seq;\nCREATE TABLE t (\n\tid INTEGER DEFAULT nextval('t_id_seq') NOT NULL, \n\tname VARCHAR(20) DEFAULT 'x', \n\tn INTEGER DEFAULT (1 + 1), \n\tj JSON, \n\tPRIMARY KEY (id)\n)\n\n",
    ),
    (lambda: DropTable(t), "\nDROP TABLE t;\nDROP SEQUENCE IF EXISTS t_id_seq"),
    (
        lambda: CreateTable(u),
        "\nCREATE TABLE s.u (\n\tt_id INTEGER, \n\ttwice INTEGER GENERATED ALWAYS AS (t_id * 2), \n\tFOREIGN KEY(t_id) REFERENCES t (id)\n)\n\n",
    ),
    (lambda: CreateIndex(next(iter(t.indexes))), "CREATE INDEX ix_t_n ON t (n)"),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=duckdb.dialect())) == expected


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        (Float(), "DOUBLE"),
        (Float(24), "FLOAT"),
        (Float(53), "DOUBLE"),
        (BigInteger(), "BIGINT"),
        (Boolean(), "BOOLEAN"),
        (Numeric(10, 2), "NUMERIC(10, 2)"),
        (DateTime(), "TIMESTAMP"),
        (DateTime(timezone=True), "TIMESTAMP WITH TIME ZONE"),
        (LargeBinary(), "BLOB"),
        (Uuid(), "UUID"),
        (Interval(), "INTERVAL"),
        (Enum("a", "it's"), "ENUM('a', 'it''s')"),
        (Enum("a", "bc", native_enum=False), "VARCHAR(2)"),
        (ARRAY(Integer), "INTEGER[]"),
        (ARRAY(Integer, dimensions=2), "INTEGER[][]"),
    ],
)
def test_types(type_: Any, text: str) -> None:
    assert type_.compile(dialect=duckdb.dialect()) == text


def test_literals() -> None:
    statement = select(literal(b"a\xff"), literal(dt.timedelta(seconds=1)), literal("it's \\"))
    written = statement.compile(dialect=duckdb.dialect(), compile_kwargs={"literal_binds": True})
    assert str(written) == (
        "SELECT '\\x61\\xFF'::BLOB AS anon_1, INTERVAL '1000000 microseconds' AS anon_2, 'it''s \\' AS anon_3"
    )
