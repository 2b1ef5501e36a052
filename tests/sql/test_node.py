"""Shapes, refs and keys of statements: what makes two statements the same structure, and what does not."""

from __future__ import annotations

import copy
import gc
import pickle
import threading
import warnings
import weakref
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.exc import SAWarning
from cormorant.sql import (
    BinaryExpression,
    ColumnElement,
    Select,
    and_,
    bindparam,
    column,
    func,
    literal_column,
    quoted_name,
    select,
    shapes,
    table,
)
from cormorant.sql.node import Node, annotate, deannotate, intern, shape_table_size, statement_key
from cormorant.sql.recipes import RECIPE_LIMIT
from cormorant.types import Integer, String, UserDefinedType
from cormorant.types.operators import eq

a = table("a", column("id", Integer()), column("x", Integer()), column("name", String()))
b = table("b", column("id", Integer()), column("a_id", Integer()))


def key(statement: Any) -> Any:
    return statement_key(statement)[0]


def values(statement: Any) -> list[Any]:
    return [bind.value for bind in statement_key(statement)[1]]


def test_values_are_no_part_of_the_structure() -> None:
    one, other = select(a).where(a.c.id == 1), select(a).where(a.c.id == 2)
    assert one.shape is other.shape
    assert key(one) is key(other)
    assert (values(one), values(other)) == ([1], [2])


@pytest.mark.parametrize(
    "other",
    [
        select(a).where(a.c.id != 1),
        select(a).where(a.c.x == 1),
        select(a).where(a.c.id == 1).limit(1),
        select(a.c.id).where(a.c.id == 1),
        select(a).having(a.c.id == 1),
        select(a).where(a.c.id == "1"),
        select(a).where(a.c.id == None),  # noqa: E711
        select(b).where(a.c.id == 1),
        select(a).where(a.c.id == a.c.x),
    ],
)
def test_different_structures_have_different_keys(other: Any) -> None:
    assert key(select(a).where(a.c.id == 1)) != key(other)


def test_order_of_calls_is_part_of_the_structure_but_not_their_number() -> None:
    assert key(select(a).where(a.c.id == 1, a.c.x == 2)) == key(select(a).where(a.c.id == 3).where(a.c.x == 4))


def test_length_of_a_list_is_no_part_of_the_structure() -> None:
    assert key(select(a).where(a.c.id.in_([1]))) == key(select(a).where(a.c.id.in_([1, 2, 3])))
    assert values(select(a).where(a.c.id.in_([1, 2]))) == [[1, 2]]


def test_bind_used_twice_is_not_two_binds() -> None:
    bind = bindparam(None, 5, Integer(), unique=True)
    other = bindparam(None, 5, Integer(), unique=True)
    once = select(a).where(a.c.id == bind, a.c.x == bind)
    twice = select(a).where(a.c.id == bind, a.c.x == other)
    assert key(once) != key(twice)
    assert values(once) == [5]
    assert values(twice) == [5, 5]


def test_pattern_of_anonymous_aliases_is_part_of_the_key() -> None:
    def joined(left: Any, right: Any, first: Any, second: Any) -> Any:
        return select(left.c.id).select_from(right).where(first.c.id == second.c.x)

    p, q = a.alias(), a.alias()
    r, s = a.alias(), a.alias()
    assert key(joined(p, q, p, q)) == key(joined(r, s, r, s))
    assert key(joined(p, q, p, q)) != key(joined(p, q, q, p))
    assert key(joined(p, q, p, p)) != key(joined(p, q, q, q))


def test_names_of_aliases_are_part_of_the_structure() -> None:
    assert key(select(a.alias("p"))) == key(select(a.alias("p")))
    assert key(select(a.alias("p"))) != key(select(a.alias("q")))
    assert key(select(a.alias("p"))) != key(select(a.alias()))


def test_columns_of_equal_subqueries_have_equal_shapes() -> None:
    def of(value: int) -> Any:
        sub = select(a.c.id, a.c.x).where(a.c.x == value).subquery()
        return select(sub.c.x).where(sub.c.id > 3)

    assert key(of(1)) == key(of(2))
    assert values(of(7)) == [7, 3] or values(of(7)) == [3, 7]
    sub = select(a.c.id, a.c.x).subquery()
    assert key(select(sub.c.id)) != key(select(sub.c.x))


