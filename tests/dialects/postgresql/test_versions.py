"""Versions of rows that the server counts: the system column xmin."""

from __future__ import annotations

import pytest

from cormorant import FetchedValue, Integer, create_engine, event
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column
from cormorant.orm.exc import StaleDataError


class Base(DeclarativeBase):
    pass


class Versioned(Base):
    __tablename__ = "versioned_by_xmin"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    xmin: Mapped[int] = mapped_column(Integer, system=True, server_default=FetchedValue())
    __mapper_args__ = {"version_id_col": xmin, "version_id_generator": False}


def test_version_is_fetched_by_each_update(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    written: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: written.append(given[2]))
    with Session(engine) as session:
        one = Versioned(name="a")
        session.add(one)
        session.commit()
        first = one.xmin
        one.name = "b"
        session.flush()
        assert one.xmin != first
        one.name = "c"
        session.flush()
        session.commit()
        updates = [text for text in written if text.startswith("UPDATE")]
        assert len(updates) == 2
        assert all(text.endswith("RETURNING versioned_by_xmin.xmin") for text in updates)
        assert one.name == "c"
        with Session(engine) as other:
            found = other.get_one(Versioned, one.id)
            found.name = "d"
            other.commit()
        one.name = "e"
        with pytest.raises(StaleDataError):
            session.commit()
    Base.metadata.drop_all(engine)
    engine.dispose()
