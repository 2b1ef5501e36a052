"""A plan is executed: batches, hooks, counts."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import event, inspect, text
from cormorant.engine import Engine
from cormorant.exc import SAWarning
from cormorant.orm import Session
from cormorant.orm.exc import StaleDataError

from ..session.world import Sent, stored
from .world import Doc, Node, Owner, Place, Thing


def test_rows_of_one_shape_go_in_one_statement(work: Session, sent: Sent) -> None:
    work.add_all([Place(code="x"), Place(code="y")])
    work.flush()
    assert sent.take() == [("INSERT INTO places (code) VALUES (?)", [("x",), ("y",)])]


def test_updates_of_the_same_columns_go_in_one_statement(work: Session, sent: Sent) -> None:
    for pk in (1, 2):
        work.get(Owner, pk).name = "x"
    sent.take()
    work.flush()
    assert sent.take() == [("UPDATE owners SET name=? WHERE owners.id = ?", [("x", 1), ("x", 2)])]


def test_keys_are_copied_before_values_are_taken(work: Session) -> None:
    work.add(Owner(id=7, things=[Thing(id=7)]))
    work.flush()
    assert stored(work, "SELECT owner_id FROM things WHERE id = 7") == [(7,)]


def test_a_tree_written_and_deleted_in_one_flush(work: Session, sent: Sent) -> None:
    work.delete(work.get(Node, 4))
    work.add(Node(id=9, name="new", children=[Node(id=8, name="below")]))
    sent.take()
    work.flush()
    assert sent.verbs()[-3:] == ["INSERT INTO nodes", "INSERT INTO nodes", "DELETE FROM nodes"]


def test_hooks_surround_the_statements(work: Session, engine: Engine) -> None:
    seen: list[str] = []
    names = ("before_insert", "after_insert", "before_update", "after_update", "before_delete", "after_delete")

    def listener(name: str) -> Any:
        return lambda mapper, connection, target: seen.append(name)

    listeners = {name: listener(name) for name in names}
    for name, function in listeners.items():
        event.listen(Place, name, function)
    event.listen(engine, "before_cursor_execute", lambda c, cursor, statement, *rest: seen.append(statement[:6]))
    try:
        place = Place(code="x")
        work.add(place)
        work.flush()
        place.code = "y"
        work.flush()
        work.delete(place)
        work.flush()
    finally:
        for name, function in listeners.items():
            event.remove(Place, name, function)
    assert seen == [
        *("before_insert", "INSERT", "after_insert"),
        *("before_update", "UPDATE", "after_update"),
        *("before_delete", "DELETE", "after_delete"),
    ]


def test_an_update_that_meets_no_row_is_an_error(work: Session) -> None:
    owner = work.get(Owner, 1)
    work.execute(text("DELETE FROM owners WHERE id = 1"))
    owner.name = "x"
    with pytest.raises(StaleDataError, match=r"UPDATE statement on table 'owners' expected to update 1 row\(s\); 0"):
        work.flush()


def test_a_delete_that_meets_no_row_is_a_warning(work: Session) -> None:
    place = work.get(Place, "b")
    work.execute(text("DELETE FROM places WHERE code = 'b'"))
    work.delete(place)
    with pytest.warns(SAWarning, match=r"DELETE statement on table 'places' expected to delete 1 row\(s\); 0"):
        work.flush()


def test_a_row_of_another_version_is_an_error(work: Session) -> None:
    doc = work.get(Doc, 1)
    work.execute(text("UPDATE docs SET version = 5"))
    doc.title = "x"
    with pytest.raises(StaleDataError):
        work.flush()


def test_a_row_switch_is_an_update_of_what_was_set(work: Session, sent: Sent) -> None:
    old = work.get(Owner, 2)
    assert old.things == []
    work.delete(old)
    work.add(Owner(id=2, name="heir"))
    sent.take()
    work.flush()
    assert sent.take() == [("UPDATE owners SET name=? WHERE owners.id = ?", ("heir", 2))]


def test_a_value_that_is_sql_is_loaded_when_it_is_read(work: Session) -> None:
    owner = work.get(Owner, 1)
    owner.name = text("'from' || 'sql'")
    work.flush()
    assert "name" not in vars(owner)
    assert "name" in inspect(owner).expired_attributes
    assert owner.name == "fromsql"
