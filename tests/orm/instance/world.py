"""Mapped classes without a database: a parent with children, tags on both sides, an owner that answers loads."""

from __future__ import annotations

import weakref
from typing import Any

from cormorant import Column, ForeignKey, Integer, String, Table
from cormorant.orm import Mapped, declarative_base, mapped_column, registry, relationship
from cormorant.orm.attributes import PASSIVE_NO_RESULT, PASSIVE_OFF, PassiveFlag
from cormorant.orm.state import InstanceState


class World:
    """Fresh classes for one test: `User.posts`/`Post.user`, `Post.tags`/`Tag.posts`, `User.card`/`Card.user`."""

    def __init__(self) -> None:
        base: Any = declarative_base()

        class User(base):
            __tablename__ = "user"
            id = Column(Integer, primary_key=True)
            name = Column(String)
            age = Column(Integer)
            posts = relationship("Post", back_populates="user", cascade="all, delete-orphan")
            card = relationship("Card", back_populates="user", uselist=False)

        post_tag = Table(
            "post_tag",
            base.metadata,
            Column("post_id", ForeignKey("post.id"), primary_key=True),
            Column("tag_id", ForeignKey("tag.id"), primary_key=True),
        )

        class Post(base):
            __tablename__ = "post"
            id = Column(Integer, primary_key=True)
            user_id = Column(ForeignKey("user.id"))
            title = Column(String)
            user = relationship("User", back_populates="posts")
            tags = relationship("Tag", secondary=post_tag, back_populates="posts")

        class Tag(base):
            __tablename__ = "tag"
            id = Column(Integer, primary_key=True)
            posts = relationship("Post", secondary=post_tag, back_populates="tags")

        class Card(base):
            __tablename__ = "card"
            id = Column(Integer, primary_key=True)
            user_id = Column(ForeignKey("user.id"))
            user = relationship("User", back_populates="card")

        self.User: Any = User
        self.Post: Any = Post
        self.Tag: Any = Tag
        self.Card: Any = Card
        base.registry.configure()


class FakeOwner:
    """Stands for a session: notes what it is asked and answers loads from a dictionary."""

    def __init__(self, answers: dict[str, Any] | None = None) -> None:
        self.modified: dict[InstanceState, Any] = {}
        self.touched: dict[InstanceState, Any] = {}
        self.answers = answers or {}
        self.loads: list[str] = []
        self.added: list[Any] = []
        self.removed: list[Any] = []
        self.begun = 0

    def begin_for_change(self) -> None:
        self.begun += 1

    def load_missing(self, state: InstanceState, attribute: Any, passive: PassiveFlag) -> Any:
        if passive is not PASSIVE_OFF:
            return PASSIVE_NO_RESULT
        self.loads.append(attribute.key)
        return attribute.fill(state, self.answers[attribute.key])

    def cascade_add(self, state: InstanceState, attribute: Any, child: InstanceState) -> None:
        self.added.append(child.obj())

    def cascade_remove(self, state: InstanceState, attribute: Any, child: InstanceState) -> None:
        self.removed.append(child.obj())

    def adopt(self, obj: Any, pk: Any) -> InstanceState:
        """Make an instance persistent, all it holds counting as loaded."""
        state: InstanceState = obj._sa_instance_state
        state.pk = pk
        state.owner = weakref.ref(self)
        state.home = {pk: state}
        state.committed = {}
        return state


__all__ = ["FakeOwner", "Mapped", "World", "mapped_column", "registry"]
