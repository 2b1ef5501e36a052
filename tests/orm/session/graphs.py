"""Random graphs of objects to be merged, and what a database holds before.

Out of a seed: rows, and functions that make the given objects afresh, so that several ways of merging get the same.
Parents with children (owned, moved between them), tags over a secondary table, a tree in one table.
"""

from __future__ import annotations

import os
import random
from itertools import pairwise
from typing import Any

from cormorant import Column, Engine, ForeignKey, String, Table, create_engine, select
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

COUNT = int(os.environ.get("CORMORANT_RANDOM_GRAPHS", "0")) or 30
"""How many graphs a test takes; the environment variable asks for more."""
KEYS = range(1, 7)


class Base(DeclarativeBase):
    """A registry of its own."""


parent_tag = Table(
    "parent_tag",
    Base.metadata,
    Column("parent_id", ForeignKey("parent.id"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id"), primary_key=True),
)


class Parent(Base):
    __tablename__ = "parent"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(20))
    rank: Mapped[int] = mapped_column(default=3)
    changed: Mapped[int | None] = mapped_column(onupdate=9)
    children: Mapped[list[Child]] = relationship(
        back_populates="parent", cascade="all, delete-orphan", order_by="Child.id"
    )
    tags: Mapped[list[Tag]] = relationship(secondary=parent_tag, order_by="Tag.id")


class Child(Base):
    __tablename__ = "child"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str | None] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))
    parent: Mapped[Parent | None] = relationship(back_populates="children")


class Tag(Base):
    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(20))


class Branch(Base):
    __tablename__ = "branch"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(20))
    above_id: Mapped[int | None] = mapped_column(ForeignKey("branch.id"))
    above: Mapped[Branch | None] = relationship(remote_side="Branch.id", back_populates="below")
    below: Mapped[list[Branch]] = relationship(back_populates="above", order_by="Branch.id")


class Graph:
    """One seed: the rows before, and the objects to be merged."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def engine(self) -> Engine:
        """A database with the rows before."""
        engine = create_engine("sqlite://")
        Base.metadata.create_all(engine)
        chance = random.Random(self.seed)
        with Session(engine) as session, session.begin():
            tags = [Tag(id=key, label=f"t{key}") for key in some(chance, 6)]
            parents = [Parent(id=key, name=chance.choice(["p", None]), rank=1) for key in some(chance, 4)]
            for parent in parents:
                parent.tags = [tag for tag in tags if chance.random() < 0.5]
            children = [Child(id=key, text="c", parent=_owner(chance, parents, key)) for key in some(chance, 5)]
            branches = [Branch(id=key, name="b") for key in some(chance, 4)]
            for above, below in pairwise(branches):
                below.above = above if chance.random() < 0.6 else None
            session.add_all([*tags, *parents, *children, *branches])
        return engine

    def given(self) -> list[Any]:
        """The objects to be merged, made afresh."""
        chance = random.Random(self.seed + 1)
        roots = [self._parent(chance, key) for key in some(chance, 3)]
        for one in roots[1:]:  # of two that could own the same children only one says so
            if any(before.id % 3 == one.id % 3 for before in roots[: roots.index(one)]):
                one.__dict__.pop("children", None)
        taken = {child.id for root in roots for child in root.__dict__.get("children", ())}
        lone = [Child(id=key, text="alone") for key in some(chance, 2) if key not in taken]
        below: Any = None
        for key in some(chance, 3):
            below = Branch(id=key, name=f"n{key}", **({} if below is None else {"below": [below]}))
        chance.shuffle(roots)  # but first what a parent may let go of: after a flush between it would be another row
        return [*lone, *roots, *([] if below is None else [below])]

    def _parent(self, chance: random.Random, key: int) -> Parent:
        made = Parent(id=key)
        if chance.random() < 0.7:
            made.name = chance.choice(["p", "q", None])
        if chance.random() < 0.3:
            made.rank = chance.randint(1, 2)
        if chance.random() < 0.6:
            own = [n for n in KEYS if n % 3 == key % 3]
            made.children = [Child(id=n, **({"text": "m"} if chance.random() < 0.7 else {})) for n in own[:2]]
        if chance.random() < 0.4:
            made.tags = [Tag(id=n, label="m") for n in some(chance, 2)]
        return made


def _owner(chance: random.Random, parents: list[Parent], key: int) -> Parent | None:
    """One of the parents that may own a child, or None."""
    return chance.choice([None, *(one for one in parents if one.id % 3 == key % 3)])


def some(chance: random.Random, most: int) -> list[int]:
    return sorted(chance.sample(KEYS, chance.randint(0, most)))


def rows(session: Session) -> dict[str, list[Any]]:
    """All rows, as values."""
    return {
        table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
    }


def picture(session: Session) -> list[Any]:
    """What the session's objects hold in memory, by class and key."""
    return sorted(
        (type(obj).__name__, obj.id, sorted((key, value(one)) for key, one in vars(obj).items() if key[0] != "_"))
        for obj in session
    )


def value(found: Any) -> str:
    """A value, or the keys of related objects."""
    if isinstance(found, list):
        return repr([member.id for member in found])
    return repr(found.id if isinstance(found, Base) else found)
