"""Statements in a session: autoflush, what is refused, do_orm_execute."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import event, select, text
from cormorant.exc import ArgumentError, IntegrityError, ObjectNotExecutableError
from cormorant.orm import Session

from .world import ALL_USERS, Sent, User


def test_s85_every_statement_flushes_first(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    for number, statement in enumerate((text("SELECT 1"), select(User.__table__.c.id), select(User))):
        user.age = 50 + number
        sent.take()
        session.execute(statement).all()
        assert sent.take()[0] == ("UPDATE users SET age=? WHERE users.id = ?", (50 + number, 1))


def test_s85_autoflush_can_be_switched_off(session: Session, sent: Sent) -> None:
    session.get(User, 1).age = 5
    sent.take()
    session.execute(select(User), execution_options={"autoflush": False}).all()
    with session.no_autoflush:
        session.execute(select(User)).all()
    assert sent.take() == [(ALL_USERS, ()), (ALL_USERS, ())]


def test_an_error_of_the_automatic_flush_says_so(session: Session) -> None:
    session.add(User(id=5, name=None))
    with pytest.raises(IntegrityError) as caught:
        session.execute(text("SELECT 1"))
    assert str(caught.value).startswith("(raised as a result of Query-invoked autoflush; ")
    assert "(sqlite3.IntegrityError) NOT NULL" in str(caught.value)


@pytest.mark.parametrize("wrong", [User, User.id, User.__table__, 5, None, object()])
def test_what_is_no_statement_is_refused(session: Session, wrong: Any) -> None:
    with pytest.raises(ArgumentError, match=r"Executable SQL or text\(\) construct expected, got"):
        session.execute(wrong)


def test_a_string_is_refused_with_the_remedy(session: Session) -> None:
    with pytest.raises(ArgumentError, match=r"should be explicitly declared as text\('select 1'\)"):
        session.execute("select 1")


def test_scalar_and_scalars(session: Session) -> None:
    assert session.scalar(select(User.name).where(User.id == 1)) == "ann"
    assert session.scalar(select(User.name).where(User.id == 9)) is None
    assert [user.id for user in session.scalars(select(User).order_by(User.id))] == [1, 2]
    assert session.scalars(text("SELECT id FROM users WHERE id = :id"), {"id": 2}).all() == [2]


def test_yield_per_loads_in_parts(session: Session) -> None:
    result = session.scalars(select(User).order_by(User.id).execution_options(yield_per=1))
    assert [[user.id for user in part] for part in result.partitions()] == [[1], [2]]


def test_do_orm_execute_may_change_the_statement(session: Session) -> None:
    @event.listens_for(session, "do_orm_execute")
    def only_ann(state: Any) -> None:
        if state.is_select and state.is_orm_statement:
            state.statement = state.statement.where(User.name == "ann")

    assert [user.name for user in session.scalars(select(User))] == ["ann"]


def test_do_orm_execute_may_give_the_result(session: Session, sent: Sent) -> None:
    @event.listens_for(session, "do_orm_execute")
    def twice(state: Any) -> Any:
        state.update_execution_options(seen=True)
        return state.invoke_statement(execution_options={"populate_existing": True})

    assert len(session.scalars(select(User)).all()) == 2
    assert sent.take() == [(ALL_USERS, ())]


def test_options_of_the_session_apply_to_every_statement(session: Session) -> None:
    session.execution_options = session.execution_options.union({"populate_existing": True})
    user = session.get(User, 1)
    session.connection().exec_driver_sql("UPDATE users SET name = 'new' WHERE id = 1")
    session.scalars(select(User)).all()
    assert user.name == "new"


def test_a_legacy_query_is_no_statement(session: Session) -> None:
    with pytest.raises(ObjectNotExecutableError, match="Not an executable object"):
        session.execute(session.query(User))
