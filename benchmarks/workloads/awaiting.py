"""asyncio: W1 and W3 through aiosqlite, on a database file (W16, W16g)."""

from __future__ import annotations

import asyncio
import importlib
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .. import data
from ..registry import Work, raw, workload
from ..sides import Driver, from_sqlite
from .loading import ITEMS, Plain, shuffled


@contextmanager
def filled_file(count: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "items.db"
        driver = Driver(sqlite3.connect(path), "sqlite")
        driver.make_tables()
        driver.fill(count)
        driver.connection.close()
        yield path


def in_session(lib: Any, count: int, work: Callable[[Any], Awaitable[Any]]) -> Work:
    """Time ``work(session)`` on an AsyncSession whose connection is open."""
    _ = lib.models
    ext = importlib.import_module(f"{lib.sa.__name__}.ext.asyncio")
    with filled_file(count) as path, asyncio.Runner() as loop:
        engine = ext.create_async_engine(f"sqlite+aiosqlite:///{path}")
        session = ext.AsyncSession(engine)
        loop.run(session.connection())
        yield
        found = loop.run(as_coroutine(work, session))
        yield
        sum_of_items = data.of_items(found)
        loop.run(session.close())
        loop.run(engine.dispose())
    return sum_of_items


async def as_coroutine(work: Callable[[Any], Awaitable[Any]], subject: Any) -> Any:
    return await work(subject)


def on_driver(count: int, work: Callable[[Any], Awaitable[Any]]) -> Work:
    """Time ``work(connection)`` on a connection of the driver."""
    aiosqlite = importlib.import_module("aiosqlite")

    async def connect(path: Path) -> Any:
        return await aiosqlite.connect(path)

    with filled_file(count) as path, asyncio.Runner() as loop:
        connection = loop.run(connect(path))
        yield
        found = loop.run(as_coroutine(work, connection))
        yield
        loop.run(as_coroutine(lambda connection: connection.close(), connection))
    return data.of_items(found)


@workload("W16", count=50_000, aim=4, expected=3.8, embedded_only=True)
def load_entities_awaited(lib: Any, count: int) -> Work:
    """Load entities of 10 columns through asyncio and aiosqlite.

    ``(await session.scalars(select(Item).order_by(Item.id))).all()`` on a new AsyncSession. The driver: execute and
    fetchall, an object per row, values converted by hand.
    """
    item = lib.models.Item

    async def work(session: Any) -> Any:
        return (await session.scalars(lib.sa.select(item).order_by(item.id))).all()

    return (yield from in_session(lib, count, work))


def made(rows: Any) -> list[Plain]:
    return [Plain(row) for row in from_sqlite(rows)]


@raw("W16")
def load_entities_awaited_raw(side: Any, count: int) -> Work:
    async def work(connection: Any) -> Any:
        cursor = await connection.execute(ITEMS)
        return made(await cursor.fetchall())

    return (yield from on_driver(count, work))


@workload("W16g", count=5_000, aim=1.5, expected=38, embedded_only=True)
def get_cold_awaited(lib: Any, count: int) -> Work:
    """Get every item by key through asyncio and aiosqlite, none of them in the identity map.

    ``await session.get(Item, key)`` in a loop; the objects are kept. The driver: one SELECT by key and an object each.
    """
    item, keys = lib.models.Item, shuffled(count)

    async def work(session: Any) -> Any:
        return [await session.get(item, key) for key in keys]

    return (yield from in_session(lib, count, work))


@raw("W16g")
def get_cold_awaited_raw(side: Any, count: int) -> Work:
    keys = shuffled(count)
    text = ITEMS.replace("ORDER BY id", "WHERE id = ?")

    async def work(connection: Any) -> Any:
        found = []
        for key in keys:
            cursor = await connection.execute(text, (key,))
            found.append(made([await cursor.fetchone()])[0])
            await cursor.close()
        return found

    return (yield from on_driver(count, work))
