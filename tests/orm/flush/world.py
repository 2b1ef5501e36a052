"""The classes that tests of the flush share, and helpers that write changes down as names.

Owner 1-n Thing n-m Label, Node (a tree), Doc (counts versions), Place (a key that changes) with Visitor (refers to it
without other side), Filled (values from Python and from the database).
"""

from __future__ import annotations

from typing import Any

from cormorant import Column, ForeignKey, Table
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from cormorant.orm.flush.changes import Changes, collect_changes
from cormorant.orm.flush.order import Group, order_groups


class Base(DeclarativeBase):
    pass


class Owner(Base):
    __tablename__ = "owners"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    things: Mapped[list[Thing]] = relationship(back_populates="owner", order_by="Thing.id")


thing_labels = Table(
    "thing_labels",
    Base.metadata,
    Column("thing_id", ForeignKey("things.id"), primary_key=True),
    Column("label_id", ForeignKey("labels.id"), primary_key=True),
)


class Thing(Base):
    __tablename__ = "things"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("owners.id"))
    name: Mapped[str | None]
    owner: Mapped[Owner | None] = relationship(back_populates="things")
    labels: Mapped[list[Label]] = relationship(secondary=thing_labels, back_populates="things", order_by="Label.id")


class Label(Base):
    __tablename__ = "labels"
    id: Mapped[int] = mapped_column(primary_key=True)
    things: Mapped[list[Thing]] = relationship(secondary=thing_labels, back_populates="labels")


class Node(Base):
    __tablename__ = "nodes"
    id: Mapped[int] = mapped_column(primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("nodes.id"))
    name: Mapped[str | None]
    children: Mapped[list[Node]] = relationship(back_populates="parent")
    parent: Mapped[Node | None] = relationship(back_populates="children", remote_side="Node.id")


class Doc(Base):
    __tablename__ = "docs"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str | None]
    version: Mapped[int] = mapped_column()
    __mapper_args__ = {"version_id_col": version}


class Place(Base):
    __tablename__ = "places"
    code: Mapped[str] = mapped_column(primary_key=True)


class Visitor(Base):
    __tablename__ = "visitors"
    id: Mapped[int] = mapped_column(primary_key=True)
    passive_code: Mapped[str | None] = mapped_column(ForeignKey("places.code", onupdate="CASCADE"))
    active_code: Mapped[str | None] = mapped_column(ForeignKey("places.code"))
    passive: Mapped[Place | None] = relationship(foreign_keys="Visitor.passive_code")
    active: Mapped[Place | None] = relationship(foreign_keys="Visitor.active_code", passive_updates=False)


class Filled(Base):
    __tablename__ = "filled"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    made: Mapped[str | None] = mapped_column(default="made")
    counted: Mapped[int | None] = mapped_column(default=lambda context: len(context.get_current_parameters()))
    changed: Mapped[str | None] = mapped_column(onupdate="changed")
    served: Mapped[str | None] = mapped_column(server_default="served")


ROWS: dict[str, list[Any]] = {
    "owners": [(1, "ann"), (2, "bob")],
    "things": [(1, 1, "t1"), (2, 1, "t2")],
    "labels": [(1,), (2,)],
    "thing_labels": [(1, 1)],
    "nodes": [(1, None, "root"), (2, 1, "branch"), (3, 2, "leaf"), (4, None, "other")],
    "docs": [(1, "t", 1)],
    "places": [("a",), ("b",)],
    "visitors": [(1, "a", None), (2, None, "a"), (3, "b", "b")],
    "filled": [(1, "n", "m", 1, None, "s")],
}


def changes_of(session: Session) -> Changes:
    """The changes that a flush would find, without writing them."""
    with session.no_autoflush:
        return collect_changes(session)


def outline(session: Session) -> list[str]:
    """The groups of a flush in order: `save Node root leaf`."""
    return [_name_of(group) for group in order_groups(changes_of(session))]


def _name_of(group: Group) -> str:
    if group.kind in ("link", "unlink"):
        return f"{group.kind} {group.subject.key}"
    names = [str(getattr(state(), "name", "?")) for state in (*group.new, *group.rows)]
    return " ".join([group.kind, group.subject.class_.__name__, *names])
