"""Sessions and their results."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, assert_type

from typing_extensions import Unpack

from cormorant import (
    CursorResult,
    Result,
    Row,
    RowMapping,
    ScalarResult,
    create_engine,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from cormorant.engine import Connection, Engine
from cormorant.orm import Session, SessionTransaction, scoped_session, sessionmaker

from .models import Post, User

engine = create_engine("sqlite://")
assert_type(engine, Engine)
session = Session(engine)

assert_type(session.execute(select(User)), Result[User])
assert_type(session.execute(select(User.id, User.name)), Result[int, str])
assert_type(session.execute(select(User.id, User.name)).all(), Sequence[Row[int, str]])
assert_type(session.execute(select(User.id, User.name)).first(), Row[int, str] | None)
assert_type(session.execute(select(User.id, User.name)).one(), Row[int, str])
assert_type(session.execute(select(User.id, User.name)).one_or_none(), Row[int, str] | None)
assert_type(session.execute(select(User.id, User.name)).fetchone(), Row[int, str] | None)
assert_type(session.execute(select(User.id, User.name)).fetchmany(5), Sequence[Row[int, str]])
assert_type(session.execute(select(User.id, User.name)).unique().all(), Sequence[Row[int, str]])
assert_type(session.execute(select(User.id, User.name)).scalars(), ScalarResult[int])
assert_type(session.execute(select(User.id, User.name)).scalar(), int | None)
assert_type(session.execute(select(User)).scalars().all(), Sequence[User])
assert_type(session.execute(select(User)).scalar_one(), User)
assert_type(session.execute(select(User)).scalar_one_or_none(), User | None)
assert_type(session.execute(select(User)).scalars().first(), User | None)
assert_type(session.execute(select(User)).scalars().unique().one(), User)
assert_type(session.execute(select(User)).mappings().all(), Sequence[RowMapping])
assert_type(session.execute(update(User)), CursorResult[Unpack[tuple[Any, ...]]])
assert_type(session.execute(delete(User)).rowcount, int)
assert_type(session.execute(text("SELECT 1")), Result[Unpack[tuple[Any, ...]]])
assert_type(session.execute(insert(User).returning(User.id, User.name)).all(), Sequence[Row[int, str]])
assert_type(session.execute(select(User), {"x": 1}, execution_options={"yield_per": 5}), Result[User])

assert_type(session.scalars(select(User)), ScalarResult[User])
assert_type(session.scalars(select(User)).all(), Sequence[User])
assert_type(session.scalars(select(User)).first(), User | None)
assert_type(session.scalars(select(User)).one(), User)
assert_type(session.scalars(select(User)).one_or_none(), User | None)
assert_type(session.scalars(select(User)).unique().all(), Sequence[User])
assert_type(session.scalars(select(User.name)).all(), Sequence[str])
two_columns = select(User.id, User.name)
assert_type(session.scalars(two_columns).all(), Sequence[int])
assert_type(session.scalars(insert(User).returning(User), [{"name": "a"}]).all(), Sequence[User])
assert_type(session.scalars(update(User).returning(User.name)).all(), Sequence[str])
assert_type(session.scalar(select(User)), User | None)
assert_type(session.scalar(select(func.count(User.id))), int | None)
assert_type(session.scalar(select(User.name)), str | None)

for user in session.scalars(select(User)):
    assert_type(user, User)
for number, name in session.execute(select(User.id, User.name)):
    assert_type(number, int)
    assert_type(name, str)
for row in session.execute(select(User, Post).join(User.posts)):
    assert_type(row[0], User)
    assert_type(row[1].title, str)
for part in session.scalars(select(User)).partitions(10):
    assert_type(part, Sequence[User])

assert_type(session.get(User, 1), User | None)
assert_type(session.get(User, (1,), populate_existing=True, with_for_update=True), User | None)
assert_type(session.get_one(User, 1), User)
assert_type(session.merge(User(id=1)), User)
assert_type(session.begin(), SessionTransaction)
assert_type(session.begin_nested(), SessionTransaction)
assert_type(session.connection(), Connection)
assert_type(session.in_transaction(), bool)
assert_type(session.is_modified(User()), bool)
assert_type(session.info, dict[Any, Any])
assert_type(User() in session, bool)
with Session(engine) as opened:
    assert_type(opened, Session)
with session.begin() as transaction:
    assert_type(transaction, SessionTransaction)


class Mine(Session):
    pass


maker = sessionmaker(engine)
assert_type(maker, sessionmaker[Session])
assert_type(maker(), Session)
with maker.begin() as begun:
    assert_type(begun, Session)
own: sessionmaker[Mine] = sessionmaker(engine, class_=Mine)
assert_type(own(), Mine)

scoped = scoped_session(maker)
assert_type(scoped, scoped_session[Session])
assert_type(scoped(), Session)
assert_type(scoped.get(User, 1), User | None)
assert_type(scoped.scalars(select(User)).all(), Sequence[User])
assert_type(scoped.scalar(select(User.id)), int | None)
assert_type(scoped.execute(select(User.id, User.name)).all(), Sequence[Row[int, str]])
assert_type(scoped.merge(User()), User)

with engine.connect() as connection:
    assert_type(connection, Connection)
    assert_type(connection.execute(select(User.id, User.name)).all(), Sequence[Row[int, str]])
    assert_type(connection.scalar(select(User.name)), str | None)
    assert_type(connection.scalars(select(User.name)).all(), Sequence[str])
