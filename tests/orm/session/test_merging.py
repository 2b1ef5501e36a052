"""Merge: finding the target, copying state, without loading, versions, batches. Numbers are the checklist's."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import ForeignKey, event, inspect
from cormorant.engine import Engine
from cormorant.exc import IntegrityError, InvalidRequestError, SAWarning
from cormorant.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, load_only, mapped_column, relationship
from cormorant.orm.exc import StaleDataError

from .world import (
    GET_DOC,
    GET_NOTE,
    GET_POST,
    GET_USER,
    INSERT_USER,
    NOTES_OF_POST,
    POSTS_OF_USER,
    Doc,
    Note,
    Post,
    Sent,
    User,
    new_engine,
    stored,
    watch,
)


def detached(engine: Engine, cls: type, pk: int) -> object:
    """An object of another session, loaded and closed."""
    with Session(engine) as other:
        return other.get(cls, pk)


# --- finding the target


def test_s01_without_primary_key_gives_a_pending_object_and_no_sql(session: Session, sent: Sent) -> None:
    merged = session.merge(User(name="new"))
    assert merged in session.new
    assert merged.name == "new"
    assert sent.take() == []


def test_s02_identity_in_the_session_is_the_target_without_sql(session: Session, sent: Sent) -> None:
    present = session.get(User, 1)
    sent.take()
    assert session.merge(User(id=1, name="changed")) is present
    assert present.name == "changed"
    assert sent.take() == []


def test_s03_otherwise_one_select_by_primary_key(session: Session, sent: Sent) -> None:
    merged = session.merge(User(id=1, name="changed"))
    assert sent.take() == [(GET_USER, (1,))]
    assert inspect(merged).persistent
    assert (merged.name, merged.age) == ("changed", 30)


def test_s04_without_a_row_the_target_is_pending(session: Session, sent: Sent) -> None:
    merged = session.merge(User(id=7, name="seven"))
    assert inspect(merged).pending
    session.flush()
    assert sent.take() == [(GET_USER, (7,)), (INSERT_USER, (7, "seven", None, None))]


def test_s04_a_detached_source_whose_row_vanished_is_inserted(session: Session, engine: Engine, sent: Sent) -> None:
    source = detached(engine, Note, 2)
    session.delete(session.get(Note, 2))
    session.commit()
    sent.take()
    merged = session.merge(source)
    assert inspect(merged).pending
    session.flush()
    assert sent.take() == [
        (GET_NOTE, (2,)),
        ("INSERT INTO notes (id, post_id, text) VALUES (?, ?, ?)", (2, None, "n2")),
    ]


def test_s05_the_source_is_neither_changed_nor_attached(session: Session, engine: Engine) -> None:
    source = User(id=1, name="from outside")
    merged = session.merge(source)
    session.flush()
    assert inspect(source).transient
    assert {key: value for key, value in vars(source).items() if not key.startswith("_")} == {
        "id": 1,
        "name": "from outside",
    }
    session.rollback()
    with Session(engine) as other:
        assert other.merge(source) is not merged
        assert other.get(User, 1).name == "from outside"


def test_s06_a_persistent_object_merges_into_itself(session: Session, sent: Sent) -> None:
    user = session.get(User, 1)
    sent.take()
    assert session.merge(user) is user
    assert sent.take() == []


def test_s07_load_autoflushes_first(session: Session, sent: Sent) -> None:
    session.get(User, 2).name = "flushed"
    sent.take()
    session.merge(User(id=1, name="x"))
    assert sent.take() == [("UPDATE users SET name=? WHERE users.id = ?", ("flushed", 2)), (GET_USER, (1,))]


def test_s07_without_load_there_is_no_autoflush(session: Session, engine: Engine, sent: Sent) -> None:
    source = detached(engine, User, 1)
    session.get(User, 2).name = "not flushed"
    sent.take()
    session.merge(source, load=False)
    assert sent.take() == []


def test_s08_no_half_copied_graph_is_flushed(session: Session, sent: Sent) -> None:
    source = User(id=7, posts=[Post(id=1, title="moved"), Post(id=8, title="new")])
    source.name = "seven"
    session.merge(source)
    assert [statement for statement, _ in sent.take()] == [
        GET_USER,
        "SELECT posts.id, posts.user_id, posts.title FROM posts WHERE posts.id IN (?, ?)",
    ]
    session.flush()
    assert sent.verbs() == ["INSERT INTO users", "UPDATE posts", "INSERT INTO posts"]


def test_s09_a_pending_source_with_autoflush_off_warns_and_gives_a_second_object(engine: Engine) -> None:
    with Session(engine, autoflush=False) as session:
        pending = User(id=5, name="pending")
        session.add(pending)
        with pytest.warns(SAWarning, match="is already pending in this Session yet is being merged again"):
            merged = session.merge(pending)
        assert merged is not pending
        assert len(session.new) == 2


def test_s09_a_pending_source_with_autoflush_on_is_flushed_and_returned(session: Session, sent: Sent) -> None:
    pending = User(id=5, name="pending")
    session.add(pending)
    assert session.merge(pending) is pending
    assert sent.take() == [(INSERT_USER, (5, "pending", None, None))]


def test_s10_another_unique_constraint_plays_no_part(session: Session) -> None:
    merged = session.merge(User(name="other", email="ann@x"))
    assert inspect(merged).pending
    with pytest.raises(IntegrityError, match=r"UNIQUE constraint failed: users\.email"):
        session.flush()


def test_s11_target_marked_deleted_stays_deleted_with_autoflush_off(engine: Engine) -> None:
    with Session(engine, autoflush=False) as session:
        doomed = session.get(Note, 2)
        session.delete(doomed)
        with pytest.warns(SAWarning, match="is marked to be deleted and is being merged into"):
            assert session.merge(Note(id=2, text="merged")) is doomed
        session.flush()
        assert stored(session, "SELECT * FROM notes WHERE id = 2") == []


def test_s11_target_marked_deleted_is_inserted_afresh_with_autoflush_on(session: Session) -> None:
    doomed = session.get(Doc, 1)
    session.delete(doomed)
    with pytest.warns(SAWarning, match=r"Instance <Doc at .*> is marked to be deleted .*: its row goes first"):
        merged = session.merge(Doc(id=1, title="merged"))
    assert merged is not doomed
    session.flush()
    assert stored(session, "SELECT * FROM docs") == [(1, "merged", None, 1)]


def test_s12_options_apply_to_the_select(session: Session, sent: Sent) -> None:
    session.merge(User(id=1, name="x"), options=[load_only(User.age)])
    assert sent.take() == [("SELECT users.id, users.age FROM users WHERE users.id = ?", (1,))]


# --- copying state


def test_s13_only_what_is_present_is_copied_and_only_what_differs_is_written(session: Session, sent: Sent) -> None:
    session.merge(User(id=1, name="ann", age=31))
    sent.take()
    session.flush()
    assert sent.take() == [("UPDATE users SET age=? WHERE users.id = ?", (31, 1))]


def test_s14_none_is_present_and_overwrites(session: Session, sent: Sent) -> None:
    merged = session.merge(User(id=1, age=None))
    assert merged.age is None
    sent.take()
    session.flush()
    assert sent.take() == [("UPDATE users SET age=? WHERE users.id = ?", (None, 1))]


def test_s15_reading_an_unset_attribute_does_not_make_it_present(session: Session, sent: Sent) -> None:
    source = User(id=1)
    assert source.age is None
    assert source.posts == []
    merged = session.merge(source)
    assert merged.age == 30
    session.flush()
    assert sent.take() == [(GET_USER, (1,))]


def test_s16_absent_on_the_source_leaves_the_target_alone(session: Session) -> None:
    with session.no_autoflush:
        present = session.get(User, 1)
        present.age = 99
        session.merge(User(id=1, name="x"))
        assert (present.age, present.email) == (99, "ann@x")


def test_s17_absent_and_not_loaded_stays_unloaded(session: Session, sent: Sent) -> None:
    present = session.get(User, 1)
    session.expire(present, ["age"])
    sent.take()
    session.merge(User(id=1, name="ann"))
    assert "age" not in vars(present)
    assert sent.take() == []
    assert present.age == 30
    assert sent.take() == [("SELECT users.age FROM users WHERE users.id = ?", (1,))]


def test_s18_equal_values_are_no_change(session: Session, sent: Sent) -> None:
    merged = session.merge(Doc(id=1, title="t", body="b", version=1))
    sent.take()
    session.flush()
    assert sent.take() == []
    assert merged.version == 1


def test_s19_a_given_collection_replaces(session: Session, sent: Sent) -> None:
    source = User(id=1, posts=[Post(id=2, title="kept"), Post(title="new")])
    merged = session.merge(source)
    assert sent.take() == [(GET_USER, (1,)), (POSTS_OF_USER, (1,))]
    assert [post.title for post in merged.posts] == ["kept", "new"]
    session.flush()
    assert stored(session, "SELECT id, user_id, title FROM posts ORDER BY id") == [
        (2, 1, "kept"),
        (3, 2, "p3"),
        (4, 1, "new"),
    ]


def test_s20_an_absent_collection_is_neither_loaded_nor_changed(session: Session, sent: Sent) -> None:
    merged = session.merge(User(id=1, name="x"))
    session.flush()
    assert sent.verbs() == ["SELECT", "UPDATE users"]
    assert "posts" not in vars(merged)


def test_s21_reference_none_beats_the_foreign_key_beside_it(session: Session) -> None:
    session.merge(Note(id=1, post_id=2, post=None))
    session.flush()
    assert stored(session, "SELECT post_id FROM notes WHERE id = 1") == [(None,)]


def test_s22_one_key_given_twice_is_one_target(session: Session) -> None:
    source = Post(id=1, notes=[Note(id=1, text="first"), Note(id=1, text="second")])
    merged = session.merge(source)
    assert len(merged.notes) == 2
    assert merged.notes[0] is merged.notes[1]
    session.flush()
    assert stored(session, "SELECT text FROM notes WHERE id = 1") == [("second",)]


def test_s23_merge_follows_its_cascade_only() -> None:
    class Base(DeclarativeBase):
        pass

    class Parent(Base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None]

    class Child(Base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"))
        parent: Mapped[Parent | None] = relationship(cascade="save-update")

    engine = new_engine(Base, {"parent": [(1, "p")], "child": [(1, 1)]})
    sent = watch(engine)
    with Session(engine) as session:
        merged = session.merge(Child(id=1, parent=Parent(id=1, name="changed")))
        session.flush()
        assert sent.verbs() == ["SELECT"]
        assert merged.parent.name == "p"


def test_s24_children_of_a_loaded_collection_cost_no_select_each(session: Session, sent: Sent) -> None:
    session.merge(User(id=1, posts=[Post(id=1, title="a"), Post(id=2, title="b")]))
    assert sent.take() == [(GET_USER, (1,)), (POSTS_OF_USER, (1,))]


def test_s25_dataclass_defaults_are_not_present() -> None:
    class Base(MappedAsDataclass, DeclarativeBase):
        pass

    class Child(Base):
        __tablename__ = "child"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("parent.id"), default=None)

    class Parent(Base):
        __tablename__ = "parent"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str | None] = mapped_column(default=None)
        children: Mapped[list[Child]] = relationship(default_factory=list)

    engine = new_engine(Base, {"parent": [(1, "p")], "child": [(1, 1)]})
    with Session(engine) as session:
        session.merge(Parent(id=1))
        session.commit()
        assert stored(session, "SELECT name FROM parent") == [("p",)]
        assert stored(session, "SELECT parent_id FROM child") == [(1,)]


# --- load=False


def test_s26_without_load_there_is_no_sql_and_no_history(session: Session, engine: Engine, sent: Sent) -> None:
    with Session(engine) as other:
        source = other.get(User, 1)
        assert len(source.posts) == 2
    sent.take()
    merged = session.merge(source, load=False)
    assert [inspect(one).persistent for one in (merged, *merged.posts)] == [True, True, True]
    assert merged.posts[0].title == "p1"
    assert not session.dirty
    session.flush()
    assert sent.take() == []


def test_s27_without_load_a_transient_source_is_refused(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="does not support objects transient"):
        session.merge(User(id=1, name="x"), load=False)


def test_s28_without_load_a_dirty_source_is_refused(session: Session, engine: Engine) -> None:
    source = detached(engine, User, 1)
    source.name = "dirty"
    with pytest.raises(InvalidRequestError, match="does not support objects marked as 'dirty'"):
        session.merge(source, load=False)


def test_d4_without_load_a_dirty_source_is_refused_though_the_identity_is_present(
    session: Session, engine: Engine
) -> None:
    source = detached(engine, User, 1)
    source.name = "dirty"
    present = session.get(User, 1)
    with pytest.raises(InvalidRequestError, match="does not support objects marked as 'dirty'"):
        session.merge(source, load=False)
    assert present.name == "ann"


def test_s31_without_load_the_session_is_in_a_transaction_without_begin(session: Session, engine: Engine) -> None:
    source = detached(engine, User, 1)
    begun: list[object] = []
    event.listen(engine, "begin", begun.append)
    session.merge(source, load=False)
    assert session.in_transaction()
    assert begun == []


def test_without_load_a_new_object_is_told_as_loaded(session: Session, engine: Engine) -> None:
    source = detached(engine, User, 1)
    seen: list[tuple[object, object]] = []

    def note(target: object, context: object) -> None:
        seen.append((target, context))

    event.listen(User, "load", note)
    try:
        merged = session.merge(source, load=False)
        session.merge(source, load=False)
    finally:
        event.remove(User, "load", note)
    assert seen == [(merged, None)]


def test_without_load_an_expired_object_holds_what_was_given(session: Session, engine: Engine, sent: Sent) -> None:
    source = detached(engine, User, 1)
    present = session.get(User, 1)
    session.commit()
    sent.take()
    assert session.merge(source, load=False) is present
    assert not inspect(present).expired
    assert session.get(User, 1).name == "ann"
    assert sent.take() == []


# --- versions


def test_s32_another_version_than_that_of_the_loaded_target_is_refused(session: Session) -> None:
    doc = session.get(Doc, 1)
    doc.title = "step"
    session.flush()
    with pytest.raises(StaleDataError, match=r"Version id '1' on merged state .* does not match existing version '2'"):
        session.merge(Doc(id=1, title="stale", version=1))


def test_s34_a_source_without_version_updates_the_latest_row(session: Session) -> None:
    merged = session.merge(Doc(id=1, title="latest"))
    session.flush()
    assert merged.version == 2
    assert stored(session, "SELECT * FROM docs") == [(1, "latest", "b", 2)]


def test_d1_a_stale_copy_onto_an_expired_target_is_refused(session: Session, engine: Engine, sent: Sent) -> None:
    mine = session.get(Doc, 1)
    stale = detached(engine, Doc, 1)
    mine.title = "newer"
    session.commit()
    sent.take()
    stale.title = "older"
    with pytest.raises(StaleDataError, match="does not match existing version '2'"):
        session.merge(stale)
    assert sent.take() == [(GET_DOC, (1,))]
    session.commit()
    assert stored(session, "SELECT * FROM docs") == [(1, "newer", "b", 2)]


def test_d2_a_stale_copy_of_a_deleted_row_is_not_inserted_again(session: Session, engine: Engine) -> None:
    stale = detached(engine, Doc, 1)
    session.delete(session.get(Doc, 1))
    session.commit()
    with pytest.raises(StaleDataError, match="its row is gone"):
        session.merge(stale)
    session.commit()
    assert stored(session, "SELECT * FROM docs") == []


# --- batches


def test_d3_merge_all_sends_one_select_for_all(session: Session, sent: Sent) -> None:
    sources = [User(id=1, name="one"), User(id=2, name="two"), User(id=3, name="three")]
    merged = session.merge_all(sources)
    assert sent.take() == [
        ("SELECT users.id, users.name, users.email, users.age FROM users WHERE users.id IN (?, ?, ?)", (1, 2, 3))
    ]
    assert [inspect(one).pending for one in merged] == [False, False, True]
    session.flush()
    assert stored(session, "SELECT name FROM users ORDER BY id") == [("one",), ("two",), ("three",)]


def test_d3_merge_all_equals_merging_one_by_one(engine: Engine) -> None:
    def sources() -> list[object]:
        return [
            User(id=1, name="a", posts=[Post(id=1, title="x"), Post(id=3, title="moved")]),
            Post(id=2, title="loose"),
            Post(id=1, title="last wins"),
            Note(id=1, post=Post(id=9, title="new")),
        ]

    with Session(engine) as session:
        with session.no_autoflush:
            for source in sources():
                session.merge(source)
        session.flush()
        one_by_one = stored(session, "SELECT p.*, n.id FROM posts p LEFT JOIN notes n ON n.post_id = p.id ORDER BY 1")
    with Session(engine) as session:
        session.merge_all(sources())
        session.flush()
        together = stored(session, "SELECT p.*, n.id FROM posts p LEFT JOIN notes n ON n.post_id = p.id ORDER BY 1")
    assert together == one_by_one


def test_d3_collections_of_many_parents_are_loaded_by_one_select(session: Session, sent: Sent) -> None:
    session.merge_all([User(id=1, posts=[Post(id=1)]), User(id=2, posts=[Post(id=3)])])
    assert [statement for statement, _ in sent.take()] == [
        "SELECT users.id, users.name, users.email, users.age FROM users WHERE users.id IN (?, ?)",
        "SELECT posts.user_id, posts.id, posts.title FROM posts WHERE posts.user_id IN (?, ?) ORDER BY posts.id",
    ]


def test_d8_merging_into_a_deleted_object_warns_and_undelete_takes_it_back(engine: Engine) -> None:
    with Session(engine, autoflush=False) as session:
        doomed = session.get(Note, 1)
        session.delete(doomed)
        with pytest.warns(SAWarning, match=r"Instance <Note at .*> is marked to be deleted"):
            session.merge(Note(id=1, text="merged"))
        session.undelete(doomed)
        session.flush()
        assert stored(session, "SELECT text FROM notes WHERE id = 1") == [("merged",)]


def test_references_are_merged_by_their_own_identity(session: Session, sent: Sent) -> None:
    merged = session.merge(Note(id=1, post=Post(id=2, title="renamed")))
    assert sent.take() == [(GET_NOTE, (1,)), (GET_POST, (2,))]
    assert merged.post is session.get(Post, 2)
    assert merged.post.title == "renamed"


def test_the_collection_of_a_reference_is_loaded_where_it_is_given(session: Session, sent: Sent) -> None:
    session.merge(Post(id=1, notes=[Note(id=2)]))
    assert sent.take()[:2] == [(GET_POST, (1,)), (NOTES_OF_POST, (1,))]


# --- all targets before any copy


def chain_world() -> tuple[type, Engine]:
    class Base(DeclarativeBase):
        pass

    class Node(Base):
        __tablename__ = "node"
        id: Mapped[int] = mapped_column(primary_key=True)
        parent_id: Mapped[int | None] = mapped_column(ForeignKey("node.id"))
        children: Mapped[list[Node]] = relationship(back_populates="parent")
        parent: Mapped[Node | None] = relationship(back_populates="children", remote_side="Node.id")

    Base.registry.configure()
    return Node, new_engine(Base, {})


def test_a_graph_may_be_deeper_than_the_stack() -> None:
    node, engine = chain_world()
    top = last = node(id=1)
    for number in range(2, 3000):
        last.children.append(node(id=number))
        last = last.children[0]
    with Session(engine) as session:
        merged = session.merge(top)
        assert len(session.new) == 2999
        assert merged.children[0].children[0].parent.parent is merged


def test_new_objects_are_inserted_in_the_order_of_the_given_graph(session: Session, sent: Sent) -> None:
    session.merge(User(name="u", posts=[Post(title="a", notes=[Note(text="a1")]), Post(title="b")]))
    assert [type(one).__name__ for one in session._new.values()] == ["User", "Post", "Note", "Post"]


def test_a_refused_merge_has_attached_and_copied_nothing(session: Session, engine: Engine) -> None:
    stale = detached(engine, Doc, 1)
    session.delete(session.get(Doc, 1))
    session.commit()
    present = session.get(User, 1)
    with pytest.raises(StaleDataError, match="its row is gone"):
        session.merge_all([User(id=1, name="changed"), User(id=9, name="new"), stale])
    assert present.name == "ann"
    assert not session.new


def test_a_collection_with_the_same_members_is_left_alone(session: Session) -> None:
    present = session.get(User, 1)
    collection = present.posts
    session.merge(User(id=1, posts=[Post(id=1, title="renamed"), Post(id=2)]))
    assert present.posts is collection
    assert not session.is_modified(present)
    assert session.is_modified(collection[0])


def test_a_collection_in_another_order_is_replaced(session: Session) -> None:
    present = session.get(User, 1)
    assert [post.id for post in present.posts] == [1, 2]
    session.merge(User(id=1, posts=[Post(id=2), Post(id=1)]))
    assert [post.id for post in present.posts] == [2, 1]


def test_an_identity_token_keeps_objects_apart(session: Session, engine: Engine) -> None:
    source = detached(engine, User, 1)
    inspect(source).identity_token = "shard"
    present = session.get(User, 1)
    merged = session.merge(source, load=False)
    assert merged is not present
    assert inspect(merged).key == (User, (1,), "shard")


# --- keys that the database takes for others

USERS_BY_KEYS = "SELECT users.id, users.name, users.email, users.age FROM users WHERE users.id IN ({})"


def test_a_key_that_the_database_takes_for_another_finds_its_row(session: Session, sent: Sent) -> None:
    merged = session.merge(User(id="1", name="changed"))
    session.flush()
    assert sent.take() == [
        (GET_USER, ("1",)),
        ("UPDATE users SET id=?, name=? WHERE users.id = ?", ("1", "changed", 1)),
    ]
    assert merged.age == 30


def test_a_key_that_the_database_takes_for_another_finds_the_present_object(session: Session) -> None:
    present = session.get(User, 1)
    assert session.merge(User(id="1", name="changed")) is present
    assert session.merge_all([User(id="1"), User(id=9)])[0] is present


def test_of_a_batch_only_the_keys_without_object_are_asked_singly(session: Session, sent: Sent) -> None:
    merged = session.merge_all([User(id="1", name="a"), User(id=2, name="b"), User(id="1", name="c"), User(id=9)])
    assert sent.take() == [
        (USERS_BY_KEYS.format("?, ?, ?"), ("1", 2, 9)),
        (GET_USER, ("1",)),
        (GET_USER, (9,)),
    ]
    assert merged[0] is merged[2]
    assert [inspect(each).persistent for each in merged] == [True, True, True, False]


def test_keys_without_rows_are_not_asked_again(session: Session, sent: Sent) -> None:
    session.merge_all([User(id=1), User(id=8), User(id=9)])
    assert sent.take() == [(USERS_BY_KEYS.format("?, ?, ?"), (1, 8, 9))]


def test_a_member_is_found_by_a_key_that_the_database_takes_for_another(session: Session, sent: Sent) -> None:
    present = session.get(User, 1)
    sent.take()
    merged = session.merge(User(id=1, posts=[Post(id="1", title="renamed")]))
    assert merged is present
    assert sent.take() == [(POSTS_OF_USER, (1,)), (GET_POST, ("1",))]
    assert [inspect(post).identity for post in merged.posts] == [(1,)]


def test_the_version_is_checked_whatever_the_key(session: Session) -> None:
    with pytest.raises(StaleDataError, match="Version id '7'"):
        session.merge(Doc(id="1", version=7))


def test_a_composite_key_that_is_partly_unset_is_no_key() -> None:
    class Local(DeclarativeBase):
        pass

    class Place(Local):
        __tablename__ = "places"
        line: Mapped[int] = mapped_column(primary_key=True)
        seat: Mapped[int] = mapped_column(primary_key=True)

    engine = new_engine(Local, {})
    sent = watch(engine)
    with Session(engine) as session:
        assert session.merge(Place(line=1)) in session.new
        assert sent.take() == []
    with Session(engine) as session:
        session.merge(Place(line=1, seat=None))
        query = "SELECT places.line, places.seat FROM places WHERE places.line = ? AND places.seat IS NULL"
        assert sent.take() == [(query, (1,))]


def test_keys_that_the_database_takes_for_one_are_one_object_in_a_batch(session: Session) -> None:
    key: Any = "1"
    first, second, new = session.merge_all([User(id=key, name="x"), User(id=1, age=3), User(id=8, name="new")])
    assert first is second
    assert (first.id, first.name, first.age) in (("1", "x", 3), (1, "x", 3))
    assert new in session.new
    session.commit()
    assert stored(session, "SELECT name, age FROM users WHERE id = 1") == [("x", 3)]
