"""INSERT of many rows by attribute name."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import JSON, ForeignKey, String, TypeDecorator, func, insert, select, text
from cormorant.exc import ArgumentError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column

from .world import Doc, Sent, User, new_engine, stored, watch


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column("item_name")
    size: Mapped[int | None] = mapped_column(default=5)


class Person(Base):
    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    kind: Mapped[str | None]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Boss(Person):
    __tablename__ = "boss"
    id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    car: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "boss"}


class Shouted(TypeDecorator[str]):
    """Text whose NULL becomes a word, where it is sent."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return "nothing" if value is None else value.upper()


class Thing(Base):
    __tablename__ = "thing"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    size: Mapped[int | None]
    document: Mapped[Any] = mapped_column(JSON, nullable=True)
    shouted: Mapped[str | None] = mapped_column(Shouted)
    colour: Mapped[str | None] = mapped_column(default="red")
    weight: Mapped[int | None] = mapped_column(server_default="8")


@pytest.fixture
def world() -> Any:
    """A session on an empty database with these classes, and what is sent."""
    engine = new_engine(Base, {})
    sent = watch(engine)
    with Session(engine) as session:
        yield session, sent


def test_records_by_attribute_name_with_defaults(world: Any) -> None:
    session, sent = world
    result = session.execute(insert(Item), [{"name": "a"}, {"name": "b"}])
    assert result.rowcount == 2
    assert sent.take() == [("INSERT INTO item (item_name, size) VALUES (?, ?)", [("a", 5), ("b", 5)])]


def test_records_of_other_shapes_are_sent_in_their_order(world: Any) -> None:
    session, sent = world
    session.execute(insert(Item), [{"name": "a", "size": 1}, {"name": "b", "size": None}, {"name": "c"}, {"size": 4}])
    assert sent.take() == [
        ("INSERT INTO item (item_name, size) VALUES (?, ?)", ("a", 1)),
        ("INSERT INTO item (item_name, size) VALUES (?, ?)", [("b", 5), ("c", 5)]),
        ("INSERT INTO item (size) VALUES (?)", (4,)),
    ]


def test_render_nulls(world: Any) -> None:
    session, sent = world
    session.execute(
        insert(Item), [{"name": "a", "size": 1}, {"name": "b", "size": None}], execution_options={"render_nulls": True}
    )
    assert sent.take() == [("INSERT INTO item (item_name, size) VALUES (?, ?)", [("a", 1), ("b", None)])]


def test_returning_objects_in_the_order_of_the_records(world: Any) -> None:
    session, sent = world
    statement = insert(Item).returning(Item, sort_by_parameter_order=True)
    items = session.scalars(statement, [{"name": "a"}, {"name": "b"}]).all()
    assert [(item.id, item.name, item.size) for item in items] == [(1, "a", 5), (2, "b", 5)]
    assert session.get(Item, 1) is items[0]
    assert sent.take() == [
        ("INSERT INTO item (item_name, size) VALUES (?, ?), (?, ?) RETURNING id, item_name, size", ("a", 5, "b", 5))
    ]


def test_returning_over_several_shapes(world: Any) -> None:
    session, _ = world
    rows = session.execute(
        insert(Item).returning(Item.id, Item.name), [{"name": "a"}, {"size": 2}, {"name": "c"}]
    ).all()
    assert rows == [(1, "a"), (2, None), (3, "c")]
    items = session.scalars(insert(Item).returning(Item), [{"name": "d"}, {"size": 2}]).all()
    assert [item.id for item in items] == [4, 5]


def test_one_record_of_either_form(world: Any) -> None:
    session, _ = world
    assert session.execute(insert(Item), {"name": "a"}).inserted_primary_key == (1,)
    assert session.scalars(insert(Item).returning(Item), [{"name": "b"}]).one().id == 2


