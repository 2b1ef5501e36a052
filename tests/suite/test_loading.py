"""Lazy, selectin and joined loading: the same objects, in a known number of statements."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import select
from cormorant.exc import InvalidRequestError
from cormorant.orm import (
    Session,
    contains_eager,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    raiseload,
    selectinload,
    subqueryload,
)
from cormorant.orm.exc import DetachedInstanceError

from .models import Node, Note, Post, Tag, User
from .sent import Sent

USERS, POSTS = 7, 3


@pytest.fixture
def blog(session: Session, sent: Sent) -> Session:
    tags = [Tag(id=number, name=f"tag{number}") for number in range(1, 4)]
    for u in range(1, USERS + 1):
        user = User(id=u, name=f"user{u}")
        for p in range(POSTS if u < USERS else 0):
            number = u * 10 + p
            notes = [Note(id=number, text=f"note{number}")]
            user.posts.append(Post(id=number, title=f"post{number}", tags=tags[: p + 1], notes=notes))
        session.add(user)
    session.commit()
    session.expunge_all()
    sent.clear()
    return session


def picture(users: list[User]) -> list[Any]:
    """Everything that hangs on the users, as values."""
    return [
        (user.name, [(post.title, post.author is user, [tag.name for tag in post.tags]) for post in user.posts])
        for user in users
    ]


EXPECTED = [
    (
        f"user{u}",
        [(f"post{u * 10 + p}", True, [f"tag{t}" for t in range(1, p + 2)]) for p in range(POSTS if u < USERS else 0)],
    )
    for u in range(1, USERS + 1)
]

WAYS: dict[str, tuple[list[Any], int]] = {
    "lazy": ([], 1 + USERS + (USERS - 1) * POSTS),
    "lazyload": ([lazyload(User.posts)], 1 + USERS + (USERS - 1) * POSTS),
    "selectin": ([selectinload(User.posts).selectinload(Post.tags)], 3),
    "joined": ([joinedload(User.posts).joinedload(Post.tags)], 1),
    "selectin of joined": ([joinedload(User.posts).selectinload(Post.tags)], 2),
    "joined in selectin": ([selectinload(User.posts).joinedload(Post.tags)], 2),
    "subquery": ([subqueryload(User.posts).subqueryload(Post.tags)], 3),
    "options": ([selectinload(User.posts).options(joinedload(Post.tags), load_only(Post.title, Post.author_id))], 2),
}


@pytest.mark.parametrize("way", WAYS)
def test_collections(blog: Session, sent: Sent, way: str) -> None:
    options, statements = WAYS[way]
    users = blog.scalars(select(User).order_by(User.id).options(*options)).unique().all()
    assert picture(list(users)) == EXPECTED
    assert len(sent) == statements


@pytest.mark.parametrize("option", [joinedload, selectinload, immediateload, subqueryload, lazyload])
def test_many_to_one(blog: Session, sent: Sent, option: Any) -> None:
    posts = blog.scalars(select(Post).order_by(Post.id).options(option(Post.author))).all()
    assert [post.author.name for post in posts] == [f"user{post.id // 10}" for post in posts]
    assert len({id(post.author) for post in posts}) == USERS - 1
    limits = {joinedload: 1, selectinload: 2, subqueryload: 2}
    assert len(sent) == limits.get(option, USERS)


def test_many_to_one_of_loaded_parents_sends_nothing(blog: Session, sent: Sent) -> None:
    users = blog.scalars(select(User)).all()
    posts = blog.scalars(select(Post)).all()
    sent.clear()
    assert {post.author for post in posts} <= set(users)
    assert len(sent) == 0


def test_an_empty_reference_sends_nothing(blog: Session, sent: Sent) -> None:
    blog.add(Note(id=1, text="alone"))
    blog.commit()
    note = blog.get_one(Note, 1)
    assert note.post_id is None
    sent.clear()
    assert note.post is None
    assert len(sent) == 0


def test_joined_loading_with_limit_keeps_all_members(blog: Session, sent: Sent) -> None:
    statement = select(User).options(joinedload(User.posts)).order_by(User.id).limit(2).offset(1)
    users = blog.scalars(statement).unique().all()
    assert [(user.name, len(user.posts)) for user in users] == [("user2", 3), ("user3", 3)]
    assert len(sent) == 1


def test_joined_collections_need_unique(blog: Session) -> None:
    with pytest.raises(InvalidRequestError, match=r"unique\(\)"):
        blog.scalars(select(User).options(joinedload(User.posts))).all()


def test_contains_eager(blog: Session, sent: Sent) -> None:
    statement = select(User).join(User.posts).where(Post.title == "post21").options(contains_eager(User.posts))
    user = blog.scalars(statement).unique().one()
    assert [post.title for post in user.posts] == ["post21"]
    assert len(sent) == 1


def test_selectin_of_more_parents_than_a_chunk(session: Session, sent: Sent) -> None:
    session.add_all([User(id=number, name="u", posts=[Post(id=number, title="p")]) for number in range(1, 1202)])
    session.commit()
    session.expunge_all()
    sent.clear()
    users = session.scalars(select(User).options(selectinload(User.posts))).all()
    assert all(user.posts[0].id == user.id for user in users)
    assert 3 <= len(sent) <= 4


def test_selectin_of_a_tree(session: Session, sent: Sent) -> None:
    session.add(Node(id=1, name="1", children=[Node(id=2, name="2", children=[Node(id=3, name="3")])]))
    session.commit()
    session.expunge_all()
    sent.clear()
    root = session.scalars(
        select(Node).where(Node.id == 1).options(selectinload(Node.children, recursion_depth=-1))
    ).one()
    assert root.children[0].children[0].name == "3"
    assert len(sent) <= 4


def test_raiseload(blog: Session) -> None:
    user = blog.scalars(select(User).options(raiseload(User.posts)).limit(1)).one()
    with pytest.raises(InvalidRequestError, match=r"User\.posts"):
        user.posts  # noqa: B018


def test_deferred_columns(blog: Session, sent: Sent) -> None:
    user = blog.scalars(select(User).where(User.id == 1).options(defer(User.name))).one()
    assert "name" not in user.__dict__
    assert "user_account.name" not in sent.statements[0]
    assert user.name == "user1"
    assert len(sent) == 2
    blog.expunge_all()
    user = blog.scalars(select(User).where(User.id == 2).options(load_only(User.name))).one()
    assert "fullname" not in user.__dict__
    assert user.fullname is None


def test_detached_objects_do_not_load(blog: Session) -> None:
    user = blog.get_one(User, 1)
    blog.expunge(user)
    assert user.name == "user1"
    with pytest.raises(DetachedInstanceError, match="posts"):
        user.posts  # noqa: B018


def test_rows_of_entities_and_columns(blog: Session) -> None:
    statement = select(User, Post.title, Post).join(User.posts).where(Post.id.in_([10, 11])).order_by(Post.id)
    rows = blog.execute(statement).all()
    assert [(row.User.name, row.title, row.Post.id) for row in rows] == [
        ("user1", "post10", 10),
        ("user1", "post11", 11),
    ]
    assert rows[0].User is rows[1].User


def test_the_same_statement_with_other_options_and_values(blog: Session) -> None:
    for number in (1, 2, 3):
        for options in ([], [selectinload(User.posts)], [joinedload(User.posts)]):
            blog.expunge_all()
            statement = select(User).where(User.id == number).options(*options)
            assert blog.scalars(statement).unique().one().name == f"user{number}"


def test_populate_existing(blog: Session) -> None:
    user = blog.get_one(User, 1)
    with blog.no_autoflush:
        user.name = "changed"
        assert blog.scalars(select(User).where(User.id == 1)).one().name == "changed"
        again = blog.scalars(select(User).where(User.id == 1).execution_options(populate_existing=True)).one()
    assert again is user
    assert user.name == "user1"
    assert user not in blog.dirty


def test_streaming_objects(blog: Session) -> None:
    parts = blog.scalars(select(User).order_by(User.id).execution_options(yield_per=3)).partitions()
    assert [[user.id for user in part] for part in parts] == [[1, 2, 3], [4, 5, 6], [7]]
