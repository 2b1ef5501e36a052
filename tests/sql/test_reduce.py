"""Select.reduce_columns()."""

from __future__ import annotations

from cormorant import Column, ForeignKey, Integer, MetaData, Table, func, literal, not_, or_, select

metadata = MetaData()
a = Table("a", metadata, Column("id", Integer, primary_key=True), Column("x", Integer))
b = Table("b", metadata, Column("id", Integer, primary_key=True), Column("x", Integer))
c = Table("c", metadata, Column("id", ForeignKey("a.id"), primary_key=True), Column("a_id", ForeignKey("a.id")))


def columns(statement: object) -> str:
    return str(statement).partition(" \nFROM")[0].removeprefix("SELECT ")


def test_foreign_key_of_the_same_name() -> None:
    joined = select(a, c).join(c, a.c.id == c.c.id)
    assert columns(joined.reduce_columns()) == "a.id, a.x, c.a_id"
    assert columns(joined.reduce_columns(only_synonyms=False)) == "a.id, a.x"
    assert columns(select(c, a).reduce_columns()) == "c.a_id, a.id, a.x"


def test_label_counts_as_name() -> None:
    assert columns(select(a.c.id, c.c.a_id.label("id")).reduce_columns()) == "a.id"
    assert columns(select(a.c.id, c.c.a_id.label("q")).reduce_columns()) == "a.id, c.a_id AS q"


def test_equality_takes_its_right_side() -> None:
    both = select(a, b)
    assert columns(both.where(a.c.id == b.c.id).reduce_columns()) == "a.id, a.x, b.x AS x_1"
    assert columns(both.where(b.c.id == a.c.id).reduce_columns()) == "a.x, b.id, b.x AS x_1"
    assert columns(both.where(or_(a.c.id == b.c.id, a.c.x == 1)).reduce_columns()) == "a.id, a.x, b.x AS x_1"
    assert columns(both.where(not_(a.c.id == b.c.id)).reduce_columns()) == "a.id, a.x, b.id AS id_1, b.x AS x_1"


def test_equality_of_other_names() -> None:
    both = select(a, b).where(a.c.id == b.c.x, b.c.x == a.c.x)
    assert columns(both.reduce_columns()) == "a.id, b.id AS id_1, b.x"
    assert columns(both.reduce_columns(only_synonyms=False)) == "a.id, a.x, b.id AS id_1"


def test_other_expressions_stay_and_repetitions_go() -> None:
    statement = select(a.c.id, a.c.id, literal(3).label("n"), func.max(a.c.x)).reduce_columns()
    assert columns(statement) == "a.id, :param_1 AS n, max(a.x) AS max_1"
