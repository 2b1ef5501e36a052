"""The preview of a merge (semantics, part 4, 4)."""

from __future__ import annotations

from cormorant.orm import Session

from .world import Post, Sent, User, stored


def test_a_preview_tells_rows_and_values_and_writes_nothing(session: Session, sent: Sent) -> None:
    copy = User(id=1, name="new name", posts=[Post(id=1, title="changed"), Post(title="fresh")])
    preview = session.merge_preview(copy)
    assert str(preview).splitlines() == [
        "UPDATE User 1: name: 'ann' -> 'new name'",
        "INSERT Post (new key): user_id=1, title='fresh'",
        "UPDATE Post 1: title: 'p1' -> 'changed'",
        "DELETE Post 2",
    ]
    assert preview.plan.splitlines()[0] == "UPDATE users: 1 row (User)"
    assert preview.mermaid.startswith("flowchart TD")
    assert {statement.split()[0] for statement, _ in sent.take()} == {"SAVEPOINT", "SELECT", "ROLLBACK"}
    assert not [*session.new, *session.dirty, *session.deleted]
    assert session.get_one(User, 1).name == "ann"
    session.commit()
    assert stored(session, "SELECT name FROM users WHERE id = 1") == [("ann",)]


def test_nothing_to_write(session: Session) -> None:
    preview = session.merge_preview(User(id=1, name="ann"))
    assert not preview
    assert str(preview) == "nothing to write"


def test_the_arguments_are_those_of_merge(session: Session) -> None:
    preview = session.merge_preview(User(email="ann@x", age=3), by=User.email)
    assert str(preview) == "UPDATE User 1: age: 30 -> 3"


def test_the_merge_afterwards_is_what_was_shown(session: Session) -> None:
    copy = User(id=9, name="nine")
    assert str(session.merge_preview(copy)) == "INSERT User (new key): id=9, name='nine'"
    session.merge(copy)
    session.commit()
    assert stored(session, "SELECT name FROM users WHERE id = 9") == [("nine",)]
