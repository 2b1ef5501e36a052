"""Objects coming into a session, leaving it and being marked, and their cascades. Numbers are the checklist's."""

from __future__ import annotations

import gc
from typing import Any

import pytest

from cormorant import Column, ForeignKey, Integer, Table, create_engine, event, inspect
from cormorant.engine import Engine
from cormorant.exc import InvalidRequestError, SAWarning
from cormorant.orm import (
    Session,
    attributes,
    declarative_base,
    make_transient,
    make_transient_to_detached,
    registry,
    relationship,
    was_deleted,
)
from cormorant.orm.exc import UnmappedClassError, UnmappedInstanceError
from cormorant.orm.session import lifecycle

from .world import GET_NOTE, NOTES_OF_POST, POSTS_OF_USER, Doc, Note, Post, Sent, User, stored

LIVES = ("transient", "pending", "persistent", "deleted", "detached")


def life(obj: object) -> str:
    """The one state that an object is in."""
    found = [name for name in LIVES if getattr(inspect(obj), name)]
    assert len(found) == 1
    return found[0]


# --- identities and sessions


def test_s44_add_of_a_detached_object_whose_identity_is_taken(session: Session, engine: Engine) -> None:
    with Session(engine) as other:
        detached = other.get(User, 1)
    session.get(User, 1).age = 31
    with pytest.raises(InvalidRequestError, match=r"another instance with key .* is already present in this session"):
        session.add(detached)


def test_s45_add_of_an_object_of_another_session(session: Session, engine: Engine) -> None:
    with Session(engine) as other:
        foreign = other.get(User, 1)
        with pytest.raises(InvalidRequestError, match="is already attached to session"):
            session.add(foreign)


def test_add_of_what_is_not_mapped(session: Session) -> None:
    with pytest.raises(UnmappedInstanceError, match=r"builtins\.str"):
        session.add("text")


# --- states


def test_s47_five_states_one_at_a_time(session: Session) -> None:
    note = Note(text="x")
    assert life(note) == "transient"
    session.add(note)
    assert life(note) == "pending"
    session.flush()
    assert life(note) == "persistent"
    session.delete(note)
    assert life(note) == "persistent"
    session.flush()
    assert life(note) == "deleted"
    session.commit()
    assert life(note) == "detached"


def test_s48_add_takes_transient_to_pending_and_detached_to_persistent(session: Session, sent: Sent) -> None:
    note = session.get(Note, 1)
    session.expunge(note)
    assert life(note) == "detached"
    note.text = "back"
    sent.take()
    session.add(note)
    assert life(note) == "persistent"
    assert sent.take() == []
    session.flush()
    assert sent.take() == [("UPDATE notes SET text=? WHERE notes.id = ?", ("back", 1))]


def test_s49_delete_only_marks(session: Session, sent: Sent) -> None:
    note = session.get(Note, 1)
    sent.take()
    session.delete(note)
    assert life(note) == "persistent"
    assert note in session.deleted
    assert note in session
    assert sent.take() == []
    session.flush()
    assert sent.take() == [("DELETE FROM notes WHERE notes.id = ?", (1,))]
    assert life(note) == "deleted"


def test_s49_add_takes_the_mark_back(session: Session) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.add(note)
    assert note not in session.deleted
    session.flush()
    assert life(note) == "persistent"


def test_s50_a_deleted_object_is_in_no_book(session: Session) -> None:
    note = session.get(Note, 1)
    key = inspect(note).key
    session.delete(note)
    session.flush()
    assert note not in session
    assert key not in session.identity_map
    assert note not in session.deleted
    assert was_deleted(note)


def test_s51_commit_detaches_deleted_objects(session: Session) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.commit()
    assert life(note) == "detached"
    assert not inspect(note).deleted
    assert inspect(note).was_deleted


def test_s53_expunge(session: Session) -> None:
    persistent, pending = session.get(Note, 1), Note(text="x")
    session.add(pending)
    session.expunge(persistent)
    session.expunge(pending)
    assert (life(persistent), life(pending)) == ("detached", "transient")
    with pytest.raises(InvalidRequestError, match="is not present in this Session"):
        session.expunge(persistent)


def test_s55_objects_of_a_collected_session_are_detached(engine: Engine) -> None:
    session = Session(engine)
    note, pending = session.get(Note, 1), Note(text="x")
    session.add(pending)
    del session
    gc.collect()
    assert (life(note), life(pending)) == ("detached", "transient")


