"""The legacy Query."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_type

from cormorant import Row, create_engine, func
from cormorant.orm import Query, Session, aliased, joinedload
from cormorant.orm.query import RowReturningQuery

from .models import Post, User

session = Session(create_engine("sqlite://"))
query = session.query(User)

assert_type(query, Query[User])
assert_type(query.all(), list[User])
assert_type(query.first(), User | None)
assert_type(query.one(), User)
assert_type(query.one_or_none(), User | None)
assert_type(query.count(), int)
assert_type(query[0], User)
assert_type(query[1:3], list[User])
assert_type(iter(query), Iterator[User])
assert_type(query.filter(User.id == 1), Query[User])
assert_type(query.filter_by(name="a").order_by(User.id).limit(5).all(), list[User])
assert_type(query.join(User.posts).options(joinedload(User.posts)).distinct(), Query[User])
assert_type(query.union(session.query(User)).first(), User | None)
assert_type(query.update({"name": "a"}), int)
assert_type(query.delete(), int)
assert_type(query.scalar(), Any)
assert_type(session.query(aliased(User)).all(), list[User])
assert_type(session.query(User.id), RowReturningQuery[int])
assert_type(session.query(User.id).all(), list[Row[int]])
assert_type(session.query(User.id, User.name), RowReturningQuery[int, str])
assert_type(session.query(User.id, User.name).all(), list[Row[int, str]])
assert_type(session.query(User.id, User.name).first(), Row[int, str] | None)
assert_type(session.query(User, Post).one(), Row[User, Post])
assert_type(session.query(User.name, func.count(Post.id)).all(), list[Row[str, int]])
for user in query:
    assert_type(user, User)
for number, name in session.query(User.id, User.name):
    assert_type(number, int)
    assert_type(name, str)
