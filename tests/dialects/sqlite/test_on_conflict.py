"""ON CONFLICT of SQLite: its text, several clauses, what it refuses, what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Integer, MetaData, String, Table, create_engine, select
from cormorant.dialects import mysql
from cormorant.dialects.sqlite import dialect, insert
from cormorant.exc import InvalidRequestError, UnsupportedCompilationError

t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("a", String(9), unique=True),
    Column("b", String(9), unique=True),
    Column("n", Integer),
)
one = insert(t).values(id=1)

CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: one.on_conflict_do_nothing(), "ON CONFLICT DO NOTHING"),
    (lambda: one.on_conflict_do_nothing(index_elements=["id"]), "ON CONFLICT (id) DO NOTHING"),
    (
        lambda: one.on_conflict_do_nothing(index_elements=[t.c.id, t.c.a], index_where=t.c.n > 5),
        "ON CONFLICT (id, a) WHERE n > __[POSTCOMPILE_n_1] DO NOTHING",
    ),
    (
        lambda: one.on_conflict_do_update(["a"], set_={"b": one.excluded.b, "n": t.c.n + 1}, where=t.c.n > 3),
        "ON CONFLICT (a) DO UPDATE SET b = excluded.b, n = (t.n + ?) WHERE t.n > ?",
    ),
    (
        lambda: (
            one.on_conflict_do_update(["a"], set_={"n": 1})
            .on_conflict_do_update(["b"], set_={"n": 2})
            .on_conflict_do_nothing()
        ),
        "ON CONFLICT (a) DO UPDATE SET n = ? ON CONFLICT (b) DO UPDATE SET n = ? ON CONFLICT DO NOTHING",
    ),
    (lambda: one.on_conflict_do_nothing().returning(t.c.id), "ON CONFLICT DO NOTHING RETURNING id"),
]


@pytest.mark.parametrize(("make", "clause"), CASES)
def test_text(make: Callable[[], Any], clause: str) -> None:
    expected = f"INSERT INTO t (id) VALUES (?) {clause}"
    assert str(make().compile(dialect=dialect())) == expected
    assert str(make()) == expected


def test_refused() -> None:
    with pytest.raises(InvalidRequestError, match="must be the last ON CONFLICT clause"):
        one.on_conflict_do_nothing().on_conflict_do_nothing()
    with pytest.raises(ValueError, match="set parameter dictionary must not be empty"):
        one.on_conflict_do_update(["id"], set_={})
    with pytest.raises(ValueError, match="set parameter must be a non-empty dictionary"):
        one.on_conflict_do_update(["id"])
    with pytest.raises(UnsupportedCompilationError):
        one.on_conflict_do_nothing().compile(dialect=mysql.dialect())


def test_rows() -> None:
    statement = insert(t)
    upsert = statement.on_conflict_do_update(["a"], set_={"n": t.c.n + statement.excluded.n})
    chained = upsert.on_conflict_do_update(["b"], set_={"n": 0})
    with create_engine("sqlite://").connect() as connection:
        t.create(connection)
        connection.execute(statement, [{"a": "x", "b": "p", "n": 1}, {"a": "y", "b": "q", "n": 2}])
        connection.execute(upsert, [{"a": "x", "n": 10}, {"a": "z", "n": 3}])
        connection.execute(chained, {"a": "new", "b": "q"})
        assert connection.execute(select(t.c.a, t.c.n).order_by(t.c.id)).all() == [("x", 11), ("y", 0), ("z", 3)]
        kept = statement.on_conflict_do_nothing().returning(t.c.a)
        assert connection.execute(kept, [{"a": "x"}, {"a": "w"}]).all() == [("w",)]
