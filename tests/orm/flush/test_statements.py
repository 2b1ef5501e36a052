"""The statements of a flush: their text, and that each is prepared once."""

from __future__ import annotations

from cormorant import inspect, text
from cormorant.orm import Session
from cormorant.orm.flush import statements
from cormorant.orm.flush.rows import TableWrites, table_writes

from ..session.world import Sent, stored
from .world import Doc, Owner, Thing, thing_labels


def writes_of(cls: type) -> TableWrites:
    return table_writes(inspect(cls), inspect(cls).local_table)


def test_an_insert_returns_generated_keys(work: Session, sent: Sent) -> None:
    writes = writes_of(Owner)
    ((shape, _),) = writes.group_inserts([Owner()])
    found, fetched = statements.insert(work.connection(), writes, shape, [("x",), ("y",)])
    assert [write.key for write in fetched] == ["id"]
    assert [tuple(row) for row in found] == [(3,), (4,)]
    assert sent.verbs() == ["INSERT INTO owners"]


def test_an_insert_with_keys_returns_nothing(work: Session, sent: Sent) -> None:
    writes = writes_of(Owner)
    ((shape, _),) = writes.group_inserts([Owner(id=1)])
    assert statements.insert(work.connection(), writes, shape, [(8, "x"), (9, "y")]) == ((), ())
    assert sent.take() == [("INSERT INTO owners (id, name) VALUES (?, ?)", [(8, "x"), (9, "y")])]


def test_an_update_counts_the_rows_that_it_met(work: Session, sent: Sent) -> None:
    writes = writes_of(Owner)
    shape = writes.update_shape(("name",), False)
    assert statements.update(work.connection(), writes, shape, [("x", 1), ("y", 99)]) == 1
    assert sent.take() == [("UPDATE owners SET name=? WHERE owners.id = ?", [("x", 1), ("y", 99)])]


def test_an_update_asks_for_the_old_version(work: Session, sent: Sent) -> None:
    writes = writes_of(Doc)
    shape = writes.update_shape(("title", "version"), True)
    assert statements.update(work.connection(), writes, shape, [("x", 2, 1, 7)], True) == 0
    assert sent.take() == [
        ("UPDATE docs SET title=?, version=? WHERE docs.id = ? AND docs.version = ?", ("x", 2, 1, 7))
    ]


def test_a_statement_is_prepared_once_per_shape(work: Session) -> None:
    writes = writes_of(Owner)
    shape = writes.update_shape(("name",), False)
    statements.update(work.connection(), writes, shape, [("x", 1)])
    kept = dict(shape.plans)
    statements.update(work.connection(), writes, shape, [("y", 2)])
    assert shape.plans == kept


def test_a_value_may_be_sql(work: Session, sent: Sent) -> None:
    writes = writes_of(Owner)
    shape = writes.update_shape(("name",), False)
    assert statements.is_expression(text("x"))
    assert not statements.is_expression("x")
    assert statements.update_expressions(work.connection(), writes, shape, (text("upper(name)"), 1)) == 1
    assert sent.take() == [("UPDATE owners SET name=upper(name) WHERE owners.id = ?", (1,))]


def test_a_delete_counts_the_rows_that_it_met(work: Session, sent: Sent) -> None:
    assert statements.delete(work.connection(), writes_of(Thing), [(2,), (99,)], False) == 1
    assert sent.take() == [("DELETE FROM things WHERE things.id = ?", [(2,), (99,)])]


def test_rows_of_a_secondary_table(work: Session, sent: Sent) -> None:
    labels = inspect(Thing).relationships["labels"]
    statements.insert_links(work.connection(), labels, thing_labels, [{"label_id": 2, "thing_id": 2}])
    assert statements.delete_links(work.connection(), labels, thing_labels, [{"thing_id": 1, "label_id": 1}]) == 1
    assert sent.take() == [
        ("INSERT INTO thing_labels (thing_id, label_id) VALUES (?, ?)", (2, 2)),
        ("DELETE FROM thing_labels WHERE thing_labels.thing_id = ? AND thing_labels.label_id = ?", (1, 1)),
    ]
    assert stored(work, "SELECT * FROM thing_labels") == [(2, 2)]
