"""UPDATE of many rows by primary key."""

from __future__ import annotations

import pytest

from cormorant import select, update
from cormorant.exc import InvalidRequestError
from cormorant.orm import Session
from cormorant.orm.exc import StaleDataError

from .world import Doc, Sent, User, stored

BY_KEY = "UPDATE users SET {}=? WHERE users.id = ?"


def test_records_of_one_shape_are_one_statement(session: Session, sent: Sent) -> None:
    users = session.scalars(select(User).order_by(User.id)).all()
    sent.take()
    result = session.execute(update(User), [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}])
    assert result.rowcount == 2
    assert sent.take() == [(BY_KEY.format("name"), [("x", 1), ("y", 2)])]
    assert [user.name for user in users] == ["x", "y"]
    assert sent.take() == []


def test_records_of_other_shapes(session: Session, sent: Sent) -> None:
    session.execute(update(User), [{"id": 1, "name": "x"}, {"id": 2, "age": 2}, {"id": 1, "age": None}])
    assert sent.take() == [
        (BY_KEY.format("name"), ("x", 1)),
        (BY_KEY.format("age"), [(2, 2), (None, 1)]),
    ]


def test_constant_values_and_expressions(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    session.execute(update(User).values(age=4), [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}])
    assert stored(session, "SELECT name, age FROM users") == [("x", 4), ("y", 4)]
    session.execute(update(User), [{"id": 1, "age": User.age + 1}, {"id": 2, "age": 9}])
    assert user.age == 5
    assert stored(session, "SELECT age FROM users") == [(5,), (9,)]


def test_without_key(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match=r"No primary key value supplied for column\(s\) users\.id"):
        session.execute(update(User), [{"name": "x"}])


def test_a_row_that_is_not_there(session: Session) -> None:
    with pytest.raises(StaleDataError, match=r"expected to update 1 row\(s\); 0 were matched"):
        session.execute(update(User), [{"id": 100, "name": "x"}])


def test_what_does_not_go_together(session: Session, sent: Sent) -> None:
    with pytest.raises(InvalidRequestError, match="additional WHERE criteria"):
        session.execute(update(User).where(User.id > 1), [{"id": 1, "name": "x"}])
    with pytest.raises(InvalidRequestError, match="The 'fetch' synchronization strategy is not available"):
        session.execute(update(User), [{"id": 1, "name": "x"}], execution_options={"synchronize_session": "fetch"})
    with pytest.raises(InvalidRequestError, match="cannot have RETURNING"):
        session.execute(update(User).returning(User), [{"id": 1, "name": "x"}])
    assert sent.take() == []


def test_with_criteria_and_without_synchronization(session: Session, sent: Sent) -> None:
    statement = update(User).where(User.age > 1)
    session.execute(
        statement, [{"id": 1, "name": "x"}, {"id": 2, "name": "y"}], execution_options={"synchronize_session": None}
    )
    assert sent.take() == [("UPDATE users SET name=? WHERE users.age > ? AND users.id = ?", [("x", 1, 1), ("y", 1, 2)])]
    assert stored(session, "SELECT name FROM users") == [("x",), ("bob",)]


def test_versions_are_counted(session: Session, sent: Sent) -> None:
    session.execute(update(Doc), [{"id": 1, "title": "x", "version": 1}])
    assert sent.take() == [
        ("UPDATE docs SET title=?, version=? WHERE docs.id = ? AND docs.version = ?", ("x", 2, 1, 1))
    ]
    with pytest.raises(StaleDataError):
        session.execute(update(Doc), [{"id": 1, "title": "x", "version": 1}])


def test_a_record_without_version(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="lacks 'version': Doc counts versions"):
        session.execute(update(Doc), [{"id": 1, "title": "x"}])
