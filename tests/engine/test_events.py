"""Listeners of engines and connections: which events, in which order, with what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import event, exc
from cormorant.engine import Connection, Engine, create_engine
from cormorant.sql.expression import literal, select, text


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = create_engine("sqlite://")
    yield made
    made.dispose()


def note_all(target: Any, names: list[str]) -> list[str]:
    seen: list[str] = []
    for name in names:
        event.listen(target, name, lambda *arguments, name=name: seen.append(name))
    return seen


NAMES = [
    "engine_connect", "begin", "commit", "rollback", "savepoint", "release_savepoint", "rollback_savepoint",
    "before_execute", "after_execute", "before_cursor_execute", "after_cursor_execute",
    "set_connection_execution_options", "engine_disposed",
]  # fmt: skip
CURSOR = ["before_cursor_execute", "after_cursor_execute"]
STATEMENT = ("before_execute", *CURSOR, "after_execute")


def test_the_order_of_events(engine: Engine) -> None:
    seen = note_all(engine, NAMES)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.commit()
        savepoint = connection.begin_nested()
        savepoint.commit()
        connection.begin_nested().rollback()
        connection.execution_options(a=1)
        connection.exec_driver_sql("SELECT 1")
    engine.dispose()
    assert seen == [
        "engine_connect", "before_execute", "begin", *CURSOR, "after_execute", "commit",
        "begin", "savepoint", *STATEMENT, "release_savepoint", *STATEMENT,
        "savepoint", *STATEMENT, "rollback_savepoint", *STATEMENT,
        "set_connection_execution_options", *CURSOR, "rollback", "engine_disposed",
    ]  # fmt: skip


def test_statements_and_parameters_can_be_changed(engine: Engine) -> None:
    def change_text(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> Any:
        return f"{statement} + 1", parameters

    def change_statement(conn: Any, statement: Any, multiparams: Any, params: Any, options: Any) -> Any:
        return text("SELECT :a"), multiparams, {"a": 10 * params["a"]}

    event.listen(engine, "before_cursor_execute", change_text, retval=True)
    event.listen(engine, "before_execute", change_statement, retval=True)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT :a"), {"a": 2}) == 21


def test_what_a_listener_returns_is_ignored_otherwise(engine: Engine) -> None:
    event.listen(engine, "before_cursor_execute", lambda *arguments: ("SELECT 'changed'", ()))
    with engine.connect() as connection:
        assert connection.scalar(select(literal(1))) == 1


def test_the_context(engine: Engine) -> None:
    told: list[Any] = []
    event.listen(engine, "after_cursor_execute", lambda *arguments: told.append(arguments[4]))
    with engine.connect() as connection:
        connection.execute(text("SELECT :a"), {"a": 1}, execution_options={"x": 2})
        connection.exec_driver_sql("CREATE TABLE t (a)")
        connection.execute(text("INSERT INTO t VALUES (:a)"), [{"a": 1}, {"a": 2}])
    first, second, third = told
    assert (first.statement, first.parameters, first.execution_options) == ("SELECT ?", [(1,)], {"x": 2})
    assert (first.compiled.string, first.is_text, first.executemany) == ("SELECT ?", True, False)
    assert (second.compiled, second.isinsert) == (None, False)
    assert (third.executemany, third.parameters) == (True, [(1,), (2,)])


def test_a_connection_has_listeners_of_its_own(engine: Engine) -> None:
    seen: list[str] = []
    with engine.connect() as connection, engine.connect() as other:
        event.listen(engine, "before_cursor_execute", lambda *arguments: seen.append("engine"))
        event.listen(connection, "before_cursor_execute", lambda *arguments: seen.append("connection"))
        other.execute(text("SELECT 1"))
        assert seen == ["engine"]
        connection.execute(text("SELECT 1"))
        assert seen == ["engine", "connection", "engine"]


def test_listeners_of_the_class(engine: Engine) -> None:
    seen: list[str] = []

    def note(conn: Connection) -> None:
        seen.append("begin")

    event.listen(Engine, "begin", note)
    with engine.connect() as connection:
        connection.begin()
    event.remove(Engine, "begin", note)
    with engine.connect() as connection:
        connection.begin()
    assert seen == ["begin"]


def test_listeners_come_and_go(engine: Engine) -> None:
    seen: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def note(*arguments: Any) -> None:
        seen.append("seen")

    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        event.remove(engine, "before_cursor_execute", note)
        connection.execute(text("SELECT 1"))
    assert seen == ["seen"]
    assert not engine.hooks.watches_cursors


def test_a_listener_can_execute_instead(engine: Engine) -> None:
    def instead(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
        cursor.execute("SELECT 'instead'")
        return True

    event.listen(engine, "do_execute", instead)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == "instead"


def test_pool_events_through_the_engine(engine: Engine) -> None:
    seen = note_all(engine, ["connect", "checkout", "checkin"])
    engine.connect().close()
    assert seen == ["connect", "checkout", "checkin"]


def test_unknown_events(engine: Engine) -> None:
    with pytest.raises(exc.InvalidRequestError, match="No such event 'nope'"):
        event.listen(engine, "nope", print)
