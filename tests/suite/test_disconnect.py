"""Connections that the server ended: what is noticed, what is thrown away, what works again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Connection, Engine, Integer, Table, create_engine, insert, select, text, true
from cormorant.exc import DBAPIError, PendingRollbackError
from cormorant.orm import Session, aliased

from .models import User

BACKEND_NUMBER = {"postgresql": "SELECT pg_backend_pid()", "mysql": "SELECT CONNECTION_ID()"}
END_BACKEND = {"postgresql": "SELECT pg_terminate_backend({})", "mysql": "KILL CONNECTION {}"}


def note_session(connection: Connection) -> Callable[[], None]:
    """Return what ends a connection from outside: on the server, or, where there is none, the file below it."""
    engine, name = connection.engine, connection.dialect.name
    if name not in BACKEND_NUMBER:
        return connection.connection.dbapi_connection.close
    number = connection.exec_driver_sql(BACKEND_NUMBER[name]).scalar()

    def end() -> None:
        other = create_engine(engine.url)
        with other.connect() as killer:
            killer.exec_driver_sql(END_BACKEND[name].format(number))
        other.dispose()

    return end


def end_session(connection: Connection) -> None:
    """End a connection from outside."""
    note_session(connection)()


@pytest.fixture
def table(create: Callable[..., Table]) -> Table:
    return create("t", Column("id", Integer, primary_key=True))


def test_an_ended_session_is_an_invalidated_connection(engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        connection.execute(insert(table).values(id=1))
        end_session(connection)
        with pytest.raises(DBAPIError) as caught:
            connection.execute(select(table))
        assert caught.value.connection_invalidated
        assert connection.invalidated
        with pytest.raises(PendingRollbackError, match="rolled back"):
            connection.execute(select(table))
        connection.rollback()
        assert connection.execute(select(table)).all() == []


def end_idle_connections(engine: Engine, number: int) -> list[Any]:
    """Fill the pool with connections and end them all; return the driver's connections."""
    connections = [engine.connect() for _ in range(number)]
    ends = [note_session(connection) for connection in connections]
    driver_connections = [connection.connection.dbapi_connection for connection in connections]
    for connection in connections:
        connection.close()
    for end in ends:
        end()
    return driver_connections


def test_the_whole_pool_is_renewed_after_one_error(engine: Engine, table: Table) -> None:
    end_idle_connections(engine, 4)
    errors = []
    for _ in range(10):
        try:
            with engine.connect() as connection:
                connection.execute(select(table)).all()
        except DBAPIError as error:
            errors.append(error.connection_invalidated)
    assert errors == [True]


def test_pre_ping_replaces_ended_connections_silently(database: str, table: Table) -> None:
    pinging = create_engine(database, pool_pre_ping=True)
    ended = end_idle_connections(pinging, 4)
    for _ in range(10):
        with pinging.connect() as connection:
            assert connection.connection.dbapi_connection not in ended
            assert connection.execute(select(table)).all() == []
    pinging.dispose()


def test_invalidate(engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        before = connection.connection.dbapi_connection
        connection.invalidate()
        assert connection.invalidated
        assert connection.execute(select(table)).all() == []
        assert connection.connection.dbapi_connection is not before


def test_a_session_asks_for_rollback_and_goes_on(tables: Engine) -> None:
    with Session(tables) as session:
        session.add(User(id=1, name="lost"))
        session.flush()
        end_session(session.connection())
        with pytest.raises(DBAPIError) as caught:
            session.scalars(select(User).where(User.id == 2)).all()
        assert caught.value.connection_invalidated
        with pytest.raises(PendingRollbackError):
            session.scalars(select(User).where(User.id == 2)).all()
        session.rollback()
        session.add(User(id=2, name="kept"))
        session.commit()
        assert session.scalars(select(User.name)).all() == ["kept"]


@pytest.mark.parametrize("size", [None, 10])
def test_a_stream_that_is_cut_off(tables: Engine, size: int | None) -> None:
    with tables.begin() as connection:
        connection.execute(insert(User), [{"id": n, "name": "x" * 60} for n in range(1, 301)])
    once_for_each = select(User).join(aliased(User), true()).join(aliased(User), true()).limit(900_000)
    options: dict[str, Any] = {"stream_results": True} if size is None else {"yield_per": size}
    with Session(tables) as session:
        end = note_session(session.connection())
        connection = session.connection()
        users = iter(session.scalars(once_for_each, execution_options=options))
        next(users)
        end()
        with pytest.raises(DBAPIError) as caught:
            for _ in users:
                pass
        assert caught.value.connection_invalidated
        assert "user_account" in (caught.value.statement or "")
        assert connection.invalidated
        with pytest.raises(PendingRollbackError):
            session.scalars(select(User.id)).all()
        session.rollback()
        assert len(session.scalars(select(User)).all()) == 300
    assert tables.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_commit_on_an_ended_session_does_not_tell_its_outcome(engine: Engine, table: Table) -> None:
    with engine.connect() as connection:
        connection.execute(insert(table).values(id=1))
        end_session(connection)
        with pytest.raises(DBAPIError) as caught:
            connection.commit()
        assert caught.value.connection_invalidated
        assert caught.value.commit_outcome_unknown


def test_connections_are_returned_after_errors(database: str) -> None:
    engine = create_engine(database, pool_size=1, max_overflow=0, pool_timeout=1)
    for _ in range(5):
        with pytest.raises(DBAPIError), engine.connect() as connection:
            connection.execute(text("SELECT * FROM nowhere"))
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(text("SELECT * FROM nowhere"))
    assert engine.pool.checkedout() == 0
    engine.dispose()
