"""Collection classes that are like lists and sets without being any, and dictionaries that are assigned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, inspect
from cormorant.exc import ArgumentError
from cormorant.orm import attribute_keyed_dict, declarative_base, relationship
from cormorant.orm.instance.factory import collection_factory


class Shelf:
    def __init__(self) -> None:
        self.content: list[Any] = []

    def append(self, item: Any) -> None:
        self.content.append(item)

    def remove(self, item: Any) -> None:
        self.content.remove(item)

    def extend(self, items: Iterable[Any]) -> None:
        for item in items:
            self.append(item)

    def insert(self, place: int, item: Any) -> None:
        self.content.insert(place, item)

    def pop(self) -> Any:
        return self.content.pop()

    def clear(self) -> None:
        self.content.clear()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.content)


class Bag:
    def __init__(self) -> None:
        self.content: set[Any] = set()

    def add(self, item: Any) -> None:
        self.content.add(item)

    def discard(self, item: Any) -> None:
        self.content.discard(item)

    def update(self, items: Iterable[Any]) -> None:
        self.content.update(items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.content)


def classes(collection_class: Any) -> tuple[Any, Any]:
    base: Any = declarative_base()

    class Parent(base):
        __tablename__ = "parent"
        id = Column(Integer, primary_key=True)
        children = relationship("Child", collection_class=collection_class, back_populates="parent")

    class Child(base):
        __tablename__ = "child"
        id = Column(Integer, primary_key=True)
        parent_id = Column(ForeignKey("parent.id"))
        parent = relationship("Parent", back_populates="children")

    base.registry.configure()
    return Parent, Child


def test_a_class_like_a_list_reports_what_its_methods_do() -> None:
    parent_class, child_class = classes(Shelf)
    first, second, third = (child_class() for _ in range(3))
    parent = parent_class(children=[first])
    assert isinstance(parent.children, Shelf)
    parent.children.extend([second])
    parent.children.insert(0, third)
    assert list(parent.children) == [third, first, second]
    assert [one.parent for one in (first, second, third)] == [parent] * 3
    assert inspect(parent).attrs.children.history.added == [third, first, second]
    assert parent.children.pop() is second
    parent.children.remove(third)
    assert (second.parent, third.parent) == (None, None)
    parent.children.clear()
    assert first.parent is None


def test_a_class_like_a_set_reports_what_its_methods_do() -> None:
    parent_class, child_class = classes(Bag)
    first, second = child_class(), child_class()
    parent = parent_class()
    parent.children.add(first)
    parent.children.update([second])
    assert (first.parent, second.parent) == (parent, parent)
    parent.children.discard(first)
    parent.children.discard(first)
    assert (first.parent, list(parent.children)) == (None, [second])


def test_a_class_without_the_usual_methods() -> None:
    with pytest.raises(ArgumentError, match="must elect an appender method"):
        collection_factory(type("Nothing", (), {}))


def test_members_of_an_assigned_dictionary_stand_under_their_own_keys() -> None:
    parent_class, child_class = classes(attribute_keyed_dict("id"))
    child = child_class(id=5)
    parent = parent_class(children={"other": child})
    assert parent.children == {5: child}