def test_s56_delete_of_what_has_no_row(session: Session) -> None:
    pending = Note(text="x")
    with pytest.raises(InvalidRequestError, match="is not persisted"):
        session.delete(pending)
    session.add(pending)
    with pytest.raises(InvalidRequestError, match="is not persisted"):
        session.delete(pending)


def test_add_of_a_deleted_object(session: Session) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.flush()
    with pytest.raises(InvalidRequestError, match=r"has been deleted\.  Use the make_transient"):
        session.add(note)


def test_s57_make_transient_keeps_values_and_drops_the_key(session: Session, sent: Sent) -> None:
    note = session.get(Note, 1)
    make_transient(note)
    assert life(note) == "transient"
    assert inspect(note).key is None
    note.id = 7
    sent.take()
    session.add(note)
    session.flush()
    assert sent.take() == [("INSERT INTO notes (id, post_id, text) VALUES (?, ?, ?)", (7, 1, "n1"))]


def test_s57_make_transient_to_detached_gives_the_key_and_expires_the_rest(session: Session, sent: Sent) -> None:
    note = Note(id=1)
    make_transient_to_detached(note)
    assert life(note) == "detached"
    session.add(note)
    assert sent.take() == []
    assert note.text == "n1"
    assert [statement.split(" FROM ")[1] for statement, _ in sent.take()] == ["notes WHERE notes.id = ?"]
    with pytest.raises(InvalidRequestError, match="Given object must be transient"):
        make_transient_to_detached(note)


def test_s58_a_deleted_child_stays_in_a_loaded_collection(session: Session) -> None:
    post = session.get(Post, 1)
    (note,) = post.notes
    session.delete(note)
    session.flush()
    assert post.notes == [note]
    session.expire(post)
    assert post.notes == []


def test_undelete_of_what_is_not_marked(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="is not marked to be deleted"):
        session.undelete(session.get(Note, 1))


# --- cascades


def test_s76_add_takes_reachable_children(session: Session) -> None:
    user = User(name="u", posts=[Post(title="p", notes=[Note(text="n")])])
    session.add(user)
    assert set(session.new) == {user, user.posts[0], user.posts[0].notes[0]}


def test_s76_appending_to_an_attached_parent_adds_the_child(session: Session) -> None:
    post, note = session.get(Post, 1), Note(text="x")
    post.notes.append(note)
    assert note in session.new


def test_s77_a_reference_to_an_attached_parent_does_not_add_the_child(session: Session) -> None:
    user = session.get(User, 1)
    post = Post(id=8, title="x", user=user)
    assert life(post) == "transient"
    with session.no_autoflush:
        assert post in user.posts
    with pytest.warns(SAWarning, match="Object of type <Post> not in session, add operation along 'User.posts'"):
        session.flush()
    assert stored(session, "SELECT id FROM posts WHERE id = 8") == []


def test_s78_a_pending_child_removed_from_its_parent_leaves(session: Session) -> None:
    user = session.get(User, 1)
    child = Post(title="x")
    user.posts.append(child)
    assert child in session.new
    user.posts.remove(child)
    assert child not in session
    assert life(child) == "transient"


