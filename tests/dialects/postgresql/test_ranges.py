"""Ranges and multiranges: operators and literals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cormorant import Column, Date, Integer, MetaData, Table, cast, func, literal, select
from cormorant.dialects import postgresql
from cormorant.dialects import postgresql as pg
from cormorant.dialects.postgresql import INT4RANGE, INT8RANGE, MultiRange, Range

t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("r", pg.INT4RANGE),
    Column("r8", pg.INT8RANGE),
    Column("n", pg.NUMRANGE),
    Column("d", pg.DATERANGE),
    Column("ts", pg.TSRANGE),
    Column("m", pg.INT4MULTIRANGE),
    Column("v", Date),
)
r = t.c.r
R = pg.Range(1, 5)


CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: r == R, "t.r = %(r_1)s::INT4RANGE"),
    (lambda: r != R, "t.r != %(r_1)s::INT4RANGE"),
    (lambda: r < R, "t.r < %(r_1)s::INT4RANGE"),
    (lambda: r <= R, "t.r <= %(r_1)s::INT4RANGE"),
    (lambda: r > R, "t.r > %(r_1)s::INT4RANGE"),
    (lambda: r >= R, "t.r >= %(r_1)s::INT4RANGE"),
    (lambda: r.contains(3), "t.r @> %(r_1)s::INTEGER"),
    (lambda: r.contains(R), "t.r @> %(r_1)s::INT4RANGE"),
    (lambda: r.contained_by(R), "t.r <@ %(r_1)s::INT4RANGE"),
    (lambda: r.overlaps(R), "t.r && %(r_1)s::INT4RANGE"),
    (lambda: r & t.c.r8, "t.r AND t.r8"),
    (lambda: r.strictly_left_of(R), "t.r << %(r_1)s::INT4RANGE"),
    (lambda: r << R, "t.r << %(r_1)s::INT4RANGE"),
    (lambda: r.strictly_right_of(R), "t.r >> %(r_1)s::INT4RANGE"),
    (lambda: r >> R, "t.r >> %(r_1)s::INT4RANGE"),
    (lambda: r.not_extend_right_of(R), "t.r &< %(r_1)s::INT4RANGE"),
    (lambda: r.not_extend_left_of(R), "t.r &> %(r_1)s::INT4RANGE"),
    (lambda: r.adjacent_to(R), "t.r -|- %(r_1)s::INT4RANGE"),
    (lambda: r.union(R), "t.r + %(r_1)s::INT4RANGE"),
    (lambda: r + R, "t.r + %(r_1)s::INT4RANGE"),
    (lambda: r.difference(R), "t.r - %(r_1)s::INT4RANGE"),
    (lambda: r - R, "t.r - %(r_1)s::INT4RANGE"),
    (lambda: r.intersection(R), "t.r * %(r_1)s::INT4RANGE"),
    (lambda: r * R, "t.r * %(r_1)s::INT4RANGE"),
    (lambda: r.is_(None), "t.r IS NULL"),
    (lambda: r.in_([R, Range(2, 3)]), "t.r IN (__[POSTCOMPILE_r_1])"),
    (lambda: literal(R), "%(param_1)s::INT4RANGE"),
    (lambda: literal(Range(dt.date(2020, 1, 1), None)), "%(param_1)s::DATERANGE"),
    (lambda: literal(Range(5000000000, None)), "%(param_1)s::INT8RANGE"),
    (lambda: literal(Range(dt.datetime(2020, 1, 1), None)), "%(param_1)s::TSRANGE"),
    (lambda: literal(Range(Decimal("1.5"), None)), "%(param_1)s::NUMRANGE"),
    (lambda: literal(Range(None, None)), "%(param_1)s"),
    (lambda: literal(Range(empty=True)), "%(param_1)s"),
    (lambda: literal(Range(1.5, 2)), "%(param_1)s::NUMRANGE"),
    (lambda: literal(MultiRange([R])), "%(param_1)s::INT4MULTIRANGE"),
    (lambda: literal([R]), "%(param_1)s"),
    (lambda: r == "[1,5)", "t.r = %(r_1)s::VARCHAR"),
    (lambda: r.contains("[1,5)"), "t.r @> %(r_1)s::VARCHAR"),
    (lambda: func.lower(r), "lower(t.r)"),
    (lambda: func.upper(r), "upper(t.r)"),
    (lambda: func.isempty(r), "isempty(t.r)"),
    (lambda: ~r.contains(3), "NOT (t.r @> %(r_1)s::INTEGER)"),
    (lambda: t.c.m.contains(3), "t.m @> %(m_1)s::INTEGER"),
    (lambda: t.c.m.contains(R), "t.m @> %(m_1)s::INT4MULTIRANGE"),
    (lambda: t.c.m.overlaps([R]), "t.m && %(m_1)s::INT4MULTIRANGE"),
    (lambda: t.c.m == [R, Range(7, 8)], "t.m = %(m_1)s::INT4MULTIRANGE"),
    (lambda: t.c.m == MultiRange([R]), "t.m = %(m_1)s::INT4MULTIRANGE"),
    (lambda: t.c.m * [R], "t.m * %(m_1)s::INT4MULTIRANGE"),
    (lambda: t.c.m - [R], "t.m - %(m_1)s::INT4MULTIRANGE"),
    (lambda: t.c.d.contains(t.c.v), "t.d @> t.v"),
    (lambda: t.c.d.contains(dt.date(2020, 1, 1)), "t.d @> %(d_1)s::DATE"),
    (lambda: r.contains(t.c.id), "t.r @> t.id"),
    (lambda: r.op("@>")(5), "t.r @> %(r_1)s::INTEGER"),
    (lambda: r + r * r, "t.r + t.r * t.r"),
    (lambda: (r + r) * r, "(t.r + t.r) * t.r"),
    (lambda: r.contains(1) & (r == R), "(t.r @> %(r_1)s::INTEGER) AND t.r = %(r_2)s::INT4RANGE"),
    (lambda: t.c.d.overlaps(Range(dt.date(2020, 1, 1), dt.date(2020, 2, 1))), "t.d && %(d_1)s::DATERANGE"),
    (lambda: t.c.ts.contains(dt.datetime(2020, 1, 1)), "t.ts @> %(ts_1)s::TIMESTAMP WITHOUT TIME ZONE"),
    (lambda: cast(R, INT4RANGE), "CAST(%(param_1)s::INT4RANGE AS INT4RANGE)"),
    (lambda: literal(R, INT8RANGE), "%(param_1)s::INT8RANGE"),
    (lambda: func.range_merge(t.c.m), "range_merge(t.m)"),
    (lambda: r == R, "t.r = %(r_1)s::INT4RANGE"),
    (lambda: r.contains(None), "t.r @> %(r_1)s::INT4RANGE"),
    (lambda: func.int4range(1, 5), "int4range(%(int4range_1)s::INTEGER, %(int4range_2)s::INTEGER)"),
    (
        lambda: func.int4range(1, 5, type_=INT4RANGE).contains(3),
        "int4range(%(int4range_1)s::INTEGER, %(int4range_2)s::INTEGER) @> %(int4range_3)s::INTEGER",
    ),
    (lambda: select(func.unnest(t.c.m)), "SELECT unnest(t.m) AS unnest_1 \nFROM t"),
    (lambda: r.label("x").contains(3), "t.r @> %(param_1)s::INTEGER"),
    (lambda: r.adjacent_to(t.c.r8), "t.r -|- t.r8"),
    (lambda: r.overlaps([R]), "t.r && %(r_1)s::INT4RANGE"),
    (lambda: t.c.m.overlaps(R), "t.m && %(m_1)s::INT4MULTIRANGE"),
    (lambda: t.c.m.union(MultiRange([R])), "t.m + %(m_1)s::INT4MULTIRANGE"),
    (lambda: t.c.n.contains(Decimal("1.5")), "t.n @> %(n_1)s"),
    (lambda: t.c.n == Range(1, 2), "t.n = %(n_1)s::NUMRANGE"),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
@pytest.mark.filterwarnings("ignore::cormorant.exc.SADeprecationWarning", "ignore::cormorant.exc.SAWarning")
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=postgresql.dialect())) == expected
