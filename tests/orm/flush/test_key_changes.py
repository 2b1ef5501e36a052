"""Objects that follow a changed primary key by a relationship without other side."""

from __future__ import annotations

from cormorant import inspect, select
from cormorant.orm import Session, joinedload
from cormorant.orm.flush.key_changes import is_key_changed, referring_relationships

from ..session.world import Sent
from .world import Owner, Place, Visitor, changes_of


def test_the_relationships_that_lead_to_a_class() -> None:
    assert [r.key for r in referring_relationships(inspect(Place))] == ["passive", "active"]
    assert referring_relationships(inspect(Owner)) == ()


def test_a_key_set_is_a_key_changed(work: Session) -> None:
    place = work.get(Place, "a")
    assert not is_key_changed(inspect(place))
    place.code = "z"
    assert is_key_changed(inspect(place))
    assert not is_key_changed(inspect(Place(code="new")))


def test_a_loaded_reference_follows_what_the_database_passes_on(work: Session, sent: Sent) -> None:
    visitor = work.scalars(select(Visitor).where(Visitor.id == 1).options(joinedload(Visitor.passive))).one()
    visitor.passive.code = "z"
    sent.take()
    work.flush()
    assert visitor.passive_code == "z"
    assert not inspect(visitor).modified
    assert sent.take() == [("UPDATE places SET code=? WHERE places.code = ?", ("z", "a"))]


def test_a_reference_that_is_not_loaded_is_left_to_the_database(work: Session) -> None:
    visitor, place = work.get(Visitor, 1), work.get(Place, "a")
    place.code = "z"
    changes = changes_of(work)
    assert changes.followers == []
    assert not changes.is_saved(inspect(visitor))


def test_without_help_of_the_database_the_row_is_updated(work: Session, sent: Sent) -> None:
    visitor, place = work.get(Visitor, 2), work.get(Place, "a")
    place.code = "z"
    sent.take()
    work.flush()
    assert visitor.active_code == "z"
    assert sent.take() == [
        ("UPDATE places SET code=? WHERE places.code = ?", ("z", "a")),
        ("UPDATE visitors SET active_code=? WHERE visitors.id = ?", ("z", 2)),
    ]


def test_a_reference_given_anew_does_not_follow(work: Session) -> None:
    visitor, place = work.get(Visitor, 1), work.get(Place, "a")
    visitor.passive = work.get(Place, "b")
    place.code = "z"
    work.flush()
    assert visitor.passive_code == "b"


def test_a_deleted_object_does_not_follow(work: Session) -> None:
    visitor, place = work.get(Visitor, 2), work.get(Place, "a")
    work.delete(visitor)
    place.code = "z"
    assert not changes_of(work).is_saved(inspect(visitor))


def test_memory_is_looked_through_once_per_relationship_and_flush(work: Session) -> None:
    visitors = work.scalars(select(Visitor).options(joinedload(Visitor.passive), joinedload(Visitor.active))).all()
    for code in ("a", "b"):
        work.get(Place, code).code = code * 2
    changes = changes_of(work)
    assert [r.key for r in changes.referring] == ["passive", "active"]
    assert {link.child for link in changes.followers} == {inspect(visitors[0]), inspect(visitors[2])}
    work.flush()
    assert [(v.passive_code, v.active_code) for v in visitors] == [("aa", None), (None, "aa"), ("bb", "bb")]
