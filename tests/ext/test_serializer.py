"""Pickles that name tables, sessions and engines."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cormorant import ForeignKey, create_engine, func, inspect, select
from cormorant.exc import InvalidRequestError
from cormorant.ext.serializer import dumps, loads
from cormorant.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: Mapped[list[Post]] = relationship()


class Post(Base):
    __tablename__ = "post"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as made:
        made.add_all([User(name="ann", posts=[Post()]), User(name="bob")])
        made.commit()
        yield made


def test_queries_run_again(session: Session) -> None:
    counts = session.query(Post.user_id, func.count("*").label("count")).group_by(Post.user_id).subquery()
    query = session.query(User.name, counts.c.count).outerjoin(counts, User.id == counts.c.user_id).order_by(User.id)
    again = loads(dumps(query), Base.metadata, lambda: session)
    assert again.all() == [("ann", 1), ("bob", None)]
    loaded = session.query(User).filter(User.name == "ann").options(joinedload(User.posts))
    assert loads(dumps(loaded), Base.metadata, lambda: session).one().name == "ann"


def test_what_is_named_is_the_same_object(session: Session) -> None:
    table = User.__table__
    for thing in (table, table.c.name, inspect(User), session, session.get_bind()):
        assert loads(dumps(thing), Base.metadata, lambda: session) is thing


def test_statements(session: Session) -> None:
    statement = select(User.__table__.c.name).where(User.__table__.c.id == 1)
    assert session.scalars(loads(dumps(statement), Base.metadata)).all() == ["ann"]


def test_a_missing_table_is_named() -> None:
    with pytest.raises(InvalidRequestError, match="names the table 'user_account': give loads"):
        loads(dumps(User.__table__))
