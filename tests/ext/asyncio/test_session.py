"""AsyncSession, its maker and registry, AsyncAttrs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cormorant import inspect, select, text
from cormorant.exc import IllegalStateChangeError, IntegrityError, InvalidRequestError, MissingGreenlet
from cormorant.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_object_session,
    async_scoped_session,
    async_session,
    async_sessionmaker,
    close_all_sessions,
)
from cormorant.ext.asyncio.exc import AsyncContextNotStarted, AsyncMethodRequired
from cormorant.orm import Session, joinedload, selectinload, subqueryload

from .conftest import collect
from .models import Post, User

Open = Callable[..., Awaitable[AsyncEngine]]


async def filled(open_engine: Open) -> tuple[AsyncEngine, async_sessionmaker[AsyncSession]]:
    engine = await open_engine()
    maker = async_sessionmaker(engine, expire_on_commit=False)
    async with maker.begin() as session:
        session.add_all(
            [
                User(name="ann", posts=[Post(title="a"), Post(title="b")]),
                User(name="bob", posts=[]),
            ]
        )
    return engine, maker


async def add_in_savepoint(session: AsyncSession, user: User) -> None:
    async with session.begin_nested():
        session.add(user)
        await session.flush()


async def test_objects_are_written_and_read(open_engine: Open) -> None:
    engine, maker = await filled(open_engine)
    async with maker() as session:
        ann = await session.get_one(User, 1)
        ann.name = "anne"
        await session.commit()
        statement = select(User).options(selectinload(User.posts)).order_by(User.id)
        found = (await session.scalars(statement)).all()
        titles = {user.name: [post.title for post in user.posts] for user in found}
        assert titles == {"anne": ["a", "b"], "bob": []}
        await session.delete(ann)
        await session.flush()
        assert await session.scalar(select(User.id)) == 2
        await session.rollback()
        merged = await session.merge(User(id=2, name="bobby"))
        assert merged is await session.get(User, 2)
        assert [user.name for user in await session.merge_all([User(id=1, name="x")])] == ["x"]
    await engine.dispose()


async def test_streams(open_engine: Open) -> None:
    engine, maker = await filled(open_engine)
    async with maker() as session:
        statement = select(User).order_by(User.id)
        assert [user.name for user in await collect(await session.stream_scalars(statement))] == ["ann", "bob"]
        async with session.stream(statement) as result:
            assert (await result.fetchone())[0].name == "ann"
        with pytest.raises(AsyncMethodRequired, match=r"AsyncSession\.stream\(\)"):
            await session.execute(statement.execution_options(stream_results=True))
    await engine.dispose()


async def test_lazy_loading_names_the_attribute_and_the_remedies(open_engine: Open) -> None:
    engine, maker = await filled(open_engine)
    async with maker() as session:
        ann = await session.get_one(User, 1)
        with pytest.raises(MissingGreenlet, match=r"User\.posts.*selectinload.*refresh.*awaitable_attrs\.posts"):
            _ = ann.posts
        with pytest.raises(MissingGreenlet, match=r"User\.biography"):
            _ = ann.biography
        assert [post.title for post in await ann.awaitable_attrs.posts] == ["a", "b"]
        await session.refresh(ann, ["biography"])
        assert ann.biography is None
        bob = await session.get_one(User, 2)
        assert await session.run_sync(lambda plain: bob.posts) == []
        session.expire(ann)
        assert await ann.awaitable_attrs.name == "ann"
    await engine.dispose()


async def test_transactions(open_engine: Open) -> None:
    engine, maker = await filled(open_engine)
    async with maker() as session:
        async with session.begin():
            session.add(User(id=3, name="cid"))
            with pytest.raises(IntegrityError):
                await add_in_savepoint(session, User(id=4, name="ann"))
            assert session.in_transaction()
            assert not session.in_nested_transaction()
        assert (await session.scalars(select(User.name).order_by(User.id))).all() == ["ann", "bob", "cid"]
        transaction = session.get_transaction()
        assert transaction is not None
        assert transaction.is_active
        await transaction.rollback()
        with pytest.raises(AsyncContextNotStarted):
            await session.begin().commit()
        connection = await session.connection()
        assert await connection.scalar(text("SELECT 1")) == 1
    await engine.dispose()


async def test_a_session_belongs_to_one_task(open_engine: Open) -> None:
    engine, maker = await filled(open_engine)
    async with maker() as session:
        results = await asyncio.gather(session.get(User, 1), session.scalars(select(User)), return_exceptions=True)
        assert sum(isinstance(result, IllegalStateChangeError) for result in results) == 1
        assert await session.get(User, 1)
    await engine.dispose()


async def test_objects_know_their_session(open_engine: Open) -> None:
    engine, maker = await filled(open_engine)
    async with maker() as session:
        ann = await session.get_one(User, 1)
        assert async_object_session(ann) is session
        assert async_session(session.sync_session) is session
        assert inspect(ann).async_session is session
        assert ann in session
        assert AsyncSession.object_session(ann) is session.sync_session
    assert async_object_session(ann) is None
    await engine.dispose()


async def test_a_session_class_of_one_s_own(open_engine: Open) -> None:
    class Special(Session):
        """Routes, say."""

    engine = await open_engine()
    async with AsyncSession(engine, sync_session_class=Special) as session:
        assert isinstance(session.sync_session, Special)
        assert session.get_bind() is engine.sync_engine
    async with AsyncSession(binds={User: engine}) as session:
        assert (await session.scalars(select(User))).all() == []
    await engine.dispose()


async def test_a_session_on_a_connection(open_engine: Open) -> None:
    engine, _ = await filled(open_engine)
    async with engine.connect() as connection:
        transaction = await connection.begin()
        async with AsyncSession(connection, join_transaction_mode="create_savepoint") as session:
            session.add(User(id=9, name="nine"))
            await session.commit()
            assert await session.connection() is connection
        await transaction.rollback()
    async with AsyncSession(engine) as session:
        assert await session.get(User, 9) is None
    await engine.dispose()


async def test_a_registry_has_a_session_per_task(open_engine: Open) -> None:
    engine, maker = await filled(open_engine)
    registry = async_scoped_session(maker, scopefunc=asyncio.current_task)

    async def work(name: str) -> int:
        registry.add(User(name=name))
        await registry.commit()
        number = id(registry())
        await registry.remove()
        return number

    assert len(set(await asyncio.gather(work("x"), work("y")))) <= 2
    assert len((await registry.scalars(select(User))).all()) == 4
    with pytest.raises(InvalidRequestError, match="already present"):
        registry(autoflush=False)
    await registry.remove()
    await engine.dispose()


async def test_all_sessions_are_closed(open_engine: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, maker = await filled(open_engine)
    session = maker()
    found: set[Any] = {session.sync_session.ref}
    monkeypatch.setattr("cormorant.orm.session.session.sessions", found)
    await session.get(User, 1)
    assert session.in_transaction()
    await close_all_sessions()
    assert not session.in_transaction()
    await engine.dispose()


@pytest.mark.parametrize("option", [selectinload, joinedload, subqueryload])
async def test_a_stream_can_be_made_unique_where_no_size_was_asked_for(open_engine: Open, option: Any) -> None:
    _, maker = await filled(open_engine)
    statement = select(User).order_by(User.id).options(option(User.posts))
    async with maker() as session:
        result = await session.stream(statement)
        found = await result.unique().scalars().all()
        assert [(user.name, len(user.posts)) for user in found] == [("ann", 2), ("bob", 0)]
        scalars = await session.stream_scalars(statement)
        assert [user.name async for user in scalars.unique()] == ["ann", "bob"]
        with pytest.raises(InvalidRequestError, match="yield_per"):
            await (await session.stream(statement, execution_options={"yield_per": 1})).unique().all()


def test_what_has_no_async_session() -> None:
    assert async_session(Session()) is None
    assert async_session(User(name="x")) is None  # type: ignore[arg-type]
