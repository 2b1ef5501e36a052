"""Lazy, selectin, immediate loading; raiseload; deferred columns: the statements they send and what they fill."""

from __future__ import annotations

import pytest

from cormorant import select
from cormorant.exc import InvalidRequestError
from cormorant.orm import (
    Session,
    defer,
    immediateload,
    joinedload,
    lazyload,
    load_only,
    noload,
    raiseload,
    selectinload,
    subqueryload,
)
from cormorant.orm.exc import DetachedInstanceError

from ..blog import Address, Kid, Node, Pair, Post, User, statements

ADDRESS = "SELECT addresses.id, addresses.email, addresses.user_id \nFROM addresses"
USER = "SELECT users.id, users.name, users.fullname \nFROM users"


def test_lazy_collection_and_back(session: Session) -> None:
    ann = session.get(User, 1)
    with statements(session) as seen:
        assert [address.id for address in ann.addresses] == [10, 11]
        assert ann.addresses[0].user is ann
    assert seen == [(ADDRESS + " \nWHERE ? = addresses.user_id ORDER BY addresses.id", (1,))]


def test_lazy_many_to_one(session: Session) -> None:
    address, nobody = session.get(Address, 20), session.get(Address, 99)
    with statements(session) as seen:
        assert address.user.name == "bob"
        assert nobody.user is None
    assert seen == [(USER + " \nWHERE users.id = ?", (2,))]


def test_lazy_through_secondary(session: Session) -> None:
    post = session.get(Post, 10)
    with statements(session) as seen:
        assert [tag.name for tag in post.tags] == ["blue", "red"]
    assert seen[0][0] == (
        "SELECT tags.id, tags.name \nFROM tags, post_tags \n"
        "WHERE ? = post_tags.post_id AND tags.id = post_tags.tag_id ORDER BY tags.name"
    )


def test_lazy_with_composite_key(session: Session) -> None:
    pair = session.get(Pair, (1, 2))
    with statements(session) as seen:
        assert [kid.id for kid in pair.kids] == [1, 2]
        assert pair.kids[0].pair is pair
    assert seen == [("SELECT kids.id, kids.pa, kids.pb \nFROM kids \nWHERE ? = kids.pa AND ? = kids.pb", (1, 2))]


def test_lazy_self_reference(session: Session) -> None:
    root = session.get(Node, 1)
    assert root.children[0].children[0].parent.parent is root


def test_lazy_of_detached_object(session: Session) -> None:
    ann = session.get(User, 1)
    session.expunge(ann)
    with pytest.raises(DetachedInstanceError, match="lazy load operation of attribute 'addresses' cannot proceed"):
        _ = ann.addresses


def test_options_reach_later_lazy_loads(session: Session) -> None:
    option = lazyload(User.addresses).joinedload(Address.user)
    ann = session.scalars(select(User).where(User.id == 1).options(option)).one()
    with statements(session) as seen:
        assert len(ann.addresses) == 2
    assert "LEFT OUTER JOIN users AS users_1" in seen[0][0]


def test_selectin_collection(session: Session) -> None:
    with statements(session) as seen:
        users = session.scalars(select(User).options(selectinload(User.addresses))).all()
        assert [len(user.addresses) for user in users] == [2, 1, 0]
    assert seen[1:] == [
        (
            (
                "SELECT addresses.user_id, addresses.id, addresses.email \nFROM addresses \n"
                "WHERE addresses.user_id IN (?, ?, ?) ORDER BY addresses.id"
            ),
            (1, 2, 3),
        )
    ]


def test_selectin_many_to_one(session: Session) -> None:
    with statements(session) as seen:
        addresses = session.scalars(select(Address).options(selectinload(Address.user))).all()
        assert [address.user and address.user.id for address in addresses] == [1, 1, 2, None]
    assert seen[1:] == [(USER + " \nWHERE users.id IN (?, ?)", (1, 2))]


