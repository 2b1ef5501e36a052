"""ON DUPLICATE KEY UPDATE: its text, its order, what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Integer, MetaData, String, Table, func, select, text
from cormorant.dialects import postgresql
from cormorant.dialects.mysql import dialect, insert
from cormorant.exc import ArgumentError, InvalidRequestError, SAWarning, UnsupportedCompilationError

t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("data", String(50)),
    Column("bar", String(50)),
    Column("k", Integer, key="kk"),
)
one = insert(t).values(id=1)

CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: one.on_duplicate_key_update(data="y"), "data = %s"),
    (lambda: one.on_duplicate_key_update(data=one.inserted.data), "data = VALUES(data)"),
    (
        lambda: one.on_duplicate_key_update(data=one.inserted.data + "x", bar=func.concat(one.inserted.bar, t.c.bar)),
        "data = (concat(VALUES(data), %s)), bar = concat(VALUES(bar), t.bar)",
    ),
    (lambda: one.on_duplicate_key_update({"bar": "y", "data": "z"}), "data = %s, bar = %s"),
    (lambda: one.on_duplicate_key_update([("bar", "y"), ("data", "z")]), "bar = %s, data = %s"),
    (lambda: one.on_duplicate_key_update({t.c.bar: None}), "bar = %s"),
    (lambda: one.on_duplicate_key_update(data=text("now()")), "data = now()"),
    (lambda: one.on_duplicate_key_update(kk=t.c.kk + 1), "k = (t.k + %s)"),
    (
        lambda: one.on_duplicate_key_update(one.inserted),
        "id = VALUES(id), data = VALUES(data), bar = VALUES(bar), k = VALUES(k)",
    ),
    (lambda: one.on_duplicate_key_update(data="z").returning(t.c.id), "data = %s RETURNING t.id"),
]


@pytest.mark.parametrize(("make", "clause"), CASES)
def test_text(make: Callable[[], Any], clause: str) -> None:
    expected = f"INSERT INTO t (id) VALUES (%s) ON DUPLICATE KEY UPDATE {clause}"
    assert str(make().compile(dialect=dialect())) == expected
    assert str(make()) == expected


def test_from_select_and_many_rows() -> None:
    source = insert(t).from_select(["id"], select(t.c.id))
    assert str(source.on_duplicate_key_update(data="q")) == (
        "INSERT INTO t (id) SELECT t.id \nFROM t ON DUPLICATE KEY UPDATE data = %s"
    )
    rows = insert(t).values([{"id": 1}, {"id": 2}])
    assert str(rows.on_duplicate_key_update(id=rows.inserted.id)) == (
        "INSERT INTO t (id) VALUES (%s), (%s) ON DUPLICATE KEY UPDATE id = VALUES(id)"
    )


def test_newer_servers_name_the_new_row() -> None:
    newer = dialect()
    newer.names_new_row = True
    statement = one.on_duplicate_key_update(data=one.inserted.data)
    assert str(statement.compile(dialect=newer)) == (
        "INSERT INTO t (id) VALUES (%s) AS new ON DUPLICATE KEY UPDATE data = new.data"
    )


def test_values_are_part_of_the_statement() -> None:
    first, second = one.on_duplicate_key_update(data="x"), one.on_duplicate_key_update(data="y")
    assert first.shape is second.shape
    assert first.shape is not one.on_duplicate_key_update(bar="x").shape
    assert first.compile().params == {"id": 1, "param_1": "x"}


def test_the_new_row_stays_the_same() -> None:
    statement = insert(t)
    assert statement.inserted.data is statement.values(id=1).inserted.data
    assert statement.inserted_alias.name == "inserted"


def test_unknown_names_are_left_out() -> None:
    with pytest.warns(SAWarning, match="Additional column names not matching any column keys in table 't': 'nope'"):
        assert str(one.on_duplicate_key_update(nope=1, data=2)).endswith("UPDATE data = %s")


def test_refused() -> None:
    with pytest.raises(ArgumentError, match="kwargs and positional"):
        one.on_duplicate_key_update({"data": 1}, bar=2)
    with pytest.raises(ArgumentError, match="Only a single dictionary"):
        one.on_duplicate_key_update({"data": 1}, {"bar": 2})
    with pytest.raises(ValueError, match="must not be empty"):
        one.on_duplicate_key_update()
    with pytest.raises(ValueError, match="non-empty dictionary"):
        one.on_duplicate_key_update(["data"])  # type: ignore[arg-type]
    with pytest.raises(InvalidRequestError, match="already has an ON DUPLICATE KEY"):
        one.on_duplicate_key_update(data=1).on_duplicate_key_update(data=2)
    with pytest.raises(UnsupportedCompilationError):
        one.on_duplicate_key_update(data=1).compile(dialect=postgresql.dialect())
