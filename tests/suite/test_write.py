"""INSERT, UPDATE and DELETE in their forms; RETURNING where the features say so, an error that says so elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cormorant import (
    Column,
    Connection,
    Engine,
    Integer,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from cormorant.exc import CompileError, IntegrityError, ProgrammingError, StatementError

from .sent import Sent


@pytest.fixture
def table(create: Callable[..., Table]) -> Table:
    return create(
        "t",
        Column("id", Integer, primary_key=True),
        Column("name", String(30)),
        Column("n", Integer, default=7),
    )


def rows(connection: Connection, table: Table) -> list[tuple[int, str | None, int]]:
    return [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]


# insert


def test_insert_forms(table: Table, connection: Connection) -> None:
    connection.execute(insert(table).values(id=1, name="values"))
    connection.execute(insert(table), {"id": 2, "name": "parameters"})
    connection.execute(insert(table).values({"id": 3, "name": "dictionary"}))
    connection.execute(insert(table).values({table.c.id: 4, table.c.name: "columns", table.c.n: 0}))
    connection.execute(insert(table).values((5, "tuple", 1)))
    connection.execute(insert(table).values(id=6, name=bindparam("given")), {"given": "bound"})
    assert rows(connection, table) == [
        (1, "values", 7),
        (2, "parameters", 7),
        (3, "dictionary", 7),
        (4, "columns", 0),
        (5, "tuple", 1),
        (6, "bound", 7),
    ]


def test_insert_of_expressions(table: Table, connection: Connection) -> None:
    connection.execute(insert(table).values(id=1, name=func.upper("abc"), n=literal(2) + 3))
    maximum = select(func.max(table.c.n)).scalar_subquery()
    assert rows(connection, table) == [(1, "ABC", 5)]
    if connection.dialect.features.update_returning:
        connection.execute(insert(table).values(id=2, n=maximum))
        assert rows(connection, table)[1] == (2, None, 5)


def test_insert_of_several_rows_in_one_statement(table: Table, connection: Connection, sent: Sent) -> None:
    connection.execute(insert(table).values([{"id": 1, "name": "a"}, {"id": 2, "name": "b"}]))
    assert len(sent.starting("INSERT")) == 1
    assert rows(connection, table) == [(1, "a", 7), (2, "b", 7)]


def test_insert_from_select(table: Table, connection: Connection) -> None:
    connection.execute(insert(table), [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}])
    source = select(table.c.id + 10, table.c.name, literal(0)).where(table.c.id > 1)
    connection.execute(insert(table).from_select(["id", "name", "n"], source))
    assert rows(connection, table)[2:] == [(12, "b", 0)]


def test_insert_many(table: Table, connection: Connection) -> None:
    connection.execute(insert(table), [{"id": number, "name": str(number)} for number in range(1, 2001)])
    assert connection.scalar(select(func.count()).select_from(table)) == 2000
    assert connection.scalar(select(table.c.name).where(table.c.id == 1999)) == "1999"


def test_rows_of_unlike_keys_are_refused(table: Table, connection: Connection) -> None:
    with pytest.raises((StatementError, CompileError), match="name"):
        connection.execute(insert(table), [{"id": 1, "name": "a"}, {"id": 2}])
    connection.rollback()
    assert rows(connection, table) == []


def test_insert_returning(table: Table, connection: Connection) -> None:
    statement = insert(table).returning(table.c.id, table.c.name, (table.c.n + 1).label("next"))
    assert connection.dialect.features.insert_returning
    assert connection.execute(statement, {"name": "a"}).all() == [(1, "a", 8)]
    assert connection.execute(statement.values(name="b", n=1)).one().next == 2


def test_insert_many_returning_in_the_given_order(table: Table, connection: Connection, sent: Sent) -> None:
    names = [f"name {number * 7919 % 2003}" for number in range(2003)]
    statement = insert(table).returning(table.c.id, table.c.name, sort_by_parameter_order=True)
    sent.clear()
    found = connection.execute(statement, [{"name": name} for name in names]).all()
    assert [name for _, name in found] == names
    assert [number for number, _ in found] == sorted(number for number, _ in found)
    assert len(sent) < 20
    stored = dict(connection.execute(select(table.c.id, table.c.name)).all())
    assert stored == dict(found)


def test_insert_many_returning_keys_that_were_given(table: Table, connection: Connection) -> None:
    numbers = [number * 7 % 101 + 1 for number in range(101)]
    statement = insert(table).returning(table.c.id, table.c.name, sort_by_parameter_order=True)
    found = connection.execute(statement, [{"id": number, "name": f"n{number}"} for number in numbers]).all()
    assert found == [(number, f"n{number}") for number in numbers]


def test_insert_many_returning_with_equal_rows(table: Table, connection: Connection) -> None:
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    found = connection.execute(statement, [{"name": "same"}] * 500).scalars().all()
    assert len(set(found)) == 500
    assert found == sorted(found)


def test_insert_many_returning_of_odd_values(table: Table, connection: Connection) -> None:
    names = ["%s", "%(id)s", ":x", "?", "it's", '"', "\\", "", None, "日本", "(1, 2), (3)", "VALUES (?)"]
    statement = insert(table).returning(table.c.name, sort_by_parameter_order=True)
    assert connection.execute(statement, [{"name": name} for name in names]).scalars().all() == names


def test_an_error_in_a_batch_writes_nothing(table: Table, connection: Connection) -> None:
    statement = insert(table).returning(table.c.id)
    with pytest.raises(IntegrityError), connection.begin_nested():
        connection.execute(statement, [{"id": number} for number in [*range(1, 1500), 7]])
    assert rows(connection, table) == []


# update


@pytest.fixture
def three(table: Table, connection: Connection) -> Table:
    connection.execute(insert(table), [{"id": number, "name": f"n{number}", "n": number * 10} for number in (1, 2, 3)])
    return table


def test_update_forms(three: Table, connection: Connection) -> None:
    assert connection.execute(update(three).where(three.c.id == 1).values(name="x")).rowcount == 1
    connection.execute(update(three).where(three.c.id == 2), {"name": "y"})
    connection.execute(update(three).where(three.c.id == 3).values({three.c.n: three.c.n + 1, "name": None}))
    assert rows(connection, three) == [(1, "x", 10), (2, "y", 20), (3, None, 31)]


def test_update_of_all_rows(three: Table, connection: Connection) -> None:
    assert connection.execute(update(three).values(n=three.c.n * 2)).rowcount == 3
    assert [n for _, _, n in rows(connection, three)] == [20, 40, 60]


def test_update_with_many_parameter_sets(three: Table, connection: Connection) -> None:
    statement = update(three).where(three.c.id == bindparam("which")).values(name=bindparam("new"))
    connection.execute(statement, [{"which": 1, "new": "a"}, {"which": 3, "new": None}])
    assert [name for _, name, _ in rows(connection, three)] == ["a", "n2", None]


def test_update_counts_matched_rows(three: Table, connection: Connection) -> None:
    same = update(three).values(name=three.c.name)
    assert connection.execute(same).rowcount == 3


def test_update_from_another_table(three: Table, connection: Connection, create: Callable[..., Table]) -> None:
    connection.commit()
    other = create("other", Column("id", Integer, primary_key=True), Column("word", String(20)))
    connection.execute(insert(other), [{"id": 2, "word": "two"}, {"id": 3, "word": "three"}])
    connection.execute(update(three).where(three.c.id == other.c.id).values(name=other.c.word))
    assert [name for _, name, _ in rows(connection, three)] == ["n1", "two", "three"]


def test_update_with_a_correlated_select(three: Table, connection: Connection, create: Callable[..., Table]) -> None:
    connection.commit()
    other = create("other", Column("id", Integer, primary_key=True), Column("word", String(20)))
    connection.execute(insert(other), [{"id": 2, "word": "two"}])
    word = select(other.c.word).where(other.c.id == three.c.id).scalar_subquery()
    connection.execute(update(three).values(name=word))
    assert [name for _, name, _ in rows(connection, three)] == [None, "two", None]


def test_update_returning(three: Table, connection: Connection) -> None:
    statement = update(three).where(three.c.id > 1).values(n=0).returning(three.c.id, three.c.n)
    if connection.dialect.features.update_returning:
        assert sorted(connection.execute(statement).all()) == [(2, 0), (3, 0)]
    else:
        with pytest.raises((CompileError, ProgrammingError), match="RETURNING"):
            connection.execute(statement)
        assert [n for _, _, n in rows(connection, three)] == [10, 20, 30]


# delete


def test_delete_forms(three: Table, connection: Connection) -> None:
    assert connection.execute(delete(three).where(three.c.id == 1)).rowcount == 1
    assert connection.execute(delete(three).where(three.c.name.in_(["n2", "n9"]))).rowcount == 1
    assert [number for number, _, _ in rows(connection, three)] == [3]
    assert connection.execute(delete(three)).rowcount == 1
    assert rows(connection, three) == []


def test_delete_with_many_parameter_sets(three: Table, connection: Connection) -> None:
    statement = delete(three).where(three.c.id == bindparam("which"))
    connection.execute(statement, [{"which": 1}, {"which": 2}])
    assert [number for number, _, _ in rows(connection, three)] == [3]


def test_delete_by_another_table(three: Table, connection: Connection, create: Callable[..., Table]) -> None:
    connection.commit()
    other = create("other", Column("id", Integer, primary_key=True))
    connection.execute(insert(other), {"id": 2})
    condition = three.c.id.in_(select(other.c.id))
    connection.execute(delete(three).where(condition))
    assert [number for number, _, _ in rows(connection, three)] == [1, 3]
    several = delete(three).where(three.c.id == other.c.id + 1)
    if connection.dialect.features.delete_from:
        assert connection.execute(several).rowcount == 1
    else:
        with pytest.raises(CompileError):
            connection.execute(several)


def test_delete_returning(three: Table, connection: Connection) -> None:
    assert connection.dialect.features.delete_returning
    found = connection.execute(delete(three).where(three.c.id < 3).returning(three.c.id, three.c.name)).all()
    assert sorted(found) == [(1, "n1"), (2, "n2")]
    assert [number for number, _, _ in rows(connection, three)] == [3]


# keys with gaps


def skip_two_of_three(engine: Engine, connection: Connection) -> None:
    """Let the server hand out every third key, where a session can ask for that."""
    if not engine.dialect.features.update_returning:
        connection.exec_driver_sql("SET SESSION auto_increment_increment = 3")


def test_generated_keys_with_gaps(table: Table, connection: Connection, engine: Engine) -> None:
    skip_two_of_three(engine, connection)
    statement = insert(table).returning(table.c.id, table.c.name, sort_by_parameter_order=True)
    names = [f"n{number}" for number in range(1200)]
    found = connection.execute(statement, [{"name": name} for name in names]).all()
    assert [name for _, name in found] == names
    assert dict(found) == dict(connection.execute(select(table.c.id, table.c.name)).all())
