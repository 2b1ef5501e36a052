"""Values nobody gave: generated keys, defaults made by Python and by the database, what NOT NULL and UNIQUE refuse."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import (
    Column,
    Connection,
    Engine,
    FetchedValue,
    Integer,
    String,
    Table,
    UniqueConstraint,
    func,
    insert,
    select,
    text,
    update,
)
from cormorant.exc import DBAPIError, IntegrityError
from cormorant.orm import Session, registry

Create = Callable[..., Table]


def test_generated_key(create: Create, connection: Connection) -> None:
    table = create("t", Column("id", Integer, primary_key=True), Column("x", Integer))
    first = connection.execute(insert(table).values(x=1)).inserted_primary_key
    second = connection.execute(insert(table), {"x": 2}).inserted_primary_key
    assert (first.id, second.id) == (1, 2)
    assert tuple(first) == (1,)


def test_a_row_of_defaults_alone(create: Create, connection: Connection) -> None:
    table = create("t", Column("id", Integer, primary_key=True), Column("x", Integer, server_default="5"))
    assert connection.execute(insert(table)).inserted_primary_key == (1,)
    assert connection.execute(insert(table).values()).inserted_primary_key == (2,)
    assert connection.execute(select(table)).all() == [(1, 5), (2, 5)]


def test_composite_key(create: Create, connection: Connection) -> None:
    table = create("t", Column("a", Integer, primary_key=True), Column("b", String(10), primary_key=True))
    result = connection.execute(insert(table).values(a=1, b="x"))
    assert result.inserted_primary_key == (1, "x")
    connection.execute(insert(table), [{"a": 1, "b": "y"}, {"a": 2, "b": "x"}])
    with pytest.raises(IntegrityError), connection.begin_nested():
        connection.execute(insert(table).values(a=1, b="y"))
    assert connection.scalar(select(func.count()).select_from(table)) == 3


def test_key_without_generation_must_be_given(create: Create, connection: Connection) -> None:
    table = create(
        "t",
        Column("a", Integer, primary_key=True, autoincrement=False),
        Column("b", Integer, primary_key=True, autoincrement=False),
    )
    connection.execute(insert(table).values(a=1, b=2))
    assert connection.execute(select(table)).all() == [(1, 2)]


def test_python_defaults(create: Create, connection: Connection) -> None:
    numbers = itertools.count(10)
    table = create(
        "t",
        Column("id", Integer, primary_key=True),
        Column("fixed", String(10), default="given"),
        Column("called", Integer, default=lambda: next(numbers)),
        Column("seen", Integer, default=lambda context: context.get_current_parameters()["id"] * 2),
        Column("sql", Integer, default=text("3 + 4")),
    )
    connection.execute(insert(table).values(id=1))
    connection.execute(insert(table), [{"id": 2}, {"id": 3}])
    connection.execute(insert(table).values(id=4, fixed="own", called=0, seen=0, sql=0))
    connection.execute(insert(table).values(id=5, fixed=None))
    assert connection.execute(select(table).order_by(table.c.id)).all() == [
        (1, "given", 10, 2, 7),
        (2, "given", 11, 4, 7),
        (3, "given", 12, 6, 7),
        (4, "own", 0, 0, 0),
        (5, None, 13, 10, 7),
    ]


def test_onupdate(create: Create, connection: Connection) -> None:
    numbers = itertools.count(1)
    table = create(
        "t",
        Column("id", Integer, primary_key=True),
        Column("x", Integer),
        Column("changed", Integer, onupdate=lambda: next(numbers)),
    )
    connection.execute(insert(table), [{"id": 1, "x": 1}, {"id": 2, "x": 1}])
    connection.execute(update(table).where(table.c.id == 1).values(x=2))
    connection.execute(update(table).where(table.c.id == 1).values(x=3))
    assert connection.execute(select(table).order_by(table.c.id)).all() == [(1, 3, 2), (2, 1, None)]


def test_server_defaults(create: Create, connection: Connection) -> None:
    table = create(
        "t",
        Column("id", Integer, primary_key=True),
        Column("word", String(20), server_default="it's 100%"),
        Column("number", Integer, server_default=text("7")),
        Column("moment", String(40), server_default=func.now()),
    )
    connection.execute(insert(table).values(id=1))
    connection.execute(insert(table), [{"id": 2, "word": "own"}, {"id": 3, "word": None}])
    rows = connection.execute(select(table.c["id", "word", "number"]).order_by(table.c.id)).all()
    assert rows == [(1, "it's 100%", 7), (2, "own", 7), (3, None, 7)]
    assert all(connection.scalars(select(table.c.moment)))


def test_nullable(create: Create, connection: Connection) -> None:
    table = create("t", Column("id", Integer, primary_key=True), Column("x", Integer, nullable=False))
    for bad in ({"id": 1, "x": None}, {"id": 1}):
        with pytest.raises(DBAPIError), connection.begin_nested():
            connection.execute(insert(table), bad)
    assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_unique(create: Create, connection: Connection) -> None:
    table = create(
        "t",
        Column("id", Integer, primary_key=True),
        Column("x", Integer, unique=True),
        Column("a", Integer),
        Column("b", Integer),
        UniqueConstraint("a", "b", name="uq_both"),
    )
    connection.execute(insert(table).values(id=1, x=1, a=1, b=1))
    for bad in ({"id": 2, "x": 1}, {"id": 2, "a": 1, "b": 1}, {"id": 1}):
        with pytest.raises(IntegrityError) as caught, connection.begin_nested():
            connection.execute(insert(table), bad)
        assert caught.value.orig is not None
    connection.execute(insert(table), [{"id": 2, "x": None}, {"id": 3, "x": None}])
    assert connection.scalar(select(func.count()).select_from(table)) == 3


def test_defaults_reach_mapped_objects(engine: Engine, create: Create) -> None:
    table = create(
        "t",
        Column("id", Integer, primary_key=True),
        Column("python", Integer, default=4),
        Column("server", Integer, server_default=text("5")),
        Column("fetched", Integer, FetchedValue(), nullable=True),
        Column("computed", Integer, default=text("2 * 3")),
    )

    class Thing:
        id: Any
        python: Any
        server: Any
        computed: Any

    registry().map_imperatively(Thing, table)
    with Session(engine) as session:
        things = [Thing(), Thing()]
        session.add_all(things)
        session.flush()
        assert [(t.id, t.python, t.server, t.computed) for t in things] == [(1, 4, 5, 6), (2, 4, 5, 6)]
        session.commit()
        assert [(t.id, t.python, t.server, t.computed) for t in things] == [(1, 4, 5, 6), (2, 4, 5, 6)]
