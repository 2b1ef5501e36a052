"""Results over rows in memory: all the ways to fetch."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant.engine.keys import RowKeys
from cormorant.engine.result import ChunkedIteratorResult, IteratorResult, null_result
from cormorant.exc import (
    InvalidRequestError,
    MultipleResultsFound,
    NoResultFound,
    NoSuchColumnError,
    ResourceClosedError,
    SADeprecationWarning,
)

KEYS = RowKeys(("id", "name"))
ROWS = [(0, "a"), (1, "b"), (2, "a"), (3, "b")]


def result(rows: Any = ROWS) -> Any:
    return IteratorResult(KEYS, rows)


def test_rows() -> None:
    assert result().all() == ROWS
    assert result().fetchall() == ROWS
    assert list(result()) == ROWS
    assert [row.name for row in result()] == ["a", "b", "a", "b"]
    assert list(result().keys()) == ["id", "name"]


def test_some_at_a_time() -> None:
    found = result()
    assert found.fetchone() == (0, "a")
    assert next(found) == (1, "b")
    assert found.fetchmany(1) == [(2, "a")]
    assert found.fetchmany(5) == [(3, "b")]
    assert found.fetchmany(5) == []
    assert found.fetchone() is None
    assert found.all() == []
    with pytest.raises(StopIteration):
        next(found)
    assert not found.closed


@pytest.mark.parametrize("name", ["first", "one_or_none", "one", "scalar", "scalar_one", "scalar_one_or_none"])
def test_one_row_at_most_closes(name: str) -> None:
    found = result(ROWS[:1])
    assert getattr(found, name)() in ((0, "a"), 0)
    assert found.closed
    for use in (found.all, found.fetchone, found.fetchmany, lambda: list(found), found.first):
        with pytest.raises(ResourceClosedError, match="This result object is closed"):
            use()


def test_none_and_many() -> None:
    assert (result([]).first(), result([]).one_or_none(), result([]).scalar(), result([]).scalar_one_or_none()) == (
        None,
        None,
        None,
        None,
    )
    assert result().first() == (0, "a")
    assert result().scalar() == 0
    for use in (result([]).one, result([]).scalar_one, result([]).scalars().one, result([]).mappings().one):
        with pytest.raises(NoResultFound, match="No row was found when one was required"):
            use()
    for use in (result().one, result().scalar_one, result().scalars().one):
        with pytest.raises(MultipleResultsFound, match="exactly one was required"):
            use()
    with pytest.raises(MultipleResultsFound, match="one or none was required"):
        result().one_or_none()


def test_scalars() -> None:
    assert result().scalars().all() == [0, 1, 2, 3]
    assert result().scalars(1).unique().all() == ["a", "b"]
    assert result().scalars("name").fetchmany(3) == ["a", "b", "a"]
    assert list(result().scalars(-1)) == ["a", "b", "a", "b"]
    assert list(result().scalars().partitions(3)) == [[0, 1, 2], [3]]
    assert result().scalars().first() == 0
    with pytest.raises(IndexError):
        result().scalars(9)
    with pytest.raises(NoSuchColumnError):
        result().scalars("zz")


def test_mappings() -> None:
    assert result().mappings().all()[1] == {"id": 1, "name": "b"}
    assert result().mappings().fetchone() == {"id": 0, "name": "a"}
    assert result().mappings().columns("name").first() == {"name": "a"}
    assert list(result().mappings().keys()) == ["id", "name"]
    assert len(result().columns("name").mappings().unique().all()) == 2


def test_columns() -> None:
    found = result().columns("name", 0)
    assert list(found.keys()) == ["name", "id"]
    assert found.first()._fields == ("name", "id")
    assert result().columns(1).all() == [("a",), ("b",), ("a",), ("b",)]
    assert result().columns(1, 0).columns("id").all() == [(0,), (1,), (2,), (3,)]
    with pytest.raises(NoSuchColumnError):
        result().columns("q")


def test_unique() -> None:
    assert result().columns("name").unique().all() == [("a",), ("b",)]
    assert result().unique(lambda row: row.name).all() == ROWS[:2]
    assert result().columns("name").unique().fetchmany(5) == [("a",), ("b",)]
    found = result().columns("name").unique()
    assert [found.fetchone(), found.fetchone(), found.fetchone()] == [("a",), ("b",), None]
    assert result([(1, "a"), (1, "a")]).unique().one() == (1, "a")
    assert result([(1, "a"), (1, "a")]).unique().scalars().one() == 1
    filtered = IteratorResult(RowKeys(("x",), unique_filters=[abs]), [(1,), (-1,)])
    assert filtered.unique().all() == [(1,)]


def test_partitions() -> None:
    assert [list(part) for part in result().partitions(3)] == [ROWS[:3], ROWS[3:]]
    assert [len(part) for part in result().yield_per(2).partitions()] == [2, 2]


def test_bare_values_of_one_column() -> None:
    def values() -> Any:
        return IteratorResult(RowKeys(("x",)), iter([5, 6]), _source_supports_scalars=True)

    assert values().scalars().all() == [5, 6]
    assert values().all() == [(5,), (6,)]
    assert values().scalars().unique().first() == 5


def test_chunks() -> None:
    asked: list[int | None] = []

    def chunks(size: int | None) -> Any:
        asked.append(size)
        yield ROWS[:2]
        yield ROWS[2:]

    assert ChunkedIteratorResult(KEYS, chunks).all() == ROWS
    assert [len(part) for part in ChunkedIteratorResult(KEYS, chunks).yield_per(3).partitions()] == [3, 1]
    assert asked == [None, 3]


def test_freeze_and_merge() -> None:
    frozen = result().freeze()
    assert frozen().all() == frozen().all() == ROWS
    assert frozen().scalars(1).first() == "a"
    assert frozen.with_new_rows([(9, "z")])().one().id == 9
    merged = result(ROWS[:1]).merge(result(ROWS[1:2]), result([]))
    assert merged.all() == ROWS[:2]
    with pytest.raises(InvalidRequestError, match="same columns"):
        result().merge(IteratorResult(RowKeys(("x",)), []))


def test_context_manager_and_nothing() -> None:
    with result() as found:
        assert found.fetchone() == (0, "a")
    assert found.closed
    assert null_result().all() == []


def test_old_spellings_warn() -> None:
    for use in (lambda: result().t, lambda: result().tuples()):
        with pytest.warns(SADeprecationWarning, match="deprecated"):
            assert use().first() == (0, "a")
