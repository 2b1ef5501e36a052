"""The session's verbs and an object's states."""

from __future__ import annotations

import gc

import pytest

from cormorant import Engine, func, inspect, select, text, update
from cormorant.exc import IntegrityError, InvalidRequestError, PendingRollbackError
from cormorant.orm import Session, make_transient, make_transient_to_detached, object_session, sessionmaker
from cormorant.orm.attributes import get_history
from cormorant.orm.exc import ObjectDeletedError, StaleDataError

from .models import Place, Post, Tag, User
from .sent import Sent

STATES = ("transient", "pending", "persistent", "deleted", "detached")


def state(obj: object) -> str:
    """The one state that is true."""
    (found,) = [name for name in STATES if getattr(inspect(obj), name)]
    return found


def count(session: Session, class_: type) -> int:
    return session.scalar(select(func.count()).select_from(class_)) or 0


def test_states(session: Session) -> None:
    user = User(name="ann")
    assert state(user) == "transient"
    session.add(user)
    assert state(user) == "pending"
    assert user in session.new
    session.flush()
    assert state(user) == "persistent"
    session.delete(user)
    assert state(user) == "persistent"
    assert user in session.deleted
    session.flush()
    assert state(user) == "deleted"
    assert user not in session
    session.commit()
    assert state(user) == "detached"
    assert inspect(user).was_deleted
    make_transient(user)
    assert state(user) == "transient"


def test_rollback_restores_states(session: Session) -> None:
    kept = User(name="kept")
    session.add(kept)
    session.commit()
    new, pending = User(name="new"), User(name="pending")
    session.add(new)
    session.flush()
    session.delete(kept)
    session.flush()
    session.add(pending)
    kept_key = inspect(new).identity
    session.rollback()
    assert [state(obj) for obj in (kept, new, pending)] == ["persistent", "transient", "transient"]
    assert new.id == kept_key[0]
    assert kept.name == "kept"
    assert count(session, User) == 1


def test_get(session: Session, sent: Sent) -> None:
    session.add_all([User(id=1, name="ann"), Place(country="CH", number=3, name="Bern")])
    session.commit()
    session.expunge_all()
    sent.clear()
    user = session.get(User, 1)
    assert session.get(User, 1) is user
    assert session.get(User, (1,)) is user
    assert session.get(User, {"id": 1}) is user
    assert len(sent) == 1
    assert session.get(User, 99) is None
    place = session.get(Place, ("CH", 3))
    assert place is not None
    assert place.name == "Bern"
    assert session.get(Place, {"number": 3, "country": "CH"}) is place
    with pytest.raises(InvalidRequestError):
        session.get(Place, 3)


def test_get_one(session: Session) -> None:
    from cormorant.exc import NoResultFound

    with pytest.raises(NoResultFound):
        session.get_one(User, 5)


def test_expiry_after_commit(session: Session, sent: Sent) -> None:
    users = [User(name="a"), User(name="b")]
    session.add_all(users)
    session.commit()
    sent.clear()
    assert [user.name for user in users] == ["a", "b"]
    assert len(sent.starting("SELECT")) == 2


def test_expire_on_commit_can_be_turned_off(tables: Engine, sent: Sent) -> None:
    with Session(tables, expire_on_commit=False) as session:
        user = User(name="a")
        session.add(user)
        session.commit()
        sent.clear()
        assert user.name == "a"
        assert user.id == 1
    assert user.name == "a"
    assert len(sent) == 0


def test_refresh_and_expire(session: Session) -> None:
    user = User(name="a", fullname="f")
    session.add(user)
    session.commit()
    assert user.name == "a"
    session.execute(update(User).values(name="b", fullname="g").execution_options(synchronize_session=False))
    assert user.name == "a"
    session.expire(user, ["fullname"])
    assert (user.name, user.fullname) == ("a", "g")
    session.refresh(user)
    assert user.name == "b"
    user.name = "unsaved"
    session.expire(user)
    assert user.name == "b"
    user.name = "unsaved"
    session.refresh(user)
    assert user.name == "b"


