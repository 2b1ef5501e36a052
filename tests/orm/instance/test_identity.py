"""The identity map: registration, weakness, replacement, full keys."""

from __future__ import annotations

import gc

import pytest

from cormorant import inspect
from cormorant.orm import IdentityMap

from .world import FakeOwner, World


def test_entries_die_with_their_objects(world: World, owner: FakeOwner) -> None:
    identity = IdentityMap()
    user = world.User()
    state = owner.adopt(user, 1)
    assert identity.add(state)
    assert not identity.add(state)
    assert identity.find(world.User, 1) is user
    assert identity[world.User, (1,), None] is user
    assert list(identity) == [(world.User, (1,), None)]
    assert len(identity) == 1
    del user, state
    gc.collect()
    assert identity.find(world.User, 1) is None
    assert identity.entries(world.User) == {}


def test_dead_entry_does_not_remove_its_successor(world: World, owner: FakeOwner) -> None:
    identity = IdentityMap()
    old, new = world.User(), world.User()
    identity.add(owner.adopt(old, 1))
    replaced = identity.replace(owner.adopt(new, 1))
    assert replaced is inspect(old)
    del old, replaced
    gc.collect()
    assert identity.find(world.User, 1) is new


def test_second_object_for_a_key_is_refused(world: World, owner: FakeOwner) -> None:
    identity = IdentityMap()
    one, two = world.User(), world.User()
    identity.add(owner.adopt(one, 1))
    with pytest.raises(ValueError, match="a different object stands under the identity key"):
        identity.add(owner.adopt(two, 1))
    identity.discard(inspect(two))
    assert identity.contains_state(inspect(one))


def test_changed_key(world: World, owner: FakeOwner) -> None:
    identity = IdentityMap()
    user = world.User()
    state = owner.adopt(user, 1)
    identity.add(state)
    identity.change_key(state, 2)
    assert identity.find(world.User, 1) is None
    assert identity.find(world.User, 2) is user


def test_identity_tokens_separate_shards(world: World, owner: FakeOwner) -> None:
    identity = IdentityMap()
    east, west = world.User(), world.User()
    for user, token in ((east, "east"), (west, "west")):
        state = owner.adopt(user, 1)
        state.identity_token = token
        identity.add(state)
    assert identity.find(world.User, 1, "east") is east
    assert identity[world.User, (1,), "west"] is west
    assert (world.User, (1,), None) not in identity
