"""What a type puts around its columns: once, in the result, whose type is that of the expression."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    create_engine,
    exists,
    func,
    insert,
    select,
    text,
    union,
)


class Shouted(TypeDecorator[str]):
    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return f"<{value}>"

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return value[1:-1]

    def column_expression(self, column: Any) -> Any:
        return func.upper(column)


class Whispered(Shouted):
    cache_ok = True

    def column_expression(self, column: Any) -> Any:
        return func.lower(column, type_=self)


METADATA = MetaData()
T = Table("t", METADATA, Column("id", Integer, primary_key=True), Column("v", Shouted), Column("w", Whispered))
V = T.c.v
OTHER = Table("o", METADATA, Column("v", String))

TEXTS = [
    (select(V), "SELECT upper(t.v) AS v FROM t"),
    (select(select(V).subquery()), "SELECT upper(anon_1.v) AS v FROM (SELECT t.v AS v FROM t) AS anon_1"),
    (
        select(select(V.label("z")).subquery()),
        "SELECT upper(anon_1.z) AS z FROM (SELECT t.v AS z FROM t) AS anon_1",
    ),
    (select(select(V).cte("c")), "WITH c AS (SELECT t.v AS v FROM t) SELECT upper(c.v) AS v FROM c"),
    (select(select(V).scalar_subquery()), "SELECT upper((SELECT t.v FROM t)) AS anon_1"),
    (union(select(V), select(V)), "SELECT upper(t.v) AS v FROM t UNION SELECT upper(t.v) AS v FROM t"),
    (
        select(union(select(V), select(V)).subquery()),
        "SELECT upper(anon_1.v) AS v FROM (SELECT t.v AS v FROM t UNION SELECT t.v AS v FROM t) AS anon_1",
    ),
    (select(T.c.id).where(exists(select(V))), "SELECT t.id FROM t WHERE EXISTS (SELECT t.v FROM t)"),
    (select(T.c.id).where(V.in_(select(V))), "SELECT t.id FROM t WHERE t.v IN (SELECT t.v FROM t)"),
    (insert(OTHER).from_select(["v"], select(V)), "INSERT INTO o (v) SELECT t.v FROM t"),
]


@pytest.mark.parametrize(("made", "expected"), TEXTS)
def test_text(made: Any, expected: str) -> None:
    assert " ".join(str(made).split()) == expected


def test_type_of_the_result_is_that_of_the_expression() -> None:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.connect() as connection:
        connection.execute(insert(T).values(v="Ab", w="Ab"))
        assert connection.execute(select(V, T.c.w)).one() == ("<AB>", "ab")
        assert connection.execute(select(select(V).subquery())).one() == ("<AB>",)
        assert connection.execute(text("SELECT v FROM t").columns(V)).one() == ("Ab",)


def test_column_that_its_type_leaves_alone_gets_no_name() -> None:
    class Left(String):
        def column_expression(self, column: Any) -> Any:
            return column

    assert str(select(Table("t", MetaData(), Column("a", Left)))) == "SELECT t.a \nFROM t"
