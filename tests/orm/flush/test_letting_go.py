"""Children that leave a parent, which may be another object for the same row than the one they were put into."""

from __future__ import annotations

import copy
import gc
import pickle
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from cormorant import ForeignKey
from cormorant.engine import Engine
from cormorant.exc import SAWarning
from cormorant.orm import Mapped, Session, mapped_column, relationship
from cormorant.orm.exc import FlushError

from ..session.world import new_engine, watch
from .shelves import Base, Book, Card, Shelf, shelf_of


@pytest.fixture
def engine() -> Iterator[Engine]:
    made = new_engine(Base, {})
    yield made
    made.dispose()


@pytest.fixture(params=[True, False], ids=["expired", "kept"])
def work(engine: Engine, request: pytest.FixtureRequest) -> Iterator[Session]:
    with Session(engine, expire_on_commit=request.param) as opened:
        yield opened


def put(session: Session, *, attribute: str = "books") -> Any:
    """A child in a shelf that nobody holds any more."""
    child = Book(id=1) if attribute == "books" else Card(id=1)
    session.add(Shelf(id=1, **{attribute: [child]}))
    session.commit()
    gc.collect()
    return child


def remove(session: Session, child: Any, attribute: str) -> None:
    shelf = session.get(Shelf, 1)
    getattr(shelf, attribute).remove(child)


def assign(session: Session, _child: Any, attribute: str) -> None:
    setattr(session.get(Shelf, 1), attribute, [])


def merge(session: Session, _child: Any, attribute: str) -> None:
    session.merge(Shelf(id=1, **{attribute: []}))


WAYS = pytest.mark.parametrize("way", [remove, assign, merge])


@WAYS
def test_a_child_let_go_of_by_the_reloaded_parent_loses_its_key(work: Session, way: Callable[..., None]) -> None:
    way(work, child := put(work), "books")
    work.commit()
    assert (child.id, shelf_of(work, Book, 1)) == (1, None)


@WAYS
def test_an_orphan_of_the_reloaded_parent_is_deleted(work: Session, way: Callable[..., None]) -> None:
    child = put(work, attribute="cards")
    way(work, child, "cards")
    work.commit()
    assert shelf_of(work, Card, 1) == "gone"


def test_a_child_of_a_deleted_reloaded_parent_loses_its_key(work: Session) -> None:
    child = put(work)
    work.delete(work.get(Shelf, 1))
    work.commit()
    assert (child.id, shelf_of(work, Book, 1)) == (1, None)


def test_a_child_whose_parent_was_expunged_and_loaded_again(work: Session) -> None:
    child = Book(id=1)
    work.add(first := Shelf(id=1, books=[child]))
    work.flush()
    work.expunge(first)
    remove(work, child, "books")
    work.commit()
    assert shelf_of(work, Book, 1) is None


def test_a_child_held_over_two_sessions(work: Session, engine: Engine) -> None:
    first = Shelf(id=1, books=[child := Book(id=1)])
    work.add(first)
    work.commit()
    work.close()
    with Session(engine) as second:
        second.add(child)
        remove(second, child, "books")
        second.commit()
        assert (first.__dict__.get("books") is None, shelf_of(second, Book, 1)) == (work.expire_on_commit, None)


def test_a_child_that_another_session_moved_is_its_new_parents(work: Session) -> None:
    work.add_all([first := Shelf(id=1, books=[child := Book(id=1)]), Shelf(id=2)])
    work.commit()
    work.connection().exec_driver_sql("UPDATE books SET shelf_id = 2")
    work.expire_all()
    second = work.get(Shelf, 2)
    second.books.remove(child)
    work.commit()
    assert (first.id, shelf_of(work, Book, 1)) == (1, None)


def two_shelves(session: Session) -> tuple[Shelf, Shelf, Book]:
    """Two shelves that both list a book, which belongs to the second."""
    first, second = Shelf(id=1, books=[book := Book(id=1)]), Shelf(id=2)
    session.add_all([first, second])
    session.flush()
    second.books.append(book)
    session.flush()
    assert shelf_of(session, Book, 1) == 2
    return first, second, book


