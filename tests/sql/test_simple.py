# ruff: noqa: E501 - expected SQL is written out
"""text(), constants, labels of text. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import and_, bindparam, cast, column, func, literal, literal_column, or_, select, text, union
from cormorant.types import Integer, String
from tests.sql.tables import S, a, b

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: S.select_from(text("foo")), "SELECT a.id \nFROM foo, a", {}),
    (lambda: text("x :a").bindparams(a=5), "x :a", {"a": 5}),
    (lambda: text("x :a").columns(a.c.id), "x :a", {"a": None}),
    (lambda: select(text("x :a").columns(a.c.id).subquery()), "SELECT anon_1.id \nFROM (x :a) AS anon_1", {"a": None}),
    (lambda: text("x").columns(id=Integer), "x", {}),
    (
        lambda: select(
            select(
                column("x"),
                literal_column("y"),
                text("z"),
                cast(literal(5), String),
                cast(func.count(), String),
                cast(-a.c.x, String),
            ).subquery()
        ),
        (
            "SELECT anon_1.x, anon_1.y, anon_1.anon_2, anon_1.count_1, anon_1.anon_3 \nFROM (SELECT x, y, z, CAST(:param_1 AS VARCHAR) AS anon_2, CAST(count(*) AS VARCHAR) AS count_1, CAST(-a.x AS VARCHAR) AS anon_3 \nFROM a) AS anon_1"
        ),
        {"param_1": 5},
    ),
    (lambda: a.c.id.in_(text("select 1")), "a.id IN (select 1)", {}),
    (lambda: a.c.id == text("x"), "a.id = x", {}),
    (lambda: and_(text("x"), text("y")), "x AND y", {}),
    (lambda: text("x") & text("y"), "x AND y", {}),
    (lambda: func.count(text("*")), "count(*)", {}),
    (
        lambda: select(a.c.id, column("id"), literal_column("id"), literal_column("id"), text("id")),
        "SELECT a.id, id, id, id, id \nFROM a",
        {},
    ),
    (lambda: text("select :q").bindparams(q=7), "select :q", {"q": 7}),
    (lambda: text("select :q").bindparams(bindparam("q", type_=Integer, value=4)), "select :q", {"q": 4}),
    (lambda: text("select * from a").columns(a.c.id, a.c.name), "select * from a", {}),
    (
        lambda: select(text("x"), text("y")).select_from(a).where(text("z=1")).order_by(text("w")),
        "SELECT x, y \nFROM a \nWHERE z=1 ORDER BY w",
        {},
    ),
    (
        lambda: select((a.c.x + 1).label("foo")).group_by("foo").having(text("foo>1")),
        "SELECT a.x + :x_1 AS foo \nFROM a GROUP BY foo \nHAVING foo>1",
        {"x_1": 1},
    ),
    (
        lambda: select(union(select(a.c.id), select(b.c.id)).subquery("u")).where(text("u.id=1")),
        ("SELECT u.id \nFROM (SELECT a.id AS id \nFROM a UNION SELECT b.id AS id \nFROM b) AS u \nWHERE u.id=1"),
        {},
    ),
    (
        lambda: select(a.c.id, text("x")).union(select(b.c.id, text("y"))),
        "SELECT a.id, x \nFROM a UNION SELECT b.id, y \nFROM b",
        {},
    ),
    (lambda: select(text("a, b")).union(select(text("c, d"))), "SELECT a, b UNION SELECT c, d", {}),
    (
        lambda: select(a).where(a.c.id == 5).alias("q").select().where(text("q.id=3")),
        (
            "SELECT q.id, q.name, q.x, q.flag \nFROM (SELECT a.id AS id, a.name AS name, a.x AS x, a.flag AS flag \nFROM a \nWHERE a.id = :id_1) AS q \nWHERE q.id=3"
        ),
        {"id_1": 5},
    ),
    (lambda: a.alias("q").join(a.alias("p"), text("q.id=p.id")), "a AS q JOIN a AS p ON q.id=p.id", {}),
    (
        lambda: select(a).where(text("1=1")).where(a.c.id == 5),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE 1=1 AND a.id = :id_1",
        {"id_1": 5},
    ),
    (
        lambda: select(a).where(text("a=1 or b=2"), a.c.id == 5),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a=1 or b=2 AND a.id = :id_1",
        {"id_1": 5},
    ),
    (
        lambda: select(a).where(or_(text("x"), a.c.id == 5)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE x OR a.id = :id_1",
        {"id_1": 5},
    ),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: text("x=:y") == 5, False),
    (lambda: select(text("x"), a.c.id).subquery().c.keys(), ["id"]),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
