"""The classes that most tests of the suite use: a user's posts, tagged; a tree; a counted version."""

from __future__ import annotations

from cormorant import Column, ForeignKey, String, Table
from cormorant.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The suite's registry."""


post_tag = Table(
    "post_tag",
    Base.metadata,
    Column("post_id", ForeignKey("post.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class User(Base):
    """Owns posts: they live and die with it."""

    __tablename__ = "user_account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    fullname: Mapped[str | None] = mapped_column(String(60))
    posts: Mapped[list[Post]] = relationship(back_populates="author", cascade="all, delete-orphan", order_by="Post.id")


class Post(Base):
    """Belongs to a user, has tags and notes."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    title: Mapped[str] = mapped_column(String(60))
    author: Mapped[User] = relationship(back_populates="posts")
    tags: Mapped[list[Tag]] = relationship(secondary=post_tag, back_populates="posts", order_by="Tag.id")
    notes: Mapped[list[Note]] = relationship(back_populates="post", order_by="Note.id")


class Tag(Base):
    """A name that posts share."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    posts: Mapped[list[Post]] = relationship(secondary=post_tag, back_populates="tags", order_by="Post.id")


class Note(Base):
    """May belong to a post; outlives it."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    text: Mapped[str] = mapped_column(String(60))
    post: Mapped[Post | None] = relationship(back_populates="notes")


class Node(Base):
    """A tree in one table."""

    __tablename__ = "node"

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
    name: Mapped[str] = mapped_column(String(60))
    parent: Mapped[Node | None] = relationship(back_populates="children", remote_side="Node.id")
    children: Mapped[list[Node]] = relationship(back_populates="parent", cascade="all", order_by="Node.id")


class Account(Base):
    """Counts its versions."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(String(60))
    balance: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}


class Place(Base):
    """A key of two columns, given by the program."""

    __tablename__ = "place"

    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str | None] = mapped_column(String(60))
