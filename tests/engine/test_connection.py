"""Connections: executing, transactions, savepoints, errors; the same on every database."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import exc
from cormorant.engine import Connection, Engine, create_engine
from cormorant.schema import Column, MetaData, Sequence, Table
from cormorant.sql.expression import bindparam, delete, func, insert, literal, select, text, update
from cormorant.types import Float, Integer, String, TypeDecorator

metadata = MetaData()
things = Table(
    "things",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(30), unique=True),
    Column("x", Float),
)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    made = create_engine(database)
    metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as made:
        yield made


def count(connection: Connection) -> int:
    found: int = connection.scalar(select(func.count()).select_from(things))
    return found


def add(connection: Connection, *names: str) -> None:
    connection.execute(insert(things), [{"name": name} for name in names])


def add_and_fail(connection: Connection, name: str) -> None:
    add(connection, name)
    raise KeyError(name)


# executing


def test_rows(connection: Connection) -> None:
    add(connection, "a", "b")
    statement = select(things.c.id, things.c.name).order_by(things.c.name)
    assert [row.name for row in connection.execute(statement)] == ["a", "b"]
    assert connection.scalars(select(things.c.name).order_by(things.c.name.desc())).all() == ["b", "a"]
    assert connection.execute(statement).mappings().first()["name"] == "a"  # type: ignore[index]
    row = connection.execute(statement).first()
    assert row is not None
    assert row._mapping[things.c.name] == "a"


def test_text(connection: Connection) -> None:
    add(connection, "a", "b")
    assert connection.execute(text("SELECT name FROM things WHERE name = :n"), {"n": "b"}).all() == [("b",)]
    assert connection.scalar(text("SELECT '50%'")) == "50%"
    typed = text("SELECT x FROM things WHERE name = 'a'").columns(x=Float)
    assert connection.scalar(typed) is None


def test_parameters(connection: Connection) -> None:
    add(connection, "a", "b", "c")
    by_name = select(things.c.name).where(things.c.name == bindparam("n", "a")).order_by(things.c.name)
    assert connection.scalars(by_name).all() == ["a"]
    assert connection.scalars(by_name, {"n": "c"}).all() == ["c"]
    assert connection.scalars(by_name, [{"n": "c"}]).all() == ["c"]
    assert connection.scalar(select(bindparam("z", callable_=lambda: 7, type_=Integer))) == 7


@pytest.mark.parametrize(("names", "found"), [([], []), (["a"], ["a"]), (["a", "c", "z"], ["a", "c"])])
def test_lists(connection: Connection, names: list[str], found: list[str]) -> None:
    add(connection, "a", "b", "c")
    statement = select(things.c.name).where(things.c.name.in_(names)).order_by(things.c.name)
    assert connection.scalars(statement).all() == found
    named = select(things.c.name).where(things.c.name.in_(bindparam("n"))).order_by(things.c.name)
    assert connection.scalars(named, {"n": names}).all() == found
    others = select(func.count()).select_from(things).where(things.c.name.not_in(names))
    assert connection.scalar(others) == 3 - len(found)


def test_one_plan_for_all_lengths(engine: Engine, connection: Connection) -> None:
    add(connection, "a", "b", "c")
    for names in ([], ["a"], ["a", "b"], ["a", "b"]):
        connection.execute(select(things.c.name).where(things.c.name.in_(names))).all()
    plan, _ = engine.plan_for(select(things.c.name).where(things.c.name.in_(["x"])))
    assert engine.plan_for(select(things.c.name).where(things.c.name.in_(["y", "z"])))[0] is plan


def test_insert_update_delete(connection: Connection) -> None:
    result = connection.execute(insert(things), {"name": "a", "x": 1.5})
    (key,) = result.inserted_primary_key
    assert (result.is_insert, result.returns_rows, key > 0) == (True, False, True)
    assert result.last_inserted_params() == {"name": "a", "x": 1.5}
    changed = connection.execute(update(things).where(things.c.id == key).values(x=2.5))
    assert changed.rowcount == 1
    assert connection.scalar(select(things.c.x)) == 2.5
    assert connection.execute(delete(things).where(things.c.id == key)).rowcount == 1
    assert count(connection) == 0


def test_update_of_many(connection: Connection) -> None:
    add(connection, "a", "b")
    statement = update(things).where(things.c.name == bindparam("n"))
    connection.execute(statement, [{"n": "a", "x": 1}, {"n": "b", "x": 2}])
    assert connection.execute(select(things.c.x).order_by(things.c.name)).all() == [(1.0,), (2.0,)]


def test_driver_sql(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO things (name) VALUES ('a')")
    assert connection.exec_driver_sql("SELECT name FROM things").mappings().one() == {"name": "a"}


def test_a_function_is_selected(connection: Connection) -> None:
    assert connection.scalar(func.abs(-5)) == 5


def test_a_sequence_counts(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    sequence = Sequence("numbers")
    with engine.connect() as connection:
        sequence.create(connection)
        assert connection.scalar(sequence) == 1
        with pytest.warns(exc.SADeprecationWarning, match="please use the .scalar"):
            assert connection.execute(sequence) == 2
    engine.dispose()


def test_streaming(connection: Connection) -> None:
    add(connection, *"abcdefg")
    found = connection.execute(select(things.c.name).order_by(things.c.name), execution_options={"yield_per": 3})
    assert [len(part) for part in found.partitions()] == [3, 3, 1]
    streamed = connection.execution_options(stream_results=True, max_row_buffer=6)
    ordered = select(things.c.name).order_by(things.c.name)
    assert streamed.scalars(ordered).all() == list("abcdefg")
    assert [row.name for row in streamed.execute(ordered)] == list("abcdefg")
    found = streamed.execute(ordered)
    assert [found.fetchone(), *found.fetchmany(3), *found.fetchall(), found.fetchone()] == [
        *map(tuple, "abcdefg"),
        None,
    ]
    assert streamed.execute(ordered).first() == ("a",)
    assert streamed.execute(insert(things), {"name": "z"}).rowcount in (1, -1)


# results of statements without rows


def test_no_rows(connection: Connection) -> None:
    result = connection.execute(insert(things), {"name": "a"})
    for use in (result.all, result.keys, result.first, result.scalar, result.scalars, lambda: list(result)):
        with pytest.raises(exc.ResourceClosedError, match="does not return rows"):
            use()
    result.close()


def test_what_is_no_insert(connection: Connection) -> None:
    result = connection.execute(select(literal(1)))
    with pytest.raises(exc.InvalidRequestError, match="Statement is not an insert"):
        _ = result.inserted_primary_key
    with pytest.raises(exc.InvalidRequestError, match="Statement is not an insert"):
        result.last_inserted_params()


# errors


def test_a_driver_error_is_wrapped(engine: Engine, connection: Connection) -> None:
    add(connection, "a")
    with pytest.raises(exc.IntegrityError) as caught:
        connection.execute(insert(things), {"name": "a", "x": 1.0})
    error = caught.value
    assert isinstance(error.orig, engine._driver.dbapi.IntegrityError)
    assert error.__cause__ is error.orig
    assert error.statement is not None
    assert error.statement.startswith("INSERT INTO things (name, x) VALUES")
    assert not error.connection_invalidated
    assert str(error).splitlines()[-3].startswith("[SQL: INSERT INTO things") or "[SQL: INSERT" in str(error)
    assert "[parameters: " in str(error)
    connection.rollback()
    assert count(connection) == 0


def test_bad_sql(connection: Connection) -> None:
    with pytest.raises((exc.ProgrammingError, exc.OperationalError), match=r"\[SQL: selec 1\]"):
        connection.execute(text("selec 1"))


def test_hidden_parameters(database: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cormorant.engine")
    engine = create_engine(database, hide_parameters=True)
    with engine.connect() as connection, pytest.raises(exc.DBAPIError) as caught:
        connection.execute(text("selec :secret"), {"secret": "s3cr3t"})
    assert "[SQL parameters hidden due to hide_parameters=True]" in str(caught.value)
    assert "[SQL parameters hidden due to hide_parameters=True]" in caplog.text
    assert "s3cr3t" not in caplog.text
    engine.dispose()


class Even(TypeDecorator[int]):
    """Refuses odd numbers."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Any) -> int | None:
        if value is not None and value % 2:
            raise ValueError("odd")
        return value


