"""Mapped attributes where a schema takes columns: foreign keys, constraints, indexes."""

from __future__ import annotations

import pickle
from typing import Any

from cormorant import ForeignKey, ForeignKeyConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, inspect, select
from cormorant.orm import DeclarativeBase, Mapped, mapped_column, relationship


def mapped_pair() -> tuple[Any, Any]:
    class Base(DeclarativeBase):
        pass

    class Parent(Base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str]
        children: Mapped[list[Child]] = relationship("Child", back_populates="parent")

    class Child(Base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int] = mapped_column(ForeignKey(Parent.id))
        parent: Mapped[Parent] = relationship("Parent", back_populates="children")

    Base.registry.configure()
    return Parent, Child


def test_foreign_key_to_an_attribute() -> None:
    parent, child = mapped_pair()
    (key,) = child.__table__.foreign_keys
    assert key.column is parent.__table__.c.id
    assert key.target_fullname == "parent.id"
    assert str(select(parent.id).join(parent.children)) == (
        "SELECT parent.id \nFROM parent JOIN child ON parent.id = child.parent_id"
    )
    assert inspect(child).relationships["parent"].local_columns == {child.__table__.c.parent_id}
    assert [table.name for table in parent.metadata.sorted_tables] == ["parent", "child"]


def test_constraints_over_attributes() -> None:
    parent, child = mapped_pair()
    table = child.__table__
    assert next(iter(UniqueConstraint(child.parent_id).columns)) is table.c.parent_id
    assert next(iter(Index("ix", child.parent_id).columns)) is table.c.parent_id
    assert ForeignKeyConstraint([child.id], [parent.id]).elements[0].column is parent.__table__.c.id
    assert next(iter(PrimaryKeyConstraint(child.id).columns)) is table.c.id


def test_metadata_with_such_keys_is_pickled() -> None:
    parent, child = mapped_pair()
    Index("ix_child", child.parent_id)
    metadata = pickle.loads(pickle.dumps(parent.metadata))
    assert metadata is not parent.metadata
    (key,) = metadata.tables["child"].foreign_keys
    assert key.column is metadata.tables["parent"].c.id
    assert [index.name for index in metadata.tables["child"].indexes] == ["ix_child"]
