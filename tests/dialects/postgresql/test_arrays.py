"""Arrays: subscripts, operators, literals, aggregates."""

# ruff: noqa: E501  (a case on one line is easier to read than one broken over lines)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from cormorant.dialects import postgresql
from cormorant.dialects import postgresql as pg
from cormorant.dialects.postgresql import All, array, array_agg
from cormorant.sql import operators

PAny = pg.Any
t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("a", pg.ARRAY(Integer)),
    Column("s", pg.ARRAY(String)),
    Column("d", pg.ARRAY(Integer, dimensions=2)),
    Column("z", pg.ARRAY(Integer, zero_indexes=True)),
    Column("v", String),
)


CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: t.c.a[1], "t.a[%(a_1)s::INTEGER]"),
    (lambda: t.c.a[1] == 5, "t.a[%(a_1)s::INTEGER] = %(param_1)s::INTEGER"),
    (lambda: t.c.a[1:3], "t.a[%(a_1)s::INTEGER:%(a_2)s::INTEGER]"),
    (lambda: t.c.a[2:], "t.a[%(a_1)s::INTEGER:NULL]"),
    (lambda: t.c.a[:3], "t.a[NULL:%(a_1)s::INTEGER]"),
    (lambda: t.c.a[1:3][1], "t.a[%(a_1)s::INTEGER:%(a_2)s::INTEGER][%(param_1)s::INTEGER]"),
    (lambda: t.c.d[1], "t.d[%(d_1)s::INTEGER]"),
    (lambda: t.c.d[1][2], "t.d[%(d_1)s::INTEGER][%(param_1)s::INTEGER]"),
    (lambda: t.c.d[1][2] == 3, "t.d[%(d_1)s::INTEGER][%(param_1)s::INTEGER] = %(param_2)s::INTEGER"),
    (lambda: t.c.z[0], "t.z[%(z_1)s::INTEGER]"),
    (lambda: t.c.z[0:2], "t.z[%(z_1)s::INTEGER:%(z_2)s::INTEGER]"),
    (lambda: t.c.z[0:2] == [1, 2], "t.z[%(z_1)s::INTEGER:%(z_2)s::INTEGER] = %(param_1)s::INTEGER[]"),
    (lambda: t.c.a[t.c.id], "t.a[t.id]"),
    (lambda: t.c.a[t.c.id + 1], "t.a[(t.id + %(id_1)s::INTEGER)]"),
    (lambda: t.c.a[t.c.id : 5], "t.a[t.id:%(a_1)s::INTEGER]"),
    (lambda: t.c.s[1] == "x", "t.s[%(s_1)s::INTEGER] = %(param_1)s::VARCHAR"),
    (lambda: t.c.s[1].like("x%"), "t.s[%(s_1)s::INTEGER] LIKE %(param_1)s::VARCHAR"),
    (lambda: t.c.a.any(5), "%(a_1)s::INTEGER = ANY (t.a)"),
    (lambda: t.c.a.any(5, operator=operators.lt), "%(a_1)s::INTEGER < ANY (t.a)"),
    (lambda: t.c.a.all(5), "%(a_1)s::INTEGER = ALL (t.a)"),
    (lambda: t.c.a.all(5, operator=operators.ge), "%(a_1)s::INTEGER >= ALL (t.a)"),
    (lambda: t.c.a.any_() == 5, "%(param_1)s::INTEGER = ANY (t.a)"),
    (lambda: any_(t.c.a) > 5, "%(param_1)s::INTEGER < ANY (t.a)"),
    (lambda: t.c.id == any_(t.c.a), "t.id = ANY (t.a)"),
    (lambda: PAny(5, t.c.a), "%(a_1)s::INTEGER = ANY (t.a)"),
    (lambda: PAny(5, t.c.a, operator=operators.ne), "%(a_1)s::INTEGER != ANY (t.a)"),
    (lambda: All(5, t.c.a), "%(a_1)s::INTEGER = ALL (t.a)"),
    (lambda: All(5, t.c.a, operator=operators.gt), "%(a_1)s::INTEGER > ALL (t.a)"),
    (lambda: PAny(t.c.id, t.c.a), "t.id = ANY (t.a)"),
    (lambda: ~t.c.a.any(5), "NOT (%(a_1)s::INTEGER = ANY (t.a))"),
    (lambda: t.c.s.any("x"), "%(s_1)s::VARCHAR = ANY (t.s)"),
    (lambda: t.c.s.any(t.c.v), "t.v = ANY (t.s)"),
    (lambda: t.c.v == func.any(t.c.s), "t.v = any(t.s)"),
    (lambda: t.c.a.any(None), "%(a_1)s::INTEGER = ANY (t.a)"),
    (lambda: t.c.a[1:2].any(3), "%(param_1)s::INTEGER = ANY (t.a[%(a_1)s::INTEGER:%(a_2)s::INTEGER])"),
    (lambda: t.c.a.contains([1]), "t.a @> %(a_1)s::INTEGER[]"),
    (lambda: t.c.a.contains(array([1])), "t.a @> ARRAY[%(param_1)s::INTEGER]"),
    (lambda: t.c.a.contained_by([1, 2]), "t.a <@ %(a_1)s::INTEGER[]"),
    (lambda: t.c.a.overlap([1, 2]), "t.a && %(a_1)s::INTEGER[]"),
    (lambda: t.c.s.overlap(["x"]), "t.s && %(s_1)s::VARCHAR[]"),
    (lambda: t.c.a.contains(t.c.z), "t.a @> t.z"),
    (lambda: ~t.c.a.contains([1]), "NOT (t.a @> %(a_1)s::INTEGER[])"),
    (lambda: t.c.a + array([1, 2]), "t.a || ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER]"),
    (lambda: t.c.a.concat(t.c.z), "t.a || t.z"),
    (lambda: t.c.a == [1, 2], "t.a = %(a_1)s::INTEGER[]"),
    (lambda: t.c.a != [1], "t.a != %(a_1)s::INTEGER[]"),
    (lambda: t.c.a == array([1, 2]), "t.a = ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER]"),
    (lambda: t.c.a > [1], "t.a > %(a_1)s::INTEGER[]"),
    (lambda: t.c.a.in_([[1, 2], [3]]), "t.a IN (__[POSTCOMPILE_a_1])"),
    (lambda: t.c.a.is_(None), "t.a IS NULL"),
    (lambda: t.c.a == "x", "t.a = %(a_1)s::VARCHAR"),
    (lambda: t.c.a.contains(1), "t.a @> %(a_1)s::INTEGER"),
    (lambda: t.c.a.contains([]), "t.a @> %(a_1)s::INTEGER[]"),
    (lambda: t.c.a.op("&&")([1]), "t.a && %(a_1)s::INTEGER[]"),
    (lambda: t.c.a[1] == 1, "t.a[%(a_1)s::INTEGER] = %(param_1)s::INTEGER"),
    (
        lambda: t.c.a.contained_by(array([1, 2]) + t.c.a),
        "t.a <@ (ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER] || t.a)",
    ),
    (lambda: array([1, 2]), "ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER]"),
    (lambda: array(["a", "b"]), "ARRAY[%(param_1)s::VARCHAR, %(param_2)s::VARCHAR]"),
    (
        lambda: array([1, 2]) + array([3]),
        "ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER] || ARRAY[%(param_3)s::INTEGER]",
    ),
    (lambda: array([]), "ARRAY[]"),
    (lambda: array([], type_=Integer), "ARRAY[]::INTEGER[]"),
    (
        lambda: array([array([1, 2]), array([3, 4])]),
        "ARRAY[ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER], ARRAY[%(param_3)s::INTEGER, %(param_4)s::INTEGER]]",
    ),
    (lambda: array([array([]), array([1])]), "ARRAY[ARRAY[], ARRAY[%(param_1)s::INTEGER]]"),
    (lambda: array([1, "x"]), "ARRAY[%(param_1)s::INTEGER, %(param_2)s::VARCHAR]"),
    (lambda: array([t.c.id, 5]), "ARRAY[t.id, %(param_1)s::INTEGER]"),
    (lambda: array([t.c.id, t.c.v]), "ARRAY[t.id, t.v]"),
    (lambda: array([1, 2], type_=BigInteger), "ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER]"),
    (lambda: array([1, 2])[1], "(ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER])[%(param_3)s::INTEGER]"),
    (
        lambda: array([1, 2, 3])[1:2],
        "(ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER, %(param_3)s::INTEGER])[%(param_4)s::INTEGER:%(param_5)s::INTEGER]",
    ),
    (
        lambda: array([array([1, 2]), array([3, 4])])[1],
        "(ARRAY[ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER], ARRAY[%(param_3)s::INTEGER, %(param_4)s::INTEGER]])[%(param_5)s::INTEGER]",
    ),
    (lambda: array([1, 2]) == [3], "ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER] = ARRAY[%(param_3)s::INTEGER]"),
    (
        lambda: array([1, 2]).contains([1]),
        "ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER] @> ARRAY[%(param_3)s::INTEGER]",
    ),
    (lambda: any_(array([1, 2])), "ANY (ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER])"),
    (lambda: array([1]).label("q"), "ARRAY[%(param_1)s::INTEGER]"),
    (lambda: array([None]), "ARRAY[NULL]"),
    (lambda: array([None, 5]), "ARRAY[NULL, %(param_1)s::INTEGER]"),
    (lambda: array([func.now()]), "ARRAY[now()]"),
    (
        lambda: cast(array([1, 2]), pg.ARRAY(Integer)),
        "CAST(ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER] AS INTEGER[])",
    ),
    (lambda: array([bindparam("x"), bindparam("y", 5)]), "ARRAY[%(x)s, %(y)s::INTEGER]"),
    (lambda: array([1.5]), "ARRAY[%(param_1)s]"),
    (lambda: array(["a"]) == t.c.s, "ARRAY[%(param_1)s::VARCHAR] = t.s"),
    (lambda: array(x for x in [1, 2]), "ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER]"),
    (lambda: array((1, 2)), "ARRAY[%(param_1)s::INTEGER, %(param_2)s::INTEGER]"),
    (lambda: array([[1, 2], [3, 4]]), "ARRAY[%(param_1)s, %(param_2)s]"),
    (lambda: array(["a", "b'c"]), "ARRAY[%(param_1)s::VARCHAR, %(param_2)s::VARCHAR]"),
    (lambda: array([1, 2]).type, "INTEGER[]"),
    (lambda: array_agg(t.c.id), "array_agg(t.id)"),
    (lambda: func.array_agg(t.c.id), "array_agg(t.id)"),
    (lambda: func.array_agg(pg.aggregate_order_by(t.c.id, t.c.v.desc())), "array_agg(t.id ORDER BY t.v DESC)"),
    (lambda: array_agg(t.c.id, type_=pg.ARRAY(BigInteger)), "array_agg(t.id)"),
    (lambda: array_agg(t.c.id)[1:2], "(array_agg(t.id))[%(param_1)s::INTEGER:%(param_2)s::INTEGER]"),
    (
        lambda: func.array_agg(t.c.id, type_=pg.ARRAY(Integer)).contains([1]),
        "array_agg(t.id) @> %(array_agg_1)s::INTEGER[]",
    ),
    (lambda: array_agg(t.c.id).contains([5]), "array_agg(t.id) @> %(array_agg_1)s::INTEGER[]"),
    (lambda: array_agg(pg.aggregate_order_by(t.c.id, t.c.v.desc(), t.c.id)), "array_agg(t.id ORDER BY t.v DESC, t.id)"),
    (
        lambda: func.string_agg(t.c.v, pg.aggregate_order_by(literal_column("','"), t.c.v)),
        "string_agg(t.v, ',' ORDER BY t.v)",
    ),
    (lambda: func.unnest(t.c.a), "unnest(t.a)"),
    (lambda: select(func.unnest(t.c.a).column_valued("x")), "SELECT x \nFROM unnest(t.a) AS x"),
    (lambda: func.array_length(t.c.a, 1), "array_length(t.a, %(array_length_1)s::INTEGER)"),
    (lambda: func.array_agg(t.c.id.distinct()), "array_agg(DISTINCT t.id)"),
    (lambda: func.array_agg(t.c.a), "array_agg(t.a)"),
    (lambda: array_agg(t.c.a), "array_agg(t.a)"),
    (lambda: array_agg(t.c.id).filter(t.c.id > 5), "array_agg(t.id) FILTER (WHERE t.id > %(id_1)s::INTEGER)"),
    (lambda: func.jsonb_object_agg(t.c.id, t.c.v), "jsonb_object_agg(t.id, t.v)"),
    (lambda: pg.aggregate_order_by(t.c.v, t.c.id, t.c.v.desc().nulls_last()), "t.v ORDER BY t.id, t.v DESC NULLS LAST"),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
@pytest.mark.filterwarnings("ignore::cormorant.exc.SADeprecationWarning", "ignore::cormorant.exc.SAWarning")
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=postgresql.dialect())) == expected
