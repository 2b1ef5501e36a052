"""Imperative mapping: registry.map_imperatively and the plain function mapper(); what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, MetaData, String, Table, inspect
from cormorant.exc import ArgumentError, InvalidRequestError, NoInspectionAvailable
from cormorant.orm import (
    Mapper,
    class_mapper,
    column_property,
    mapper,
    object_mapper,
    registry,
    relationship,
)
from cormorant.orm.exc import UnmappedClassError, UnmappedInstanceError
from cormorant.orm.mapping.constructs import default_registry


def things(metadata: MetaData) -> Table:
    return Table(
        "thing",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("a", Integer),
        Column("b", Integer),
        Column("c", String),
    )


def test_columns_become_attributes_in_table_order() -> None:
    mine = registry()
    table = things(mine.metadata)

    class Thing:
        pass

    found = mine.map_imperatively(Thing, table, properties={"bb": table.c.b, "aa": column_property(table.c.a)})
    assert isinstance(found, Mapper)
    assert inspect(Thing) is found
    assert found.attrs.keys() == ["id", "aa", "bb", "c"]
    assert found.primary_key == (table.c.id,)
    assert found.key_of(table.c.b) == "bb"
    assert str(found) == "Mapper[Thing(thing)]"
    thing: Any = Thing(bb=3)  # type: ignore[call-arg]
    assert thing.bb == 3
    with pytest.raises(TypeError, match="'nothing' is an invalid keyword argument for Thing"):
        Thing(nothing=1)  # type: ignore[call-arg]


def test_plain_mapper_function() -> None:
    metadata = MetaData()
    parents = Table("parent", metadata, Column("id", Integer, primary_key=True))
    kids = Table("kid", metadata, Column("id", Integer, primary_key=True), Column("parent_id", ForeignKey("parent.id")))

    class Parent:
        pass

    class Kid:
        def __init__(self, parent: Any) -> None:
            self.parent = parent

    mapper(Parent, parents, properties={"kids": relationship(Kid, backref="parent")})
    mapper(Kid, kids)
    parent: Any = Parent()
    kid = Kid(parent)
    assert parent.kids == [kid]
    default_registry.dispose()
    assert not hasattr(Parent, "kids")
    assert Kid(3).parent == 3


def test_included_and_excluded_columns() -> None:
    mine = registry()
    table = things(mine.metadata)
    one, two = type("One", (), {}), type("Two", (), {})
    assert mine.map_imperatively(one, table, include_properties=["a"]).attrs.keys() == ["id", "a"]
    kept = mine.map_imperatively(two, table, exclude_properties=["a", "_b"], column_prefix="_").attrs.keys()
    assert kept == ["_id", "_b", "_c"]


def test_constructed_before_mapping() -> None:
    class Thing:
        pass

    thing: Any = Thing()
    registry().map_imperatively(Thing, things(MetaData()))
    with pytest.raises(UnmappedInstanceError, match="is mapped, but this instance lacks instrumentation"):
        _ = thing.a
    with pytest.raises(NoInspectionAvailable):
        inspect(thing)


def test_refusals_leave_the_class_unmapped() -> None:
    mine = registry()
    table = things(mine.metadata)
    cls = type("Thing", (), {"kept": 5})
    with pytest.raises(ArgumentError, match="Can't determine polymorphic_on value 'zz' - no attribute is mapped"):
        mine.map_imperatively(cls, table, polymorphic_on="zz")
    with pytest.raises(ArgumentError, match="attribute 'x' of Thing got 5"):
        mine.map_imperatively(cls, table, properties={"x": 5})
    with pytest.raises(TypeError, match="unexpected keyword argument 'foo'"):
        mine.map_imperatively(cls, table, foo=5)
    with pytest.raises(ArgumentError, match="does not have a persist_selectable specified"):
        mine.map_imperatively(cls)
    with pytest.raises(ArgumentError, match="a class is mapped to a Table or another FROM element, not to 5"):
        mine.map_imperatively(cls, 5)
    with pytest.raises(TypeError, match="unexpected keyword argument 'no_such'"):
        mine.map_imperatively(cls, table, no_such=True)
    with pytest.raises(ArgumentError, match="could not assemble any primary key columns for mapped table 'z'"):
        mine.map_imperatively(cls, Table("z", mine.metadata, Column("x", Integer)))
    assert set(vars(cls)) == {"kept", "__module__", "__dict__", "__weakref__", "__doc__"}
    assert mine.mappers == frozenset()


def test_a_class_is_mapped_once() -> None:
    mine = registry()
    table = things(mine.metadata)
    cls = type("Thing", (), {})
    mine.map_imperatively(cls, table)
    with pytest.raises(ArgumentError, match="already has a primary mapper defined"):
        mine.map_imperatively(cls, table)
    with pytest.raises(ArgumentError, match="Argument 'cls_' is expected to be of type"):
        mine.map_imperatively(5, table)  # type: ignore[arg-type]


def test_mapped_to_a_join() -> None:
    mine = registry()
    metadata = mine.metadata
    one = Table("one", metadata, Column("id", Integer, primary_key=True), Column("x", Integer))
    two = Table("two", metadata, Column("id", ForeignKey("one.id"), primary_key=True), Column("y", Integer))
    joined = one.join(two)

    class Both:
        pass

    found = mine.map_imperatively(Both, joined, properties={"id": [one.c.id, two.c.id]})
    assert found.primary_key == (one.c.id,)
    assert found.tables == [one, two]
    assert found.pk_keys == ("id",)


def test_finding_mappers() -> None:
    with pytest.raises(UnmappedClassError, match=r"Class 'builtins\.int' is not mapped"):
        class_mapper(int)
    with pytest.raises(ArgumentError, match="Class object expected, got '3'"):
        class_mapper(3)
    with pytest.raises(UnmappedInstanceError, match=r"Class 'builtins\.int' is not mapped"):
        object_mapper(3)
    with pytest.raises(UnmappedInstanceError, match=r"was a class .* supplied where an instance was required"):
        object_mapper(int)


def test_unknown_property_is_named() -> None:
    mine = registry()
    cls = type("Thing", (), {})
    found = mine.map_imperatively(cls, things(mine.metadata))
    with pytest.raises(InvalidRequestError, match=r"Mapper 'Mapper\[Thing\(thing\)\]' has no property 'zz'"):
        found.get_property("zz")
    with pytest.raises(InvalidRequestError, match="Incorrect number of values in identifier"):
        found.raw_pk((1, 2))
    assert found.raw_pk({"id": 3}) == 3
    assert found.identity_key_from_primary_key((3,)) == (cls, (3,), None)
