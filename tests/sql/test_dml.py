# ruff: noqa: E501 - expected SQL is written out
"""INSERT, UPDATE, DELETE: text and parameters. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import (
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    null,
    select,
    text,
    union,
    update,
)
from tests.sql.tables import a, b, d

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (
        lambda: insert(a),
        "INSERT INTO a (id, name, x, flag) VALUES (:id, :name, :x, :flag)",
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (lambda: insert(a).values(id=1, name="x"), "INSERT INTO a (id, name) VALUES (:id, :name)", {"id": 1, "name": "x"}),
    (
        lambda: insert(a).values({"id": 1, a.c.name: "x"}),
        "INSERT INTO a (id, name) VALUES (:id, :name)",
        {"id": 1, "name": "x"},
    ),
    (
        lambda: insert(a).values([{"id": 1, "name": "x"}, {"id": 2, "name": "y"}]),
        "INSERT INTO a (id, name) VALUES (:id_m0, :name_m0), (:id_m1, :name_m1)",
        {"id_m0": 1, "name_m0": "x", "id_m1": 2, "name_m1": "y"},
    ),
    (lambda: insert(a).values((1, "x")), "INSERT INTO a (id, name) VALUES (:id, :name)", {"id": 1, "name": "x"}),
    (lambda: insert(a).values(id=func.foo(5)), "INSERT INTO a (id) VALUES (foo(:foo_1))", {"foo_1": 5}),
    (
        lambda: insert(a).values(id=select(func.max(b.c.id)).scalar_subquery()),
        "INSERT INTO a (id) VALUES ((SELECT max(b.id) AS max_1 \nFROM b))",
        {},
    ),
    (
        lambda: insert(a).from_select(["id", "name"], select(b.c.id, b.c.name)),
        "INSERT INTO a (id, name) SELECT b.id, b.name \nFROM b",
        {},
    ),
    (
        lambda: insert(a).returning(a.c.id),
        ("INSERT INTO a (id, name, x, flag) VALUES (:id, :name, :x, :flag) RETURNING a.id"),
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (
        lambda: insert(a).returning(a),
        ("INSERT INTO a (id, name, x, flag) VALUES (:id, :name, :x, :flag) RETURNING a.id, a.name, a.x, a.flag"),
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (
        lambda: insert(a).values(id=1).returning(a.c.id, (a.c.x + 1).label("q")),
        "INSERT INTO a (id) VALUES (:id) RETURNING a.id, a.x + :x_1 AS q",
        {"id": 1, "x_1": 1},
    ),
    (
        lambda: update(a).values(name="x").where(a.c.id == 5),
        "UPDATE a SET name=:name WHERE a.id = :id_1",
        {"name": "x", "id_1": 5},
    ),
    (lambda: update(a).values(x=a.c.x + 1), "UPDATE a SET x=(a.x + :x_1)", {"x_1": 1}),
    (
        lambda: update(a).where(a.c.id == b.c.a_id).values(name=b.c.name),
        "UPDATE a SET name=b.name FROM b WHERE a.id = b.a_id",
        {},
    ),
    (
        lambda: update(a).ordered_values((a.c.x, 5), ("name", "y")),
        "UPDATE a SET x=:x, name=:name",
        {"x": 5, "name": "y"},
    ),
    (lambda: update(a).values(x=None), "UPDATE a SET x=:x", {"x": None}),
    (lambda: update(a).values(x=null()).returning(a.c.id), "UPDATE a SET x=NULL RETURNING a.id", {}),
    (
        lambda: update(a),
        "UPDATE a SET id=:id, name=:name, x=:x, flag=:flag",
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (lambda: delete(a), "DELETE FROM a", {}),
    (lambda: delete(a).where(a.c.id == 5), "DELETE FROM a WHERE a.id = :id_1", {"id_1": 5}),
    (lambda: delete(a).where(a.c.id == b.c.a_id), "DELETE FROM a , b WHERE a.id = b.a_id", {}),
    (
        lambda: delete(a).where(a.c.id.in_([1])).returning(a),
        ("DELETE FROM a WHERE a.id IN (__[POSTCOMPILE_id_1]) RETURNING a.id, a.name, a.x, a.flag"),
        {"id_1": [1]},
    ),
    (lambda: delete(a).filter_by(x=5), "DELETE FROM a WHERE a.x = :x_1", {"x_1": 5}),
    (
        lambda: update(a).filter_by(x=5).values(name="x"),
        "UPDATE a SET name=:name WHERE a.x = :x_1",
        {"name": "x", "x_1": 5},
    ),
    (
        lambda: a.insert(),
        "INSERT INTO a (id, name, x, flag) VALUES (:id, :name, :x, :flag)",
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (lambda: a.update().values(x=5), "UPDATE a SET x=:x", {"x": 5}),
    (lambda: a.delete(), "DELETE FROM a", {}),
    (lambda: insert(a).values(id=bindparam("foo")), "INSERT INTO a (id) VALUES (:foo)", {"foo": None}),
    (lambda: insert(a).values(id=bindparam("id")), "INSERT INTO a (id) VALUES (:id)", {"id": None}),
    (
        lambda: update(a).values(x=bindparam("newx")).where(a.c.id == bindparam("theid")),
        "UPDATE a SET x=:newx WHERE a.id = :theid",
        {"newx": None, "theid": None},
    ),
    (
        lambda: insert(a).prefix_with("OR IGNORE"),
        "INSERT OR IGNORE INTO a (id, name, x, flag) VALUES (:id, :name, :x, :flag)",
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (
        lambda: insert(a).values(id=1).values(name="x"),
        "INSERT INTO a (id, name) VALUES (:id, :name)",
        {"id": 1, "name": "x"},
    ),
    (lambda: insert(a).values(id=1).values(id=2), "INSERT INTO a (id) VALUES (:id)", {"id": 2}),
    (
        lambda: insert(a).values(id=literal(5) + 3, name=func.lower("X")),
        "INSERT INTO a (id, name) VALUES ((:param_1 + :param_2), lower(:lower_1))",
        {"param_1": 5, "param_2": 3, "lower_1": "X"},
    ),
    (
        lambda: insert(a).from_select([a.c.id, "name"], select(b.c.id, b.c.name).where(b.c.id == 5)),
        "INSERT INTO a (id, name) SELECT b.id, b.name \nFROM b \nWHERE b.id = :id_1",
        {"id_1": 5},
    ),
    (
        lambda: insert(a).from_select(["id"], select(b.c.id)).returning(a.c.id),
        "INSERT INTO a (id) SELECT b.id \nFROM b RETURNING a.id",
        {},
    ),
    (
        lambda: insert(a).from_select(["id"], union(select(b.c.id), select(d.c.id))),
        "INSERT INTO a (id) SELECT b.id \nFROM b UNION SELECT d.id \nFROM d",
        {},
    ),
    (
        lambda: insert(a).values([{"id": 1, "name": func.foo(1)}, {"id": 2, "name": "y"}]),
        "INSERT INTO a (id, name) VALUES (:id_m0, foo(:foo_1)), (:id_m1, :name_m1)",
        {"id_m0": 1, "foo_1": 1, "id_m1": 2, "name_m1": "y"},
    ),
    (
        lambda: insert(a).values([(1, "x"), (2, "y")]),
        "INSERT INTO a (id, name) VALUES (:id_m0, :name_m0), (:id_m1, :name_m1)",
        {"id_m0": 1, "name_m0": "x", "id_m1": 2, "name_m1": "y"},
    ),
    (lambda: insert(a).values([]), "INSERT INTO a () VALUES ()", {}),
    (lambda: insert(a).values({}), "INSERT INTO a () VALUES ()", {}),
    (lambda: insert(a).inline().values(id=1), "INSERT INTO a (id) VALUES (:id)", {"id": 1}),
    (lambda: update(a).values({a.c.x: 5, "name": "z"}), "UPDATE a SET name=:name, x=:x", {"name": "z", "x": 5}),
    (
        lambda: update(a).values(x=select(func.max(b.c.id)).scalar_subquery()),
        "UPDATE a SET x=(SELECT max(b.id) AS max_1 \nFROM b)",
        {},
    ),
    (
        lambda: update(a).values(x=select(func.max(b.c.id)).where(b.c.a_id == a.c.id).scalar_subquery()),
        "UPDATE a SET x=(SELECT max(b.id) AS max_1 \nFROM b \nWHERE b.a_id = a.id)",
        {},
    ),
    (
        lambda: update(a).where(a.c.id.in_(select(b.c.a_id))).values(x=1),
        "UPDATE a SET x=:x WHERE a.id IN (SELECT b.a_id \nFROM b)",
        {"x": 1},
    ),
    (
        lambda: update(a).where(exists().where(b.c.a_id == a.c.id)).values(x=1),
        "UPDATE a SET x=:x WHERE EXISTS (SELECT * \nFROM b \nWHERE b.a_id = a.id)",
        {"x": 1},
    ),
    (
        lambda: update(a).values(x=case((a.c.x == 1, 2), else_=3)),
        "UPDATE a SET x=CASE WHEN (a.x = :x_1) THEN :param_1 ELSE :param_2 END",
        {"x_1": 1, "param_1": 2, "param_2": 3},
    ),
    (
        lambda: update(a).values(flag=True, name=None),
        "UPDATE a SET name=:name, flag=:flag",
        {"name": None, "flag": True},
    ),
    (
        lambda: delete(a).where(exists(select(b.c.id).where(b.c.a_id == a.c.id))),
        "DELETE FROM a WHERE EXISTS (SELECT b.id \nFROM b \nWHERE b.a_id = a.id)",
        {},
    ),
    (lambda: delete(a).using(b).where(b.c.a_id == a.c.id), "DELETE FROM a , b WHERE b.a_id = a.id", {}),
    (lambda: delete(b).returning(b.c.id.label("q")), "DELETE FROM b RETURNING b.id AS q", {}),
    (
        lambda: insert(a).values(name="x").returning(a.c.id).returning(a.c.x),
        "INSERT INTO a (name) VALUES (:name) RETURNING a.id, a.x",
        {"name": "x"},
    ),
    (
        lambda: insert(a).returning(a.c.id.label("q"), func.lower(a.c.name)),
        (
            "INSERT INTO a (id, name, x, flag) VALUES (:id, :name, :x, :flag) RETURNING a.id AS q, lower(a.name) AS lower_1"
        ),
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (
        lambda: insert(a).returning(text("id")),
        "INSERT INTO a (id, name, x, flag) VALUES (:id, :name, :x, :flag) RETURNING id",
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (
        lambda: insert(a).returning(literal_column("1")),
        "INSERT INTO a (id, name, x, flag) VALUES (:id, :name, :x, :flag) RETURNING 1",
        {"id": None, "name": None, "x": None, "flag": None},
    ),
    (lambda: insert(a).values(name=literal_column("'x'")), "INSERT INTO a (name) VALUES ('x')", {}),
    (lambda: insert(a).values(name=text("'x'")), "INSERT INTO a (name) VALUES ('x')", {}),
    (lambda: insert(a).values(name=[1, 2]), "INSERT INTO a (name) VALUES (:name)", {"name": [1, 2]}),
    (lambda: insert(a).values(name={"a": 1}), "INSERT INTO a (name) VALUES (:name)", {"name": {"a": 1}}),
    (lambda: insert(a).values(id=a.c.x), "INSERT INTO a (id) VALUES (a.x)", {}),
    (lambda: insert(a).values({b.c.id: 5}), "INSERT INTO a (id) VALUES (:id)", {"id": 5}),
    (
        lambda: update(a).values(name="x").where(a.c.id == 5).where(a.c.x == 6),
        "UPDATE a SET name=:name WHERE a.id = :id_1 AND a.x = :x_1",
        {"name": "x", "id_1": 5, "x_1": 6},
    ),
    (lambda: update(a).values(name=a.c.name + "x"), "UPDATE a SET name=(a.name || :name_1)", {"name_1": "x"}),
    (lambda: update(a).values(x=-a.c.x), "UPDATE a SET x=(-a.x)", {}),
    (lambda: update(a).values(x=func.foo(a.c.id, 5)), "UPDATE a SET x=foo(a.id, :foo_1)", {"foo_1": 5}),
    (lambda: update(a).values(flag=~a.c.flag), "UPDATE a SET flag=NOT a.flag", {}),
    (lambda: update(a).values(flag=a.c.x > 5), "UPDATE a SET flag=(a.x > :x_1)", {"x_1": 5}),
    (lambda: update(a.alias("q")).values(x=5), "UPDATE a AS q SET x=:x", {"x": 5}),
    (lambda: delete(a.alias("q")), "DELETE FROM a AS q", {}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters
