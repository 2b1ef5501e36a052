"""Three ways to map classes, one mapper: the same program runs on each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from cormorant import Column, Engine, ForeignKey, Integer, MetaData, String, Table, inspect, select
from cormorant.orm import (
    Session,
    aliased,
    declarative_base,
    joinedload,
    mapper,
    registry,
    relationship,
    selectinload,
)

from . import typed


class Library(NamedTuple):
    """What each style gives: two classes and their tables."""

    Author: Any
    Book: Any
    metadata: MetaData


def typed_library() -> Library:
    return Library(typed.Author, typed.Book, typed.Base.metadata)


def columns() -> Library:
    Base: Any = declarative_base()

    class Author(Base):
        __tablename__ = "author"
        id = Column(Integer, primary_key=True)
        name = Column(String(30), nullable=False)
        books = relationship("Book", back_populates="author", cascade="all, delete-orphan", order_by="Book.id")

    class Book(Base):
        __tablename__ = "book"
        id = Column(Integer, primary_key=True)
        author_id = Column(Integer, ForeignKey("author.id"))
        title = Column("book_title", String(30))
        author = relationship("Author", back_populates="books")

    return Library(Author, Book, Base.metadata)


def make_tables(metadata: MetaData) -> tuple[Table, Table]:
    authors = Table(
        "author", metadata, Column("id", Integer, primary_key=True), Column("name", String(30), nullable=False)
    )
    books = Table(
        "book",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("author_id", Integer, ForeignKey("author.id")),
        Column("book_title", String(30)),
    )
    return authors, books


def plain_classes() -> tuple[Any, Any]:
    class Author:
        pass

    class Book:
        pass

    return Author, Book


def imperative() -> Library:
    metadata = MetaData()
    authors, books = make_tables(metadata)
    Author, Book = plain_classes()
    maps = registry(metadata=metadata)
    maps.map_imperatively(
        Author,
        authors,
        properties={
            "books": relationship(Book, back_populates="author", cascade="all, delete-orphan", order_by=books.c.id)
        },
    )
    maps.map_imperatively(
        Book,
        books,
        properties={"title": books.c.book_title, "author": relationship(Author, back_populates="books")},
    )
    return Library(Author, Book, metadata)


def by_function() -> Library:
    metadata = MetaData()
    authors, books = make_tables(metadata)
    Author, Book = plain_classes()
    mapper(
        Author,
        authors,
        properties={"books": relationship(Book, back_populates="author", cascade="all, delete-orphan")},
    )
    mapper(
        Book, books, properties={"title": books.c.book_title, "author": relationship(Author, back_populates="books")}
    )
    return Library(Author, Book, metadata)


STYLES: dict[str, Callable[[], Library]] = {
    "typed": typed_library,
    "columns": columns,
    "imperative": imperative,
    "function": by_function,
}


@pytest.fixture(params=STYLES)
def library(request: pytest.FixtureRequest, engine: Engine) -> Library:
    library = STYLES[request.param]()
    library.metadata.create_all(engine)
    return library


def test_one_kind_of_mapper(library: Library) -> None:
    described = inspect(library.Book)
    assert [attribute.key for attribute in described.column_attrs] == ["id", "author_id", "title"]
    assert described.relationships.keys() == ["author"]
    assert described.local_table.name == "book"
    assert [column.name for column in described.primary_key] == ["id"]
    assert described.class_ is library.Book
    assert str(library.Book.title == "x") == "book.book_title = :book_title_1"


def test_write_and_read(library: Library, engine: Engine) -> None:
    Author, Book, _ = library
    with Session(engine) as session:
        ann = Author(name="ann") if hasattr(Author, "metadata") else Author()
        ann.name = "ann"
        for title in ("first", None):
            book = Book()
            book.title = title
            ann.books.append(book)
        session.add(ann)
        session.commit()
        assert [book.author is ann for book in ann.books] == [True, True]
    with Session(engine) as session:
        found = session.scalars(select(Author).options(selectinload(Author.books))).one()
        assert [book.title for book in found.books] == ["first", None]
        assert session.get(Book, found.books[0].id) is found.books[0]
        found.books[0].title = "changed"
        del found.books[1]
        session.commit()
    with Session(engine) as session:
        assert session.execute(select(Book.title, Author.name).join(Book.author)).all() == [("changed", "ann")]


def test_queries(library: Library, engine: Engine) -> None:
    Author, Book, _ = library
    with Session(engine) as session:
        for number in (1, 2):
            author, book = Author(), Book()
            author.id, author.name, book.title = number, f"a{number}", f"t{number}"
            book.author = author
            session.add(book)
        session.commit()
        other = aliased(Author)
        assert (
            session.scalars(select(Book).join(Book.author.of_type(other)).where(other.name == "a2")).one().title == "t2"
        )
        assert session.scalars(select(Author).filter_by(name="a1")).one().id == 1
        assert session.scalars(select(Author).where(Author.books.any(Book.title == "t2"))).one().id == 2
        joined = select(Book).options(joinedload(Book.author)).order_by(Book.id)
        assert [book.author.name for book in session.scalars(joined).unique()] == ["a1", "a2"]
        assert session.scalars(select(Book).where(Book.author == session.get(Author, 1))).one().title == "t1"


def test_pending_children_through_the_backref(library: Library, engine: Engine) -> None:
    Author, Book, _ = library
    with Session(engine) as session:
        author, book = Author(), Book()
        author.name = "a"
        session.add(author)
        author.books.append(book)
        assert book in session
        author.books.remove(book)
        assert book not in session
        book.author = author
        assert author.books == [book]
        session.add(book)
        session.commit()
        assert session.scalars(select(Book.author_id)).all() == [author.id]
