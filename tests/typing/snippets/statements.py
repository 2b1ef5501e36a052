"""select() of one to ten things, and INSERT, UPDATE and DELETE with RETURNING."""

from __future__ import annotations

from typing import Any, assert_type

from typing_extensions import Unpack

from cormorant import Column, MetaData, Select, Table, delete, func, insert, literal, select, update
from cormorant.orm import aliased, joinedload, selectinload, with_parent
from cormorant.sql.dml import Delete, Insert, ReturningDelete, ReturningInsert, ReturningUpdate, Update

from .models import Post, Tag, User

assert_type(select(User), Select[User])
assert_type(select(User.id), Select[int])
assert_type(select(User.nick), Select[str | None])
assert_type(select(User, Post), Select[User, Post])
assert_type(select(User.id, User.name), Select[int, str])
assert_type(select(User, User.name), Select[User, str])
assert_type(select(User.id, func.count()), Select[int, int])
assert_type(select(func.count(User.id)), Select[int])
assert_type(select(func.max(User.name)), Select[str])
assert_type(select(literal(5)), Select[int])
assert_type(select(User.id + 1), Select[int])
assert_type(select(User.name.label("n")), Select[str])
assert_type(select(User.id == 5), Select[bool])
assert_type(select(User, Post, Tag), Select[User, Post, Tag])
assert_type(select(User.id, User.id, User.id, User.id), Select[int, int, int, int])
assert_type(select(User.id, User.id, User.id, User.id, User.name), Select[int, int, int, int, str])
assert_type(select(User.id, User.id, User.id, User.id, User.id, User.name), Select[int, int, int, int, int, str])
assert_type(
    select(User.id, User.id, User.id, User.id, User.id, User.id, User.name),
    Select[int, int, int, int, int, int, str],
)
assert_type(
    select(User.id, User.id, User.id, User.id, User.id, User.id, User.id, User.name),
    Select[int, int, int, int, int, int, int, str],
)
assert_type(
    select(User.id, User.id, User.id, User.id, User.id, User.id, User.id, User.id, User.name),
    Select[int, int, int, int, int, int, int, int, str],
)
assert_type(
    select(User.id, User.id, User.id, User.id, User.id, User.id, User.id, User.id, User.id, User.name),
    Select[int, int, int, int, int, int, int, int, int, str],
)

assert_type(select(User).where(User.id == 5), Select[User])
assert_type(select(User).filter(User.id == 5).filter_by(name="a"), Select[User])
assert_type(select(User).join(User.posts), Select[User])
assert_type(select(User).join(Post, Post.author_id == User.id), Select[User])
assert_type(select(User).outerjoin(User.posts).distinct(), Select[User])
assert_type(select(User).order_by(User.id.desc()).limit(5).offset(1), Select[User])
assert_type(select(User).group_by(User.id).having(func.count() > 1), Select[User])
assert_type(select(User).options(joinedload(User.posts).selectinload(Post.author)), Select[User])
assert_type(select(User).options(selectinload(User.posts)).execution_options(yield_per=5), Select[User])
assert_type(select(User).with_for_update(), Select[User])
assert_type(select(User).select_from(Post), Select[User])
assert_type(select(User).params(x=5), Select[User])
assert_type(select(User).correlate(Post), Select[User])
assert_type(select(Post).where(with_parent(User(), User.posts)), Select[Post])

other = aliased(User)
assert_type(other, type[User])
assert_type(select(other), Select[User])
assert_type(select(other.name), Select[str])
assert_type(select(User, other).where(User.id < other.id), Select[User, User])

assert_type(insert(User), Insert)
assert_type(insert(User).values(name="a"), Insert)
assert_type(insert(User).returning(User), ReturningInsert[User])
assert_type(insert(User).returning(User.id, User.name), ReturningInsert[int, str])
assert_type(insert(User).returning(User, sort_by_parameter_order=True), ReturningInsert[User])
assert_type(update(User), Update)
assert_type(update(User).where(User.id == 5).values(name="a"), Update)
assert_type(update(User).returning(User.id), ReturningUpdate[int])
assert_type(delete(User).where(User.id == 5), Delete)
assert_type(delete(User).returning(User.id, User), ReturningDelete[int, User])

table = Table("t", MetaData(), Column("id"), Column("name"))
assert_type(select(table), Select[Unpack[tuple[Any, ...]]])
assert_type(select(User).with_only_columns(User.id), Select[int])
assert_type(select(User).with_only_columns(User.id, User.name, maintain_column_froms=True), Select[int, str])
assert_type(select(User).add_columns(User.id), Select[Unpack[tuple[Any, ...]]])
