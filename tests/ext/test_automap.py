"""Automap: namespaces, names, both sides of relationships, what is mapped once and what is not mapped at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Engine, create_engine, inspect, select
from cormorant.exc import ArgumentError
from cormorant.ext.automap import automap_base, generate_relationship
from cormorant.ext.automap.namespace import Namespace
from cormorant.orm import Session, relationship

PET = """CREATE TABLE pet (id INTEGER PRIMARY KEY, owner_id INTEGER NOT NULL, keeper_id INTEGER,
FOREIGN KEY (owner_id) REFERENCES owner (id), FOREIGN KEY (keeper_id) REFERENCES owner (id))"""
TABLES = (
    "CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT)",
    PET,
    "CREATE TABLE toy (id INTEGER PRIMARY KEY)",
    "CREATE TABLE pet_toy (pet_id INTEGER REFERENCES pet (id), toy_id INTEGER REFERENCES toy (id))",
    "CREATE TABLE heap (a INTEGER REFERENCES owner (id))",
)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        for statement in TABLES:
            connection.exec_driver_sql(statement)
    yield engine
    engine.dispose()


def test_classes_and_relationships(engine: Engine) -> None:
    base = automap_base()
    base.prepare(autoload_with=engine)
    assert sorted(base.classes.keys()) == ["owner", "pet", "toy"]
    pet, toy = base.classes.pet, base.classes.toy
    assert pet.__module__ == "cormorant.ext.automap"
    assert inspect(pet).relationships.keys() == ["owner", "toy_collection"]
    owner_id = inspect(pet).relationships["owner"]
    assert {one.key for one in inspect(base.classes.owner).relationships} == {"pet_collection"}
    collection = inspect(base.classes.owner).relationships["pet_collection"]
    assert {right for _, right in collection.local_remote_pairs} == {left for left, _ in owner_id.local_remote_pairs}
    with Session(engine) as session:
        session.add(pet(owner=base.classes.owner(name="ann"), toy_collection=[toy(), toy()]))
        session.commit()
        found = session.scalars(select(pet).join(pet.owner).where(base.classes.owner.name == "ann")).one()
        assert [one.pet_collection for one in found.toy_collection] == [[found], [found]]


def test_a_declared_class_keeps_what_it_says(engine: Engine) -> None:
    base: Any = automap_base()

    class Owner(base):
        __tablename__ = "owner"
        own_pets = relationship("pet", foreign_keys="pet.owner_id", order_by="pet.id.desc()")

    def column_of(constraint: Any) -> str:
        return str(next(iter(constraint.columns)).name).removesuffix("_id")

    base.prepare(
        autoload_with=engine,
        name_for_scalar_relationship=lambda base, local, referred, constraint: column_of(constraint),
        name_for_collection_relationship=lambda base, local, referred, constraint: (
            f"{column_of(constraint).replace('owner', 'own').replace('keeper', 'kept')}_pets"
        ),
    )
    assert "owner" not in base.classes
    assert {"owner", "keeper"} <= set(inspect(base.classes.pet).relationships.keys())
    assert {one.key for one in inspect(Owner).relationships} == {"own_pets", "kept_pets"}
    assert inspect(Owner).relationships["own_pets"].order_by
    owner = Owner(name="ann", own_pets=[base.classes.pet()])
    assert owner.own_pets[0].owner is owner


def test_preparing_again_maps_nothing_twice(engine: Engine) -> None:
    base = automap_base()
    base.prepare(autoload_with=engine, reflection_options={"only": ["owner"]})
    first = base.classes.owner
    base.prepare(autoload_with=engine)
    assert base.classes.owner is first
    assert sorted(base.classes.keys()) == ["owner", "pet", "toy"]


def test_a_function_may_refuse_relationships(engine: Engine) -> None:
    def only_lists(base: Any, direction: Any, make: Any, name: str, local: Any, referred: Any, **kw: Any) -> Any:
        if direction.name == "MANYTOMANY":
            return None
        return generate_relationship(base, direction, make, name, local, referred, **kw)

    base = automap_base()
    base.prepare(autoload_with=engine, generate_relationship=only_lists)
    assert not inspect(base.classes.toy).relationships.keys()
    assert "owner" in inspect(base.classes.pet).relationships


def test_a_relationship_with_the_name_of_a_column_is_refused() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE b (id INTEGER PRIMARY KEY)")
        connection.exec_driver_sql("CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b (id))")
    with pytest.raises(ArgumentError, match=r"column 'b' conflicts with property .*exclude_properties"):
        automap_base().prepare(autoload_with=engine)
    engine.dispose()


def test_namespaces() -> None:
    things = Namespace()
    things.a = 1
    things["b"] = 2
    things.update({"c": 3})
    assert (things.a, things["b"], things.get("c"), things.get("d", 4)) == (1, 2, 3, 4)
    assert (list(things), things.keys(), things.values(), things.items()[0]) == (
        [1, 2, 3],
        ["a", "b", "c"],
        [1, 2, 3],
        ("a", 1),
    )
    assert (len(things), "a" in things, "z" in things, dir(things)) == (3, True, False, ["a", "b", "c"])
    assert repr(things) == "Namespace(a, b, c)"
    del things.a
    del things["b"]
    with pytest.raises(AttributeError, match="a"):
        _ = things.a
    with pytest.raises(KeyError):
        _ = things["b"]
    things.clear()
    assert not len(things)
