"""What a workload gets: a mapping library with mapped classes and filled tables, or a driver with the same tables.

Both fill the tables through the driver, so that preparing is alike and quick. The databases are SQLite in memory, or
PostgreSQL at a URL whose tables are made anew.
"""

from __future__ import annotations

import datetime
import importlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from importlib import metadata
from types import SimpleNamespace
from typing import Any

from . import data

DDL = {
    "sqlite": "id INTEGER PRIMARY KEY, name VARCHAR(40) NOT NULL, note VARCHAR(40), amount INTEGER NOT NULL, "
    '"rank" INTEGER, ratio FLOAT NOT NULL, price NUMERIC(10, 2) NOT NULL, created DATETIME NOT NULL, changed DATETIME, '
    "active BOOLEAN NOT NULL",
    "postgresql": "id SERIAL PRIMARY KEY, name VARCHAR(40) NOT NULL, note VARCHAR(40), amount INTEGER NOT NULL, "
    '"rank" INTEGER, ratio FLOAT NOT NULL, price NUMERIC(10, 2) NOT NULL, created TIMESTAMP NOT NULL, '
    "changed TIMESTAMP, active BOOLEAN NOT NULL",
}
TABLES = ("child", "parent", "item")
ITEM_WIDTH = len(data.COLUMNS) - 1
MICRO = "microseconds"


def from_sqlite(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Item rows as SQLite gives them, with the values of Decimal, datetime and bool columns converted by hand."""
    when = datetime.datetime.fromisoformat
    return [
        (
            key, name, note, amount, rank, ratio,
            Decimal(f"{price:.2f}"), when(created), changed and when(changed), bool(active),
        )
        for key, name, note, amount, rank, ratio, price, created, changed, active in rows
    ]  # fmt: skip


class Driver:
    """A driver connection with the tables made, and how values travel on it."""

    def __init__(self, connection: Any, database: str) -> None:
        self.connection = connection
        self.database = database
        self.cursor = connection.cursor()
        self.mark = "?" if database == "sqlite" else "%s"

    @classmethod
    def connect(cls, url: str) -> Driver:
        if url == "sqlite://":
            return cls(sqlite3.connect(":memory:"), "sqlite")
        psycopg = importlib.import_module("psycopg")
        return cls(psycopg.connect(url.replace("+psycopg", "")), "postgresql")

    def make_tables(self) -> None:
        key = "INTEGER" if self.database == "sqlite" else "SERIAL"
        for table in TABLES:
            self.cursor.execute(f"DROP TABLE IF EXISTS {table}")
        self.cursor.execute(f"CREATE TABLE item ({DDL[self.database]})")
        self.cursor.execute(f"CREATE TABLE parent (id {key} PRIMARY KEY, name VARCHAR(40) NOT NULL)")
        self.cursor.execute(
            f"CREATE TABLE child (id {key} PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent (id), "
            "name VARCHAR(40) NOT NULL, size INTEGER NOT NULL)"
        )
        self.cursor.execute("CREATE INDEX ix_child_parent_id ON child (parent_id)")
        self.connection.commit()

    def fill(self, items: int = 0, families: int = 0) -> None:
        self.insert("item", data.items(items))
        self.insert("parent", data.parents(families))
        self.insert("child", data.children(families))
        self.connection.commit()

    def insert(self, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self.cursor.executemany(f"INSERT INTO {table} VALUES ({self.marks(len(rows[0]))})", self.outgoing(rows))

    def marks(self, count: int) -> str:
        return ", ".join([self.mark] * count)

    def outgoing(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
        """Items, whole or without their key, as the driver takes them; rows of other tables as they are."""
        if self.database != "sqlite" or not rows or len(rows[0]) < ITEM_WIDTH:
            return rows
        return [
            (*head, float(price), created.isoformat(" ", MICRO), changed and changed.isoformat(" ", MICRO), active)
            for *head, price, created, changed, active in rows
        ]

    def incoming(self, rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Item rows with Decimal, datetime and bool values, converted by hand where the driver does not."""
        return list(rows) if self.database != "sqlite" else from_sqlite(rows)


class Raw:
    """The side of the driver by hand."""

    def __init__(self, url: str) -> None:
        self.url = url

    def driver(self, items: int = 0, families: int = 0) -> Driver:
        made = Driver.connect(self.url)
        made.make_tables()
        made.fill(items, families)
        return made


class Library:
    """A mapping library: its namespaces, classes mapped once, engines on filled tables."""

    def __init__(self, root: str, url: str) -> None:
        self.sa = importlib.import_module(root)
        self.orm = importlib.import_module(f"{root}.orm")
        self.url = url

    @cached_property
    def models(self) -> SimpleNamespace:
        return declare(self.sa, self.orm)

    def engine(self, items: int = 0, families: int = 0) -> Any:
        engine = self.sa.create_engine(self.url)
        pooled = engine.raw_connection()
        driver = Driver(pooled.driver_connection, "sqlite" if self.url == "sqlite://" else "postgresql")
        driver.make_tables()
        driver.fill(items, families)
        driver.cursor.close()
        pooled.close()
        return engine

    def session(self, items: int = 0, families: int = 0, **options: Any) -> Any:
        _ = self.models
        return self.orm.Session(self.engine(items, families), **options)


def declare(sa: Any, orm: Any) -> SimpleNamespace:
    """Item (ten columns) and Parent with Children."""

    class Base(orm.DeclarativeBase):
        pass

    class Item(Base):
        __tablename__ = "item"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String(40), nullable=False)
        note = orm.mapped_column(sa.String(40))
        amount = orm.mapped_column(sa.Integer, nullable=False)
        rank = orm.mapped_column(sa.Integer)
        ratio = orm.mapped_column(sa.Float, nullable=False)
        price = orm.mapped_column(sa.Numeric(10, 2), nullable=False)
        created = orm.mapped_column(sa.DateTime, nullable=False)
        changed = orm.mapped_column(sa.DateTime)
        active = orm.mapped_column(sa.Boolean, nullable=False)

    class Parent(Base):
        __tablename__ = "parent"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        name = orm.mapped_column(sa.String(40), nullable=False)
        children = orm.relationship("Child", back_populates="parent", order_by="Child.id", cascade="all, delete-orphan")

    class Child(Base):
        __tablename__ = "child"
        id = orm.mapped_column(sa.Integer, primary_key=True)
        parent_id = orm.mapped_column(sa.ForeignKey("parent.id"), nullable=False, index=True)
        name = orm.mapped_column(sa.String(40), nullable=False)
        size = orm.mapped_column(sa.Integer, nullable=False)
        parent = orm.relationship("Parent", back_populates="children")

    return SimpleNamespace(Base=Base, Item=Item, Parent=Parent, Child=Child)


def opponent_is_compiled() -> bool:
    """Whether the installed SQLAlchemy has its compiled parts, and they are not switched off."""
    files = metadata.files("sqlalchemy") or []
    return any(file.suffix == ".so" or file.suffix == ".pyd" for file in files) and not os.environ.get(
        "DISABLE_SQLALCHEMY_CEXT_RUNTIME"
    )
