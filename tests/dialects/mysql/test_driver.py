"""The driver of MySQL and MariaDB: arguments, versions, what errors mean, time limit of the ping."""

from __future__ import annotations

import time
from typing import Any

import pymysql
import pytest

from cormorant import exc
from cormorant.dialects.mysql import MariaDBDialect, MySQLDialect
from cormorant.dialects.mysql.driver import PymysqlDriver
from cormorant.dialects.mysql.mysqldb import MysqldbDriver
from cormorant.engine import create_engine, make_url
from cormorant.sql.expression import literal, select, text
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
            "ssl": {"ca": "/x"},
            "client_flag": 2,
            "charset": "utf8mb4",
        },
    )


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (pymysql.OperationalError(2013, "Lost connection"), (True, False, None)),
        (pymysql.OperationalError(1047, "not ready"), (True, False, None)),
        (pymysql.InterfaceError(0, ""), (True, False, None)),
        (pymysql.OperationalError(1213, "Deadlock"), (False, True, "deadlock")),
        (pymysql.OperationalError(1205, "Lock wait timeout"), (False, False, "lock timeout")),
        (pymysql.IntegrityError(1062, "Duplicate"), (False, False, None)),
        (pymysql.ProgrammingError(), (False, False, None)),
    ],
)
def test_what_errors_mean(error: pymysql.Error, verdict: tuple[Any, ...]) -> None:
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
        description = ("x",)
        sent = ""

        def close(self) -> None: ...

        def execute(self, text: str, parameters: Any = None) -> None:
            self.sent = text

        def fetchall(self) -> list[tuple[str, ...]]:
            return [("ANSI_QUOTES,STRICT_TRANS_TABLES", "db")] if "sql_mode" in self.sent else [("REPEATABLE-READ",)]

    class Connection:
        def get_server_info(self) -> str:
            return text_

        def cursor(self) -> Cursor:
            return Cursor()

    driver = PymysqlDriver()
    driver.learn_server(Connection())
    assert (driver.server_version, driver.is_mariadb) == (version, is_mariadb)
    assert driver.default_isolation_level == "REPEATABLE READ"
    adapted = driver.adapt_dialect(MySQLDialect())
    assert adapted.identifier_preparer.quote("select") == '"select"'
    assert adapted.is_mariadb is is_mariadb
    assert adapted.default_schema_name == "db"
    assert adapted.casts_floats
    assert adapted.names_new_row is adapted.features.lock_of is not is_mariadb


def test_b4_the_ping_has_a_time_limit(mariadb_url: str) -> None:
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


def test_arguments_of_mysqlclient() -> None:
    url = make_url(
        "mysql+mysqldb://u:p@h:5/d?connect_timeout=3&compress=1&ssl_ca=/x&ssl_check_hostname=false&charset=latin1"
    )
    assert MysqldbDriver(pymysql).connect_arguments(url) == (
        [],
        {
            "user": "u",
            "passwd": "p",
            "host": "h",
            "port": 5,
            "db": "d",
            "connect_timeout": 3,
            "compress": True,
            "ssl": {"ca": "/x", "check_hostname": False},
            "client_flag": 2,
            "charset": "latin1",
        },
    )


def test_checks_of_certificates_are_passed_on() -> None:
    url = make_url("mysql://h/d?ssl_ca=/x&ssl_verify_identity=true")
    arguments = PymysqlDriver().connect_arguments(url)[1]
    assert (arguments["ssl_ca"], arguments["ssl_verify_identity"]) == ("/x", True)


def test_mysqlclient_that_is_not_installed() -> None:
    with pytest.raises(
        ModuleNotFoundError, match=r"the driver 'mysqldb' is not installed; pip install cormorant\[mysqlclient"
    ):
        create_engine("mysql+mysqldb://u@h/d")


def test_a_server_that_is_not_mariadb() -> None:
    driver = PymysqlDriver()
    driver.server_version = (8, 0, 36)
    with pytest.raises(exc.InvalidRequestError, match=r"MySQL version 8\.0\.36 is not a MariaDB variant"):
        driver.adapt_dialect(MariaDBDialect())


def test_the_other_driver_runs(mariadb_url: str) -> None:
    """PyMySQL has the interface of MySQLdb, so it can stand for it."""
    url = make_url(mariadb_url).set(drivername="mysql+mysqldb")
    engine = create_engine(url, module=pymysql)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT :x, 'a%b'"), {"x": 5}).one() == (5, "a%b")
        assert connection.exec_driver_sql("SELECT %s", (5,)).scalar() == 5
        streamed = connection.execution_options(stream_results=True).execute(text("SELECT 1 UNION SELECT 2"))
        assert streamed.all() == [(1,), (2,)]
    assert engine.driver == "mysqldb"
    engine.dispose()


def test_two_phase_transactions(mariadb_url: str) -> None:
    engine = create_engine(mariadb_url)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER)")
        connection.commit()
        for number, ends in enumerate(("commit", "rollback", "close")):
            transaction = connection.begin_twophase(f"x'{number}")
            connection.exec_driver_sql(f"INSERT INTO t VALUES ({number})")
            getattr(transaction, ends)()
        transaction = connection.begin_twophase("prepared")
        connection.exec_driver_sql("INSERT INTO t VALUES (5)")
        transaction.prepare()
        assert b"prepared" in connection.recover_twophase()
        transaction.commit()
        assert connection.exec_driver_sql("SELECT a FROM t ORDER BY a").all() == [(0,), (5,)]
    engine.dispose()


def test_modes_of_the_server(mariadb_url: str) -> None:
    modes = "SET SESSION sql_mode='ANSI_QUOTES,NO_BACKSLASH_ESCAPES'"
    engine = create_engine(mariadb_url, connect_args={"init_command": modes})
    with engine.connect() as connection:
        statement = select(literal("a\\b").label("select"))
        assert connection.execute(statement).mappings().one() == {"select": "a\\b"}
        written = statement.compile(connection, compile_kwargs={"literal_binds": True})
        assert str(written) == "SELECT 'a\\b' AS \"select\""
    engine.dispose()
