"""The older bulk verbs."""

from __future__ import annotations

from cormorant import inspect
from cormorant.orm import Session

from .world import Doc, Note, Sent, User, stored


def test_save_objects_inserts_and_leaves_the_objects(session: Session, sent: Sent) -> None:
    notes = [Note(text="a"), Note(text="b")]
    session.bulk_save_objects(notes)
    assert sent.take() == [("INSERT INTO notes (text) VALUES (?)", [("a",), ("b",)])]
    assert [inspect(note).transient for note in notes] == [True, True]
    assert notes[0].id is None
    assert not session.new


def test_save_objects_with_keys(session: Session) -> None:
    notes = [Note(text="a"), Note(text="b", post_id=1)]
    session.bulk_save_objects(notes, return_defaults=True)
    assert [note.id for note in notes] == [3, 4]
    assert [inspect(note).detached for note in notes] == [True, True]


def test_save_objects_updates_what_changed(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    user.age = 31
    with session.no_autoflush:
        sent.take()
        session.bulk_save_objects([user, User(name="new")])
        assert sent.take() == [
            ("UPDATE users SET age=? WHERE users.id = ?", (31, 1)),
            ("INSERT INTO users (name) VALUES (?)", ("new",)),
        ]
        session.bulk_save_objects([user], update_changed_only=False)
        assert sent.take() == [("UPDATE users SET name=?, email=?, age=? WHERE users.id = ?", ("ann", "ann@x", 31, 1))]


def test_save_objects_sorted_by_class(session: Session, sent: Sent) -> None:
    session.bulk_save_objects([User(name="a"), Note(text="b"), User(name="c")], preserve_order=False)
    assert [len(parameters) for _, parameters in sent.take()] == [1, 2]


def test_insert_mappings(session: Session, sent: Sent) -> None:
    mappings = [{"text": "a"}, {"text": "b"}]
    session.bulk_insert_mappings(Note, mappings, return_defaults=True)
    assert mappings == [{"text": "a", "id": 3}, {"text": "b", "id": 4}]
    session.bulk_insert_mappings(Note, [{"text": None, "post_id": 1}], render_nulls=True)
    assert sent.take()[-1] == ("INSERT INTO notes (post_id, text) VALUES (?, ?)", (1, None))


def test_update_mappings_leave_the_objects_alone(session: Session) -> None:
    user = session.get(User, 1)
    session.bulk_update_mappings(User, [{"id": 1, "name": "x"}, {"id": 2, "age": 3}])
    assert user.name == "ann"
    assert stored(session, "SELECT name, age FROM users") == [("x", 30), ("bob", 3)]
    session.bulk_insert_mappings(Doc, [{"id": 5, "title": "t"}])
    assert stored(session, "SELECT version FROM docs WHERE id = 5") == [(1,)]
