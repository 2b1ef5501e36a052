"""The text of INSERT, UPDATE and DELETE."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import bindparam, delete, exists, func, insert, null, select, update
from tests.compile.tables import a, b, comp, lt, q, s, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: (lambda ct: insert(u).from_select(["id", "name"], select(ct.c.id, ct.c.name)))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " INSERT INTO u (id, name) SELECT foo.id, foo.name \n"
            "FROM foo"
        ),
    ),
    (
        lambda: (lambda ct: update(u).where(u.c.id == ct.c.id).values(name="x"))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " UPDATE u SET name=:name FROM foo WHERE u.id = foo.id"
        ),
    ),
    (
        lambda: (lambda ct: delete(u).where(u.c.id.in_(select(ct.c.id))))(select(b).cte("foo")),
        (
            "WITH foo AS \n"
            "(SELECT b.id AS id, b.name AS name, b.a_id AS a_id \n"
            "FROM b)\n"
            " DELETE FROM u WHERE u.id IN (SELECT foo.id \n"
            "FROM foo)"
        ),
    ),
    (
        lambda: insert(u),
        "INSERT INTO u (id, name) VALUES (:id, :name)",
    ),
    (
        lambda: insert(u).values(name="x"),
        "INSERT INTO u (name) VALUES (:name)",
    ),
    (
        lambda: insert(u).values(id=1, name="x"),
        "INSERT INTO u (id, name) VALUES (:id, :name)",
    ),
    (
        lambda: insert(u).values(name="x", id=1),
        "INSERT INTO u (id, name) VALUES (:id, :name)",
    ),
    (
        lambda: insert(u).values({"name": "x"}),
        "INSERT INTO u (name) VALUES (:name)",
    ),
    (
        lambda: insert(u).values({u.c.name: "x"}),
        "INSERT INTO u (name) VALUES (:name)",
    ),
    (
        lambda: insert(u).values((1, "x")),
        "INSERT INTO u (id, name) VALUES (:id, :name)",
    ),
    (
        lambda: insert(u).values([{"id": 1, "name": "x"}, {"id": 2, "name": "y"}]),
        "INSERT INTO u (id, name) VALUES (:id_m0, :name_m0), (:id_m1, :name_m1)",
    ),
    (
        lambda: insert(u).values([{"name": "x"}, {"name": "y"}]),
        "INSERT INTO u (name) VALUES (:name_m0), (:name_m1)",
    ),
    (
        lambda: insert(u).values([(1, "x"), (2, "y")]),
        "INSERT INTO u (id, name) VALUES (:id_m0, :name_m0), (:id_m1, :name_m1)",
    ),
    (
        lambda: insert(u).values({}),
        "INSERT INTO u () VALUES ()",
    ),
    (
        lambda: insert(u).values(name=func.lower("X")),
        "INSERT INTO u (name) VALUES (lower(:lower_1))",
    ),
    (
        lambda: insert(u).values(name=select(b.c.name).where(b.c.id == 5).scalar_subquery()),
        "INSERT INTO u (name) VALUES ((SELECT b.name \nFROM b \nWHERE b.id = :id_1))",
    ),
    (
        lambda: insert(u).values(name=bindparam("foo")),
        "INSERT INTO u (name) VALUES (:foo)",
    ),
    (
        lambda: insert(u).values(name=None),
        "INSERT INTO u (name) VALUES (:name)",
    ),
    (
        lambda: insert(u).values(name=null()),
        "INSERT INTO u (name) VALUES (NULL)",
    ),
    (
        lambda: insert(u).values(id=u.c.id + 5),
        "INSERT INTO u (id) VALUES ((u.id + :id_1))",
    ),
    (
        lambda: insert(u).returning(u),
        "INSERT INTO u (id, name) VALUES (:id, :name) RETURNING u.id, u.name",
    ),
    (
        lambda: insert(u).values(name="x").returning(u.c.id),
        "INSERT INTO u (name) VALUES (:name) RETURNING u.id",
    ),
    (
        lambda: insert(u).values(name="x").returning(u.c.id, u.c.name.label("foo"), func.lower(u.c.name)),
        "INSERT INTO u (name) VALUES (:name) RETURNING u.id, u.name AS foo, lower(u.name) AS lower_1",
    ),
    (
        lambda: insert(u).from_select(["id", "name"], select(b.c.id, b.c.name)),
        "INSERT INTO u (id, name) SELECT b.id, b.name \nFROM b",
    ),
    (
        lambda: insert(u).from_select(["id", "name"], select(b.c.id, b.c.name)).returning(u.c.id),
        "INSERT INTO u (id, name) SELECT b.id, b.name \nFROM b RETURNING u.id",
    ),
    (
        lambda: insert(u).prefix_with("OR IGNORE"),
        "INSERT OR IGNORE INTO u (id, name) VALUES (:id, :name)",
    ),
    (
        lambda: insert(u).values(name="x").inline(),
        "INSERT INTO u (name) VALUES (:name)",
    ),
    (
        lambda: insert(s).values(name="x"),
        "INSERT INTO sch.st (name) VALUES (:name)",
    ),
    (
        lambda: insert(q),
        ('INSERT INTO "Order" ("ID", "group", "Mixed Case", "x y%z") VALUES (:ID, :group, :Mixed_Case, :x_yPz)'),
    ),
    (
        lambda: insert(q).values({"Mixed Case": 5}),
        'INSERT INTO "Order" ("Mixed Case") VALUES (:Mixed_Case)',
    ),
    (
        lambda: insert(q).values({"x y%z": 5}),
        'INSERT INTO "Order" ("x y%z") VALUES (:x_yPz)',
    ),
    (
        lambda: insert(comp),
        "INSERT INTO comp (k1, k2, v) VALUES (:k1, :k2, :v)",
    ),
    (
        lambda: insert(a),
        (
            'INSERT INTO a (id, name, x, "when", b_id, price, flag, data, js, f, d, big, t) VALUES '
            "(:id, :name, :x, :when, :b_id, :price, :flag, :data, :js, :f, :d, :big, :t)"
        ),
    ),
    (
        lambda: insert(lt).values(p=5),
        "INSERT INTO lt (p) VALUES (:p)",
    ),
    (
        lambda: insert(u).values([{"name": func.foo(1)}, {"name": "y"}]),
        "INSERT INTO u (name) VALUES (foo(:foo_1)), (:name_m1)",
    ),
    (
        lambda: update(u),
        "UPDATE u SET id=:id, name=:name",
    ),
    (
        lambda: update(u).values(name="x"),
        "UPDATE u SET name=:name",
    ),
    (
        lambda: update(u).where(u.c.id == 5).values(name="x"),
        "UPDATE u SET name=:name WHERE u.id = :id_1",
    ),
    (
        lambda: update(u).where(u.c.id == 5).values(name=u.c.name + "x"),
        "UPDATE u SET name=(u.name || :name_1) WHERE u.id = :id_1",
    ),
    (
        lambda: update(u).where(u.c.id == 5),
        "UPDATE u SET id=:id, name=:name WHERE u.id = :id_1",
    ),
    (
        lambda: update(u).values({"name": "x", u.c.id: 5}),
        "UPDATE u SET id=:id, name=:name",
    ),
    (
        lambda: update(u).values(id=5, name="x"),
        "UPDATE u SET id=:id, name=:name",
    ),
    (
        lambda: update(u).ordered_values(("name", "x"), ("id", 5)),
        "UPDATE u SET name=:name, id=:id",
    ),
    (
        lambda: update(u).where(u.c.id == b.c.id).values(name=b.c.name),
        "UPDATE u SET name=b.name FROM b WHERE u.id = b.id",
    ),
    (
        lambda: update(u).values(name=select(b.c.name).where(b.c.id == u.c.id).scalar_subquery()),
        "UPDATE u SET name=(SELECT b.name \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: update(u).where(exists().where(b.c.id == u.c.id)).values(name="x"),
        "UPDATE u SET name=:name WHERE EXISTS (SELECT * \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: update(u).where(u.c.id == bindparam("b_id")).values(name=bindparam("b_name")),
        "UPDATE u SET name=:b_name WHERE u.id = :b_id",
    ),
    (
        lambda: update(u).where(u.c.id.in_([1, 2])).values(name="x").returning(u.c.id),
        "UPDATE u SET name=:name WHERE u.id IN (__[POSTCOMPILE_id_1]) RETURNING u.id",
    ),
    (
        lambda: update(u).values(name="x").returning(u),
        "UPDATE u SET name=:name RETURNING u.id, u.name",
    ),
    (
        lambda: update(s).values(name="x").where(s.c.id == 1),
        "UPDATE sch.st SET name=:name WHERE sch.st.id = :id_1",
    ),
    (
        lambda: update(u.alias()).values(name="x"),
        "UPDATE u AS u_1 SET name=:name",
    ),
    (
        lambda: update(q).values({"Mixed Case": 5}).where(q.c.ID == 5),
        'UPDATE "Order" SET "Mixed Case"=:Mixed_Case WHERE "Order"."ID" = :ID_1',
    ),
    (
        lambda: update(u).values(name=None),
        "UPDATE u SET name=:name",
    ),
    (
        lambda: update(u).values(name=func.now()),
        "UPDATE u SET name=now()",
    ),
    (
        lambda: update(u).values(id=u.c.id + 1).where(u.c.id == u.c.id + 5),
        "UPDATE u SET id=(u.id + :id_1) WHERE u.id = u.id + :id_2",
    ),
    (
        lambda: update(u).where(u.c.name == "n").values(name="x"),
        "UPDATE u SET name=:name WHERE u.name = :name_1",
    ),
    (
        lambda: update(u).prefix_with("FOO"),
        "UPDATE FOO u SET id=:id, name=:name",
    ),
    (
        lambda: delete(u),
        "DELETE FROM u",
    ),
    (
        lambda: delete(u).where(u.c.id == 5),
        "DELETE FROM u WHERE u.id = :id_1",
    ),
    (
        lambda: delete(u).where(u.c.id == 5).where(u.c.name == "x"),
        "DELETE FROM u WHERE u.id = :id_1 AND u.name = :name_1",
    ),
    (
        lambda: delete(u).where(u.c.id == b.c.id),
        "DELETE FROM u , b WHERE u.id = b.id",
    ),
    (
        lambda: delete(u).where(u.c.id.in_(select(b.c.id))),
        "DELETE FROM u WHERE u.id IN (SELECT b.id \nFROM b)",
    ),
    (
        lambda: delete(u).where(exists().where(b.c.id == u.c.id)),
        "DELETE FROM u WHERE EXISTS (SELECT * \nFROM b \nWHERE b.id = u.id)",
    ),
    (
        lambda: delete(u).where(u.c.id == 5).returning(u.c.id),
        "DELETE FROM u WHERE u.id = :id_1 RETURNING u.id",
    ),
    (
        lambda: delete(u).returning(u),
        "DELETE FROM u RETURNING u.id, u.name",
    ),
    (
        lambda: delete(s).where(s.c.id == 1),
        "DELETE FROM sch.st WHERE sch.st.id = :id_1",
    ),
    (
        lambda: delete(u.alias()).where(u.c.id == 4),
        "DELETE FROM u AS u_1 , u WHERE u.id = :id_1",
    ),
    (
        lambda: delete(u).where(func.foo(u.c.id) == bindparam("z")),
        "DELETE FROM u WHERE foo(u.id) = :z",
    ),
    (
        lambda: update(a).values(flag=a.c.name.contains("x"), id=a.c.id.not_in([3])),
        ("UPDATE a SET id=((a.id NOT IN (__[POSTCOMPILE_id_1]))), flag=(a.name LIKE '%' || :name_1 || '%')"),
    ),
    (
        lambda: insert(u).from_select(["id"], select(u.c.id).order_by("id")),
        "INSERT INTO u (id) SELECT u.id \nFROM u ORDER BY u.id",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