def test_expired_object_whose_row_is_gone(session: Session) -> None:
    user = User(name="a")
    session.add(user)
    session.commit()
    session.execute(text("DELETE FROM user_account"))
    with pytest.raises(ObjectDeletedError, match="User"):
        user.name  # noqa: B018


def test_autoflush(session: Session) -> None:
    session.add(User(name="a"))
    with session.no_autoflush:
        assert session.scalars(select(User)).all() == []
    assert len(session.scalars(select(User)).all()) == 1


def test_dirty_and_modified(session: Session, sent: Sent) -> None:
    user = User(name="a")
    session.add(user)
    session.commit()
    user.name  # noqa: B018
    user.name = "a"
    assert user in session.dirty
    assert not session.is_modified(user)
    sent.clear()
    session.flush()
    assert sent.starting("UPDATE") == []
    user.name = "b"
    assert session.is_modified(user)
    assert get_history(user, "name") == (["b"], (), ["a"])
    assert inspect(user).attrs.name.history.added == ["b"]
    session.flush()
    assert not session.dirty


def test_update_names_only_changed_columns(session: Session, sent: Sent) -> None:
    user = User(name="a", fullname="f")
    session.add(user)
    session.commit()
    sent.clear()
    user.fullname = "g"
    session.commit()
    (sql,) = sent.starting("UPDATE")
    assert "fullname" in sql
    assert "name=" not in sql.replace("fullname=", "")


def test_expunge(session: Session) -> None:
    user = User(name="a")
    session.add(user)
    session.flush()
    session.expunge(user)
    assert state(user) == "detached"
    assert object_session(user) is None
    session.add(user)
    assert state(user) == "persistent"
    assert object_session(user) is session
    session.expunge_all()
    assert list(session) == []
    with pytest.raises(InvalidRequestError, match="not present"):
        session.expunge(user)


def test_close_and_use_again(session: Session) -> None:
    user = User(name="a")
    session.add(user)
    session.flush()
    session.close()
    assert state(user) == "detached"
    assert count(session, User) == 0


def test_two_sessions_refuse_one_object(session: Session, tables: Engine) -> None:
    user = User(name="a")
    session.add(user)
    with Session(tables) as other, pytest.raises(InvalidRequestError, match="already attached to session"):
        other.add(user)


def test_delete_of_a_new_object_is_refused(session: Session) -> None:
    with pytest.raises(InvalidRequestError, match="not persisted"):
        session.delete(User(name="a"))


def test_identity(session: Session) -> None:
    session.add_all([User(id=1, name="a"), User(id=2, name="b")])
    session.commit()
    first, second = session.scalars(select(User).order_by(User.id))
    assert session.scalars(select(User).where(User.name == "a")).one() is first
    assert session.scalars(select(User).where(User.id == 2)).one() is second
    assert len(session.identity_map) == 2


def test_clean_objects_are_held_weakly_and_changed_ones_strongly(session: Session) -> None:
    session.add_all([User(id=1, name="a"), User(id=2, name="b")])
    session.commit()
    session.scalars(select(User)).all()
    gc.collect()
    assert len(session.identity_map) == 0
    session.get_one(User, 1).name = "changed"
    gc.collect()
    assert len(session.identity_map) == 1
    session.commit()
    assert session.get_one(User, 1).name == "changed"


def test_make_transient_to_detached(session: Session) -> None:
    session.add(User(id=1, name="a"))
    session.commit()
    session.expunge_all()
    user = User(id=1)
    make_transient_to_detached(user)
    session.add(user)
    assert user.name == "a"


def test_composite_keys_and_changed_keys(session: Session) -> None:
    place = Place(country="CH", number=1, name="Bern")
    session.add(place)
    session.commit()
    place.number = 2
    session.commit()
    assert session.get(Place, ("CH", 1)) is None
    assert session.get(Place, ("CH", 2)) is place
    session.delete(place)
    session.commit()
    assert count(session, Place) == 0


