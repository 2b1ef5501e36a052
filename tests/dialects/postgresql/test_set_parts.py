"""UPDATE of parts of columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Integer, MetaData, String, Table, bindparam, cast, func, update
from cormorant.dialects import postgresql
from cormorant.dialects import postgresql as pg
from cormorant.dialects.postgresql import JSONB, insert

t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("a", pg.ARRAY(Integer)),
    Column("b", pg.JSONB),
    Column("h", pg.HSTORE),
    Column("v", String),
    Column("n", Integer, onupdate=5),
)


CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: update(t).values({t.c.v: "x", t.c.a[1]: 5, t.c.id: 3}),
        "UPDATE t SET a[%(a_1)s::INTEGER]=%(param_1)s::INTEGER, id=%(id)s::INTEGER, v=%(v)s::VARCHAR, n=%(n)s::INTEGER",
    ),
    (
        lambda: update(t).values({t.c.a[1]: 5}).where(t.c.id == 1),
        "UPDATE t SET a[%(a_1)s::INTEGER]=%(param_1)s::INTEGER, n=%(n)s::INTEGER WHERE t.id = %(id_1)s::INTEGER",
    ),
    (
        lambda: update(t).ordered_values((t.c.a[1], 5), (t.c.v, "x")),
        "UPDATE t SET a[%(a_1)s::INTEGER]=%(param_1)s::INTEGER, v=%(v)s::VARCHAR, n=%(n)s::INTEGER",
    ),
    (
        lambda: update(t).values({t.c.b["x"]: None}),
        "UPDATE t SET b[%(b_1)s::TEXT]=%(param_1)s::JSONB, n=%(n)s::INTEGER",
    ),
    (
        lambda: update(t).values({t.c.b["x"]: cast("5", JSONB)}),
        "UPDATE t SET b[%(b_1)s::TEXT]=CAST(%(param_1)s::JSONB AS JSONB), n=%(n)s::INTEGER",
    ),
    (
        lambda: update(t).values({t.c.a[1:2]: [4, 5], t.c.v: bindparam("q")}),
        "UPDATE t SET a[%(a_1)s::INTEGER:%(a_2)s::INTEGER]=%(param_1)s::INTEGER[], v=%(q)s::VARCHAR, n=%(n)s::INTEGER",
    ),
    (lambda: update(t).values({func.foo(t.c.v): 5}), "UPDATE t SET foo(v)=%(param_1)s, n=%(n)s::INTEGER"),
    (
        lambda: update(t).values({t.c.v + "x": 5}),
        "UPDATE t SET v || %(v_1)s::VARCHAR=%(param_1)s::VARCHAR, n=%(n)s::INTEGER",
    ),
    (
        lambda: insert(t).values({t.c.a[1]: 5}),
        "INSERT INTO t (a[%(a_1)s::INTEGER]) VALUES (%(param_1)s::INTEGER) RETURNING t.id",
    ),
    (
        lambda: update(t).values({t.c.b[("x", "y")]: 5}),
        "UPDATE t SET b #> %(b_1)s=%(param_1)s::JSONB, n=%(n)s::INTEGER",
    ),
    (
        lambda: update(t).values({t.c.b["x"].astext: 5}),
        "UPDATE t SET b ->> %(b_1)s::TEXT=%(param_1)s::VARCHAR, n=%(n)s::INTEGER",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
@pytest.mark.filterwarnings("ignore::cormorant.exc.SADeprecationWarning", "ignore::cormorant.exc.SAWarning")
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=postgresql.dialect())) == expected
