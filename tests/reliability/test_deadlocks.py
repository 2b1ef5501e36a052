"""No half transaction: after the server has rolled back everything (MariaDB, error 1213), nothing goes on by itself."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import Engine, bindparam, create_engine, insert, make_url, select, update
from cormorant.exc import OperationalError, PendingRollbackError
from cormorant.ext.asyncio import AsyncConnection, AsyncSession, create_async_engine
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column

TOTAL = 300


class Base(DeclarativeBase):
    """The registry of these tests."""


class Account(Base):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    amount: Mapped[int]


accounts = Account.__table__
CHANGE = update(accounts).where(accounts.c.id == bindparam("key")).values(amount=accounts.c.amount + bindparam("more"))


@pytest.fixture
def engine(mariadb_url: str) -> Iterator[Engine]:
    engine = create_engine(mariadb_url)
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


class Opponent:
    """Another transaction: it holds account 1 and much more, and wants account 2, which the victim holds."""

    def __init__(self, engine: Engine) -> None:
        with Session(engine) as session:
            session.merge_all([Account(id=1, amount=100), Account(id=2, amount=100), Account(id=3, amount=100)])
            session.commit()
        self.connection = engine.connect()
        self.connection.execute(CHANGE, {"key": 1, "more": 0})
        self.connection.execute(insert(accounts), [{"id": number, "amount": 0} for number in range(100, 150)])
        self.thread = threading.Thread(target=self.ask)

    def ask(self) -> None:
        self.connection.execute(CHANGE, {"key": 2, "more": 0})

    def start(self) -> None:
        self.thread.start()
        time.sleep(0.2)

    def end(self) -> None:
        self.thread.join()
        self.connection.rollback()
        self.connection.close()


@pytest.fixture
def opponent(engine: Engine) -> Callable[[], Opponent]:
    return lambda: Opponent(engine)


def total(engine: Engine) -> int:
    with engine.connect() as connection:
        return sum(connection.scalars(select(accounts.c.amount)))


def refused(work: Callable[[], Any]) -> None:
    """Everything but a rollback is refused, with the deadlock as the reason."""
    with pytest.raises(PendingRollbackError, match="1213"):
        work()


def on_a_connection(engine: Engine, opponent: Opponent) -> None:
    with engine.connect() as connection:
        connection.execute(CHANGE, {"key": 2, "more": -50})
        opponent.start()
        with pytest.raises(OperationalError, match="1213"):
            connection.execute(CHANGE, {"key": 1, "more": 50})
        for _ in range(2):
            refused(lambda: connection.execute(CHANGE, {"key": 1, "more": 50}))
            refused(connection.begin_nested)
            refused(connection.commit)
        connection.rollback()
        opponent.end()
        connection.execute(CHANGE, {"key": 1, "more": 1})
        connection.execute(CHANGE, {"key": 2, "more": -1})
        connection.commit()


def in_a_savepoint(engine: Engine, opponent: Opponent) -> None:
    with engine.connect() as connection:
        connection.execute(CHANGE, {"key": 2, "more": -50})
        opponent.start()
        with pytest.raises(OperationalError, match="1213"), connection.begin_nested():
            connection.execute(CHANGE, {"key": 1, "more": 50})
        refused(lambda: connection.execute(CHANGE, {"key": 1, "more": 50}))
        refused(connection.commit)
        connection.rollback()
        opponent.end()


def in_a_session(engine: Engine, opponent: Opponent) -> None:
    with Session(engine) as session:
        first, second = session.get_one(Account, 1), session.get_one(Account, 2)
        second.amount -= 50
        session.flush()
        opponent.start()
        first.amount += 50
        with pytest.raises(OperationalError, match="1213"):
            session.flush()
        refused(lambda: session.execute(select(Account)))
        refused(session.commit)
        session.rollback()
        opponent.end()
        assert (first.amount, second.amount) == (100, 100)


def in_a_session_with_a_savepoint(engine: Engine, opponent: Opponent) -> None:
    with Session(engine) as session:
        session.execute(CHANGE, {"key": 2, "more": -50})
        opponent.start()
        with pytest.raises(OperationalError, match="1213"), session.begin_nested():
            session.execute(CHANGE, {"key": 1, "more": 50})
        refused(lambda: session.execute(CHANGE, {"key": 1, "more": 50}))
        refused(session.begin_nested)
        refused(session.commit)
        session.rollback()
        opponent.end()


def with_asyncio(engine: Engine, opponent: Opponent) -> None:
    async def work(connection: AsyncConnection | AsyncSession) -> None:
        await connection.execute(CHANGE, {"key": 2, "more": -50})
        await asyncio.to_thread(opponent.start)
        with pytest.raises(OperationalError, match="1213"):
            await connection.execute(CHANGE, {"key": 1, "more": 50})
        for _ in range(2):
            with pytest.raises(PendingRollbackError, match="1213"):
                await connection.execute(CHANGE, {"key": 1, "more": 50})
            with pytest.raises(PendingRollbackError, match="1213"):
                await connection.commit()
        await connection.rollback()
        await asyncio.to_thread(opponent.end)

    async def main() -> None:
        awaited = create_async_engine(make_url(engine.url).set(drivername="mysql+aiomysql"))
        async with AsyncSession(awaited) as session:
            await work(session)
        await awaited.dispose()

    asyncio.run(main())


@pytest.mark.parametrize(
    "layer", [on_a_connection, in_a_savepoint, in_a_session, in_a_session_with_a_savepoint, with_asyncio]
)
def test_the_sum_stays(engine: Engine, opponent: Callable[[], Opponent], layer: Any, times: Any) -> None:
    count = times(2, 300)
    for _ in range(count):
        layer(engine, opponent())
        assert total(engine) == TOTAL
    print(f"{layer.__name__}: {count} deadlocks, sum {TOTAL}")
