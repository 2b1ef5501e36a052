"""OVER, FILTER, WITHIN GROUP. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import aggregate_order_by, desc, func, over, select, within_group
from tests.sql.tables import a

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: within_group(func.x(), a.c.x), "x() WITHIN GROUP (ORDER BY a.x)", {}),
    (
        lambda: over(func.count(), partition_by=a.c.x, order_by=[a.c.id, a.c.name.desc()]),
        "count(*) OVER (PARTITION BY a.x ORDER BY a.id, a.name DESC)",
        {},
    ),
    (
        lambda: func.sum(a.c.x).over(rows=(None, 0)),
        "sum(a.x) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
        {},
    ),
    (
        lambda: func.sum(a.c.x).over(range_=(-1, 5)),
        "sum(a.x) OVER (RANGE BETWEEN :param_1 PRECEDING AND :param_2 FOLLOWING)",
        {"param_1": 1, "param_2": 5},
    ),
    (lambda: func.count(a.c.id).filter(a.c.x > 5), "count(a.id) FILTER (WHERE a.x > :x_1)", {"x_1": 5}),
    (
        lambda: func.percentile_cont(0.5).within_group(a.c.x.desc()),
        "percentile_cont(:percentile_cont_1) WITHIN GROUP (ORDER BY a.x DESC)",
        {"percentile_cont_1": 0.5},
    ),
    (
        lambda: func.string_agg(a.c.name, ",").within_group(a.c.x),
        "string_agg(a.name, :string_agg_1) WITHIN GROUP (ORDER BY a.x)",
        {"string_agg_1": ","},
    ),
    (
        lambda: func.foo().over(rows=(-3, None)),
        "foo() OVER (ROWS BETWEEN :param_1 PRECEDING AND UNBOUNDED FOLLOWING)",
        {"param_1": 3},
    ),
    (lambda: func.array_agg(a.c.id).aggregate_order_by(a.c.x), "array_agg(a.id ORDER BY a.x)", {}),
    (lambda: aggregate_order_by(func.foo(a.c.id), a.c.x), "foo(a.id ORDER BY a.x)", {}),
    (
        lambda: func.row_number().over(partition_by=[a.c.x, a.c.name], order_by=a.c.id),
        "row_number() OVER (PARTITION BY a.x, a.name ORDER BY a.id)",
        {},
    ),
    (
        lambda: func.sum(a.c.x).over(groups=(-1, 1)),
        "sum(a.x) OVER (GROUPS BETWEEN :param_1 PRECEDING AND :param_2 FOLLOWING)",
        {"param_1": 1, "param_2": 1},
    ),
    (
        lambda: func.sum(a.c.x).filter(a.c.id > 1, a.c.id < 5).over(order_by=a.c.id),
        "sum(a.x) FILTER (WHERE a.id > :id_1 AND a.id < :id_2) OVER (ORDER BY a.id)",
        {"id_1": 1, "id_2": 5},
    ),
    (
        lambda: select(func.row_number().over(order_by=desc("x")), a.c.x),
        "SELECT row_number() OVER (ORDER BY a.x DESC) AS anon_1, a.x \nFROM a",
        {},
    ),
    (
        lambda: select(func.row_number().over(order_by="x"), a.c.x),
        "SELECT row_number() OVER (ORDER BY a.x) AS anon_1, a.x \nFROM a",
        {},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


TYPES: list[tuple[Callable[[], Any], str]] = [
    (lambda: over(func.count(), partition_by=a.c.x, order_by=[a.c.id, a.c.name.desc()]), "Integer"),
    (lambda: func.sum(a.c.x).over(rows=(None, 0)), "Integer"),
    (lambda: func.sum(a.c.x).over(range_=(-1, 5)), "Integer"),
    (lambda: func.count(a.c.id).filter(a.c.x > 5), "Integer"),
    (lambda: func.percentile_cont(0.5).within_group(a.c.x.desc()), "Integer"),
    (lambda: func.array_agg(a.c.id).aggregate_order_by(a.c.x), "ARRAY"),
    (lambda: func.sum(a.c.x).over(groups=(-1, 1)), "Integer"),
    (lambda: func.sum(a.c.x).filter(a.c.id > 1, a.c.id < 5).over(order_by=a.c.id), "Integer"),
]


@pytest.mark.parametrize(("build", "name"), TYPES)
def test_type(build: Callable[[], Any], name: str) -> None:
    assert type(build().type).__name__ == name
