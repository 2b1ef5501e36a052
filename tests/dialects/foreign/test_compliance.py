"""A dialect from outside is registered, found by URL, and serves Core and ORM like those that are built in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Column, Engine, ForeignKey, Integer, MetaData, String, Table, create_engine, insert, select, text
from cormorant.dialects import registry
from cormorant.engine.registry import announce, find_entry, known_names
from cormorant.engine.url import make_url
from cormorant.exc import ArgumentError, IntegrityError, NoSuchModuleError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload

from .dialect import ENTRY, SENT, UpperDialect

MODULE = "tests.dialects.foreign.dialect"


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)
    books: Mapped[list[Book]] = relationship(order_by="Book.id", cascade="all, delete-orphan")


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("author.id"))
    title: Mapped[str]


METADATA = MetaData()
T = Table("t", METADATA, Column("id", Integer, primary_key=True), Column("Name", String(10)))


@pytest.fixture
def engine() -> Iterator[Engine]:
    registry.register("upper", MODULE, "UpperDialect")
    made = create_engine("upper://")
    METADATA.create_all(made)
    Base.metadata.create_all(made)
    SENT.clear()
    yield made
    made.dispose()


def test_registered_names() -> None:
    registry.register("upper.other", MODULE, "UpperDialect")
    registry.register("upper", MODULE, "ENTRY")
    assert "upper" in known_names()
    assert find_entry(make_url("upper://")) is ENTRY
    assert isinstance(create_engine("upper+other://").dialect, UpperDialect)
    assert isinstance(create_engine("upper+upperdb://").dialect, UpperDialect)
    with pytest.raises(NoSuchModuleError, match="known drivers are upper\\+upperdb"):
        create_engine("upper+third://")


def test_registration_is_looked_at_when_it_is_needed() -> None:
    registry.register("broken", "tests.dialects.foreign.nowhere", "Nothing")
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        create_engine("broken://")
    announce("broken", MODULE, "UpperPreparer")
    with pytest.raises(ArgumentError, match="has no driver_class, so it renders statements and runs none"):
        create_engine("broken://")


def test_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point:
        name = "pointed"

        def load(self) -> Any:
            return UpperDialect

    monkeypatch.setattr("cormorant.engine.registry._entry_points", lambda: [Point()])
    with create_engine("pointed://").connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1


def test_text(engine: Engine) -> None:
    statement = select(T).where(T.c.Name == "x").order_by(T.c.id).limit(2).offset(1)
    assert str(statement.compile(engine)) == (
        'SELECT "T"."ID", "T"."NAME" \nFROM "T" \nWHERE "T"."NAME" = :Name_1 ORDER BY "T"."ID" '
        "OFFSET :param_1 ROWS FETCH FIRST :param_2 ROWS ONLY"
    )


def test_core(engine: Engine) -> None:
    with engine.begin() as connection:
        result = connection.execute(insert(T).values(Name="a"))
        assert result.inserted_primary_key == (1,)
        connection.execute(insert(T), [{"Name": "b"}, {"Name": "c"}])
        connection.execute(insert(T))
        assert connection.execute(T.update().where(T.c.id == 2).values(Name="B")).rowcount == 1
        rows = connection.execute(select(T).order_by(T.c.id).limit(2).offset(1)).all()
        assert [tuple(row) for row in rows] == [(2, "B"), (3, "c")]
        assert connection.execute(T.delete().where(T.c.id.in_([1, 4]))).rowcount == 2
        row = connection.execute(text("SELECT id FROM t ORDER BY id")).first()
        assert row is not None
        assert row.id == 2
    METADATA.create_all(engine)
    METADATA.drop_all(engine)


def test_errors_are_wrapped(engine: Engine) -> None:
    with engine.begin() as connection, pytest.raises(IntegrityError, match="UNIQUE constraint failed"):
        connection.execute(insert(T), [{"id": 1}, {"id": 1}])


def test_orm(engine: Engine) -> None:
    with Session(engine) as session:
        session.add_all([Author(name=name, books=[Book(title=name), Book(title=name * 2)]) for name in "abc"])
        session.commit()
        found = session.scalars(select(Author).options(selectinload(Author.books)).order_by(Author.name).limit(2)).all()
        assert [[book.title for book in author.books] for author in found] == [["a", "aa"], ["b", "bb"]]
        found[0].books.pop()
        session.delete(found[1])
        session.commit()
        assert session.scalars(select(Book.title).order_by(Book.id)).all() == ["a", "c", "cc"]
        session.add(Author(name="a"))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
        first = session.scalars(select(Author).filter_by(name="a")).one()
        assert session.get(Author, 1) is first
    assert any("FETCH FIRST" in sql for sql in SENT)
