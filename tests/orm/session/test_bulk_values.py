"""Statements about mapped classes: values that the statement does not name, and parameters that name no attribute."""

from __future__ import annotations

import pytest

from cormorant import ForeignKey, bindparam, create_engine, delete, func, insert, inspect, select, text, update
from cormorant.exc import CompileError, InvalidRequestError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    changes: Mapped[int | None] = mapped_column(onupdate=9)
    stamp: Mapped[int | None] = mapped_column(onupdate=text("1 + 1"))


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add_all([Item(id=1, name="one"), Item(id=2, name="two")])
        opened.commit()
        yield opened
    engine.dispose()


@pytest.mark.parametrize("strategy", ["evaluate", "fetch"])
def test_what_an_update_sets_besides_is_known_or_expires(session: Session, strategy: str) -> None:
    item = session.get(Item, 1)
    statement = update(Item).where(Item.id == 1).values(name="x")
    session.execute(statement, execution_options={"synchronize_session": strategy})
    assert (item.name, item.__dict__["changes"]) == ("x", 9)
    assert inspect(item).expired_attributes == {"stamp"}
    assert item.stamp == 2


def test_a_list_is_no_parameter_of_delete(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="Bulk ORM DELETE not supported"):
        session.execute(delete(Item), [{"id": 1}])
    assert len(session.scalars(select(Item)).all()) == 2


def test_an_update_of_no_records_is_nothing(session: Session) -> None:
    assert session.execute(update(Item), []).rowcount == 0


def test_parameters_of_values(session: Session) -> None:
    session.execute(insert(Item).values(name=bindparam("given")), [{"given": "a"}, {"given": "b"}])
    assert session.scalars(select(Item.name).order_by(Item.id)).all() == ["one", "two", "a", "b"]


def test_entities_from_the_rows_of_a_writing_statement(session: Session) -> None:
    item = session.get(Item, 1)
    statement = update(Item).where(Item.id == 1).values(name="x").returning(Item)
    again = select(Item).from_statement(statement).execution_options(populate_existing=True)
    assert session.scalars(again).all() == [item]
    assert item.name == "x"
    gone = select(Item).from_statement(delete(Item).where(Item.id == 2).returning(Item))
    assert [one.name for one in session.scalars(gone)] == ["two"]


class Sub(Item):
    __tablename__ = "sub"
    id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    extra: Mapped[str]


def test_values_of_one_table_only(session: Session) -> None:
    with pytest.raises(CompileError, match="Unconsumed column names: name"):
        session.execute(insert(Sub).values(name="x", extra="y"))


def test_a_primary_key_made_by_the_database(session: Session) -> None:
    item = Item(id=func.coalesce(55, 1), name="computed")
    session.add(item)
    session.flush()
    assert inspect(item).identity == (55,)
    assert session.get(Item, 55) is item


def test_populate_existing_drops_what_the_rows_lack(session: Session) -> None:
    session.execute(text("UPDATE item SET name = 'item' WHERE id = 1"))
    session.expunge_all()
    item = session.get(Item, 1)
    item.name, item.changes = "unsaved", 3
    partial = select(Item).from_statement(text("SELECT id, changes FROM item WHERE id = 1"))
    with session.no_autoflush:
        session.scalars(partial, execution_options={"populate_existing": True}).all()
    assert item not in session.dirty
    assert (item.changes, item.name) == (None, "item")


class Eager(Base):
    __tablename__ = "eager"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    stamp: Mapped[int | None] = mapped_column(onupdate=text("1 + 1"))
    __mapper_args__ = {"eager_defaults": True}


def test_eager_defaults_of_an_update(session: Session) -> None:
    row = Eager(id=1, name="a")
    session.add(row)
    session.flush()
    row.name = func.upper("b")
    session.flush()
    assert (row.__dict__["name"], row.__dict__["stamp"]) == ("B", 2)
