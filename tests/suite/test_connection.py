"""Connections and transactions: begin, commit, rollback, savepoints, what a closed or ended one refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cormorant import Column, Connection, Engine, Integer, String, Table, create_engine, func, insert, select, text
from cormorant.exc import IntegrityError, InvalidRequestError, ResourceClosedError
from cormorant.pool import NullPool, QueuePool


@pytest.fixture
def table(create: Callable[..., Table]) -> Table:
    return create("t", Column("id", Integer, primary_key=True), Column("name", String(30)))


def count(engine: Engine, table: Table) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_begin_commits(engine: Engine, table: Table) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table).values(id=1))
    assert count(engine, table) == 1


def test_begin_rolls_back_on_error(engine: Engine, table: Table) -> None:
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:  # noqa: PT012 - the block is what is tested
        connection.execute(insert(table).values(id=1))
        raise ZeroDivisionError
    assert count(engine, table) == 0


def test_connect_rolls_back_without_commit(engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        connection.execute(insert(table).values(id=1))
        assert connection.in_transaction()
    assert count(engine, table) == 0


def test_commit_as_you_go(engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        connection.execute(insert(table).values(id=1))
        connection.commit()
        connection.execute(insert(table).values(id=2))
        connection.rollback()
        connection.execute(insert(table).values(id=3))
        connection.commit()
        assert not connection.in_transaction()
    with engine.connect() as connection:
        assert connection.scalars(select(table.c.id).order_by(table.c.id)).all() == [1, 3]


def test_explicit_transaction(engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        transaction = connection.begin()
        assert transaction.is_active
        connection.execute(insert(table).values(id=1))
        transaction.rollback()
        assert not transaction.is_active
        with connection.begin():
            connection.execute(insert(table).values(id=2))
    assert count(engine, table) == 1


def test_begin_twice_is_an_error(connection: Connection) -> None:
    connection.begin()
    with pytest.raises(InvalidRequestError, match="already"):
        connection.begin()


def test_closed_connection(engine: Engine) -> None:
    connection = engine.connect()
    connection.close()
    assert connection.closed
    with pytest.raises(ResourceClosedError, match="closed"):
        connection.execute(text("select 1"))


def test_transactions_do_not_see_each_other(engine: Engine, table: Table) -> None:
    with engine.begin() as writer:
        writer.execute(insert(table).values(id=1))
        with engine.connect() as reader:
            assert reader.scalar(select(func.count()).select_from(table)) == 0
    assert count(engine, table) == 1


def test_released_savepoint(engine: Engine, table: Table) -> None:
    with engine.begin() as connection:
        with connection.begin_nested():
            connection.execute(insert(table).values(id=1))
        connection.execute(insert(table).values(id=2))
    assert count(engine, table) == 2


def test_savepoint_rolled_back_alone(engine: Engine, table: Table) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table).values(id=1))
        savepoint = connection.begin_nested()
        connection.execute(insert(table).values(id=2))
        assert connection.in_nested_transaction()
        savepoint.rollback()
        assert not connection.in_nested_transaction()
        connection.execute(insert(table).values(id=3))
    with engine.connect() as connection:
        assert connection.scalars(select(table.c.id).order_by(table.c.id)).all() == [1, 3]


def test_released_savepoint_is_lost_with_the_outer_transaction(engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        outer = connection.begin()
        with connection.begin_nested():
            connection.execute(insert(table).values(id=1))
        outer.rollback()
    assert count(engine, table) == 0


def test_savepoints_in_savepoints(engine: Engine, table: Table) -> None:
    with engine.begin() as connection:
        with connection.begin_nested():
            connection.execute(insert(table).values(id=1))
            inner = connection.begin_nested()
            connection.execute(insert(table).values(id=2))
            deepest = connection.begin_nested()
            connection.execute(insert(table).values(id=3))
            deepest.commit()
            inner.rollback()
        connection.execute(insert(table).values(id=4))
    with engine.connect() as connection:
        assert connection.scalars(select(table.c.id).order_by(table.c.id)).all() == [1, 4]


def test_an_error_in_a_savepoint_leaves_the_transaction_usable(engine: Engine, table: Table) -> None:
    with engine.begin() as connection:
        connection.execute(insert(table).values(id=1))
        for _ in range(3):
            with pytest.raises(IntegrityError), connection.begin_nested():  # noqa: PT012 - the block is what is tested
                connection.execute(insert(table).values(id=2))
                connection.execute(insert(table).values(id=1))
        connection.execute(insert(table).values(id=3))
    with engine.connect() as connection:
        assert connection.scalars(select(table.c.id).order_by(table.c.id)).all() == [1, 3]


def test_autocommit(engine: Engine, table: Table) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(insert(table).values(id=1))
        assert count(engine, table) == 1
    with engine.connect() as connection:
        connection.execute(insert(table).values(id=2))
    assert count(engine, table) == 1


def test_unknown_isolation_level_names_the_known_ones(engine: Engine) -> None:
    with pytest.raises(Exception, match="SERIALIZABLE"), engine.connect() as connection:
        connection.execution_options(isolation_level="PRETTY GOOD")


def test_the_pool_gives_the_same_connection_again(database: str) -> None:
    engine = create_engine(database, pool_size=1, max_overflow=0)
    assert isinstance(engine.pool, QueuePool)
    with engine.connect() as connection:
        first = connection.connection.dbapi_connection
        assert engine.pool.checkedout() == 1
    assert engine.pool.checkedout() == 0
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is first
    engine.dispose()


def test_a_returned_connection_is_rolled_back(database: str, engine: Engine, table: Table) -> None:
    single = create_engine(database, pool_size=1, max_overflow=0)
    connection = single.connect()
    connection.execute(insert(table).values(id=1))
    connection.close()
    with single.connect() as again:
        again.commit()
    assert count(engine, table) == 0
    single.dispose()


def test_a_full_pool_times_out(database: str) -> None:
    engine = create_engine(database, pool_size=1, max_overflow=0, pool_timeout=0.05)
    with engine.connect(), pytest.raises(Exception, match="QueuePool limit of size 1 overflow 0 reached"):
        engine.connect()
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1
    engine.dispose()


def test_null_pool(database: str) -> None:
    engine = create_engine(database, poolclass=NullPool)
    for _ in range(2):
        with engine.connect() as connection:
            assert connection.execute(text("select 1")).scalar() == 1


def test_connections_on_many_threads(engine: Engine, table: Table) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with engine.begin() as connection:
        connection.execute(insert(table), [{"id": number, "name": str(number)} for number in range(1, 51)])

    def read(number: int) -> str:
        with engine.connect() as connection:
            return connection.execute(select(table.c.name).where(table.c.id == number)).scalar_one()

    with ThreadPoolExecutor(8) as workers:
        assert list(workers.map(read, range(1, 51))) == [str(number) for number in range(1, 51)]
