"""Sessions, connections and results of asyncio."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, assert_type

from typing_extensions import Unpack

from cormorant import CursorResult, Result, Row, ScalarResult, func, insert, select, text, update
from cormorant.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncResult,
    AsyncScalarResult,
    AsyncSession,
    async_scoped_session,
    async_sessionmaker,
    create_async_engine,
)

from .models import Post, User

engine = create_async_engine("sqlite+aiosqlite://")
assert_type(engine, AsyncEngine)
maker = async_sessionmaker(engine, expire_on_commit=False)
assert_type(maker, async_sessionmaker[AsyncSession])
scoped = async_scoped_session(maker, asyncio.current_task)


async def sessions(session: AsyncSession) -> list[User]:
    assert_type(await session.execute(select(User.id)), Result[int])
    assert_type((await session.execute(select(User.id, User.name))).all(), Sequence[Row[int, str]])
    assert_type((await session.execute(select(User))).scalar_one(), User)
    assert_type(await session.execute(update(User)), CursorResult[Unpack[tuple[Any, ...]]])
    assert_type(await session.execute(text("SELECT 1")), Result[Unpack[tuple[Any, ...]]])
    assert_type(await session.scalars(select(User)), ScalarResult[User])
    assert_type((await session.scalars(insert(User).returning(User), [{"name": "a"}])).one(), User)
    assert_type(await session.scalar(select(User)), User | None)
    assert_type(await session.scalar(select(func.count(User.id))), int | None)
    assert_type(await session.get(User, 1), User | None)
    assert_type(await session.get_one(User, 1), User)
    assert_type(await session.merge(User()), User)
    assert_type(await session.connection(), AsyncConnection)
    return list((await session.scalars(select(User))).all())


async def streams(session: AsyncSession) -> None:
    assert_type(await session.stream(select(User.id, User.name)), AsyncResult[int, str])
    assert_type(await session.stream_scalars(select(User)), AsyncScalarResult[User])
    async for row in await session.stream(select(User.id, User.name)):
        assert_type(row, Row[int, str])
    async for user in await session.stream_scalars(select(User)):
        assert_type(user, User)
    async with session.stream(select(User.name)) as result:
        assert_type(await result.fetchone(), Row[str] | None)
        assert_type(await result.scalar_one(), str)
        assert_type(await result.scalars().all(), Sequence[str])
        assert_type(await result.unique().first(), Row[str] | None)


async def connections() -> None:
    async with engine.begin() as connection:
        assert_type(connection, AsyncConnection)
        assert_type(await connection.execute(select(User.id)), CursorResult[int])
        assert_type((await connection.scalars(select(User.name))).all(), Sequence[str])
        assert_type(await connection.scalar(select(User.name)), str | None)
        assert_type(await connection.stream(select(User.id)), AsyncResult[int])
        async for number in await connection.stream_scalars(select(User.id)):
            assert_type(number, int)


async def scopes() -> None:
    assert_type(scoped(), AsyncSession)
    assert_type(await scoped.scalars(select(User)), ScalarResult[User])
    assert_type(await scoped.get(User, 1), User | None)
    assert_type((await scoped.execute(select(User.id, Post))).all(), Sequence[Row[int, Post]])
    scoped.add(User())
    await scoped.commit()
    await scoped.remove()


async def makers() -> None:
    async with maker() as session, session.begin():
        assert_type(session, AsyncSession)
    async with maker.begin() as begun:
        assert_type(begun, AsyncSession)
