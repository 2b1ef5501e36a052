"""The session's books: identity map and references, conflicts of identities, what is dirty, the flush as a plan."""

from __future__ import annotations

import gc
import warnings
import weakref

import pytest

from cormorant import Column, ForeignKey, Table, inspect, select
from cormorant.engine import Engine
from cormorant.exc import ArgumentError, IntegrityError, InvalidRequestError, SAWarning
from cormorant.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    close_all_sessions,
    mapped_column,
    object_session,
    relationship,
)
from cormorant.orm.exc import UnmappedInstanceError
from cormorant.orm.session.session import sessions as living_sessions

from .world import INSERT_USER, Doc, Note, Post, Sent, User, new_engine, stored, watch

CONFLICT = r"New instance <User at .*> with identity key .* conflicts with persistent instance <User at .*>"


# --- references


def test_s39_clean_objects_are_held_weakly(session: Session) -> None:
    clean = weakref.ref(session.get(User, 1))
    gc.collect()
    assert clean() is None
    assert len(session.identity_map) == 0


def test_s39_pending_changed_and_deleted_objects_are_held_strongly(session: Session) -> None:
    note = session.get(Note, 1)
    session.get(User, 1).name = "changed"
    session.delete(note)
    session.add(Note(id=8, text="pending"))
    del note
    gc.collect()
    assert [note.id for note in session.new] == [8]
    assert [user.name for user in session.dirty] == ["changed"]
    assert [note.id for note in session.deleted] == [1]
    session.commit()
    gc.collect()
    assert len(session.identity_map) == 0


# --- conflicts of identities


def test_s40_a_new_object_with_the_key_of_a_persistent_one(session: Session, sent: Sent) -> None:
    present = session.get(User, 1)
    sent.take()
    savepoint = session.begin_nested()
    session.add(User(id=1, name="rival"))
    with pytest.warns(SAWarning, match=CONFLICT), pytest.raises(IntegrityError):
        session.flush()
    savepoint.rollback()
    assert sent.take() == [
        ("SAVEPOINT sa_savepoint_1", ()),
        (INSERT_USER, (1, "rival", None, None)),
        ("ROLLBACK TO SAVEPOINT sa_savepoint_1", ()),
    ]
    assert session.get(User, 1) is present
    present.name = "alive"
    session.commit()
    assert stored(session, "SELECT name FROM users WHERE id = 1") == [("alive",)]


def test_s41_without_the_object_there_is_the_same_error_and_no_warning(session: Session) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        session.add(User(id=1, name="rival"))
        with pytest.raises(IntegrityError, match=r"UNIQUE constraint failed: users\.id"):
            session.flush()


def test_s42_two_pending_objects_with_one_key(session: Session) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        session.add_all([User(id=5, name="a"), User(id=5, name="b")])
        with pytest.raises(IntegrityError, match="UNIQUE"):
            session.flush()


def test_s43_delete_and_add_with_one_key_is_one_update(session: Session, sent: Sent) -> None:
    old = session.get(Doc, 1)
    session.delete(old)
    new = Doc(id=1, title="fresh")
    session.add(new)
    sent.take()
    session.flush()
    assert sent.take() == [
        ("UPDATE docs SET title=?, version=? WHERE docs.id = ? AND docs.version = ?", ("fresh", 2, 1, 1))
    ]
    assert (inspect(old).deleted, inspect(new).persistent, new.version) == (True, True, 2)
    session.commit()
    assert inspect(old).detached
    assert stored(session, "SELECT * FROM docs") == [(1, "fresh", "b", 2)]


def test_s46_the_warning_can_be_an_error(session: Session, sent: Sent) -> None:
    present = session.get(User, 1)
    sent.take()
    with warnings.catch_warnings():
        warnings.simplefilter("error", SAWarning)
        session.add(User(id=1, name="rival"))
        with pytest.raises(SAWarning, match=CONFLICT):
            session.flush()
    assert sent.take() == []
    session.rollback()
    assert present.name == "ann"


# --- dirty and clean


