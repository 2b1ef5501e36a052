"""Nothing grows: cycles of requests, of engines and of mapped classes leave no objects and no memory behind."""

from __future__ import annotations

import gc
import tracemalloc
import weakref
from collections.abc import Callable

from cormorant import ForeignKey, create_engine, select
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, registry, relationship, selectinload

ALLOWED = 1 << 20


class Base(DeclarativeBase):
    """The registry of these tests."""


class Owner(Base):
    __tablename__ = "owner"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    pets: Mapped[list[Pet]] = relationship(back_populates="owner")


class Pet(Base):
    __tablename__ = "pet"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    owner: Mapped[Owner] = relationship(back_populates="pets")


def growth(work: Callable[[int], object], count: int) -> int:
    """How many bytes `count` runs leave, after a first part that fills what is kept on purpose."""
    for number in range(count // 4):
        work(number)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for number in range(count):
        work(count + number)
    gc.collect()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return after - before


def test_requests(times: Callable[[int, int], int]) -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all(Owner(name=f"n{number}", pets=[Pet(), Pet()]) for number in range(20))
        session.commit()

    def request(number: int) -> None:
        with Session(engine) as session:
            owner = session.get_one(Owner, number % 20 + 1)
            assert len(owner.pets) == 2
            owner.name = f"name {number}"
            session.commit()
            assert session.scalars(select(Owner).options(selectinload(Owner.pets)).limit(number % 7 + 1)).all()

    count = times(1000, 20_000)
    grown = growth(request, count)
    print(f"{count} requests: {grown} bytes")
    assert grown < ALLOWED


def test_engines(times: Callable[[int, int], int]) -> None:
    def one(number: int) -> None:
        engine = create_engine("sqlite://")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Owner(name=f"n{number}"))
            session.commit()
        engine.dispose()

    count = times(100, 2000)
    grown = growth(one, count)
    print(f"{count} engines: {grown} bytes")
    assert grown < ALLOWED


def test_classes(times: Callable[[int, int], int]) -> None:
    def one(number: int) -> None:
        maps = registry()

        @maps.mapped
        class Thing:
            __tablename__ = "thing"
            id: Mapped[int] = mapped_column(primary_key=True)

        engine = create_engine("sqlite://")
        maps.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Thing())
            session.commit()
            assert session.scalars(select(Thing)).one().id == 1
        engine.dispose()
        classes.append(weakref.ref(Thing))
        maps.dispose()

    classes: list[weakref.ref[type]] = []
    count = times(60, 2000)
    grown = growth(one, count)
    alive = sum(found() is not None for found in classes)
    print(f"{count} mapped classes: {grown} bytes, {alive} classes alive")
    assert grown < ALLOWED


def test_sessions_leave_nothing(times: Callable[[int, int], int]) -> None:
    def one(_number: int) -> None:
        Session()

    count = times(20_000, 1_000_000)
    grown = growth(one, count)
    print(f"{count} sessions: {grown} bytes")
    assert grown < 64 << 10


def test_objects_go_with_the_session() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    session = Session(engine)
    session.add(Owner(name="ann", pets=[Pet()]))
    session.commit()
    owner = weakref.ref(session.scalars(select(Owner)).one())
    pet = weakref.ref(session.scalars(select(Pet)).one())
    assert owner() is not None or pet() is None
    left = weakref.ref(session)
    del session
    gc.collect()
    assert (owner(), pet(), left()) == (None, None, None)
