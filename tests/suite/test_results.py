"""What execution gives back: rows as tuples, by name, by column; mappings; scalars; one, first, partitions; text()."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cormorant import Column, Connection, Integer, String, Table, bindparam, insert, select, text
from cormorant.exc import (
    InvalidRequestError,
    MultipleResultsFound,
    NoResultFound,
    NoSuchColumnError,
    ResourceClosedError,
    StatementError,
)


@pytest.fixture
def table(create: Callable[..., Table], connection: Connection) -> Table:
    table = create("t", Column("id", Integer, primary_key=True), Column("name", String(30)))
    connection.execute(insert(table), [{"id": number, "name": f"n{number}"} for number in range(1, 6)])
    return table


def test_rows(table: Table, connection: Connection) -> None:
    row = connection.execute(select(table).where(table.c.id == 2)).one()
    assert row == (2, "n2")
    assert (row.id, row.name, row[0], row[-1], row[0:2]) == (2, "n2", 2, "n2", (2, "n2"))
    assert row._mapping["name"] == row._mapping[table.c.name] == "n2"
    assert row._asdict() == {"id": 2, "name": "n2"}
    assert row._fields == ("id", "name")
    number, name = row
    assert (number, name) == tuple(row)
    assert {row: 1}[(2, "n2")] == 1
    with pytest.raises(AttributeError, match="nope"):
        row.nope  # noqa: B018
    with pytest.raises(NoSuchColumnError, match="nope"):
        row._mapping["nope"]


def test_mappings(table: Table, connection: Connection) -> None:
    found = connection.execute(select(table).order_by(table.c.id)).mappings()
    first = found.first()
    assert first is not None
    assert dict(first) == {"id": 1, "name": "n1"}
    rows = connection.execute(select(table).order_by(table.c.id)).mappings().all()
    assert [row["name"] for row in rows] == ["n1", "n2", "n3", "n4", "n5"]


def test_scalars(table: Table, connection: Connection) -> None:
    ordered = select(table.c.id, table.c.name).order_by(table.c.id)
    assert connection.execute(ordered).scalars().all() == [1, 2, 3, 4, 5]
    assert connection.execute(ordered).scalars("name").first() == "n1"
    assert connection.execute(ordered).scalars(1).all()[-1] == "n5"
    assert connection.scalar(ordered) == 1
    assert connection.scalars(ordered).fetchmany(2) == [1, 2]
    assert connection.execute(ordered.where(table.c.id == 3)).scalar_one() == 3
    assert connection.execute(ordered.where(table.c.id == 9)).scalar_one_or_none() is None
    assert connection.execute(ordered.where(table.c.id == 9)).scalar() is None


def test_one_and_first(table: Table, connection: Connection) -> None:
    everything, nothing = select(table), select(table).where(table.c.id == 9)
    with pytest.raises(NoResultFound):
        connection.execute(nothing).one()
    with pytest.raises(MultipleResultsFound):
        connection.execute(everything).one()
    with pytest.raises(MultipleResultsFound):
        connection.execute(everything).one_or_none()
    assert connection.execute(nothing).one_or_none() is None
    assert connection.execute(nothing).first() is None


def test_fetching_in_parts(table: Table, connection: Connection) -> None:
    result = connection.execute(select(table.c.id).order_by(table.c.id))
    assert result.fetchone() == (1,)
    assert result.fetchmany(2) == [(2,), (3,)]
    assert result.fetchall() == [(4,), (5,)]
    assert result.fetchall() == []
    parts = connection.execute(select(table.c.id).order_by(table.c.id)).partitions(2)
    assert [len(part) for part in parts] == [2, 2, 1]


def test_results_can_be_reshaped(table: Table, connection: Connection) -> None:
    ordered = select(table).order_by(table.c.id)
    assert connection.execute(ordered).columns("name", "id").first() == ("n1", 1)
    assert list(connection.execute(ordered).keys()) == ["id", "name"]
    again = connection.execute(ordered).freeze()
    assert again().all() == again().all()
    doubled = select(table.c.name).where(table.c.id < 3).union_all(select(table.c.name).where(table.c.id < 3))
    assert sorted(connection.execute(doubled).unique().scalars()) == ["n1", "n2"]


def test_same_names_in_one_row(table: Table, connection: Connection) -> None:
    other = table.alias()
    joined = select(table.c.id, other.c.id).join_from(table, other, other.c.id == table.c.id + 1)
    row = connection.execute(joined.where(table.c.id == 1)).one()
    assert row == (1, 2)
    assert row._mapping[table.c.id] == 1
    assert row._mapping[other.c.id] == 2
    assert row[0] == 1


def test_a_closed_result_says_so(table: Table, connection: Connection) -> None:
    result = connection.execute(select(table))
    result.close()
    with pytest.raises(ResourceClosedError):
        result.fetchall()
    with pytest.raises(ResourceClosedError, match="does not return rows"):
        connection.execute(table.delete()).fetchall()


def test_row_counts(table: Table, connection: Connection) -> None:
    assert connection.execute(table.update().where(table.c.id > 3).values(name="x")).rowcount == 2
    assert connection.execute(table.update().where(table.c.id > 3).values(name="x")).rowcount == 2
    assert connection.execute(table.update().where(table.c.id > 9).values(name="x")).rowcount == 0
    assert connection.execute(table.delete().where(table.c.id < 3)).rowcount == 2


def test_text_with_binds(table: Table, connection: Connection) -> None:
    found = connection.execute(
        text("SELECT id, name FROM t WHERE id > :least AND name <> :not"), {"least": 3, "not": "n5"}
    )
    assert found.all() == [(4, "n4")]
    statement = text("SELECT id FROM t WHERE id IN :ids ORDER BY id").bindparams(bindparam("ids", expanding=True))
    assert connection.execute(statement, {"ids": [1, 5, 9]}).scalars().all() == [1, 5]
    assert connection.execute(statement, {"ids": []}).scalars().all() == []


def test_text_with_colons_and_percents(table: Table, connection: Connection) -> None:
    assert connection.execute(text("SELECT '50%', 'a\\:b', '%s', '?'")).one() == ("50%", "a:b", "%s", "?")
    assert connection.execute(text("SELECT id % 3 FROM t WHERE id = :x"), {"x": 5}).scalar() == 2


def test_text_with_columns(table: Table, connection: Connection) -> None:
    typed = text("SELECT name, id FROM t WHERE id = 2").columns(table.c.name, table.c.id)
    row = connection.execute(typed).one()
    assert row._mapping[table.c.id] == 2
    part = typed.subquery()
    assert connection.execute(select(part.c.name)).scalar_one() == "n2"


def test_text_with_many_parameter_sets(table: Table, connection: Connection) -> None:
    connection.execute(
        text("INSERT INTO t (id, name) VALUES (:id, :name)"), [{"id": 8, "name": "a"}, {"id": 9, "name": None}]
    )
    assert connection.execute(text("SELECT name FROM t WHERE id >= 8 ORDER BY id")).scalars().all() == ["a", None]


def test_text_without_a_value(table: Table, connection: Connection) -> None:
    with pytest.raises(StatementError, match="missing"):
        connection.execute(text("SELECT id FROM t WHERE id = :missing"))


def test_driver_sql(table: Table, connection: Connection) -> None:
    assert connection.exec_driver_sql("SELECT name FROM t WHERE id = 3").scalar() == "n3"


def test_streaming(table: Table, connection: Connection) -> None:
    result = connection.execution_options(yield_per=2).execute(select(table.c.id).order_by(table.c.id))
    assert [list(part) for part in result.partitions()] == [[(1,), (2,)], [(3,), (4,)], [(5,)]]


def test_plain_strings_are_not_statements(connection: Connection) -> None:
    with pytest.raises(InvalidRequestError.__mro__[1], match="Not an executable object"):
        connection.execute("SELECT 1")  # type: ignore[call-overload]
