"""Lowering of SELECT: the text of entities, joins and conditions."""

from __future__ import annotations

import pytest

from cormorant import delete, func, insert, join, select, update
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.orm import Bundle, aliased

from ..blog import Address, Comment, Node, Pair, Post, Tag, User

USERS = "SELECT users.id, users.name, users.fullname \nFROM users"


def test_entity() -> None:
    assert str(select(User)) == USERS


def test_entities_and_columns() -> None:
    assert str(select(User, Address.email, User.name.label("n"))) == (
        "SELECT users.id, users.name, users.fullname, addresses.email, users.name AS n \nFROM users, addresses"
    )


def test_entity_twice_is_selected_once() -> None:
    assert str(select(User, User)) == USERS


def test_where_and_filter_by() -> None:
    assert str(select(User).where(User.id == 5).filter_by(name="x")) == (
        USERS + " \nWHERE users.id = :id_1 AND users.name = :name_1"
    )


@pytest.mark.parametrize("statement", [
    select(User).join(User.addresses),
    select(User).join(Address),
    select(User).join(Address, User.addresses),
    select(User).join_from(User, Address),
])  # fmt: skip
def test_join_along_relationship_or_to_entity(statement: object) -> None:
    assert str(statement) == USERS + " JOIN addresses ON users.id = addresses.user_id"


def test_outer_join_chain_and_criteria() -> None:
    statement = select(User).outerjoin(User.posts.and_(Post.title == "x")).join(Post.comments)
    assert str(statement) == (
        USERS + " LEFT OUTER JOIN posts ON users.id = posts.user_id AND posts.title = :title_1 "
        "JOIN comments ON posts.id = comments.post_id"
    )


def test_filter_by_means_the_joined_entity() -> None:
    assert str(select(User).join(User.addresses).filter_by(email="x")).endswith("WHERE addresses.email = :email_1")


def test_join_to_alias() -> None:
    a = aliased(Address)
    expected = USERS + " JOIN addresses AS addresses_1 ON users.id = addresses_1.user_id"
    assert str(select(User).join(User.addresses.of_type(a))) == expected
    assert str(select(User).join(a, User.addresses)) == expected


def test_join_from_alias() -> None:
    u = aliased(User)
    assert str(select(u).join(u.posts)) == (
        "SELECT users_1.id, users_1.name, users_1.fullname \n"
        "FROM users AS users_1 JOIN posts ON users_1.id = posts.user_id"
    )


def test_self_join_to_named_alias() -> None:
    n = aliased(Node, name="nn")
    assert str(select(Node, n).join(Node.children.of_type(n))) == (
        "SELECT nodes.id, nodes.parent_id, nn.id AS id_1, nn.parent_id AS parent_id_1 \n"
        "FROM nodes JOIN nodes AS nn ON nodes.id = nn.parent_id"
    )


def test_join_through_secondary() -> None:
    assert str(select(Post.id).join(Post.tags)) == (
        "SELECT posts.id \nFROM posts JOIN post_tags AS post_tags_1 ON posts.id = post_tags_1.post_id "
        "JOIN tags ON tags.id = post_tags_1.tag_id"
    )
    assert str(select(Post.id).outerjoin(Post.tags)) == (
        "SELECT posts.id \nFROM posts LEFT OUTER JOIN "
        "(post_tags AS post_tags_1 JOIN tags ON tags.id = post_tags_1.tag_id) "
        "ON posts.id = post_tags_1.post_id"
    )


def test_relationship_as_condition() -> None:
    assert str(select(User.id).where(User.addresses)) == (
        "SELECT users.id \nFROM users, addresses \nWHERE users.id = addresses.user_id"
    )


def test_select_from_entity() -> None:
    assert str(select(Address.id).select_from(User).join(User.addresses)) == (
        "SELECT addresses.id \nFROM users JOIN addresses ON users.id = addresses.user_id"
    )
    assert str(select(func.count()).select_from(User)) == "SELECT count(*) AS count_1 \nFROM users"


def test_subqueries_are_lowered_too() -> None:
    statement = select(User.id).where(User.id.in_(select(Post.user_id).join(Post.comments)))
    assert str(statement) == (
        "SELECT users.id \nFROM users \nWHERE users.id IN (SELECT posts.user_id \n"
        "FROM posts JOIN comments ON posts.id = comments.post_id)"
    )


def test_alias_of_subquery() -> None:
    u = aliased(User, select(User).where(User.name == "x").subquery())
    assert str(select(u).where(u.id == 3)) == (
        "SELECT anon_1.id, anon_1.name, anon_1.fullname \nFROM (SELECT users.id AS id, users.name AS name, "
        "users.fullname AS fullname \nFROM users \nWHERE users.name = :name_1) AS anon_1 \nWHERE anon_1.id = :id_1"
    )


def test_bundle() -> None:
    assert str(select(Bundle("b", User.id, User.name), Pair.a)) == (
        "SELECT users.id, users.name, pairs.a \nFROM users, pairs"
    )


def test_equal_statements_share_a_shape() -> None:
    assert select(User).where(User.id == 5).shape is select(User).where(User.id == 6).shape
    assert select(User).join(User.posts).shape is not select(User).join(User.addresses).shape


def test_join_without_a_way_names_the_remedy() -> None:
    with pytest.raises(InvalidRequestError, match="Don't know how to join to"):
        str(select(User).join(Comment))


def test_join_to_column_is_refused() -> None:
    with pytest.raises(ArgumentError, match="Join target"):
        select(User).join(User.name)


def test_join_to_the_wrong_side_is_refused() -> None:
    with pytest.raises(ArgumentError, match="does not correspond to the right side"):
        str(select(User).join(Tag, User.posts))


def test_correlation_names_entities() -> None:
    inner = select(Address.id).where(Address.user_id == User.id).correlate(User)
    assert str(select(User.id).where(inner.exists())) == (
        "SELECT users.id \nFROM users \nWHERE EXISTS (SELECT addresses.id \n"
        "FROM addresses \nWHERE addresses.user_id = users.id)"
    )


def test_joins_built_outside_the_statement() -> None:
    expected = "SELECT users.id \nFROM users JOIN addresses ON users.id = addresses.user_id"
    assert str(select(User.id).select_from(join(User, Address, User.addresses))) == expected
    assert str(select(User.id).select_from(join(User, Address))) == expected


def test_insert_from_select() -> None:
    statement = insert(Address).from_select(["email"], select(User.name).join(User.posts))
    assert str(statement) == (
        "INSERT INTO addresses (email) SELECT users.name \nFROM users JOIN posts ON users.id = posts.user_id"
    )


def test_update_and_delete_by_relationship() -> None:
    assert str(delete(User).where(User.posts.any(Post.title == "x"))) == (
        "DELETE FROM users WHERE EXISTS (SELECT 1 \nFROM posts \n"
        "WHERE users.id = posts.user_id AND posts.title = :title_1)"
    )
    assert str(update(User).values({User.name: User.fullname}).returning(User)) == (
        "UPDATE users SET name=users.fullname RETURNING users.id, users.name, users.fullname"
    )
