"""merge() and merge_all(): state from outside comes into the session's one object."""

from __future__ import annotations

import pytest

from cormorant import Engine, func, inspect, select
from cormorant.exc import IntegrityError, InvalidRequestError
from cormorant.orm import Session

from .models import Node, Place, Post, Tag, User
from .sent import Sent


@pytest.fixture
def ann(session: Session) -> User:
    user = User(id=1, name="ann", fullname="Ann A.", posts=[Post(id=n, title=f"p{n}") for n in (1, 2, 3)])
    session.add(user)
    session.commit()
    return user


def count(session: Session, class_: type) -> int:
    return session.scalar(select(func.count()).select_from(class_)) or 0


def test_onto_the_object_in_the_session(session: Session, ann: User, sent: Sent) -> None:
    assert ann.name == "ann"
    sent.clear()
    source = User(id=1, name="new")
    merged = session.merge(source)
    assert merged is ann
    assert merged is not source
    assert source not in session
    assert len(sent) == 0
    session.commit()
    assert (ann.name, ann.fullname, len(ann.posts)) == ("new", "Ann A.", 3)


def test_loading_the_object(session: Session, ann: User, sent: Sent) -> None:
    session.expunge_all()
    sent.clear()
    merged = session.merge(User(id=1, name="new"))
    assert merged is not ann
    assert inspect(merged).persistent
    assert len(sent.starting("SELECT")) == 1
    assert (merged.name, merged.fullname) == ("new", "Ann A.")


def test_of_a_new_identity(session: Session) -> None:
    merged = session.merge(User(id=5, name="five"))
    assert inspect(merged).pending
    session.commit()
    assert session.scalars(select(User.id)).all() == [5]


def test_without_a_key(session: Session, sent: Sent) -> None:
    session.connection()
    sent.clear()
    merged = session.merge(User(name="no key"))
    assert inspect(merged).pending
    assert len(sent) == 0
    session.commit()
    assert merged.id is not None


def test_equal_values_write_nothing(session: Session, ann: User, sent: Sent) -> None:
    session.merge(User(id=1, name="ann"))
    sent.clear()
    session.commit()
    assert sent.starting("UPDATE") == []


def test_expired_objects_are_loaded_together_and_compared(session: Session, sent: Sent) -> None:
    users = [User(id=n, name=f"u{n}") for n in range(1, 101)]
    session.add_all(users)
    session.commit()
    sent.clear()
    session.merge_all([User(id=n, name=f"u{n}" if n % 10 else "changed") for n in range(1, 101)])
    assert len(sent.starting("SELECT")) == 1
    session.commit()
    assert len(sent.starting("UPDATE")) == 1
    assert count_named(session, "changed") == 10


def test_none_is_a_value(session: Session, ann: User) -> None:
    session.merge(User(id=1, fullname=None))
    session.commit()
    assert (ann.name, ann.fullname) == ("ann", None)


def test_composite_keys(session: Session) -> None:
    session.add(Place(country="CH", number=1, name="Bern"))
    session.commit()
    merged = session.merge(Place(country="CH", number=1, name="Berne"))
    other = session.merge(Place(country="NO", number=1, name="Oslo"))
    session.commit()
    assert merged.name == "Berne"
    assert other.name == "Oslo"
    assert count(session, Place) == 2


def test_a_given_collection_replaces_the_old_one(session: Session, ann: User) -> None:
    second = ann.posts[1]
    session.merge(User(id=1, posts=[Post(id=2, title="changed"), Post(id=50, title="added")]))
    session.commit()
    assert [post.title for post in ann.posts] == ["changed", "added"]
    assert ann.posts[0] is second
    assert count(session, Post) == 2


def test_an_absent_collection_stays(session: Session, ann: User, sent: Sent) -> None:
    session.expunge_all()
    merged = session.merge(User(id=1, name="new"))
    assert "posts" not in merged.__dict__
    session.commit()
    assert count(session, Post) == 3


def test_a_graph_with_one_key_twice(session: Session) -> None:
    red = Tag(id=1, name="red")
    merged = session.merge(
        User(
            id=1,
            name="u",
            posts=[Post(id=1, title="a", tags=[red]), Post(id=2, title="b", tags=[Tag(id=1, name="red")])],
        )
    )
    assert merged.posts[0].tags[0] is merged.posts[1].tags[0]
    session.commit()
    assert count(session, Tag) == 1


