"""Rows kept outside a session, merged into one."""

from __future__ import annotations

import pytest

from cormorant import select
from cormorant.exc import LegacyAPIWarning
from cormorant.orm import Session, merge_frozen_result

from ..blog import User


def test_a_frozen_result_gives_the_objects_of_another_session(session: Session) -> None:
    statement = select(User.id, User).where(User.id == 1)
    frozen = session.execute(statement).freeze()
    with Session(session.bind) as other:
        merged = merge_frozen_result(other, statement, frozen)
        row = merged().one()
        assert row.User is other.get(User, 1) is not session.get(User, 1)
        assert (row.id, merged().one().User) == (1, row.User)


def test_merge_result_of_a_query(session: Session) -> None:
    with pytest.warns(LegacyAPIWarning, match="merge_result"):
        (user,) = session.query(User).merge_result([User(id=1, name="new")])
    assert user is session.get(User, 1)
    assert user in session.dirty
    with pytest.warns(LegacyAPIWarning):
        (row,) = session.query(User, User.id).merge_result([(User(id=2), 5)])
    assert (row.User.name, row.id) == ("bob", 5)
