"""Rows are found by the objects of the statement that gave them, whichever equal statement the plan was made of."""

from __future__ import annotations

import gc
import pickle
import threading
from collections.abc import Callable, Iterator
from typing import Any
from weakref import ref

import pytest

from cormorant import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    cast,
    column,
    create_engine,
    func,
    literal,
    select,
    text,
    union_all,
    update,
)
from cormorant.engine import Connection
from cormorant.exc import NoSuchColumnError

metadata = MetaData()
t = Table("t", metadata, Column("id", Integer, primary_key=True), Column("x", Integer))


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        metadata.create_all(opened)
        opened.execute(t.insert(), [{"id": 1, "x": 10}, {"id": 2, "x": 20}])
        yield opened


def of_alias() -> tuple[Any, Any]:
    a = t.alias()
    return select(a.c.id, a.c.x), a.c.x


def of_named_alias() -> tuple[Any, Any]:
    a = t.alias("n")
    return select(a.c.id, a.c.x), a.c.x


def of_subquery() -> tuple[Any, Any]:
    a = select(t).subquery()
    return select(a), a.c.x


def of_cte() -> tuple[Any, Any]:
    a = select(t).where(t.c.x > 5).cte()
    return select(a), a.c.x


def of_label() -> tuple[Any, Any]:
    made = t.c.x.label("y")
    return select(made), made


def of_function() -> tuple[Any, Any]:
    made = func.min(t.c.x)
    return select(made), made


def of_function_with_value() -> tuple[Any, Any]:
    made = func.coalesce(t.c.x, 7)
    return select(func.coalesce(t.c.id, 8), made), made


def of_scalar_subquery() -> tuple[Any, Any]:
    made = select(func.min(t.c.x)).scalar_subquery()
    return select(made), made


def of_literal() -> tuple[Any, Any]:
    made = literal(10)
    return select(literal(11), made), made


def of_cast() -> tuple[Any, Any]:
    made = cast(cast(t.c.x, String), Integer)
    return select(made), made


def of_text() -> tuple[Any, Any]:
    made = column("x", Integer)
    return text("SELECT id, x FROM t").columns(column("id"), made), made


def of_union() -> tuple[Any, Any]:
    a = t.alias()
    return union_all(select(a.c.x), select(a.c.id)), a.c.x


def of_returning() -> tuple[Any, Any]:
    made = t.c.x * 1
    return update(t).values(x=t.c.x).returning(made), made


FORMS = [
    of_alias, of_named_alias, of_subquery, of_cte, of_label, of_function, of_function_with_value, of_scalar_subquery,
    of_literal, of_cast, of_text, of_union, of_returning,
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_equal_statements_have_objects_of_their_own(connection: Connection, form: Callable[[], Any]) -> None:
    rows = []
    for _ in range(3):
        statement, key = form()
        row = connection.execute(statement).all()[0]
        assert row._mapping[key] == 10
        assert key in row._mapping
        rows.append((row, key))
    assert [row._mapping[key] for row, key in rows] == [10, 10, 10]
    assert len({type(row) for row, _ in rows}) == 1 or form is of_text


def set_of_keys(result: Any) -> Any:
    return result.keys()


def test_results_are_asked_by_objects_too(connection: Connection) -> None:
    for _ in range(2):
        statement, key = of_alias()
        assert connection.execute(statement).scalars(key).all() == [10, 20]
        assert connection.execute(statement).columns(key).all() == [(10,), (20,)]
        assert [row[key] for row in connection.execute(statement).mappings()] == [10, 20]
        assert [row._mapping[key] for row in connection.execute(statement).freeze()()] == [10, 20]
        assert [row._mapping[key] for row in connection.execute(statement).columns(1)] == [10, 20]
        assert key in set_of_keys(connection.execute(statement))


def test_other_objects_find_nothing(connection: Connection) -> None:
    connection.execute(of_alias()[0])
    row = connection.execute(of_alias()[0]).first()
    assert row is not None
    for other in (t.alias().c.x, t.c.x, select(t).subquery().c.x, t.c.x + 1):
        assert other not in row._mapping
        with pytest.raises(NoSuchColumnError):
            row._mapping[other]


def test_values_tell_expressions_apart(connection: Connection) -> None:
    for _ in range(2):
        one, two = t.c.x + 1, t.c.x + 2
        row = connection.execute(select(one, two)).first()
        assert row is not None
        assert (row._mapping[one], row._mapping[two]) == (11, 12)
        assert t.c.x + 2 not in row._mapping


def pairs(a: Any, b: Any) -> Any:
    return select(a.c.x, b.c.x).join_from(a, b, a.c.id < b.c.id)


def test_two_aliases_of_one_table(connection: Connection) -> None:
    for _ in range(2):
        a, b = t.alias(), t.alias()
        row = connection.execute(pairs(a, b)).one()
        assert (row._mapping[a.c.x], row._mapping[b.c.x]) == (10, 20)


def test_objects_that_change_parts(connection: Connection) -> None:
    a, b, c = t.alias(), t.alias(), t.alias()
    for _ in range(2):
        orders = [(a, b), (b, a), (b, c), (c, a), (a, c), (c, b)]
        rows = [connection.execute(pairs(one, two)).one() for one, two in orders]
        for row, (one, two) in zip(rows, orders, strict=True):
            assert (row._mapping[one.c.x], row._mapping[two.c.x]) == (10, 20)


def test_equal_functions_are_two_columns(connection: Connection) -> None:
    f, g = func.random(), func.random()
    for one, two in ((f, g), (g, f), (func.random(), func.random())):
        row = connection.execute(select(one, two)).one()
        assert (row._mapping[one], row._mapping[two]) == tuple(row)


def test_pickled_rows_know_names_only(connection: Connection) -> None:
    for _ in range(2):
        statement, key = of_alias()
        row = pickle.loads(pickle.dumps(connection.execute(statement).first()))
        assert row._mapping["x"] == 10
        with pytest.raises(NoSuchColumnError, match="Row was unpickled"):
            row._mapping[key]


def test_objects_are_not_kept_alive(connection: Connection) -> None:
    kept = [of_alias() for _ in range(3)]
    rows = [connection.execute(statement).first() for statement, _ in kept]
    gone = []
    for _ in range(500):
        statement, key = of_alias()
        connection.execute(statement).first()
        gone.append(ref(key.table))
    del statement, key
    gc.collect()
    assert not [one for one in gone if one() is not None]
    plan = connection.engine.plan_for(kept[0][0])[0]
    assert len(plan.roles._known) < 200
    assert [row._mapping[key] for row, (_, key) in zip(rows, kept, strict=True)] == [10, 10, 10]  # type: ignore[union-attr]


def test_threads() -> None:
    engine = create_engine("sqlite://")
    with engine.connect() as opened:
        metadata.create_all(opened)
        opened.commit()
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with engine.connect() as own:
                metadata.create_all(own)
                for number in range(300):
                    a, b = t.alias(), t.alias()
                    found = own.execute(select(a.c.x + number, b.c.id).select_from(a, b).where(a.c.id == b.c.id))
                    names = set_of_keys(found)
                    assert (b.c.id in names, a.c.id in names) == (True, False)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
