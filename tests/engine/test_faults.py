"""Every call of the driver may fail: for n = 1, 2, ... the n-th one does, until the work gets through."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import exc
from cormorant.dialects.sqlite.driver import PysqliteDriver
from cormorant.dialects.sqlite.entry import ENTRY
from cormorant.engine import Connection, DialectEntry, Engine, create_engine
from cormorant.engine.driver import Verdict
from cormorant.engine.registry import register
from cormorant.schema import Column, MetaData, Table
from cormorant.sql.expression import insert, select, text, update
from cormorant.types import Integer


class Fault:
    """Counts the calls of the driver and lets one of them fail."""

    calls = 0
    at = 0
    error: Callable[[], BaseException] = RuntimeError

    def __call__(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise self.error()


fault = Fault()


def failing(method: Callable[..., Any]) -> Any:
    def call(*args: Any, **kwargs: Any) -> Any:
        fault()
        return method(*args, **kwargs)

    return call


class FaultyCursor(sqlite3.Cursor):
    execute = failing(sqlite3.Cursor.execute)
    executemany = failing(sqlite3.Cursor.executemany)
    fetchall = failing(sqlite3.Cursor.fetchall)
    fetchmany = failing(sqlite3.Cursor.fetchmany)
    fetchone = failing(sqlite3.Cursor.fetchone)
    close = failing(sqlite3.Cursor.close)


class FaultyConnection(sqlite3.Connection):
    execute = failing(sqlite3.Connection.execute)
    commit = failing(sqlite3.Connection.commit)
    rollback = failing(sqlite3.Connection.rollback)
    close = failing(sqlite3.Connection.close)

    def cursor(self, factory: Any = FaultyCursor) -> Any:
        fault()
        return super().cursor(factory)


class FaultyDriver(PysqliteDriver):
    is_fatal = False

    def connect(self, *args: Any, **kwargs: Any) -> Any:
        fault()
        return super().connect(*args, factory=FaultyConnection, **kwargs)

    def set_up(self, dbapi_connection: Any) -> None:
        """Nothing that counts."""

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        return Verdict(is_disconnect=self.is_fatal)


register("faulty", DialectEntry(ENTRY.make_dialect, {"faulty": FaultyDriver}, "faulty"))
table = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("a", Integer))


@pytest.fixture
def engine(sqlite_url: str, caplog: pytest.LogCaptureFixture) -> Iterator[Engine]:
    fault.calls = fault.at = 0
    caplog.set_level(logging.CRITICAL, "cormorant.pool")  # what is logged is kept, and would keep connections open
    made = create_engine("faulty" + sqlite_url.removeprefix("sqlite"), pool_size=2, max_overflow=0, pool_timeout=0.1)
    table.metadata.create_all(made)
    yield made
    fault.at = 0
    made.dispose()


def read_and_write(connection: Connection) -> None:
    connection.execute(insert(table), {"a": 1})
    connection.execute(insert(table), [{"a": 2}, {"a": 3}])
    connection.execute(insert(table).returning(table.c.id), [{"a": 4}, {"a": 5}]).all()
    connection.execute(select(table)).all()
    connection.execute(select(table)).first()
    for _ in connection.execute(select(table.c.a)):
        pass
    connection.execute(update(table).values(a=6))


def in_a_transaction(engine: Engine) -> None:
    with engine.begin() as connection:
        read_and_write(connection)


def with_savepoints(engine: Engine) -> None:
    with engine.connect() as connection:
        with connection.begin_nested():
            connection.execute(insert(table), {"a": 1})
        savepoint = connection.begin_nested()
        connection.execute(insert(table), {"a": 2})
        savepoint.rollback()
        connection.commit()
        connection.execute(select(table)).partitions(1)
        connection.rollback()


def by_steps(engine: Engine) -> None:
    connection = engine.connect()
    try:
        connection.begin()
        connection.execute(text("INSERT INTO t (a) VALUES (1)"))
        connection.commit()
    finally:
        connection.close()


@pytest.mark.parametrize("is_fatal", [False, True], ids=["error", "lost"])
@pytest.mark.parametrize("error", [lambda: sqlite3.OperationalError("fault"), lambda: MemoryError(), KeyboardInterrupt])
@pytest.mark.parametrize("work", [in_a_transaction, with_savepoints, by_steps])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_every_call(engine: Engine, work: Callable[[Engine], None], error: Any, is_fatal: bool) -> None:
    engine._driver.is_fatal = is_fatal  # type: ignore[attr-defined]
    fault.error = error
    for number in range(1, 500):
        fault.calls, fault.at = 0, number
        with contextlib.suppress(
            exc.StatementError, exc.InvalidRequestError, sqlite3.Error, MemoryError, KeyboardInterrupt
        ):
            work(engine)
        is_through = fault.calls < number
        fault.at = 0
        assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
        if is_through:
            return
        with engine.begin() as connection:
            assert connection.scalar(text("SELECT count(*) FROM t")) >= 0
            connection.execute(text("DELETE FROM t"))
    pytest.fail("the work never got through")
