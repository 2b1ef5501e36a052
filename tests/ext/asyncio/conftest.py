"""Fixtures for tests of the asyncio layer: an event loop per test, engines on each kind of database."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from cormorant.ext.asyncio import AsyncEngine, create_async_engine

from .models import Base

DRIVERS = {"sqlite": "aiosqlite", "postgresql": "asyncpg", "mysql": "aiomysql"}


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    asyncio.run(pyfuncitem.obj(**arguments), debug=False)
    return True


@pytest.fixture
def address(database: str) -> str:
    """The URL of an empty database with an awaited driver."""
    scheme, _, rest = database.partition("://")
    kind = scheme.partition("+")[0]
    return f"{kind}+{DRIVERS[kind]}://{rest}"


@pytest.fixture
def open_engine(address: str) -> Callable[..., Awaitable[AsyncEngine]]:
    """A function that makes an engine on a database with the tables of models.py; the test disposes of it."""

    async def make(**options: Any) -> AsyncEngine:
        engine = create_async_engine(address, **options)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        return engine

    return make


async def collect(iterator: AsyncIterator[Any]) -> list[Any]:
    """Return all that an asynchronous iterator gives."""
    return [each async for each in iterator]
