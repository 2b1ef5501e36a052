"""The session's transaction: rollback, savepoints, begin and end, connections. Numbers are those of the checklist."""

from __future__ import annotations

from pathlib import Path

import pytest

from cormorant import create_engine, event, inspect, select, text
from cormorant.engine import Engine
from cormorant.exc import (
    IllegalStateChangeError,
    IntegrityError,
    InvalidRequestError,
    PendingRollbackError,
    ResourceClosedError,
    SAWarning,
)
from cormorant.orm import Session, make_transient, sessionmaker
from cormorant.orm.exc import DetachedInstanceError

from .world import GET_USER, INSERT_USER, Base, Doc, Note, Post, Sent, User, committed, stored


def held(obj: object) -> set[str]:
    """The attributes that an object holds in memory."""
    return {key for key in vars(obj) if not key.startswith("_")}


# --- rollback


def test_s52_rollback_of_a_never_flushed_object(session: Session) -> None:
    note = Note(text="never")
    session.add(note)
    session.rollback()
    assert inspect(note).transient
    assert note.text == "never"


def test_s52_rollback_of_an_inserted_object_keeps_its_values(session: Session) -> None:
    note = Note(text="flushed")
    session.add(note)
    session.flush()
    session.rollback()
    assert inspect(note).transient
    assert inspect(note).key is None
    assert (note.id, note.text) == (3, "flushed")


def test_s52_rollback_of_a_deleted_object(session: Session) -> None:
    note = session.get(Note, 1)
    session.delete(note)
    session.flush()
    session.rollback()
    assert inspect(note).persistent
    assert not inspect(note).was_deleted
    assert note.text == "n1"


def test_s52_rollback_of_an_object_added_and_deleted(session: Session) -> None:
    note = Note(text="both")
    session.add(note)
    session.flush()
    session.delete(note)
    session.flush()
    session.rollback()
    assert inspect(note).transient


def test_s54_close_lets_everything_go_and_the_session_lives_on(session: Session) -> None:
    note, pending = session.get(Note, 1), Note(text="pending")
    session.add(pending)
    note.text = "lost"
    session.close()
    assert inspect(note).detached
    assert inspect(pending).transient
    assert session.get(Note, 1).text == "n1"


def test_a_permanently_closed_session(engine: Engine) -> None:
    session = Session(engine, close_resets_only=False)
    session.get(Note, 1)
    session.close()
    with pytest.raises(InvalidRequestError, match="permanently closed"):
        session.get(Note, 1)


# --- savepoints


def test_s66_begin_nested_flushes_first_whatever_autoflush_says(engine: Engine, sent: Sent) -> None:
    with Session(engine, autoflush=False) as session:
        session.add(User(id=5, name="five"))
        with session.begin_nested():
            assert session.in_nested_transaction()
            session.execute(text("SELECT 1"))
        assert sent.take() == [
            (INSERT_USER, (5, "five", None, None)),
            ("SAVEPOINT sa_savepoint_1", ()),
            ("SELECT 1", ()),
            ("RELEASE SAVEPOINT sa_savepoint_1", ()),
        ]


def test_s67_a_flush_that_fails_on_entry_loses_the_outer_transaction(session: Session) -> None:
    session.add(User(id=6, name=None))
    with pytest.raises(IntegrityError):
        session.begin_nested()
    assert not session.in_nested_transaction()
    with pytest.raises(PendingRollbackError):
        session.execute(text("SELECT 1"))
    session.rollback()
    assert session.scalar(text("SELECT 1")) == 1


def test_d7_the_error_says_that_no_savepoint_existed(session: Session) -> None:
    session.add(User(id=6, name=None))
    with pytest.raises(IntegrityError) as caught:
        session.begin_nested()
    assert "no savepoint existed yet" in caught.value.__notes__[0]
    with pytest.raises(PendingRollbackError, match="no savepoint existed yet"):
        session.execute(text("SELECT 1"))


def test_d7_a_savepoint_of_its_own_keeps_the_outer_transaction(engine: Engine) -> None:
    with Session(engine, savepoint_flush=True) as session:
        session.add(User(id=5, name="good"))
        session.flush()
        session.add(User(id=6, name=None))
        with pytest.raises(IntegrityError):
            session.begin_nested()
        session.commit()
    assert committed(engine, "SELECT name FROM users WHERE id > 2") == [("good",)]


