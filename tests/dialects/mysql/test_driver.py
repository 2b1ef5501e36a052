"""The driver of MySQL and MariaDB: arguments, versions, what errors mean, time limit of the ping."""

from __future__ import annotations

import time
from typing import Any

import pymysql
import pytest

from cormorant import exc
from cormorant.dialects.mysql.driver import PymysqlDriver
from cormorant.engine import create_engine, make_url
from cormorant.sql.expression import text
from tests.dialects.proxy import Proxy


def test_arguments() -> None:
    url = make_url("mysql://u:p@h:5/d?connect_timeout=3&local_infile=true&ssl_ca=/x")
    assert PymysqlDriver().connect_arguments(url) == (
        [],
        {
            "user": "u",
            "password": "p",
            "host": "h",
            "port": 5,
            "database": "d",
            "connect_timeout": 3,
            "local_infile": True,
            "ssl_ca": "/x",
            "client_flag": 2,
            "charset": "utf8mb4",
        },
    )


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (pymysql.OperationalError(2013, "Lost connection"), (True, False)),
        (pymysql.OperationalError(1047, "not ready"), (True, False)),
        (pymysql.InterfaceError(0, ""), (True, False)),
        (pymysql.OperationalError(1213, "Deadlock"), (False, True)),
        (pymysql.OperationalError(1205, "Lock wait timeout"), (False, False)),
        (pymysql.IntegrityError(1062, "Duplicate"), (False, False)),
        (pymysql.ProgrammingError(), (False, False)),
    ],
)
def test_what_errors_mean(error: pymysql.Error, verdict: tuple[bool, bool]) -> None:
    assert PymysqlDriver().judge(error, None) == verdict


@pytest.mark.parametrize(
    ("text_", "version", "is_mariadb"),
    [
        ("5.5.5-10.11.6-MariaDB-1:10.11", (10, 11, 6), True),
        ("11.4.2-MariaDB", (11, 4, 2), True),
        ("8.0.36", (8, 0, 36), False),
    ],
)
def test_versions(text_: str, version: tuple[int, ...], is_mariadb: bool) -> None:
    class Cursor:
        def __enter__(self) -> Any:
            return self

        def __exit__(self, *error: object) -> None: ...

        def execute(self, text: str) -> None: ...

        def fetchone(self) -> tuple[str]:
            return ("REPEATABLE-READ",)

    class Connection:
        def get_server_info(self) -> str:
            return text_

        def cursor(self) -> Cursor:
            return Cursor()

    driver = PymysqlDriver()
    driver.learn_server(Connection())
    assert (driver.server_version, driver.is_mariadb) == (version, is_mariadb)
    assert driver.default_isolation_level == "REPEATABLE READ"


def test_the_ping_has_a_time_limit(mariadb_url: str) -> None:
    url = make_url(mariadb_url)
    with Proxy(url.host or "127.0.0.1", url.port or 3306) as proxy:
        engine = create_engine(
            url.set(host="127.0.0.1", port=proxy.port), pool_pre_ping=True, pool_pre_ping_timeout=0.3
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


def test_rows_matched_are_counted(mariadb_url: str) -> None:
    engine = create_engine(mariadb_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        assert connection.exec_driver_sql("UPDATE t SET a = 1").rowcount == 1
    engine.dispose()
