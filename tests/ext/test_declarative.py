"""Classes whose tables are reflected: they wait for prepare(), and are mapped once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Column, Engine, String, Table, create_engine, inspect, select
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.ext.declarative import DeferredReflection
from cormorant.orm import DeclarativeBase, Session, relationship
from cormorant.orm.exc import UnmappedClassError


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for statement in (
            "CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT)",
            "CREATE TABLE pet (id INTEGER PRIMARY KEY, kind TEXT, owner_id INTEGER REFERENCES owner (id))",
            "CREATE TABLE toy (id INTEGER PRIMARY KEY)",
            "CREATE TABLE pet_toy (pet_id INTEGER REFERENCES pet (id), toy_id INTEGER REFERENCES toy (id))",
        ):
            connection.exec_driver_sql(statement)
    yield engine
    engine.dispose()


def test_classes_wait_and_are_mapped_together(engine: Engine) -> None:
    class Base(DeclarativeBase):
        """The base."""

    class Reflected(DeferredReflection):
        __abstract__ = True

    class Owner(Reflected, Base):
        __tablename__ = "owner"
        pets = relationship("Pet", back_populates="owner")

    class Pet(Reflected, Base):
        __tablename__ = "pet"
        sort = Column("kind", String(5))
        owner = relationship("Owner", back_populates="pets")

    class Plain(Base):
        __table__ = Table("plain", Base.metadata, Column("id", String, primary_key=True))

    assert "__mapper__" in Plain.__dict__
    with pytest.raises(
        UnmappedClassError, match=r"Owner is a subclass of DeferredReflection\.  Mappings are not produced"
    ):
        inspect(Owner)
    with pytest.raises(ArgumentError, match="Expected Engine or Connection, got None"):
        Reflected.prepare(None)
    Reflected.prepare(engine)
    Reflected.prepare(engine)
    assert Pet.__table__.c.kind.type.length == 5
    assert [prop.key for prop in inspect(Pet).column_attrs] == ["sort", "id", "owner_id"]
    with Session(engine) as session:
        session.add(Owner(name="ann", pets=[Pet(sort="cat")]))
        session.commit()
        assert [pet.owner.name for pet in session.scalars(select(Pet))] == ["ann"]


def test_tables_between_classes_are_read_too(engine: Engine) -> None:
    class Base(DeferredReflection, DeclarativeBase):
        """The base, all of whose classes wait."""

    class Pet(Base):
        __tablename__ = "pet"
        by_name = relationship("Toy", secondary="pet_toy")

    class Toy(Base):
        __tablename__ = "toy"
        pets = relationship("Pet", secondary=Table("pet_toy", Base.metadata), overlaps="by_name")

    Base.prepare(engine)
    assert Base.metadata.tables["pet_toy"].c.keys() == ["pet_id", "toy_id"]
    assert inspect(Pet).relationships["by_name"].secondary is inspect(Toy).relationships["pets"].secondary


def test_groups_are_prepared_apart(engine: Engine) -> None:
    class Base(DeclarativeBase):
        """The base."""

    class Here(DeferredReflection):
        __abstract__ = True

    class There(DeferredReflection):
        __abstract__ = True

    class Owner(Here, Base):
        __tablename__ = "owner"

    class Nothing(There, Base):
        __tablename__ = "nothing"

    with engine.connect() as connection:
        Here.prepare(connection, resolve_fks=False)
    assert inspect(Owner).primary_key[0].name == "id"
    with pytest.raises(InvalidRequestError, match=r"not available in Engine\(.*\): \(nothing\)"):
        There.prepare(engine)
    mapped: Any = Nothing.__dict__.get("__mapper__")
    assert mapped is None


def test_a_hierarchy_is_mapped_from_the_top(engine: Engine) -> None:
    class Base(DeferredReflection, DeclarativeBase):
        """The base."""

    class Pet(Base):
        __tablename__ = "pet"
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "pet"}

    class Cat(Pet):
        __mapper_args__ = {"polymorphic_identity": "cat"}

    Base.prepare(engine)
    assert inspect(Cat).inherits is inspect(Pet)
    with Session(engine) as session:
        session.add(Cat())
        session.commit()
        assert type(session.scalars(select(Pet)).one()) is Cat
