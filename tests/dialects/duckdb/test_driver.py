"""The driver of DuckDB: addresses, transactions, row counts, streams, errors, values, reflection."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cormorant import (
    ARRAY,
    JSON,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Engine,
    Enum,
    Float,
    ForeignKey,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Time,
    UniqueConstraint,
    Uuid,
    create_engine,
    delete,
    exc,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from cormorant.dialects import duckdb
from cormorant.dialects.duckdb.driver import DuckDBDriver
from cormorant.engine import make_url


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = create_engine("duckdb:///:memory:")
    yield made
    made.dispose()


@pytest.mark.parametrize(
    ("url", "arguments"),
    [
        ("duckdb://", ([":memory:"], {})),
        ("duckdb:///:memory:", ([":memory:"], {})),
        ("duckdb:////a/b.db?read_only=true", (["/a/b.db"], {"read_only": True})),
        ("duckdb:////a.db?threads=2", (["/a.db"], {"config": {"threads": "2"}})),
    ],
)
def test_arguments(url: str, arguments: Any) -> None:
    assert DuckDBDriver().connect_arguments(make_url(url)) == arguments


def test_addresses_that_are_refused() -> None:
    with pytest.raises(exc.ArgumentError, match="Invalid DuckDB URL"):
        DuckDBDriver().connect_arguments(make_url("duckdb://user@host/db"))


def test_all_connections_see_the_database_in_memory(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER)")
    with engine.connect() as first, engine.connect() as second:
        first.exec_driver_sql("INSERT INTO t VALUES (1)")
        assert second.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0
        first.commit()
        second.rollback()
        assert second.exec_driver_sql("SELECT count(*) FROM t").scalar() == 1
    other = create_engine("duckdb:///:memory:")
    assert inspect(other).get_table_names() == []
    other.dispose()


def test_files(tmp_path: Path) -> None:
    url = f"duckdb:///{tmp_path}/x.db"
    for _ in range(2):
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS t (a INTEGER)")
        engine.dispose()
    reader = create_engine(f"{url}?read_only=true")
    with reader.connect() as connection:
        assert inspect(connection).get_table_names() == ["t"]
        with pytest.raises(exc.DBAPIError, match="read-only"):
            connection.exec_driver_sql("CREATE TABLE u (a INTEGER)")
    reader.dispose()


def test_transactions_and_row_counts(engine: Engine) -> None:
    t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer))
    with engine.connect() as connection:
        t.create(connection)
        assert connection.execute(insert(t), [{"n": 1}, {"n": 2}]).rowcount == 2
        connection.commit()
        assert connection.execute(insert(t).values(n=3)).inserted_primary_key == (3,)
        assert connection.execute(update(t).values(n=5).where(t.c.id > 1)).rowcount == 2
        assert connection.execute(delete(t).where(t.c.id == 1).returning(t.c.n)).all() == [(1,)]
        assert connection.execute(insert(t).returning(t.c.id), [{"n": 8}, {"n": 9}]).all() == [(4,), (5,)]
        connection.rollback()
        assert connection.scalars(select(t.c.n).order_by(t.c.id)).all() == [1, 2]
        with pytest.raises(exc.InvalidRequestError, match="savepoints are not supported by duckdb"):
            connection.begin_nested()
        assert connection.execute(text("SELECT 1; SELECT 2")).scalar() == 2


def test_values_in_returning(engine: Engine) -> None:
    t = Table("t", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer))
    statement = insert(t).values(n=3).returning(t.c.n + 1)
    assert (
        str(statement.compile(engine)) == "INSERT INTO t (n) VALUES (?) RETURNING t.n + __[POSTCOMPILE_n_1] AS anon_1"
    )
    with engine.connect() as connection:
        t.create(connection)
        assert connection.scalar(statement) == 4
        assert connection.scalar(insert(t).values(n=3).returning(t.c.n + 5)) == 8


def test_two_results_and_streams(engine: Engine) -> None:
    with engine.connect() as connection:
        first, second = connection.execute(text("FROM range(3)")), connection.execute(text("FROM range(2)"))
        assert (first.fetchone(), second.all(), first.all()) == ((0,), [(0,), (1,)], [(1,), (2,)])
        streamed = connection.execution_options(stream_results=True).execute(text("FROM range(5)"))
        assert (streamed.fetchmany(2), streamed.all()) == ([(0,), (1,)], [(2,), (3,), (4,)])


def test_errors(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        connection.commit()
        with pytest.raises(exc.IntegrityError, match="violates primary key"):
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
        connection.rollback()
        with pytest.raises(exc.ProgrammingError, match="nope"):
            connection.exec_driver_sql("SELECT * FROM nope")
        connection.rollback()
        assert connection.exec_driver_sql("SELECT a FROM t").scalar() == 1


class Size(enum.Enum):
    small = 1
    big = 2


VALUES: list[tuple[Any, Any]] = [
    (String(20), "it's"),
    (Numeric(10, 2), Decimal("1.50")),
    (Float(), 0.1),
    (DateTime(), dt.datetime(2020, 1, 2, 3, 4, 5, 6)),
    (Date(), dt.date(2020, 1, 2)),
    (Time(), dt.time(1, 2, 3, 4)),
    (LargeBinary(), b"a\x00\xff"),
    (Uuid(), uuid.UUID(int=5)),
    (Uuid(as_uuid=False), str(uuid.UUID(int=5))),
    (JSON(), {"a": [1, None, "é"]}),
    (Interval(), dt.timedelta(days=3, seconds=5, microseconds=7)),
    (Enum(Size), Size.big),
    (ARRAY(Integer), [1, 2]),
]


def test_values(engine: Engine) -> None:
    columns = [Column(f"c{number}", type_) for number, (type_, _) in enumerate(VALUES)]
    table = Table("every", MetaData(), Column("id", Integer, primary_key=True), *columns)
    with engine.connect() as connection:
        table.create(connection)
        connection.execute(insert(table), {f"c{number}": value for number, (_, value) in enumerate(VALUES)})
        connection.execute(insert(table), {"id": 7})
        first, second = connection.execute(select(*columns).order_by(table.c.id)).all()
        assert list(first) == [value for _, value in VALUES]
        assert list(second) == [None] * len(VALUES)
        for column, (_, value) in zip(columns, VALUES, strict=True):
            if not isinstance(column.type, (JSON, ARRAY)):
                assert connection.scalars(select(table.c.id).where(column == value)).all() == [1], column.name
        part = table.c.c9["a"]
        assert connection.execute(select(part, part[2].as_string(), part[0].as_integer())).first() == (
            [1, None, "é"],
            "é",
            1,
        )


def test_on_conflict(engine: Engine) -> None:
    t = Table("t", MetaData(), Column("a", String, primary_key=True), Column("n", Integer))
    statement = duckdb.insert(t)
    upsert = statement.on_conflict_do_update(["a"], set_={"n": t.c.n + statement.excluded.n})
    with engine.connect() as connection:
        t.create(connection)
        connection.execute(upsert, [{"a": "x", "n": 1}, {"a": "x", "n": 2}])
        connection.execute(statement.on_conflict_do_nothing(), {"a": "x", "n": 9})
        assert connection.execute(select(t)).all() == [("x", 3)]


def test_reflection(engine: Engine) -> None:
    metadata = MetaData()
    parent = Table(
        "parent", metadata, Column("id", Integer, primary_key=True), Column("n", Numeric(10, 2)), comment="c"
    )
    Table(
        "child",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("parent_id", ForeignKey("parent.id"), nullable=False),
        Column("x", String(5), index=True),
        UniqueConstraint("parent_id", "x"),
        CheckConstraint("parent_id > 0"),
    )
    metadata.create_all(engine)
    metadata.create_all(engine)
    found = inspect(engine)
    assert found.get_table_names() == ["child", "parent"]
    assert found.get_table_comment("parent") == {"text": "c"}
    assert found.get_pk_constraint("child")["constrained_columns"] == ["id"]
    assert found.get_foreign_keys("child")[0]["referred_table"] == "parent"
    assert found.get_unique_constraints("child")[0]["column_names"] == ["parent_id", "x"]
    assert found.get_check_constraints("child")[0]["sqltext"] == "(parent_id > 0)"
    assert [(index["name"], index["column_names"]) for index in found.get_indexes("child")] == [("ix_child_x", ["x"])]
    assert found.has_index("child", "ix_child_x")
    assert found.get_sequence_names() == ["child_id_seq", "parent_id_seq"]
    again = MetaData()
    again.reflect(engine)
    assert repr(again.tables["parent"].c.n.type) == "DECIMAL(precision=10, scale=2)"
    with engine.begin() as connection:
        assert connection.execute(insert(again.tables["parent"]).values(n=1)).inserted_primary_key == (1,)
        assert connection.scalar(select(func.count()).select_from(parent)) == 1
    metadata.drop_all(engine)
    assert inspect(engine).get_table_names() == inspect(engine).get_sequence_names() == []
    with pytest.raises(exc.NoSuchTableError):
        inspect(engine).get_columns("parent")