def test_a_value_that_its_type_refuses(connection: Connection) -> None:
    statement = select(things.c.id).where(things.c.id == bindparam("i", type_=Even()))
    assert connection.execute(statement, {"i": 2}).all() == []
    with pytest.raises(exc.StatementError, match=r"\(builtins.ValueError\) odd") as caught:
        connection.execute(statement, {"i": 1})
    assert "[SQL: SELECT things.id" in str(caught.value)
    assert "[parameters: [{'i': 1}]]" in str(caught.value)
    assert isinstance(caught.value.orig, ValueError)


def test_missing_values(connection: Connection) -> None:
    with pytest.raises(exc.StatementError, match="A value is required for bind parameter 'b'"):
        connection.execute(text("select :a, :b"), {"a": 1})
    with pytest.raises(exc.StatementError, match="A value is required for bind parameter 'q'"):
        connection.execute(select(bindparam("q")))
    with pytest.raises(exc.StatementError, match="bind parameter 'x', in parameter group 1"):
        connection.execute(insert(things), [{"name": "a", "x": 1}, {"name": "b"}])
    assert count(connection) == 0


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (5, "mapping or list expected for parameters"),
        ("abc", "mapping or list expected for parameters"),
        ((1, 2), "List argument must consist only of dictionaries"),
        ([(1, 2)], "List argument must consist only of dictionaries"),
    ],
)
def test_wrong_parameters(connection: Connection, parameters: Any, message: str) -> None:
    with pytest.raises(exc.ArgumentError, match=message):
        connection.execute(insert(things), parameters)


