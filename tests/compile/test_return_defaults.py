"""What `return_defaults()` fetches: what the program did not send; and how rows without values are inserted."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import (
    Column,
    FetchedValue,
    Integer,
    MetaData,
    Table,
    create_engine,
    event,
    insert,
    text,
)
from cormorant.dialects import postgresql
from cormorant.exc import InvalidRequestError

METADATA = MetaData()
T = Table(
    "t",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("a", Integer),
    Column("b", Integer, server_default="5"),
    Column("c", Integer, default=7),
    Column("d", Integer, default=text("1+1")),
    Column("e", Integer, onupdate=text("3")),
    Column("f", Integer, server_onupdate=FetchedValue()),
)
Z = Table(
    "z",
    METADATA,
    Column("p", Integer, server_default="1", primary_key=True),
    Column("q", Integer, primary_key=True, default=4),
    Column("x", Integer),
)
K = Table("k", METADATA, Column("id", Integer, primary_key=True))

TEXTS: list[tuple[Any, str]] = [
    (T.insert().return_defaults(), "INSERT INTO t (c, d) VALUES (:c, 1+1) RETURNING t.id, t.a, t.b, t.d, t.e, t.f"),
    (
        T.insert().values(a=1).return_defaults(),
        "INSERT INTO t (a, c, d) VALUES (:a, :c, 1+1) RETURNING t.id, t.b, t.d, t.e, t.f",
    ),
    (T.insert().return_defaults(T.c.f), "INSERT INTO t (c, d) VALUES (:c, 1+1) RETURNING t.id, t.f"),
    (
        T.insert().values(f=1).return_defaults(T.c.f),
        "INSERT INTO t (c, d, f) VALUES (:c, 1+1, :f) RETURNING t.id",
    ),
    (
        T.insert().values(f=1).return_defaults(T.c.b, supplemental_cols=[T.c.f]),
        "INSERT INTO t (c, d, f) VALUES (:c, 1+1, :f) RETURNING t.id, t.b, t.f",
    ),
    (Z.insert().return_defaults(), "INSERT INTO z (q) VALUES (:q) RETURNING z.p, z.x"),
    (Z.insert(), "INSERT INTO z (q) VALUES (:q) RETURNING z.p"),
    (T.update().values(a=1).return_defaults(), "UPDATE t SET a=:a, e=3 RETURNING t.e, t.f"),
    (T.update().values(a=T.c.b).return_defaults(), "UPDATE t SET a=t.b, e=3 RETURNING t.a, t.e, t.f"),
    (T.update().values(a=1).return_defaults(T.c.id), "UPDATE t SET a=:a, e=3 RETURNING t.id"),
    (T.update().values(a=1).return_defaults(T.c.a), "UPDATE t SET a=:a, e=3"),
    (
        T.update().values(a=1).return_defaults(supplemental_cols=[T.c.id]),
        "UPDATE t SET a=:a, e=3 RETURNING t.id, t.e, t.f",
    ),
    (T.delete().return_defaults(), "DELETE FROM t"),
    (T.delete().return_defaults(T.c.a), "DELETE FROM t RETURNING t.a"),
]


@pytest.mark.parametrize(("made", "expected"), TEXTS)
def test_text(made: Any, expected: str) -> None:
    dialect = postgresql.dialect(paramstyle="named")
    written = " ".join(str(made.compile(dialect=dialect, column_keys=[])).split())
    assert written.replace("::INTEGER", "") == expected


def run(statement: Any, parameters: Any = None) -> tuple[list[str], Any]:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, *rest: sent.append(sql))
    with engine.connect() as connection:
        return sent, connection.execute(statement, parameters)


def test_values_come_back() -> None:
    _, result = run(T.insert().values(id=10).return_defaults())
    assert result.returned_defaults._asdict() == {"a": None, "b": 5, "d": 2, "e": None, "f": None}
    assert result.inserted_primary_key == (10,)
    _, result = run(Z.insert().values(q=6))
    assert result.inserted_primary_key == (1, 6)


def test_values_of_many_rows_come_back() -> None:
    sent, result = run(Z.insert().return_defaults(), [{"q": 7}, {"q": 8}])
    assert len(sent) == 1
    assert result.returned_defaults_rows == [(1, None), (1, None)]
    assert result.inserted_primary_key_rows == [(1, 7), (1, 8)]
    with pytest.raises(InvalidRequestError, match="executemany call"):
        _ = result.returned_defaults


def test_many_rows_without_values() -> None:
    assert run(insert(K), [{}, {}])[0] == ["INSERT INTO k (id) VALUES (NULL)"]
    assert run(insert(K))[0] == ["INSERT INTO k DEFAULT VALUES"]
    sent, result = run(insert(K).returning(K.c.id), [{}, {}])
    assert sent == ["INSERT INTO k (id) VALUES (NULL), (NULL) RETURNING id"]
    assert result.all() == [(1,), (2,)]
    sent, result = run(insert(K).returning(K.c.id, sort_by_parameter_order=True), [{}, {}])
    assert result.all() == [(1,), (2,)]
