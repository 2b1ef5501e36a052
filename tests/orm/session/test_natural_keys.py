"""Merge by a natural key (semantics, part 4, 2)."""

from __future__ import annotations

import pytest

from cormorant.engine import Engine
from cormorant.exc import ArgumentError, InvalidRequestError
from cormorant.orm import Session, make_transient_to_detached

from .world import Note, Post, Sent, User, stored


def test_the_row_is_found_by_the_key(session: Session, sent: Sent) -> None:
    merged = session.merge(User(email="ann@x", age=31), by=User.email)
    assert (merged.id, merged.name, merged.age) == (1, "ann", 31)
    assert len(sent.take()) == 1
    assert merged is session.get(User, 1)
    session.commit()
    assert stored(session, "SELECT id, age FROM users WHERE email = 'ann@x'") == [(1, 31)]


def test_a_new_key_is_a_new_object(session: Session) -> None:
    merged = session.merge(User(email="new@x", name="new"), by=User.email)
    assert merged in session.new
    session.commit()
    assert merged.id == 3


def test_keys_are_looked_up_in_batches(session: Session, sent: Sent) -> None:
    session.add_all([User(name=str(n), email=f"{n}@x") for n in range(1100)])
    session.commit()
    sent.take()
    copies = [User(email=f"{n}@x", age=n) for n in range(1200)] + [User(email="ann@x")]
    merged = session.merge_all(copies, by=User.email)
    assert len(sent.take()) == 3
    assert len({id(each) for each in merged}) == 1201
    assert sum(each in session.new for each in merged) == 100


def test_one_new_key_given_twice_is_one_object(session: Session) -> None:
    first, second = session.merge_all([User(email="n@x", name="a"), User(email="n@x", name="b")], by=User.email)
    assert first is second
    assert first.name == "b"


def test_several_columns(session: Session) -> None:
    merged = session.merge(Post(user_id=1, title="p2", notes=[Note(text="new")]), by=(Post.user_id, Post.title))
    assert merged.id == 2
    assert [note.text for note in merged.notes] == ["new"]


def test_an_object_without_the_key_is_found_by_primary_key(session: Session) -> None:
    assert session.merge(User(id=2, age=5), by=User.email) is session.get(User, 2)


def test_a_primary_key_of_none_stays_the_row_s(session: Session) -> None:
    merged = session.merge(User(id=None, email="ann@x", age=1), by=User.email)
    assert merged.id == 1
    session.commit()


def test_two_keys_of_two_rows_are_an_error_that_names_both(session: Session) -> None:
    copy = User(id=2, email="ann@x")
    make_transient_to_detached(copy)
    with pytest.raises(InvalidRequestError, match=r"primary key 2, .*User\(email='ann@x'\) is that of User 1"):
        session.merge(copy, by=User.email)
    session.add(User(name="ann"))
    with pytest.raises(InvalidRequestError, match=r"User\(name='ann'\) is that of two rows, User 1 and User 3"):
        session.merge(User(name="ann"), by=User.name)


def test_the_database_decides_what_is_equal(engine: Engine, session: Session) -> None:
    merged = session.merge(User(name="x", age="30"), by=User.age)  # "30" is 30 for the column
    assert merged.id == 1


@pytest.mark.parametrize("by", [User.posts, (User.email, Post.title), "email", ()])
def test_what_is_no_key_is_refused(session: Session, by: object) -> None:
    with pytest.raises(ArgumentError, match="'by' takes"):
        session.merge(User(), by=by)


def test_load_is_needed(session: Session) -> None:
    with pytest.raises(ArgumentError, match="load=False"):
        session.merge(User(), by=User.email, load=False)
