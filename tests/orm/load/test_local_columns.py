"""Columns that only subclasses have, read from objects that a SELECT of the base class gave."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant import ForeignKey, create_engine, select, text
from cormorant.orm import DeclarativeBase, Mapped, Session, defer, mapped_column
from cormorant.orm.exc import ObjectDeletedError

from ..blog import statements


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "item"}


class Book(Item):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    pages: Mapped[int | None]
    isbn: Mapped[str | None]
    blurb: Mapped[str | None] = mapped_column(deferred=True)
    __mapper_args__ = {"polymorphic_identity": "book"}


class Atlas(Book):
    __tablename__ = "atlas"
    atlas_id: Mapped[int] = mapped_column(ForeignKey("book.id"), primary_key=True)
    maps: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "atlas"}


class Toy(Item):
    age: Mapped[int | None]
    colour: Mapped[str | None]
    __mapper_args__ = {"polymorphic_identity": "toy"}


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as opened:
        opened.add_all([
            Book(id=1, name="b", pages=10, isbn="x", blurb="good"),
            Atlas(id=2, name="a", pages=20, isbn="y", blurb="big", maps=5),
            Toy(id=3, age=4, colour="red"),
        ])  # fmt: skip
        opened.commit()
        yield opened
    engine.dispose()


def loaded(session: Session) -> list[Item]:
    return list(session.scalars(select(Item).order_by(Item.id)))


BOOK = "SELECT book.pages AS book_pages, book.isbn AS book_isbn \nFROM book \nWHERE ? = book.id"


def test_all_columns_of_a_subclass_come_at_once(session: Session) -> None:
    book, _, toy = loaded(session)
    assert isinstance(book, Book)
    assert isinstance(toy, Toy)
    with statements(session) as seen:
        assert (book.pages, book.isbn, book.name) == (10, "x", "b")
        assert book.blurb == "good"
        assert (toy.age, toy.colour) == (4, "red")
    assert seen == [
        (BOOK, (1,)),
        ("SELECT book.blurb AS book_blurb \nFROM book \nWHERE ? = book.id", (1,)),
        ("SELECT item.age, item.colour \nFROM item \nWHERE item.id = ? AND item.kind IN (?)", (3, "toy")),
    ]


def test_of_two_subclasses(session: Session) -> None:
    atlas = loaded(session)[1]
    assert isinstance(atlas, Atlas)
    with statements(session) as seen:
        assert (atlas.maps, atlas.atlas_id, atlas.pages, atlas.isbn) == (5, 2, 20, "y")
    (sent,) = seen
    assert sent[0].endswith("FROM book, atlas \nWHERE ? = book.id AND book.id = atlas.atlas_id")
    assert sent[1] == (2,)


def test_of_the_last_subclass_only(session: Session) -> None:
    atlas = session.scalars(select(Book).where(Book.id == 2)).one()
    assert isinstance(atlas, Atlas)
    with statements(session) as seen:
        assert (atlas.maps, atlas.pages) == (5, 20)
    assert [text.partition("FROM")[2] for text, _ in seen] == [" atlas \nWHERE ? = atlas.atlas_id"]


def test_deferred_by_an_option_comes_alone(session: Session) -> None:
    statement = select(Book).where(Book.id == 1).options(defer(Book.pages), defer(Book.isbn))
    book = session.scalars(statement).one()
    with statements(session) as seen:
        assert book.pages == 10
    assert seen == [("SELECT book.pages AS book_pages \nFROM book \nWHERE ? = book.id", (1,))]


def test_changed_columns_stay(session: Session) -> None:
    book = loaded(session)[0]
    assert isinstance(book, Book)
    with session.no_autoflush:
        book.pages = 99
        assert (book.isbn, book.pages) == ("x", 99)
    session.commit()
    assert session.execute(text("SELECT pages, isbn FROM book WHERE id = 1")).one() == (99, "x")


def test_expired_columns_of_a_subclass(session: Session) -> None:
    book = session.get_one(Book, 1)
    session.expire(book, ["pages", "isbn"])
    with statements(session) as seen:
        assert (book.pages, book.isbn) == (10, "x")
    assert seen == [(BOOK, (1,))]
    session.expire(book, ["pages", "name"])
    with statements(session) as seen:
        assert (book.pages, book.name) == (10, "b")
    assert "FROM item JOIN book ON item.id = book.id" in seen[0][0]


def test_a_row_that_is_gone(session: Session) -> None:
    book = loaded(session)[0]
    assert isinstance(book, Book)
    session.execute(text("DELETE FROM book"))
    with pytest.raises(ObjectDeletedError):
        book.pages  # noqa: B018 - the read is the test
