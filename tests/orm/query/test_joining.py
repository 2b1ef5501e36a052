"""Joined eager loading: the joins, their order, and the subquery around a limited statement."""

from __future__ import annotations

from cormorant import func, select
from cormorant.orm import aliased, contains_eager, joinedload

from ..blog import Address, Comment, Node, Post, User


def test_collection_with_its_order() -> None:
    assert str(select(User).options(joinedload(User.addresses)).order_by(User.name)) == (
        "SELECT users.id, users.name, users.fullname, addresses_1.id AS id_1, addresses_1.email, addresses_1.user_id \n"
        "FROM users LEFT OUTER JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id "
        "ORDER BY users.name, addresses_1.id"
    )


def test_nested_columns_come_before_those_of_their_parent() -> None:
    assert str(select(User).options(joinedload(User.posts).joinedload(Post.comments))) == (
        "SELECT users.id, users.name, users.fullname, comments_1.id AS id_1, comments_1.text, comments_1.post_id, "
        "posts_1.id AS id_2, posts_1.title, posts_1.user_id \n"
        "FROM users LEFT OUTER JOIN posts AS posts_1 ON users.id = posts_1.user_id "
        "LEFT OUTER JOIN comments AS comments_1 ON posts_1.id = comments_1.post_id"
    )


def test_self_referential() -> None:
    assert str(select(Node).options(joinedload(Node.children).joinedload(Node.children))) == (
        "SELECT nodes.id, nodes.parent_id, nodes_1.id AS id_1, nodes_1.parent_id AS parent_id_1, nodes_2.id AS id_2, "
        "nodes_2.parent_id AS parent_id_2 \n"
        "FROM nodes LEFT OUTER JOIN nodes AS nodes_2 ON nodes.id = nodes_2.parent_id "
        "LEFT OUTER JOIN nodes AS nodes_1 ON nodes_2.id = nodes_1.parent_id"
    )


def test_inner_join_under_outer_join_is_nested() -> None:
    options = joinedload(Address.user).joinedload(User.posts, innerjoin=True)
    assert str(select(Address.id, Address).options(options)).partition("FROM ")[2] == (
        "addresses LEFT OUTER JOIN (users AS users_1 JOIN posts AS posts_1 ON users_1.id = posts_1.user_id) "
        "ON users_1.id = addresses.user_id"
    )


def test_inner_joins_in_a_row() -> None:
    options = joinedload(Comment.post, innerjoin=True).joinedload(Post.user, innerjoin=True)
    assert str(select(Comment).options(options)).partition("FROM ")[2] == (
        "comments JOIN posts AS posts_1 ON posts_1.id = comments.post_id "
        "JOIN users AS users_1 ON users_1.id = posts_1.user_id"
    )


def test_through_secondary() -> None:
    assert str(select(Post).options(joinedload(Post.tags))).partition("FROM ")[2] == (
        "posts LEFT OUTER JOIN (post_tags AS post_tags_1 JOIN tags AS tags_1 ON tags_1.id = post_tags_1.tag_id) "
        "ON posts.id = post_tags_1.post_id ORDER BY tags_1.name"
    )


def test_two_entities_each_with_its_joins() -> None:
    statement = select(User, Address).options(joinedload(User.addresses), joinedload(Address.user))
    assert str(statement).partition("FROM ")[2] == (
        "users LEFT OUTER JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id, "
        "addresses LEFT OUTER JOIN users AS users_1 ON users_1.id = addresses.user_id ORDER BY addresses_1.id"
    )


def test_limit_goes_into_a_subquery() -> None:
    statement = (
        select(User)
        .join(User.posts)
        .where(Post.title == "x")
        .options(joinedload(User.addresses))
        .limit(3)
        .order_by(Post.title.desc(), func.lower(User.name))
    )
    assert str(statement) == (
        "SELECT anon_1.id, anon_1.name, anon_1.fullname, anon_1.title, anon_1.lower_1, addresses_1.id AS id_1, "
        "addresses_1.email, addresses_1.user_id \n"
        "FROM (SELECT users.id AS id, users.name AS name, users.fullname AS fullname, posts.title AS title, "
        "lower(users.name) AS lower_1 \nFROM users JOIN posts ON users.id = posts.user_id \n"
        "WHERE posts.title = :title_1 ORDER BY posts.title DESC, lower(users.name)\n LIMIT :param_1) AS anon_1 "
        "LEFT OUTER JOIN addresses AS addresses_1 ON anon_1.id = addresses_1.user_id "
        "ORDER BY anon_1.title DESC, anon_1.lower_1, addresses_1.id"
    )


def test_limit_with_single_object_needs_no_subquery() -> None:
    assert str(select(Address).options(joinedload(Address.user)).limit(5)) == (
        "SELECT addresses.id, addresses.email, addresses.user_id, users_1.id AS id_1, users_1.name, users_1.fullname \n"
        "FROM addresses LEFT OUTER JOIN users AS users_1 ON users_1.id = addresses.user_id\n LIMIT :param_1"
    )


def test_criteria_of_the_option() -> None:
    assert str(select(User).options(joinedload(User.posts.and_(Post.title == "x")))).endswith(
        "ON users.id = posts_1.user_id AND posts_1.title = :title_1"
    )


def test_contains_eager_uses_the_join_of_the_statement() -> None:
    a = aliased(Address)
    statement = select(User).join(a, User.addresses).options(contains_eager(User.addresses.of_type(a)))
    assert str(statement) == (
        "SELECT addresses_1.id, addresses_1.email, addresses_1.user_id, users.id AS id_1, users.name, users.fullname \n"
        "FROM users JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id"
    )
