"""Creating and dropping tables: existence checks, order, names that need quoting, cycles."""

from __future__ import annotations

import warnings

import pytest

from cormorant import (
    CheckConstraint,
    Column,
    Engine,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    insert,
    select,
)
from cormorant.exc import CircularDependencyError, DBAPIError, IntegrityError

from .sent import Sent
from .setting import enforce_references


def parent_and_child() -> tuple[MetaData, Table, Table]:
    metadata = MetaData()
    child = Table(
        "child",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("parent_id", Integer, ForeignKey("parent.id"), nullable=False),
    )
    parent = Table("parent", metadata, Column("id", Integer, primary_key=True), Column("name", String(20)))
    return metadata, parent, child


def test_create_all_orders_tables_by_their_references(engine: Engine, sent: Sent) -> None:
    metadata, parent, child = parent_and_child()
    metadata.create_all(engine)
    created = sent.starting("\nCREATE TABLE")
    assert [("parent (" in statement.splitlines()[1]) for statement in created] == [True, False]
    with engine.begin() as connection:
        connection.execute(insert(parent).values(id=1, name="p"))
        connection.execute(insert(child).values(id=1, parent_id=1))
        assert connection.execute(select(child.c.parent_id)).scalar_one() == 1
    metadata.drop_all(engine)
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(select(parent))


def test_create_all_twice_creates_once(engine: Engine, sent: Sent) -> None:
    metadata, _, _ = parent_and_child()
    metadata.create_all(engine)
    sent.clear()
    metadata.create_all(engine)
    assert not sent.starting("\nCREATE TABLE")


def test_without_checkfirst_an_existing_table_is_an_error(engine: Engine) -> None:
    metadata, parent, _ = parent_and_child()
    metadata.create_all(engine)
    with pytest.raises(DBAPIError):
        parent.create(engine, checkfirst=False)


def test_drop_all_of_absent_tables_does_nothing(engine: Engine, sent: Sent) -> None:
    metadata, _, child = parent_and_child()
    metadata.drop_all(engine)
    assert not sent.starting("\nDROP TABLE")
    with pytest.raises(DBAPIError):
        child.drop(engine, checkfirst=False)


def test_some_tables_only(engine: Engine) -> None:
    metadata, parent, child = parent_and_child()
    metadata.create_all(engine, tables=[parent])
    with engine.connect() as connection:
        assert connection.execute(select(parent)).all() == []
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(select(child))


def test_create_all_in_the_callers_transaction(engine: Engine) -> None:
    metadata, parent, _ = parent_and_child()
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.execute(insert(parent).values(id=5))
    with engine.connect() as connection:
        assert connection.scalar(select(parent.c.id)) == 5


def test_tables_of_a_cycle_are_created_and_dropped(engine: Engine) -> None:
    metadata = MetaData()
    chicken = Table(
        "chicken",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("egg_id", Integer, ForeignKey("egg.id", name="fk_chicken_egg")),
    )
    egg = Table(
        "egg",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("chicken_id", Integer, ForeignKey("chicken.id", name="fk_egg_chicken")),
    )
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(egg).values(id=1, chicken_id=None))
        connection.execute(insert(chicken).values(id=1, egg_id=1))
        connection.execute(egg.update().values(chicken_id=1))
        connection.execute(egg.update().values(chicken_id=None))
        connection.execute(chicken.delete())
    for _ in range(2):
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Can't sort tables for DROP")
            metadata.drop_all(engine)
        metadata.create_all(engine)


def test_use_alter_breaks_a_cycle(engine: Engine) -> None:
    metadata = MetaData()
    Table(
        "a",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("b_id", Integer, ForeignKey("b.id", use_alter=True, name="fk_a_b")),
    )
    Table("b", metadata, Column("id", Integer, primary_key=True), Column("a_id", Integer, ForeignKey("a.id")))
    metadata.create_all(engine)
    metadata.drop_all(engine)


def test_a_table_refers_to_itself(engine: Engine) -> None:
    metadata = MetaData()
    tree = Table(
        "tree",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("parent_id", Integer, ForeignKey("tree.id")),
    )
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(tree), [{"id": 1, "parent_id": None}, {"id": 2, "parent_id": 1}])
    metadata.drop_all(engine)


@pytest.mark.parametrize("name", ["select", "Mixed Case", "ünï", "semi;colon", "per%cent", "colon:name", "a.b"])
def test_names_that_need_quoting(engine: Engine, name: str) -> None:
    metadata = MetaData()
    table = Table(name, metadata, Column("id", Integer, primary_key=True), Column(name + " x", Integer, key="value"))
    metadata.create_all(engine)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(table).values(id=1, value=7))
        connection.execute(table.update().where(table.c.value == 7).values(value=8))
        row = connection.execute(select(table)).one()
        assert row._mapping[table.c.value] == 8
    metadata.drop_all(engine)


def test_indexes_are_created(engine: Engine) -> None:
    metadata = MetaData()
    table = Table(
        "indexed",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("a", Integer, index=True),
        Column("b", Integer),
    )
    Index("ix_both", table.c.a, table.c.b, unique=True)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(table).values(id=1, a=1, b=1))
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(insert(table).values(id=2, a=1, b=1))


def test_composite_foreign_key(engine: Engine) -> None:
    metadata = MetaData()
    parent = Table("parent", metadata, Column("a", Integer, primary_key=True), Column("b", Integer, primary_key=True))
    child = Table(
        "child",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("x", Integer),
        Column("y", Integer),
        ForeignKeyConstraint(["x", "y"], ["parent.a", "parent.b"], name="fk_child"),
    )
    metadata.create_all(engine)
    enforce_references(engine)
    with engine.begin() as connection:
        connection.execute(insert(parent).values(a=1, b=2))
        connection.execute(insert(child).values(id=1, x=1, y=2))
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(insert(child).values(id=2, x=2, y=1))
        joined = select(child.c.id).join_from(child, parent)
        assert connection.execute(joined).scalars().all() == [1]


def test_check_constraint(engine: Engine) -> None:
    metadata = MetaData()
    table = Table(
        "checked",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("n", Integer),
        CheckConstraint("n > 0", name="ck_positive"),
    )
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(table).values(id=1, n=1))
        with pytest.raises(DBAPIError), connection.begin_nested():
            connection.execute(insert(table).values(id=2, n=0))
        assert connection.execute(select(table.c.id)).scalars().all() == [1]


def test_sorted_tables_with_a_cycle_of_unnamed_constraints(engine: Engine) -> None:
    metadata = MetaData()
    Table("a", metadata, Column("id", Integer, primary_key=True), Column("b_id", Integer, ForeignKey("b.id")))
    Table("b", metadata, Column("id", Integer, primary_key=True), Column("a_id", Integer, ForeignKey("a.id")))
    metadata.create_all(engine)
    if engine.dialect.features.alter:
        with pytest.raises(CircularDependencyError):
            metadata.drop_all(engine)
    else:
        with pytest.warns(Warning, match="Can't sort tables for DROP"):
            metadata.drop_all(engine)
