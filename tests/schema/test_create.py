"""create_all() and drop_all() on real databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest

from cormorant.engine import create_engine
from cormorant.exc import IntegrityError, OperationalError, SAWarning
from cormorant.schema import CheckConstraint, Column, ForeignKey, Index, MetaData, Table, UniqueConstraint
from cormorant.types import Boolean, Enum, Integer, Numeric, String


@pytest.fixture
def engine(database: str) -> Iterator[Any]:
    made = create_engine(database)
    yield made
    made.dispose()


@pytest.fixture
def metadata(engine: Any) -> Iterator[MetaData]:
    made = MetaData()
    yield made
    made.drop_all(engine)


def exists(engine: Any, name: str) -> bool:
    with engine.connect() as connection:
        return bool(engine.dialect.has_table(connection, name))


def test_tables_come_and_go(engine: Any, metadata: MetaData) -> None:
    child = Table("child", metadata, Column("id", Integer, primary_key=True), Column("p", ForeignKey("parent.id")))
    Table("parent", metadata, Column("id", Integer, primary_key=True))
    metadata.create_all(engine)
    metadata.create_all(engine)
    assert exists(engine, "child")
    child.drop(engine)
    assert not exists(engine, "child")
    child.create(engine)
    child.create(engine, checkfirst=True)
    metadata.drop_all(engine)
    metadata.drop_all(engine)
    assert not exists(engine, "parent")


def test_a_cycle_of_foreign_keys(engine: Any, metadata: MetaData) -> None:
    Table("a", metadata, Column("id", Integer, primary_key=True), Column("b_id", ForeignKey("b.id", name="fk_b")))
    Table("b", metadata, Column("id", Integer, primary_key=True), Column("a_id", ForeignKey("a.id", name="fk_a")))
    metadata.create_all(engine)
    assert exists(engine, "a")
    alter = engine.dialect.features.alter
    with nullcontext() if alter else pytest.warns(SAWarning, match="Can't sort tables for DROP"):
        metadata.drop_all(engine)
    assert not exists(engine, "a")


@pytest.mark.filterwarnings("ignore:.*does .not. support Decimal")
def test_constraints_hold(engine: Any, metadata: MetaData) -> None:
    table = Table(
        "t",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("kind", Enum("one", "two", name="kind_of_t")),
        Column("done", Boolean(create_constraint=True, name="ck_done")),
        Column("price", Numeric(10, 2), server_default="1.50", nullable=False),
        Column("name", String(20)),
        UniqueConstraint("name", "kind", name="uq_name"),
        CheckConstraint("price > 0", name="ck_price"),
        Index("ix_name", "name"),
    )
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(table.insert(), {"name": "x", "kind": "one", "done": True})
        row = connection.execute(table.select()).one()
        assert (row.kind, row.done, str(row.price)) == ("one", True, "1.50")
    for bad in ({"name": "x", "kind": "one"}, {"name": "y", "price": -1}):
        with pytest.raises((IntegrityError, OperationalError)), engine.begin() as connection:
            connection.execute(table.insert(), bad)


def test_types_of_their_own(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    metadata = MetaData()
    kind = Enum("one", "two", name="kind")
    Table("t", metadata, Column("kind", kind), Column("again", kind))
    metadata.create_all(engine)
    kind.create(engine, checkfirst=True)
    metadata.drop_all(engine)
    with engine.connect() as connection:
        assert not connection.dialect.has_type(connection, "kind")
    kind.create(engine)
    kind.drop(engine)
    kind.drop(engine, checkfirst=True)
    engine.dispose()