def test_selectin_through_secondary(session: Session) -> None:
    with statements(session) as seen:
        posts = session.scalars(select(Post).options(selectinload(Post.tags))).all()
        assert [[tag.name for tag in post.tags] for post in posts] == [["blue", "red"], [], ["red"]]
    assert seen[1][0] == (
        "SELECT post_tags.post_id, tags.id, tags.name \nFROM post_tags JOIN tags ON tags.id = post_tags.tag_id \n"
        "WHERE post_tags.post_id IN (?, ?, ?) ORDER BY tags.name"
    )


def test_selectin_with_composite_keys(session: Session) -> None:
    pairs = session.scalars(select(Pair).options(selectinload(Pair.kids))).all()
    assert [len(pair.kids) for pair in pairs] == [2, 1]
    session.expunge_all()
    kids = session.scalars(select(Kid).options(selectinload(Kid.pair))).all()
    assert [kid.pair and kid.pair.b for kid in kids] == [2, 2, 3, None]


def test_selectin_levels_and_joins(session: Session) -> None:
    option = selectinload(User.posts).joinedload(Post.comments)
    with statements(session) as seen:
        users = session.scalars(select(User).options(option)).all()
        assert [comment.id for user in users for post in user.posts for comment in post.comments] == [100, 101, 110]
    assert len(seen) == 2
    session.expunge_all()
    with statements(session) as seen:
        users = session.scalars(select(User).options(joinedload(User.posts).selectinload(Post.comments))).unique().all()
        assert [comment.id for user in users for post in user.posts for comment in post.comments] == [100, 101, 110]
    assert len(seen) == 2


def test_selectin_recursion(session: Session) -> None:
    statement = select(Node).where(Node.id == 1).options(selectinload(Node.children, recursion_depth=1))
    root = session.scalars(statement).one()
    with statements(session) as seen:
        assert root.children[0].children[0].id == 3
    assert seen == []


def test_selectin_in_chunks(session: Session) -> None:
    with statements(session) as seen:
        session.scalars(select(User).options(selectinload(User.addresses, chunksize=2))).all()
    assert [parameters for _, parameters in seen[1:]] == [(1, 2), (3,)]


def test_selectin_does_not_replace_what_is_loaded(session: Session) -> None:
    ann = session.get(User, 1)
    del ann.addresses[1:]
    with session.no_autoflush:
        session.scalars(select(User).options(selectinload(User.addresses))).all()
    assert [address.id for address in ann.addresses] == [10]


def test_populate_existing_replaces(session: Session) -> None:
    ann = session.get(User, 1)
    del ann.addresses[1:]
    ann.name = "changed"
    with session.no_autoflush:
        statement = select(User).options(selectinload(User.addresses)).execution_options(populate_existing=True)
        session.scalars(statement).all()
    assert ann.name == "ann"
    assert [address.id for address in ann.addresses] == [10, 11]


def test_immediate(session: Session) -> None:
    with statements(session) as seen:
        users = session.scalars(select(User).options(immediateload(User.addresses))).all()
    assert len(seen) == 4
    with statements(session) as seen:
        assert len(users[0].addresses) == 2
    assert seen == []


def test_raise(session: Session) -> None:
    option = raiseload(User.addresses)
    ann = session.scalars(select(User).where(User.id == 1).options(option)).one()
    with pytest.raises(InvalidRequestError, match=r"'User\.addresses' is not available due to lazy='raise'"):
        _ = ann.addresses


def test_raise_on_sql(session: Session) -> None:
    addresses = session.scalars(select(Address).options(raiseload(Address.user, sql_only=True))).all()
    with pytest.raises(InvalidRequestError, match="raise_on_sql"):
        _ = addresses[0].user
    users = session.scalars(select(User)).all()
    assert addresses[0].user is users[0]


def test_noload(session: Session) -> None:
    with pytest.warns(DeprecationWarning, match="noload"):
        option = noload(User.addresses)
    assert session.scalars(select(User).options(option)).first().addresses == []


def test_subquery(session: Session) -> None:
    statement = select(User).where(User.id < 3).order_by(User.id).options(subqueryload(User.addresses))
    with statements(session) as seen:
        users = session.scalars(statement).all()
    assert [[address.id for address in user.addresses] for user in users] == [[10, 11], [20]]
    assert seen[1][0] == (
        "SELECT addresses.id AS addresses_id, addresses.email AS addresses_email, "
        "addresses.user_id AS addresses_user_id, anon_1.users_id AS anon_1_users_id \n"
        "FROM (SELECT users.id AS users_id \nFROM users \nWHERE users.id < ?) AS anon_1 "
        "JOIN addresses ON anon_1.users_id = addresses.user_id ORDER BY addresses.id"
    )
    assert seen[1][1] == (3,)


