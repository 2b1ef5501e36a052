"""copy, deepcopy and pickle of mapped classes, their mappers, statements about them, loader options and instances."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import ForeignKey, create_engine, insert, inspect, select, update
from cormorant.exc import InvalidRequestError
from cormorant.orm import (
    DeclarativeBase,
    Load,
    Mapped,
    Session,
    aliased,
    column_property,
    contains_eager,
    defer,
    joinedload,
    load_only,
    mapped_column,
    raiseload,
    relationship,
    selectinload,
)

Copier = Callable[[Any], Any]


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    books: Mapped[list[Book]] = relationship("Book", back_populates="author", order_by="Book.id")


Author.shout = column_property(Author.name + "!")


class Book(Base):
    __tablename__ = "book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(Author.id))
    author: Mapped[Author] = relationship(back_populates="books")


def pickled(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))


COPIERS = pytest.mark.parametrize("copier", [copy.copy, copy.deepcopy, pickled])


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Author(id=1, name="x", books=[Book(id=1), Book(id=2)]))
        session.commit()
        session.expunge_all()
        yield session


@COPIERS
def test_mapped_things_stay_themselves(copier: Copier) -> None:
    mapper = inspect(Author)
    for one in (Author, mapper, Author.id, Author.books, Author.id.property, Author.books.property):
        assert copier(one) is one
    assert copier(mapper.class_manager) is mapper.class_manager
    assert copier(Book.author.of_type(aliased(Author))).of_type_entity.mapper is mapper


def test_registry_stays_itself() -> None:
    assert copy.copy(Base.registry) is Base.registry
    assert copy.deepcopy(Base.registry) is Base.registry


STATEMENTS: dict[str, Callable[[], Any]] = {
    "entity": lambda: select(Author).where(Author.id == 1),
    "options": lambda: select(Author).options(selectinload(Author.books).raiseload(Book.author)),
    "attributes": lambda: select(Author.name, Author.shout).where(Author.id.in_([1, 2])),
    "join": lambda: select(Author).join(Author.books).where(Book.id > 1),
    "alias": lambda: (lambda a: select(a.name, a.shout).join(a.books).where(a.id == 1))(aliased(Author)),
    "named_alias": lambda: select(aliased(Author, name="who")),
    "two_aliases": lambda: (lambda a, b: select(a, b.id).join(b, a.id == b.id))(aliased(Author), aliased(Author)),
    "alias_of_subquery": lambda: (lambda s: select(aliased(Author, s)).where(s.c.id > 0))(select(Author).subquery()),
    "subquery": lambda: select(Author.id).where(Author.books.any(Book.id == 2)),
    "any": lambda: select(Author).where(Author.books.any(Book.author.has(Author.id == 1))),
    "table": lambda: select(Author).where(Author.__table__.c.id == 1),
    "update": lambda: update(Author).where(Author.id == 1).values(name="y"),
    "insert": lambda: insert(Author).values(id=2, name="z"),
}


@COPIERS
@pytest.mark.parametrize("name", STATEMENTS)
def test_copied_statement(session: Session, copier: Copier, name: str) -> None:
    statement = STATEMENTS[name]()
    text, params = str(statement), statement.compile().params
    session.execute(statement)
    session.rollback()
    copied = copier(statement)
    assert str(copied) == text
    assert copied.compile().params == params
    session.execute(copied)


@COPIERS
def test_copied_statement_gives_entities(session: Session, copier: Copier) -> None:
    statement = select(Author).options(selectinload(Author.books))
    author = session.scalars(statement).one()
    assert copier(statement).column_descriptions[0]["entity"] is Author
    session.expunge_all()
    again = session.scalars(copier(statement)).one()
    assert again is not author
    assert again in session
    assert [book.id for book in again.__dict__["books"]] == [1, 2]


OPTIONS: dict[str, tuple[Callable[[], Any], set[str]]] = {
    "selectinload": (lambda: selectinload(Author.books).joinedload(Book.author), {"id", "name", "shout", "books"}),
    "joinedload": (lambda: joinedload(Author.books), {"id", "name", "shout", "books"}),
    "criteria": (lambda: selectinload(Author.books.and_(Book.id == 1)), {"id", "name", "shout", "books"}),
    "of_type": (lambda: selectinload(Author.books.of_type(aliased(Book))), {"id", "name", "shout", "books"}),
    "Load": (lambda: Load(Author).selectinload(Author.books), {"id", "name", "shout", "books"}),
    "load_only": (lambda: load_only(Author.id), {"id"}),
    "defer": (lambda: defer(Author.name), {"id", "shout"}),
    "raiseload": (lambda: raiseload("*"), {"id", "name", "shout"}),
}


@COPIERS
@pytest.mark.parametrize("name", OPTIONS)
def test_copied_option(session: Session, copier: Copier, name: str) -> None:
    make, loaded = OPTIONS[name]
    author = session.scalars(select(Author).options(copier(make()))).unique().one()
    assert author.__dict__.keys() - {"_sa_instance_state"} == loaded
    assert len(author.__dict__.get("books", ())) == (1 if name == "criteria" else 2 if "books" in loaded else 0)


def test_pickled_instance_keeps_raiseload(session: Session) -> None:
    author = session.scalars(select(Author).options(raiseload("*"))).one()
    again = pickled(author)
    session.expunge_all()
    session.add(again)
    with pytest.raises(InvalidRequestError, match=r"'Author.books' is not available due to lazy='raise'"):
        assert again.books


def test_pickled_instance_keeps_the_options_of_what_is_below(session: Session) -> None:
    author = session.scalars(select(Author).options(selectinload(Author.books).raiseload(Book.author))).one()
    again = pickled(author)
    session.expunge_all()
    book = again.books[0]
    session.add(book)
    with pytest.raises(InvalidRequestError, match=r"'Book.author' is not available due to lazy='raise'"):
        assert book.author


def test_pickled_instance_keeps_deferred_columns(session: Session) -> None:
    author = session.scalars(select(Author).options(defer(Author.name, raiseload=True))).one()
    again = pickled(author)
    session.expunge_all()
    session.add(again)
    with pytest.raises(InvalidRequestError, match=r"'Author.name' is not available due to raiseload=True"):
        assert again.name


def test_instance_loaded_through_an_alias_is_pickled(session: Session) -> None:
    alias = aliased(Book, select(Book).where(Book.id == 2).subquery())
    statement = select(Author).join(alias, alias.author_id == Author.id)
    author = session.scalars(statement.options(contains_eager(Author.books, alias=alias))).unique().one()
    assert [book.id for book in author.books] == [2]
    again = pickled(author)
    assert [book.id for book in again.books] == [2]
    session.expunge_all()
    session.add(again)
    session.expire(again)
    assert [book.id for book in again.books] == [1, 2]


@COPIERS
def test_instance_is_copied_with_its_state(copier: Copier) -> None:
    author = copier(Author(id=1, name="x"))
    assert author.name == "x"
    assert inspect(author).transient