@pytest.mark.parametrize("statement", ["select 1", 5, None, things, things.c.id])
def test_what_is_no_statement(connection: Connection, statement: Any) -> None:
    with pytest.raises(exc.ObjectNotExecutableError, match="Not an executable object"):
        connection.execute(statement)


def test_lists_of_parameters_for_lists(connection: Connection) -> None:
    statement = update(things).where(things.c.id.in_(bindparam("q"))).values(x=5)
    with pytest.raises(exc.StatementError, match="can't be used with executemany"):
        connection.execute(statement, [{"q": [1]}, {"q": [2]}])


# transactions


def test_a_transaction_begins_by_itself(connection: Connection) -> None:
    assert not connection.in_transaction()
    assert connection.get_transaction() is None
    connection.execute(select(literal(1)))
    assert connection.in_transaction()
    with pytest.raises(exc.InvalidRequestError, match="This connection has already initialized"):
        connection.begin()
    transaction = connection.get_transaction()
    connection.commit()
    assert transaction is not None
    assert (transaction.is_active, transaction.is_valid, connection.in_transaction()) == (False, False, False)
    with pytest.raises(exc.InvalidRequestError, match="This transaction is inactive"):
        transaction.commit()
    with pytest.warns(exc.SAWarning, match="transaction already deassociated from connection"):
        transaction.rollback()
    transaction.close()


def test_commit_and_rollback(engine: Engine, connection: Connection) -> None:
    connection.commit()
    connection.rollback()
    add(connection, "a")
    connection.commit()
    add(connection, "b")
    connection.rollback()
    add(connection, "c")
    connection.close()
    with engine.connect() as other:
        assert other.scalars(select(things.c.name)).all() == ["a"]


def test_the_block_commits_or_rolls_back(engine: Engine) -> None:
    with engine.begin() as connection:
        add(connection, "a")
    with pytest.raises(KeyError), engine.begin() as connection:
        add_and_fail(connection, "b")
    with engine.connect() as connection:
        with connection.begin():
            add(connection, "c")
        with pytest.raises(KeyError), connection.begin():
            add_and_fail(connection, "d")
        assert connection.scalars(select(things.c.name).order_by(things.c.name)).all() == ["a", "c"]


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_nothing_runs_after_the_end_inside_the_block(connection: Connection, end: str) -> None:
    with connection.begin() as transaction:
        getattr(transaction, end)()
        with pytest.raises(exc.InvalidRequestError, match="Can't operate on closed transaction inside context manager"):
            connection.execute(select(literal(1)))
    assert connection.scalar(select(literal(1))) == 1


def test_savepoints(connection: Connection) -> None:
    add(connection, "a")
    with connection.begin_nested() as savepoint:
        assert connection.in_nested_transaction()
        assert connection.get_nested_transaction() is savepoint
        add(connection, "b")
    assert not connection.in_nested_transaction()
    with pytest.raises(KeyError), connection.begin_nested():
        add_and_fail(connection, "c")
    outer = connection.begin_nested()
    add(connection, "d")
    inner = connection.begin_nested()
    add(connection, "e")
    outer.rollback()
    assert not inner.is_active
    assert connection.scalars(select(things.c.name).order_by(things.c.name)).all() == ["a", "b"]
    connection.rollback()
    assert count(connection) == 0


