"""Values that a flush gives to objects, and those that it leaves to the database."""

from __future__ import annotations

from cormorant import inspect
from cormorant.orm import Session
from cormorant.orm.flush import defaults
from cormorant.orm.flush.rows import table_writes

from ..session.world import Sent
from .world import Doc, Filled, Owner


def test_python_defaults_fill_what_is_not_set(work: Session) -> None:
    empty, given = Filled(), Filled(made="given", counted=0)
    writes = table_writes(inspect(Filled), Filled.__table__)
    defaults.set_python_defaults(work.connection(), writes, [empty, given])
    assert (empty.made, given.made) == ("made", "given")
    assert given.counted == 0
    assert empty.counted == 6


def test_a_new_versioned_object_begins_at_one() -> None:
    doc = Doc(title="new")
    assert defaults.has_identity_values(type(inspect(doc)))
    assert not defaults.has_identity_values(type(inspect(Owner())))
    defaults.set_identity_values(inspect(doc), doc)
    assert doc.version == 1


def test_an_update_steps_the_version(work: Session, sent: Sent) -> None:
    doc = work.get(Doc, 1)
    doc.title = "x"
    sent.take()
    work.flush()
    assert doc.version == 2
    assert sent.take() == [
        ("UPDATE docs SET title=?, version=? WHERE docs.id = ? AND docs.version = ?", ("x", 2, 1, 1))
    ]


def test_the_version_that_the_row_must_still_have(work: Session) -> None:
    doc = work.get(Doc, 1)
    writes = table_writes(inspect(Doc), Doc.__table__)
    assert defaults.old_version(writes, inspect(doc)) == 1
    doc.version = 5
    assert defaults.old_version(writes, inspect(doc)) == 1
    assert defaults.old_version(table_writes(inspect(Owner), Owner.__table__), inspect(doc)) is None


def test_onupdate_values_are_set_only_where_something_changes(work: Session) -> None:
    row = work.get(Filled, 1)
    row.name = "n"
    work.flush()
    assert row.changed is None
    row.name = "other"
    work.flush()
    assert row.changed == "changed"


def test_what_the_database_fills_is_there_after_the_flush(work: Session) -> None:
    row = Filled(name="x")
    work.add(row)
    work.flush()
    assert (row.made, row.served) == ("made", "served")


def test_attributes_left_unloaded_are_expired(work: Session) -> None:
    owner = work.get(Owner, 1)
    owner.name = "x"
    defaults.leave_unloaded(owner, ["name"])
    assert "name" not in vars(owner)
    assert not inspect(owner).modified
    assert inspect(owner).expired_attributes == {"name"}
    assert owner.name == "ann"