def test_binds_come_in_one_order_for_one_key() -> None:
    def of(first: int, second: int, third: int) -> Any:
        inner = select(a.c.id).where(a.c.x == first).subquery()
        return select(inner.c.id).where(inner.c.id != second).limit(third)

    assert sorted(values(of(1, 2, 3))) == [1, 2, 3]
    order = values(of(1, 2, 3))
    assert [v - 3 for v in values(of(4, 5, 6))] == order


def test_binds_inside_an_alias_used_often_are_counted_once() -> None:
    sub = select(a.c.id).where(a.c.x == 5).subquery()
    statement = select(sub.c.id, sub.c.id).where(sub.c.id == 6, sub.c.id == 7)
    assert sorted(values(statement)) == [5, 6, 7]


def test_annotations_are_part_of_the_structure_and_not_of_identity() -> None:
    noted = a.c.id._annotate({"role": "remote"})
    assert noted is not a.c.id
    assert hash(noted) == hash(a.c.id)
    assert bool(noted == a.c.id)
    assert {a.c.id: "found"}[noted] == "found"
    assert deannotate(noted) is a.c.id
    assert isinstance(noted, type(a.c.id))
    assert key(select(noted)) == key(select(a.c.id._annotate({"role": "remote"})))
    assert key(select(noted)) != key(select(a.c.id))
    assert key(select(noted)) != key(select(a.c.id._annotate({"role": "foreign"})))
    assert noted._annotate({"more": 1})._annotations == {"role": "remote", "more": 1}


def test_annotated_from_clauses_equal_their_original() -> None:
    noted = annotate(a, {"x": 1})
    assert noted == a
    assert a == noted
    assert len({noted, a}) == 1
    assert noted != annotate(b, {"x": 1})


def test_annotation_of_a_bind_keeps_the_bind() -> None:
    bind = bindparam("q", 5, Integer())
    statement = select(a).where(a.c.id == annotate(bind, {"x": 1}), a.c.x == bind)
    assert values(statement) == [5]


