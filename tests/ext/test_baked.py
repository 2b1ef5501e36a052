"""Baked queries: functions are called once, values come as parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cormorant import bindparam, create_engine
from cormorant.exc import ArgumentError, NoResultFound
from cormorant.ext.baked import BakedQuery, bakery
from cormorant.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user_account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as made:
        made.add_all([User(name="ann"), User(name="bob")])
        made.commit()
        yield made


def test_functions_are_called_once(session: Session) -> None:
    made, calls = bakery(), []

    def by_name(query: Any) -> Any:
        calls.append("called")
        return query.filter(User.name == bindparam("name"))

    def run(name: str) -> list[str]:
        baked = made(lambda s: s.query(User))
        baked += by_name
        return [user.name for user in baked(session).params(name=name)]

    assert (run("ann"), run("bob"), run("no")) == (["ann"], ["bob"], [])
    assert calls == ["called"]


def test_results(session: Session) -> None:
    users = bakery()(lambda s: s.query(User).order_by(User.id))
    result = users.for_session(session)
    assert [user.name for user in result.all()] == ["ann", "bob"]
    assert (result.first().name, result.count(), result.get(2).name) == ("ann", 2, "bob")
    none = users.with_criteria(lambda query: query.filter(User.id > 5))(session)
    assert none.one_or_none() is None
    with pytest.raises(NoResultFound):
        none.one()
    assert bakery()(lambda s: s.query(User.name).filter(User.id == 1))(session).scalar() == "ann"
    assert len(users.steps) == 1


def test_arguments_are_part_of_the_key(session: Session) -> None:
    made = bakery()

    def named(name: str) -> Any:
        baked = made(lambda s: s.query(User))
        return baked.add_criteria(lambda query, value: query.filter(User.name == value), name)(session).one().name

    assert (named("ann"), named("bob"), named("ann")) == ("ann", "bob", "ann")


def test_a_spoiled_query_is_built_each_time(session: Session) -> None:
    made = bakery()
    seen = []
    for name in ("ann", "bob"):
        baked = made(lambda s: s.query(User)).spoil()
        baked += lambda query: query.filter(User.name == name)  # noqa: B023 - that is what it is for
        seen.append(baked(session).one().name)
    assert seen == ["ann", "bob"]


def test_the_cache_is_bounded() -> None:
    made = BakedQuery.bakery(size=2)
    for number in range(5):
        made.cache.keep(number, None)
    assert list(made.cache) == [3, 4]


def test_as_a_part_of_another_query(session: Session) -> None:
    ids = bakery()(lambda s: s.query(User.id).filter(User.name == "bob"))
    assert session.query(User).filter(User.id.in_(ids.to_query(session))).one().name == "bob"
    with pytest.raises(ArgumentError, match="Query or Session object expected"):
        ids.to_query(5)
    with pytest.raises(ArgumentError, match="zero or one positional"):
        ids(session).params({}, {})
