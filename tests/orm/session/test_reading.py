"""Reading objects: get, one object per identity, populate_existing, refresh, identity keys."""

from __future__ import annotations

import pytest

from cormorant import inspect, select
from cormorant.exc import ArgumentError, InvalidRequestError, NoResultFound, SAWarning
from cormorant.orm import Session
from cormorant.orm.exc import ObjectDeletedError, UnmappedClassError

from .world import ALL_USERS, GET_NOTE, GET_USER, Note, Post, Sent, User, stored


def test_s36_one_object_per_identity(session: Session) -> None:
    user = session.get(User, 1)
    assert session.get(User, 1) is user
    assert session.scalars(select(User).where(User.name == "ann")).one() is user
    assert session.get(Post, 1).user is user
    assert inspect(user).key == (User, (1,), None)


def test_s37_get_of_a_present_identity_sends_nothing(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    assert sent.take() == [(GET_USER, (1,))]
    assert session.get(User, 1) is user
    assert sent.take() == []


def test_s37_get_of_an_expired_identity_sends_one_select(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    session.expire(user)
    sent.take()
    assert session.get(User, 1) is user
    assert sent.take() == [(GET_USER, (1,))]


def test_s38_a_query_does_not_overwrite_loaded_attributes(session: Session) -> None:
    user = session.get(User, 1)
    session.connection().exec_driver_sql("UPDATE users SET name = 'elsewhere' WHERE id = 1")
    assert session.scalars(select(User).where(User.id == 1)).one().name == "ann"
    statement = select(User).where(User.id == 1).execution_options(populate_existing=True)
    assert session.scalars(statement).one() is user
    assert user.name == "elsewhere"


def test_s38_populate_existing_drops_unflushed_changes_without_autoflush(session: Session) -> None:
    user = session.get(User, 1)
    user.name = "lost"
    with session.no_autoflush:
        session.scalars(select(User).execution_options(populate_existing=True)).all()
    assert user.name == "ann"
    assert user not in session.dirty


def test_s65_an_expired_object_whose_row_is_gone(session: Session) -> None:
    note = session.get(Note, 2)
    session.expire(note)
    session.connection().exec_driver_sql("DELETE FROM notes WHERE id = 2")
    with pytest.raises(ObjectDeletedError, match=r"row is not present|has been deleted"):
        note.text  # noqa: B018


def test_get_of_an_expired_identity_whose_row_is_gone_is_none(session: Session, sent: Sent) -> None:
    note = session.get(Note, 2)
    session.expire(note)
    session.connection().exec_driver_sql("DELETE FROM notes WHERE id = 2")
    sent.take()
    assert session.get(Note, 2) is None
    assert sent.take()[0] == (GET_NOTE, (2,))


def test_get_takes_a_value_a_tuple_or_a_dictionary(session: Session) -> None:
    user = session.get(User, 1)
    assert session.get(User, (1,)) is user
    assert session.get(User, {"id": 1}) is user
    assert session.get(User, 3) is None


def test_get_one_raises_where_there_is_no_row(session: Session) -> None:
    assert session.get_one(User, 1).name == "ann"
    with pytest.raises(NoResultFound, match="No row was found when one was required"):
        session.get_one(User, 3)


def test_get_of_null_warns_and_asks(session: Session, sent: Sent) -> None:
    with pytest.warns(SAWarning, match="fully NULL primary key identity"):
        assert session.get(User, None) is None
    ((text, parameters),) = sent.take()
    assert (text.partition("WHERE ")[2], parameters) == ("users.id IS NULL", ())


def test_get_of_what_is_not_mapped(session: Session) -> None:
    with pytest.raises((InvalidRequestError, UnmappedClassError)):
        session.get(int, 1)


def test_get_of_a_marked_object_is_the_object(session: Session) -> None:
    note = session.get(Note, 2)
    session.delete(note)
    assert session.get(Note, 2) is note


def test_get_for_update_reads_again(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    sent.take()
    assert session.get(User, 1, with_for_update=True) is user
    assert [statement for statement, _ in sent.take()] == [GET_USER]


def test_refresh_of_named_attributes(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    sent.take()
    session.refresh(user, ["name"])
    assert sent.take() == [("SELECT users.name FROM users WHERE users.id = ?", (1,))]


def test_refresh_of_an_object_whose_row_is_gone(session: Session) -> None:
    note = session.get(Note, 2)
    session.connection().exec_driver_sql("DELETE FROM notes WHERE id = 2")
    with pytest.raises(InvalidRequestError, match="Could not refresh instance"):
        session.refresh(note)


def test_refresh_of_a_transient_object(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="is not persistent within this Session"):
        session.refresh(User(name="x"))


def test_identity_key(session: Session) -> None:
    user = session.get(User, 1)
    assert Session.identity_key(User, 1) == (User, (1,), None)
    assert Session.identity_key(User, (1,)) == (User, (1,), None)
    assert Session.identity_key(instance=user) == (User, (1,), None)
    with pytest.raises(ArgumentError):
        Session.identity_key()


def test_a_query_flushes_first(session: Session, sent: Sent) -> None:
    session.get(User, 1).age = 31
    sent.take()
    session.scalars(select(User)).all()
    assert sent.take() == [("UPDATE users SET age=? WHERE users.id = ?", (31, 1)), (ALL_USERS, ())]
    assert stored(session, "SELECT age FROM users WHERE id = 1") == [(31,)]


def test_get_of_an_expired_object_with_a_new_value_looks_at_the_database(session: Session, sent: Sent) -> None:
    note = session.get(Note, 2)
    session.expire(note)
    note.text = "new"
    session.connection().exec_driver_sql("DELETE FROM notes WHERE id = 2")
    sent.take()
    with session.no_autoflush:
        assert session.get(Note, 2) is None


def test_get_with_a_key_that_is_no_key(session: Session) -> None:
    session.get(User, 1)
    with pytest.raises(InvalidRequestError, match="not hashable"):
        session.get(User, {1})  # type: ignore[arg-type]
