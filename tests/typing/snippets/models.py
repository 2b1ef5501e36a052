"""The classes of the other snippets: ways to declare an attribute, and what it is on the class and on an object."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Optional, assert_type

from cormorant import CheckConstraint, ForeignKey, Index, String, func, select
from cormorant.ext.hybrid import hybrid_property
from cormorant.orm import (
    DeclarativeBase,
    InstrumentedAttribute,
    Mapped,
    MappedAsDataclass,
    MappedColumn,
    column_property,
    declared_attr,
    deferred,
    mapped_column,
    relationship,
    synonym,
)
from cormorant.types import TypeEngine

intpk = Annotated[int, mapped_column(primary_key=True)]
str50 = Annotated[str, 50]


class Base(DeclarativeBase):
    type_annotation_map = {str50: String(50)}


class User(Base):
    __tablename__ = "user_account"

    id: Mapped[intpk]
    name: Mapped[str50]
    nick: Mapped[Optional[str]]  # noqa: UP045 - the older spelling, too
    age: Mapped[int | None] = mapped_column(default=None)
    created: Mapped[datetime] = mapped_column(insert_default=func.now())
    balance: Mapped[Decimal]
    data: Mapped[dict[str, Any]] = mapped_column(String)
    posts: Mapped[list[Post]] = relationship(back_populates="author", cascade="all, delete-orphan")
    best: Mapped[Post | None] = relationship(viewonly=True)
    tags: Mapped[set[Tag]] = relationship(secondary="user_tag")


class Post(Base):
    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    title: Mapped[str] = mapped_column(String(30))
    author: Mapped[User] = relationship(back_populates="posts")


class Tag(Base):
    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]


class Manager(User):
    __tablename__ = "manager"

    id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    title: Mapped[str]


class Counted(Base):
    __tablename__ = "counted"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = column_property(select(func.count(Post.id)).scalar_subquery())


class Point(MappedAsDataclass, Base, kw_only=True):
    __tablename__ = "point"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    x: Mapped[int]
    y: Mapped[int] = mapped_column(default=0)
    note: Mapped[str | None] = mapped_column(default=None)


user = User(name="ann")
assert_type(user.id, int)
assert_type(user.name, str)
assert_type(user.nick, str | None)
assert_type(user.age, int | None)
assert_type(user.created, datetime)
assert_type(user.balance, Decimal)
assert_type(user.data, dict[str, Any])
assert_type(user.posts, list[Post])
assert_type(user.best, Post | None)
assert_type(user.tags, set[Tag])
assert_type(user.posts[0].author.name, str)
assert_type(Manager().title, str)
assert_type(Manager().name, str)
assert_type(Counted().number, int)

assert_type(User.id, InstrumentedAttribute[int])
assert_type(User.name, InstrumentedAttribute[str])
assert_type(User.nick, InstrumentedAttribute[str | None])
assert_type(User.created, InstrumentedAttribute[datetime])
assert_type(User.posts, InstrumentedAttribute[list[Post]])
assert_type(User.best, InstrumentedAttribute[Post | None])
assert_type(Post.author, InstrumentedAttribute[User])
assert_type(Manager.name, InstrumentedAttribute[str])
assert_type(Counted.number, InstrumentedAttribute[int])

user.name = "other"
user.nick = None
user.posts = [Post(title="one")]
user.posts.append(Post(title="two"))
user.best = None

point = Point(x=1)
assert_type(point.x, int)
assert_type(point.note, str | None)
assert_type(Point(x=1, y=2, note="n"), Point)
assert_type(Point.x, InstrumentedAttribute[int])


class Item(Base):
    __tablename__ = "item"

    number: Mapped[int] = mapped_column(primary_key=True)
    first: Mapped[str] = mapped_column()
    last: Mapped[str] = mapped_column()
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("item.number"))
    full: Mapped[str] = column_property(first + " " + last)
    is_big: Mapped[bool] = column_property(number > 5)
    other: Mapped[str] = synonym("first")
    late: Mapped[str] = deferred(mapped_column(String))
    children: Mapped[list[Item]] = relationship(order_by=number.desc())
    plain = mapped_column(String)

    __table_args__ = (Index("ix", first.desc(), last), CheckConstraint(number > 0))

    @hybrid_property
    def initials(self) -> str:
        return self.first[0] + self.last[0]

    @initials.inplace.setter
    def _set_initials(self, value: str) -> None:
        self.first, self.last = value[0], value[1]


class Dated:
    @declared_attr
    def made(cls) -> Mapped[datetime]:
        return mapped_column(insert_default=func.now())

    @declared_attr
    def number(cls) -> Mapped[int]:
        return column_property(select(func.count()).scalar_subquery())

    @declared_attr
    def alias(cls) -> MappedColumn[int]:
        return mapped_column()


item = Item(number=1)
assert_type(Item.full, InstrumentedAttribute[str])
assert_type(item.is_big, bool)
assert_type(item.initials, str)
assert_type(Item.number.type, TypeEngine[int])
item.number = Item.number + 1
item.parent_id = None
item.initials = "ab"
item.number = "x"  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
item.first = None  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
item.children = None  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
item.initials = 5  # type: ignore[assignment]  # pyright: ignore[reportAttributeAccessIssue]
Point(x="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
