"""Loading by primary key, expired columns, refresh."""

from __future__ import annotations

import pytest

from cormorant import text
from cormorant.exc import InvalidRequestError
from cormorant.orm import Session, selectinload
from cormorant.orm.exc import ObjectDeletedError
from cormorant.orm.load.by_key import load_by_key, load_many_by_keys

from ..blog import Pair, User, statements

USER = "SELECT users.id, users.name, users.fullname \nFROM users \nWHERE users.id = ?"


def test_one(session: Session) -> None:
    with statements(session) as seen:
        user = load_by_key(session, User.__mapper__, 1)
        assert user.name == "ann"
        assert load_by_key(session, User.__mapper__, 99) is None
    assert seen == [(USER, (1,)), (USER, (99,))]


def test_statement_is_kept(session: Session) -> None:
    load_by_key(session, User.__mapper__, 1)
    kept = User.__mapper__.plans["by key"]
    load_by_key(session, User.__mapper__, 2)
    assert User.__mapper__.plans["by key"] is kept


def test_composite(session: Session) -> None:
    with statements(session) as seen:
        assert load_by_key(session, Pair.__mapper__, (1, 3)).v == "x"
    assert seen == [("SELECT pairs.a, pairs.b, pairs.v \nFROM pairs \nWHERE pairs.a = ? AND pairs.b = ?", (1, 3))]


def test_options(session: Session) -> None:
    user = load_by_key(session, User.__mapper__, 1, options=[selectinload(User.posts)])
    assert [post.id for post in vars(user)["posts"]] == [10, 11]


def test_many_in_chunks(session: Session) -> None:
    with statements(session) as seen:
        users = load_many_by_keys(session, User.__mapper__, [1, 2, 3, 99], chunk=2)
    assert {user.id for user in users} == {1, 2, 3}
    assert [parameters for _, parameters in seen] == [(1, 2), (3, 99)]


def test_many_composite(session: Session) -> None:
    with statements(session) as seen:
        assert len(load_many_by_keys(session, Pair.__mapper__, [(1, 2), (7, 7)])) == 1
    assert seen[0][0].endswith("WHERE (pairs.a, pairs.b) IN (VALUES (?, ?), (?, ?))")


def test_expired_columns_come_back_at_once(session: Session) -> None:
    user = session.get(User, 1)
    session.expire(user)
    with statements(session) as seen:
        assert (user.name, user.fullname, user.id) == ("ann", None, 1)
    assert seen == [(USER, (1,))]


def test_single_expired_column(session: Session) -> None:
    user = session.get(User, 1)
    session.expire(user, ["name"])
    with statements(session) as seen:
        assert user.name == "ann"
    assert seen == [("SELECT users.name \nFROM users \nWHERE users.id = ?", (1,))]


def test_change_after_expiry_survives_the_load(session: Session) -> None:
    user = session.get(User, 1)
    session.expire(user)
    user.name = "changed"
    with session.no_autoflush:
        assert (user.fullname, user.name) == (None, "changed")
    assert user in session.dirty


def test_row_is_gone(session: Session) -> None:
    user, other = session.get(User, 1), session.get(User, 2)
    session.execute(text("DELETE FROM users"))
    session.expire(user)
    with pytest.raises(ObjectDeletedError, match="has been deleted, or its row is otherwise not present"):
        _ = user.name
    with pytest.raises(InvalidRequestError, match="Could not refresh instance"):
        session.refresh(other)


def test_refresh(session: Session) -> None:
    user = session.get(User, 1)
    user.name = "changed"
    with statements(session) as seen:
        session.refresh(user)
        session.refresh(user, ["name"])
        session.refresh(user, ["addresses"])
    assert user.name == "ann"
    assert [statement for statement, _ in seen] == [
        USER,
        "SELECT users.name \nFROM users \nWHERE users.id = ?",
        "SELECT users.id \nFROM users \nWHERE users.id = ?",
        (
            "SELECT addresses.id, addresses.email, addresses.user_id \nFROM addresses \n"
            "WHERE ? = addresses.user_id ORDER BY addresses.id"
        ),
    ]
    assert "addresses" in vars(user)


def test_a_key_that_is_partly_null(session: Session) -> None:
    session.execute(text("DROP TABLE pairs"))
    session.execute(text("CREATE TABLE pairs (a INTEGER, b INTEGER, v VARCHAR)"))
    session.execute(text("INSERT INTO pairs VALUES (1, NULL, 'x'), (2, NULL, 'y'), (2, 3, 'z')"))
    with statements(session) as seen:
        found = session.get_one(Pair, (1, None))
        session.refresh(found)
        session.expire(found)
        assert found.v == "x"
    assert [(sql.partition("WHERE ")[2], values) for sql, values in seen] == [
        ("pairs.a = ? AND pairs.b IS NULL", (1,))
    ] * 3
    pks = [(1, None), (2, None), (2, 3), (3, None)]
    loaded = load_many_by_keys(session, Pair.__mapper__, pks)
    assert [pair.v for pair in loaded] == ["x", "y", "z"]
