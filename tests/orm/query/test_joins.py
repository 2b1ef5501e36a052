"""join() and outerjoin() of mapped classes."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import select
from cormorant.exc import ArgumentError
from cormorant.orm import aliased, join, outerjoin
from tests.orm.query.test_textual import Dog, Post, User

ALIAS = aliased(Post, name="pp")
POSTS = "users JOIN posts ON users.uid = posts.user_id"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (join(User, Post, User.posts), POSTS),
        (join(User, Post), POSTS),
        (join(User, Post, User.id == Post.user_id), POSTS),
        (outerjoin(User, Post, User.posts), "users LEFT OUTER JOIN posts ON users.uid = posts.user_id"),
        (outerjoin(User, Post, User.posts, full=True), "users FULL OUTER JOIN posts ON users.uid = posts.user_id"),
        (join(User, ALIAS, User.posts), "users JOIN posts AS pp ON users.uid = pp.user_id"),
        (join(User, ALIAS, User.posts.of_type(ALIAS)), "users JOIN posts AS pp ON users.uid = pp.user_id"),
        (join(User, Post, User.posts.and_(Post.title == "x")), f"{POSTS} AND posts.title = :title_1"),
        (
            outerjoin(join(User, Post, User.posts), ALIAS, User.posts),
            f"{POSTS} LEFT OUTER JOIN posts AS pp ON users.uid = pp.user_id",
        ),
        (join(Post, User, Post.user), "posts JOIN users ON users.uid = posts.user_id"),
        (
            outerjoin(User, Dog, User.id == Dog.id),
            "users LEFT OUTER JOIN animals ON users.uid = animals.id AND animals.type IN (__[POSTCOMPILE_type_1])",
        ),
    ],
)
def test_from_elements(source: Any, expected: str) -> None:
    assert str(select(User.name).select_from(source)) == f"SELECT users.name \nFROM {expected}"


def test_names_are_no_on_clause() -> None:
    with pytest.raises(ArgumentError, match="ON clause, typically a SQL expression or ORM relationship attribute"):
        join(User, Post, "posts")
