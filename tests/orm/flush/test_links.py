"""Keys that are copied along relationships, and rows of secondary tables."""

from __future__ import annotations

import pytest

from cormorant import inspect
from cormorant.orm import Session
from cormorant.orm.flush.links import Link, LinkRow, Wiring, secondary_wiring_of, wiring_of

from .world import Label, Owner, Thing

THINGS = "things"


def wiring() -> Wiring:
    return wiring_of(inspect(Owner).relationships[THINGS])


def test_both_directions_copy_the_same_key() -> None:
    assert wiring().pairs == (("id", "owner_id"),)
    assert wiring_of(inspect(Thing).relationships["owner"]).pairs == (("id", "owner_id"),)
    assert wiring().name == "Owner.things"
    assert wiring_of(inspect(Owner).relationships[THINGS]) is wiring()


def test_applying_copies_the_key_and_is_noticed(work: Session) -> None:
    owner, thing = work.get(Owner, 2), work.get(Thing, 1)
    link = Link(wiring(), inspect(owner), inspect(thing))
    assert list(link.changed_keys()) == ["owner_id"]
    link.apply()
    assert thing.owner_id == 2
    assert inspect(thing).committed == {"owner_id": 1}
    assert list(link.changed_keys()) == []


def test_applying_without_parent_clears_the_key(work: Session) -> None:
    thing = work.get(Thing, 1)
    Link(wiring(), None, inspect(thing)).apply()
    assert thing.owner_id is None


def test_a_key_that_is_not_known_yet_counts_as_changed(work: Session) -> None:
    thing = work.get(Thing, 1)
    assert list(Link(wiring(), inspect(Owner()), inspect(thing)).changed_keys()) == ["owner_id"]


def test_following_is_no_change(work: Session) -> None:
    owner, thing = work.get(Owner, 2), work.get(Thing, 1)
    Link(wiring(), inspect(owner), inspect(thing)).follow()
    assert thing.owner_id == 2
    assert not inspect(thing).modified


def test_following_leaves_what_the_program_set(work: Session) -> None:
    owner, thing = work.get(Owner, 2), work.get(Thing, 1)
    thing.owner_id = 7
    Link(wiring(), inspect(owner), inspect(thing)).follow()
    assert thing.owner_id == 7


def test_a_primary_key_is_not_cleared(work: Session) -> None:
    thing = work.get(Thing, 1)
    strict = Wiring(wiring().relationship, (("id", "id"),), frozenset({"id"}), False)
    with pytest.raises(AssertionError, match=r"Dependency rule on column 'owners.id' tried to blank-out"):
        Link(strict, None, inspect(thing)).apply()


def test_the_row_of_a_secondary_table(work: Session) -> None:
    thing, label = work.get(Thing, 2), work.get(Label, 1)
    from_thing = secondary_wiring_of(inspect(Thing).relationships["labels"])
    from_label = secondary_wiring_of(inspect(Label).relationships[THINGS])
    expected = {"thing_id": 2, "label_id": 1}
    assert LinkRow(from_thing, inspect(thing), inspect(label)).values() == expected
    assert LinkRow(from_label, inspect(label), inspect(thing)).values() == expected
