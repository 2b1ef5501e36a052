"""Collections of related objects: reading, changing members, replacing the whole, history, stale collections."""

from __future__ import annotations

import pytest

from cormorant import inspect
from cormorant.exc import SAWarning
from cormorant.orm.attributes import get_history, init_collection, set_committed_value
from cormorant.orm.collections import InstrumentedList
from cormorant.orm.exc import ObjectDereferencedError

from .world import FakeOwner, World


def test_empty_collection_is_no_value_until_it_is_changed(world: World) -> None:
    user = world.User()
    assert user.posts == []
    assert user.posts is user.posts
    assert isinstance(user.posts, InstrumentedList)
    assert "posts" not in user.__dict__
    assert not inspect(user).modified
    user.posts.append(world.Post())
    assert "posts" in user.__dict__


def test_list_operations_keep_the_other_side(world: World) -> None:
    user = world.User()
    a, b, c, d = (world.Post() for _ in range(4))
    user.posts = [a, b]
    user.posts.extend([c])
    user.posts.insert(0, d)
    assert [post.user for post in (a, b, c, d)] == [user] * 4
    assert user.posts.pop() is c
    assert c.user is None
    user.posts[0] = c
    assert d.user is None
    assert c.user is user
    user.posts[0:2] = [d]
    assert (c.user, a.user, d.user) == (None, None, user)
    del user.posts[0]
    assert user.posts == [b]
    user.posts += [a]
    assert user.posts == [b, a]
    user.posts.clear()
    assert [post.user for post in (a, b)] == [None, None]
    with pytest.raises(ValueError, match="x not in list"):
        user.posts.remove(a)


def test_a_member_listed_twice_stays_when_one_is_removed(world: World) -> None:
    user, post = world.User(), world.Post()
    user.posts = [post, post]
    user.posts.remove(post)
    assert user.posts == [post]
    assert post.user is user


def test_replacing_the_collection_fires_per_member(world: World) -> None:
    user = world.User()
    a, b, c = (world.Post() for _ in range(3))
    user.posts = [a, b]
    old = user.posts
    user.posts = [b, c]
    assert (a.user, b.user, c.user) == (None, user, user)
    assert old == [a, b]
    assert old._sa_adapter is None
    old.append(a)
    assert a.user is None


def test_assigning_the_same_collection_changes_nothing(world: World) -> None:
    user, post = world.User(), world.Post()
    user.posts = [post]
    same = user.posts
    user.posts = same
    assert user.posts is same
    assert post.user is user


@pytest.mark.parametrize(("value", "name"), [(None, "None"), ({1: 2}, "dict"), ("abc", "str"), ({1}, "set")])
def test_wrong_collection_type(world: World, value: object, name: str) -> None:
    with pytest.raises(TypeError, match=f"Incompatible collection type: {name} is not list-like"):
        world.User().posts = value


def test_history_of_a_loaded_collection(world: World) -> None:
    user, a, b = world.User(), world.Post(), world.Post()
    set_committed_value(user, "posts", [a])
    assert get_history(user, "posts") == ((), [a], ())
    user.posts.append(b)
    user.posts.remove(a)
    assert get_history(user, "posts") == ([b], [], [a])
    assert get_history(user, "posts").has_changes()
    assert get_history(user, "posts").sum() == [b, a]


def test_deleting_a_collection_removes_its_members(world: World) -> None:
    user, post = world.User(), world.Post()
    user.posts = [post]
    del user.posts
    assert post.user is None
    assert user.posts == []


def test_changes_of_an_expired_collection_reach_its_owner(world: World) -> None:
    first, late = world.Post(), world.Post()
    user, owner = world.User(posts=[first]), FakeOwner({"posts": [first]})
    state = owner.adopt(user, 1)
    old = user.posts
    state.expire()
    with pytest.warns(SAWarning, match=r"This collection has been invalidated. User.posts was expired"):
        old.append(late)
    assert late.user is user
    with pytest.warns(SAWarning, match="invalidated"):
        old.remove(first)
    assert first.user is None
    assert user.posts == [late]


def test_an_owner_that_is_gone(world: World) -> None:
    user = world.User(posts=[])
    FakeOwner({}).adopt(user, 1)
    posts = user.posts
    del user
    with pytest.raises(ObjectDereferencedError, match=r"'User.posts' - parent object of type <User> has been garbage"):
        posts.append(world.Post())
    new = world.User(posts=[]).posts
    new.append(world.Post())
    assert len(new) == 1


def test_many_to_many_fills_both_sides(world: World) -> None:
    post, tag = world.Post(), world.Tag()
    post.tags.append(tag)
    assert tag.posts == [post]
    tag.posts.remove(post)
    assert post.tags == []


def test_init_collection_fills_without_history(world: World) -> None:
    user, post = world.User(), world.Post()
    adapter = init_collection(user, "posts")
    adapter.append_without_event(post)
    assert user.posts == [post]
    assert post.user is None
    assert get_history(user, "posts") == ((), [post], ())
    adapter.append_with_event(other := world.Post())
    assert other.user is user
    assert list(adapter) == [post, other]


def test_members_must_be_mapped_objects(world: World) -> None:
    user = world.User()
    with pytest.raises(AttributeError, match=r"'int' object has no attribute '_sa_instance_state'; User\.posts takes"):
        user.posts.append(3)
    user.posts.append(None)
    assert user.posts == [None]
