"""Scalar and reference attributes: reading, writing, deleting, history, the other side, what the owner is told."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import inspect
from cormorant.orm.attributes import NO_VALUE, get_history
from cormorant.orm.exc import DetachedInstanceError, UnmappedInstanceError

from .world import FakeOwner, World


def test_unset_attribute_reads_as_none_and_stays_unset(world: World) -> None:
    user = world.User()
    assert user.name is None
    assert "name" not in user.__dict__
    assert get_history(user, "name") == ((), (), ())


def test_first_value_is_an_addition_without_original(world: World) -> None:
    user = world.User()
    user.name = "x"
    user.name = "y"
    assert inspect(user).committed_state == {"name": NO_VALUE}
    assert get_history(user, "name") == (["y"], (), ())


def test_constructor_values_count_as_changes(world: World) -> None:
    user = world.User(name="k")
    assert inspect(user).modified
    assert inspect(user).committed_state == {"name": NO_VALUE}


def test_deleted_value_of_a_new_object_reads_as_none(world: World) -> None:
    user = world.User(name="k")
    del user.name
    assert user.name is None
    assert get_history(user, "name") == ([None], (), ())
    with pytest.raises(AttributeError, match=r"User\.name object does not have a value"):
        del user.name


def test_change_of_a_persistent_object_keeps_the_original_and_tells_the_owner(world: World, owner: FakeOwner) -> None:
    user = world.User(name="a", age=3)
    state = owner.adopt(user, 1)
    user.age = 5
    user.age = 6
    assert owner.modified == {state: user}
    assert owner.begun == 1
    assert get_history(user, "age") == ([6], (), [3])


def test_equal_value_is_no_change_but_modifies(world: World, owner: FakeOwner) -> None:
    user = world.User(age=3)
    owner.adopt(user, 1)
    user.age = 5
    user.age = 3
    assert inspect(user).modified
    assert get_history(user, "age") == ((), [3], ())


def test_deleted_value_of_a_persistent_object(world: World, owner: FakeOwner) -> None:
    user = world.User(age=3)
    owner.adopt(user, 1)
    del user.age
    assert user.age is None
    assert owner.loads == []
    assert get_history(user, "age") == ((), (), [3])


def test_set_of_an_expired_attribute_does_not_load(world: World, owner: FakeOwner) -> None:
    user = world.User(name="a")
    state = owner.adopt(user, 1)
    state.expire()
    user.name = "z"
    assert owner.loads == []
    assert state.committed == {"name": NO_VALUE}
    assert get_history(user, "name") == (["z"], (), ())


def test_read_of_an_expired_attribute_asks_the_owner(world: World) -> None:
    owner = FakeOwner({"name": "from the database"})
    user = world.User(name="a")
    state = owner.adopt(user, 1)
    state.expire()
    assert state.expired
    assert user.name == "from the database"
    assert owner.loads == ["name"]
    assert not state.expired


def test_detached_objects_read_what_they_hold_and_refuse_the_rest(world: World, owner: FakeOwner) -> None:
    user = world.User(name="a", age=3)
    state = owner.adopt(user, 1)
    state.expire_attributes(["age"])
    state.owner = None
    assert user.name == "a"
    with pytest.raises(DetachedInstanceError, match="is not bound to a Session; attribute refresh operation cannot"):
        _ = user.age
    with pytest.raises(DetachedInstanceError, match="lazy load operation of attribute 'posts' cannot proceed"):
        _ = user.posts


def test_object_made_without_constructor(world: World) -> None:
    user = world.User.__new__(world.User)
    with pytest.raises(AttributeError, match="'User' object has no attribute '_sa_instance_state'"):
        user.name = "x"
    with pytest.raises(UnmappedInstanceError, match="is mapped, but this instance lacks instrumentation"):
        _ = user.name


# --- references


def test_reference_fills_the_other_side(world: World) -> None:
    user, post = world.User(), world.Post()
    post.user = user
    assert user.posts == [post]
    assert get_history(post, "user") == ([user], (), ())


def test_new_reference_leaves_the_old_parent(world: World) -> None:
    one, two, post = world.User(), world.User(), world.Post()
    one.posts.append(post)
    post.user = two
    assert one.posts == []
    assert two.posts == [post]
    post.user = None
    assert two.posts == []
    assert get_history(post, "user") == ([None], (), ())


def test_deleted_reference_of_a_new_object(world: World) -> None:
    user, post = world.User(), world.Post()
    post.user = user
    del post.user
    assert post.user is None
    assert user.posts == []
    assert get_history(post, "user") == ([None], (), ())


def test_one_to_one_keeps_both_sides_in_step(world: World) -> None:
    user, first, second = world.User(), world.Card(), world.Card()
    user.card = first
    assert first.user is user
    user.card = second
    assert first.user is None
    assert second.user is user
    other = world.User()
    second.user = other
    assert user.card is None
    assert other.card is second


def test_reference_takes_mapped_objects_only(world: World) -> None:
    with pytest.raises(AttributeError, match=r"'int' object has no attribute '_sa_instance_state'; Post\.user takes"):
        world.Post().user = 3
    with pytest.raises(KeyError, match="its class has no attribute 'posts' that refers back"):
        world.Post().user = world.Post()


def test_save_update_cascade_follows_the_origin_only(world: World) -> None:
    owner = FakeOwner({"posts": [], "user": None})
    user = world.User()
    owner.adopt(user, 1)
    post = world.Post()
    user.posts.append(post)
    assert owner.added == [post]
    other = world.Post()
    other.user = user
    assert owner.added == [post]
    assert user.posts == [post, other]


def test_reference_to_an_unloaded_collection_is_queued(world: World) -> None:
    owner = FakeOwner()
    user, stored, post = world.User(), world.Post(), world.Post()
    owner.answers = {"posts": [stored]}
    owner.adopt(user, 1)
    post.user = user
    assert "posts" not in user.__dict__
    assert owner.loads == []
    assert inspect(user).committed_state == {"posts": NO_VALUE}
    assert user.posts == [stored, post]
    assert get_history(user, "posts") == ([post], [stored], [])


def test_queued_removal_is_merged_on_load(world: World) -> None:
    owner = FakeOwner()
    user, post = world.User(), world.Post()
    post.user = user
    owner.adopt(user, 1)
    owner.adopt(post, 1)
    del user.__dict__["posts"]
    inspect(user).committed = {}
    owner.answers = {"posts": [post]}
    post.user = None
    assert user.posts == []
    assert get_history(user, "posts") == ([], [], [post])


def test_delete_orphan_parent_is_tracked(world: World) -> None:
    user, post = world.User(), world.Post()
    wire: Any = world.User.posts.wire
    assert not inspect(post).has_parent(wire)
    user.posts.append(post)
    assert inspect(post).has_parent(wire)
    assert world.User.posts.hasparent(inspect(post))
    user.posts.remove(post)
    assert not inspect(post).has_parent(wire, is_optimistic=True)
