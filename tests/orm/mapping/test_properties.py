"""Synonyms, composites, deferred columns, expressions, relationships added late, concrete inheritance."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, MetaData, String, Table, inspect
from cormorant.exc import ArgumentError
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    MappedColumn,
    Mapper,
    Relationship,
    column_property,
    composite,
    declarative_base,
    deferred,
    mapped_column,
    relationship,
    synonym,
    synonym_for,
)
from cormorant.orm.attributes import get_history
from cormorant.orm.exc import UnmappedColumnError
from cormorant.orm.interfaces import MapperProperty, PropComparator
from cormorant.sql.expression import Label


@dataclasses.dataclass
class Point:
    x: int | None
    y: int | None


def test_synonyms() -> None:
    base: Any = declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        id = Column(Integer, primary_key=True)
        name = Column(String)
        title = synonym("name")

        @synonym_for("name")
        @property
        def shouted(self) -> str:
            return self.name.upper()

    thing = Thing(title="x")
    assert (thing.name, thing.title, thing.shouted) == ("x", "x", "X")
    thing.title = "y"
    assert thing.name == "y"
    assert str(Thing.title == "x") == "thing.name = :name_1"
    assert str(Thing.shouted.like("x")) == "thing.name LIKE :name_1"
    assert inspect(Thing).synonyms.keys() == ["title", "shouted"]


def test_synonym_that_maps_the_column_of_its_name() -> None:
    class Base(DeclarativeBase):
        pass

    table = Table("thing", Base.metadata, Column("id", Integer, primary_key=True), Column("name", String))

    class Thing:
        pass

    Base.registry.map_imperatively(Thing, table, properties={"name": synonym("_name", map_column=True)})
    assert inspect(Thing).attrs.keys() == ["_name", "name", "id"]
    assert str(Thing.name == "x") == "thing.name = :name_1"  # type: ignore[attr-defined]

    class Other:
        pass

    with pytest.raises(ArgumentError, match="no column on table 'thing' named 'nope'"):
        Base.registry.map_imperatively(Other, table, properties={"nope": synonym("_nope", map_column=True)})


def test_composite_of_mapped_columns() -> None:
    class Base(DeclarativeBase):
        pass

    class Vertex(Base):
        __tablename__ = "vertex"
        id: Mapped[int] = mapped_column(primary_key=True)
        start: Mapped[Point] = composite(mapped_column("x1", Integer), mapped_column("y1", Integer))
        end: Mapped[Point | None] = composite(mapped_column("x2", Integer), mapped_column("y2", Integer))

    vertex = Vertex(start=Point(1, 2))
    assert (vertex.x1, vertex.y1) == (1, 2)  # type: ignore[attr-defined]
    assert vertex.start == Point(1, 2)
    assert vertex.start is vertex.start
    assert vertex.end is None
    vertex.x1 = 5  # type: ignore[attr-defined]
    assert vertex.start == Point(1, 2), "the object stays until a flush or a load"
    assert inspect(vertex).attrs.start.history.added == [Point(5, 2)]
    assert str(Vertex.start == Point(1, 2)) == "vertex.x1 = :x1_1 AND vertex.y1 = :y1_1"
    assert [column.name for column in Vertex.__table__.c] == ["id", "x1", "y1", "x2", "y2"]
    assert inspect(Vertex).composites.keys() == ["start", "end"]


def test_deferred_columns_and_expressions() -> None:
    base: Any = declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        id = Column(Integer, primary_key=True)
        text = deferred(Column(String), group="big")
        total = column_property(id + 5, expire_on_flush=False)  # noqa: A003 - the column

    prop = inspect(Thing).attrs.text
    assert (prop.deferred, prop.group, prop.raiseload) == (True, "big", False)
    assert inspect(Thing).attrs.total.is_expression
    assert inspect(Thing).column_keys == ("id", "text")
    assert str(Thing.total) == "Thing.total"
    assert str(Thing.total > 3) == "thing.id + :param_1 > :param_2"
    thing = Thing(text="x")
    assert get_history(thing, "text") == (["x"], (), ())


def test_relationship_added_after_configuration() -> None:
    base: Any = declarative_base()

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)
        a_id = Column(ForeignKey("a.id"))

    base.registry.configure()
    early = A()
    A.bs = relationship(B, backref="a")
    child = B()
    early.bs.append(child)
    assert child.a is early
    assert inspect(A).relationships.keys() == ["bs"]
    assert B(a=early).a is early


def test_concrete_inheritance() -> None:
    base: Any = declarative_base()

    class Employee(base):
        __tablename__ = "employee"
        id = Column(Integer, primary_key=True)
        name = Column(String)

    class Manager(Employee):
        __tablename__ = "manager"
        id = Column(Integer, primary_key=True)
        level = Column(Integer)
        __mapper_args__ = {"concrete": True}

    mapper = inspect(Manager)
    assert mapper.tables == [Manager.__table__]
    assert mapper.column_attrs.keys() == ["id", "level"]
    assert mapper.base_mapper is inspect(Employee)
    assert mapper.class_manager.identity_class is Manager


def test_property_of_a_program_puts_its_attribute_and_is_told_when_mappers_are_ready() -> None:
    told: list[str] = []

    class Constant(MapperProperty):
        def instrument_class(self, mapper: Any) -> None:
            told.append(f"instrument {mapper.class_.__name__}")
            mapper.class_.answer = property(lambda _self: 42)

        def init(self) -> None:
            told.append(f"init {self.parent.class_.__name__}")

    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id = mapped_column(Integer, primary_key=True)
        answer = Constant()

    Base.registry.configure()
    assert told == ["instrument Thing", "init Thing"]
    assert Thing().answer == 42


def test_only_a_relationship_leads_to_a_mapper() -> None:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id = mapped_column(Integer, primary_key=True)
        other = synonym("id")

    assert not any(hasattr(prop, "mapper") for prop in inspect(Thing).attrs)
    assert inspect(Thing).attrs.has_key("other")
    assert not inspect(Thing).attrs.has_key("another")


def test_property_of_a_column_that_is_not_mapped() -> None:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id = mapped_column(Integer, primary_key=True)

    foreign = Table("foreign", MetaData(), Column("id", Integer))
    with pytest.raises(UnmappedColumnError, match=r"No column foreign\.id is configured on mapper"):
        inspect(Thing).get_property_by_column(foreign.c.id)


def test_states_of_attributes_are_a_mapping() -> None:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id = mapped_column(Integer, primary_key=True)

    thing = Thing(id=3)
    states = inspect(thing).attrs
    assert states.get("id").value == 3
    assert states.get("nothing", "default") == "default"
    assert states.has_key("id")
    assert not states.has_key("nothing")
    assert "id" in dir(states)


def test_expression_of_a_property_has_a_name_where_it_is_no_column() -> None:
    class Base(DeclarativeBase):
        pass

    class Thing(Base):
        __tablename__ = "thing"
        id = mapped_column(Integer, primary_key=True)

    Thing.double = column_property(Thing.id * 2)  # type: ignore[attr-defined]
    attrs = inspect(Thing).attrs
    assert attrs.id.expression is Thing.__table__.c.id
    assert isinstance(attrs.double.expression, Label)


def test_properties_and_attributes_in_annotations() -> None:
    class Base(DeclarativeBase):
        pass

    class Node(Base):
        __tablename__ = "node"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: MappedColumn[int | None] = mapped_column(ForeignKey("node.id"))
        children: Relationship[list[Node]] = relationship(back_populates="parent")
        parent: Relationship[Node] = relationship(back_populates="children", remote_side="Node.id")

    Base.registry.configure()
    assert Node.__table__.c.parent_id.nullable
    assert (inspect(Node).attrs.children.uselist, inspect(Node).attrs.parent.uselist) == (True, False)
    assert Mapper[Any].__origin__ is Mapper
    assert PropComparator[int].__origin__ is PropComparator