class _Loose(ColumnElement[Any]):
    """A class of a program that says nothing about its structure."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner


class _Quiet(_Loose):
    inherit_cache = False


class _Fine(BinaryExpression[Any]):
    inherit_cache = True


def test_undeclared_classes_are_not_cached_and_warn_once() -> None:
    with pytest.warns(SAWarning, match="Class _Loose will not make use of SQL compilation caching"):
        assert key(select(_Loose(1))) is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert key(select(_Loose(2))) is None
        assert key(select(_Quiet(2))) is None


def test_uncacheable_parts_make_the_whole_uncacheable() -> None:
    sub = select(_Quiet(1)).where(a.c.id == 5).subquery()
    found, binds = statement_key(select(sub).where(a.c.x == 6))
    assert found is None
    assert sorted(bind.value for bind in binds) == [5, 6]


def test_classes_that_inherit_the_cache_have_shapes_of_their_own() -> None:
    fine = _Fine(a.c.id, a.c.x, eq)
    assert key(select(fine)) == key(select(_Fine(a.c.id, a.c.x, eq)))
    assert key(select(fine)) != key(select(BinaryExpression(a.c.id, a.c.x, eq)))


class _Keyless(UserDefinedType[Any]):
    cache_ok = False


def test_types_without_key_make_statements_uncacheable() -> None:
    assert key(select(column("q", _Keyless()))) is None


def test_types_are_part_of_the_structure() -> None:
    assert key(select(column("q", String(5)))) == key(select(column("q", String(5))))
    assert key(select(column("q", String(5)))) != key(select(column("q", String(6))))


def test_unhashable_atoms_are_uncacheable_and_not_an_error() -> None:
    marked = a.c.id._annotate({"anything": {1: [2]}})
    assert key(select(marked)) is not None
    marked = a.c.id._annotate({"anything": {1, 2}})
    assert key(select(marked)) is None


def test_table_of_shapes_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "known_shapes", {})
    monkeypatch.setattr(shapes, "SHAPE_LIMIT", 50)
    kept = select(a).where(a.c.id == 1)
    before = kept.shape
    for number in range(200):
        _ = select(literal_column(f"c{number}")).shape
        assert shape_table_size() <= shapes.SHAPE_LIMIT
    assert kept.shape is before
    assert statement_key(kept)[1][0].value == 1


def test_threads_agree_on_shapes() -> None:
    found: list[Any] = []
    gate = threading.Barrier(8)

    def work() -> None:
        gate.wait()
        found.extend(select(literal_column(f"thread_{n}")).where(a.c.id == n).shape for n in range(200))

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(shape) for shape in found}) == 200


def test_statements_can_be_pickled_and_copied() -> None:
    statement = select(a.c.id, func.count(a.c.x).label("n")).where(a.c.id == 5, a.c.name.in_(["x", "y"])).limit(3)
    for made in (pickle.loads(pickle.dumps(statement)), copy.deepcopy(statement)):
        assert statement_key(made)[0] == statement_key(statement)[0]
        assert values(made) == values(statement)
        assert str(made) == str(statement)


def test_pickled_binds_stay_the_same_object_where_they_were() -> None:
    bind = bindparam("q", 5, Integer())
    statement = pickle.loads(pickle.dumps(select(a).where(a.c.id == bind, a.c.x == bind)))
    assert values(statement) == [5]


def test_copies_are_new_and_leave_the_original_alone() -> None:
    statement = select(a)
    other = statement.where(a.c.id == 1)
    assert statement is not other
    assert statement.where_criteria == ()
    assert len(other.where_criteria) == 1
    assert other.shape is not statement.shape


def test_map_children_shares_what_does_not_change() -> None:
    statement = and_(a.c.id == 1, a.c.x == 2)
    assert statement._map_children(lambda child: child) is statement
    changed = statement._map_children(lambda child: a.c.name if child is statement.clauses[0] else child)
    assert changed.clauses[1] is statement.clauses[1]
    assert changed.clauses[0] is a.c.name


def test_nodes_die_with_their_last_user() -> None:
    gc.collect()
    gc.disable()
    try:
        statement: Any = select(a).where(a.c.id == 1)
        statement_key(statement)
        gone = [weakref.ref(statement), weakref.ref(statement.where_criteria[0].right)]
        del statement
        assert [ref() for ref in gone] == [None, None]
    finally:
        gc.enable()


def test_intern_returns_one_shape() -> None:
    assert intern((Node, "test", 1)) is intern((Node, "test", 1))
    assert intern((Node, "test", 1)) is not intern((Node, "test", 2))


class _Entity(type(a)):  # type: ignore[misc]
    plugin = "orm"
    inherit_cache = True


def test_plugin_of_a_part_is_the_plugin_of_the_statement() -> None:
    entity = _Entity("e", column("id"))
    assert select(a).shape.plugin is None
    assert select(entity).shape.plugin == "orm"
    assert select(a).where(entity.c.id == 1).shape.plugin == "orm"
    assert select(select(entity).subquery()).shape.plugin == "orm"
    assert select(a.c.id._annotate({"parententity": entity})).shape.plugin == "orm"


def test_recipes_make_what_the_operators_make() -> None:
    slow, fast = a.c.name == "x", a.c.name == "y"
    assert fast.shape is slow.shape
    assert (type(fast), fast.left, fast.right.value) == (type(slow), a.c.name, "y")
    assert str(select(a).where(fast)) == str(select(a).where(slow))
    assert str(~fast) == "a.name != :name_1"


def test_recipe_steps_aside_when_the_type_is_replaced() -> None:
    late = column("late")
    assert (late == 5).right.type.__class__ is Integer
    late.type = String()
    assert (late == 5).left.type.__class__ is String
    assert (late == "x").right.type.__class__ is String


def test_select_is_sparse() -> None:
    assert set(select(a).where(a.c.id == 1).__dict__) == {"raw_columns", "where_criteria"}
    assert isinstance(select(a), Select)


def test_quoted_names_are_other_structures() -> None:
    plain, quoted = column("x"), column(quoted_name("x", True))
    assert key(select(plain)) != key(select(quoted))
    assert key(select(quoted)) == key(select(column(quoted_name("x", True))))
    assert key(select(a.alias("x"))) != key(select(a.alias(quoted_name("x", True))))


def test_annotated_statements_can_be_built_further() -> None:
    statement = select(a)._annotate({"note": 1}).where(a.c.id == 5).limit(3)
    assert values(statement) == [5, 3]
    assert key(statement) != key(select(a).where(a.c.id == 5).limit(3))
    assert key(statement) == key(select(a)._annotate({"note": 1}).where(a.c.id == 6).limit(4))


def test_columns_remember_a_bounded_number_of_recipes() -> None:
    late = column("late", String())
    for number in range(1000):
        _ = late.in_(bindparam(None, ["x"], String(number + 1), expanding=True))
        _ = late == bindparam(None, "x", String(number + 1))
    assert len(late._recipes) <= RECIPE_LIMIT
