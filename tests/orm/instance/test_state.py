"""The state of an instance: identity, life, defaults, expiry, views, pickling, garbage collection."""

from __future__ import annotations

import copy
import gc
import pickle
import weakref

import pytest

from cormorant import inspect
from cormorant.exc import InvalidRequestError, NoInspectionAvailable
from cormorant.orm.attributes import (
    NO_VALUE,
    flag_dirty,
    flag_modified,
    get_history,
    instance_state,
    set_attribute,
    set_committed_value,
)
from cormorant.orm.instance.life import MOVES, REFUSED, Life, Move, next_life
from cormorant.orm.state import InstanceState

from .test_containers import PickledParent
from .world import FakeOwner, World


def test_state_is_the_weak_reference(world: World) -> None:
    user = world.User()
    state = inspect(user)
    assert isinstance(state, InstanceState)
    assert isinstance(state, weakref.ref)
    assert state() is user
    assert state.obj() is user
    assert state.object is user
    assert user._sa_instance_state is state
    assert inspect(state) is state
    del user
    gc.collect()
    assert state() is None
    assert state.dict == {}


def test_states_compare_by_identity(world: World) -> None:
    one, two = inspect(world.User()), inspect(world.User())
    assert one != two
    assert len({one, two, one}) == 2


def test_new_state_reads_as_transient(world: World) -> None:
    state = inspect(user := world.User())
    assert user is not None
    assert (state.transient, state.pending, state.persistent, state.deleted, state.detached) == (
        True,
        False,
        False,
        False,
        False,
    )
    assert (state.key, state.identity, state.has_identity, state.session) == (None, None, False, None)
    assert state.unloaded == {"id", "name", "age", "posts", "card"}
    assert not state.modified
    assert state.class_ is world.User
    assert state.mapper is world.User.__mapper__


def test_identity_key(world: World, owner: FakeOwner) -> None:
    user = world.User()
    state = owner.adopt(user, 5)
    assert state.key == (world.User, (5,), None)
    assert state.identity == (5,)
    assert state.persistent


def test_forgotten_session_leaves_detached_objects(world: World) -> None:
    owner = FakeOwner()
    user = world.User()
    state = owner.adopt(user, 5)
    del owner
    gc.collect()
    assert state.detached
    assert state.session is None


def test_attribute_views(world: World) -> None:
    user = world.User(name="x")
    attrs = inspect(user).attrs
    assert set(attrs.keys()) == {"id", "name", "age", "posts", "card"}
    assert attrs.name.value == "x"
    assert attrs["name"].loaded_value == "x"
    assert attrs.age.loaded_value is NO_VALUE
    assert attrs.name.history == (["x"], (), ())
    assert attrs.posts.load_history() == ((), [], ())
    with pytest.raises(AttributeError):
        _ = attrs.nothing


def test_expiry_of_everything(world: World, owner: FakeOwner) -> None:
    user = world.User(name="x", age=1)
    user.plain = "not mapped"
    state = owner.adopt(user, 1)
    user.age = 2
    state.expire()
    assert set(user.__dict__) == {"_sa_instance_state", "plain"}
    assert state.expired
    assert state.committed == {}
    assert state.expired_attributes == {"id", "name", "age", "posts", "card"}


def test_expiry_of_single_attributes(world: World) -> None:
    owner = FakeOwner({"age": 7})
    user = world.User(name="x", age=1)
    state = owner.adopt(user, 1)
    state.expire_attributes(["age"])
    assert user.name == "x"
    assert state.expired_attributes == {"age"}
    assert user.age == 7
    assert state.expired_attributes == set()


def test_set_committed_value_leaves_no_history(world: World) -> None:
    user = world.User()
    set_committed_value(user, "name", "k")
    assert not inspect(user).modified
    assert get_history(user, "name") == ((), ["k"], ())
    set_attribute(user, "name", "z")
    assert get_history(user, "name") == (["z"], (), ["k"])


def test_flags(world: World, owner: FakeOwner) -> None:
    user = world.User(name="a")
    state = owner.adopt(user, 1)
    flag_modified(user, "name")
    assert get_history(user, "name") == (["a"], (), ())
    assert owner.modified == {state: user}
    with pytest.raises(InvalidRequestError, match="Can't flag attribute 'age' modified; it's not present"):
        flag_modified(user, "age")
    with pytest.raises(KeyError):
        flag_modified(user, "nothing")
    state.forget_changes()
    assert not state.modified
    flag_dirty(user)
    assert state.modified
    state.forget_changes()
    assert not state.modified


def test_pickled_object_is_detached_with_its_changes() -> None:
    parent = PickledParent(id=3)
    state = inspect(parent)
    state.pk, state.committed = 3, {}
    twin = pickle.loads(pickle.dumps(parent))
    assert inspect(twin).key == (PickledParent, (3,), None)
    assert inspect(twin).detached
    assert not inspect(twin).modified
    assert pickle.loads(pickle.dumps(state)).obj is not None


def test_copies(world: World) -> None:
    user = world.User(name="x")
    assert inspect(copy.copy(user)) is inspect(user)
    twin = copy.deepcopy(user)
    assert inspect(twin) is not inspect(user)
    assert inspect(twin).obj() is twin
    twin.name = "y"
    assert user.name == "x"


def test_what_has_no_state(world: World) -> None:
    with pytest.raises(NoInspectionAvailable, match="No inspection system is available for object of type"):
        inspect(3)
    with pytest.raises(AttributeError):
        instance_state(3)
    with pytest.raises(NoInspectionAvailable):
        inspect(world.User.__new__(world.User))


def test_life_table_is_complete() -> None:
    for life in Life:
        for move in Move:
            assert ((life, move) in MOVES) != ((life, move) in REFUSED), (life, move)


def test_illegal_move_names_the_instance() -> None:
    assert next_life(Life.PENDING, Move.INSERT, "x") is Life.PERSISTENT
    with pytest.raises(InvalidRequestError, match="Instance <User at 1> is not persisted"):
        next_life(Life.TRANSIENT, Move.DELETE, "<User at 1>")


def test_slots_mixin_and_subclass(world: World) -> None:
    class Mixin:
        __slots__ = ("extra",)

    class Special(Mixin, world.User):
        __abstract__ = True

    special = Special.__new__(Special)
    special.extra = 3
    assert special.extra == 3
