"""Columns that have no value in memory: of rows written here, and of rows read."""

from __future__ import annotations

import pickle

import pytest

from cormorant import FetchedValue, create_engine, inspect
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column
from cormorant.orm.exc import DetachedInstanceError


class Base(DeclarativeBase):
    pass


class Sheet(Base):
    __tablename__ = "sheets"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    size: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(deferred=True)
    filled: Mapped[str | None] = mapped_column(server_default=FetchedValue())


def written() -> Sheet:
    """An object whose row was written in a session that is closed."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        session.add(sheet := Sheet(id=1))
        session.commit()
    return sheet


def test_a_column_that_was_not_written_is_none() -> None:
    sheet = written()
    assert (sheet.name, sheet.size, sorted(inspect(sheet).unloaded)) == (None, None, ["name", "note", "size"])


def test_a_copy_knows_what_was_not_written() -> None:
    copied = pickle.loads(pickle.dumps(written()))
    assert (copied.name, "name" in vars(copied)) == (None, False)


def test_a_deferred_column_that_was_not_written_is_unknown() -> None:
    with pytest.raises(DetachedInstanceError, match="deferred load operation of attribute 'note' cannot proceed"):
        _ = written().note


def test_an_expired_column_that_was_not_written_is_unknown() -> None:
    sheet = written()
    inspect(sheet).expire_attributes(["name"])
    with pytest.raises(DetachedInstanceError, match="attribute refresh operation cannot proceed"):
        _ = sheet.name


def test_a_column_that_was_not_read_is_unknown() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Sheet(id=1, name="a"))
        session.commit()
        session.expunge_all()
        sheet = session.get(Sheet, 1)
        session.expire(sheet)
    with pytest.raises(DetachedInstanceError):
        _ = sheet.name


def test_a_column_that_was_not_written_is_read_without_a_flush() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(sheet := Sheet(id=1))
        session.flush()
        session.add(Sheet(id=2))
        assert (sheet.name, len(session.new)) == (None, 1)