def test_many_to_one_set_to_none(session: Session) -> None:
    parent = Node(id=1, name="parent", children=[Node(id=2, name="child")])
    session.add(parent)
    session.commit()
    merged = session.merge(Node(id=2, parent=None))
    session.commit()
    assert merged.parent_id is None
    assert parent.children == []


def test_of_a_detached_object(session: Session, ann: User, tables: Engine) -> None:
    assert ann.name == "ann"
    assert len(ann.posts) == 3
    session.expunge(ann)
    session.rollback()
    ann.name = "offline"
    ann.posts[0].title = "edited"
    with Session(tables) as other:
        merged = other.merge(ann)
        assert merged is not ann
        other.commit()
        assert (merged.name, merged.posts[0].title) == ("offline", "edited")


def test_without_loading(session: Session, ann: User, tables: Engine, sent: Sent) -> None:
    assert (ann.name, len(ann.posts)) == ("ann", 3)
    session.expunge(ann)
    session.rollback()
    sent.clear()
    with Session(tables) as other:
        merged = other.merge(ann, load=False)
        assert inspect(merged).persistent
        assert merged.name == "ann"
        assert [post.title for post in merged.posts] == ["p1", "p2", "p3"]
        assert not other.dirty
        assert len(sent) == 0
        with pytest.raises(InvalidRequestError, match="load=False"):
            other.merge(User(id=9, name="x"), load=False)


def test_a_unique_value_plays_no_part(session: Session) -> None:
    session.add(Tag(id=1, name="taken"))
    session.commit()
    session.merge(Tag(id=2, name="taken"))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    assert count(session, Tag) == 1


def test_unmapped_things_are_refused(session: Session) -> None:
    from cormorant.orm.exc import UnmappedInstanceError

    with pytest.raises(UnmappedInstanceError):
        session.merge(object())


def test_merge_all_is_batched(session: Session, sent: Sent) -> None:
    """SEMANTICS part 4.1: statements do not grow with the number of objects."""
    session.add_all(
        [User(id=u, name="old", posts=[Post(id=u * 10 + p, title="old") for p in range(4)]) for u in range(1, 501)]
    )
    session.commit()
    session.expunge_all()
    sent.clear()
    sources = [
        User(id=u, name=f"new{u}", posts=[Post(id=u * 10 + p, title=f"new{p}") for p in range(4)])
        for u in range(1, 501)
    ]
    merged = session.merge_all(sources)
    assert [user.id for user in merged] == list(range(1, 501))
    assert len(sent.starting("SELECT")) <= 9
    session.commit()
    rows = session.execute(
        select(User.id, User.name, func.count(Post.id)).join(User.posts).group_by(User.id, User.name)
    )
    assert sorted(tuple(row) for row in rows) == sorted((u, f"new{u}", 4) for u in range(1, 501))


def test_merge_all_of_old_new_and_equal_objects(session: Session, sent: Sent) -> None:
    session.add_all([User(id=n, name=f"u{n}") for n in range(1, 201)])
    session.commit()
    session.expunge_all()
    present = session.get_one(User, 7)
    sources = [User(id=n, name=f"u{n}" if n % 2 else "changed") for n in range(1, 301)]
    merged = session.merge_all(sources)
    assert merged[6] is present
    sent.clear()
    session.commit()
    assert len(sent.starting("UPDATE")) == 1
    assert count(session, User) == 300
    assert count_named(session, "changed") == 150


def count_named(session: Session, name: str) -> int:
    return session.scalar(select(func.count()).where(User.name == name)) or 0


def test_merge_all_equals_merging_one_by_one(tables: Engine) -> None:
    results = []
    for batched in (True, False):
        with Session(tables) as session:
            session.add_all([User(id=n, name="old", posts=[Post(id=n, title="old")]) for n in range(101, 106)])
            session.commit()
            session.expunge_all()
            sources = [
                User(id=103, name="three", posts=[]),
                User(id=109, name="nine", posts=[Post(id=101, title="moved")]),
                User(id=103, fullname="again"),
                User(name="keyless"),
                User(id=104, posts=[Post(id=104, title="new"), Post(id=140, title="added")]),
            ]
            merged = session.merge_all(sources) if batched else [session.merge(source) for source in sources]
            assert merged[0] is merged[2]
            session.commit()
            users = session.execute(select(User.name, User.fullname).order_by(User.id)).all()
            posts = session.execute(select(Post.id, Post.title, Post.author_id).order_by(Post.id)).all()
            results.append((users, posts))
            for user in session.scalars(select(User)):
                session.delete(user)
            session.commit()
    assert results[0] == results[1]
