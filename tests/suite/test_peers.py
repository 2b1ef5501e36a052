"""Peer loading: what one object lacks is fetched for all objects of its result (item 5 of the additions)."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from cormorant import Column, Engine, ForeignKey, ForeignKeyConstraint, String, Table, delete, func, select, text
from cormorant.exc import ArgumentError, IntegrityError, InvalidRequestError
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    column_property,
    deferred,
    joinedload,
    lazyload,
    load_only,
    mapped_column,
    peerload,
    relationship,
    selectinload,
    with_loader_criteria,
)
from cormorant.orm.exc import DetachedInstanceError, ObjectDeletedError

from .sent import Sent

COUNT = 12


class Base(DeclarativeBase):
    """A registry of its own."""


author_topic = Table(
    "author_topic",
    Base.metadata,
    Column("author_id", ForeignKey("author.id"), primary_key=True),
    Column("topic_id", ForeignKey("topic.id"), primary_key=True),
)


class Author(Base):
    __tablename__ = "author"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    about: Mapped[str | None] = deferred(mapped_column(String(40)), group="long")
    letter: Mapped[str | None] = deferred(mapped_column(String(40)), group="long")
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
    books: Mapped[list[Book]] = relationship(back_populates="author", order_by="Book.id.desc()", lazy="peers")
    topics: Mapped[list[Topic]] = relationship(secondary=author_topic, lazy="peers", order_by="Topic.id")
    mentor: Mapped[Author | None] = relationship(remote_side="Author.id", back_populates="pupils", lazy="peers")
    pupils: Mapped[list[Author]] = relationship(back_populates="mentor", lazy="peers", order_by="Author.id")


class Topic(Base):
    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))


class Book(Base):
    __tablename__ = "book"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(40))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("author.id"))
    author: Mapped[Author | None] = relationship(back_populates="books")
    pages: Mapped[list[Page]] = relationship(back_populates="book", order_by="Page.number")

    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "book"}


class Atlas(Book):
    __tablename__ = "atlas"

    id: Mapped[int] = mapped_column(ForeignKey("book.id"), primary_key=True)
    scale: Mapped[int]

    __mapper_args__ = {"polymorphic_identity": "atlas"}


class Page(Base):
    __tablename__ = "page"

    book_id: Mapped[int] = mapped_column(ForeignKey("book.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    book: Mapped[Book] = relationship(back_populates="pages")
    notes: Mapped[list[Note]] = relationship(back_populates="page", order_by="Note.id")


class Note(Base):
    __tablename__ = "note"
    __table_args__ = (ForeignKeyConstraint(["book_id", "number"], ["page.book_id", "page.number"]),)

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int | None]
    number: Mapped[int | None]
    page: Mapped[Page | None] = relationship(back_populates="notes")


@pytest.fixture
def library(engine: Engine) -> Engine:
    """Twelve authors, each with a mentor but the first, two books of two pages with a note, and a topic."""
    Base.registry.configure()
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        topics = [Topic(id=n + 1, name=f"t{n}") for n in range(3)]
        for n in range(1, COUNT + 1):
            author = Author(id=n, name=f"a{n}", about=f"about {n}", letter="x", mentor_id=n // 2 or None)
            author.topics.append(topics[n % 3])
            for make, number in ((Book, 2 * n), (Atlas, 2 * n + 1)):
                pages = [Page(number=p, notes=[Note(id=10 * number + p)]) for p in (1, 2)]
                more = {"scale": number} if make is Atlas else {}
                author.books.append(make(id=number, title=f"b{number}", pages=pages, **more))
            session.add(author)
        session.commit()
    return engine


@pytest.fixture
def session(library: Engine) -> Iterator[Session]:
    with Session(library) as session:
        yield session


@pytest.fixture
def peers(library: Engine) -> Iterator[Session]:
    """A session that loads for peers whatever is loaded late."""
    with Session(library, fetch="peers") as session:
        yield session


def authors_of(session: Session, sent: Sent) -> list[Author]:
    found = list(session.scalars(select(Author).order_by(Author.id)))
    sent.clear()
    return found


def taken(sent: Sent) -> int:
    count = len(sent)
    sent.clear()
    return count


def test_one_to_many(session: Session, sent: Sent) -> None:
    sent.clear()
    authors = session.scalars(select(Author).order_by(Author.id)).all()
    assert [[book.id for book in author.books] for author in authors] == [
        [2 * n + 1, 2 * n] for n in range(1, COUNT + 1)
    ]
    assert taken(sent) == 2


def test_many_to_many(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    assert [[topic.name for topic in author.topics] for author in authors] == [
        [f"t{n % 3}"] for n in range(1, COUNT + 1)
    ]
    assert taken(sent) == 1


def test_self_referential_in_both_directions(session: Session, sent: Sent) -> None:
    some = session.scalars(select(Author).where(Author.id > 8).order_by(Author.id)).all()
    sent.clear()
    mentors = [author.mentor for author in some]
    assert [mentor.id for mentor in mentors if mentor is not None] == [4, 5, 5, 6]
    assert taken(sent) == 1
    assert [[pupil.id for pupil in mentor.pupils] for mentor in mentors if mentor is not None] == [
        [8, 9], [10, 11], [10, 11], [12]
    ]  # fmt: skip
    assert taken(sent) == 1


def test_many_to_one_asks_the_session_first(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    assert [author.mentor for author in authors][:3] == [None, authors[0], authors[0]]
    assert taken(sent) == 0


def test_composite_keys(library: Engine, sent: Sent) -> None:
    with Session(library) as session:
        pages = session.scalars(select(Page).options(peerload(Page.notes)).order_by(Page.book_id, Page.number)).all()
        sent.clear()
        assert [[note.id for note in page.notes] for page in pages] == [
            [10 * page.book_id + page.number] for page in pages
        ]
        assert taken(sent) == 1
        session.expunge_all()
        notes = session.scalars(select(Note).options(peerload(Note.page)).order_by(Note.id)).all()
        sent.clear()
        assert [note.page.number for note in notes if note.page is not None] == [1, 2] * 2 * COUNT
        assert taken(sent) == 1
        session.commit()
        assert [page.number for page in pages if page in session] == []
        assert len({note.number for note in notes}) == 2
        assert taken(sent) == 1


def test_polymorphic_rows_are_one_result(session: Session, sent: Sent) -> None:
    books = session.scalars(select(Book).options(peerload(Book.pages), peerload(Book.author)).order_by(Book.id)).all()
    sent.clear()
    assert {len(book.pages) for book in books} == {2}
    assert len({book.author for book in books}) == COUNT
    assert taken(sent) == 2


def test_columns_of_a_subclass(peers: Session, sent: Sent) -> None:
    books = peers.scalars(select(Book).order_by(Book.id)).all()
    sent.clear()
    assert [book.scale for book in books if isinstance(book, Atlas)] == [2 * n + 1 for n in range(1, COUNT + 1)]
    assert taken(sent) == 1


def test_a_session_that_loads_for_peers(peers: Session, sent: Sent) -> None:
    sent.clear()
    pages = peers.scalars(select(Page)).all()
    assert {page.book.kind for page in pages} == {"book", "atlas"}
    assert {page.book.author.name for page in pages if page.book.author} == {f"a{n}" for n in range(1, COUNT + 1)}
    assert sum(len(page.notes) for page in pages) == 4 * COUNT
    assert taken(sent) == 4


def test_an_option_by_name_goes_before_the_session(peers: Session, sent: Sent) -> None:
    pages = peers.scalars(select(Page).options(lazyload(Page.notes))).all()
    sent.clear()
    for page in pages:
        assert page.notes
    assert taken(sent) == len(pages)


def test_deferred_columns_with_their_group(session: Session, sent: Sent) -> None:
    authors = session.scalars(select(Author).options(peerload(Author.about)).order_by(Author.id)).all()
    sent.clear()
    assert [author.about for author in authors] == [f"about {n}" for n in range(1, COUNT + 1)]
    assert {author.letter for author in authors} == {"x"}
    assert taken(sent) == 1


def test_without_the_option_columns_are_loaded_one_by_one(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    assert authors[0].about
    assert authors[1].about
    assert taken(sent) == 2


def test_columns_left_out_by_an_option(peers: Session, sent: Sent) -> None:
    authors = peers.scalars(select(Author).options(load_only(Author.id)).order_by(Author.id)).all()
    sent.clear()
    assert [author.name for author in authors][:2] == ["a1", "a2"]
    assert taken(sent) == 1


def test_changed_columns_stay(peers: Session, sent: Sent) -> None:
    authors = authors_of(peers, sent)
    with peers.no_autoflush:
        authors[1].about = "changed"
        assert [author.about for author in authors][:2] == ["about 1", "changed"]
        assert authors[1].letter == "x"
    assert peers.is_modified(authors[1])
    peers.flush()
    assert peers.scalar(select(Author.about).where(Author.id == 2)) == "changed"


def test_after_a_commit_objects_of_a_result_come_back_together(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    assert authors[0].books
    session.commit()
    sent.clear()
    assert [author.name for author in authors] == [f"a{n}" for n in range(1, COUNT + 1)]
    assert taken(sent) == 1
    assert sum(len(author.books) for author in authors) == 2 * COUNT
    assert taken(sent) == 1


def test_after_a_commit_a_relationship_takes_two_statements(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    session.commit()
    sent.clear()
    assert sum(len(author.books) for author in authors) == 2 * COUNT
    assert authors[-1].name
    assert taken(sent) == 2


def test_what_comes_along_comes_back_along(peers: Session, sent: Sent) -> None:
    books = peers.scalars(select(Book).options(selectinload(Book.pages), joinedload(Book.author))).all()
    peers.commit()
    sent.clear()
    assert all(book.title and book.pages for book in books if type(book) is Book)
    assert all("author" in book.__dict__ for book in books if type(book) is Book)
    assert taken(sent) == 2


def test_a_row_that_is_gone(peers: Session, library: Engine, sent: Sent) -> None:
    notes = list(peers.scalars(select(Note).order_by(Note.id)))
    peers.commit()
    with library.begin() as connection:
        connection.execute(delete(Note).where(Note.id == notes[0].__dict__.get("id", 21)))
    sent.clear()
    assert notes[1].number == 2
    assert taken(sent) == 1
    with pytest.raises(ObjectDeletedError):
        _ = notes[0].number
    assert notes[2].number == 1


def test_only_what_is_missing_is_asked_for(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    kept = authors[0].books
    for author in authors[1:4]:
        session.expire(author, ["books"])
    sent.clear()
    assert [len(author.books) for author in authors] == [2] * COUNT
    assert authors[0].books is kept
    assert taken(sent) == 1


def test_unwritten_changes_of_peers_stay(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    with session.no_autoflush:
        authors[1].books = []
        authors[2].books.append(book := Book(id=900, title="new"))
        authors[3].topics.clear()
        assert len(authors[0].books) == 2
        assert authors[1].books == []
        assert book in authors[2].books
        assert authors[3].topics == []


def test_a_child_added_from_the_other_side(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    with session.no_autoflush:
        session.add(book := Book(id=901, title="new", author=authors[2]))
        assert len(authors[0].books) == 2
        assert book in authors[2].books
        assert len(authors[2].books) == 3


def test_objects_that_the_program_let_go_of_are_left_out(session: Session, sent: Sent) -> None:
    authors = authors_of(session, sent)
    alone, away = authors[0], authors[1]
    session.expunge(away)
    del authors[2:]
    gc.collect()
    sent.clear()
    sent.parameters.clear()
    assert len(alone.books) == 2
    assert taken(sent) == 1
    with pytest.raises(DetachedInstanceError):
        _ = away.books


def test_deleted_objects_are_left_out(session: Session, sent: Sent) -> None:
    notes = list(session.scalars(select(Note).options(peerload(Note.page)).order_by(Note.id)))
    session.delete(notes[1])
    session.flush()
    sent.clear()
    assert notes[0].page is not None
    assert notes[2].page is not None
    assert taken(sent) == 1
    assert "page" not in notes[1].__dict__


def test_two_results_are_two_groups(session: Session, sent: Sent) -> None:
    some = list(session.scalars(select(Author).where(Author.id < 4)))
    others = list(session.scalars(select(Author).where(Author.id > 8)))
    sent.clear()
    assert all(author.books for author in some)
    assert taken(sent) == 1
    assert all(author.books for author in others)
    assert taken(sent) == 1


def test_an_object_joins_the_newest_result(session: Session, sent: Sent) -> None:
    first = session.get_one(Author, 1)
    authors = authors_of(session, sent)
    assert authors[0] is first
    assert len(first.books) == 2
    assert all(author.books for author in authors)
    assert taken(sent) == 1


def test_results_in_chunks(session: Session, sent: Sent) -> None:
    sent.clear()
    authors = list(session.scalars(select(Author).order_by(Author.id).execution_options(yield_per=5)))
    assert sum(len(author.books) for author in authors) == 2 * COUNT
    assert taken(sent) == 1 + 3


def test_options_hold_for_all(session: Session, sent: Sent) -> None:
    chosen = Book.title.like("b1%")
    authors = session.scalars(select(Author).options(peerload(Author.books.and_(chosen))).order_by(Author.id)).all()
    sent.clear()
    assert [[book.title for book in author.books] for author in authors[:5]] == [[], [], [], [], ["b11", "b10"]]
    assert taken(sent) == 1


def test_options_below(session: Session, sent: Sent) -> None:
    sent.clear()
    authors = session.scalars(select(Author).options(peerload(Author.books).peerload(Book.pages))).all()
    assert sum(len(book.pages) for author in authors for book in author.books) == 4 * COUNT
    assert taken(sent) == 3
    session.expunge_all()
    authors = session.scalars(select(Author).options(peerload(Author.books).selectinload(Book.pages))).all()
    sent.clear()
    assert sum(len(book.pages) for author in authors for book in author.books) == 4 * COUNT
    assert taken(sent) == 2


@pytest.mark.parametrize("attribute", ["books", "topics", "mentor"])
def test_criteria_of_the_statement(session: Session, sent: Sent, attribute: str) -> None:
    def read(*options: object) -> list[list[int]]:
        statement = select(Author).where(Author.id > 8).order_by(Author.id).options(*options)  # type: ignore[arg-type]
        found = [getattr(author, attribute) for author in session.scalars(statement).all()]
        session.expunge_all()
        listed = [one if isinstance(one, list) else [one] for one in found]
        return [[member.id for member in members if member is not None] for members in listed]

    criteria = [with_loader_criteria(Book, Book.id > 20), with_loader_criteria(Topic, Topic.id == 1)]
    lazy = read(*criteria, lazyload(getattr(Author, attribute)))
    sent.clear()
    assert read(*criteria) == lazy
    assert taken(sent) == 2


def test_a_wildcard(session: Session, sent: Sent) -> None:
    pages = session.scalars(select(Page).options(peerload("*"))).all()
    sent.clear()
    assert all(page.book and page.notes for page in pages)
    assert taken(sent) == 2


def test_two_options_that_disagree(session: Session) -> None:
    with pytest.raises(InvalidRequestError):
        session.scalars(select(Page).options(peerload(Page.notes), selectinload(Page.notes)))


def test_unknown_ways_to_fetch(library: Engine) -> None:
    with pytest.raises(ArgumentError, match="'peers'"):
        Session(library, fetch="friends")


def test_a_mentor_of_another_kind(peers: Session, sent: Sent, library: Engine) -> None:
    """A foreign key that leads nowhere is None for all who have it."""
    try:
        with library.begin() as connection:
            connection.execute(text("UPDATE book SET author_id = 99 WHERE id IN (2, 3)"))
    except IntegrityError:
        return  # such rows cannot be here
    books = peers.scalars(select(Book).order_by(Book.id)).all()
    sent.clear()
    assert [book.author for book in books[:2]] == [None, None]
    assert taken(sent) == 1


def test_expressions(engine: Engine, sent: Sent) -> None:
    class Own(DeclarativeBase):
        pass

    class Item(Own):
        __tablename__ = "item"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column(String(20))
        size = column_property(func.length(name), deferred=True)

    Own.metadata.create_all(engine)
    with Session(engine, fetch="peers") as session:
        session.add_all(Item(id=n, name="x" * n) for n in range(1, 5))
        session.commit()
        items = session.scalars(select(Item).order_by(Item.id)).all()
        sent.clear()
        assert [item.size for item in items] == [1, 2, 3, 4]
        assert taken(sent) == 1


def test_a_hundred_parents_take_two_statements(engine: Engine, sent: Sent) -> None:
    Base.registry.configure()
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Author(id=n, name=f"a{n}", books=[Book(id=n, title="b")]) for n in range(1, 101))
        session.commit()
        session.expunge_all()
        sent.clear()
        assert sum(len(author.books) for author in session.scalars(select(Author))) == 100
        assert taken(sent) == 2
