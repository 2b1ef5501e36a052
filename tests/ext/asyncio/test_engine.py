"""AsyncEngine, AsyncConnection, AsyncTransaction and results that stream."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Awaitable, Callable

import pytest

from cormorant import MetaData, Table, event, func, insert, inspect, select, text
from cormorant.exc import (
    ArgumentError,
    IllegalStateChangeError,
    IntegrityError,
    InvalidRequestError,
    NoInspectionAvailable,
    ResourceClosedError,
    SAWarning,
    TimeoutError,
)
from cormorant.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    async_engine_from_config,
    create_async_engine,
)
from cormorant.ext.asyncio.exc import AsyncContextAlreadyStarted, AsyncContextNotStarted, AsyncMethodRequired
from cormorant.pool import AsyncAdaptedQueuePool, QueuePool

from .conftest import collect
from .models import User

Open = Callable[..., Awaitable[AsyncEngine]]
ROWS = [{"id": number, "name": f"user {number}"} for number in range(1, 8)]


async def fill(connection: AsyncConnection) -> None:
    await connection.execute(insert(User.__table__), ROWS)


async def test_begin_commits_and_an_error_rolls_back(open_engine: Open) -> None:
    engine = await open_engine()
    async with engine.begin() as connection:
        await fill(connection)

    async def fail() -> None:
        async with engine.begin() as connection:
            await connection.execute(insert(User.__table__), {"id": 8, "name": "eight"})
            await connection.execute(insert(User.__table__), {"id": 1, "name": "one"})

    with pytest.raises(IntegrityError):
        await fail()
    async with engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(User)) == 7
    await engine.dispose()


async def test_transactions_and_savepoints(open_engine: Open) -> None:
    engine = await open_engine()
    connection = await engine.connect()
    transaction = await connection.begin()
    assert connection.in_transaction()
    assert connection.get_transaction() is transaction
    async with connection.begin_nested() as nested:
        await fill(connection)
        assert connection.get_nested_transaction() is nested
        await nested.rollback()
    assert transaction.is_active
    assert (await connection.execute(select(User.id))).all() == []
    await transaction.commit()
    assert not connection.in_transaction()
    await connection.close()
    with pytest.raises(ResourceClosedError):
        await connection.execute(text("SELECT 1"))
    await engine.dispose()


async def test_streams(open_engine: Open) -> None:
    engine = await open_engine()
    async with engine.connect() as connection:
        await fill(connection)
        statement = select(User.id, User.name).order_by(User.id)
        result = await connection.stream(statement)
        assert await result.fetchone() == (1, "user 1")
        assert await result.fetchmany(2) == [(2, "user 2"), (3, "user 3")]
        assert await collect(result) == [(n, f"user {n}") for n in range(4, 8)]
        async with connection.stream(statement) as result:
            assert [len(part) async for part in result.partitions(3)] == [3, 3, 1]
        assert result.closed
        async with connection.stream_scalars(statement) as scalars:
            assert await scalars.all() == [1, 2, 3, 4, 5, 6, 7]
        result = await connection.stream(statement)
        assert (await result.mappings().first()) == {"id": 1, "name": "user 1"}
        assert (await (await connection.stream(statement)).unique(lambda row: row[0] % 2).all())[-1].id == 2
        assert await (await connection.stream(statement.limit(1))).scalar_one() == 1
        assert (await (await connection.stream(statement.limit(1))).freeze())().all() == [(1, "user 1")]
    await engine.dispose()


async def test_a_stream_needs_its_method(open_engine: Open) -> None:
    engine = await open_engine()
    async with engine.connect() as connection:
        with pytest.raises(AsyncMethodRequired, match=r"AsyncConnection\.stream\(\)"):
            await connection.execute(select(User.id), execution_options={"stream_results": True})
        assert (await connection.execute(select(User.id))).all() == []
    await engine.dispose()


async def test_plain_functions_run_beside_the_loop(open_engine: Open) -> None:
    engine = await open_engine()
    async with engine.connect() as connection:
        found = await connection.run_sync(lambda plain, number: plain.scalar(select(number)), 5)
        assert found == 5
        raw = await connection.get_raw_connection()
        assert raw.driver_connection is raw.dbapi_connection.driver_connection
        level = await connection.get_isolation_level()
        assert level == connection.default_isolation_level
    await engine.dispose()


async def test_events_are_those_of_the_plain_engine(open_engine: Open) -> None:
    engine = await open_engine()
    heard: list[str] = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda c, cursor, sql, *rest: heard.append(sql))
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
    assert heard == ["SELECT 1"]
    await engine.dispose()


async def test_what_was_not_started_says_so(open_engine: Open) -> None:
    engine = await open_engine()
    connection = engine.connect()
    with pytest.raises(AsyncContextNotStarted, match="has not been started"):
        await connection.execute(text("SELECT 1"))
    with pytest.raises(InvalidRequestError, match="get_raw_connection"):
        _ = connection.connection
    async with connection:
        with pytest.raises(AsyncContextAlreadyStarted):
            await connection
        with pytest.raises(AsyncContextNotStarted):
            _ = connection.begin().is_active
    await engine.dispose()


async def test_a_connection_belongs_to_one_task(open_engine: Open) -> None:
    engine = await open_engine()
    async with engine.connect() as connection:
        results = await asyncio.gather(
            connection.execute(text("SELECT 1")), connection.execute(text("SELECT 2")), return_exceptions=True
        )
        assert sorted(isinstance(result, IllegalStateChangeError) for result in results) == [False, True]
        assert await connection.scalar(text("SELECT 3")) == 3
    await engine.dispose()


async def test_waiting_for_a_connection_lets_others_run(open_engine: Open) -> None:
    engine = await open_engine(pool_size=1, max_overflow=0, pool_timeout=5, poolclass=AsyncAdaptedQueuePool)
    order: list[int] = []

    async def work(number: int) -> None:
        async with engine.connect() as connection:
            await connection.scalar(text("SELECT 1"))
            order.append(number)
            await asyncio.sleep(0)

    await asyncio.gather(*(work(number) for number in range(10)))
    assert order == list(range(10))
    assert engine.pool.checkedout() == 0
    await engine.dispose()


async def test_an_exhausted_pool_times_out(open_engine: Open) -> None:
    engine = await open_engine(pool_size=1, max_overflow=0, pool_timeout=0.05, poolclass=AsyncAdaptedQueuePool)
    async with engine.connect():
        with pytest.raises(TimeoutError, match="QueuePool limit of size 1"):
            await engine.connect()
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await engine.dispose()


async def test_a_forgotten_connection_is_ended_with_a_warning(open_engine: Open) -> None:
    engine = await open_engine(poolclass=AsyncAdaptedQueuePool)
    connection = await engine.connect()
    await connection.execute(text("SELECT 1"))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        del connection
        gc.collect()
    assert any(issubclass(each.category, SAWarning) and "garbage collector" in str(each.message) for each in caught)
    assert engine.pool.checkedout() == 0
    await engine.dispose()


async def test_pre_ping(open_engine: Open) -> None:
    engine = await open_engine(pool_pre_ping=True, poolclass=AsyncAdaptedQueuePool)
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        ended = raw.dbapi_connection
    engine.sync_engine.dialect  # noqa: B018
    ended.terminate()
    await asyncio.sleep(0.05)
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
        assert (await connection.get_raw_connection()).dbapi_connection is not ended
    await engine.dispose()


def test_wrong_arguments() -> None:
    with pytest.raises(InvalidRequestError, match="requires an async driver"):
        create_async_engine("sqlite://")
    with pytest.raises(ArgumentError, match="Pool class QueuePool cannot be used with asyncio engine"):
        create_async_engine("sqlite+aiosqlite:///x.db", poolclass=QueuePool)
    with pytest.raises(ArgumentError, match="server_side_cursors"):
        create_async_engine("sqlite+aiosqlite://", server_side_cursors=True)


def test_names() -> None:
    engine = create_async_engine("sqlite+aiosqlite://")
    assert engine == AsyncEngine(engine.sync_engine)
    assert (engine.name, engine.driver, str(engine.url)) == ("sqlite", "aiosqlite", "sqlite+aiosqlite://")
    assert create_async_engine("postgresql+psycopg://u:secret@h/d").driver == "psycopg_async"
    assert "secret" not in repr(create_async_engine("postgresql+asyncpg://u:secret@h/d"))
    assert async_engine_from_config({"sqlalchemy.url": "sqlite+aiosqlite://"}).driver == "aiosqlite"


async def test_async_creator(address: str) -> None:
    if not address.startswith("sqlite"):
        return
    import aiosqlite

    made: list[object] = []

    async def create() -> object:
        made.append(await aiosqlite.connect(":memory:", isolation_level=None))
        return made[-1]

    engine = create_async_engine("sqlite+aiosqlite://", async_creator=create)
    async with engine.connect() as connection:
        assert (await connection.get_raw_connection()).driver_connection is made[0]
    await engine.dispose()


async def test_reflection_runs_inside_run_sync(open_engine: Open) -> None:
    engine = await open_engine()
    with pytest.raises(NoInspectionAvailable, match="Inspection on an AsyncEngine is currently not supported"):
        inspect(engine)
    async with engine.connect() as connection:
        with pytest.raises(NoInspectionAvailable, match="Inspection on an AsyncConnection is currently not supported"):
            inspect(connection)
        await connection.exec_driver_sql("CREATE TEMPORARY TABLE passing (a INTEGER PRIMARY KEY)")
        found = await connection.run_sync(lambda sync: Table("passing", MetaData(), autoload_with=sync).c.keys())
        assert found == ["a"]
        assert await connection.run_sync(lambda sync: inspect(sync).has_table("passing"))
    await engine.dispose()


async def test_a_violated_constraint_has_the_class_and_the_text_of_its_driver(open_engine: Open) -> None:
    engine = await open_engine()
    if engine.dialect.driver != "asyncpg":
        pytest.skip("asyncpg has a class for each kind of violation")
    async with engine.connect() as connection:
        await connection.exec_driver_sql("CREATE TEMP TABLE only_one (id int PRIMARY KEY CHECK (id > 0))")
        found = []
        for row in ("(1), (1)", "(null)", "(-1)"):
            with pytest.raises(IntegrityError) as caught:
                async with connection.begin_nested():
                    await connection.exec_driver_sql(f"INSERT INTO only_one VALUES {row}")
            orig = caught.value.orig
            found.append((type(orig).__name__, str(orig).partition('"')[0], orig.sqlstate, bool(orig.detail)))
    assert found == [
        ("UniqueViolationError", "duplicate key value violates unique constraint ", "23505", True),
        ("NotNullViolationError", "null value in column ", "23502", True),
        ("CheckViolationError", "new row for relation ", "23514", True),
    ]
    await engine.dispose()
