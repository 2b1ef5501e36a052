"""New objects whose primary key comes from a parent take over deleted rows like any other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant import ForeignKey, inspect
from cormorant.engine import Engine
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from cormorant.orm.flush.known_keys import KnownKeys, children_keyed_by_parents

from ..session.world import Sent, new_engine, stored
from .world import changes_of


class Base(DeclarativeBase):
    pass


class Shelf(Base):
    __tablename__ = "shelves"
    code: Mapped[str] = mapped_column(primary_key=True)
    boxes: Mapped[list[Box]] = relationship(back_populates="shelf", cascade="all, delete-orphan")


class Box(Base):
    __tablename__ = "boxes"
    code: Mapped[str] = mapped_column(ForeignKey("shelves.code"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    kept: Mapped[str | None]
    shelf: Mapped[Shelf] = relationship(back_populates="boxes")


class Case(Base):
    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True)
    lid: Mapped[Lid | None] = relationship(back_populates="case", cascade="all, delete-orphan")


class Lid(Base):
    __tablename__ = "lids"
    id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    name: Mapped[str | None]
    case: Mapped[Case] = relationship(back_populates="lid")
    knobs: Mapped[list[Knob]] = relationship(back_populates="lid", cascade="all, delete-orphan")


class Knob(Base):
    __tablename__ = "knobs"
    id: Mapped[int] = mapped_column(ForeignKey("lids.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    lid: Mapped[Lid] = relationship(back_populates="knobs")


UPDATE_BOX = ("UPDATE boxes SET name=? WHERE boxes.code = ? AND boxes.number = ?", ("new", "x", 1))
DELETE_BOX = ("DELETE FROM boxes WHERE boxes.code = ? AND boxes.number = ?", ("x", 2))


@pytest.fixture
def engine() -> Iterator[Engine]:
    """A shelf with two boxes; a case with its lid and knob."""
    made = new_engine(
        Base,
        {
            "shelves": [("x",)],
            "boxes": [("x", 1, "a", "kept"), ("x", 2, "b", None)],
            "cases": [(1,)],
            "lids": [(1, "old")],
            "knobs": [(1, 1, "old")],
        },
    )
    yield made
    made.dispose()


def test_a_replaced_collection(work: Session, sent: Sent) -> None:
    shelf = work.get(Shelf, "x")
    assert len(shelf.boxes) == 2
    shelf.boxes = [Box(number=1, name="new")]
    sent.take()
    work.flush()
    assert sent.take() == [UPDATE_BOX, DELETE_BOX]
    assert stored(work, "SELECT code, number, name, kept FROM boxes") == [("x", 1, "new", "kept")]


def test_a_merged_graph_with_parts_of_keys(work: Session, sent: Sent) -> None:
    work.merge(Shelf(code="x", boxes=[Box(number=1, name="new")]))
    sent.take()
    work.flush()
    assert sent.take() == [UPDATE_BOX, DELETE_BOX]


def test_a_reference_instead_of_a_key(work: Session, sent: Sent) -> None:
    shelf = work.get(Shelf, "x")
    work.delete(shelf.boxes[0])
    work.add(Box(shelf=shelf, number=1, name="new"))
    sent.take()
    work.flush()
    assert sent.take() == [UPDATE_BOX]


def test_the_key_of_an_expired_parent_is_in_its_identity(work: Session) -> None:
    shelf = work.get(Shelf, "x")
    old, new = shelf.boxes[0], Box(number=1, name="new")
    work.delete(old)
    new.shelf = shelf
    work.add(new)
    work.expire(shelf, ["code"])
    assert changes_of(work).row_switches == {inspect(new): inspect(old)}


def test_a_deleted_graph_that_is_added_again(work: Session, sent: Sent) -> None:
    work.delete(work.get(Shelf, "x"))
    work.add(Shelf(code="x", boxes=[Box(number=1, name="new"), Box(number=9)]))
    sent.take()
    work.flush()
    written = [one for one in sent.take() if not one[0].startswith("SELECT")]
    assert written == [
        UPDATE_BOX,
        ("INSERT INTO boxes (code, number, name, kept) VALUES (?, ?, ?, ?)", ("x", 9, None, None)),
        DELETE_BOX,
    ]


def test_keys_are_followed_over_several_new_objects(work: Session) -> None:
    case = work.get(Case, 1)
    assert case.lid is not None
    assert len(case.lid.knobs) == 1
    case.lid = Lid(name="new", knobs=[Knob(number=1, name="new"), Knob(number=2, name="more")])
    work.flush()
    assert stored(work, "SELECT id, name FROM lids") == [(1, "new")]
    assert stored(work, "SELECT id, number, name FROM knobs") == [(1, 1, "new"), (1, 2, "more")]


def test_a_key_that_only_the_database_knows_takes_over_nothing(work: Session) -> None:
    lid = work.get(Lid, 1)
    work.delete(lid)
    new = Lid(name="new", case=Case())
    work.add(new)
    changes = changes_of(work)
    assert (changes.row_switches, changes.conflicts) == ({}, {})
    assert KnownKeys(changes.links).values_of(inspect(new)) is None
    assert inspect(new) in children_keyed_by_parents(changes.links)


def test_finding_keys_changes_no_object(work: Session) -> None:
    shelf = work.get(Shelf, "x")
    work.delete(shelf.boxes[0])
    new = Box(shelf=shelf, number=1)
    work.add(new)
    assert changes_of(work).row_switches.keys() == {inspect(new)}
    assert "code" not in vars(new)
