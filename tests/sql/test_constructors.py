
"""CASE, CAST, tuples, orderings and their like. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import (
    between,
    case,
    cast,
    collate,
    desc,
    distinct,
    extract,
    label,
    literal,
    literal_column,
    null,
    nulls_last,
    tuple_,
    type_coerce,
)
from cormorant.types import Integer
from tests.sql.tables import a

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: cast("x", Integer), "CAST(:param_1 AS INTEGER)", {"param_1": "x"}),
    (lambda: case((5, 6)), "CASE WHEN :param_1 THEN :param_2 END", {"param_1": 5, "param_2": 6}),
    (lambda: label("x", a.c.id), "a.id", {}),
    (lambda: label("x", "y"), ":param_1", {"param_1": "y"}),
    (lambda: literal(None), ":param_1", {"param_1": None}),
    (lambda: tuple_(1, a.c.id), "(:param_1, a.id)", {"param_1": 1}),
    (lambda: null(), "NULL", {}),
    (lambda: distinct("x"), "DISTINCT :param_1", {"param_1": "x"}),
    (lambda: between(a.c.id, 1, 2), "a.id BETWEEN :id_1 AND :id_2", {"id_1": 1, "id_2": 2}),
    (lambda: collate(a.c.name, "x"), "a.name COLLATE x", {}),
    (lambda: collate("x", "y"), ":param_1 COLLATE y", {"param_1": "x"}),
    (lambda: extract("year", "x"), "EXTRACT(year FROM :param_1)", {"param_1": "x"}),
    (lambda: type_coerce("x", Integer), ":param_1", {"param_1": "x"}),
    (lambda: tuple_(a.c.id, a.c.x).in_([(1, 2)]), "(a.id, a.x) IN (__[POSTCOMPILE_param_1])", {"param_1": [(1, 2)]}),
    (lambda: literal(5) + 3, ":param_1 + :param_2", {"param_1": 5, "param_2": 3}),
    (lambda: literal("a") + "b", ":param_1 || :param_2", {"param_1": "a", "param_2": "b"}),
    (lambda: cast("5", Integer) + 1, "CAST(:param_1 AS INTEGER) + :param_2", {"param_1": "5", "param_2": 1}),
    (lambda: nulls_last(desc(a.c.x)), "a.x DESC NULLS LAST", {}),
    (lambda: extract("year", a.c.x) == 5, "EXTRACT(year FROM a.x) = :param_1", {"param_1": 5}),
    (
        lambda: case((a.c.x == 1, "a"), else_="b"),
        "CASE WHEN (a.x = :x_1) THEN :param_1 ELSE :param_2 END",
        {"x_1": 1, "param_1": "a", "param_2": "b"},
    ),
    (
        lambda: case({"x": "y"}, value=a.c.name, else_=null()),
        "CASE a.name WHEN :param_1 THEN :param_2 ELSE NULL END",
        {"param_1": "x", "param_2": "y"},
    ),
    (lambda: case((a.c.x == 1, a.c.name)), "CASE WHEN (a.x = :x_1) THEN a.name END", {"x_1": 1}),
    (lambda: case(), "CASE END", {}),
    (lambda: case((a.c.x == 5, literal_column("'x'"))), "CASE WHEN (a.x = :x_1) THEN 'x' END", {"x_1": 5}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


TYPES: list[tuple[Callable[[], Any], str]] = [
    (lambda: cast("x", Integer), "Integer"),
    (lambda: case((5, 6)), "Integer"),
    (lambda: label("x", a.c.id), "Integer"),
    (lambda: label("x", "y"), "String"),
    (lambda: tuple_(1, a.c.id), "TupleType"),
    (lambda: distinct("x"), "String"),
    (lambda: between(a.c.id, 1, 2), "Boolean"),
    (lambda: collate(a.c.name, "x"), "String"),
    (lambda: collate("x", "y"), "String"),
    (lambda: extract("year", "x"), "Integer"),
    (lambda: type_coerce("x", Integer), "Integer"),
    (lambda: tuple_(a.c.id, a.c.x).in_([(1, 2)]), "Boolean"),
    (lambda: literal(5) + 3, "Integer"),
    (lambda: literal("a") + "b", "String"),
    (lambda: cast("5", Integer) + 1, "Integer"),
    (lambda: extract("year", a.c.x) == 5, "Boolean"),
    (lambda: case((a.c.x == 1, "a"), else_="b"), "String"),
    (lambda: case({"x": "y"}, value=a.c.name, else_=null()), "String"),
    (lambda: case((a.c.x == 1, a.c.name)), "String"),
]


@pytest.mark.parametrize(("build", "name"), TYPES)
def test_type(build: Callable[[], Any], name: str) -> None:
    assert type(build().type).__name__ == name
