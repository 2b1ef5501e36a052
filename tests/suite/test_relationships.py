"""Relationships: keys copied at flush, both sides in step, cascades, many-to-many rows."""

from __future__ import annotations

import pytest

from cormorant import func, inspect, select
from cormorant.exc import IntegrityError, SAWarning
from cormorant.orm import Session

from .models import Node, Note, Post, Tag, User, post_tag


def count(session: Session, thing: object) -> int:
    return session.scalar(select(func.count()).select_from(thing)) or 0


def test_children_get_the_parents_key(session: Session) -> None:
    user = User(name="ann", posts=[Post(title="a"), Post(title="b")])
    session.add(user)
    session.flush()
    assert [post.author_id for post in user.posts] == [user.id, user.id]


def test_assigning_the_parent_gives_the_key(session: Session) -> None:
    post = Post(title="a", author=User(name="ann"))
    session.add(post)
    session.commit()
    assert post.author_id == post.author.id
    assert post.author.posts == [post]


def test_both_sides_are_in_step(session: Session) -> None:
    ann, bob, post = User(name="ann"), User(name="bob"), Post(title="a")
    ann.posts.append(post)
    assert post.author is ann
    post.author = bob
    assert ann.posts == []
    assert bob.posts == [post]
    bob.posts = []
    assert post.author is None


def test_moving_a_child(session: Session) -> None:
    ann, bob = User(name="ann", posts=[Post(title="a")]), User(name="bob")
    session.add_all([ann, bob])
    session.commit()
    post = ann.posts[0]
    bob.posts.append(post)
    session.commit()
    assert post.author is bob
    assert (ann.posts, bob.posts) == ([], [post])


def test_delete_orphan(session: Session) -> None:
    ann = User(name="ann", posts=[Post(title="a"), Post(title="b"), Post(title="c")])
    session.add(ann)
    session.commit()
    ann.posts.pop(1)
    session.commit()
    assert session.scalars(select(Post.title).order_by(Post.id)).all() == ["a", "c"]
    ann.posts = ann.posts[1:]
    session.commit()
    assert session.scalars(select(Post.title)).all() == ["c"]


def test_delete_cascades_to_children_first(session: Session) -> None:
    session.add(User(name="ann", posts=[Post(title="a"), Post(title="b")]))
    session.commit()
    session.expunge_all()
    session.delete(session.scalars(select(User)).one())
    session.commit()
    assert (count(session, User), count(session, Post)) == (0, 0)


def test_delete_without_cascade_clears_the_foreign_key(session: Session) -> None:
    post = Post(title="a", author=User(name="ann"), notes=[Note(text="x"), Note(text="y")])
    session.add(post)
    session.commit()
    session.delete(post)
    session.commit()
    assert session.scalars(select(Note.post_id)).all() == [None, None]


def test_removing_a_child_without_orphan_cascade_clears_the_foreign_key(session: Session) -> None:
    post = Post(title="a", author=User(name="ann"), notes=[Note(text="x"), Note(text="y")])
    session.add(post)
    session.commit()
    first, second = post.notes
    post.notes.remove(first)
    session.commit()
    assert (first.post_id, second.post_id) == (None, post.id)
    second.post = None
    session.commit()
    assert session.scalars(select(Note.post_id)).all() == [None, None]


def test_missing_parent_of_a_required_child(session: Session) -> None:
    session.add(Post(title="alone"))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
    assert count(session, Post) == 0


def test_not_backwards(session: Session) -> None:
    """SEMANTICS 77: setting the parent does not bring the child into the session; flush warns."""
    ann = User(name="ann")
    session.add(ann)
    session.flush()
    post = Post(title="a")
    post.author = ann
    assert post not in session
    with pytest.warns(SAWarning, match="not in session"):
        session.flush()
    assert count(session, Post) == 0


def test_many_to_many(session: Session) -> None:
    red, blue = Tag(name="red"), Tag(name="blue")
    first = Post(title="1", tags=[red, blue])
    second = Post(title="2", tags=[blue])
    session.add(User(name="ann", posts=[first, second]))
    session.commit()
    assert count(session, post_tag) == 3
    assert [post.title for post in blue.posts] == ["1", "2"]
    first.tags.remove(blue)
    red.posts.append(second)
    session.commit()
    assert [tag.name for tag in first.tags] == ["red"]
    assert [tag.name for tag in second.tags] == ["red", "blue"]
    assert sorted(session.execute(select(post_tag)).all()) == sorted(
        [(first.id, red.id), (second.id, blue.id), (second.id, red.id)]
    )


def test_deleting_one_side_of_many_to_many_deletes_the_rows_between(session: Session) -> None:
    post = Post(title="1", author=User(name="ann"), tags=[Tag(name="red"), Tag(name="blue")])
    session.add(post)
    session.commit()
    session.delete(post)
    session.commit()
    assert (count(session, post_tag), count(session, Tag)) == (0, 2)


def test_replacing_many_to_many(session: Session) -> None:
    tags = [Tag(name=str(number)) for number in range(6)]
    post = Post(title="1", author=User(name="ann"), tags=tags[:4])
    session.add_all([post, *tags])
    session.commit()
    post.tags = tags[2:]
    session.commit()
    assert [tag.name for tag in post.tags] == ["2", "3", "4", "5"]


def test_tree(session: Session) -> None:
    root = Node(name="root", children=[Node(name="a", children=[Node(name="a1")]), Node(name="b")])
    session.add(root)
    session.commit()
    session.expunge_all()
    found = session.scalars(select(Node).where(Node.parent_id.is_(None))).one()
    assert [(child.name, [leaf.name for leaf in child.children]) for child in found.children] == [
        ("a", ["a1"]),
        ("b", []),
    ]
    leaf = found.children[0].children[0]
    assert leaf.parent is not None
    assert leaf.parent.parent is found
    leaf.parent = found
    session.commit()
    assert sorted(child.name for child in found.children) == ["a", "a1", "b"]
    session.delete(found)
    session.commit()
    assert count(session, Node) == 0


def test_expunge_takes_children_along(session: Session) -> None:
    ann = User(name="ann", posts=[Post(title="a")])
    session.add(ann)
    session.commit()
    post = ann.posts[0]
    session.expunge(ann)
    assert inspect(ann).detached
    assert inspect(post).detached


def test_relationship_conditions(session: Session) -> None:
    red = Tag(name="red")
    session.add_all(
        [User(name="ann", posts=[Post(title="1", tags=[red]), Post(title="2")]), User(name="bob"), Tag(name="blue")]
    )
    session.commit()

    def names(condition: object) -> list[str]:
        return list(session.scalars(select(User.name).where(condition).order_by(User.id)))

    assert names(User.posts.any()) == ["ann"]
    assert names(~User.posts.any()) == ["bob"]
    assert names(User.posts.any(Post.tags.any(Tag.name == "red"))) == ["ann"]
    titles = select(Post.title).order_by(Post.id)
    assert session.scalars(titles.where(Post.author.has(User.name == "ann"))).all() == ["1", "2"]
    assert session.scalars(titles.where(Post.tags.contains(red))).all() == ["1"]
    assert session.scalars(select(Tag.name).join(Tag.posts).join(Post.author).where(User.name == "ann")).all() == [
        "red"
    ]
