"""The classes that tests of the ORM share: users with addresses and posts, posts with comments, a tree, pairs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cormorant import Column, ForeignKey, ForeignKeyConstraint, Table, create_engine, event
from cormorant.engine import Engine
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    fullname: Mapped[str | None]
    addresses: Mapped[list[Address]] = relationship(back_populates="user", order_by="Address.id")
    posts: Mapped[list[Post]] = relationship(back_populates="user")


class Address(Base):
    __tablename__ = "addresses"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User | None] = relationship(back_populates="addresses")


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user: Mapped[User | None] = relationship(back_populates="posts")
    comments: Mapped[list[Comment]] = relationship(back_populates="post")
    tags: Mapped[list[Tag]] = relationship(secondary="post_tags", back_populates="posts", order_by="Tag.name")


class Comment(Base):
    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    post: Mapped[Post] = relationship(back_populates="comments")


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    posts: Mapped[list[Post]] = relationship(secondary="post_tags", back_populates="tags")


post_tags = Table(
    "post_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Node(Base):
    __tablename__ = "nodes"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"))
    children: Mapped[list[Node]] = relationship(back_populates="parent")
    parent: Mapped[Node | None] = relationship(back_populates="children", remote_side=[id])  # noqa: A003


class Pair(Base):
    __tablename__ = "pairs"
    a: Mapped[int] = mapped_column(primary_key=True)
    b: Mapped[int] = mapped_column(primary_key=True)
    v: Mapped[str | None]
    kids: Mapped[list[Kid]] = relationship(back_populates="pair")


class Kid(Base):
    __tablename__ = "kids"
    __table_args__ = (ForeignKeyConstraint(["pa", "pb"], ["pairs.a", "pairs.b"]),)
    id: Mapped[int] = mapped_column(primary_key=True)
    pa: Mapped[int | None]
    pb: Mapped[int | None]
    pair: Mapped[Pair | None] = relationship(back_populates="kids")


ROWS: dict[str, list[tuple[object, ...]]] = {
    "users": [(1, "ann", None), (2, "bob", "Bob B."), (3, "cy", None)],
    "addresses": [(10, "ann@x", 1), (11, "ann@y", 1), (20, "bob@x", 2), (99, "nobody@x", None)],
    "posts": [(10, "p10", 1), (11, "p11", 1), (20, "p20", 2)],
    "comments": [(100, "c100", 10), (101, "c101", 10), (110, "c110", 11)],
    "tags": [(1, "red"), (2, "blue")],
    "post_tags": [(10, 1), (10, 2), (20, 1)],
    "nodes": [(1, None), (2, 1), (3, 2)],
    "pairs": [(1, 2, None), (1, 3, "x")],
    "kids": [(1, 1, 2), (2, 1, 2), (3, 1, 3), (4, None, None)],
}


def new_engine() -> Engine:
    """An empty database in memory with the tables and their rows."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        for name, rows in ROWS.items():
            table = Base.metadata.tables[name]
            keys = [column.key for column in table.c]
            connection.execute(table.insert(), [dict(zip(keys, row, strict=True)) for row in rows])
    return engine


@contextmanager
def statements(session: Session) -> Iterator[list[tuple[str, object]]]:
    """Collect text and parameters of the statements that the block sends."""
    seen: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, text: str, parameters: object, *_: object) -> None:
        seen.append((text, parameters))

    event.listen(session.bind, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(session.bind, "before_cursor_execute", note)
