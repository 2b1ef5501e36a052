"""PostgreSQL's driver: arguments, time limit of the ping, two-phase transactions."""

from __future__ import annotations

import time
from typing import Any

import pytest

from cormorant import exc
from cormorant.dialects.postgresql.psycopg import PsycopgDriver
from cormorant.engine import create_engine, make_url
from cormorant.sql.expression import text
from tests.dialects.proxy import Proxy


@pytest.mark.parametrize(
    ("url", "kwargs"),
    [
        ("postgresql://u:p@h:5/d", {"user": "u", "password": "p", "host": "h", "port": 5, "dbname": "d"}),
        ("postgresql:///d?host=a:1&host=b:2", {"dbname": "d", "host": "a,b", "port": "1,2"}),
        ("postgresql:///d?host=a&host=b", {"dbname": "d", "host": "a,b"}),
        ("postgresql:///d?host=a,b&port=1,2", {"dbname": "d", "host": "a,b", "port": "1,2"}),
        ("postgresql://h/d?sslmode=require", {"host": "h", "dbname": "d", "sslmode": "require"}),
    ],
)
def test_arguments(url: str, kwargs: dict[str, Any]) -> None:
    assert PsycopgDriver().connect_arguments(make_url(url)) == ([], {**kwargs, "client_encoding": "utf8"})


def test_mixed_ways_to_name_hosts() -> None:
    with pytest.raises(exc.ArgumentError, match="Can't mix 'multihost' formats"):
        PsycopgDriver().connect_arguments(make_url("postgresql:///d?host=a:1&host=b:2&port=3"))


def test_b4_the_ping_has_a_time_limit(postgresql_url: str) -> None:
    url = make_url(postgresql_url)
    with Proxy(url.host or "127.0.0.1", url.port or 5432) as proxy:
        engine = create_engine(
            url.set(host="127.0.0.1", port=proxy.port), pool_pre_ping=True, pool_pre_ping_timeout=0.3, pool_size=1
        )
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT 1")) == 1
        proxy.is_silent = True
        proxy.refuse()
        begin = time.monotonic()
        with pytest.raises(exc.OperationalError):
            engine.connect()
        assert time.monotonic() - begin < 3
        engine.dispose()


def test_the_version_is_read(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    with engine.connect():
        assert engine._driver.server_version >= (12,)
    engine.dispose()


def test_two_phases(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER)")
        connection.commit()
        with connection.begin_twophase("x1") as transaction:
            connection.execute(text("INSERT INTO t VALUES (1)"))
            transaction.prepare()
        assert connection.scalar(text("SELECT count(*) FROM t")) == 1
        connection.rollback()
        transaction = connection.begin_twophase("x2")
        connection.execute(text("INSERT INTO t VALUES (2)"))
        transaction.prepare()
        transaction.rollback()
        assert connection.scalar(text("SELECT count(*) FROM t")) == 1
        connection.rollback()
        transaction = connection.begin_twophase("x3")
        connection.execute(text("INSERT INTO t VALUES (3)"))
        transaction.commit()
        assert connection.scalar(text("SELECT count(*) FROM t")) == 2
    engine.dispose()


def test_nothing_is_left_open(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        raw = connection.connection.dbapi_connection
    assert raw.info.transaction_status == raw.info.transaction_status.IDLE
    engine.dispose()
    assert raw.closed