def test_the_former_parent_takes_nothing_from_the_present_one(work: Session) -> None:
    first, _second, book = two_shelves(work)
    first.books.remove(book)
    work.commit()
    assert shelf_of(work, Book, 1) == 2


def test_the_deletion_of_the_former_parent_takes_nothing_from_the_present_one(work: Session) -> None:
    first, _second, _book = two_shelves(work)
    work.delete(first)
    work.commit()
    assert shelf_of(work, Book, 1) == 2


def test_an_expired_child_is_no_orphan_any_more(work: Session) -> None:
    shelf = Shelf(id=1, cards=[card := Card(id=1)])
    work.add(shelf)
    work.commit()
    shelf.cards.remove(card)
    work.expire(shelf)
    work.expire(card)
    card.name = "kept"
    work.commit()
    assert shelf_of(work, Card, 1) == 1


@pytest.mark.parametrize("clone", [lambda obj: pickle.loads(pickle.dumps(obj)), copy.deepcopy], ids=["pickle", "deep"])
def test_a_copy_knows_what_was_let_go_of(work: Session, clone: Callable[[Any], Any]) -> None:
    shelf = Shelf(id=1, cards=[Card(id=1, name="a")])
    work.add(shelf)
    work.commit()
    assert (shelf.id, shelf.cards.pop().id) == (1, 1)
    copied = clone(shelf)
    work.close()
    work.add(copied)
    work.commit()
    assert shelf_of(work, Card, 1) == "gone"


def test_a_copy_knows_its_parent_by_identity(work: Session) -> None:
    work.add_all([first := Shelf(id=1, books=[book := Book(id=1)]), second := Shelf(id=2)])
    work.commit()
    assert (len(first.books), len(second.books), book.id) == (1, 0, 1)
    second.books.append(book)
    copied = pickle.loads(pickle.dumps(book))
    work.close()
    work.add(copied)
    former = work.get(Shelf, 1)
    former.books.remove(copied)
    work.commit()
    assert shelf_of(work, Book, 1) == 1


@pytest.mark.parametrize("attribute", ["books", "cards"])
def test_none_in_a_collection_is_refused(work: Session, attribute: str) -> None:
    work.add(Shelf(id=1, **{attribute: [None]}))
    with pytest.raises(FlushError, match=f"Can't flush None value found in collection Shelf.{attribute}"):
        work.flush()
    assert not work.is_active


def test_members_of_an_orphan_are_left_to_the_database_that_deletes_them() -> None:
    class Room(Base):
        __tablename__ = "rooms"
        id: Mapped[int] = mapped_column(primary_key=True)
        boxes: Mapped[list[Any]] = relationship("Box", cascade="all, delete-orphan")

    class Box(Base):
        __tablename__ = "boxes"
        id: Mapped[int] = mapped_column(primary_key=True)
        room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
        items: Mapped[list[Any]] = relationship("Item", cascade="all", passive_deletes=True)

    class Item(Base):
        __tablename__ = "items"
        id: Mapped[int] = mapped_column(primary_key=True)
        box_id: Mapped[int | None] = mapped_column(ForeignKey("boxes.id", ondelete="CASCADE"))

    engine = new_engine(Base, {"rooms": [(1,)], "boxes": [(1, 1)], "items": [(1, 1)]})
    with Session(engine) as session:
        room = session.get(Room, 1)
        room.boxes.clear()
        sent = watch(engine)
        session.flush()
        assert sent == [("DELETE FROM boxes WHERE boxes.id = ?", (1,))]


@pytest.mark.parametrize("attribute", ["books", "cards"])
def test_an_object_outside_the_session_is_not_written(work: Session, attribute: str) -> None:
    kind = {"books": Book, "cards": Card}[attribute]
    work.add_all([shelf := Shelf(id=1), child := kind(id=1, name="a")])
    work.commit()
    assert (shelf.id, child.name) == (1, "a")
    getattr(shelf, attribute).append(child)
    work.expunge(child)
    child.name = "b"
    with pytest.warns(SAWarning, match=f"not in session, add operation along 'Shelf.{attribute}' will not proceed"):
        work.commit()
    assert shelf_of(work, kind, 1) is None
