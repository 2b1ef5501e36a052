"""The keyword constructor and constructors of programs."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import Column, Integer, String, inspect
from cormorant.orm import declarative_base

from .world import World


def test_keywords_become_attributes(world: World) -> None:
    post = world.Post(title="t")
    user = world.User(id=1, name="x", posts=[post])
    assert (user.id, user.name, user.posts) == (1, "x", [post])
    assert post.user is user


def test_unknown_keyword(world: World) -> None:
    with pytest.raises(TypeError, match="'foo' is an invalid keyword argument for User"):
        world.User(name="x", foo=1)


def test_own_constructor_may_call_the_default_one() -> None:
    base: Any = declarative_base()

    class Thing(base):
        __tablename__ = "thing"
        id = Column(Integer, primary_key=True)
        name = Column(String)

        def __init__(self, name: str) -> None:
            self.name = name.upper()
            super().__init__(id=5)

    thing = Thing("x")
    assert (thing.id, thing.name) == (5, "X")
    assert inspect(thing).modified


def test_setattr_of_the_class_is_respected() -> None:
    base: Any = declarative_base()
    seen: list[str] = []

    class Thing(base):
        __tablename__ = "thing"
        id = Column(Integer, primary_key=True)

        def __setattr__(self, key: str, value: Any) -> None:
            seen.append(key)
            super().__setattr__(key, value)

    Thing(id=1)
    Thing(id=2)
    assert seen == ["id", "id"]


def test_discriminator_is_there_from_the_start() -> None:
    base: Any = declarative_base()

    class Animal(base):
        __tablename__ = "animal"
        id = Column(Integer, primary_key=True)
        kind = Column(String)
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "animal"}

    class Dog(Animal):
        __mapper_args__ = {"polymorphic_identity": "dog"}

    assert Dog().kind == "dog"
    assert Dog(id=1).kind == "dog"
    assert Dog(id=1).kind == "dog"
    assert Animal(id=3, kind="other").kind == "other"
