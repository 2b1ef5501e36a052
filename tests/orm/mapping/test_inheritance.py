"""Mappers that inherit: single-table and joined; what the hierarchy shares."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, String, Table, inspect
from cormorant.exc import ArgumentError, InvalidRequestError, SAWarning
from cormorant.orm import declarative_base, mapped_column, registry, relationship


def animals() -> tuple[Any, Any, Any]:
    base: Any = declarative_base()

    class Animal(base):
        __tablename__ = "animal"
        id = Column(Integer, primary_key=True)
        kind = Column(String)
        owner_id = Column(ForeignKey("animal.id"))
        owned = relationship("Animal")
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}

    class Dog(Animal):
        __tablename__ = "dog"
        id = Column(ForeignKey("animal.id"), primary_key=True)
        bark = Column(String)
        __mapper_args__ = {"polymorphic_identity": "dog"}

    class Cat(Animal):
        lives = Column(Integer)
        __mapper_args__ = {"polymorphic_identity": "cat"}

    base.registry.configure()
    return Animal, Dog, Cat


def test_joined_table() -> None:
    animal, dog, _ = animals()
    mapper = inspect(dog)
    assert mapper.inherits is inspect(animal)
    assert mapper.base_mapper is inspect(animal)
    assert mapper.tables == [animal.__table__, dog.__table__]
    assert mapper.primary_key == (animal.__table__.c.id,)
    assert str(mapper.inherit_condition) == "animal.id = dog.id"
    assert mapper.inherit_pairs == ((animal.__table__.c.id, dog.__table__.c.id),)
    assert mapper.column_attrs.keys() == ["id", "kind", "owner_id", "bark"]
    assert dog.id.property.columns == [dog.__table__.c.id, animal.__table__.c.id]
    assert mapper.columns_of(dog.__table__) == (("id", dog.__table__.c.id), ("bark", dog.__table__.c.bark))
    assert not mapper.single
    assert mapper.class_manager.identity_class is animal


def test_single_table() -> None:
    animal, _, cat = animals()
    mapper = inspect(cat)
    assert mapper.single
    assert mapper.local_table is animal.__table__
    assert "lives" in animal.__table__.c
    assert mapper.column_attrs.keys() == ["id", "kind", "owner_id", "lives"]
    assert inspect(animal).column_attrs.keys() == ["id", "kind", "owner_id"]


def test_hierarchy() -> None:
    animal, dog, cat = (inspect(cls) for cls in animals())
    assert animal.polymorphic_map == {"animal": animal, "dog": dog, "cat": cat}
    assert dog.polymorphic_on is animal.polymorphic_on
    assert dog.discriminator_key == "kind"
    assert dog.isa(animal)
    assert not animal.isa(dog)
    assert animal.isa_or_base(dog)
    assert dog.is_sibling(cat)
    assert animal.self_and_descendants == [animal, dog, cat]
    assert list(dog.iterate_to_root()) == [dog, animal]


def test_attributes_belong_to_each_class() -> None:
    animal, dog, _ = animals()
    assert dog.kind is not animal.kind
    assert dog.kind.parent is inspect(dog)
    assert dog.owned.property is animal.owned.property
    one, two = dog(), dog()
    one.owned.append(two)
    assert one.owned == [two]
    assert one.kind == "dog"


def test_later_columns_reach_subclasses() -> None:
    animal, dog, _ = animals()
    animal.weight = Column(Integer)
    assert dog(weight=3).weight == 3
    assert dog.weight.parent is inspect(dog)


def test_errors() -> None:
    animal, _, _ = animals()
    with pytest.raises(
        InvalidRequestError, match="Can't place primary key columns on an inherited class with no table"
    ):
        type("Bird", (animal,), {"__module__": __name__, "key": Column(Integer, primary_key=True)})
    with pytest.raises(InvalidRequestError, match="Column 'lives' on class Fish conflicts with existing column"):
        type("Fish", (animal,), {"__module__": __name__, "lives": Column(Integer)})
    with pytest.warns(SAWarning, match="Reassigning polymorphic association for identity 'cat'"):
        type("Cat2", (animal,), {"__module__": __name__, "__mapper_args__": {"polymorphic_identity": "cat"}})
    mine = registry()
    table = Table("x", mine.metadata, Column("id", Integer, primary_key=True))
    with pytest.raises(ArgumentError, match="Class 'Stranger' does not inherit from 'Animal'"):
        mine.map_imperatively(type("Stranger", (), {}), table, inherits=animal)


def test_shared_column_between_siblings() -> None:
    animal, _, _ = animals()
    fox = type(
        "Fox",
        (animal,),
        {
            "__module__": __name__,
            "lives": mapped_column(Integer, use_existing_column=True),
            "__mapper_args__": {"polymorphic_identity": "fox"},
        },
    )
    assert inspect(fox).columns.lives is animal.__table__.c.lives


def test_subclass_that_comes_after_the_base_was_used_is_brought_along() -> None:
    base: Any = declarative_base()

    class Animal(base):
        __tablename__ = "animal"
        id = Column(Integer, primary_key=True)
        kind = Column(String)
        __mapper_args__ = {"polymorphic_on": "kind", "with_polymorphic": "*"}

    for name in ("dog", "cat", "cow"):
        assert Animal.id is not None
        assert (Animal.id == 1) is not None
        assert inspect(Animal).selectable is not None
        own = {"__tablename__": name, "__mapper_args__": {"polymorphic_identity": name}}
        type(name, (Animal,), {**own, "id": Column(ForeignKey("animal.id"), primary_key=True)})
    assert str(inspect(Animal).selectable) == (
        "animal LEFT OUTER JOIN dog ON animal.id = dog.id LEFT OUTER JOIN cat ON animal.id = cat.id "
        "LEFT OUTER JOIN cow ON animal.id = cow.id"
    )