def test_rows_of_a_released_savepoint_go_with_the_transaction(connection: Connection) -> None:
    connection.begin()
    with connection.begin_nested():
        add(connection, "a")
    connection.rollback()
    assert count(connection) == 0


def test_an_error_in_a_savepoint_leaves_the_rest(connection: Connection) -> None:
    add(connection, "a")
    for name in ("b", "a", "c"):
        try:
            with connection.begin_nested():
                add(connection, name)
        except exc.IntegrityError:
            assert name == "a"
    connection.commit()
    assert count(connection) == 3


def test_ended_savepoints(connection: Connection) -> None:
    savepoint = connection.begin_nested()
    connection.rollback()
    assert not savepoint.is_active
    with pytest.raises(exc.InvalidRequestError, match="This nested transaction is inactive"):
        savepoint.commit()
    with pytest.warns(exc.SAWarning, match="nested transaction already deassociated from connection"):
        savepoint.rollback()


def test_ddl_is_part_of_the_transaction_where_it_can_be(engine: Engine, connection: Connection) -> None:
    connection.exec_driver_sql("CREATE TABLE more (a INTEGER)")
    connection.rollback()
    is_there = engine.dialect.has_table(connection, "more")
    assert is_there is not engine.dialect.features.transactional_ddl


# isolation