def test_values_and_records(world: Any) -> None:
    session, sent = world
    session.execute(insert(Item).values(size=9), [{"name": "a"}, {"name": "b"}])
    assert sent.take() == [("INSERT INTO item (item_name, size) VALUES (?, ?)", [("a", 9), ("b", 9)])]
    session.execute(insert(Item).values({Item.name: func.upper("x")}))
    assert sent.take() == [("INSERT INTO item (item_name, size) VALUES (upper(?), ?)", ("x", 5))]
    items = session.scalars(insert(Item).values([{"name": "y"}, {"name": "z"}]).returning(Item)).all()
    assert [item.name for item in items] == ["y", "z"]


def test_expressions_among_records(world: Any) -> None:
    session, sent = world
    session.execute(insert(Item), [{"name": func.upper("a")}, {"name": "b"}])
    assert sent.take() == [
        ("INSERT INTO item (item_name, size) VALUES (upper(?), ?)", ("a", 5)),
        ("INSERT INTO item (item_name, size) VALUES (?, ?)", ("b", 5)),
    ]


def test_a_class_of_two_tables(world: Any) -> None:
    session, sent = world
    session.execute(insert(Boss), [{"name": "a", "car": "x"}, {"name": "b", "car": "y"}])
    assert sent.take() == [
        ("INSERT INTO person (name, kind) VALUES (?, ?), (?, ?) RETURNING id", ("a", "boss", "b", "boss")),
        ("INSERT INTO boss (id, car) VALUES (?, ?)", [(1, "x"), (2, "y")]),
    ]
    bosses = session.scalars(insert(Boss).returning(Boss), [{"name": "c", "car": "z"}, {"name": "d"}]).all()
    assert [(boss.id, boss.name, boss.car, boss.kind) for boss in bosses] == [
        (3, "c", "z", "boss"),
        (4, "d", None, "boss"),
    ]


def test_a_versioned_class_gets_its_first_version(session: Session) -> None:
    session.execute(insert(Doc), [{"id": 7, "title": "x"}])
    assert stored(session, "SELECT version FROM docs WHERE id = 7") == [(1,)]


def test_strategies(world: Any) -> None:
    session, _ = world
    raw = {"dml_strategy": "raw"}
    session.execute(insert(Item), [{"item_name": "by column"}], execution_options=raw)
    assert session.scalars(select(Item.name)).all() == ["by column"]
    with pytest.raises(ArgumentError, match="Valid strategies for ORM insert strategy are"):
        session.execute(insert(Item), [{"name": "a"}], execution_options={"dml_strategy": "bogus"})


def test_the_session_s_objects_stay(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    sent.take()
    found = session.scalars(insert(User).returning(User), [{"id": 9, "name": "new"}]).one()
    assert found is session.get(User, 9)
    assert user.name == "ann"
    assert len(sent.take()) == 1


def test_a_null_that_nothing_replaces_does_not_split_what_is_sent(world: Any) -> None:
    session, sent = world
    rows = [{"name": "a", "size": 1}, {"name": None, "size": 2}, {"name": "c", "size": None}]
    session.execute(insert(Thing), rows)
    assert sent.take() == [
        (
            "INSERT INTO thing (name, size, colour) VALUES (?, ?, ?)",
            [("a", 1, "red"), (None, 2, "red"), ("c", None, "red")],
        )
    ]


def test_none_gives_way_to_defaults_and_decorated_types_do_not_see_it(world: Any) -> None:
    session, _ = world
    rows = [
        {"name": "a", "shouted": "x", "colour": "blue", "weight": 1, "document": {}},
        {"name": None, "shouted": None, "colour": None, "weight": None, "document": None},
    ]
    session.execute(insert(Thing), rows)
    found = session.execute(text("SELECT name, shouted, colour, weight, document FROM thing ORDER BY id")).all()
    assert [tuple(row) for row in found] == [("a", "X", "blue", 1, "{}"), (None, None, "red", 8, "null")]


def test_rendered_nulls_of_defaults_are_sent(world: Any) -> None:
    session, _ = world
    rows = [{"name": None, "colour": None, "weight": None}]
    session.execute(insert(Thing), rows, execution_options={"render_nulls": True})
    found = session.execute(text("SELECT name, colour, weight FROM thing")).one()
    assert tuple(found) == (None, None, None)
