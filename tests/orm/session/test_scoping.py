"""scoped_session: the session of the current scope, used as if it was one."""

from __future__ import annotations

import pytest

from cormorant import event, select
from cormorant.engine import Engine
from cormorant.exc import ArgumentError, InvalidRequestError, SAWarning
from cormorant.orm import Query, Session, scoped_session, sessionmaker

from .world import User


@pytest.fixture
def sessions(engine: Engine) -> scoped_session[Session]:
    return scoped_session(sessionmaker(engine))


def test_one_session_per_scope_until_remove(sessions: scoped_session[Session]) -> None:
    first = sessions()
    assert sessions() is first
    with pytest.raises(InvalidRequestError, match="already present"):
        sessions(expire_on_commit=False)
    sessions.remove()
    assert sessions(expire_on_commit=False).expire_on_commit is False
    with pytest.warns(SAWarning, match="At least one scoped session is already present"):
        sessions.configure(autoflush=False)
    sessions.remove()
    assert sessions().autoflush is False


def test_methods_and_attributes_are_the_sessions(sessions: scoped_session[Session]) -> None:
    user = User(id=50, name="new")
    sessions.add(user)
    assert user in sessions
    assert user in sessions.new
    assert list(sessions) == [user]
    sessions.commit()
    assert sessions.get(User, 50) is user
    assert sessions.scalars(select(User).where(User.id == 50)).all() == [user]
    assert sessions.query(User).filter_by(id=50).one() is user
    sessions.autoflush = False
    assert sessions().autoflush is False
    assert sessions.identity_map.values() == [user]
    assert sessions.object_session(user) is sessions()


def test_query_property(sessions: scoped_session[Session]) -> None:
    class Mine(Query):
        pass

    class Named:
        query = sessions.query_property()
        mine = sessions.query_property(Mine)

    sessions.add(User(id=50, name="new"))
    query = sessions.query_property().__get__(None, User)
    assert query.session is sessions()
    assert query.filter_by(name="new").one().id == 50
    assert isinstance(sessions.query_property(Mine).__get__(None, User), Mine)
    assert {"query", "mine"} <= vars(Named).keys()


def test_listeners(sessions: scoped_session[Session]) -> None:
    heard: list[object] = []
    event.listen(sessions, "before_flush", lambda session, *rest: heard.append(session))
    sessions.add(User(id=50, name="new"))
    sessions.flush()
    assert heard == [sessions()]
    with pytest.raises(ArgumentError, match="creation callable"):
        event.listen(scoped_session(lambda: Session()), "before_flush", print)
