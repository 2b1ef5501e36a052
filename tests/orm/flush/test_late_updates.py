"""Rows of a secondary table that follow two changed keys, and foreign keys of expired objects that are deleted."""

from __future__ import annotations

from cormorant import Column, ForeignKey, Table, create_engine, event, select
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


links = Table(
    "links",
    Base.metadata,
    Column("left_id", ForeignKey("left_sides.id"), primary_key=True),
    Column("right_id", ForeignKey("right_sides.id"), primary_key=True),
)


class Left(Base):
    __tablename__ = "left_sides"
    id: Mapped[int] = mapped_column(primary_key=True)
    rights: Mapped[list[Right]] = relationship(secondary=links, back_populates="lefts", passive_updates=False)


class Right(Base):
    __tablename__ = "right_sides"
    id: Mapped[int] = mapped_column(primary_key=True)
    lefts: Mapped[list[Left]] = relationship(secondary=links, back_populates="rights", passive_updates=False)


class Friend(Base):
    __tablename__ = "friends"
    id: Mapped[int] = mapped_column(primary_key=True)
    best_id: Mapped[int | None] = mapped_column(ForeignKey("friends.id"))
    best: Mapped[Friend | None] = relationship(remote_side="Friend.id", post_update=True)


def new_session() -> Session:
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys=ON"))
    Base.metadata.create_all(engine)
    return Session(engine)


def test_a_link_whose_two_keys_change_is_updated_once() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Left(id=1, rights=[Right(id=1), Right(id=2)]))
        session.commit()
        left, right = session.get_one(Left, 1), session.get_one(Right, 2)
        assert len(left.rights) == len(right.lefts) + 1
        left.id, right.id = 10, 20
        session.commit()
        assert session.execute(select(links).order_by(links.c.right_id)).all() == [(10, 1), (10, 20)]


def test_a_removed_link_is_found_by_its_former_key() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Left(id=1, rights=[Right(id=1), Right(id=2)]))
        session.commit()
        left = session.get_one(Left, 1)
        left.rights.pop(0)
        left.id = 10
        session.commit()
        assert session.execute(select(links)).all() == [(10, 2)]


def test_expired_objects_that_refer_to_each_other_are_deleted() -> None:
    with new_session() as session:
        one, two = Friend(id=1), Friend(id=2)
        one.best, two.best = two, one
        session.add_all([one, two])
        session.commit()
        session.delete(one)
        session.delete(two)
        session.commit()
        assert session.scalars(select(Friend)).all() == []


def test_a_deleted_object_whose_key_was_changed_goes_with_its_links() -> None:
    with new_session() as session:
        session.autoflush = False
        session.add_all([Left(id=1, rights=[Right(id=1)]), Left(id=2)])
        session.commit()
        left = session.get_one(Left, 1)
        left.id = 10
        session.delete(left)
        session.commit()
        assert session.execute(select(links)).all() == []
        assert session.scalars(select(Left.id)).all() == [2]
