"""Collections that are never in memory as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant import ForeignKey, create_engine, event, inspect, select
from cormorant.exc import InvalidRequestError
from cormorant.orm import DeclarativeBase, DynamicMapped, Mapped, Session, WriteOnlyMapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Shelf(Base):
    __tablename__ = "shelf"
    id: Mapped[int] = mapped_column(primary_key=True)
    books: DynamicMapped[Book] = relationship(cascade="all, delete-orphan", back_populates="shelf", order_by="Book.id")
    notes: WriteOnlyMapped[Note] = relationship(passive_deletes=True)


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))
    shelf: Mapped[Shelf | None] = relationship(back_populates="books")


class Note(Base):
    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    shelf_id: Mapped[int | None] = mapped_column(ForeignKey("shelf.id"))


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add(Shelf(id=1, books=[Book(id=1), Book(id=2)], notes=[Note(id=1)]))
        opened.commit()
        yield opened
    engine.dispose()


def statements_of(session: Session) -> list[str]:
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda conn, cur, text, *rest: sent.append(text))
    return sent


def test_a_flush_takes_each_change_once(session: Session) -> None:
    shelf = session.get_one(Shelf, 1)
    shelf.notes.add(Note(id=2))
    history = inspect(shelf).attrs.notes.history
    assert [note.id for note in history.added] == [2]
    session.flush()
    assert not inspect(shelf).attrs.notes.history.has_changes()
    sent: list[str] = []
    event.listen(
        session.get_bind(), "before_cursor_execute", lambda conn, cur, statement, *rest: sent.append(statement)
    )
    session.flush()
    session.commit()
    assert sent == []


def test_a_delete_loads_the_members_of_a_dynamic_collection_once(session: Session) -> None:
    sent: list[str] = []
    event.listen(
        session.get_bind(), "before_cursor_execute", lambda conn, cur, statement, *rest: sent.append(statement)
    )
    session.delete(session.get_one(Shelf, 1))
    session.flush()
    assert [statement.split()[0] for statement in sent] == ["SELECT", "SELECT", "DELETE", "DELETE"]
    assert session.scalars(select(Book)).all() == []


def test_members_of_a_given_object_are_merged_unless_they_cannot_be_compared(session: Session) -> None:
    merged = session.merge(Shelf(id=1, books=[Book(id=2), Book(id=3)]))
    session.commit()
    assert [book.id for book in merged.books] == [2, 3]
    with pytest.raises(InvalidRequestError, match="does not support implicit iteration"):
        session.merge(Shelf(id=1, notes=[Note(id=1)]))
    new = session.merge(Shelf(id=5, notes=[Note(id=9)]))
    session.commit()
    assert [note.id for note in session.scalars(new.notes.select())] == [9]


def test_the_other_side_keeps_in_step(session: Session) -> None:
    shelf = session.get_one(Shelf, 1)
    session.add(Book(id=7, shelf=shelf))
    assert [book.id for book in shelf.books] == [1, 2, 7]
    shelf.books.append(book := Book(id=8))
    assert book.shelf is shelf
    assert "books" not in shelf.__dict__