def test_s68_rollback_of_a_savepoint(session: Session, sent: Sent) -> None:
    changed, untouched = session.get(User, 1), session.get(User, 2)
    savepoint = session.begin_nested()
    changed.name = "changed"
    added = User(id=5, name="five")
    session.add(added)
    session.flush()
    savepoint.rollback()
    assert inspect(added).transient
    assert held(changed) == set()
    assert held(untouched) == {"id", "name", "email", "age"}
    sent.take()
    assert changed.name == "ann"
    assert sent.take() == [(GET_USER, (1,))]


def test_s69_unflushed_changes_inside_are_dropped_and_those_before_survive(session: Session) -> None:
    user = session.get(User, 1)
    user.name = "before"
    savepoint = session.begin_nested()
    user.age = 99
    savepoint.rollback()
    assert (user.name, user.age) == ("before", 30)


def test_s70_objects_deleted_inside_are_persistent_again(session: Session) -> None:
    note = session.get(Note, 1)
    savepoint = session.begin_nested()
    session.delete(note)
    session.flush()
    savepoint.rollback()
    assert inspect(note).persistent
    assert session.get(Note, 1) is note


def test_s70_a_key_changed_inside_is_restored(session: Session) -> None:
    note = session.get(Note, 1)
    savepoint = session.begin_nested()
    note.id = 50
    session.flush()
    assert session.get(Note, 50) is note
    savepoint.rollback()
    assert inspect(note).identity == (1,)
    assert session.get(Note, 1) is note


def test_s71_release_expires_nothing(session: Session) -> None:
    user = session.get(User, 1)
    with session.begin_nested():
        user.name = "changed"
    assert held(user) == {"id", "name", "email", "age"}


def test_s72_released_and_then_rolled_back(session: Session) -> None:
    with session.begin_nested():
        added = User(id=5, name="five")
        session.add(added)
    assert inspect(added).persistent
    session.rollback()
    assert inspect(added).transient


def test_s73_commit_and_rollback_inside_act_on_the_outermost(session: Session, engine: Engine) -> None:
    session.begin_nested()
    session.add(User(id=5, name="five"))
    session.commit()
    assert not session.in_transaction()
    assert committed(engine, "SELECT name FROM users WHERE id = 5") == [("five",)]
    session.begin_nested()
    session.add(User(id=6, name="six"))
    session.flush()
    session.rollback()
    assert not session.in_transaction()
    assert committed(engine, "SELECT name FROM users WHERE id = 6") == []


def test_s74_a_flush_error_in_a_savepoint_leaves_the_outer_transaction_usable(session: Session, engine: Engine) -> None:
    session.add(User(id=5, name="good"))
    with pytest.raises(IntegrityError), session.begin_nested():  # noqa: PT012 - the block is what is tested
        session.add(User(id=6, name=None))
        session.flush()
    session.add(User(id=7, name="also good"))
    session.commit()
    assert committed(engine, "SELECT id FROM users WHERE id > 2") == [(5,), (7,)]


def test_s74_a_flush_error_outside_demands_rollback(session: Session) -> None:
    session.add(User(id=6, name=None))
    with pytest.raises(IntegrityError):
        session.flush()
    assert not session.is_active
    with pytest.raises(PendingRollbackError, match="has been rolled back due to a previous exception during flush"):
        session.execute(select(User))
    session.rollback()
    assert session.is_active


def test_s75_merge_each_record_in_a_savepoint(session: Session, engine: Engine) -> None:
    records = [
        {"id": 1, "name": "x", "email": None},
        {"id": 5, "name": "y", "email": "taken@x"},
        {"id": 6, "name": "z", "email": "taken@x"},
        {"id": 2, "name": "v", "email": "v@x"},
        {"id": 2, "name": None, "email": "n@x"},
    ]
    refused = []
    for record in records:
        try:
            with session.begin_nested():
                session.merge(User(**record))
        except IntegrityError:
            refused.append(record["id"])
    session.commit()
    assert refused == [6, 2]
    assert committed(engine, "SELECT id, name, email FROM users ORDER BY id") == [
        (1, "x", None),
        (2, "v", "v@x"),
        (5, "y", "taken@x"),
    ]


