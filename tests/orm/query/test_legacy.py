"""The legacy Query."""

from __future__ import annotations

import pytest

from cormorant import event, func, text
from cormorant.exc import (
    InvalidRequestError,
    LegacyAPIWarning,
    MultipleResultsFound,
    NoResultFound,
    SADeprecationWarning,
)
from cormorant.orm import Query, Session, joinedload

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


def test_filter_by_speaks_of_what_was_joined_last(session: Session) -> None:
    query = session.query(User).join(User.addresses)
    assert query.filter_by(email="ann@x").statement.whereclause.left.name == "email"
    assert query.reset_joinpoint().filter_by(name="bob").one().name == "bob"
    with pytest.raises(InvalidRequestError, match='Entity namespace for "Mapper'):
        query.filter_by(name="bob")


def test_order_of_calls_is_checked(session: Session) -> None:
    query = session.query(User)
    with pytest.raises(InvalidRequestError, match=r"Query.select_from\(\) .* with existing criterion"):
        query.filter(User.id == 1).select_from(User)
    with pytest.raises(InvalidRequestError, match=r"when order_by\(\) has been called"):
        query.order_by(User.id).delete()
    with pytest.raises(InvalidRequestError, match="existing full statement"):
        query.from_statement(text("SELECT * FROM users")).limit(1)
    assert query.limit(2).enable_assertions(False).filter(User.id == 1).one().id == 1


def test_rows_of_one_object_on_demand(session: Session) -> None:
    assert session.query(User).filter(User.id == 1).only_return_tuples(True).one() == (session.get(User, 1),)


def test_slices_add_up(session: Session) -> None:
    query = session.query(User.id).order_by(User.id).offset(1)
    assert query[0] == (2,)
    assert query.slice(1, 2).all() == [(3,)]
    assert query[2:1] == []


def test_nothing_is_loaded_along_on_demand(session: Session) -> None:
    query = session.query(User).options(joinedload(User.addresses)).enable_eagerloads(False)
    assert "JOIN" not in str(query)
    assert "addresses" not in query.first().__dict__
    assert "JOIN" in str(query.enable_eagerloads(True))


def test_listeners_of_a_subclass_hear_of_it_alone(session: Session) -> None:
    class Mine(Query):
        pass

    @event.listens_for(Mine, "before_compile", retval=True)
    def one_user(query: Query) -> Query:
        return query.filter(User.id == 1)

    assert [user.id for user in Mine(User, session)] == [1]
    assert session.query(User).count() == 3


def test_instances_of_a_result(session: Session) -> None:
    query = session.query(User).filter(User.id == 1)
    with pytest.warns(SADeprecationWarning, match="instances"):
        assert query.instances(session.connection().execute(query.selectable)).all() == [session.get(User, 1)]


def test_criteria_after_limit_are_refused(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="LIMIT or OFFSET"):
        session.query(User).limit(1).filter(User.id == 1)
