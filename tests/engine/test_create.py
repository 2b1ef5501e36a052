"""create_engine and its relatives: options, errors, pools, the registry of dialects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import event, exc, pool
from cormorant.dialects.sqlite.driver import PysqliteDriver
from cormorant.engine import (
    Driver,
    Engine,
    create_engine,
    create_mock_engine,
    create_pool_from_url,
    engine_from_config,
    make_url,
)
from cormorant.engine.registry import DialectEntry, known_names, register
from cormorant.schema import Column, MetaData, Table
from cormorant.sql.expression import select, text
from cormorant.types import Integer


@pytest.mark.filterwarnings("ignore:Query string argument")
def test_what_an_engine_shows() -> None:
    engine = create_engine("sqlite:///x.db?password=s3cr3t")
    assert repr(engine) == "Engine(sqlite:///x.db?password=***)"
    assert (engine.name, engine.driver, engine.dialect.name) == ("sqlite", "pysqlite", "sqlite")
    assert engine.engine is engine


@pytest.mark.parametrize(
    ("url", "name", "driver"),
    [
        ("sqlite://", "sqlite", "pysqlite"),
        ("sqlite+pysqlite://", "sqlite", "pysqlite"),
        ("postgresql://u:p@h/d", "postgresql", "psycopg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql", "psycopg"),
        ("mysql://u:p@h/d", "mysql", "pymysql"),
        ("mysql+pymysql://u:p@h/d", "mysql", "pymysql"),
        ("mariadb+pymysql://u:p@h/d", "mariadb", "pymysql"),
    ],
)
def test_names(url: str, name: str, driver: str) -> None:
    engine = create_engine(url)
    assert (engine.name, engine.driver) == (name, driver)
    assert "p@" not in repr(engine)


def test_unknown_dialect() -> None:
    with pytest.raises(exc.NoSuchModuleError, match="Can't load plugin: cormorant\\.dialects:foo; known") as e:
        create_engine("foo://h/d")
    assert all(name in str(e.value) for name in ("mariadb", "mysql", "postgresql", "sqlite"))
    assert {"mariadb", "mysql", "postgresql", "sqlite"} <= set(known_names())


def test_unknown_driver() -> None:
    with pytest.raises(exc.NoSuchModuleError, match=r"postgresql\.nope; known drivers are postgresql\+psycopg"):
        create_engine("postgresql+nope://h/d")


def test_driver_that_is_not_installed() -> None:
    class Missing(Driver):
        name = "missing"
        module_name = "no_such_driver_module"
        extra = "postgresql"

    register("missing", DialectEntry(lambda **options: None, {"missing": Missing}, "missing"))
    with pytest.raises(ModuleNotFoundError, match=r"pip install cormorant\[postgresql\]") as caught:
        create_engine("missing://h")
    assert caught.value.name == "no_such_driver_module"


def test_driver_that_is_not_supported() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"'MySQLdb'.*pip install cormorant\[mysqlclient\]"):
        create_engine("mysql+mysqldb://h/d")


@pytest.mark.parametrize(
    ("url", "options", "message"),
    [
        ("sqlite:///x.db", {"foo": 1, "bar": 2}, "Invalid argument\\(s\\) 'foo','bar' sent to create_engine\\(\\)"),
        ("sqlite://", {"max_overflow": 1}, "'max_overflow' .*SQLiteDialect/SingletonThreadPool/Engine"),
        ("sqlite://", {"poolclass": pool.NullPool, "pool_size": 1}, "'pool_size'"),
    ],
)
def test_unknown_options(url: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        create_engine(url, **options)


def test_options_of_former_times() -> None:
    with pytest.raises(TypeError, match="'convert_unicode'"):
        create_engine("sqlite://", convert_unicode=True)
    with (
        pytest.warns(exc.SADeprecationWarning, match="strategy"),
        pytest.raises(exc.ArgumentError, match="threadlocal"),
    ):
        create_engine("sqlite://", strategy="threadlocal")
    create_engine("sqlite://", use_insertmanyvalues=True, future=True)


@pytest.mark.parametrize("option", ["empty_in_strategy", "implicit_returning"])
def test_options_of_earlier_days(option: str) -> None:
    with pytest.warns(exc.SADeprecationWarning, match=f"create_engine.{option}"):
        create_engine("sqlite://", **{option: False})


def test_options_that_became_others() -> None:
    with pytest.raises(exc.ArgumentError, match="may only be set to True"):
        create_engine("sqlite://", future=False)
    with pytest.raises(exc.ArgumentError, match="does not support server side cursors"):
        create_engine("sqlite://", server_side_cursors=True)
    create_engine("sqlite://", server_side_cursors=False)
    with pytest.warns(exc.SADeprecationWarning, match="stream_results"):
        engine = create_engine("postgresql+psycopg://h/d", server_side_cursors=True, execution_options={"a": 1})
    assert engine.get_execution_options() == {"stream_results": True, "a": 1}


def test_strategies() -> None:
    with pytest.raises(exc.ArgumentError, match="unknown strategy: 'threadlocal'"):
        create_engine("sqlite://", strategy="threadlocal")
    seen: list[Any] = []
    with pytest.warns(exc.SADeprecationWarning, match="create_mock_engine"):
        mock: Any = create_engine(
            "sqlite://", strategy="mock", executor=lambda statement, *rest: seen.append(statement)
        )
    mock.execute("x")
    assert seen == ["x"]


def test_inserting_in_batches_can_be_turned_off() -> None:
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True))
    sent: list[str] = []
    engine = create_engine("sqlite://", use_insertmanyvalues=False)
    table.create(engine)
    event.listen(engine, "before_cursor_execute", lambda conn, cursor, statement, *rest: sent.append(statement))
    with engine.begin() as connection:
        connection.execute(table.insert().returning(table.c.id), [{"id": 1}, {"id": 2}])
    assert sent == ["INSERT INTO t (id) VALUES (?) RETURNING id"] * 2
    assert create_engine("sqlite://").dialect.features.insertmanyvalues


def test_no_rollback_where_each_statement_commits_itself(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT", skip_autocommit_rollback=True)
    rolled: list[object] = []
    engine._driver.do_rollback = rolled.append  # type: ignore[method-assign]
    with engine.connect() as connection:
        connection.execute(select(1))
    assert rolled == []
    engine.dispose()


def test_the_page_size_of_the_engine() -> None:
    engine = create_engine("sqlite://", insertmanyvalues_page_size=3, execution_options={"a": 1})
    assert engine.get_execution_options() == {"insertmanyvalues_page_size": 3, "a": 1}


def test_wrong_urls() -> None:
    with pytest.raises(exc.ArgumentError, match="Expected string or URL object, got None"):
        create_engine(None)  # type: ignore[arg-type]
    with pytest.raises(exc.ArgumentError, match="Invalid SQLite URL"):
        create_engine("sqlite://h/x.db")


@pytest.mark.parametrize(
    ("url", "class_"),
    [
        ("sqlite://", pool.SingletonThreadPool),
        ("sqlite:///:memory:", pool.SingletonThreadPool),
        ("sqlite:///file:x?mode=memory&uri=true", pool.SingletonThreadPool),
        ("sqlite:///x.db", pool.QueuePool),
        ("postgresql://h/d", pool.QueuePool),
    ],
)
def test_pool_classes(url: str, class_: type[pool.Pool]) -> None:
    assert type(create_engine(url).pool) is class_


def test_pool_options() -> None:
    engine = create_engine(
        "sqlite:///x.db",
        pool_size=7,
        max_overflow=8,
        pool_timeout=9,
        pool_use_lifo=True,
        pool_recycle=10,
        pool_pre_ping=True,
        pool_pre_ping_timeout=2,
        pool_reset_on_return="commit",
        pool_logging_name="p",
    )
    it: Any = engine.pool
    assert it._options() == {
        "pool_size": 7,
        "max_overflow": 8,
        "timeout": 9,
        "use_lifo": True,
        "recycle": 10,
        "pre_ping": True,
        "pre_ping_timeout": 2,
        "reset_on_return": pool.reset_commit,
        "logging_name": "p",
        "echo": None,
        "dialect": engine._driver,
    }


def test_a_pool_of_ones_own(sqlite_url: str) -> None:
    made = create_pool_from_url(sqlite_url, pool_size=2)
    engine = create_engine(sqlite_url, pool=made)
    assert engine.pool is made
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_creator_and_connect_args(sqlite_url: str) -> None:
    driver = PysqliteDriver()
    arguments = driver.connect_arguments(make_url(sqlite_url))
    calls: list[int] = []

    def creator() -> Any:
        calls.append(1)
        return driver.connect(*arguments[0], **arguments[1])

    with create_engine("sqlite://", creator=creator, poolclass=pool.NullPool).connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    assert calls == [1]
    with pytest.raises(TypeError, match="nonsense"):
        create_engine(sqlite_url, connect_args={"nonsense": 1}).connect()


def test_do_connect_listeners(sqlite_url: str) -> None:
    engine = create_engine(sqlite_url)
    seen: list[Any] = []

    def do_connect(dialect: Any, record: Any, args: list[Any], kwargs: dict[str, Any]) -> None:
        seen.append(dialect)
        kwargs["timeout"] = 3.0

    event.listen(engine, "do_connect", do_connect)
    engine.connect().close()
    assert seen == [engine.dialect]


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    made = create_engine(database)
    yield made
    made.dispose()


def test_dispose(engine: Engine) -> None:
    before = engine.pool
    with engine.connect() as connection:
        old = connection.connection.dbapi_connection
    engine.dispose()
    assert engine.pool is not before
    with engine.connect() as connection:
        assert connection.connection.dbapi_connection is not old
        assert connection.scalar(text("SELECT 1")) == 1


def test_raw_connection(engine: Engine) -> None:
    raw = engine.raw_connection()
    cursor = raw.cursor()
    cursor.execute("SELECT 1")
    assert tuple(cursor.fetchone()) == (1,)
    cursor.close()
    raw.close()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_configuration() -> None:
    engine = engine_from_config(
        {"db.url": "sqlite:///x.db", "db.pool_recycle": "50", "db.pool_pre_ping": "yes", "db.echo": "false", "x": "1"},
        "db.",
        pool_size=3,
    )
    assert (engine.pool._recycle, engine.pool._pre_ping, engine.pool.size(), engine.echo) == (50, True, 3, False)  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="not true/false"):
        engine_from_config({"sqlalchemy.url": "sqlite://", "sqlalchemy.hide_parameters": "perhaps"})
    with pytest.raises(KeyError):
        engine_from_config({})


def test_mock_engine() -> None:
    table = Table("t", MetaData(), Column("id", Integer, primary_key=True))
    seen: list[str] = []
    mock = create_mock_engine("sqlite://", lambda statement, *rest: seen.append(str(statement.compile(mock))))
    table.metadata.create_all(mock, checkfirst=False)
    assert [one.split() for one in seen] == [
        ["CREATE", "TABLE", "t", "(", "id", "INTEGER", "NOT", "NULL,", "PRIMARY", "KEY", "(id)", ")"]
    ]


def test_plans_are_kept_and_bounded() -> None:
    engine = create_engine("sqlite://", query_cache_size=20)
    columns = [Table("t", MetaData(), Column(f"c{number}", Integer)).c[0] for number in range(100)]
    for column in columns:
        plan, _ = engine.plan_for(select(column))
        assert engine.plan_for(select(column))[0] is plan
        assert len(engine.planners.own._plans) <= 20
    engine.clear_compiled_cache()
    assert len(engine.planners.own._plans) == 0
    off = create_engine("sqlite://", query_cache_size=0)
    assert off.plan_for(select(columns[0]))[0] is not off.plan_for(select(columns[0]))[0]


def test_mariadb_is_told_from_mysql(mariadb_url: str) -> None:
    engine = create_engine(mariadb_url.replace("mariadb+", "mysql+"))
    with engine.connect():
        assert engine.name == "mysql"
        assert engine.dialect.features.insert_returning
        assert engine._driver.is_mariadb  # type: ignore[attr-defined]
    engine.dispose()
