
"""Scalar subqueries, EXISTS, correlation. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import all_, any_, exists, select
from tests.sql.tables import S, a, b

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: S.scalar_subquery(), "(SELECT a.id \nFROM a)", {}),
    (
        lambda: select(a.c.name).where(a.c.id == select(a.c.id).where(a.c.x == 1).scalar_subquery()),
        ("SELECT a.name \nFROM a \nWHERE a.id = (SELECT a.id \nFROM a \nWHERE a.x = :x_1)"),
        {"x_1": 1},
    ),
    (
        lambda: select(a.c.name).where(a.c.id == select(a.c.id).where(a.c.x == 1).correlate(None).scalar_subquery()),
        ("SELECT a.name \nFROM a \nWHERE a.id = (SELECT a.id \nFROM a \nWHERE a.x = :x_1)"),
        {"x_1": 1},
    ),
    (
        lambda: select(a.c.name, select(b.c.id).where(b.c.a_id == a.c.id).correlate_except(b).scalar_subquery()),
        "SELECT a.name, (SELECT b.id \nFROM b \nWHERE b.a_id = a.id) AS anon_1 \nFROM a",
        {},
    ),
    (lambda: S.exists(), "EXISTS (SELECT a.id \nFROM a)", {}),
    (lambda: exists(S), "EXISTS (SELECT a.id \nFROM a)", {}),
    (lambda: exists(a), "EXISTS (SELECT a.id, a.name, a.x, a.flag \nFROM a)", {}),
    (lambda: exists(5), "EXISTS (SELECT 5)", {}),
    (lambda: exists(), "EXISTS (SELECT *)", {}),
    (lambda: exists(a.c.id).where(a.c.x == 5), "EXISTS (SELECT a.id \nFROM a \nWHERE a.x = :x_1)", {"x_1": 5}),
    (lambda: exists().select_from(a), "EXISTS (SELECT * \nFROM a)", {}),
    (
        lambda: select(a).where(exists(b.c.id).where(b.c.a_id == a.c.id)),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.a_id = a.id)"),
        {},
    ),
    (lambda: select(exists(S)), "SELECT EXISTS (SELECT a.id \nFROM a) AS anon_1", {}),
    (lambda: S.where(exists(b)), "SELECT a.id \nFROM a \nWHERE EXISTS (SELECT b.id, b.a_id, b.name \nFROM b)", {}),
    (lambda: a.c.id.in_(select(b.c.id).scalar_subquery()), "a.id IN (SELECT b.id \nFROM b)", {}),
    (lambda: a.c.id == select(b.c.id).scalar_subquery(), "a.id = (SELECT b.id \nFROM b)", {}),
    (lambda: a.c.id == any_(select(b.c.id).scalar_subquery()), "a.id = ANY (SELECT b.id \nFROM b)", {}),
    (lambda: all_(select(b.c.id).scalar_subquery()) == 5, ":param_1 = ALL (SELECT b.id \nFROM b)", {"param_1": 5}),
    (lambda: a.c.id.in_([select(b.c.id).scalar_subquery(), 5]), "a.id IN ((SELECT b.id \nFROM b), :id_1)", {"id_1": 5}),
    (
        lambda: select(a).where(exists(select(b.c.id).where(b.c.id == a.c.id))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.id = a.id)"),
        {},
    ),
    (lambda: select(select(a.c.id).scalar_subquery()), "SELECT (SELECT a.id \nFROM a) AS anon_1", {}),
    (lambda: exists().where(a.c.id == 5), "EXISTS (SELECT * \nFROM a \nWHERE a.id = :id_1)", {"id_1": 5}),
    (
        lambda: select(exists().where(a.c.id == 5)),
        "SELECT EXISTS (SELECT * \nFROM a \nWHERE a.id = :id_1) AS anon_1",
        {"id_1": 5},
    ),
    (
        lambda: select(a).where(~exists().where(a.c.id == 5)),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE NOT (EXISTS (SELECT * \nFROM a \nWHERE a.id = :id_1))"),
        {"id_1": 5},
    ),
    (
        lambda: select(a).where(exists().where(b.c.a_id == a.c.id)),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE EXISTS (SELECT * \nFROM b \nWHERE b.a_id = a.id)"),
        {},
    ),
    (
        lambda: select(a).where(select(b.c.id).where(b.c.a_id == a.c.id).exists()),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.a_id = a.id)"),
        {},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters
