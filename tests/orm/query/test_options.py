"""Loader options: what they say, and what is refused."""

from __future__ import annotations

import pytest

from cormorant import select
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.orm import Load, aliased, defaultload, defer, joinedload, lazyload, load_only, raiseload, undefer
from cormorant.orm.exc import LoaderStrategyException
from cormorant.orm.query.branch import ColumnChoice, Strategy
from cormorant.orm.query.option_tree import branch_for_root

from ..blog import Comment, Post, User


def mapper(cls: type) -> object:
    return cls.__mapper__  # type: ignore[attr-defined]


def test_tree_along_relationships() -> None:
    option = joinedload(User.posts).selectinload(Post.comments)
    branch = branch_for_root([option], mapper(User))
    assert branch.choices["posts"].strategy is Strategy.JOINED
    assert branch.under("posts").choices["comments"].strategy is Strategy.SELECTIN
    assert not branch.under("posts").under("comments")


def test_options_that_contradict_each_other_are_refused() -> None:
    text = r"lazyload\(User.posts\) is in conflict with existing strategy joinedload\(User.posts\)"
    with pytest.raises(InvalidRequestError, match=text):
        branch_for_root([joinedload(User.posts), lazyload(User.posts)], mapper(User))
    branch = branch_for_root([joinedload(User.posts), joinedload(User.posts)], mapper(User))
    assert branch.choices["posts"].strategy is Strategy.JOINED


def test_defaultload_keeps_what_was_chosen() -> None:
    branch = branch_for_root([joinedload(User.posts), defaultload(User.posts).raiseload(Post.comments)], mapper(User))
    assert branch.choices["posts"].strategy is Strategy.JOINED
    assert branch.under("posts").choices["comments"].strategy is Strategy.RAISE


def test_wildcard_holds_below_too() -> None:
    branch = branch_for_root([raiseload("*"), joinedload(User.posts)], mapper(User))
    assert branch.choice("posts") is branch.choices["posts"]
    below = branch.under("posts").choice("comments")
    assert below is not None
    assert below.strategy is Strategy.RAISE


def test_options_for_siblings() -> None:
    option = joinedload(User.posts).options(joinedload(Post.comments), load_only(Post.title))
    branch = branch_for_root([option], mapper(User))
    assert branch.under("posts").choices["comments"].strategy is Strategy.JOINED
    below = branch.under("posts")
    assert [below.column(key, None) for key in ("title", "id")] == [ColumnChoice.LOAD, ColumnChoice.DEFER]


def test_equal_options_share_a_shape() -> None:
    one, other = joinedload(User.posts).joinedload(Post.comments), joinedload(User.posts).joinedload(Post.comments)
    assert one.shape is other.shape
    assert joinedload(User.posts).shape is not lazyload(User.posts).shape


def test_columns() -> None:
    users = " \nFROM users"
    assert str(select(User).options(load_only(User.name))) == "SELECT users.id, users.name" + users
    assert str(select(User).options(defer(User.name))) == "SELECT users.id, users.fullname" + users
    assert str(select(User).options(defer(User.id))) == "SELECT users.id, users.name, users.fullname" + users
    assert str(select(User).options(Load(User).defer("*"), undefer(User.name))) == "SELECT users.id, users.name" + users


def test_path_must_follow_the_relationship() -> None:
    with pytest.raises(ArgumentError, match=r'"User\.addresses" does not link from relationship "User.posts"'):
        joinedload(User.posts).joinedload(User.addresses)
    with pytest.raises(ArgumentError, match="does not link mapped class"):
        Load(User).joinedload(Post.comments)


@pytest.mark.parametrize("given", ["posts", User, 3])
def test_only_attributes_are_taken(given: object) -> None:
    with pytest.raises(ArgumentError):
        joinedload(given)


def test_path_must_start_at_an_entity_of_the_statement() -> None:
    with pytest.raises(ArgumentError, match=r"does not apply to any of the root entities in this query, e\.g\. Post"):
        str(select(Post).options(joinedload(User.addresses)))
    with pytest.raises(ArgumentError, match=r"e.g. aliased\(User\)"):
        str(select(aliased(User)).options(joinedload(User.addresses)))
    with pytest.raises(ArgumentError, match="only expression-based entities"):
        str(select(User.id).options(joinedload(User.addresses)))


def test_options_must_fit_the_kind_of_attribute() -> None:
    with pytest.raises(LoaderStrategyException, match=r'"joined loader" strategy to property "User\.name"'):
        str(select(User).options(joinedload(User.name)))
    with pytest.raises(LoaderStrategyException, match='which is a "relationship"'):
        str(select(Comment).options(defer(Comment.post)))


def test_load_only_of_one_entity() -> None:
    with pytest.raises(ArgumentError, match="multiple entities"):
        load_only(User.name, Post.id)
