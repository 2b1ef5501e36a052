"""Tables and classes that many programs share, made once per side.

A program that adds listeners, or needs other options, declares its own classes.
"""

from __future__ import annotations

import datetime
import decimal
from functools import cache
from types import SimpleNamespace
from typing import Any


@cache
def core_tables(sa: Any) -> SimpleNamespace:
    """Tables ``a`` (id, name, amount, flag, day) and ``b`` (id, a_id, title, size), with rows."""
    metadata = sa.MetaData()
    a = sa.Table(
        "a",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(30)),
        sa.Column("amount", sa.Numeric(10, 2)),
        sa.Column("flag", sa.Boolean),
        sa.Column("day", sa.Date),
    )
    b = sa.Table(
        "b",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a_id", sa.Integer, sa.ForeignKey("a.id")),
        sa.Column("title", sa.String(30)),
        sa.Column("size", sa.Float),
    )
    day = datetime.date(2026, 1, 31)
    rows = {
        a: [
            {"id": 1, "name": "one", "amount": decimal.Decimal("1.50"), "flag": True, "day": day},
            {"id": 2, "name": "two", "amount": None, "flag": False, "day": None},
            {"id": 3, "name": None, "amount": decimal.Decimal("30.00"), "flag": None, "day": day},
            {"id": 4, "name": "o'clock%", "amount": decimal.Decimal("-4"), "flag": True, "day": None},
        ],
        b: [
            {"id": 1, "a_id": 1, "title": "x", "size": 0.5},
            {"id": 2, "a_id": 1, "title": "y", "size": None},
            {"id": 3, "a_id": 2, "title": "x", "size": 2.0},
            {"id": 4, "a_id": None, "title": None, "size": 1e10},
        ],
    }
    return SimpleNamespace(metadata=metadata, a=a, b=b, rows=rows)


@cache
def wide_tables(sa: Any) -> SimpleNamespace:
    """Tables ``t`` (a column of each everyday type) and ``u`` (id, t_id, size, title), with rows."""
    metadata = sa.MetaData()
    t = sa.Table(
        "t",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(30)),
        sa.Column("amount", sa.Integer),
        sa.Column("ratio", sa.Float),
        sa.Column("price", sa.Numeric(10, 2)),
        sa.Column("flag", sa.Boolean),
        sa.Column("day", sa.Date),
        sa.Column("moment", sa.DateTime),
        sa.Column("data", sa.JSON),
    )
    u = sa.Table(
        "u",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("t_id", sa.ForeignKey("t.id")),
        sa.Column("size", sa.Integer),
        sa.Column("title", sa.String(20)),
    )
    keys = ("id", "name", "amount", "ratio", "price", "flag", "day", "moment", "data")
    document = {"a": [1, {"b": "c"}], "n": 5, "x y": True, "it's": 1}
    money, day, moment = decimal.Decimal("10.50"), datetime.date(2020, 1, 2), datetime.datetime(2021, 2, 3, 4, 5, 6)
    of_t = [
        (1, "anna", 3, 1.5, money, True, day, moment, document),
        (2, "bob", None, -2.0, None, False, None, None, None),
        (3, "a%b", 7, None, decimal.Decimal(3), None, datetime.date(2022, 5, 6), datetime.datetime(2019, 1, 1), [1, 2]),
    ]
    of_u = [(1, 1, 4, "one"), (2, 1, None, "two"), (3, 2, 9, None), (4, None, 0, "anna")]
    rows = {
        t: [dict(zip(keys, row, strict=True)) for row in of_t],
        u: [dict(zip(("id", "t_id", "size", "title"), row, strict=True)) for row in of_u],
    }
    return SimpleNamespace(metadata=metadata, t=t, u=u, rows=rows)


@cache
def shop(sa: Any, orm: Any) -> SimpleNamespace:
    """Declarative classes: User 1-n Post (delete-orphan) 1-n Note (plain), and a versioned Doc; with rows."""

    class Base(orm.DeclarativeBase):
        pass

    class User(Base):
        __tablename__ = "users"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String(30), nullable=False)
        email = orm.mapped_column(sa.String(50), unique=True)
        age = orm.mapped_column(sa.Integer)
        posts = orm.relationship("Post", back_populates="user", cascade="all, delete-orphan", order_by="Post.id")

    class Post(Base):
        __tablename__ = "posts"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        user_id = orm.mapped_column(sa.ForeignKey("users.id"))
        title = orm.mapped_column(sa.String(30))
        user = orm.relationship("User", back_populates="posts")
        notes = orm.relationship("Note", back_populates="post", order_by="Note.id")

    class Note(Base):
        __tablename__ = "notes"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        post_id = orm.mapped_column(sa.ForeignKey("posts.id"))
        text = orm.mapped_column(sa.String(30))
        post = orm.relationship("Post", back_populates="notes")

    class Doc(Base):
        __tablename__ = "docs"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        title = orm.mapped_column(sa.String(30))
        body = orm.mapped_column(sa.String(30))
        version = orm.mapped_column(sa.Integer, nullable=False)
        __mapper_args__ = {"version_id_col": version}

    rows = {
        User: [
            {"id": 1, "name": "ann", "email": "ann@x", "age": 30},
            {"id": 2, "name": "bob", "email": None, "age": None},
        ],
        Post: [
            {"id": 1, "user_id": 1, "title": "p1"},
            {"id": 2, "user_id": 1, "title": "p2"},
            {"id": 3, "user_id": 2, "title": "p3"},
        ],
        Note: [{"id": 1, "post_id": 1, "text": "n1"}, {"id": 2, "post_id": None, "text": "n2"}],
        Doc: [{"id": 1, "title": "t", "body": "b", "version": 1}],
    }
    return SimpleNamespace(
        metadata=Base.metadata,
        Base=Base,
        User=User,
        Post=Post,
        Note=Note,
        Doc=Doc,
        rows=rows,
        tables=("users", "posts", "notes", "docs"),
    )
