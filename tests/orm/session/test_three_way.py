"""Three-way merge and snapshots (semantics, part 4, 3)."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from cormorant import inspect, text
from cormorant.exc import ArgumentError
from cormorant.orm import Session
from cormorant.orm.exc import MergeConflict, StaleDataError

from .world import Doc, Post, Sent, User, stored


def write(session: Session, statement: str) -> None:
    """Write as somebody else would: past the objects."""
    session.execute(text(statement))
    session.commit()


def edited(base: Any, **changes: Any) -> Any:
    """A copy that was edited away from the session."""
    mine = pickle.loads(pickle.dumps(base))
    for key, value in changes.items():
        setattr(mine, key, value)
    return mine


def test_a_snapshot_is_detached_complete_and_its_own(session: Session) -> None:
    user = session.get_one(User, 1)
    session.expire(user)
    base = session.snapshot(user)
    assert inspect(base).detached
    assert (base.id, base.name, base.age) == (1, "ann", 30)
    user.name = "changed"
    assert base.name == "ann"
    assert "posts" not in base.__dict__


def test_a_snapshot_holds_related_objects_in_memory(session: Session) -> None:
    user = session.get_one(User, 1)
    assert len(user.posts) == 2
    base = session.snapshot(user)
    assert [post.title for post in base.posts] == ["p1", "p2"]
    assert base.posts[0] is not user.posts[0]
    assert inspect(base).unloaded == set()


def test_only_what_changed_is_written(session: Session, sent: Sent) -> None:
    base = session.snapshot(session.get_one(User, 1))
    mine = edited(base, age=31)
    write(session, "UPDATE users SET name = 'theirs' WHERE id = 1")
    sent.take()
    merged = session.merge(mine, base=base)
    session.flush()
    assert sent.take()[-1][0].startswith("UPDATE users SET age=?")
    assert (merged.name, merged.age) == ("theirs", 31)


def test_a_field_changed_on_both_sides_is_a_conflict(session: Session) -> None:
    base = session.snapshot(session.get_one(User, 1))
    mine = edited(base, age=31, name="mine", email="new@x")
    write(session, "UPDATE users SET name = 'theirs', age = 31 WHERE id = 1")
    with pytest.raises(MergeConflict, match="name: it was 'ann', mine is 'mine', theirs is 'theirs'") as caught:
        session.merge(mine, base=base)
    (conflict,) = caught.value.conflicts
    user = session.get_one(User, 1)
    assert conflict == (user, "name", "ann", "mine", "theirs")
    assert (user.name, user.email) == ("theirs", "ann@x")
    assert not session.dirty


def joined(conflict: Any) -> str:
    """All three values."""
    return f"{conflict.base}+{conflict.mine}+{conflict.theirs}"


@pytest.mark.parametrize(("policy", "name"), [("mine", "mine"), ("theirs", "theirs"), (joined, "ann+mine+theirs")])
def test_policies(session: Session, policy: Any, name: str) -> None:
    base = session.snapshot(session.get_one(User, 1))
    mine = edited(base, name="mine", age=99)
    write(session, "UPDATE users SET name = 'theirs' WHERE id = 1")
    session.merge(mine, base=base, on_conflict=policy)
    session.commit()
    assert stored(session, "SELECT name, age FROM users WHERE id = 1") == [(name, 99)]


def test_collections_merge_by_member(session: Session) -> None:
    user = session.get_one(User, 1)
    assert user.posts
    base = session.snapshot(user)
    mine = edited(base)
    del mine.posts[0]
    mine.posts.append(Post(title="mine"))
    session.expire_all()
    write(session, "INSERT INTO posts (id, user_id, title) VALUES (9, 1, 'theirs')")
    merged = session.merge(mine, base=base)
    session.commit()
    assert [post.title for post in merged.posts] == ["p2", "theirs", "mine"]


def test_an_unchanged_collection_is_left_alone(session: Session) -> None:
    user = session.get_one(User, 1)
    assert user.posts
    base = session.snapshot(user)
    mine = edited(base, age=1)
    write(session, "INSERT INTO posts (id, user_id, title) VALUES (9, 1, 'theirs')")
    merged = session.merge(mine, base=base)
    session.commit()
    assert [post.title for post in merged.posts] == ["p1", "p2", "theirs"]


def test_a_reference_moved_on_both_sides_is_a_conflict(session: Session) -> None:
    post = session.get_one(Post, 1)
    assert post.user
    session.add(User(id=5, name="five"))
    session.flush()
    base = session.snapshot(post)
    mine = edited(base)
    mine.user = session.snapshot(session.get_one(User, 2))
    write(session, "UPDATE posts SET user_id = 5 WHERE id = 1")
    with pytest.raises(MergeConflict) as caught:
        session.merge(mine, base=base)
    assert [conflict.key for conflict in caught.value.conflicts] == ["user"]
    merged = session.merge(mine, base=base, on_conflict="mine")
    session.commit()
    assert merged.user_id == 2


def test_members_are_merged_with_their_own_snapshots(session: Session) -> None:
    user = session.get_one(User, 1)
    assert user.posts
    base = session.snapshot(user)
    mine = edited(base)
    mine.posts[0].title = "mine"
    write(session, "UPDATE posts SET title = 'theirs' WHERE id = 2")
    merged = session.merge(mine, base=base)
    assert [post.title for post in merged.posts] == ["mine", "theirs"]


def test_versions_do_not_stand_in_the_way(session: Session) -> None:
    base = session.snapshot(session.get_one(Doc, 1))
    mine = edited(base, title="mine")
    write(session, "UPDATE docs SET body = 'theirs', version = 2 WHERE id = 1")
    session.merge(mine, base=base)
    session.commit()
    assert stored(session, "SELECT title, body, version FROM docs") == [("mine", "theirs", 3)]


def test_a_row_that_is_gone_is_an_error(session: Session) -> None:
    base = session.snapshot(session.get_one(User, 2))
    mine = edited(base, name="mine")
    session.expunge_all()
    write(session, "DELETE FROM users WHERE id = 2")
    with pytest.raises(StaleDataError, match="its row is gone"):
        session.merge(mine, base=base)


def test_many_at_once(session: Session) -> None:
    bases = [session.snapshot(session.get_one(User, number)) for number in (1, 2)]
    copies = [edited(base, age=7) for base in bases]
    session.merge_all(copies, base=bases)
    session.commit()
    assert stored(session, "SELECT name, age FROM users ORDER BY id") == [("ann", 7), ("bob", 7)]


def test_bad_arguments(session: Session) -> None:
    base = session.snapshot(session.get_one(User, 1))
    with pytest.raises(ArgumentError, match="a snapshot per object, got 1 for 2"):
        session.merge_all([base, base], base=[base])
    with pytest.raises(ArgumentError, match="'on_conflict' is"):
        session.merge(base, base=base, on_conflict="yours")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="load=False"):
        session.merge(base, base=base, load=False)
