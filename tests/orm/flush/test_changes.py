"""What a flush finds to do."""

from __future__ import annotations

import pytest

from cormorant import inspect
from cormorant.exc import SAWarning
from cormorant.orm import Session
from cormorant.orm.flush.changes import collect_changes, flush_relationships, may_be_orphan

from ..session.world import Sent
from .world import Doc, Label, Owner, Place, Thing, changes_of


def test_nothing(work: Session) -> None:
    work.get(Owner, 1)
    changes = changes_of(work)
    assert (changes.saved, changes.deleted, changes.links) == ({}, {}, [])


def test_new_and_changed_objects_are_kept_apart(work: Session) -> None:
    new, row = Owner(name="new"), work.get(Owner, 1)
    work.add(new)
    row.name = "changed"
    saves = changes_of(work).saved[inspect(Owner)]
    assert list(saves.new.values()) == [new]
    assert list(saves.rows.values()) == [row]
    assert inspect(new) in saves
    assert inspect(work.get(Owner, 2)) not in saves


def test_a_deleted_object_is_not_saved(work: Session) -> None:
    doc = work.get(Doc, 1)
    doc.title = "changed"
    work.delete(doc)
    changes = changes_of(work)
    assert not changes.is_saved(inspect(doc))
    assert changes.is_deleted(inspect(doc))


def test_only_the_chosen_objects_count(work: Session) -> None:
    one, two = Owner(name="one"), Owner(name="two")
    work.add_all([one, two])
    assert list(collect_changes(work, {inspect(two)}).saved[inspect(Owner)].new.values()) == [two]


def test_a_changed_collection_becomes_links_and_draws_its_members_in(work: Session) -> None:
    owner, thing = work.get(Owner, 2), work.get(Thing, 1)
    owner.things.append(thing)
    changes = changes_of(work)
    assert changes.is_saved(inspect(thing))
    assert {(link.parent, link.child) for link in changes.links} == {(inspect(owner), inspect(thing))}


def test_a_member_let_go_of_loses_its_key(work: Session) -> None:
    owner = work.get(Owner, 1)
    thing = owner.things.pop()
    links = changes_of(work).links
    assert {(link.parent, link.child) for link in links} == {(None, inspect(thing))}


def test_members_of_deleted_objects_are_loaded_together(work: Session, sent: Sent) -> None:
    owners = [work.get(Owner, 1), work.get(Owner, 2)]
    for owner in owners:
        work.delete(owner)
    sent.take()
    changes = changes_of(work)
    assert sent.verbs() == ["SELECT"]
    assert len([link for link in changes.links if link.parent is None]) == 2


def test_a_link_row_known_to_both_sides_is_written_once(work: Session) -> None:
    thing, label = work.get(Thing, 2), work.get(Label, 2)
    thing.labels.append(label)
    assert thing in label.things
    (rows,) = changes_of(work).link_rows.values()
    assert (len(rows.added), len(rows.removed)) == (1, 0)


def test_a_new_object_takes_over_the_row_of_a_deleted_one(work: Session) -> None:
    old, new = work.get(Place, "a"), Place(code="a")
    work.delete(old)
    work.add(new)
    changes = changes_of(work)
    assert changes.row_switches == {inspect(new): inspect(old)}
    assert changes.deleted == {}


def test_a_new_object_with_the_key_of_another_is_a_conflict(work: Session) -> None:
    present, new = work.get(Place, "a"), Place(code="a")
    work.add(new)
    assert changes_of(work).conflicts == {inspect(new): inspect(present)}


def test_an_object_outside_the_session_is_left_out_with_a_warning(work: Session) -> None:
    owner, thing = work.get(Owner, 2), Thing(name="stray")
    owner.things.append(thing)
    work.expunge(thing)
    with pytest.warns(SAWarning, match="Object of type <Thing> not in session, add operation along 'Owner.things'"):
        changes = changes_of(work)
    assert not changes.is_saved(inspect(thing))


def test_what_is_decided_once_per_mapper() -> None:
    assert not may_be_orphan(inspect(Thing))
    assert [relationship.key for relationship in flush_relationships(inspect(Thing))] == ["owner", "labels"]