def test_subquery_levels(session: Session) -> None:
    with statements(session) as seen:
        option = subqueryload(User.posts).subqueryload(Post.comments)
        users = session.scalars(select(User).where(User.name == "ann").options(option)).all()
        assert [comment.id for user in users for post in user.posts for comment in post.comments] == [100, 101, 110]
    assert seen[2][0].partition("FROM ")[2] == (
        "(SELECT users.id AS users_id \nFROM users \nWHERE users.name = ?) AS anon_1 "
        "JOIN posts AS posts_1 ON anon_1.users_id = posts_1.user_id JOIN comments ON posts_1.id = comments.post_id"
    )
    assert len(seen) == 3


def test_subquery_below_selectin_is_selectin(session: Session) -> None:
    option = selectinload(User.posts).subqueryload(Post.comments)
    users = session.scalars(select(User).options(option)).all()
    assert [comment.id for user in users for post in user.posts for comment in post.comments] == [100, 101, 110]


def test_subquery_many_to_one_and_secondary(session: Session) -> None:
    addresses = session.scalars(select(Address).options(subqueryload(Address.user))).all()
    assert [address.user and address.user.id for address in addresses] == [1, 1, 2, None]
    posts = session.scalars(select(Post).limit(2).order_by(Post.id).options(subqueryload(Post.tags))).all()
    assert [[tag.name for tag in post.tags] for post in posts] == [["blue", "red"], []]


def test_deferred_columns(session: Session) -> None:
    ann = session.scalars(select(User).where(User.id == 1).options(load_only(User.fullname))).one()
    with statements(session) as seen:
        assert ann.name == "ann"
    assert seen == [("SELECT users.name \nFROM users \nWHERE users.id = ?", (1,))]
    session.expunge_all()
    ann = session.scalars(select(User).where(User.id == 1).options(defer(User.name, raiseload=True))).one()
    with pytest.raises(InvalidRequestError, match=r"'User\.name' is not available due to raiseload=True"):
        _ = ann.name


def test_joined_collections_demand_unique(session: Session) -> None:
    statement = select(User).options(joinedload(User.addresses))
    with pytest.raises(InvalidRequestError, match=r"The unique\(\) method must be invoked"):
        session.scalars(statement).all()
    assert len(session.scalars(statement).unique().all()) == 3
    assert len(session.execute(statement).unique().all()) == 3


def test_chunks(session: Session) -> None:
    statement = select(User).options(selectinload(User.addresses)).execution_options(yield_per=2)
    sizes = [len(part) for part in session.scalars(statement).partitions()]
    assert sizes == [2, 1]
    with pytest.raises(InvalidRequestError, match="yield_per"):
        session.execute(select(User).options(joinedload(User.posts)).execution_options(yield_per=2))


# --- raiseload is for the program, not for the unit of work


def test_a_delete_loads_what_the_program_must_not(session: Session) -> None:
    ann = session.scalars(select(User).where(User.id == 1).options(raiseload("*"))).one()
    session.delete(ann)
    session.flush()
    assert session.get(User, 1) is None


def test_a_reference_is_set_that_the_program_must_not_read(session: Session) -> None:
    address = session.scalars(select(Address).where(Address.id == 10).options(raiseload("*"))).one()
    address.user = None
    session.flush()
    assert address.user_id is None


def test_a_collection_is_merged_that_the_program_must_not_read(session: Session) -> None:
    ann = session.scalars(select(User).where(User.id == 1).options(raiseload("*"))).one()
    with pytest.raises(InvalidRequestError, match=r"'User\.addresses' is not available due to lazy='raise'"):
        ann.addresses = []
    assert session.merge(User(id=1, addresses=[])) is ann
    session.flush()
    assert session.get(Address, 10) is None or session.get(Address, 10).user_id is None
