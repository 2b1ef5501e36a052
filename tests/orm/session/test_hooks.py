"""Session events: once per transition, in the order of registration, for classes, makers and sessions."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import event, inspect, select
from cormorant.engine import Engine
from cormorant.orm import Session

from .world import Note, User

TRANSITIONS = (
    "transient_to_pending",
    "pending_to_persistent",
    "persistent_to_deleted",
    "deleted_to_detached",
    "persistent_to_detached",
    "pending_to_transient",
    "persistent_to_transient",
    "deleted_to_persistent",
    "detached_to_persistent",
    "loaded_as_persistent",
)


@pytest.fixture
def heard(session: Session) -> list[tuple[str, Any]]:
    """What the listeners for transitions hear: (event, text of the note)."""
    found: list[tuple[str, Any]] = []

    def listen(name: str) -> None:
        event.listen(session, name, lambda _session, obj: found.append((name, vars(obj).get("text"))))

    for name in TRANSITIONS:
        listen(name)
    return found


def test_s86_an_object_that_is_added_deleted_and_committed(session: Session, heard: list[Any]) -> None:
    note = Note(text="x")
    session.add(note)
    session.flush()
    session.delete(note)
    session.flush()
    session.commit()
    assert [name for name, _ in heard] == [
        "transient_to_pending",
        "pending_to_persistent",
        "persistent_to_deleted",
        "deleted_to_detached",
    ]


def test_s86_rollbacks(session: Session, heard: list[Any]) -> None:
    session.add(Note(text="x"))
    session.rollback()
    flushed = Note(text="y")
    session.add(flushed)
    session.flush()
    session.rollback()
    held = session.get(Note, 1)
    session.delete(held)
    session.flush()
    session.rollback()
    assert [name for name, _ in heard] == [
        "transient_to_pending",
        "pending_to_transient",
        "transient_to_pending",
        "pending_to_persistent",
        "persistent_to_transient",
        "loaded_as_persistent",
        "persistent_to_deleted",
        "deleted_to_persistent",
    ]


def test_s86_loading_and_expunging(session: Session, heard: list[Any]) -> None:
    notes = session.scalars(select(Note).order_by(Note.id)).all()
    session.scalars(select(Note)).all()
    session.expunge(notes[0])
    session.add(notes[0])
    assert heard == [
        ("loaded_as_persistent", "n1"),
        ("loaded_as_persistent", "n2"),
        ("persistent_to_detached", "n1"),
        ("detached_to_persistent", "n1"),
    ]


def test_s86_objects_are_in_their_new_state_when_it_is_told(session: Session) -> None:
    found: list[bool] = []
    event.listen(session, "pending_to_persistent", lambda _session, obj: found.append(inspect(obj).persistent))
    session.add(Note(text="x"))
    session.flush()
    assert found == [True]


def test_attach_events(session: Session) -> None:
    found: list[str] = []
    event.listen(session, "before_attach", lambda _session, obj: found.append(f"before {obj.text}"))
    event.listen(session, "after_attach", lambda _session, obj: found.append(f"after {obj.text}"))
    session.add(Note(text="x"))
    assert found == ["before x", "after x"]


def test_flush_and_commit_events_in_their_order(session: Session) -> None:
    found: list[str] = []
    for name in ("before_commit", "before_flush", "after_flush", "after_flush_postexec", "after_commit"):
        event.listen(session, name, lambda *_, name=name: found.append(name))
    session.add(Note(text="x"))
    session.commit()
    assert found == ["before_commit", "before_flush", "after_flush", "after_flush_postexec", "after_commit"]


def test_rollback_events(session: Session) -> None:
    found: list[str] = []
    event.listen(session, "after_rollback", lambda _session: found.append("after_rollback"))
    event.listen(
        session, "after_soft_rollback", lambda _session, transaction: found.append(f"soft {transaction.nested}")
    )
    session.get(User, 1)
    session.begin_nested().rollback()
    session.rollback()
    assert found == ["after_rollback", "soft True", "after_rollback", "soft False"]


def test_begin_events(session: Session) -> None:
    found: list[str] = []
    event.listen(session, "after_begin", lambda _session, _transaction, _connection: found.append("begin"))
    event.listen(session, "after_transaction_create", lambda _session, _transaction: found.append("create"))
    event.listen(session, "after_transaction_end", lambda _session, _transaction: found.append("end"))
    session.get(User, 1)
    session.commit()
    assert found == ["create", "begin", "end"]


def test_listeners_on_the_class_hear_every_session(engine: Engine) -> None:
    found: list[Session] = []
    event.listen(Session, "before_commit", found.append)
    try:
        session = Session(engine)
        session.commit()
    finally:
        event.remove(Session, "before_commit", found.append)
    Session(engine).commit()
    assert found == [session]


def test_before_flush_may_add(session: Session) -> None:
    @event.listens_for(session, "before_flush")
    def add(session: Session, _context: Any, _instances: Any) -> None:
        session.add(Note(text="by the listener"))

    session.add(Note(text="x"))
    session.commit()
    assert session.scalars(select(Note.text).where(Note.id > 2).order_by(Note.id)).all() == ["x", "by the listener"]


def test_sessions_of_a_class_made_later_hear_the_listeners_of_its_base(engine: Engine) -> None:
    class Base(Session):
        pass

    found: list[Any] = []
    event.listen(Base, "after_attach", lambda _session, obj: found.append(obj))

    class Heir(Base):
        pass

    note = Note(text="n")
    with Heir(engine) as session:
        session.add(note)
    assert found == [note]
