"""SQL text with known columns, and parameters in text."""

from __future__ import annotations

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.exc import ArgumentError
from cormorant.sql import select, text
from cormorant.types import Integer, String
from tests.sql.tables import a


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("a::int :b", ["b"]),
        ("'12:30:00'", []),
        ("x=:a:b", []),
        (r"\:q :r", ["r"]),
        (":x-:y", ["x", "y"]),
        (":a::int", []),
        ("(:a)", ["a"]),
        ("x :: :y", ["y"]),
    ],
)
def test_parameters_in_text(sql: str, names: list[str]) -> None:
    assert list(text(sql).bind_params) == names


def test_columns_by_position_and_by_name() -> None:
    by_position = text("select 1, 2").columns(a.c.id, a.c.name)
    assert by_position.selected_columns.keys() == ["id", "name"]
    assert by_position.positional is True
    by_name = text("select 1, 2").columns(id=Integer, name=String)
    assert [type(c.type) for c in by_name.selected_columns] == [Integer, String]
    assert by_name.positional is False


def test_text_as_a_subquery() -> None:
    sub = text("select 1 as id where :x = 1").bindparams(x=1).columns(a.c.id).subquery("t")
    statement = select(sub.c.id)
    assert str(statement) == "SELECT t.id \nFROM (select 1 as id where :x = 1) AS t"
    assert dict(statement.compile().params) == {"x": 1}


def test_unknown_parameter() -> None:
    with pytest.raises(ArgumentError, match="doesn't define a bound parameter named 'y'"):
        text("select :x").bindparams(y=1)


def test_columns_must_have_names() -> None:
    with pytest.raises(ArgumentError, match="takes columns with names"):
        text("select 1").columns(a.c.id + 1)
