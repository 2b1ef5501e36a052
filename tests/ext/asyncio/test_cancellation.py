"""Tasks cancelled at random times leave no connection in use and no transaction open (reliability, T7).

Long form: `CORMORANT_CANCELLATIONS=1500`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import warnings
from collections.abc import Awaitable, Callable

from cormorant import select, text
from cormorant.exc import SQLAlchemyError
from cormorant.ext.asyncio import AsyncEngine, AsyncSession
from cormorant.pool import AsyncAdaptedQueuePool

from .models import Post, User

TASKS = int(os.environ.get("CORMORANT_CANCELLATIONS", "150"))
AT_ONCE = 30
IDLE = (
    "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND pid <> pg_backend_pid() "
    "AND datname = current_database()"
)
Open = Callable[..., Awaitable[AsyncEngine]]


async def write(engine: AsyncEngine, number: int) -> None:
    async with AsyncSession(engine) as session:
        session.add(User(name=f"{number}", posts=[Post(title="x")]))
        await session.flush()
        await asyncio.sleep(0)
        await session.commit()


async def roll_back(engine: AsyncEngine, number: int) -> None:
    async with AsyncSession(engine) as session, session.begin():
        await session.execute(select(User).limit(3))
        async with session.begin_nested() as nested:
            await session.execute(text("SELECT 1"))
            await nested.rollback()


async def stream(engine: AsyncEngine, number: int) -> None:
    async with engine.connect() as connection, connection.stream(select(User)) as result:
        async for _ in result:
            await asyncio.sleep(0)
            break


async def under_a_timeout(engine: AsyncEngine, number: int) -> None:
    async with asyncio.timeout(0.002), engine.begin() as connection:
        for _ in range(20):
            await connection.execute(text("SELECT 1"))


WORK = (write, roll_back, stream, under_a_timeout)


async def one(engine: AsyncEngine, number: int, random_: random.Random) -> None:
    task = asyncio.ensure_future(WORK[number % len(WORK)](engine, number))
    await asyncio.sleep(random_.random() * 0.02)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError, TimeoutError, SQLAlchemyError):
        await task


async def test_nothing_stays_in_use(open_engine: Open) -> None:
    engine = await open_engine(pool_size=5, max_overflow=2, poolclass=AsyncAdaptedQueuePool)
    random_ = random.Random(7)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for begin in range(0, TASKS, AT_ONCE):
            await asyncio.gather(*(one(engine, number, random_) for number in range(begin, begin + AT_ONCE)))
        await asyncio.sleep(0.05)
    assert engine.pool.checkedout() == 0
    assert engine.pool.checkedin() <= 5
    assert [str(each.message) for each in caught if "never awaited" in str(each.message)] == []
    if engine.name == "postgresql":
        async with engine.connect() as connection:
            idle = await connection.scalar(text(IDLE))
            assert idle == 0
    async with AsyncSession(engine) as session:
        users, posts = (await session.scalars(select(User))).all(), (await session.scalars(select(Post))).all()
        assert len(users) == len(posts)
    await engine.dispose()
