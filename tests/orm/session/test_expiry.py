"""Expiry: after commit, by the program, after rollback; and what detached objects can still tell."""

from __future__ import annotations

import pytest

from cormorant import inspect, select
from cormorant.engine import Engine
from cormorant.exc import InvalidRequestError
from cormorant.orm import Session
from cormorant.orm.exc import DetachedInstanceError

from .world import GET_USER, Post, Sent, User


def held(obj: object) -> set[str]:
    """The attributes that an object holds in memory."""
    return {key for key in vars(obj) if not key.startswith("_")}


def test_s59_commit_expires_every_attribute(session: Session) -> None:
    user = session.get(User, 1)
    session.commit()
    assert held(user) == set()
    assert inspect(user).identity == (1,)
    assert inspect(user).expired


def test_s60_reading_then_costs_one_select_per_object(session: Session, sent: Sent) -> None:
    users = session.scalars(select(User).order_by(User.id)).all()
    session.commit()
    sent.take()
    assert [(user.name, user.age) for user in users] == [("ann", 30), ("bob", None)]
    assert sent.take() == [(GET_USER, (1,)), (GET_USER, (2,))]


def test_s61_without_expire_on_commit_values_stay(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        user = session.get(User, 1)
        session.commit()
        assert held(user) == {"id", "name", "email", "age"}


def test_s61_rollback_of_a_begun_transaction_expires_anyway(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        user = session.get(User, 1)
        session.rollback()
        assert held(user) == set()


def test_s62_rollback_without_a_transaction_does_nothing(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        user = session.get(User, 1)
        session.commit()
        session.rollback()
        assert held(user) == {"id", "name", "email", "age"}


def test_s62_a_change_begins_a_transaction_whose_rollback_expires(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        user = session.get(User, 1)
        session.commit()
        user.age = 99
        assert session.in_transaction()
        session.rollback()
        assert held(user) == set()


def test_s63_expire_drops_unflushed_changes(session: Session) -> None:
    user = session.get(User, 1)
    user.name = "lost"
    session.expire(user)
    assert user not in session.dirty
    assert user.name == "ann"


def test_s63_refresh_drops_them_even_with_autoflush_on(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    user.name = "lost"
    sent.take()
    session.refresh(user)
    assert user.name == "ann"
    assert sent.take() == [(GET_USER, (1,))]


def test_s63_expire_of_named_attributes_keeps_the_others(session: Session) -> None:
    user = session.get(User, 1)
    user.name, user.age = "lost", 31
    session.expire(user, ["name"])
    assert held(user) == {"id", "email", "age"}
    assert session.is_modified(user)


def test_s64_detached_objects_tell_what_is_loaded(session: Session) -> None:
    user = session.get(User, 1)
    session.expunge(user)
    assert user.name == "ann"
    with pytest.raises(DetachedInstanceError, match="lazy load operation of attribute 'posts' cannot proceed"):
        user.posts  # noqa: B018


def test_s64_an_expired_attribute_of_a_detached_object(session: Session) -> None:
    user = session.get(User, 1)
    session.commit()
    session.close()
    with pytest.raises(DetachedInstanceError, match="attribute refresh operation cannot proceed"):
        user.name  # noqa: B018


def test_expire_all(session: Session) -> None:
    user, post = session.get(User, 1), session.get(Post, 3)
    user.name = "lost"
    session.expire_all()
    assert (held(user), held(post)) == (set(), set())
    assert not session.dirty


def test_expire_of_what_is_not_persistent(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="is not persistent within this Session"):
        session.expire(User(name="x"))


def test_reading_an_expired_attribute_flushes_first(session: Session, sent: Sent) -> None:
    user, other = session.get(User, 1), session.get(User, 2)
    session.expire(user)
    other.age = 5
    sent.take()
    assert user.name == "ann"
    assert sent.take() == [("UPDATE users SET age=? WHERE users.id = ?", (5, 2)), (GET_USER, (1,))]
