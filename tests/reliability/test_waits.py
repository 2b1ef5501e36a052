"""No unlimited wait: with `network_timeout` every call comes back from a peer that is half open, on every driver."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from cormorant import create_engine, make_url, select, text
from cormorant.exc import ArgumentError, DBAPIError, PendingRollbackError
from cormorant.ext.asyncio import create_async_engine
from cormorant.orm import Session
from tests.suite.proxy import Proxy

LIMIT = 1.0
SLACK = 1.5
"""A second as promised, and what a busy machine adds."""
DRIVERS = {"postgresql+psycopg": "postgresql", "mysql+pymysql": "mariadb"}
AWAITED = {"postgresql+psycopg_async": "postgresql", "postgresql+asyncpg": "postgresql", "mysql+aiomysql": "mariadb"}


@pytest.fixture
def through(request: pytest.FixtureRequest) -> Iterator[tuple[Proxy, Any]]:
    """A proxy, and the URL of a driver through it."""
    drivername = request.param
    url = make_url(request.getfixturevalue(f"{(DRIVERS | AWAITED)[drivername]}_url"))
    with Proxy(url.host or "", url.port or 0) as proxy:
        yield proxy, url.set(drivername=drivername, port=proxy.port)


def in_time(work: Callable[[], Any], limit: float = LIMIT + SLACK) -> float:
    """Run what must not take longer; return what it took."""
    begin = time.monotonic()
    work()
    took = time.monotonic() - begin
    assert took <= limit
    return took


def fails(work: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        with pytest.raises(DBAPIError) as caught:
            work()
        assert caught.value.connection_invalidated

    return run


@pytest.mark.parametrize("through", DRIVERS, indirect=True)
def test_statement_commit_and_the_next_checkout(through: tuple[Proxy, Any]) -> None:
    proxy, url = through
    engine = create_engine(url, network_timeout=LIMIT, pool_size=2)
    times = []
    with engine.connect() as connection, Session(engine) as session:
        connection.execute(select(1))
        session.execute(select(1))
        proxy.is_silent = True
        times.append(in_time(fails(lambda: connection.execute(select(2)))))
        with pytest.raises(PendingRollbackError):
            connection.execute(select(3))
        times.append(in_time(connection.rollback))
        times.append(in_time(is_unknown(session.commit)))
        times.append(in_time(session.rollback))
    times.append(in_time(fails_to_connect(engine)))
    times.append(in_time(engine.dispose))
    proxy.is_silent = False
    with engine.connect() as connection:
        assert connection.scalar(select(4)) == 4
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    engine.dispose()
    print(f"{url.drivername}: " + ", ".join(f"{took:.2f} s" for took in times))


def is_unknown(commit: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        with pytest.raises(DBAPIError) as caught:
            commit()
        assert caught.value.commit_outcome_unknown

    return run


def fails_to_connect(engine: Any) -> Callable[[], None]:
    def run() -> None:
        with pytest.raises(DBAPIError):
            engine.connect()

    return run


@pytest.mark.parametrize("through", DRIVERS, indirect=True)
def test_the_ping_of_a_pool(through: tuple[Proxy, Any]) -> None:
    proxy, url = through
    engine = create_engine(url, network_timeout=LIMIT, pool_pre_ping=True, pool_pre_ping_timeout=0.5)
    with engine.connect() as connection:
        connection.execute(select(1))
    proxy.is_silent = True
    in_time(fails_to_connect(engine), 0.5 + 2 * LIMIT + SLACK)
    proxy.is_silent = False
    with engine.connect() as connection:
        assert connection.scalar(select(4)) == 4
    engine.dispose()


@pytest.mark.parametrize("through", DRIVERS, indirect=True)
def test_a_slow_answer_in_time_is_no_error(through: tuple[Proxy, Any]) -> None:
    _, url = through
    engine = create_engine(url, network_timeout=LIMIT)
    sleep = "SELECT pg_sleep(0.3)" if url.drivername.startswith("postgresql") else "SELECT SLEEP(0.3)"
    with engine.connect() as connection:
        for _ in range(5):
            connection.execute(text(sleep))
    engine.dispose()


@pytest.mark.parametrize("through", AWAITED, indirect=True)
def test_awaited(through: tuple[Proxy, Any]) -> None:
    proxy, url = through

    async def within(awaitable: Awaitable[Any]) -> None:
        begin = time.monotonic()
        with pytest.raises(DBAPIError):
            await awaitable
        assert time.monotonic() - begin <= LIMIT + SLACK

    async def main() -> None:
        engine = create_async_engine(url, network_timeout=LIMIT)
        async with engine.connect() as connection, engine.connect() as other:
            await connection.execute(select(1))
            await other.execute(select(1))
            proxy.is_silent = True
            await within(connection.execute(select(2)))
            assert connection.invalidated
            await connection.rollback()
            await within(other.commit())
            await other.rollback()
        proxy.is_silent = False
        async with engine.connect() as connection:
            assert await connection.scalar(select(4)) == 4
        await engine.dispose()

    asyncio.run(main())


@pytest.mark.parametrize("value", [0, -1, "1", True])
def test_what_is_no_time(value: Any, postgresql_url: str) -> None:
    with pytest.raises(ArgumentError, match="network_timeout is a positive number of seconds"):
        create_engine(postgresql_url, network_timeout=value)


def test_where_there_is_no_network() -> None:
    with pytest.raises(ArgumentError, match="does not talk to a server"):
        create_engine("sqlite://", network_timeout=1)
