"""SQLite's driver: arguments of the connection, BEGIN, isolation, ping."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from cormorant import exc
from cormorant.dialects import sqlite
from cormorant.dialects.sqlite.driver import PysqliteDriver
from cormorant.dialects.sqlite.sqlcipher import SqlcipherDriver
from cormorant.engine import create_engine, make_url
from cormorant.exc import ArgumentError, InvalidRequestError, SADeprecationWarning
from cormorant.pool import Pool, QueuePool, SingletonThreadPool
from cormorant.sql.expression import text


@pytest.mark.parametrize(
    ("url", "args", "kwargs"),
    [
        ("sqlite://", [":memory:"], {"check_same_thread": False}),
        ("sqlite:////a/b.db?timeout=2.5", ["/a/b.db"], {"timeout": 2.5, "check_same_thread": False}),
        ("sqlite:////a.db?check_same_thread=true", ["/a.db"], {"check_same_thread": True}),
        (
            "sqlite:///file:x?mode=memory&cache=shared&uri=true",
            ["file:x?cache=shared&mode=memory"],
            {"uri": True, "check_same_thread": False},
        ),
    ],
)
def test_arguments(url: str, args: list[str], kwargs: dict[str, Any]) -> None:
    assert PysqliteDriver().connect_arguments(make_url(url)) == (args, kwargs)


def test_an_unknown_query_key_warns() -> None:
    with pytest.warns(
        exc.SAWarning, match="Query string argument\\(s\\) 'foo' are not accepted by the pysqlite driver"
    ):
        PysqliteDriver().connect_arguments(make_url("sqlite:///x.db?foo=bar"))


def test_begin_is_sent_before_the_first_statement(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    with engine.connect() as connection:
        raw: sqlite3.Connection = connection.connection.dbapi_connection
        connection.begin()
        assert not raw.in_transaction
        connection.execute(text("SELECT 1"))
        assert raw.in_transaction
        connection.rollback()
        assert not raw.in_transaction
        connection.begin_nested()
        assert raw.in_transaction


def test_a_select_is_in_the_transaction(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = wal")
        connection.exec_driver_sql("CREATE TABLE t (a)")
    with engine.connect() as reader, engine.connect() as writer:
        assert reader.scalar(text("SELECT count(*) FROM t")) == 0
        writer.execute(text("INSERT INTO t VALUES (1)"))
        writer.commit()
        assert reader.scalar(text("SELECT count(*) FROM t")) == 0
        reader.rollback()
        assert reader.scalar(text("SELECT count(*) FROM t")) == 1


def test_the_kind_of_begin(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url, connect_args={"isolation_level": "IMMEDIATE", "timeout": 0.01})
    with engine.connect() as first, engine.connect() as second:
        first.execute(text("SELECT 1"))
        with pytest.raises(exc.OperationalError, match="locked"):
            second.execute(text("SELECT 1"))


def test_ping() -> None:
    driver = PysqliteDriver()
    connection = driver.connect(":memory:")
    assert driver.do_ping(connection, 1)
    connection.close()
    assert not driver.do_ping(connection, 1)


def test_functions(sqlite_url: str) -> None:
    with create_engine(sqlite_url).connect() as connection:
        assert connection.execute(text("SELECT 'abc' REGEXP 'b.', floor(2.7), floor(NULL)")).one() == (1, 2, None)


def test_pools() -> None:
    def pool(url: str) -> type[Pool]:
        return type(create_engine(url).pool)

    assert pool("sqlite://") is pool("sqlite:///:memory:") is SingletonThreadPool
    assert pool("sqlite:///x.db") is pool("sqlite:///file:x?mode=ro&uri=true") is QueuePool
    assert sqlite.dialect.get_pool_class(make_url("sqlite://")) is SingletonThreadPool
    with pytest.warns(SADeprecationWarning, match="based on the 'mode=memory' query string argument"):
        assert pool("sqlite:///file:x?mode=memory&cache=shared&uri=true") is SingletonThreadPool


def test_arguments_through_the_dialect() -> None:
    url = "sqlite:///file:x.db?mode=ro&timeout=10&nolock=1&uri=true"
    dialect = create_engine(url).dialect
    assert dialect.create_connect_args(make_url(url)) == (
        ["file:x.db?mode=ro&nolock=1"],
        {"uri": True, "timeout": 10.0, "check_same_thread": False},
    )
    with pytest.raises(InvalidRequestError, match="belongs to no engine"):
        sqlite.dialect().create_connect_args(make_url(url))


def test_encrypted_files() -> None:
    with pytest.raises(ModuleNotFoundError, match="No module named 'pysqlcipher3'"):
        create_engine("sqlite+pysqlcipher://:secret@/x.db")
    url = "sqlite+pysqlcipher://:secret@/x.db?kdf_iter=64000&timeout=5"
    driver = SqlcipherDriver(sqlite3)
    arguments, options = driver.connect_arguments(make_url(url))
    assert (arguments[0].endswith("x.db"), options["timeout"]) == (True, 5.0)
    sent: list[str] = []
    connection = sqlite3.connect(":memory:")
    connection.set_trace_callback(sent.append)
    driver.set_up(connection)
    assert sent == ['pragma key="secret"', "pragma kdf_iter=64000"]
    connection.close()
    with pytest.raises(ArgumentError, match="pragma cipher takes a number or a name"):
        driver.connect_arguments(make_url("sqlite+pysqlcipher:///x.db?cipher=a;b"))
