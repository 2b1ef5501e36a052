"""From objects to rows: shapes, values, what counts as a change."""

from __future__ import annotations

from cormorant import func, inspect
from cormorant.orm import Session
from cormorant.orm.flush.rows import (
    has_expressions,
    has_net_change,
    is_modified,
    make_presence,
    make_take,
    table_writes,
)

from .world import Doc, Filled, Owner


def test_values_are_taken_in_order_and_absent_ones_are_none() -> None:
    take = make_take(["b", "a"])
    assert take([{"a": 1, "b": 2}, {"a": 3, "b": 4}]) == [(2, 1), (4, 3)]
    assert take([{"a": 1}]) == [(None, 1)]


def test_presence_tells_optional_values_from_explicit_ones() -> None:
    presence = make_presence(["a"], ["b"])
    assert presence({"a": None, "b": None}) == (False, True)
    assert presence({"a": 1}) == (True, False)


def test_sql_among_values() -> None:
    assert not has_expressions([(1, "x", None)])
    assert has_expressions([(1, "x"), (func.now(), "y")])


def test_objects_are_grouped_by_the_columns_that_they_name() -> None:
    writes = table_writes(inspect(Owner), Owner.__table__)
    with_key, without = Owner(id=5, name="a"), Owner(name="b")
    groups = writes.group_inserts([with_key, without, Owner(name="c")])
    assert [(shape.column_keys, len(members)) for shape, members in groups] == [(("id", "name"), 1), (("name",), 2)]
    assert [write.key for write in groups[1][0].unknown] == ["id"]
    assert writes.group_inserts([Owner()])[0][0] is groups[1][0]


def test_a_column_with_a_server_default_is_fetched_where_nothing_is_given() -> None:
    writes = table_writes(inspect(Filled), Filled.__table__)
    ((shape, _),) = writes.group_inserts([Filled(made="x", counted=1)])
    assert [write.key for write in shape.fetched] == ["served"]


def test_changed_keys_are_those_with_another_value(work: Session) -> None:
    writes = table_writes(inspect(Owner), Owner.__table__)
    owner = work.get(Owner, 1)
    owner.name = "ann"
    assert writes.changed_keys(inspect(owner), owner.__dict__) == ()
    owner.name = "other"
    assert writes.changed_keys(inspect(owner), owner.__dict__) == ("name",)


def test_the_shape_of_an_update_takes_the_key_along() -> None:
    shape = table_writes(inspect(Owner), Owner.__table__).update_shape(("name",), False)
    assert shape.take_with_key is not None
    assert shape.take_with_key([{"id": 1, "name": "x"}]) == [("x", 1)]
    assert table_writes(inspect(Owner), Owner.__table__).update_shape(("id",), False).take_with_key is None


def test_net_change_and_modified(work: Session) -> None:
    doc = work.get(Doc, 1)
    assert not has_net_change(inspect(doc), doc.__dict__)
    doc.title = "other"
    assert has_net_change(inspect(doc), doc.__dict__)
    assert is_modified(inspect(doc))
    doc.title = "t"
    assert not has_net_change(inspect(doc), doc.__dict__)
    assert not is_modified(inspect(doc))


def test_a_changed_collection_counts_on_request(work: Session) -> None:
    owner = work.get(Owner, 1)
    owner.things.pop()
    assert is_modified(inspect(owner))
    assert not is_modified(inspect(owner), include_collections=False)


def test_the_version_belongs_to_the_table_of_its_column() -> None:
    writes = table_writes(inspect(Doc), Doc.__table__)
    assert writes.version_in_table
    assert not writes.is_simple
    assert table_writes(inspect(Owner), Owner.__table__).is_simple
