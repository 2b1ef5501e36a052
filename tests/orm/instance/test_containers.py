"""Sets, dictionaries, subclasses and classes with marked methods as collections."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, String
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.orm import attribute_keyed_dict, column_keyed_dict, declarative_base, keyfunc_mapping, relationship
from cormorant.orm.collections import KeyFuncDict, collection

from .world import World


def family(collection_class: Any) -> tuple[Any, Any]:
    base: Any = declarative_base()

    class Parent(base):
        __tablename__ = "parent"
        id = Column(Integer, primary_key=True)
        children = relationship("Child", collection_class=collection_class, back_populates="parent")

    class Child(base):
        __tablename__ = "child"
        id = Column(Integer, primary_key=True)
        parent_id = Column(ForeignKey("parent.id"))
        name = Column(String)
        parent = relationship("Parent", back_populates="children")

    base.registry.configure()
    return Parent, Child


def test_set() -> None:
    parent_class, child_class = family(set)
    parent, a, b, c = parent_class(), child_class(), child_class(), child_class()
    parent.children.add(a)
    parent.children |= {b, c}
    assert {child.parent for child in (a, b, c)} == {parent}
    parent.children.discard(a)
    parent.children -= {b}
    assert (a.parent, b.parent) == (None, None)
    parent.children ^= {a, c}
    assert parent.children == {a}
    parent.children &= set()
    assert a.parent is None
    b.parent = parent
    assert parent.children == {b}
    assert parent.children.pop() is b
    with pytest.raises(KeyError):
        parent.children.remove(b)
    with pytest.raises(TypeError, match="list is not set-like"):
        parent.children = [a]


def test_dictionary_keyed_by_attribute() -> None:
    parent_class, child_class = family(attribute_keyed_dict("name"))
    parent, a, b = parent_class(), child_class(name="a"), child_class(name="b")
    parent.children["a"] = a
    b.parent = parent
    assert dict(parent.children) == {"a": a, "b": b}
    parent.children["a"] = c = child_class(name="a")
    assert (a.parent, c.parent) == (None, parent)
    del parent.children["b"]
    assert b.parent is None
    parent.children.set(b)
    assert parent.children.pop("b") is b
    parent.children.update({"b": b})
    parent.children = {"z": a}
    assert (a.parent, b.parent, c.parent) == (parent, None, None)
    assert isinstance(parent.children, KeyFuncDict)
    with pytest.raises(InvalidRequestError, match="can't populate value in KeyFuncDict"):
        child_class().parent = parent


def test_dictionary_keyed_by_column_and_function() -> None:
    parent_class, child_class = family(keyfunc_mapping(lambda child: child.name.upper()))
    parent = parent_class()
    child_class(name="x").parent = parent
    assert list(parent.children) == ["X"]
    column = Column("name", String)
    assert column_keyed_dict(column)().keyfunc.columns == (column,)


def test_plain_dict_needs_a_key() -> None:
    with pytest.raises(ArgumentError, match="use attribute_keyed_dict"):
        family(dict)


class Shelf(list[Any]):
    """A list that counts what is appended."""

    count = 0

    def append(self, item: Any) -> None:
        self.count += 1
        super().append(item)


def test_subclass_of_list_keeps_its_own_methods() -> None:
    parent_class, child_class = family(Shelf)
    parent, child = parent_class(), child_class()
    parent.children.append(child)
    assert isinstance(parent.children, Shelf)
    assert parent.children.count == 1
    assert child.parent is parent
    assert type(parent_class().children) is type(parent.children)


class Queue:
    """A collection of another shape."""

    def __init__(self) -> None:
        self.data: list[Any] = []

    @collection.appender
    def push(self, item: Any) -> None:
        self.data.append(item)

    @collection.remover
    def drop(self, item: Any) -> None:
        self.data.remove(item)

    @collection.iterator
    def each(self) -> Iterator[Any]:
        return iter(self.data)

    @collection.removes_return()
    def shift(self) -> Any:
        return self.data.pop(0)


def test_class_with_marked_methods() -> None:
    parent_class, child_class = family(Queue)
    parent, a, b = parent_class(), child_class(), child_class()
    parent.children.push(a)
    b.parent = parent
    assert parent.children.data == [a, b]
    assert a.parent is parent
    parent.children.drop(a)
    assert a.parent is None
    assert parent.children.shift() is b
    assert b.parent is None
    parent.children = [a, b]
    assert parent.children.data == [a, b]


def test_class_without_roles_is_refused() -> None:
    class Nothing:
        pass

    with pytest.raises(ArgumentError, match="must elect an appender method"):
        family(Nothing)


def test_collections_survive_deep_copies(world: World) -> None:
    user = world.User(posts=[world.Post(title="a"), world.Post(title="b")])
    twin = copy.deepcopy(user)
    assert twin is not user
    assert [post.title for post in twin.posts] == ["a", "b"]
    assert all(post.user is twin for post in twin.posts)
    twin.posts.append(late := world.Post())
    assert late.user is twin


PickledParent, PickledChild = family(None)
PickledParent.__qualname__ = "PickledParent"
PickledChild.__qualname__ = "PickledChild"


def test_collections_survive_pickling() -> None:
    parent = PickledParent(children=[PickledChild(name="a")])
    twin = pickle.loads(pickle.dumps(parent))
    assert twin.children[0].parent is twin
    assert twin._sa_instance_state.transient
    twin.children.append(late := PickledChild())
    assert late.parent is twin
    members = pickle.loads(pickle.dumps(parent.children))
    assert [child.name for child in members] == ["a"]


@pytest.mark.parametrize("given", [(1,), {1}, "a", iter(()), range(2), {}, frozenset()])
def test_a_list_takes_what_can_append(given: Any) -> None:
    parent_class, _child_class = family(list)
    with pytest.raises(TypeError, match=f"Incompatible collection type: {type(given).__name__} is not list-like"):
        parent_class(children=given)


@pytest.mark.parametrize("given", [[], (1,), frozenset(), {}, {}.keys()])
def test_a_set_takes_what_can_add(given: Any) -> None:
    parent_class, _child_class = family(set)
    with pytest.raises(TypeError, match=f"Incompatible collection type: {type(given).__name__} is not set-like"):
        parent_class(children=given)
