"""asyncpg on the real server: binds that say their type, bits, and schemas that change under prepared statements."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cormorant import (
    Column,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Table,
    Uuid,
    bindparam,
    insert,
    literal,
    make_url,
    select,
    text,
)
from cormorant.dialects.postgresql import ARRAY, BIT, OID, REGCLASS, BitString, asyncpg
from cormorant.ext.asyncio import AsyncConnection, create_async_engine
from cormorant.types import BLOB, CHAR, DECIMAL, REAL, Double, Float, Numeric


@pytest.fixture
def run(postgresql_url: str) -> Callable[[Callable[[AsyncConnection], Awaitable[None]]], None]:
    async def main(work: Callable[[AsyncConnection], Awaitable[None]]) -> None:
        engine = create_async_engine(make_url(postgresql_url).set(drivername="postgresql+asyncpg"))
        async with engine.connect() as connection:
            await work(connection)
        await engine.dispose()

    return lambda work: asyncio.run(main(work))


@pytest.mark.parametrize(
    ("type_", "suffix"),
    [
        (Interval(), "::INTERVAL"),
        (Interval(second_precision=3), "::INTERVAL (3)"),
        (OID(), "::OID"),
        (REGCLASS(), "::REGCLASS"),
        (BLOB(), "::BYTEA"),
        (LargeBinary(5), "::BYTEA"),
        (DECIMAL(10, 2), "::NUMERIC(10, 2)"),
        (Numeric(), "::NUMERIC"),
        (REAL(), "::FLOAT"),
        (Double(5), "::FLOAT(5)"),
        (Float(7), "::FLOAT(7)"),
        (CHAR(5), "::VARCHAR"),
        (BIT(3), "::BIT(3)"),
    ],
)
def test_binds_say_their_type(type_: Any, suffix: str) -> None:
    compiled = select(bindparam("x", type_=type_)).compile(dialect=asyncpg.dialect())
    assert str(compiled) == f"SELECT $1{suffix} AS anon_1"


VALUES: list[tuple[Any, Any, Any]] = [
    (Interval(), dt.timedelta(days=1, seconds=3), dt.timedelta(days=1, seconds=3)),
    (BIT(3), "101", BitString("101")),
    (BIT(varying=True), BitString("1011011101"), BitString("1011011101")),
    (OID(), 5, 5),
    (ARRAY(Integer), {1}, [1]),
    (LargeBinary(), memoryview(b"a"), b"a"),
    (Uuid(as_uuid=False), "00000000-0000-0000-0000-000000000005", "00000000-0000-0000-0000-000000000005"),
]


def test_values(run: Any) -> None:
    async def work(connection: AsyncConnection) -> None:
        for type_, value, expected in VALUES:
            table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("v", type_))
            await connection.run_sync(table.metadata.create_all)
            await connection.execute(insert(table).values(v=value))
            assert await connection.scalar(select(table.c.v)) == expected
            assert await connection.scalar(select(literal(value, type_))) == expected
            many = insert(table).returning(table.c.v, sort_by_parameter_order=True)
            assert (await connection.execute(many, [{"v": value}, {"v": None}])).all() == [(expected,), (None,)]
            await connection.run_sync(table.metadata.drop_all)  # the next table has the same name and another type

    run(work)


def test_statements_prepared_before_the_schema_changed(run: Any) -> None:
    async def work(connection: AsyncConnection) -> None:
        await connection.execute(text("CREATE TABLE t (v INTEGER)"))
        statement = text("SELECT * FROM t")
        await connection.execute(text("INSERT INTO t VALUES (1)"))
        assert (await connection.execute(statement)).all() == [(1,)]
        await connection.execute(text("ALTER TABLE t ADD COLUMN w TEXT DEFAULT 'x'"))
        assert (await connection.execute(statement)).all() == [(1, "x")]
        async with connection.engine.connect() as other:
            await connection.commit()
            assert (await other.execute(statement)).all() == [(1, "x")]

    run(work)
