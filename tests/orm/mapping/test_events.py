"""Events of attributes, instances and mappers; validates and reconstructor."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, String, event
from cormorant.exc import InvalidRequestError
from cormorant.orm import Mapper, declarative_base, reconstructor, relationship, validates


@pytest.fixture
def classes() -> tuple[Any, Any, Any]:
    base: Any = declarative_base()

    class User(base):
        __tablename__ = "user"
        id = Column(Integer, primary_key=True)
        name = Column(String)
        posts = relationship("Post", back_populates="user")

    class Post(base):
        __tablename__ = "post"
        id = Column(Integer, primary_key=True)
        user_id = Column(ForeignKey("user.id"))
        user = relationship("User", back_populates="posts")

    return base, User, Post


def test_set_listeners(classes: Any) -> None:
    _, user_class, _ = classes
    heard: list[Any] = []

    @event.listens_for(user_class.name, "set")
    def on_set(target: Any, value: Any, old: Any, initiator: Any) -> str:
        heard.append((target, value, old, initiator.key))
        return "ignored"

    user = user_class(name="a")
    user.name = "b"
    assert user.name == "b"
    assert [(value, key) for _, value, _, key in heard] == [("a", "name"), ("b", "name")]
    assert heard[1][0] is user
    assert heard[1][2] == "a"
    event.listen(user_class.name, "set", lambda t, v, o, i: v.upper(), retval=True)
    user.name = "c"
    assert user.name == "C"
    assert event.contains(user_class.name, "set", on_set)
    event.remove(user_class.name, "set", on_set)
    user.name = "d"
    assert len(heard) == 3


def test_collection_listeners_before_configuration(classes: Any) -> None:
    _, user_class, post_class = classes
    heard: list[tuple[str, str]] = []
    event.listen(user_class.posts, "append", lambda t, v, i: heard.append(("append", i.key)))
    event.listen(user_class.posts, "remove", lambda t, v, i: heard.append(("remove", i.key)))
    event.listen(post_class.user, "set", lambda t, v, o, i: heard.append(("set", i.key)))
    user, post = user_class(), post_class()
    user.posts.append(post)
    post.user = None
    assert heard == [("append", "posts"), ("set", "posts"), ("set", "user"), ("remove", "user")]


def test_raw_listeners_and_scalar_defaults(classes: Any) -> None:
    _, user_class, _ = classes
    heard: list[Any] = []
    event.listen(user_class.name, "set", lambda s, v, o, i: heard.append(s), raw=True)
    event.listen(user_class.name, "init_scalar", lambda t, v, d: "default", retval=True)
    user = user_class()
    assert user.name == "default"
    user.name = "x"
    assert heard == [user._sa_instance_state]


def test_instance_listeners(classes: Any) -> None:
    base, user_class, _ = classes
    heard: list[Any] = []
    event.listen(user_class, "init", lambda t, args, kw: heard.append(("init", dict(kw))))
    event.listen(base, "init", lambda t, args, kw: heard.append(type(t).__name__), propagate=True)
    event.listen(user_class, "expire", lambda t, attrs: heard.append(("expire", attrs)))
    user = user_class(name="x")
    assert heard == [("init", {"name": "x"}), "User"]

    class Later(base):
        __tablename__ = "later"
        id = Column(Integer, primary_key=True)

    Later()
    assert heard[2:] == ["Later"]
    user._sa_instance_state.expire()
    assert heard[3:] == [("expire", None)]


def test_mapper_listeners(classes: Any) -> None:
    base, user_class, _ = classes
    heard: list[str] = []
    event.listen(user_class, "mapper_configured", lambda mapper, cls: heard.append(cls.__name__))

    def after() -> None:
        heard.append("all")

    event.listen(Mapper, "after_configured", after)
    base.registry.configure()
    event.remove(Mapper, "after_configured", after)
    assert heard == ["User", "all"]
    with pytest.raises(InvalidRequestError, match="No such event 'nothing'"):
        event.listen(user_class, "nothing", after)


def test_validates_and_reconstructor() -> None:
    base: Any = declarative_base()

    class Address(base):
        __tablename__ = "address"
        id = Column(Integer, primary_key=True)
        email = Column(String)
        loaded = False

        @validates("email")
        def check(self, key: str, value: str) -> str:
            if "@" not in value:
                raise ValueError(f"{key}: {value}")
            return value.lower()

        @reconstructor
        def on_load(self) -> None:
            self.loaded = True

    assert Address(email="A@B").email == "a@b"
    with pytest.raises(ValueError, match="email: x"):
        Address(email="x")
    address = Address()
    manager = Address._sa_class_manager
    manager.fire_load(address._sa_instance_state, None)
    assert address.loaded
