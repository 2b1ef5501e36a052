"""What errors say of violated constraints and of the objects concerned (semantics, part 4, 6)."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import CheckConstraint, Column, Engine, ForeignKey, Integer, String, Table, UniqueConstraint
from cormorant.exc import DBAPIError, IntegrityError
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from .setting import enforce_references


class Base(DeclarativeBase):
    """The registry of these tests."""


class Room(Base):
    __tablename__ = "room of hotel"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Booking(Base):
    __tablename__ = "booking"
    __table_args__ = (
        UniqueConstraint("the room", "day", name="uq one booking"),
        CheckConstraint("guests > 0", name="ck_guests"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int | None] = mapped_column("the room", ForeignKey("room of hotel.id", name="fk_room"))
    day: Mapped[str | None] = mapped_column(String(20))
    guests: Mapped[int] = mapped_column(Integer)
    room: Mapped[Room | None] = relationship()


@pytest.fixture
def engine(engine: Engine) -> Engine:
    enforce_references(engine)
    Base.metadata.create_all(engine)
    return engine


def failure(session: Session, *objects: Any) -> DBAPIError:
    session.add_all(objects)
    with pytest.raises(DBAPIError) as caught:
        session.flush()
    session.rollback()
    return caught.value


@pytest.fixture
def session(engine: Engine) -> Any:
    with Session(engine) as session:
        session.add_all([Room(id=1), Room(id=2)])
        session.commit()
        yield session


def test_unique(session: Session) -> None:
    same = [Booking(room_id=1, day="(x, y)", guests=1), Booking(room_id=1, day="(x, y)", guests=2)]
    error = failure(session, Booking(room_id=2, day="x", guests=1), *same)
    assert isinstance(error, IntegrityError)
    assert (error.violation, error.constraint, error.table) == ("unique", "uq one booking", "booking")
    assert error.columns == ("the room", "day")
    assert error.objects == tuple(same)


def test_primary_key(session: Session) -> None:
    copy = Room(id=1)
    session.add(copy)
    with pytest.raises(IntegrityError) as caught:
        session.flush()
    assert caught.value.violation == "unique"
    assert caught.value.table == "room of hotel"
    assert caught.value.columns == ("id",)
    assert caught.value.objects == (copy,)


def test_not_null(session: Session) -> None:
    empty: Any = Booking(day="y")
    error = failure(session, Booking(day="x", guests=1), empty)
    assert (error.violation, error.table, error.columns) == ("not null", "booking", ("guests",))
    assert error.objects == (empty,)


def test_foreign_key(session: Session) -> None:
    lost = Booking(room_id=7, guests=1)
    error = failure(session, lost)
    assert error.violation == "foreign key"
    assert error.constraint in ("fk_room", None)
    assert error.objects == (lost,)


def test_check(session: Session) -> None:
    none = Booking(guests=0)
    error = failure(session, none)
    assert (error.violation, error.constraint) == ("check", "ck_guests")
    assert error.objects == (none,)


def test_delete_of_what_is_referred_to(session: Session) -> None:
    session.add(Booking(room_id=1, guests=1))
    session.commit()
    room = session.get_one(Room, 1)
    session.delete(room)
    with pytest.raises(IntegrityError) as caught:
        session.flush()
    assert caught.value.violation == "foreign key"
    assert caught.value.objects == (room,)


def test_core_and_pickle(engine: Engine, create: Callable[..., Table]) -> None:
    table = create("plain", Column("id", Integer, primary_key=True, autoincrement=False))
    with engine.connect() as connection, pytest.raises(IntegrityError) as caught:
        connection.execute(table.insert(), [{"id": 1}, {"id": 1}])
    error = caught.value
    assert error.violation == "unique"
    assert error.objects == ()
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.violation, copy.constraint, copy.columns) == (error.violation, error.constraint, error.columns)
