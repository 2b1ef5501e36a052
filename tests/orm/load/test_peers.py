"""Peer loading: what it costs those who do not ask for it, and what is left in memory."""

from __future__ import annotations

import gc
import pickle
from typing import Any

from cormorant import ForeignKey, create_engine, inspect, select
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, peerload, relationship
from cormorant.orm.load.peers import has_peers, peers_of


class Base(DeclarativeBase):
    """A registry of its own."""


class Shelf(Base):
    __tablename__ = "shelf"

    id: Mapped[int] = mapped_column(primary_key=True)
    books: Mapped[list[Book]] = relationship(order_by="Book.id")


class Book(Base):
    __tablename__ = "book"

    id: Mapped[int] = mapped_column(primary_key=True)
    shelf_id: Mapped[int] = mapped_column(ForeignKey("shelf.id"))


def filled(**options: Any) -> Session:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(Shelf(id=n, books=[Book(id=n)]) for n in range(1, 31))
    return Session(engine, **options)


def test_objects_of_ordinary_results_do_not_know_each_other() -> None:
    session = filled()
    shelves = session.scalars(select(Shelf)).all()
    assert {inspect(shelf).peers for shelf in shelves} == {None}


def test_objects_of_one_result_share_one_list() -> None:
    session = filled()
    shelves = session.scalars(select(Shelf).options(peerload(Shelf.books))).all()
    states = [inspect(shelf) for shelf in shelves]
    assert all(state.peers is states[0].peers for state in states)
    assert states[0].peers == states


def test_one_plan_serves_both_kinds_of_sessions() -> None:
    session = filled()
    statement = select(Shelf)
    one = session.scalars(statement).first()
    with Session(session.bind, fetch="peers") as other:
        assert has_peers(inspect(other.scalars(statement).first()))
    assert not has_peers(inspect(one))


def test_an_object_and_those_after_it_come_first() -> None:
    session = filled(fetch="peers")
    shelves = session.scalars(select(Shelf).order_by(Shelf.id)).all()
    found = peers_of(session, inspect(shelves[28]), lambda state, values: True)
    assert [obj.id for obj, _ in found][:4] == [29, 30, 1, 2]


def test_peers_die_without_the_collector() -> None:
    session = filled(fetch="peers")
    shelves = session.scalars(select(Shelf)).all()
    states = [inspect(shelf) for shelf in shelves]
    gc.disable()
    try:
        kept = shelves[0]
        del shelves
        assert [state() for state in states if state() is not None] == [kept]
        assert {state.peers is None for state in states[1:]} == {True}
    finally:
        gc.enable()
    assert len(session.identity_map) == 1


def test_copies_by_pickle_are_alone() -> None:
    session = filled(fetch="peers")
    shelves = session.scalars(select(Shelf)).all()
    assert not has_peers(inspect(pickle.loads(pickle.dumps(shelves[0]))))
