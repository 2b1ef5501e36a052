"""UPDATE and DELETE of mapped classes, and what they do to the objects of the session."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import delete, func, inspect, select, update
from cormorant.engine import Engine
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.orm import Session, load_only

from .world import Note, Sent, User

EVALUATE = {"synchronize_session": "evaluate"}
FETCH = {"synchronize_session": "fetch"}


@pytest.fixture
def users(session: Session, sent: Sent) -> list[Any]:
    """Both users, loaded."""
    found = session.scalars(select(User).order_by(User.id)).all()
    sent.take()
    return list(found)


def held(obj: object, *keys: str) -> list[Any]:
    """Values that an object holds in memory."""
    return [vars(obj).get(key, "unloaded") for key in keys]


# --- UPDATE


def test_auto_evaluates_where_it_can(session: Session, sent: Sent, users: list[Any]) -> None:
    result = session.execute(update(User).where(User.name == "ann").values(age=User.age + 1))
    assert result.rowcount == 1
    assert sent.take() == [("UPDATE users SET age=(users.age + ?) WHERE users.name = ?", (1, "ann"))]
    assert [held(user, "age") for user in users] == [[31], [None]]
    assert not session.dirty


def test_auto_fetches_where_it_cannot(session: Session, sent: Sent, users: list[Any]) -> None:
    result = session.execute(update(User).where(func.upper(User.name) == "BOB").values(age=5))
    assert result.rowcount == 1
    assert sent.take() == [("UPDATE users SET age=? WHERE upper(users.name) = ? RETURNING id", (5, "BOB"))]
    assert [held(user, "age") for user in users] == [[30], [5]]


def test_values_that_only_the_database_knows_expire(session: Session, users: list[Any]) -> None:
    session.execute(update(User).where(User.id == 1).values(name=func.upper(User.name)))
    assert held(users[0], "name", "age") == ["unloaded", 30]
    assert users[0].name == "ANN"


def test_keys_may_be_attributes(session: Session, users: list[Any]) -> None:
    session.execute(update(User).where(User.id.in_([1, 2])).values({User.name: "same"}))
    assert [user.name for user in users] == ["same", "same"]


def test_evaluate_refuses_what_it_cannot(session: Session, sent: Sent) -> None:
    statement = update(User).where(func.upper(User.name) == "BOB").values(age=5)
    with pytest.raises(InvalidRequestError, match='Could not evaluate current criteria in Python: "Cannot evaluate'):
        session.execute(statement, execution_options=EVALUATE)
    with pytest.raises(InvalidRequestError, match="Specify 'fetch' or False for the synchronize_session"):
        session.execute(statement.execution_options(synchronize_session="evaluate"))
    assert sent.take() == []


def test_fetch_uses_returning(session: Session, sent: Sent, users: list[Any]) -> None:
    session.execute(update(User).where(User.id == 1).values(age=7), execution_options=FETCH)
    assert sent.take() == [("UPDATE users SET age=? WHERE users.id = ? RETURNING id", (7, 1))]
    assert held(users[0], "age") == [7]


def test_fetch_adds_the_key_to_returning_and_hides_it(session: Session, sent: Sent, users: list[Any]) -> None:
    statement = update(User).where(User.id == 1).values(age=7).returning(User.name)
    assert session.execute(statement, execution_options=FETCH).all() == [("ann",)]
    assert sent.take() == [("UPDATE users SET age=? WHERE users.id = ? RETURNING id, name", (7, 1))]
    assert held(users[0], "age") == [7]


def test_false_leaves_the_objects_alone(session: Session, sent: Sent, users: list[Any]) -> None:
    statement = update(User).where(User.id == 1).values(age=7)
    assert session.execute(statement, execution_options={"synchronize_session": False}).rowcount == 1
    assert held(users[0], "age") == [30]


def test_an_unknown_strategy(session: Session) -> None:
    with pytest.raises(ArgumentError, match="Valid strategies for session synchronization are"):
        session.execute(update(User).values(age=1), execution_options={"synchronize_session": "bogus"})


def test_update_returning_objects(session: Session, sent: Sent, users: list[Any]) -> None:
    statement = update(User).where(User.id < 3).values(age=func.abs(-9)).returning(User)
    assert session.scalars(statement).all() == users
    assert [held(user, "age") for user in users] == [[9], [9]]
    assert len(sent.take()) == 1


def test_objects_that_do_not_hold_the_criterion_expire(session: Session, sent: Sent) -> None:
    users = session.scalars(select(User).options(load_only(User.age)).order_by(User.id)).all()
    session.execute(update(User).where(User.name == "ann").values(age=99))
    assert [held(user, "age") for user in users] == [["unloaded"], ["unloaded"]]
    assert [user.age for user in users] == [99, None]


def test_changes_without_autoflush_are_overwritten(session: Session, users: list[Any]) -> None:
    users[0].age = 1000
    with session.no_autoflush:
        session.execute(update(User).where(User.id == 1).values(age=7))
    assert users[0].age == 7
    assert not session.dirty


def test_rollback_of_a_savepoint_takes_values_back(session: Session, users: list[Any]) -> None:
    savepoint = session.begin_nested()
    session.execute(update(User).where(User.id == 1).values(age=7))
    savepoint.rollback()
    assert users[0].age == 30


def test_a_name_that_is_no_attribute(session: Session) -> None:
    with pytest.raises(Exception, match="Unconsumed column names: nothing"):
        session.execute(update(User).values(nothing=1))


# --- DELETE


def test_deleted_objects_leave_the_session(session: Session, sent: Sent, users: list[Any]) -> None:
    assert session.execute(delete(User).where(User.id == 1)).rowcount == 1
    assert sent.take() == [("DELETE FROM users WHERE users.id = ?", (1,))]
    assert inspect(users[0]).deleted
    assert users[0] not in session
    session.rollback()
    assert inspect(users[0]).persistent


def test_delete_with_fetch(session: Session, sent: Sent, users: list[Any]) -> None:
    session.execute(delete(User).where(func.upper(User.name) == "BOB"))
    assert sent.take() == [("DELETE FROM users WHERE upper(users.name) = ? RETURNING id", ("BOB",))]
    assert [inspect(user).deleted for user in users] == [False, True]


def test_delete_of_expired_objects_leaves_them_expired(session: Session, users: list[Any]) -> None:
    session.expire(users[0])
    session.execute(delete(User).where(User.name == "ann"))
    assert inspect(users[0]).persistent
    assert inspect(users[0]).expired


def test_delete_returning_objects(session: Session, users: list[Any]) -> None:
    assert session.scalars(delete(User).where(User.id == 1).returning(User)).all() == [users[0]]
    assert inspect(users[0]).deleted


def test_a_marked_object_that_a_statement_deletes(session: Session) -> None:
    note = session.get(Note, 2)
    session.delete(note)
    with session.no_autoflush:
        session.execute(delete(Note).where(Note.id == 2))
    assert not session.deleted
    assert inspect(note).deleted


def test_without_returning_the_keys_are_selected_before(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    from .world import watch

    features = dataclasses.replace(engine.dialect.features, update_returning=False, delete_returning=False)
    monkeypatch.setattr(engine.dialect, "features", features, raising=False)
    sent = watch(engine)
    with Session(engine) as session:
        user = session.get(User, 1)
        sent.take()
        session.execute(update(User).where(User.id == 1).values(age=7), execution_options=FETCH)
        assert sent.take() == [
            ("SELECT users.id FROM users WHERE users.id = ?", (1,)),
            ("UPDATE users SET age=? WHERE users.id = ?", (7, 1)),
        ]
        assert held(user, "age") == [7]
        session.execute(delete(User).where(User.id == 1), execution_options=FETCH)
        assert [statement for statement, _ in sent.take()] == [
            "SELECT users.id FROM users WHERE users.id = ?",
            "DELETE FROM users WHERE users.id = ?",
        ]
        assert inspect(user).deleted
