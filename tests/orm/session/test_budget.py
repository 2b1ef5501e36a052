"""The query budget (semantics, part 4, 8)."""

from __future__ import annotations

import pickle

import pytest

from cormorant import event, select
from cormorant.engine import Engine
from cormorant.exc import ArgumentError
from cormorant.orm import Session
from cormorant.orm.exc import QueryBudgetExceeded

from .world import User


def load_lazily(session: Session) -> None:
    for user in session.scalars(select(User)).all():
        user.posts  # noqa: B018


def test_a_block_within_its_budget(session: Session) -> None:
    with session.expect_queries(max=1) as log:
        session.scalars(select(User)).all()
    assert [sent.statement.split()[0] for sent in log] == ["SELECT"]


def test_too_many_statements_are_named_with_their_lines(session: Session) -> None:
    users = len(session.scalars(select(User)).all())
    session.expunge_all()
    with (
        pytest.raises(QueryBudgetExceeded, match=f"Expected at most 1, got {users + 1} statements") as caught,
        session.expect_queries(max=1),
    ):
        load_lazily(session)
    places = {sent.place for sent in caught.value.statements}
    assert len(places) == 2
    assert all("test_budget.py:" in place for place in places)
    assert f"\n{users} x " in str(caught.value)
    assert "alice" not in str(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).statements == caught.value.statements


def test_flushes_count(session: Session) -> None:
    with session.expect_queries() as log:
        session.add(User(name="x"))
        session.flush()
    assert [sent.statement.split()[0] for sent in log] == ["INSERT"]
    assert str(log).startswith("1 statement\n1 x ")


def test_other_sessions_do_not_count(engine: Engine, session: Session) -> None:
    with session.expect_queries(max=0), Session(engine) as other:
        other.scalars(select(User)).all()


def test_an_error_in_the_block_wins(session: Session) -> None:
    with pytest.raises(ZeroDivisionError), session.expect_queries(max=0):
        session.scalar(select(1 / session.scalar(select(0))))


def test_nobody_listens_afterwards(session: Session) -> None:
    session.scalars(select(User)).all()
    with session.expect_queries():
        pass
    assert not session.connection()._hooks.watches_cursors  # type: ignore[attr-defined]


def test_a_negative_budget_is_refused(session: Session) -> None:
    with pytest.raises(ArgumentError, match="max must be 0 or more"), session.expect_queries(max=-1):
        pass


def test_listeners_of_the_program_stay(engine: Engine, session: Session) -> None:
    heard: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *arguments: heard.append(arguments[2]))
    with session.expect_queries():
        session.scalars(select(User)).all()
    session.scalars(select(User)).all()
    assert len(heard) == 2
