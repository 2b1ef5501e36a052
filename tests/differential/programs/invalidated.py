"""Connections that were given up inside transactions and savepoints: errors and events until all is rolled back."""

from __future__ import annotations

from typing import Any

from ..registry import program


def listen(sa: Any, engine: Any, log: Any) -> None:
    def telling(name: str) -> Any:
        return lambda *_: log("event", name)

    for name in ("rollback", "commit", "begin", "savepoint", "rollback_savepoint", "release_savepoint"):
        sa.event.listen(engine, name, telling(name))


@program
def inside_a_savepoint(sa: Any, orm: Any, log: Any) -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        connection.begin()
        savepoint = connection.begin_nested()
        connection.invalidate()
        for step in (
            lambda: connection.execute(sa.text("select 1")),
            savepoint.commit,
            savepoint.rollback,
            lambda: connection.execute(sa.text("select 1")),
            connection.commit,
            connection.rollback,
            lambda: connection.scalar(sa.text("select 1")),
        ):
            try:
                log("done", step())
            except sa.exc.PendingRollbackError as error:
                log("refused", str(error).partition(" is rolled back")[0])


@program
def events_of_the_end(sa: Any, orm: Any, log: Any) -> None:
    engine = sa.create_engine("sqlite://")
    listen(sa, engine, log)
    with engine.connect() as connection:
        connection.execute(sa.text("select 1"))
        connection.invalidate()
        connection.rollback()
        connection.execute(sa.text("select 1"))
        savepoint = connection.begin_nested()
        connection.invalidate()
        savepoint.rollback()
        connection.rollback()
        connection.execute(sa.text("select 1"))
        connection.invalidate()
    log("closed")


@program
def what_is_begun_twice(sa: Any, orm: Any, log: Any) -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        connection.execute(sa.text("select 1"))
        for step in (connection.begin, lambda: connection.execution_options(isolation_level="SERIALIZABLE")):
            try:
                step()
            except sa.exc.InvalidRequestError as error:
                log("refused", str(error).partition(" via ")[0])
