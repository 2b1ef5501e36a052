"""The legacy Query."""

from __future__ import annotations

import pytest

from cormorant import func
from cormorant.exc import InvalidRequestError, LegacyAPIWarning, MultipleResultsFound, NoResultFound
from cormorant.orm import Session, joinedload

from ..blog import Address, User


def test_text_is_labelled(session: Session) -> None:
    assert str(session.query(User).filter_by(name="x").order_by(User.id)) == (
        "SELECT users.id AS users_id, users.name AS users_name, users.fullname AS users_fullname \n"
        "FROM users \nWHERE users.name = ? ORDER BY users.id"
    )


def test_fetching(session: Session) -> None:
    query = session.query(User).order_by(User.id)
    assert [user.id for user in query] == [1, 2, 3]
    assert query.first().id == 1
    assert query.filter(User.id == 2).one().name == "bob"
    assert query.filter(User.id == 9).one_or_none() is None
    assert [user.id for user in query[1:3]] == [2, 3]
    assert query[1].id == 2
    assert query.count() == 3
    assert session.query(User.name).filter(User.id == 1).scalar() == "ann"
    assert session.query(func.max(User.id)).scalar() == 3
    with pytest.raises(NoResultFound):
        query.filter(User.id == 9).one()
    with pytest.raises(MultipleResultsFound):
        query.one()


def test_rows_and_uniqueness(session: Session) -> None:
    assert session.query(User.id, User.name).filter(User.id == 1).all() == [(1, "ann")]
    users = session.query(User).join(User.addresses).order_by(User.id).all()
    assert [user.id for user in users] == [1, 2]
    assert len(session.query(User).options(joinedload(User.addresses)).all()) == 3


def test_get_is_legacy(session: Session) -> None:
    with pytest.warns(LegacyAPIWarning):
        assert session.query(User).get(1).name == "ann"


def test_update_and_delete(session: Session) -> None:
    user = session.get(User, 1)
    assert session.query(User).filter(User.id == 1).update({"name": "new"}) == 1
    assert user.name == "new"
    assert session.query(Address).filter(Address.user_id == 1).delete() == 2


def test_criteria_after_limit_are_refused(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="LIMIT or OFFSET"):
        session.query(User).limit(1).filter(User.id == 1)
