"""What becomes of a driver's error: lost connections, unknown commits, dead transactions, listeners."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import event, exc
from cormorant.dialects.sqlite.driver import PysqliteDriver
from cormorant.dialects.sqlite.entry import ENTRY
from cormorant.engine import Connection, DialectEntry, Engine, create_engine
from cormorant.engine.driver import Verdict
from cormorant.engine.registry import register
from cormorant.schema import Column, MetaData, Table
from cormorant.sql.expression import func, insert, select, text, update
from cormorant.types import Integer


class Fragile(PysqliteDriver):
    """SQLite behind a network: errors that say "lost" or "deadlock" mean that."""

    next_commit: BaseException | None = None

    def do_commit(self, dbapi_connection: Any) -> None:
        error, self.next_commit = self.next_commit, None
        if error is not None:
            raise error
        super().do_commit(dbapi_connection)

    def judge(self, error: BaseException, dbapi_connection: Any) -> Verdict:
        return Verdict("lost" in str(error), "deadlock" in str(error))


register("fragile", DialectEntry(ENTRY.make_dialect, {"net": Fragile}, "net"))


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    made = create_engine("fragile" + sqlite_url.removeprefix("sqlite"))
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER)")
    yield made
    made.dispose()


def fail(engine: Engine, message: str, error: type[BaseException] = sqlite3.OperationalError) -> None:
    """Let the next statement fail."""

    def raise_it(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        raise error(message)

    event.listen(engine, "before_cursor_execute", raise_it, once=True)


def test_a_lost_connection(engine: Engine) -> None:
    with engine.connect() as idle, engine.connect() as connection:
        old = [idle.connection.dbapi_connection, connection.connection.dbapi_connection]
        idle.close()
        connection.execute(text("INSERT INTO t VALUES (1)"))
        fail(engine, "lost")
        with pytest.raises(exc.OperationalError) as caught:
            connection.execute(text("SELECT 1"))
        assert caught.value.connection_invalidated
        assert not caught.value.commit_outcome_unknown
        assert connection.invalidated
        with pytest.raises(exc.PendingRollbackError, match="Can't reconnect until invalid transaction is rolled back"):
            connection.execute(text("SELECT 1"))
        connection.rollback()
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0
        with engine.connect() as other:
            new = [connection.connection.dbapi_connection, other.connection.dbapi_connection]
        assert not {id(one) for one in old} & {id(one) for one in new}


def test_an_error_that_is_no_loss(engine: Engine) -> None:
    with engine.connect() as connection:
        fail(engine, "no luck")
        with pytest.raises(exc.OperationalError) as caught:
            connection.execute(text("SELECT 1"))
        assert not caught.value.connection_invalidated
        assert not connection.invalidated
        assert connection.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize(("message", "is_unknown"), [("lost", True), ("constraint", False)])
def test_the_outcome_of_a_commit(engine: Engine, message: str, is_unknown: bool) -> None:
    driver = engine._driver
    assert isinstance(driver, Fragile)
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
        driver.next_commit = sqlite3.OperationalError(message)
        with pytest.raises(exc.OperationalError) as caught:
            connection.commit()
        assert caught.value.commit_outcome_unknown is is_unknown
        assert connection.invalidated is is_unknown
        with pytest.raises(exc.PendingRollbackError):
            connection.execute(text("SELECT 1"))
        with pytest.raises(exc.PendingRollbackError):
            connection.commit()
        connection.rollback()
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0


def test_a_dead_transaction(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO t VALUES (1)"))
        savepoint = connection.begin_nested()
        fail(engine, "deadlock")
        with pytest.raises(exc.OperationalError) as caught:
            connection.execute(text("SELECT 1"))
        first = caught.value
        uses = (lambda: connection.execute(text("SELECT 1")), connection.commit, connection.begin_nested)
        for use in (*uses, lambda: connection.execute(insert(accounts), [{"id": 1}, {"id": 2}])):
            with pytest.raises(exc.PendingRollbackError, match="deadlock") as refused:
                use()
            assert refused.value.__cause__ is first
        savepoint.rollback()
        with pytest.raises(exc.PendingRollbackError):
            connection.execute(text("SELECT 1"))
        connection.rollback()
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0


def test_a_dead_transaction_in_blocks(engine: Engine) -> None:
    def work(connection: Connection) -> None:
        connection.execute(text("INSERT INTO t VALUES (1)"))
        with connection.begin_nested():
            fail(engine, "deadlock")
            connection.execute(text("SELECT 1"))

    with pytest.raises(exc.OperationalError), engine.begin() as connection:
        work(connection)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interrupted_connection_is_not_used_again(engine: Engine, error: type[BaseException]) -> None:
    with engine.connect() as connection:
        fail(engine, "now", error)
        with pytest.raises(error):
            connection.execute(text("SELECT 1"))
        assert connection.invalidated
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_listeners_see_and_replace_errors(engine: Engine) -> None:
    told: list[Any] = []

    def watch(context: Any) -> None:
        told.append(context)

    def replace(context: Any) -> BaseException:
        return LookupError("mine")

    event.listen(engine, "handle_error", watch)
    with engine.connect() as connection, pytest.raises(exc.OperationalError):
        connection.execute(text("selec :a"), {"a": 1})
    (context,) = told
    assert (context.statement, context.parameters, context.is_disconnect) == ("selec ?", (1,), False)
    assert isinstance(context.original_exception, sqlite3.OperationalError)
    assert isinstance(context.sqlalchemy_exception, exc.OperationalError)
    event.listen(engine, "handle_error", replace)
    with engine.connect() as connection, pytest.raises(LookupError, match="mine") as caught:
        connection.execute(text("selec"))
    assert isinstance(caught.value.__cause__, sqlite3.OperationalError)


def test_a_listener_decides_what_is_a_disconnect(engine: Engine) -> None:
    def decide(context: Any) -> None:
        context.is_disconnect = True

    event.listen(engine, "handle_error", decide)
    with engine.connect() as connection:
        with pytest.raises(exc.OperationalError):
            connection.execute(text("selec"))
        assert connection.invalidated


def test_an_error_while_connecting() -> None:
    engine = create_engine("sqlite:////nowhere/at/all.db")
    with pytest.raises(exc.OperationalError, match="unable to open database file"):
        engine.connect()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


# on real servers

accounts = Table(
    "accounts", MetaData(), Column("id", Integer, primary_key=True, autoincrement=False), Column("sum", Integer)
)


def test_a_deadlock_leaves_nothing_behind(mariadb_url: str) -> None:
    engine = create_engine(mariadb_url)
    accounts.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(accounts), [{"id": number, "sum": 100} for number in (1, 2, 3)])

    def give(connection: Any, number: int, amount: int) -> None:
        changed = update(accounts).where(accounts.c.id == number).values(sum=accounts.c.sum + amount)
        connection.execute(changed)

    with engine.connect() as heavy, engine.connect() as victim:
        give(heavy, 1, 1)
        give(heavy, 3, -2)
        give(victim, 2, -50)
        thread = threading.Thread(target=give, args=(heavy, 2, 1))
        thread.start()
        time.sleep(0.3)
        with pytest.raises(exc.OperationalError) as caught:
            give(victim, 1, 50)
        assert caught.value.orig.args[0] == 1213
        thread.join()
        heavy.commit()
        for use in (lambda: give(victim, 1, 50), victim.commit, victim.begin_nested):
            with pytest.raises(exc.PendingRollbackError, match="1213"):
                use()
        victim.rollback()
        assert victim.scalar(select(func.sum(accounts.c.sum))) == 300
    engine.dispose()


def test_killed_connections_cost_one_error(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url, pool_size=5)
    admin = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    held = [engine.connect() for _ in range(5)]
    numbers = [connection.scalar(text("SELECT pg_backend_pid()")) for connection in held]
    for connection in held:
        connection.close()
    with admin.connect() as connection:
        for number in numbers:
            connection.execute(text("SELECT pg_terminate_backend(:n)"), {"n": number}).all()
    with engine.connect() as connection, pytest.raises(exc.OperationalError) as caught:
        connection.execute(text("SELECT 1"))
    assert caught.value.connection_invalidated
    for _ in range(10):
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    engine.dispose()
    admin.dispose()


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_pre_ping_notices_killed_connections(kind: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue(f"{kind}_url")
    engine = create_engine(url, pool_size=1, pool_pre_ping=True)
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    own, kill = {
        "postgresql": ("SELECT pg_backend_pid()", "SELECT pg_terminate_backend(:n)"),
        "mariadb": ("SELECT connection_id()", "KILL :n"),
    }[kind]
    for _ in range(3):
        with engine.connect() as connection:
            number = connection.scalar(text(own))
        with admin.connect() as connection:
            connection.execute(text(kill), {"n": number})
        time.sleep(0.05)
        with engine.connect() as connection:
            assert connection.scalar(text(own)) != number
    engine.dispose()
    admin.dispose()
