"""What statements that share a plan do not share: their aliases, and the values in their options."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

from cormorant import func, select, text, update
from cormorant.exc import NoSuchColumnError
from cormorant.orm import (
    Bundle,
    Session,
    aliased,
    contains_eager,
    joinedload,
    lazyload,
    selectinload,
    subqueryload,
)

from ..blog import Address, Post, User


def of_alias() -> tuple[Any, Any]:
    alias = aliased(User)
    return select(alias).order_by(alias.id), alias


def of_named_alias() -> tuple[Any, Any]:
    alias = aliased(User, name="someone")
    return select(alias).order_by(alias.id), alias


def of_subquery() -> tuple[Any, Any]:
    alias = aliased(User, select(User).subquery())
    return select(alias).order_by(alias.id), alias


def of_cte() -> tuple[Any, Any]:
    alias = aliased(User, select(User).cte())
    return select(alias).order_by(alias.id), alias


def of_text() -> tuple[Any, Any]:
    alias = aliased(User)
    return select(alias).from_statement(text("SELECT id, name, fullname FROM users ORDER BY id")), alias


@pytest.mark.parametrize("form", [of_alias, of_named_alias, of_subquery, of_cte, of_text])
def test_entities(session: Session, form: Callable[[], Any]) -> None:
    for _ in range(3):
        statement, alias = form()
        row = session.execute(statement).all()[0]
        assert row._mapping[alias] is row[0] is session.get(User, row[0].id)
        assert alias in row._mapping
        assert aliased(User) not in row._mapping
        assert session.scalars(statement).all() == session.execute(statement).scalars(alias).all()


def test_attributes(session: Session) -> None:
    for _ in range(3):
        alias = aliased(User)
        row = session.execute(select(alias.id, alias.name, alias).order_by(alias.id)).all()[0]
        assert (row._mapping[alias.id], row._mapping[alias.name]) == (row[0], row[1]) == (row[2].id, row[2].name)
        with pytest.raises(NoSuchColumnError):
            row._mapping[alias.fullname]


def test_expressions(session: Session) -> None:
    for number in range(3):
        label = (User.id + number).label("more")
        count = func.count(Address.id)
        found = select(count).where(Address.user_id == User.id).scalar_subquery()
        bundle = Bundle("both", User.id, User.name)
        row = session.execute(select(label, found, bundle, User).order_by(User.id)).all()[0]
        assert row._mapping[label] == row.User.id + number
        assert row._mapping[found] == row[1]
        assert row._mapping[bundle] == (row.User.id, row.User.name)


def test_returning(session: Session) -> None:
    for number in range(3):
        more = User.id + number
        row = session.execute(update(User).values(name=User.name).returning(more, User)).all()[0]
        assert row._mapping[more] == row.User.id + number


def test_two_aliases(session: Session) -> None:
    a, b = aliased(User), aliased(User)
    for one, two in [(a, b), (b, a), (aliased(User), aliased(User)), (a, b)]:
        statement = select(one, two).join(two, one.id < two.id).order_by(one.id, two.id)
        row = session.execute(statement).all()[0]
        assert (row._mapping[one], row._mapping[two]) == tuple(row)
        assert row[0].id < row[1].id


def test_chunks_and_frozen_results(session: Session) -> None:
    for _ in range(2):
        statement, alias = of_alias()
        expected = session.scalars(statement).all()
        chunked = session.execute(statement.execution_options(yield_per=1))
        assert [row._mapping[alias] for row in chunked] == expected
        assert [row._mapping[alias] for row in session.execute(statement).freeze()()] == expected
        assert [row[alias] for row in session.execute(statement).mappings()] == expected


def test_aliases_without_a_name_are_unnamed(session: Session) -> None:
    alias = aliased(User)
    result = session.execute(select(alias, alias.id).order_by(alias.id))
    assert (list(result.keys()), len(result.keys())) == (["id"], 1)
    row = result.first()
    assert row is not None
    assert (row._fields, row._asdict(), dict(row._mapping)) == (("id",), {"id": row.id}, {"id": row.id})
    assert (row[1], len(row), len(row._mapping)) == (row.id, 2, 1)
    again = pickle.loads(pickle.dumps(row))
    assert (again._fields, again.id, again[0].id) == (("id",), row.id, row.id)


def test_the_name_of_an_alias_is_part_of_the_statement(session: Session) -> None:
    table = User.__table__.alias("u")
    plain, named = aliased(User, table), aliased(User, table, name="someone")
    assert list(session.execute(select(plain)).keys()) == []
    assert list(session.execute(select(named)).keys()) == ["someone"]


@pytest.mark.parametrize("load", [selectinload, subqueryload, joinedload, lazyload])
def test_values_in_options(session: Session, load: Any) -> None:
    expected = {user.id: sorted(post.id for post in user.posts) for user in session.scalars(select(User))}
    for least in (0, 10, 0, 11, 10):
        session.expunge_all()
        users = session.scalars(select(User).options(load(User.posts.and_(Post.id > least)))).unique().all()
        found = {user.id: sorted(post.id for post in user.posts) for user in users}
        assert found == {key: [id for id in ids if id > least] for key, ids in expected.items()}
        session.expunge_all()
        some = session.scalars(select(User).options(load(User.posts.and_(Post.id.in_([least, 20]))))).unique().all()
        found = {user.id: sorted(post.id for post in user.posts) for user in some}
        assert found == {key: [id for id in ids if id in (least, 20)] for key, ids in expected.items()}


@pytest.mark.parametrize("load", [selectinload, subqueryload, joinedload])
def test_values_in_options_of_get(session: Session, load: Any) -> None:
    key = session.scalars(select(Post.user_id).where(Post.user_id.is_not(None))).first()
    expected = sorted(post.id for post in session.get_one(User, key).posts)
    for least in (0, expected[0], 0):
        session.expunge_all()
        user = session.get_one(User, key, options=[load(User.posts.and_(Post.id > least))])
        assert sorted(post.id for post in user.posts) == [id for id in expected if id > least]


def test_plans_of_equal_values_are_shared(session: Session) -> None:
    engine: Any = session.get_bind()

    def plan(least: int) -> Any:
        return engine.plan_for(select(User).options(selectinload(User.posts.and_(Post.id > least))))[0]

    assert plan(1) is plan(1) is not plan(2)
    assert plan(2) is plan(2)


@pytest.mark.parametrize("load", [selectinload, subqueryload, joinedload])
def test_options_of_two_aliases(session: Session, load: Any) -> None:
    a, b = aliased(User), aliased(User)
    for one, two in [(a, b), (aliased(User), aliased(User)), (b, a)]:
        session.expunge_all()
        statement = select(one, two).join(two, one.id < two.id).options(load(one.posts), load(two.addresses))
        for row in session.execute(statement).unique().all():
            assert {post.user_id for post in row[0].posts} <= {row[0].id}
            assert {address.user_id for address in row[1].addresses} <= {row[1].id}
            assert "posts" in row[0].__dict__
            assert "addresses" in row[1].__dict__


def test_contained_through_an_alias(session: Session) -> None:
    for _ in range(2):
        session.expunge_all()
        alias, posts = aliased(User), aliased(Post)
        statement = select(alias).join(posts, alias.posts).options(contains_eager(alias.posts.of_type(posts)))
        users = session.execute(statement).unique().scalars().all()
        assert [user.id for user in users if "posts" in user.__dict__] == [1, 2]


def test_unique_before_a_view(session: Session) -> None:
    statement = select(User, User.name).join(Post, User.posts).order_by(User.id)
    users = session.scalars(select(User).where(User.id < 3).order_by(User.id)).all()
    assert session.execute(statement).unique().scalars().all() == users
    assert session.execute(statement).unique().scalars(1).all() == ["ann", "bob"]
    assert session.execute(statement).unique().columns(1).all() == [("ann",), ("bob",)]
    assert [row["User"] for row in session.execute(statement).unique().mappings()] == users
