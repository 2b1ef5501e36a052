"""The generated loader: values, identity, known objects, refresh, failures, the collector."""

from __future__ import annotations

import gc
import weakref
from datetime import datetime
from typing import Any

import pytest

from cormorant import select, text
from cormorant.orm import Session, joinedload
from cormorant.orm.load.kept import loader_for
from cormorant.orm.load.loader import CHUNK, Loader
from cormorant.orm.load.storage import Filling, storage_for
from cormorant.orm.query.plan import EntityLoad, LoadPlan
from cormorant.types.conversion import Conversion
from cormorant.util import collector

from ..blog import Address, Post, User, statements


class FakeCursor:
    """Rows in memory."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self.rows = rows

    def fetchmany(self, size: int) -> list[tuple[Any, ...]]:
        taken, self.rows = self.rows[:size], self.rows[size:]
        return taken


KEYS = ("id", "name", "fullname")
PLAN = LoadPlan((EntityLoad("User", User.__mapper__, (0,), tuple(enumerate(KEYS))),))


def load(session: Session, rows: list[tuple[Any, ...]], **options: Any) -> list[Any]:
    loader = Loader(PLAN, [None, None, None], None, **options)
    return loader.load(FakeCursor(rows), session)[0]


def test_rows_become_persistent_objects(session: Session) -> None:
    (user,) = load(session, [(7, "x", None)])
    assert type(user) is User
    assert {key: value for key, value in vars(user).items() if key in KEYS} == {"id": 7, "name": "x", "fullname": None}
    state = user._sa_instance_state
    assert isinstance(state, weakref.ref)
    assert state.persistent
    assert state.key == (User, (7,), None)
    assert not state.modified
    assert session.get(User, 7) is user


@pytest.mark.parametrize("count", [3, 40, CHUNK + 40])
def test_one_object_per_identity(session: Session, count: int) -> None:
    rows = [(100 + n, f"n{n}", None) for n in range(count)]
    first = load(session, rows)
    again = load(session, rows + rows[:2])
    assert all(a is b for a, b in zip(first, again, strict=False))
    assert again[-1] is first[1]
    assert len(session.identity_map) == count


def test_doubles_among_new_rows(session: Session) -> None:
    rows: list[tuple[Any, ...]] = [(n % 20, "x", None) for n in range(30)]
    users = load(session, rows)
    assert len(set(map(id, users))) == len(session.identity_map) == 20
    assert users[5] is users[25] is session.get(User, 5)


def test_dropped_objects_leave_the_map_at_once(session: Session) -> None:
    users = load(session, [(n, "x", None) for n in range(1, 60)])
    del users[1:]
    assert list(session.identity_map.keys()) == [(User, (1,), None)]


def test_known_objects_are_left_alone(session: Session) -> None:
    (user,) = load(session, [(1, "old", None)])
    user.fullname = "changed"
    (again,) = load(session, [(1, "new", "new")])
    assert again is user
    assert (user.name, user.fullname) == ("old", "changed")


def test_missing_values_are_filled(session: Session) -> None:
    (user,) = load(session, [(1, "old", None)])
    user.fullname = "changed"
    user._sa_instance_state.expire_attributes(["name"])
    load(session, [(1, "new", "new")])
    assert (vars(user)["name"], user.fullname) == ("new", "changed")
    assert user in session.dirty


def test_a_deleted_value_stays_away(session: Session) -> None:
    (user,) = load(session, [(1, "old", None)])
    del user.name
    load(session, [(1, "new", None)])
    assert "name" not in vars(user)


def test_refresh_overwrites_and_drops_changes(session: Session) -> None:
    (user,) = load(session, [(1, "old", None)])
    user.fullname = "changed"
    load(session, [(1, "new", "new")], is_refresh=True)
    assert (user.name, user.fullname) == ("new", "new")
    assert not session.dirty


def test_null_key_is_no_object(session: Session) -> None:
    assert load(session, [(None, None, None)]) == [None]
    assert load(session, [(None, None, None), *[(n, "x", None) for n in range(20)]])[0] is None


def test_failing_conversion_leaves_complete_objects_only(session: Session) -> None:
    conversion = Conversion(datetime.fromisoformat, "parse({0})", {"parse": datetime.fromisoformat})
    loader = Loader(PLAN, [None, None, conversion], None)
    rows: list[tuple[Any, ...]] = [(n, "x", None) for n in range(CHUNK)]
    rows += [(CHUNK, "x", "2024-01-01"), (CHUNK + 1, "x", "no date")]
    with pytest.raises(ValueError, match="no date"):
        loader.load(FakeCursor(rows), session)
    assert gc.isenabled()
    assert all(type(obj) is User for obj in session.identity_map.values())
    assert CHUNK + 1 not in [key[1][0] for key in session.identity_map]


def test_generated_text_is_readable(session: Session) -> None:
    loader = Loader(PLAN, [None, None, None], None)
    text_ = loader.load_rows.__source__  # type: ignore[attr-defined]
    assert "e0.name = c1" in text_
    assert "for row in rows:" in text_


def test_collector_runs_afterwards(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    class Watching(FakeCursor):
        def fetchmany(self, size: int) -> list[tuple[Any, ...]]:
            seen.append(gc.isenabled())
            return super().fetchmany(size)

    rows: list[tuple[Any, ...]] = [(n, "x", None) for n in range(CHUNK + 1)]
    Loader(PLAN, [None, None, None], None).load(Watching(rows), session)
    assert seen == [True, False, False]
    assert gc.isenabled()
    monkeypatch.setattr(collector, "pause_collector", False)
    seen.clear()
    Loader(PLAN, [None, None, None], None).load(Watching(rows), session)
    assert all(seen)


def test_loader_is_kept_with_the_plan(session: Session) -> None:
    first, _ = session.bind.plan_for(select(User).where(User.id == 1))
    second, _ = session.bind.plan_for(select(User).where(User.id == 2))
    assert first is second
    assert loader_for(first) is loader_for(second)


def test_load_hook_sees_complete_objects(session: Session) -> None:
    from cormorant import event

    seen: list[Any] = []

    def note(target: Any, context: Any) -> None:
        seen.append(dict(vars(target))["name"])

    event.listen(User, "load", note)
    try:
        load(session, [(n, f"n{n}", None) for n in range(20)])
    finally:
        event.remove(User, "load", note)
    assert seen == [f"n{n}" for n in range(20)]


def test_storage_rule() -> None:
    class Plain:
        pass

    class WithNew:
        def __new__(cls) -> WithNew:
            made = super().__new__(cls)
            made.__dict__["cache"] = {}
            return made

    class WithSetattr:
        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)

    class Slotted:
        __slots__ = ("__dict__", "__weakref__", "a")

    assert storage_for(Plain, ["a"]).filling is Filling.SWITCH
    assert storage_for(Plain, ["class"]).filling is Filling.ASSIGN
    assert storage_for(WithNew, ["a"]).filling is Filling.UPDATE
    assert storage_for(WithSetattr, ["a"]).filling is Filling.SWITCH
    assert storage_for(Slotted, ["a"]).filling is Filling.ASSIGN
    assert storage_for(User, ["id"]).filling is Filling.SWITCH
    assert storage_for(Plain, [f"k{n}" for n in range(29)]).filling is Filling.SWITCH
    assert storage_for(Plain, [f"k{n}" for n in range(30)]).filling is Filling.ASSIGN


def test_joined_rows(session: Session) -> None:
    options = (joinedload(User.posts).joinedload(Post.comments), joinedload(User.addresses))
    users = session.scalars(select(User).options(*options).order_by(User.id)).unique().all()
    ann, bob, cy = users
    assert [post.id for post in ann.posts] == [10, 11]
    assert [comment.id for post in ann.posts for comment in post.comments] == [100, 101, 110]
    assert [address.id for address in ann.addresses] == [10, 11]
    assert [post.id for post in bob.posts] == [20]
    assert (cy.posts, cy.addresses) == ([], [])
    with statements(session) as seen:
        assert ann.posts[0].user is ann
    assert seen == []


def test_joined_collection_that_is_loaded_stays(session: Session) -> None:
    ann = session.get(User, 1)
    ann.addresses.append(Address(id=77, email="new"))
    with session.no_autoflush:
        session.scalars(select(User).options(joinedload(User.addresses))).unique().all()
    assert [address.id for address in ann.addresses] == [10, 11, 77]


def test_failure_takes_back_unfinished_collections(session: Session) -> None:
    plan, _ = session.bind.plan_for(select(User).options(joinedload(User.addresses)))
    loader = loader_for(plan)
    rows: list[tuple[Any, ...]] = [(1, "x", None, 10, "e", 1), (1, "x", None)]
    with pytest.raises(ValueError, match="not enough values"):
        loader.load(FakeCursor(rows), session)
    assert all("addresses" not in vars(obj) for obj in session.identity_map.values())


def test_outer_join_gives_none(session: Session) -> None:
    statement = select(Address, User).outerjoin(Address.user).where(Address.id == 99)
    assert session.execute(statement).one()[1] is None


def test_from_statement(session: Session) -> None:
    users = session.scalars(select(User).from_statement(text("SELECT * FROM users ORDER BY id DESC"))).all()
    assert [user.id for user in users] == [3, 2, 1]
