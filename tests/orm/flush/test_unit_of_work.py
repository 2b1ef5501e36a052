"""The flush as a whole: what is written when, what an error leaves behind."""

from __future__ import annotations

import gc

import pytest

from cormorant import event, inspect
from cormorant.exc import IntegrityError, InvalidRequestError, SAWarning
from cormorant.orm import Session
from cormorant.orm.flush import unit_of_work

from ..session.world import Sent
from .world import Owner, Place


def test_equal_values_close_the_books_without_sql(work: Session, sent: Sent) -> None:
    owner = work.get(Owner, 1)
    owner.name = "x"
    owner.name = "ann"
    sent.take()
    assert not unit_of_work.forget_unchanged(work)
    assert not work.modified
    assert not inspect(owner).modified
    assert sent.take() == []


def test_a_plan_writes_nothing(work: Session, sent: Sent) -> None:
    work.add(Place(code="x"))
    assert repr(unit_of_work.plan(work)) == "INSERT places: 1 row (Place)"
    assert sent.take() == []
    assert len(work.new) == 1


def test_an_error_accepts_nothing(work: Session) -> None:
    good, bad = Owner(name="good"), Place(code="a")
    work.add_all([good, bad])
    with pytest.raises(IntegrityError):
        work.flush()
    assert inspect(good).transient
    assert not work._is_flushing


def test_listeners_see_the_states_and_may_not_flush(work: Session) -> None:
    owner = Owner(name="new")
    work.add(owner)
    seen: list[object] = []

    def look(session: Session, context: unit_of_work.UOWTransaction) -> None:
        seen.extend(context.states())
        with pytest.raises(InvalidRequestError, match="Session is already flushing"):
            session.flush()

    event.listen(work, "after_flush", look)
    work.flush()
    assert seen == [inspect(owner)]


def test_adding_while_rows_are_written_warns(work: Session) -> None:
    def add(mapper: object, connection: object, target: object) -> None:
        work.add(Place(code="late"))

    event.listen(Owner, "after_insert", add)
    try:
        work.add(Owner(name="new"))
        with pytest.warns(SAWarning, match=r"Usage of the 'Session.add\(\)' operation is not currently supported"):
            work.flush()
    finally:
        event.remove(Owner, "after_insert", add)


def test_the_collector_pauses_for_many_objects_and_runs_again(work: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_of_work, "MANY", 2)
    seen: list[bool] = []
    event.listen(work, "after_flush", lambda session, context: seen.append(gc.isenabled()))
    work.add(Place(code="x"))
    work.flush()
    work.add_all([Place(code="y"), Place(code="z")])
    work.flush()
    assert seen == [True, False]
    assert gc.isenabled()


@pytest.mark.parametrize("name", ["after_flush", "after_flush_postexec"])
def test_a_listener_may_add_after_everything_is_written(
    work: Session, name: str, recwarn: pytest.WarningsRecorder
) -> None:
    late = [Place(code="late")]

    @event.listens_for(work, name)
    def add(*_: object) -> None:
        if late:
            work.add(late.pop())

    work.add(Place(code="early"))
    work.commit()
    assert work.get(Place, "late") is not None
    assert list(recwarn) == []
