"""configure_mappers() and clear_mappers(), on registries of their own: the other tests' mappings are kept out."""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

import pytest

from cormorant import Column, ForeignKey, Integer, inspect, select
from cormorant.exc import InvalidRequestError, NoInspectionAvailable
from cormorant.orm import Query, clear_mappers, configure_mappers, declarative_base, relationship
from cormorant.orm.mapping import configure


@pytest.fixture(autouse=True)
def _own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(configure, "REGISTRIES", WeakSet())


@pytest.fixture
def base() -> Any:
    made: Any = declarative_base()
    configure.REGISTRIES.add(made.registry)
    return made


def test_all_registries_are_completed(base: Any) -> None:
    other: Any = declarative_base()
    configure.REGISTRIES.add(other.registry)

    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bs = relationship(lambda: B)

    class B(other):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)
        a_id = Column(ForeignKey(A.id))

    configure_mappers()
    assert A.__mapper__.configured
    assert B.__mapper__.configured
    assert inspect(A).relationships["bs"].mapper is inspect(B)


def test_a_failed_mapper_is_named_to_the_others(base: Any) -> None:
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bs = relationship("Missing")

    with pytest.raises(InvalidRequestError, match="Missing"):
        configure_mappers()
    with pytest.raises(InvalidRequestError, match=r"Triggering mapper: 'Mapper\[A\(a\)\]'"):
        configure_mappers()


def test_clear_mappers_takes_the_mappings_away(base: Any) -> None:
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)

    assert not inspect(A).configured
    clear_mappers()
    with pytest.raises(NoInspectionAvailable):
        inspect(A)


def test_a_failure_elsewhere_costs_no_relationship(base: Any) -> None:
    other: Any = declarative_base()

    class Parent(base):
        __tablename__ = "parent"
        id = Column(Integer, primary_key=True)
        children = relationship(lambda: Child)

    class Child(base):
        __tablename__ = "child"
        id = Column(Integer, primary_key=True)
        parent_id = Column(ForeignKey(Parent.id))

    class Broken(other):
        __tablename__ = "broken"
        id = Column(Integer, primary_key=True)
        others = relationship("Nothing")

    with pytest.raises(InvalidRequestError, match="Nothing"):
        configure.configure_registries([base.registry, other.registry])
    child = Child()
    assert Parent(children=[child]).children == [child]
    other.registry.dispose()


def test_what_failed_in_one_registry_does_not_reach_another(base: Any) -> None:
    class Node(base):  # waits for its pair to be tied, which it cannot be
        __tablename__ = "node"
        id = Column(Integer, primary_key=True)
        parent_id = Column(ForeignKey("node.id"))
        parent = relationship("Node", back_populates="children")
        children = relationship("Node", back_populates="parent")

    class Broken(base):
        __tablename__ = "broken"
        id = Column(Integer, primary_key=True)
        others = relationship("Nothing")

    with pytest.raises(InvalidRequestError, match="Nothing"):
        base.registry.configure()

    class Other(declarative_base()):  # type: ignore[misc]
        __tablename__ = "other"
        id = Column(Integer, primary_key=True)

    assert Other(id=1).id == 1
    base.registry.dispose()


def test_naming_a_class_configures_nothing(base: Any) -> None:
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bs = relationship("Missing")

    statement = select(A).where(A.id == 1)
    assert select(A.__table__).correlate_except(A).select_from(A) is not None
    assert A.id.property is inspect(A).get_property("id")
    assert [prop.key for prop in inspect(A).iterate_properties] == ["bs", "id"]
    assert not inspect(A).configured
    with pytest.raises(InvalidRequestError, match="Missing"):
        str(statement)
    with pytest.raises(InvalidRequestError, match="Missing"):
        str(select(A.id))
    with pytest.raises(InvalidRequestError, match="failed to initialize"):
        Query(A)


def test_the_attribute_of_a_relationship_stays_one_object(base: Any) -> None:
    class A(base):
        __tablename__ = "a"
        id = Column(Integer, primary_key=True)
        bs = relationship("B", back_populates="a")

    class B(base):
        __tablename__ = "b"
        id = Column(Integer, primary_key=True)
        a_id = Column(ForeignKey(A.id))
        a = relationship(A, back_populates="bs")

    held = A.bs, B.a
    base.registry.configure()
    assert held[0] is A.bs
    assert held[1] is B.a
    assert A(bs=[B()]).bs[0].a.bs
