# ruff: noqa: E501 - expected SQL is written out
"""Scalar subqueries, EXISTS, correlation. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import all_, any_, exists, func, not_, select
from tests.sql.tables import S, a, b, d, t1

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
    (
        lambda: select(a.c.id).where(a.c.id == select(func.max(t1.c.id)).scalar_subquery()),
        ("SELECT a.id \nFROM a \nWHERE a.id = (SELECT max(a_1.id) AS max_1 \nFROM a AS a_1)"),
        {},
    ),
    (
        lambda: select(a.c.id).where(select(func.count(b.c.id)).where(b.c.a_id == a.c.id).scalar_subquery() > 5),
        ("SELECT a.id \nFROM a \nWHERE (SELECT count(b.id) AS count_1 \nFROM b \nWHERE b.a_id = a.id) > :param_1"),
        {"param_1": 5},
    ),
    (
        lambda: select(a.c.id).where(
            exists(select(b.c.id).where(b.c.a_id == a.c.id).where(exists(select(d.c.id).where(d.c.a1 == a.c.id))))
        ),
        (
            "SELECT a.id \nFROM a \nWHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.a_id = a.id AND (EXISTS (SELECT d.id \nFROM d, a \nWHERE d.a1 = a.id)))"
        ),
        {},
    ),
    (
        lambda: select(a.c.id).where(a.c.id.in_(select(b.c.id).where(b.c.a_id == a.c.id).correlate(a))),
        ("SELECT a.id \nFROM a \nWHERE a.id IN (SELECT b.id \nFROM b \nWHERE b.a_id = a.id)"),
        {},
    ),
    (
        lambda: select(a.c.id).where(a.c.id.in_(select(b.c.id).where(b.c.a_id == a.c.id).correlate(None))),
        ("SELECT a.id \nFROM a \nWHERE a.id IN (SELECT b.id \nFROM b, a \nWHERE b.a_id = a.id)"),
        {},
    ),
    (
        lambda: select(a.c.id).where(a.c.id.in_(select(b.c.id).where(b.c.a_id == a.c.id).correlate(b))),
        ("SELECT a.id \nFROM a \nWHERE a.id IN (SELECT b.id \nFROM b, a \nWHERE b.a_id = a.id)"),
        {},
    ),
    (
        lambda: select(a.c.id).where(a.c.id.in_(select(a.c.id).correlate(a))),
        "SELECT a.id \nFROM a \nWHERE a.id IN (SELECT a.id)",
        {},
    ),
    (
        lambda: select(select(a.c.id).where(a.c.id == b.c.a_id).correlate(b).scalar_subquery()).select_from(b),
        "SELECT (SELECT a.id \nFROM a \nWHERE a.id = b.a_id) AS anon_1 \nFROM b",
        {},
    ),
    (
        lambda: select(b, select(a.c.name).where(a.c.id == b.c.a_id).scalar_subquery()),
        ("SELECT b.id, b.a_id, b.name, (SELECT a.name \nFROM a \nWHERE a.id = b.a_id) AS anon_1 \nFROM b"),
        {},
    ),
    (lambda: not_(exists().where(a.c.id == 5)), "NOT (EXISTS (SELECT * \nFROM a \nWHERE a.id = :id_1))", {"id_1": 5}),
    (
        lambda: not_(not_(exists().where(a.c.id == 5))),
        "NOT (NOT (EXISTS (SELECT * \nFROM a \nWHERE a.id = :id_1)))",
        {"id_1": 5},
    ),
    (lambda: any_(select(b.c.id).scalar_subquery()) > 5, ":param_1 < ANY (SELECT b.id \nFROM b)", {"param_1": 5}),
    (lambda: a.c.x != all_(select(b.c.id).scalar_subquery()), "a.x != ALL (SELECT b.id \nFROM b)", {}),
    (
        lambda: select(a.c.x).where(a.c.x == any_(select(b.c.id).scalar_subquery())),
        "SELECT a.x \nFROM a \nWHERE a.x = ANY (SELECT b.id \nFROM b)",
        {},
    ),
    (lambda: select(a).exists().select(), "SELECT EXISTS (SELECT a.id, a.name, a.x, a.flag \nFROM a) AS anon_1", {}),
    (lambda: exists(a.c.id).select(), "SELECT EXISTS (SELECT a.id \nFROM a) AS anon_1", {}),
    (
        lambda: select(a).where(exists(a.c.id).where(b.c.a_id == a.c.id).correlate(b)),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE EXISTS (SELECT a.id \nFROM a, b \nWHERE b.a_id = a.id)"),
        {},
    ),
    (
        lambda: select(a.c.id).where(a.c.x == select(func.max(t1.c.x)).where(t1.c.name == a.c.name).scalar_subquery()),
        ("SELECT a.id \nFROM a \nWHERE a.x = (SELECT max(a_1.x) AS max_1 \nFROM a AS a_1 \nWHERE a_1.name = a.name)"),
        {},
    ),
    (
        lambda: select(a).where(exists(select(1).where(b.c.a_id == a.c.id))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE EXISTS (SELECT 1 \nFROM b \nWHERE b.a_id = a.id)"),
        {},
    ),
    (
        lambda: select(a).where(a.c.id == func.any(select(b.c.id).scalar_subquery())),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id = any((SELECT b.id \nFROM b))"),
        {},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


def test_a_scalar_subquery_is_its_own_scalar_subquery() -> None:
    value = select(a.c.id).scalar_subquery()
    assert value.scalar_subquery() is value