def test_s78_a_persistent_orphan_is_deleted_at_flush(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    orphan = user.posts[1]
    user.posts.remove(orphan)
    sent.take()
    session.flush()
    assert sent.take() == [(NOTES_OF_POST, (2,)), ("DELETE FROM posts WHERE posts.id = ?", (2,))]
    assert life(orphan) == "deleted"


def test_s79_without_delete_cascade_children_lose_their_key(session: Session, sent: Sent) -> None:
    session.delete(session.get(Post, 1))
    sent.take()
    session.flush()
    assert sent.take() == [
        (NOTES_OF_POST, (1,)),
        ("UPDATE notes SET post_id=? WHERE notes.id = ?", (None, 1)),
        ("DELETE FROM posts WHERE posts.id = ?", (1,)),
    ]


def test_s79_with_delete_cascade_children_go_first(session: Session, sent: Sent) -> None:
    user = session.get(User, 2)
    sent.take()
    session.delete(user)
    session.flush()
    assert sent.take() == [
        (POSTS_OF_USER, (2,)),
        (NOTES_OF_POST, (3,)),
        ("DELETE FROM posts WHERE posts.id = ?", (3,)),
        ("DELETE FROM users WHERE users.id = ?", (2,)),
    ]


def test_s80_expunge_takes_children_along(session: Session) -> None:
    user = session.get(User, 1)
    posts = list(user.posts)
    session.expunge(user)
    assert [life(post) for post in posts] == ["detached", "detached"]


def test_s80_refresh_and_expire_reach_children(session: Session) -> None:
    user = session.get(User, 1)
    post = user.posts[0]
    session.expire(user)
    assert "title" not in vars(post)


def test_all_at_once(session: Session, sent: Sent) -> None:
    notes = [session.get(Note, 1), session.get(Note, 2)]
    doc = session.get(Doc, 1)
    session.delete_all(notes)
    assert set(session.deleted) == set(notes)
    session.expunge_all()
    assert [life(one) for one in (*notes, doc)] == ["detached"] * 3
    sent.take()
    session.add_all(notes)
    assert sent.take() == []
    assert session.get(Note, 1) is notes[0]
    assert GET_NOTE not in [statement for statement, _ in sent.take()]


def test_delete_of_a_deleted_object_does_nothing(session: Session, sent: Sent) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.flush()
    sent.take()
    session.delete(note)
    session.flush()
    assert sent.take() == []


def test_the_cascade_of_an_append_costs_the_new_object_only(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    post = session.get(Post, 1)
    assert post.notes is not None
    looked_at: list[str] = []
    related = lifecycle.related

    def counting(state, obj, key, with_removed=False):
        looked_at.append(key)
        return related(state, obj, key, with_removed)

    monkeypatch.setattr(lifecycle, "related", counting)
    for _ in range(200):
        post.notes.append(Note(text="new"))
    assert len(looked_at) <= 400
    assert len(session.new) == 200


# --- objects whose row is deleted in the open transaction


def test_a_change_of_a_deleted_object_is_not_written(session: Session) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.flush()
    note.text = "late"
    assert (life(note), inspect(note).session is session, list(session.dirty)) == ("deleted", True, [])
    session.commit()
    assert (life(note), note.text, stored(session, "SELECT text FROM notes WHERE id = 1")) == ("detached", "late", [])


def test_a_change_of_a_deleted_object_does_not_reach_its_successor(session: Session) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.flush()
    session.add(Note(id=1, text="new"))
    session.flush()
    note.text = "old"
    attributes.flag_dirty(note)
    session.commit()
    assert stored(session, "SELECT text FROM notes WHERE id = 1") == [("new",)]


def test_an_object_that_is_only_flagged_is_dirty_and_not_modified(session: Session) -> None:
    note = session.get(Note, 1)
    attributes.flag_dirty(note)
    assert note in session.dirty
    assert not session.is_modified(note)


@pytest.mark.parametrize("verb", ["close", "expunge_all"])
def test_a_change_of_a_deleted_object_after_the_session_forgot_it(session: Session, verb: str) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.flush()
    getattr(session, verb)()
    note.text = "ghost"
    session.commit()
    left = stored(session, "SELECT text FROM notes WHERE id = 1")
    assert left == ([("n1",)] if verb == "close" else [])


def test_a_change_of_a_deleted_object_is_undone_by_the_rollback(session: Session) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.flush()
    note.text = "late"
    session.rollback()
    assert (life(note), note.text) == ("persistent", "n1")


def test_the_successor_of_a_deleted_member_stays(session: Session) -> None:
    user = session.get(User, 1)
    session.delete(user.posts[0])
    session.flush()
    user.posts = [Post(id=1, title="new")]
    session.commit()
    assert stored(session, "SELECT id, user_id, title FROM posts WHERE id < 3") == [(1, 1, "new")]


def test_the_successor_of_a_deleted_member_may_be_merged(session: Session) -> None:
    user = session.get(User, 1)
    session.delete(user.posts[0])
    session.merge(User(id=1, posts=[Post(id=1, title="new")]))
    session.commit()
    assert stored(session, "SELECT id, user_id, title FROM posts WHERE id < 3") == [(1, 1, "new")]


def test_a_member_of_a_deleted_parent_is_written_without_it(session: Session) -> None:
    user = session.get(User, 2)
    session.delete(user)
    session.flush()
    user.posts.append(post := Post(id=9))
    assert (post.user is user, life(post), post in user.posts) == (True, "pending", True)
    with pytest.warns(SAWarning, match="Object of type <User> not in session, add operation along 'Post.user' won't"):
        session.flush()
    assert stored(session, "SELECT user_id FROM posts WHERE id = 9") == [(None,)]


def test_a_reference_to_a_deleted_object_is_refused_before_anything_changes(session: Session) -> None:
    user = session.get(User, 2)
    session.delete(user)
    session.flush()
    session.add(post := Post(id=9))
    with pytest.raises(InvalidRequestError, match="has been deleted"):
        post.user = user
    assert (post.user, life(post), post in user.posts) == (None, "pending", False)


# --- clones


def test_a_clone_does_not_take_the_members_along(session: Session) -> None:
    user = session.get(User, 1)
    assert (len(user.posts), user.name) == (2, "ann")
    session.expunge(user)
    make_transient(user)
    assert inspect(user).attrs.posts.history == ((), user.posts, ())
    user.id, user.email = 7, None
    session.add(user)
    session.commit()
    assert stored(session, "SELECT user_id FROM posts ORDER BY id") == [(1,), (1,), (2,)]
    assert stored(session, "SELECT name FROM users WHERE id = 7") == [("ann",)]


def test_a_clone_takes_along_what_it_was_given(session: Session) -> None:
    user = session.get(User, 1)
    user.posts.append(Post(id=9))
    assert user.name == "ann"
    session.expunge(user)
    make_transient(user)
    user.id, user.email = 7, None
    session.add(user)
    session.commit()
    assert stored(session, "SELECT id, user_id FROM posts ORDER BY id") == [(1, 1), (2, 1), (3, 2), (9, 7)]


# --- classes that only inherit from a mapped one


def test_an_instance_of_an_unmapped_heir_is_refused(session: Session) -> None:
    mapped = registry()

    class Plain:
        pass

    mapped.map_imperatively(Plain, Table("plain", mapped.metadata, Column("id", Integer, primary_key=True)))

    class Heir(Plain):
        pass

    event.listen(Plain, "init", lambda *_: pytest.fail("an heir has no state"))
    for verb in (session.add, session.merge, session.delete):
        with pytest.raises(UnmappedClassError, match="Heir' is not mapped"):
            verb(Heir())
    with pytest.raises(AttributeError, match="_sa_instance_state"):
        Heir(id=1)  # type: ignore[call-arg]


# --- references beside their foreign keys


def note_of_two(session: Session) -> Note:
    """A note of post 1 whose foreign key says 2; posts 1 and 2 are in the session."""
    note = session.get(Note, 1)
    assert (session.get(Post, 1).id, session.get(Post, 2).id) == (1, 2)
    note.post_id = 2
    return note


def test_a_reference_set_to_what_the_row_says_leaves_the_key(session: Session) -> None:
    with session.no_autoflush:
        note = note_of_two(session)
        note.post = session.get(Post, 1)
    session.commit()
    assert stored(session, "SELECT post_id FROM notes WHERE id = 1") == [(2,)]


def test_a_reference_taken_away_beats_the_key(session: Session) -> None:
    post = session.get(Post, 1)
    with session.no_autoflush:
        note = note_of_two(session)
        note.post = None
        assert inspect(note).attrs.post.history == ([None], (), [post])
    session.commit()
    assert stored(session, "SELECT post_id FROM notes WHERE id = 1") == [(None,)]


def test_a_reference_that_was_none_already_leaves_the_key(session: Session) -> None:
    note = session.get(Note, 2)
    assert note.post_id is None
    note.post_id = 1
    note.post = None
    session.commit()
    assert stored(session, "SELECT post_id FROM notes WHERE id = 2") == [(1,)]


def test_adding_a_parent_leaves_the_mark_of_a_deleted_child() -> None:
    base: Any = declarative_base()

    class Parent(base):
        __tablename__ = "parent"
        id = Column(Integer, primary_key=True)
        children = relationship("Child")

    class Child(base):
        __tablename__ = "child"
        id = Column(Integer, primary_key=True)
        parent_id = Column(ForeignKey("parent.id"))

    engine = create_engine("sqlite://")
    base.metadata.create_all(engine)
    with Session(engine) as session:
        parent = Parent(children=[Child(), Child()])
        session.add(parent)
        session.commit()
        child = parent.children[1]
        session.delete(child)
        session.add(parent)
        assert child in session.deleted
        session.commit()
        assert len(parent.children) == 1
        session.delete(parent.children[0])
        session.add(parent.children[0])
        assert not session.deleted
