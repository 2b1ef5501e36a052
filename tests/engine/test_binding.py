"""Parameters from binds and from what the program gives; text that depends on values."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import exc
from cormorant.engine import Engine, create_engine
from cormorant.schema import Column, MetaData, Table
from cormorant.sql.expression import bindparam, insert, select, tuple_, update
from cormorant.types import Boolean, Integer, String

table = Table(
    "t", MetaData(), Column("id", Integer, primary_key=True), Column("b", Boolean), Column("s", String, default="d")
)
sqlite = create_engine("sqlite://")
postgresql = create_engine("postgresql://h/d")


def own(engine: Engine, statement: Any) -> Any:
    plan, binds = engine.plan_for(statement)
    return plan.binder.own(binds)


def given(engine: Engine, statement: Any, parameters: dict[str, Any]) -> Any:
    plan, binds = engine.plan_for(statement, tuple(parameters))
    return plan.binder.given(binds, parameters)


def expanded(engine: Engine, statement: Any, parameters: dict[str, Any] | None = None) -> Any:
    plan, binds = engine.plan_for(statement)
    assert plan.expander is not None
    return plan.expander.expand(plan.binder.converted(binds, parameters or {}))


def test_values_of_the_statement() -> None:
    statement = select(table.c.id).where(table.c.id == 5, table.c.s == "x")
    assert own(sqlite, statement) == (5, "x")
    assert own(postgresql, statement) == {"id_1": 5, "s_1": "x"}
    assert own(sqlite, select(table.c.id).where(table.c.id == 6, table.c.s == "y")) == (6, "y")


def test_values_of_the_program() -> None:
    statement = select(table.c.id).where(table.c.id == bindparam("i", 5), table.c.s == bindparam("s"))
    assert given(sqlite, statement, {"s": "x"}) == (5, "x")
    assert given(sqlite, statement, {"s": "x", "i": 6, "other": 7}) == (6, "x")
    assert given(sqlite, select(table.c.id).where(table.c.id == 5), {"id_1": 9}) == (9,)


def test_one_bind_in_two_places() -> None:
    i = bindparam("i")
    statement = select(table.c.id).where((table.c.id == i) | (table.c.id == i + 1))
    assert given(sqlite, statement, {"i": 3}) == (3, 3, 1)


def test_missing_values() -> None:
    with pytest.raises(exc.InvalidRequestError, match="A value is required for bind parameter 'q'"):
        own(sqlite, select(bindparam("q")))
    plan, _ = sqlite.plan_for(insert(table), ("id", "b"), True)
    with pytest.raises(KeyError, match="b"):
        plan.binder.many((), [{"id": 1}])


def test_callables() -> None:
    numbers = iter(range(5))
    statement = select(bindparam("n", callable_=lambda: next(numbers)))
    assert [own(sqlite, statement), own(sqlite, statement)] == [(0,), (1,)]


def test_rows() -> None:
    plan, _ = sqlite.plan_for(insert(table), ("b", "id"), True)
    assert plan.binder.many((), [{"id": 1, "b": True}, {"id": 2, "b": None}]) == [(1, 1, "d"), (2, None, "d")]
    assert plan.binder.many_tuples((), [(True, 1), (None, 2)]) == [(1, 1, "d"), (2, None, "d")]
    plan, _ = postgresql.plan_for(insert(table), ("b", "id"), True)
    assert plan.binder.many((), [{"id": 1, "b": True}]) == [{"id": 1, "b": True, "s": "d"}]
    plan.binder.row_slots = (2, 0)
    assert plan.binder.flat((), [{"id": 1, "b": True}]) == [("d", 1)]


def test_values_shared_by_rows() -> None:
    statement = update(table).where(table.c.id == bindparam("i")).values(s="x")
    plan, binds = sqlite.plan_for(statement, ("i",), True)
    assert plan.binder.many(binds, [{"i": 1}, {"i": 2}]) == [("x", 1), ("x", 2)]


LISTS = [
    ([], "SELECT 1 FROM (SELECT 1) WHERE 1!=1", ()),
    (None, "SELECT 1 FROM (SELECT 1) WHERE 1!=1", ()),
    ([1], "?", (1,)),
    ((1, 2), "?, ?", (1, 2)),
    ({3}, "?", (3,)),
    (range(3), "?, ?, ?", (0, 1, 2)),
]


@pytest.mark.parametrize(("value", "text", "parameters"), LISTS)
def test_lists(value: Any, text: str, parameters: tuple[Any, ...]) -> None:
    statement = select(table.c.id).where(table.c.id.in_(bindparam("q")), table.c.s == "x")
    expected = f"SELECT t.id \nFROM t \nWHERE t.id IN ({text}) AND t.s = ?"
    assert expanded(sqlite, statement, {"q": value}) == (expected, (*parameters, "x"))


def test_lists_by_name() -> None:
    text, parameters = expanded(postgresql, select(table.c.id).where(table.c.id.in_([7, 8])))
    assert text == "SELECT t.id \nFROM t \nWHERE t.id IN (%(id_1_1)s::INTEGER, %(id_1_2)s::INTEGER)"
    assert parameters == {"id_1_1": 7, "id_1_2": 8}
    text, parameters = expanded(postgresql, select(table.c.id).where(table.c.id.in_([])))
    assert text == "SELECT t.id \nFROM t \nWHERE t.id IN (NULL) AND (1 != 1)"
    assert parameters == {}


def test_lists_of_tuples() -> None:
    pairs = tuple_(table.c.id, table.c.b).in_([(1, True), (2, False)])
    text, parameters = expanded(sqlite, select(table.c.id).where(pairs))
    assert text == "SELECT t.id \nFROM t \nWHERE (t.id, t.b) IN (VALUES (?, ?), (?, ?))"
    assert parameters == (1, 1, 2, 0)


def test_values_in_the_text() -> None:
    statement = select(table.c.id).where(table.c.s == bindparam("z", literal_execute=True), table.c.id == 4)
    assert expanded(sqlite, statement, {"z": "it's"}) == (
        "SELECT t.id \nFROM t \nWHERE t.s = 'it''s' AND t.id = ?",
        (4,),
    )
    text, parameters = expanded(postgresql, statement, {"z": "50%"})
    assert text.endswith("WHERE t.s = '50%%' AND t.id = %(id_1)s::INTEGER")
    assert parameters == {"id_1": 4}
