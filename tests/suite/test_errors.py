"""The database's refusals: one class for each kind, whatever the driver, with the driver's own error inside."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from cormorant import Column, Connection, Engine, Integer, String, Table, insert, select, table, text
from cormorant.exc import (
    DBAPIError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
    StatementError,
)

from .setting import enforce_references


@pytest.fixture
def thing(create: Callable[..., Table]) -> Table:
    return create("t", Column("id", Integer, primary_key=True), Column("name", String(3), nullable=False))


def test_duplicate_key(thing: Table, connection: Connection) -> None:
    connection.execute(insert(thing).values(id=1, name="a"))
    with pytest.raises(IntegrityError) as caught:
        connection.execute(insert(thing).values(id=1, name="b"))
    error = caught.value
    assert isinstance(error.orig, connection.engine.dialect.dbapi.IntegrityError)
    assert error.statement is not None
    assert "INSERT INTO t" in error.statement
    assert not error.connection_invalidated
    assert error.__cause__ is error.orig
    text_of_error = str(error)
    assert "[SQL: INSERT INTO t" in text_of_error
    assert "[parameters: " in text_of_error
    assert type(error.orig).__name__ in text_of_error.splitlines()[0]


def test_unknown_table(connection: Connection) -> None:
    with pytest.raises((ProgrammingError, OperationalError)) as caught:
        connection.execute(select(text("*")).select_from(table("nowhere")))
    assert "nowhere" in str(caught.value.orig)


def test_syntax_error(connection: Connection) -> None:
    with pytest.raises((ProgrammingError, OperationalError)):
        connection.execute(text("SELEKT 1"))


def test_foreign_key(engine: Engine, create: Callable[..., Table]) -> None:
    create("parent", Column("id", Integer, primary_key=True))
    enforce_references(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER, FOREIGN KEY (p) REFERENCES parent (id))"
        )
        with pytest.raises(IntegrityError):
            connection.exec_driver_sql("INSERT INTO child (id, p) VALUES (1, 99)")


def test_the_connection_works_after_an_error_and_rollback(thing: Table, connection: Connection) -> None:
    with pytest.raises(DBAPIError):
        connection.execute(text("SELEKT 1"))
    connection.rollback()
    assert connection.execute(select(thing)).all() == []


def test_hidden_parameters(database: str) -> None:
    from cormorant import create_engine

    engine = create_engine(database, hide_parameters=True)
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.execute(text("SELECT :secret FROM nowhere"), {"secret": "TOPSECRET"})
    assert "TOPSECRET" not in str(caught.value)
    engine.dispose()


def test_errors_can_be_pickled(connection: Connection) -> None:
    with pytest.raises(DBAPIError) as caught:
        connection.execute(text("SELEKT :x"), {"x": 1})
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is type(caught.value)
    assert again.statement == caught.value.statement
    assert str(again.orig) == str(caught.value.orig)


def test_values_that_the_driver_cannot_bind(thing: Table, connection: Connection) -> None:
    with pytest.raises((StatementError, DBAPIError)):
        connection.execute(insert(thing).values(id=1, name=object()))
    connection.rollback()
    assert connection.execute(select(thing)).all() == []


def test_errors_in_executemany_write_nothing_after_rollback(thing: Table, connection: Connection) -> None:
    rows = [{"id": number, "name": "a"} for number in (1, 2, 3, 1)]
    with pytest.raises(IntegrityError):
        connection.execute(insert(thing), rows)
    connection.rollback()
    assert connection.execute(select(thing)).all() == []


def test_handlers_see_and_replace_errors(engine: Engine) -> None:
    from cormorant import event

    seen = []

    @event.listens_for(engine, "handle_error")
    def note(context):  # type: ignore[no-untyped-def]
        seen.append(type(context.sqlalchemy_exception))
        if "nowhere2" in (context.statement or ""):
            raise LookupError("instead") from context.original_exception

    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(text("SELECT * FROM nowhere1"))
    with engine.connect() as connection, pytest.raises(LookupError, match="instead"):
        connection.execute(text("SELECT * FROM nowhere2"))
    assert len(seen) == 2
    assert all(issubclass(kind, DBAPIError) for kind in seen)