def test_s83_an_equal_value_makes_dirty_and_no_update(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    user.name = "ann"
    assert user in session.dirty
    assert not session.is_modified(user)
    sent.take()
    session.flush()
    assert sent.take() == []
    assert user not in session.dirty


def test_s84_inserts_come_before_deletes(session: Session, sent: Sent) -> None:
    session.delete(session.get(User, 1))
    session.add(User(id=9, name="x", email="ann@x"))
    sent.take()
    with pytest.raises(IntegrityError, match="UNIQUE"):
        session.flush()
    assert sent.verbs()[-1] == "INSERT INTO users"


def test_is_modified_looks_at_collections_on_request(session: Session) -> None:
    post = session.get(Post, 1)
    post.notes.append(Note(text="x"))
    assert session.is_modified(post)
    assert not session.is_modified(post, include_collections=False)


def test_a_session_tells_its_objects(session: Session) -> None:
    user, pending = session.get(User, 1), User(name="new")
    session.add(pending)
    assert user in session
    assert pending in session
    assert set(session) == {user, pending}
    assert object_session(user) is session
    assert object_session(User(name="x")) is None
    with pytest.raises(UnmappedInstanceError):
        object_session(object())


def test_options_that_are_gone_are_refused(engine: Engine) -> None:
    with pytest.raises(ArgumentError, match="autocommit"):
        Session(engine, autocommit=True)
    with pytest.raises(ArgumentError, match="join_transaction_mode"):
        Session(engine, join_transaction_mode="bogus")


def test_close_all_sessions_detaches(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    of_this_test = {session.ref}  # the other tests' sessions stay open
    monkeypatch.setattr("cormorant.orm.session.session.sessions", of_this_test)
    user = session.get(User, 1)
    close_all_sessions()
    assert inspect(user).detached


# --- the flush


def test_a_plan_is_shown_and_not_executed(session: Session, sent: Sent) -> None:
    session.get(Doc, 1).title = "changed"
    session.add(User(name="new", posts=[Post(title="t")]))
    sent.take()
    assert repr(session.plan()) == ("UPDATE docs: 1 row (Doc)\nINSERT users: 1 row (User)\nINSERT posts: 1 row (Post)")
    assert sent.take() == []


def test_flush_in_flush_is_refused(session: Session) -> None:
    from cormorant import event

    @event.listens_for(session, "before_flush")
    def again(*_: object) -> None:
        session.flush()

    session.add(User(name="x"))
    with pytest.raises(InvalidRequestError, match="already flushing"):
        session.flush()


def test_an_object_outside_its_session_is_flushed_with_its_keys(session: Session, sent: Sent) -> None:
    user = User(name="u", posts=[Post(title="p", notes=[Note(text="n")])])
    session.add(user)
    session.flush()
    assert sent.take() == [
        ("INSERT INTO users (name, email, age) VALUES (?, ?, ?)", ("u", None, None)),
        ("INSERT INTO posts (user_id, title) VALUES (?, ?)", (3, "p")),
        ("INSERT INTO notes (post_id, text) VALUES (?, ?)", (4, "n")),
    ]
    assert (user.id, user.posts[0].user_id, user.posts[0].notes[0].post_id) == (3, 3, 4)


def test_a_changed_key_is_followed_in_memory(session: Session, sent: Sent) -> None:
    post = session.get(Post, 1)
    assert len(post.notes) == 1
    post.id = 40
    sent.take()
    session.flush()
    assert sent.take() == [("UPDATE posts SET id=? WHERE posts.id = ?", (40, 1))]
    assert inspect(post).identity == (40,)
    assert post.notes[0].post_id == 40
    assert session.get(Post, 40) is post


def test_a_changed_key_is_written_where_the_database_does_not_pass_it_on() -> None:
    class Base(DeclarativeBase):
        pass

    class Parent(Base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        children: Mapped[list[Child]] = relationship(passive_updates=False)

    class Child(Base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))

    engine = new_engine(Base, {"parent": [(1,)], "child": [(1, 1), (2, 1)]})
    sent = watch(engine)
    with Session(engine) as session:
        session.get(Parent, 1).id = 4
        sent.take()
        session.flush()
        assert sent.take() == [
            ("SELECT child.id, child.parent_id FROM child WHERE ? = child.parent_id", (1,)),
            ("UPDATE parent SET id=? WHERE parent.id = ?", (4, 1)),
            ("UPDATE child SET parent_id=? WHERE child.id = ?", [(4, 1), (4, 2)]),
        ]


def test_expired_rows_are_loaded_together_before_they_are_deleted(session: Session, sent: Sent) -> None:
    notes = session.scalars(select(Note)).all()
    session.commit()
    for note in notes:
        session.delete(note)
    sent.take()
    session.flush()
    assert sent.take() == [
        ("SELECT notes.id, notes.post_id, notes.text FROM notes WHERE notes.id IN (?, ?)", (1, 2)),
        ("DELETE FROM notes WHERE notes.id = ?", [(1,), (2,)]),
    ]


def test_objects_whose_insert_was_rolled_back_can_be_added_again(session: Session) -> None:
    user = User(name="u", posts=[Post(title="p")])
    session.add(user)
    session.flush()
    session.rollback()
    session.add(user)
    session.commit()
    assert stored(session, "SELECT p.title FROM users u JOIN posts p ON p.user_id = u.id WHERE u.name = 'u'") == [
        ("p",)
    ]


def test_a_key_that_moves_away_in_the_same_flush_makes_room(session: Session) -> None:
    note = session.get(Note, 1)
    note.id = 5
    new = Note(id=1, text="new")
    session.add(new)
    with pytest.warns(SAWarning, match="conflicts with persistent instance"):
        session.flush()
    assert session.get(Note, 1) is new
    assert session.get(Note, 5) is note


def test_post_update_lets_go_before_rows_go() -> None:
    class Base(DeclarativeBase):
        pass

    class Owner(Base):
        __tablename__ = "owner"
        id: Mapped[int] = mapped_column(primary_key=True)
        favourite_id: Mapped[int | None] = mapped_column(ForeignKey("thing.id"))
        favourite: Mapped[Thing | None] = relationship(foreign_keys="Owner.favourite_id", post_update=True)
        things: Mapped[list[Thing]] = relationship(foreign_keys="Thing.owner_id", cascade="all")

    class Thing(Base):
        __tablename__ = "thing"
        id: Mapped[int] = mapped_column(primary_key=True)
        owner_id: Mapped[int | None] = mapped_column(ForeignKey("owner.id"))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        engine = new_engine(Base, {})
    sent = watch(engine)
    with Session(engine) as session:
        owner, thing = Owner(), Thing()
        owner.things.append(thing)
        owner.favourite = thing
        session.add(owner)
        session.flush()
        assert sent.verbs() == ["INSERT INTO owner", "INSERT INTO thing", "UPDATE owner"]
        session.delete(owner)
        session.flush()
        assert sent.take() == [
            ("UPDATE owner SET favourite_id=? WHERE owner.id = ?", (None, 1)),
            ("DELETE FROM thing WHERE thing.id = ?", (1,)),
            ("DELETE FROM owner WHERE owner.id = ?", (1,)),
        ]


def test_link_rows_name_their_columns_in_the_table_s_order() -> None:
    class Base(DeclarativeBase):
        pass

    link = Table(
        "link",
        Base.metadata,
        Column("left_id", ForeignKey("left.id"), primary_key=True),
        Column("right_id", ForeignKey("right.id"), primary_key=True),
    )

    class Left(Base):
        __tablename__ = "left"
        id: Mapped[int] = mapped_column(primary_key=True)
        rights: Mapped[list[Right]] = relationship(secondary=link, back_populates="lefts")

    class Right(Base):
        __tablename__ = "right"
        id: Mapped[int] = mapped_column(primary_key=True)
        lefts: Mapped[list[Left]] = relationship(secondary=link, back_populates="rights")

    engine = new_engine(Base, {})
    sent = watch(engine)
    with Session(engine) as session:
        right = Right(lefts=[Left(), Left()])
        session.add(right)
        session.flush()
        assert sent.take()[-1] == ("INSERT INTO link (left_id, right_id) VALUES (?, ?)", [(1, 1), (2, 1)])
        right.lefts.pop()
        session.flush()
        assert sent.take() == [("DELETE FROM link WHERE link.left_id = ? AND link.right_id = ?", (2, 1))]


def test_rows_of_several_classes_go_together() -> None:
    class Base(DeclarativeBase):
        pass

    class Person(Base):
        __tablename__ = "person"
        id: Mapped[int] = mapped_column(primary_key=True)
        kind: Mapped[str]
        __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}

    class Boss(Person):
        __tablename__ = "boss"
        id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
        car: Mapped[str | None]
        __mapper_args__ = {"polymorphic_identity": "boss"}

    engine = new_engine(Base, {})
    sent = watch(engine)
    with Session(engine) as session:
        session.add_all([Person(), Boss(car="a"), Person(), Boss(car="b")])
        session.flush()
        assert sent.take() == [
            ("INSERT INTO person (kind) VALUES (?), (?), (?), (?) RETURNING id", ("person", "boss", "person", "boss")),
            ("INSERT INTO boss (id, car) VALUES (?, ?)", [(2, "a"), (4, "b")]),
        ]


def test_relationships_of_an_object_without_row(session: Session) -> None:
    post = Post(user_id=1, title="new")
    session.enable_relationship_loading(post)
    assert post.user is session.get(User, 1)
    assert post not in session
    assert object_session(post) is session
    session.flush()
    assert inspect(post).transient
    user = User(id=1)
    session.enable_relationship_loading(user)
    assert user.posts == session.get(User, 1).posts


def test_a_session_that_compares_by_value_is_a_session() -> None:
    class Equal(Session):
        def __eq__(self, other: object) -> bool:
            return isinstance(other, Equal)

    first, second = Equal(), Equal()
    assert first.ref() is first
    assert second.ref() is second
    assert first.ref != second.ref


def test_a_session_is_forgotten_with_its_last_reference() -> None:
    ref = Session().ref
    gc.collect()
    assert ref() is None
    assert ref not in living_sessions
