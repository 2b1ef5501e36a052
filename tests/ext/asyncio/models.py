"""The classes of these tests: a user with posts."""

from __future__ import annotations

from cormorant import ForeignKey, String
from cormorant.ext.asyncio import AsyncAttrs
from cormorant.orm import DeclarativeBase, Mapped, deferred, mapped_column, relationship


class Base(AsyncAttrs, DeclarativeBase):
    """The registry."""


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    biography: Mapped[str | None] = deferred(mapped_column(String(40)))
    posts: Mapped[list[Post]] = relationship(back_populates="user", order_by="Post.id", cascade="all, delete-orphan")


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    title: Mapped[str] = mapped_column(String(40))
    user: Mapped[User] = relationship(back_populates="posts")
