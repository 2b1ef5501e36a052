"""Mapped attributes as SQL expressions: text, comparison with objects, any/has/contains, aliases, cost."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, String, Table, func, inspect, select
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.orm import aliased, backref, column_property, declarative_base, relationship, with_parent
from cormorant.orm.attributes import InstrumentedAttribute, QueryableAttribute
from cormorant.orm.interfaces import PropComparator
from cormorant.orm.properties import ColumnProperty

Base: Any = declarative_base()

user_post = Table(
    "ab", Base.metadata, Column("user_id", ForeignKey("user.id")), Column("post_id", ForeignKey("post.id"))
)


class User(Base):
    __tablename__ = "user"
    id = Column(Integer, primary_key=True)
    name = Column(String)
    posts = relationship("Post", back_populates="user")
    tagged = relationship("Post", secondary=user_post, backref="taggers")


class Post(Base):
    __tablename__ = "post"
    id = Column(Integer, primary_key=True)
    user_id = Column(ForeignKey("user.id"))
    title = Column(String)
    user = relationship("User", back_populates="posts")


class Node(Base):
    __tablename__ = "node"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("node.id"))
    children = relationship("Node", backref=backref("parent", remote_side="Node.id"))


def text(expression: Any) -> str:
    return str(expression).replace("\n", "")


def test_attribute_is_descriptor_and_expression() -> None:
    assert User.__dict__["name"] is User.name
    assert isinstance(User.name, InstrumentedAttribute)
    assert isinstance(User.name, QueryableAttribute)
    assert inspect(User.name) is User.name
    assert (User.name.key, User.name.class_, User.name.parent) == ("name", User, inspect(User))
    assert User.name.property is inspect(User).attrs.name
    assert str(User.name) == "User.name"
    assert User.name.type is User.__table__.c.name.type
    assert text(User.name.expression) == "user.name"
    assert User.name.impl is User.name
    assert hash(User.name) == hash(User.name)


def test_operators() -> None:
    assert text(User.id == 5) == '"user".id = :id_1'
    assert text(User.id > 5) == '"user".id > :id_1'
    assert text(User.name.is_(None)) == '"user".name IS NULL'
    assert text(User.name.like("x%")) == '"user".name LIKE :name_1'
    assert text(User.id.in_([1, 2])) == '"user".id IN (__[POSTCOMPILE_id_1])'
    assert text(User.id.desc()) == '"user".id DESC'
    assert text(User.id + Post.id) == '"user".id + post.id'
    assert text(func.max(User.id)) == 'max("user".id)'
    assert text(User.name.label("n")) == '"user".name'
    with pytest.raises(AttributeError):
        _ = User.name.nothing


def test_expression_is_made_once() -> None:
    assert User.name.expression is User.name.expression
    assert (User.id == 5).shape is (User.id == 6).shape


def test_comparison_with_an_object() -> None:
    user, post = User(id=3), Post(id=5, user_id=3)
    assert text(Post.user == user) == ":param_1 = post.user_id"
    assert text(Post.user != user) == "post.user_id != :user_id_1 OR post.user_id IS NULL"
    assert text(Post.user == None) == "post.user_id IS NULL"  # noqa: E711 - SQL
    assert text(Post.user != None) == "post.user_id IS NOT NULL"  # noqa: E711 - SQL
    assert text(User.posts.contains(post)) == '"user".id = :param_1'
    assert text(~User.posts.contains(post)) == '"user".id != :param_1'
    assert text(User.tagged.contains(post)) == '"user".id = ab_1.user_id AND :param_1 = ab_1.post_id'
    assert text(~User.tagged.contains(post)) == (
        'NOT (EXISTS (SELECT 1 FROM post, ab, "user" WHERE "user".id = ab.user_id AND post.id = ab.post_id '
        "AND post.id = :id_1))"
    )
    assert select(Post).where(Post.user == user).compile().params == {"param_1": 3}
    assert text(with_parent(user, User.posts)) == ":param_1 = post.user_id"
    assert text(Node.parent == Node(id=1)) == ":param_1 = node.parent_id"


def test_value_is_read_at_execution() -> None:
    user = User()
    condition = Post.user == user
    with pytest.raises(InvalidRequestError, match="no value has been set for this column"):
        _ = select(Post).where(condition).compile().params
    user.id = 7
    assert select(Post).where(condition).compile().params == {"param_1": 7}


def test_any_and_has() -> None:
    assert text(User.posts.any()) == 'EXISTS (SELECT 1 FROM post, "user" WHERE "user".id = post.user_id)'
    assert text(User.posts.any(title="x")) == (
        'EXISTS (SELECT 1 FROM post, "user" WHERE "user".id = post.user_id AND post.title = :title_1)'
    )
    assert text(Post.user.has(User.name == "x")) == (
        'EXISTS (SELECT 1 FROM "user", post WHERE "user".id = post.user_id AND "user".name = :name_1)'
    )
    assert text(User.tagged.any()) == (
        'EXISTS (SELECT 1 FROM post, ab, "user" WHERE "user".id = ab.user_id AND post.id = ab.post_id)'
    )
    assert text(Node.children.any(Node.id == 3)) == (
        "EXISTS (SELECT 1 FROM node AS node_1, node WHERE node.id = node_1.parent_id AND node_1.id = :id_1)"
    )
    assert text(User.posts == None) == (  # noqa: E711 - SQL
        'NOT (EXISTS (SELECT 1 FROM post, "user" WHERE "user".id = post.user_id))'
    )
    assert text(select(User).where(User.posts.any())) == (
        'SELECT "user".id, "user".name FROM "user" WHERE EXISTS (SELECT 1 FROM post WHERE "user".id = post.user_id)'
    )


def test_narrowed_relationships() -> None:
    other = aliased(Post, name="pp")
    assert text(User.posts.of_type(other).any(other.title == "x")) == (
        'EXISTS (SELECT 1 FROM post AS pp, "user" WHERE "user".id = pp.user_id AND pp.title = :title_1)'
    )
    assert text(select(User).join(User.posts.and_(Post.title == "x"))) == (
        'SELECT "user".id, "user".name FROM "user" JOIN post ON "user".id = post.user_id AND post.title = :title_1'
    )
    with pytest.raises(ArgumentError, match="takes a mapped class or aliased"):
        User.posts.of_type(Post.__table__)


def test_wrong_comparisons() -> None:
    user, post = User(id=1), Post(id=1)
    with pytest.raises(InvalidRequestError, match="Can't compare a collection to an object or collection"):
        _ = User.posts == post
    with pytest.raises(InvalidRequestError, match=r"'has\(\)' not implemented for collections"):
        User.posts.has()
    with pytest.raises(InvalidRequestError, match=r"'any\(\)' not implemented for scalar attributes"):
        Post.user.any()
    with pytest.raises(InvalidRequestError, match="'contains' not implemented for scalar attributes"):
        Post.user.contains(user)
    with pytest.raises(NotImplementedError, match=r"in_\(\) not yet supported for relationships"):
        Post.user.in_([user])
    with pytest.raises(NotImplementedError):
        User.posts.desc()
    with pytest.raises(ArgumentError, match="Mapped instance expected for relationship comparison to object"):
        _ = Post.user == 3


def test_aliases() -> None:
    other, named = aliased(User), aliased(Post, name="pp")
    assert repr(other).endswith("; User>")
    assert str(inspect(other)) == "aliased(User)"
    assert inspect(named).name == "pp"
    assert inspect(other).mapper is inspect(User)
    assert str(other.posts) == "aliased(User).posts"
    assert other.id is other.id
    assert text(other.id == 5) == "user_1.id = :id_1"
    assert text(select(named.title, other.name)) == 'SELECT pp.title, user_1.name FROM post AS pp, "user" AS user_1'
    assert text(named.user == User(id=1)) == ":param_1 = pp.user_id"
    assert text(other.posts.any(Post.title == "x")) == (
        'EXISTS (SELECT 1 FROM post, "user" AS user_1 WHERE user_1.id = post.user_id AND post.title = :title_1)'
    )
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = other.nothing


def test_two_aliases_have_one_structure() -> None:
    first, second = aliased(User), aliased(User)
    assert select(first).where(first.id == 1).shape is select(second).where(second.id == 2).shape


def test_comparator_of_a_program() -> None:
    base: Any = declarative_base()

    class Lower(ColumnProperty.Comparator):
        def __eq__(self, other: object) -> Any:
            return func.lower(self.__clause_element__()) == func.lower(other)

        __hash__ = PropComparator.__hash__

        def shout(self) -> Any:
            return func.upper(self.__clause_element__())

    class Word(base):
        __tablename__ = "word"
        id = Column(Integer, primary_key=True)
        text = column_property(Column("text", String), comparator_factory=Lower)

    assert text(Word.text == "X") == "lower(word.text) = lower(:lower_1)"
    assert text(Word.text.shout()) == "upper(word.text)"
    assert text(aliased(Word, name="w").text.shout()) == "upper(w.text)"