def test_a_failed_flush_asks_for_rollback(session: Session) -> None:
    session.add(Tag(name="x"))
    session.commit()
    session.add(Tag(name="x"))
    with pytest.raises(IntegrityError):
        session.flush()
    with pytest.raises(PendingRollbackError, match="rolled back"):
        session.scalars(select(Tag)).all()
    session.rollback()
    assert count(session, Tag) == 1


def test_savepoints(session: Session) -> None:
    before = User(name="before")
    session.add(before)
    with session.begin_nested():
        session.add(User(name="kept"))
        before.name = "changed"
    savepoint = session.begin_nested()
    lost = User(name="lost")
    session.add(lost)
    before.name = "lost too"
    session.flush()
    savepoint.rollback()
    assert state(lost) == "transient"
    assert before.name == "changed"
    session.commit()
    assert session.scalars(select(User.name).order_by(User.id)).all() == ["changed", "kept"]


def test_skipping_duplicates_with_savepoints(session: Session) -> None:
    """SEMANTICS 75: one savepoint for each record keeps all good ones."""
    skipped = 0
    for name in ("a", "b", "a", "c", "b", "d"):
        try:
            with session.begin_nested():
                session.add(Tag(name=name))
        except IntegrityError:
            skipped += 1
    session.commit()
    assert skipped == 2
    assert session.scalars(select(Tag.name).order_by(Tag.name)).all() == ["a", "b", "c", "d"]


def test_rollback_of_the_outer_transaction_takes_released_savepoints_along(session: Session) -> None:
    with session.begin_nested():
        user = User(name="a")
        session.add(user)
    assert state(user) == "persistent"
    session.rollback()
    assert state(user) == "transient"
    assert count(session, User) == 0


def test_sessionmaker(tables: Engine) -> None:
    factory = sessionmaker(bind=tables)
    with factory.begin() as session:
        session.add(User(name="a"))
    with factory() as session:
        assert count(session, User) == 1
    with pytest.raises(ZeroDivisionError), factory.begin() as session:  # noqa: PT012 - the block is what is tested
        session.add(User(name="b"))
        session.flush()
        raise ZeroDivisionError
    with factory() as session, session.begin():
        assert count(session, User) == 1


def test_update_and_delete_statements_reach_the_objects(session: Session) -> None:
    users = [User(id=number, name=f"u{number}") for number in (1, 2, 3)]
    session.add_all(users)
    session.commit()
    assert [user.name for user in users] == ["u1", "u2", "u3"]
    session.execute(update(User).where(User.id == 2).values(name="changed"))
    assert users[1].name == "changed"
    session.execute(text("DELETE FROM user_account WHERE id = 3"))
    session.commit()
    assert count(session, User) == 2


def test_row_switch(session: Session, sent: Sent) -> None:
    """SEMANTICS 43: deleting and adding one key in one flush is one UPDATE."""
    old = Place(country="CH", number=1, name="old")
    session.add(old)
    session.commit()
    session.delete(old)
    session.add(Place(country="CH", number=1, name="new"))
    sent.clear()
    session.commit()
    assert (len(sent.starting("UPDATE")), len(sent.starting("DELETE")), len(sent.starting("INSERT"))) == (1, 0, 0)
    assert session.scalars(select(Place.name)).all() == ["new"]


def test_a_row_that_vanished_is_noticed(session: Session) -> None:
    user = User(name="a")
    session.add(user)
    session.commit()
    user.name  # noqa: B018
    session.execute(text("DELETE FROM user_account"))
    user.name = "b"
    with pytest.raises(StaleDataError, match="0 were matched"):
        session.flush()
    session.rollback()


def test_sessions_share_nothing(session: Session, tables: Engine) -> None:
    session.add(User(id=1, name="a", posts=[Post(title="p")]))
    session.commit()
    with Session(tables) as other:
        mine = other.get_one(User, 1)
        mine.name = "b"
        other.commit()
    session.rollback()
    assert session.get_one(User, 1).name == "b"
