"""Which engine a session talks to."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import select
from cormorant.engine import Engine
from cormorant.exc import ArgumentError, UnboundExecutionError
from cormorant.orm import Session

from .world import GET_NOTE, GET_USER, Base, Note, User, new_engine, watch


@pytest.fixture
def second() -> Engine:
    return new_engine()


def test_binds_by_class_table_and_base(engine: Engine, second: Engine) -> None:
    sent, other = watch(engine), watch(second)
    with Session(engine, binds={Note: second}) as session:
        session.get(User, 1)
        session.get(Note, 1)
    assert sent.take() == [(GET_USER, (1,))]
    assert other.take() == [(GET_NOTE, (1,))]
    with Session(engine, binds={Note.__table__: second}) as session:
        session.get(Note, 1)
    assert other.take() == [(GET_NOTE, (1,))]
    with Session(binds={Base: second}) as session:
        session.scalars(select(User)).all()
    assert len(other.take()) == 1


def test_bind_mapper_and_bind_table(engine: Engine, second: Engine) -> None:
    session = Session(engine)
    session.bind_mapper(Note, second)
    session.bind_table(User.__table__, second)
    assert session.get_bind(Note) is second
    assert session.get_bind(clause=select(User.__table__)) is second


def test_without_a_bind() -> None:
    with Session() as session:
        with pytest.raises(UnboundExecutionError, match="Could not locate a bind configured on"):
            session.get(User, 1)
        with pytest.raises(UnboundExecutionError, match="This session is not bound to a single Engine"):
            session.connection()


def test_what_cannot_be_bound(engine: Engine) -> None:
    with pytest.raises(ArgumentError, match="Not an acceptable bind target"):
        Session(binds={"text": engine})


def test_an_overridden_get_bind_is_asked(engine: Engine, second: Engine) -> None:
    class Routed(Session):
        def get_bind(self, mapper: Any = None, **kw: Any) -> Any:
            return second if mapper is not None and mapper.class_ is Note else engine

    sent, other = watch(engine), watch(second)
    with Routed() as session:
        session.get(User, 1)
        session.get(Note, 1)
    assert (sent.take(), other.take()) == ([(GET_USER, (1,))], [(GET_NOTE, (1,))])


def test_bind_arguments_choose_for_one_statement(engine: Engine, second: Engine) -> None:
    other = watch(second)
    with Session(engine) as session:
        session.execute(select(User), bind_arguments={"bind": second}).all()
    assert len(other.take()) == 1


def test_two_engines_commit_together(engine: Engine, second: Engine) -> None:
    with Session(binds={User: engine, Note: second}) as session:
        session.add_all([User(id=5, name="x"), Note(id=5, text="y")])
        session.commit()
        assert session.get(User, 5).name == "x"
        assert session.get(Note, 5).text == "y"