def test_d6_a_released_savepoint_and_the_outer_rollback(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        with session.begin_nested():
            session.add(User(id=7, name="inside"))
        session.rollback()
        assert session.get(User, 7) is None
    engine.dispose()


# --- begin and end


def test_begin_twice_is_refused(session: Session) -> None:
    session.begin()
    with pytest.raises(InvalidRequestError, match="A transaction is already begun on this Session"):
        session.begin()


def test_without_autobegin_begin_is_demanded(engine: Engine) -> None:
    with Session(engine, autobegin=False) as session:
        with pytest.raises(InvalidRequestError, match="Autobegin is disabled"):
            session.get(User, 1)
        with session.begin():
            assert session.get(User, 1).name == "ann"


def test_a_begin_block_commits_or_rolls_back(session: Session, engine: Engine) -> None:
    with session.begin():
        session.add(Note(id=5, text="kept"))
    with pytest.raises(ValueError, match="boom"), session.begin():  # noqa: PT012 - the block is what is tested
        session.add(Note(id=6, text="lost"))
        session.flush()
        raise ValueError("boom")
    assert committed(engine, "SELECT id FROM notes WHERE id > 2") == [(5,)]


def test_an_ended_transaction_is_closed(session: Session) -> None:
    transaction = session.begin()
    session.commit()
    with pytest.raises(ResourceClosedError, match="This transaction is closed"):
        transaction.rollback()


def test_a_failed_commit_in_a_block_leaves_the_session_usable(session: Session) -> None:
    with pytest.raises(IntegrityError), session.begin():
        session.add(User(id=6, name=None))
    assert session.scalar(text("SELECT 1")) == 1


def test_a_session_on_a_connection_leaves_its_transaction_alone(engine: Engine) -> None:
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            session.add(Note(id=5, text="x"))
            session.commit()
            session.add(Note(id=6, text="y"))
            session.flush()
            session.rollback()
        assert [row[0] for row in connection.execute(text("SELECT id FROM notes WHERE id > 2"))] == [5]
        outer.rollback()
    assert committed(engine, "SELECT id FROM notes WHERE id > 2") == []


def test_transactions_know_each_other(session: Session) -> None:
    outer = session.begin()
    inner = session.begin_nested()
    assert (inner.parent, inner.nested, outer.nested) == (outer, True, False)
    assert session.get_transaction() is outer
    assert session.get_nested_transaction() is inner


def test_options_of_a_connection_are_given_with_its_first_use(session: Session) -> None:
    connection = session.connection(execution_options={"note": 1})
    assert connection.get_execution_options()["note"] == 1
    with pytest.warns(SAWarning, match="Connection is already established"):
        assert session.connection(execution_options={"note": 2}) is connection


def test_relationships_of_rolled_back_objects_are_links_again(session: Session) -> None:
    post = Post(title="p", notes=[Note(text="n")])
    session.add(post)
    session.flush()
    session.rollback()
    session.add(post)
    session.flush()
    assert stored(session, "SELECT n.text FROM posts p JOIN notes n ON n.post_id = p.id WHERE p.title = 'p'") == [
        ("n",)
    ]
    assert inspect(session.get(Doc, 1)).persistent


def test_what_was_added_before_the_demanded_rollback_is_discarded(session: Session) -> None:
    session.add(User(id=6, name=None))
    with pytest.raises(IntegrityError):
        session.flush()
    late = Note(text="late")
    session.add(late)
    with pytest.warns(SAWarning, match="Session's state has been changed on a non-active transaction"):
        session.rollback()
    assert inspect(late).transient
    assert not session.new


def test_s70_what_was_changed_before_it_was_deleted_inside_is_loaded_again(session: Session) -> None:
    note = session.get(Note, 1)
    before = note.text
    savepoint = session.begin_nested()
    note.text = "changed"
    session.delete(note)
    session.flush()
    savepoint.rollback()
    assert note.text == before
    note.text = "later"
    assert note in session.dirty
    session.commit()
    assert note.text == "later"


@pytest.mark.parametrize("nested", [True, False])
def test_a_removal_that_is_rolled_back_makes_no_orphan(session: Session, nested: bool) -> None:
    user = session.get(User, 1)
    post = user.posts[0]
    transaction = session.begin_nested() if nested else session.get_transaction()
    user.posts.remove(post)
    session.flush()
    transaction.rollback()
    post.title = "still here"
    session.commit()
    assert post in user.posts
    assert session.get(Post, post.id).title == "still here"


@pytest.mark.parametrize(
    ("mode", "verb", "is_owners_kept", "rows"),
    [
        ("rollback_only", "commit", True, 1),
        ("rollback_only", "rollback", False, 0),
        ("rollback_only", "close", True, 1),
        ("control_fully", "commit", False, 1),
        ("control_fully", "rollback", False, 0),
        ("control_fully", "close", False, 0),
        ("create_savepoint", "commit", True, 1),
        ("create_savepoint", "rollback", True, 0),
    ],
)
def test_joining_the_savepoint_of_a_connection(
    engine: Engine, mode: str, verb: str, is_owners_kept: bool, rows: int
) -> None:
    with engine.connect() as connection:
        outer, savepoint = connection.begin(), connection.begin_nested()
        session = Session(connection, join_transaction_mode=mode)
        session.add(User(id=50, name="new"))
        session.flush()
        getattr(session, verb)()
        assert outer.is_active
        assert savepoint.is_active is is_owners_kept
        assert connection.scalar(text("SELECT count(*) FROM users WHERE id = 50")) == rows


def test_prepare_is_for_two_phases(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="'twophase' mode not enabled"):
        session.prepare()
    transaction = session.begin_nested()
    transaction.rollback()
    transaction.close()
    with pytest.raises(ResourceClosedError):
        transaction.commit()


# --- errors of listeners


def text_of(session: Session, key: int) -> str | None:
    """The text of a note in the database, or `gone`."""
    rows = stored(session, f"SELECT text FROM notes WHERE id = {key}")
    return rows[0][0] if rows else "gone"


@pytest.mark.parametrize("name", ["before_flush", "before_commit"])
def test_a_listener_that_refuses_leaves_all_as_it_was(session: Session, name: str) -> None:
    refusals = ["not yet"]

    @event.listens_for(session, name)
    def refuse(*_: object) -> None:
        if refusals:
            raise ValueError(refusals.pop())

    session.add(note := Note(id=7, text="x"))
    with pytest.raises(ValueError, match="not yet"):
        session.commit()
    assert (inspect(note).pending, session.in_transaction(), session.is_active) == (True, True, True)
    session.commit()
    assert text_of(session, 7) == "x"


def test_a_listener_that_refuses_leaves_the_savepoint_open(session: Session) -> None:
    refusals = ["not yet"]

    @event.listens_for(session, "before_flush")
    def refuse(*_: object) -> None:
        if refusals:
            raise ValueError(refusals.pop())

    savepoint = session.begin_nested()
    session.add(Note(id=7, text="x"))
    with pytest.raises(ValueError, match="not yet"):
        session.commit()
    assert (session.in_nested_transaction(), savepoint.is_active) == (True, True)
    session.commit()
    assert text_of(session, 7) == "x"


def test_a_refusal_in_a_block_rolls_back(session: Session) -> None:
    @event.listens_for(session, "before_flush")
    def refuse(*_: object) -> None:
        raise ValueError("never")

    with pytest.raises(ValueError, match="never"), session.begin():
        session.add(note := Note(id=7))
    assert (inspect(note).transient, session.in_transaction()) == (True, False)


def test_an_error_after_the_commit_ends_the_session_until_it_is_closed(session: Session) -> None:
    @event.listens_for(session, "after_commit")
    def fail(*_: object) -> None:
        raise ValueError("late")

    with pytest.raises(ValueError, match="late"), session.begin():
        session.add(Note(id=7, text="x"))
    for verb in (session.commit, session.rollback):
        with pytest.raises(InvalidRequestError, match="This session is in 'committed' state"):
            verb()
    session.close()
    assert text_of(session, 7) == "x"


def test_an_error_after_the_flush_demands_a_rollback(session: Session) -> None:
    errors = ["late"]

    @event.listens_for(session, "after_flush_postexec")
    def fail(*_: object) -> None:
        if errors:
            raise ValueError(errors.pop())

    session.add(note := Note(id=7, text="x"))
    with pytest.raises(ValueError, match="late"):
        session.commit()
    assert (inspect(note).transient, session.is_active) == (True, False)
    with pytest.raises(PendingRollbackError):
        session.commit()
    session.rollback()
    session.add(note)
    session.commit()
    assert text_of(session, 7) == "x"


@pytest.mark.parametrize("verb", ["commit", "rollback", "close"])
@pytest.mark.parametrize("name", ["before_flush", "before_commit"])
def test_a_listener_must_not_end_the_transaction_of_a_commit(session: Session, name: str, verb: str) -> None:
    calls = [verb]

    @event.listens_for(session, name)
    def end(*_: object) -> None:
        if calls:
            getattr(session.get_transaction(), calls.pop())()

    session.add(Note(id=7, text="x"))
    with pytest.raises(IllegalStateChangeError, match=rf"Method '{verb}\(\)' can't be called here"):
        session.commit()
    session.commit()
    assert text_of(session, 7) == "x"


def test_a_listener_may_commit_before_a_flush(session: Session) -> None:
    calls = [session.commit]

    @event.listens_for(session, "before_flush")
    def end(*_: object) -> None:
        if calls:
            calls.pop()()

    session.add(note := Note(id=7, text="x"))
    session.flush()
    assert (inspect(note).persistent, session.in_transaction()) == (True, True)
    session.commit()
    assert text_of(session, 7) == "x"


@pytest.mark.parametrize("name", ["after_flush", "after_flush_postexec"])
def test_a_listener_that_commits_after_a_flush_ends_it(session: Session, name: str) -> None:
    calls = [session.commit]

    @event.listens_for(session, name)
    def end(*_: object) -> None:
        if calls:
            calls.pop()()

    session.add(note := Note(id=7, text="x"))
    with pytest.raises(ResourceClosedError, match="This transaction is closed"):
        session.flush()
    assert (inspect(note).persistent, session.in_transaction()) == (True, False)
    assert text_of(session, 7) == "x"


# --- blocks whose transaction ended

CLOSED = "Can't operate on closed transaction inside context manager"


@pytest.mark.parametrize("verb", ["commit", "rollback", "close"])
def test_nothing_is_done_after_the_end_of_a_blocks_transaction(session: Session, verb: str) -> None:
    with session.begin():
        session.add(Note(id=7))
        getattr(session, verb)()
        for action in (
            lambda: session.add(Note(id=8)),
            session.commit,
            session.begin,
            session.begin_nested,
            lambda: session.execute(text("SELECT 1")),
            lambda: session.get(Note, 1),
        ):
            with pytest.raises(InvalidRequestError, match=CLOSED):
                action()
        session.rollback()
        assert not session.in_transaction()
    assert [text_of(session, key) for key in (7, 8)] == [None if verb == "commit" else "gone", "gone"]


def test_nothing_is_flushed_after_the_end_of_a_blocks_savepoint(session: Session) -> None:
    with session.begin():
        with session.begin_nested() as savepoint:
            session.add(Note(id=7, text="x"))
            savepoint.rollback()
            session.add(Note(id=8, text="y"))
            for action in (session.flush, session.commit, lambda: session.execute(text("SELECT 1"))):
                with pytest.raises(InvalidRequestError, match=CLOSED):
                    action()
        session.flush()
        assert session.scalar(text("SELECT text FROM notes WHERE id = 8")) == "y"
    assert [text_of(session, key) for key in (7, 8)] == ["gone", "y"]


def test_a_session_commits_through_the_block_of_a_savepoint(session: Session) -> None:
    with session.begin_nested():
        session.add(Note(id=7, text="x"))
        session.commit()
        with pytest.raises(InvalidRequestError, match=CLOSED):
            session.add(Note(id=8))
    assert [text_of(session, key) for key in (7, 8)] == ["x", "gone"]


def test_the_block_of_a_maker_is_guarded(engine: Engine) -> None:
    with sessionmaker(engine).begin() as session:
        session.commit()
        with pytest.raises(InvalidRequestError, match=CLOSED):
            session.add(Note(id=8))


# --- objects that come back without what they had


def expired_and_rolled_back(session: Session) -> Note:
    session.add(note := Note(id=7, text="precious"))
    session.flush()
    with session.begin_nested() as savepoint:
        note.post_id = 1
        session.flush()
        savepoint.rollback()
    session.rollback()
    return note


def test_lost_values_are_not_read_as_none(session: Session) -> None:
    note = expired_and_rolled_back(session)
    assert inspect(note).transient
    with pytest.raises(DetachedInstanceError, match=r"attribute refresh operation cannot proceed.*id, post_id, text"):
        _ = note.text
    with pytest.raises(DetachedInstanceError):
        session.merge(note)


def test_lost_values_are_not_written_as_null(session: Session) -> None:
    note = expired_and_rolled_back(session)
    for _attempt in range(2):
        session.add(note)
        with pytest.raises(InvalidRequestError, match="cannot be refreshed - it's not  persistent"):
            session.flush()
        session.rollback()
    assert text_of(session, 7) == "gone"


def test_lost_values_can_be_set_again(session: Session) -> None:
    note = expired_and_rolled_back(session)
    note.id, note.text, note.post_id = 7, "again", None
    session.add(note)
    session.commit()
    assert text_of(session, 7) == "again"


def test_values_expired_by_the_program_are_lost_too(session: Session) -> None:
    session.add(note := Note(id=7, text="precious"))
    session.flush()
    session.expire(note, ["text"])
    session.rollback()
    assert note.id == 7
    with pytest.raises(DetachedInstanceError):
        _ = note.text


def test_make_transient_lets_lost_values_go(session: Session) -> None:
    note = expired_and_rolled_back(session)
    make_transient(note)
    assert note.text is None


# --- objects that left the session before the rollback


def test_an_expunged_new_object_is_transient_after_the_rollback(session: Session) -> None:
    session.add(note := Note(id=7, text="x"))
    session.flush()
    session.expunge(note)
    assert inspect(note).detached
    session.rollback()
    assert inspect(note).transient
    session.add(note)
    session.commit()
    assert text_of(session, 7) == "x"


def test_an_object_of_a_savepoint_expunged_from_it(session: Session) -> None:
    with session.begin_nested() as savepoint:
        session.add(note := Note(id=7))
        session.flush()
        session.expunge(note)
        savepoint.rollback()
    assert inspect(note).transient


def test_a_new_object_that_went_to_another_session_leaves_that_too(session: Session, engine: Engine) -> None:
    session.add(note := Note(id=7))
    session.flush()
    session.expunge(note)
    with Session(engine) as other:
        other.add(note)
        session.rollback()
        assert (inspect(note).transient, note in other) == (True, False)


def test_an_expunged_object_has_its_key_back_after_the_rollback(session: Session) -> None:
    note = session.get(Note, 1)
    note.id = 9
    session.flush()
    session.expunge(note)
    session.rollback()
    assert (inspect(note).detached, inspect(note).identity) == (True, (1,))


def test_a_key_changed_in_a_released_savepoint_comes_back(session: Session) -> None:
    note = session.get(Note, 1)
    with session.begin_nested():
        note.id = 9
    assert session.get(Note, 9) is note
    session.rollback()
    assert (inspect(note).identity, session.identity_map.get((Note, (1,), None)) is note) == ((1,), True)
    assert session.get(Note, 1) is note


def test_deleted_objects_that_nobody_holds_are_told_of_at_the_end(session: Session) -> None:
    heard: list[str] = []
    event.listen(session, "deleted_to_detached", lambda _session, obj: heard.append(type(obj).__name__))
    session.add(User(id=50, name="x", posts=[Post(id=50), Post(id=51)]))
    session.commit()
    user = session.get_one(User, 50)
    user.posts.clear()
    session.commit()
    assert heard == ["Post", "Post"]


def test_deleted_objects_that_nobody_holds_come_back(session: Session) -> None:
    heard: list[str] = []
    event.listen(session, "deleted_to_persistent", lambda _session, obj: heard.append(type(obj).__name__))
    session.add(User(id=50, name="x", posts=[Post(id=50)]))
    session.commit()
    user = session.get_one(User, 50)
    user.posts.clear()
    session.flush()
    session.rollback()
    assert heard == ["Post"]


def test_a_member_deleted_before_is_no_obstacle_to_deleting_its_owner(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as session:
        user, post = User(id=60, name="x"), Post(id=60)
        user.posts.append(post)
        session.add(user)
        session.commit()
        session.delete(post)
        session.commit()
        assert user.posts == [post]
        session.delete(user)
        session.commit()
        assert session.get(User, 60) is None
