"""The classes that tests of sessions share, their rows, and a record of what is sent.

User 1-n Post (delete-orphan) 1-n Note (plain), and Doc, which counts versions.
"""

from __future__ import annotations

from typing import Any

from cormorant import ForeignKey, create_engine, event, text
from cormorant.engine import Engine
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(unique=True)
    age: Mapped[int | None]
    posts: Mapped[list[Post]] = relationship(back_populates="user", cascade="all, delete-orphan", order_by="Post.id")


class Post(Base):
    __tablename__ = "posts"
    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    title: Mapped[str | None]
    user: Mapped[User | None] = relationship(back_populates="posts")
    notes: Mapped[list[Note]] = relationship(back_populates="post", order_by="Note.id")


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    text: Mapped[str | None]
    post: Mapped[Post | None] = relationship(back_populates="notes")


class Doc(Base):
    __tablename__ = "docs"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str | None]
    body: Mapped[str | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


ROWS = {
    "users": [(1, "ann", "ann@x", 30), (2, "bob", None, None)],
    "posts": [(1, 1, "p1"), (2, 1, "p2"), (3, 2, "p3")],
    "notes": [(1, 1, "n1"), (2, None, "n2")],
    "docs": [(1, "t", "b", 1)],
}

GET_USER = "SELECT users.id, users.name, users.email, users.age FROM users WHERE users.id = ?"
GET_POST = "SELECT posts.id, posts.user_id, posts.title FROM posts WHERE posts.id = ?"
GET_NOTE = "SELECT notes.id, notes.post_id, notes.text FROM notes WHERE notes.id = ?"
GET_DOC = "SELECT docs.id, docs.title, docs.body, docs.version FROM docs WHERE docs.id = ?"
ALL_USERS = "SELECT users.id, users.name, users.email, users.age FROM users"
POSTS_OF_USER = "SELECT posts.id, posts.user_id, posts.title FROM posts WHERE ? = posts.user_id ORDER BY posts.id"
NOTES_OF_POST = "SELECT notes.id, notes.post_id, notes.text FROM notes WHERE ? = notes.post_id ORDER BY notes.id"
INSERT_USER = "INSERT INTO users (id, name, email, age) VALUES (?, ?, ?, ?)"
INSERT_NOTE = "INSERT INTO notes (post_id, text) VALUES (?, ?)"


class Sent(list[tuple[str, Any]]):
    """The statements of an engine, each with its parameters, on one line."""

    def note(self, _connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        """Listen for `before_cursor_execute`."""
        self.append((" ".join(statement.split()), parameters))

    def take(self) -> list[tuple[str, Any]]:
        """Return what was sent since the last call."""
        found = list(self)
        self.clear()
        return found

    def verbs(self) -> list[str]:
        """Return the first words of what was sent since the last call: `UPDATE users`."""
        return [" ".join(statement.split()[: VERBS[statement.split()[0]]]) for statement, _ in self.take()]


VERBS = {"SELECT": 1, "UPDATE": 2, "INSERT": 3, "DELETE": 3, "SAVEPOINT": 1, "RELEASE": 2, "ROLLBACK": 3}


def new_engine(base: type[DeclarativeBase] = Base, rows: dict[str, list[Any]] | None = None) -> Engine:
    """An empty database in memory with the tables and their rows."""
    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    with engine.begin() as connection:
        for name, members in (ROWS if rows is None and base is Base else rows or {}).items():
            table = base.metadata.tables[name]
            keys = [column.key for column in table.c]
            connection.execute(table.insert(), [dict(zip(keys, row, strict=True)) for row in members])
    return engine


def watch(engine: Engine) -> Sent:
    """Record the statements of an engine from now on."""
    sent = Sent()
    event.listen(engine, "before_cursor_execute", sent.note)
    return sent


def stored(session: Session, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query as they are in the transaction of a session, without a flush."""
    with session.no_autoflush:
        return [tuple(row) for row in session.execute(text(sql))]


def committed(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a query on a connection of its own."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]
