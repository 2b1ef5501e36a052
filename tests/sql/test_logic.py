# ruff: noqa: E711 - comparisons and signs of SQL expressions

"""AND, OR, NOT, and constants folded away. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import and_, func, not_, null, or_, true
from tests.sql.tables import a

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: not_("x"), "NOT :param_1", {"param_1": "x"}),
    (lambda: not_(5), "NOT :param_1", {"param_1": 5}),
    (lambda: ~a.c.x, "NOT a.x", {}),
    (lambda: not_(a.c.x + 1), "NOT (a.x + :x_1)", {"x_1": 1}),
    (lambda: ~(a.c.x + 1 == 2), "a.x + :x_1 != :param_1", {"x_1": 1, "param_1": 2}),
    (lambda: not_(and_(a.c.x == 1, a.c.id == 2)), "NOT (a.x = :x_1 AND a.id = :id_1)", {"x_1": 1, "id_1": 2}),
    (lambda: not_(or_(a.c.x == 1, a.c.id == 2)), "NOT (a.x = :x_1 OR a.id = :id_1)", {"x_1": 1, "id_1": 2}),
    (lambda: not_(a.c.name.like("x")), "a.name NOT LIKE :name_1", {"name_1": "x"}),
    (lambda: not_(a.c.x.between(1, 2)), "a.x NOT BETWEEN :x_1 AND :x_2", {"x_1": 1, "x_2": 2}),
    (lambda: ~a.c.name.contains("x"), "a.name NOT LIKE '%' || :name_1 || '%'", {"name_1": "x"}),
    (lambda: ~a.c.name.regexp_match("x"), "a.name <not regexp> :name_1", {"name_1": "x"}),
    (lambda: ~a.c.id.in_([1]), "(a.id NOT IN (__[POSTCOMPILE_id_1]))", {"id_1": [1]}),
    (lambda: and_(a.c.id == 1), "a.id = :id_1", {"id_1": 1}),
    (lambda: or_(a.c.id), "a.id", {}),
    (lambda: and_(True, a.c.id == 1), "a.id = :id_1", {"id_1": 1}),
    (lambda: and_(None), "NULL", {}),
    (lambda: not_(None), "NOT NULL", {}),
    (lambda: not_(true()), "false", {}),
    (lambda: ~null(), "NOT NULL", {}),
    (lambda: ~func.foo(), "NOT foo()", {}),
    (lambda: ~a.c.name, "NOT a.name", {}),
    (lambda: or_(and_(), a.c.id == 1), "a.id = :id_1", {"id_1": 1}),
    (lambda: or_(), "", {}),
    (lambda: not_(a.c.id == None), "a.id IS NOT NULL", {}),
    (lambda: not_(a.c.id.is_distinct_from(5)), "a.id IS NOT DISTINCT FROM :id_1", {"id_1": 5}),
    (lambda: ~~(a.c.x == 1), "a.x = :x_1", {"x_1": 1}),
    (lambda: ~~a.c.x, "NOT (NOT a.x)", {}),
    (lambda: ~(a.c.id > 5), "a.id <= :id_1", {"id_1": 5}),
    (lambda: ~(a.c.id.like("x")), "a.id NOT LIKE :id_1", {"id_1": "x"}),
    (lambda: ~((a.c.id == 5) | (a.c.x == 4)), "NOT (a.id = :id_1 OR a.x = :x_1)", {"id_1": 5, "x_1": 4}),
    (lambda: ~(~((a.c.id == 5) | (a.c.x == 4))), "NOT (NOT (a.id = :id_1 OR a.x = :x_1))", {"id_1": 5, "x_1": 4}),
    (
        lambda: and_(or_(a.c.id == 1, a.c.id == 2), or_(a.c.x == 1, a.c.x == 2)),
        "(a.id = :id_1 OR a.id = :id_2) AND (a.x = :x_1 OR a.x = :x_2)",
        {"id_1": 1, "id_2": 2, "x_1": 1, "x_2": 2},
    ),
    (
        lambda: or_(and_(a.c.id == 1, a.c.id == 2), and_(a.c.x == 1, a.c.x == 2)),
        "a.id = :id_1 AND a.id = :id_2 OR a.x = :x_1 AND a.x = :x_2",
        {"id_1": 1, "id_2": 2, "x_1": 1, "x_2": 2},
    ),
    (
        lambda: and_(a.c.id == 1, and_(a.c.id == 2, a.c.id == 3)),
        "a.id = :id_1 AND a.id = :id_2 AND a.id = :id_3",
        {"id_1": 1, "id_2": 2, "id_3": 3},
    ),
    (lambda: and_(true(), true(), a.c.id == 1), "a.id = :id_1", {"id_1": 1}),
    (lambda: and_(a.c.id == 1, None), "a.id = :id_1 AND NULL", {"id_1": 1}),
    (lambda: or_(a.c.id == 1, False), "a.id = :id_1", {"id_1": 1}),
    (lambda: or_(a.c.id == 1, True), "true", {}),
    (lambda: ~a.c.flag & a.c.flag, "NOT a.flag AND a.flag", {}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


TYPES: list[tuple[Callable[[], Any], str]] = [
    (lambda: not_("x"), "Boolean"),
    (lambda: not_(5), "Boolean"),
    (lambda: ~a.c.x, "Boolean"),
    (lambda: not_(a.c.x + 1), "Boolean"),
    (lambda: ~(a.c.x + 1 == 2), "Boolean"),
    (lambda: not_(and_(a.c.x == 1, a.c.id == 2)), "Boolean"),
    (lambda: not_(or_(a.c.x == 1, a.c.id == 2)), "Boolean"),
    (lambda: not_(a.c.name.like("x")), "Boolean"),
    (lambda: not_(a.c.x.between(1, 2)), "NullType"),
    (lambda: ~a.c.name.contains("x"), "Boolean"),
    (lambda: ~a.c.name.regexp_match("x"), "NullType"),
    (lambda: ~a.c.id.in_([1]), "Boolean"),
    (lambda: and_(a.c.id == 1), "Boolean"),
    (lambda: or_(a.c.id), "Integer"),
    (lambda: and_(True, a.c.id == 1), "Boolean"),
    (lambda: not_(None), "Boolean"),
    (lambda: not_(true()), "Boolean"),
    (lambda: ~null(), "Boolean"),
    (lambda: ~func.foo(), "Boolean"),
    (lambda: ~a.c.name, "Boolean"),
    (lambda: or_(and_(), a.c.id == 1), "Boolean"),
    (lambda: or_(), "Boolean"),
    (lambda: not_(a.c.id == None), "Boolean"),
    (lambda: not_(a.c.id.is_distinct_from(5)), "Boolean"),
    (lambda: ~~(a.c.x == 1), "Boolean"),
    (lambda: ~~a.c.x, "Boolean"),
    (lambda: ~(a.c.id > 5), "Boolean"),
    (lambda: ~(a.c.id.like("x")), "Boolean"),
    (lambda: ~((a.c.id == 5) | (a.c.x == 4)), "Boolean"),
    (lambda: ~(~((a.c.id == 5) | (a.c.x == 4))), "Boolean"),
    (lambda: and_(or_(a.c.id == 1, a.c.id == 2), or_(a.c.x == 1, a.c.x == 2)), "Boolean"),
    (lambda: or_(and_(a.c.id == 1, a.c.id == 2), and_(a.c.x == 1, a.c.x == 2)), "Boolean"),
    (lambda: and_(a.c.id == 1, and_(a.c.id == 2, a.c.id == 3)), "Boolean"),
    (lambda: and_(true(), true(), a.c.id == 1), "Boolean"),
    (lambda: and_(a.c.id == 1, None), "Boolean"),
    (lambda: or_(a.c.id == 1, False), "Boolean"),
    (lambda: or_(a.c.id == 1, True), "Boolean"),
    (lambda: ~a.c.flag & a.c.flag, "Boolean"),
]


@pytest.mark.parametrize(("build", "name"), TYPES)
def test_type(build: Callable[[], Any], name: str) -> None:
    assert type(build().type).__name__ == name