def test_autocommit(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        add(connection, "a")
        connection.rollback()
    with engine.connect() as connection:
        assert count(connection) == 1
        add(connection, "b")
        connection.rollback()
        assert count(connection) == 1
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        add(connection, "c")
    with engine.connect() as connection:
        assert count(connection) == 2


def test_isolation_levels(engine: Engine) -> None:
    with engine.connect() as connection:
        default = connection.get_isolation_level()
        assert connection.default_isolation_level == default
        for level in engine._driver.isolation_levels:
            connection.execution_options(isolation_level=level)
            assert connection.get_isolation_level() == level
            connection.execute(select(literal(1)))
            connection.commit()
    with engine.connect() as connection:
        assert connection.get_isolation_level() == default


def test_isolation_cannot_change_inside(connection: Connection) -> None:
    connection.execute(select(literal(1)))
    with pytest.raises(exc.InvalidRequestError, match="isolation_level may not be altered"):
        connection.execution_options(isolation_level="SERIALIZABLE")


def test_wrong_isolation_levels(database: str, connection: Connection) -> None:
    with pytest.raises(exc.ArgumentError, match="Invalid value 'FOO' for isolation_level"):
        connection.execution_options(isolation_level="foo")
    engine = create_engine(database, isolation_level="foo")
    with pytest.raises(exc.ArgumentError, match="Invalid value 'FOO'"):
        engine.connect()


def test_isolation_of_the_engine(database: str) -> None:
    engine = create_engine(database, isolation_level="SERIALIZABLE")
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "SERIALIZABLE"
        connection.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        assert connection.get_isolation_level() == "SERIALIZABLE"
    engine.dispose()


# the connection itself


def test_closed(engine: Engine) -> None:
    connection = engine.connect()
    connection.close()
    connection.close()
    assert connection.closed
    connection.commit()
    for use in (lambda: connection.execute(select(literal(1))), connection.begin, lambda: connection.connection):
        with pytest.raises(exc.ResourceClosedError, match="This Connection is closed"):
            use()


def test_invalidated(engine: Engine, connection: Connection) -> None:
    connection.begin()
    add(connection, "a")
    connection.invalidate()
    assert (connection.invalidated, connection.closed) == (True, False)
    for use in (lambda: connection.execute(select(literal(1))), connection.commit, connection.begin_nested):
        with pytest.raises(exc.PendingRollbackError, match="Can't reconnect until invalid transaction is rolled back"):
            use()
    connection.rollback()
    assert count(connection) == 0


def test_invalidated_in_a_savepoint(connection: Connection) -> None:
    connection.begin()
    savepoint = connection.begin_nested()
    connection.invalidate()
    savepoint.rollback()
    with pytest.raises(exc.PendingRollbackError):
        connection.execute(select(literal(1)))
    with pytest.raises(exc.InvalidRequestError, match="Can't detach an invalidated Connection"):
        connection.detach()


def test_detach(engine: Engine, connection: Connection) -> None:
    connection.detach()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert connection.scalar(select(literal(1))) == 1


def test_everything_is_given_back(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(select(literal(1)))
        with pytest.raises(exc.DBAPIError):
            connection.execute(text("selec"))
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert engine.pool.checkedin() == 1  # type: ignore[attr-defined]


def test_two_connections_on_one(tmp_path: Any) -> None:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.connect() as outer:
        outer.execute(select(literal(1)))
        with engine.connect() as inner:
            inner.execute(select(literal(1)))
        add(outer, "a")
        outer.rollback()
        assert count(outer) == 0


def test_options(engine: Engine, connection: Connection) -> None:
    assert connection.execution_options(foo=1).get_execution_options() == {"foo": 1}
    other = engine.execution_options(bar=2)
    assert other.get_execution_options() == {"bar": 2}
    assert other.pool is engine.pool
    with other.connect() as opened:
        assert opened.get_execution_options() == {"bar": 2}


def test_a_cache_of_the_program(engine: Engine, connection: Connection) -> None:
    cache: dict[Any, Any] = {}
    connection.execution_options(compiled_cache=cache)
    assert connection.scalar(select(literal(1))) == 1
    assert connection.scalar(select(literal(2))) == 2
    assert len(cache) == 1
    connection.scalar(select(literal(1), literal(2)))
    assert len(cache) == 2
    with engine.connect() as other:
        other.execute(select(literal(1)), execution_options={"compiled_cache": cache}).all()
        assert len(cache) == 2
        other.execution_options(schema_translate_map={None: "main"}, compiled_cache=cache)
        other.execute(select(literal(1))).all()
        assert len(cache) == 3


def test_no_cache(connection: Connection) -> None:
    connection.execution_options(compiled_cache=None)
    first, _ = connection.planner.plan_for(select(literal(1)))
    second, _ = connection.planner.plan_for(select(literal(1)))
    assert first is not second


def test_numbers_of_a_sequence_come_from_scalar() -> None:
    with create_engine("sqlite://").connect() as connection, pytest.raises(exc.ObjectNotExecutableError):
        connection.execute(object())  # type: ignore[call-overload]


# logging


def test_the_log(database: str, caplog: pytest.LogCaptureFixture) -> None:
    engine = create_engine(database, logging_name="mine")
    with engine.begin() as connection:
        metadata.create_all(connection)
    caplog.set_level(logging.INFO, "cormorant.engine")
    caplog.clear()
    with engine.connect() as connection:
        connection.execute(select(literal(1)))
        connection.rollback()
        with connection.begin_nested():
            connection.exec_driver_sql("SELECT 2")
        connection.commit()
    texts = [record.getMessage() for record in caplog.records if not record.getMessage().startswith("[")]
    assert texts == [
        "BEGIN (implicit)",
        str(select(literal(1)).compile(engine)),
        "ROLLBACK",
        "BEGIN (implicit)",
        "SAVEPOINT sa_savepoint_1",
        "SELECT 2",
        "RELEASE SAVEPOINT sa_savepoint_1",
        "COMMIT",
    ]
    notes = [record.getMessage() for record in caplog.records if record.getMessage().startswith("[")]
    assert notes[0].startswith("[generated in ")
    assert [note.partition(" ")[0] for note in notes[1:]] == ["[no", "[raw", "[no"]
    assert {record.name for record in caplog.records} == {"cormorant.engine.Engine.mine"}
    engine.dispose()


def test_echo(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("cormorant")
    before = list(logger.handlers)
    engine = create_engine(database, echo="debug")
    try:
        with engine.connect() as connection:
            connection.execution_options(logging_token="tok").execute(select(literal(1).label("n"))).all()
        shown = capsys.readouterr().out
    finally:
        logger.handlers[:] = before
        engine.dispose()
    assert "cormorant.engine.Engine [tok] BEGIN (implicit)" in shown
    assert "DEBUG cormorant.engine.Engine [tok] Col ('n',)" in shown
    assert "DEBUG cormorant.engine.Engine [tok] Row (1,)" in shown
