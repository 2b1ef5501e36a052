"""On a server: values of every type, ON DUPLICATE KEY UPDATE, UPDATE and DELETE of several tables, LIMIT, MATCH."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from cormorant import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    cast,
    create_engine,
    delete,
    insert,
    inspect,
    literal,
    select,
    update,
)
from cormorant.dialects import mysql as m


class Size(enum.Enum):
    small = 1
    big = 2


@pytest.fixture
def connection(mariadb_url: str) -> Iterator[Connection]:
    engine = create_engine(mariadb_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


VALUES: list[tuple[Any, Any]] = [
    (m.BIGINT(unsigned=True), 2**64 - 1),
    (m.MEDIUMINT, -8388608),
    (m.TINYINT, -128),
    (m.INTEGER(5, zerofill=True), 42),
    (m.BIT(10), 5),
    (m.YEAR, 1999),
    (m.DECIMAL(10, 2, unsigned=True), Decimal("3.50")),
    (m.DOUBLE(10, 3), Decimal("3.123")),
    (m.DOUBLE(asdecimal=False), 0.1),
    (m.FLOAT, 1.5),
    (m.REAL(asdecimal=False), 2.25),
    (m.SET("a", "b", "c"), {"a", "c"}),
    (m.SET("a", "b"), set[str]()),
    (m.SET("", "a", "b", retrieve_as_bitwise=True), {"", "b"}),
    (m.ENUM("x", "it's"), "it's"),
    (m.ENUM(Size), Size.big),
    (m.DATETIME(fsp=6), dt.datetime(2020, 1, 2, 3, 4, 5, 123456)),
    (m.TIMESTAMP(fsp=2), dt.datetime(2020, 1, 2, 3, 4, 5, 120000)),
    (m.TIME(fsp=3), dt.time(1, 2, 3, 456000)),
    (m.DATE, dt.date(2020, 1, 2)),
    (m.JSON, {"a": [1, None, "é"]}),
    (m.TINYTEXT, "tiny"),
    (m.LONGTEXT(charset="latin1"), "é"),
    (m.VARCHAR(20, charset="utf8mb4", collation="utf8mb4_bin"), "☃"),
    (m.NVARCHAR(20), "ü"),
    (m.LONGBLOB, b"abc\x00\xff"),
    (m.VARBINARY(9), b"\x00\x01"),
    (m.BOOLEAN, True),
    (m.INET4, "127.0.0.1"),
    (m.INET6, "::1"),
    (Uuid(), uuid.UUID(int=5)),
    (Uuid(as_uuid=False), str(uuid.UUID(int=5))),
]


def test_values(connection: Connection) -> None:
    columns = [Column(f"c{number}", type_) for number, (type_, _) in enumerate(VALUES)]
    table = Table("every", MetaData(), Column("id", Integer, primary_key=True), *columns, mysql_engine="InnoDB")
    table.create(connection)
    connection.execute(insert(table), {f"c{number}": value for number, (_, value) in enumerate(VALUES)})
    connection.execute(insert(table), {"id": 7})
    reflected = {column["name"]: column["type"] for column in inspect(connection).get_columns("every")}
    assert repr(reflected["c13"]) == "SET('', 'a', 'b', retrieve_as_bitwise=True)"
    assert repr(reflected["c0"]) == "BIGINT(display_width=20, unsigned=True)"
    first, second = connection.execute(select(*columns).order_by(table.c.id)).all()
    assert list(first) == [value for _, value in VALUES]
    assert list(second) == [None] * len(VALUES)
    for column, (_, value) in zip(columns, VALUES, strict=True):
        if not isinstance(column.type, (m.JSON, m.FLOAT)):
            assert connection.scalars(select(table.c.id).where(column == value)).all() == [1], column.name


def test_casts(connection: Connection) -> None:
    row = connection.execute(
        select(
            cast(literal("1.5"), m.FLOAT), cast(literal("1.25"), m.DOUBLE), cast(literal("7"), m.INTEGER(unsigned=True))
        )
    ).one()
    assert tuple(row) == (1.5, Decimal("1.25"), 7)


@pytest.fixture
def tables(connection: Connection) -> tuple[Table, Table]:
    metadata = MetaData()
    bird = Table(
        "bird",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(30), unique=True),
        Column("seen", Integer),
    )
    nest = Table(
        "nest",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("bird_id", Integer),
        Column("name", String(30)),
    )
    metadata.create_all(connection)
    connection.execute(insert(bird), [{"id": 1, "name": "gull", "seen": 1}, {"id": 2, "name": "tern", "seen": 2}])
    connection.execute(insert(nest), [{"bird_id": 1, "name": "cliff"}, {"bird_id": 2, "name": "sand"}])
    return bird, nest


def test_on_duplicate_key(connection: Connection, tables: tuple[Table, Table]) -> None:
    bird = tables[0]
    base = m.insert(bird)
    upsert = base.on_duplicate_key_update(seen=bird.c.seen + base.inserted.seen)
    assert connection.execute(upsert, {"name": "gull", "seen": 5}).rowcount == 2
    connection.execute(upsert, [{"name": "gull", "seen": 5}, {"name": "auk", "seen": 1}])
    assert connection.execute(select(bird.c.name, bird.c.seen).order_by(bird.c.name)).all() == [
        ("auk", 1),
        ("gull", 11),
        ("tern", 2),
    ]
    returned = connection.execute(upsert.returning(bird.c.seen), {"name": "gull", "seen": 1})
    assert returned.all() == [(12,)]


def test_update_and_delete_of_two_tables(connection: Connection, tables: tuple[Table, Table]) -> None:
    bird, nest = tables
    joined = bird.c.id == nest.c.bird_id
    values = {bird.c.name: nest.c.name, nest.c.name: "taken"}
    assert connection.execute(update(bird).where(joined, bird.c.id == 1).values(values)).rowcount == 2
    assert connection.execute(select(bird.c.name, nest.c.name).where(joined).order_by(bird.c.id)).all() == [
        ("cliff", "taken"),
        ("tern", "sand"),
    ]
    connection.execute(delete(bird).where(joined, nest.c.name == "sand"))
    assert connection.scalars(select(bird.c.id)).all() == [1]


def test_limits(connection: Connection, tables: tuple[Table, Table]) -> None:
    bird = tables[0]
    assert connection.execute(update(bird).values(seen=9).ext(m.limit(1))).rowcount == 1
    assert connection.execute(delete(bird).ext(m.limit(5))).rowcount == 2


def test_match(connection: Connection) -> None:
    text = Table("texts", MetaData(), Column("id", Integer, primary_key=True), Column("body", m.TEXT))
    Index("words", text.c.body, mysql_prefix="FULLTEXT")
    text.create(connection)
    connection.execute(insert(text), [{"body": body} for body in ("a gull on a cliff", "a tern and a gull", "none")])
    connection.commit()
    found = m.match(text.c.body, against="+gull -tern").in_boolean_mode()
    assert connection.scalars(select(text.c.id).where(found)).all() == [1]
    assert connection.scalars(select(text.c.id).where(~found).order_by(text.c.id)).all() == [2, 3]


def test_returning_of_a_condition_that_cannot_hold(connection: Connection, tables: tuple[Table, Table]) -> None:
    bird = tables[0]
    found = connection.execute(delete(bird).where(literal(True).is_(False)).returning(bird.c.id))
    assert (list(found.keys()), found.all()) == (["id"], [])


def test_empty_lists_negated(connection: Connection, tables: tuple[Table, Table]) -> None:
    bird = tables[0]
    every = connection.scalars(select(bird.c.id).order_by(bird.c.id)).all()
    assert every
    assert connection.scalars(select(bird.c.id).where(~bird.c.id.in_([])).order_by(bird.c.id)).all() == every
    assert connection.scalars(select(bird.c.id).where(~bird.c.id.not_in([]))).all() == []
