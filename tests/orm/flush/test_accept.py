"""After the last statement: states, identity map, closed books."""

from __future__ import annotations

from cormorant import event, inspect
from cormorant.orm import Session

from .world import Owner, Place, Thing


def test_new_objects_become_persistent(work: Session) -> None:
    owner = Owner(name="new")
    work.add(owner)
    work.flush()
    state = inspect(owner)
    assert state.persistent
    assert state.pk == owner.id
    assert work.identity.find(Owner, owner.id) is owner
    assert not work.new
    assert not state.modified


def test_the_books_of_changed_objects_are_closed(work: Session) -> None:
    owner = work.get(Owner, 1)
    owner.name = "x"
    owner.things.append(Thing(name="new"))
    work.flush()
    assert not work.modified
    assert inspect(owner).committed == {}
    assert not inspect(owner.things[-1]).modified


def test_an_object_moves_to_its_new_key(work: Session) -> None:
    place = work.get(Place, "a")
    place.code = "z"
    work.flush()
    assert work.identity.find(Place, "z") is place
    assert work.identity.find(Place, "a") is None


def test_deleted_objects_leave_the_identity_map(work: Session) -> None:
    place = work.get(Place, "b")
    work.delete(place)
    work.flush()
    assert inspect(place).deleted
    assert work.identity.find(Place, "b") is None
    assert not work.deleted


def test_an_object_that_takes_a_row_over_takes_its_place(work: Session) -> None:
    old, new = work.get(Place, "b"), Place(code="b")
    work.delete(old)
    work.add(new)
    work.flush()
    assert work.identity.find(Place, "b") is new
    assert inspect(old).deleted


def test_nothing_is_accepted_before_the_last_step(work: Session) -> None:
    owner = Owner(name="new")
    work.add(owner)
    seen: list[bool] = []

    def look(session: Session, context: object) -> None:
        seen.append(owner in session.new and inspect(owner).pending)

    event.listen(work, "after_flush", look)
    work.flush()
    assert seen == [True]
