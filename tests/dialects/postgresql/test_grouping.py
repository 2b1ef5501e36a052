"""Where operators of documents and arrays stand in parentheses."""

# ruff: noqa: E501  (a case on one line is easier to read than one broken over lines)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import (
    Column,
    Integer,
    MetaData,
    String,
    Table,
    and_,
    any_,
    case,
    cast,
    exists,
    extract,
    func,
    not_,
    or_,
    select,
    tuple_,
    type_coerce,
)
from cormorant.dialects import postgresql
from cormorant.dialects import postgresql as pg

t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("j", pg.JSON),
    Column("b", pg.JSONB),
    Column("a", pg.ARRAY(Integer)),
    Column("r", pg.INT4RANGE),
    Column("v", String),
)
K, J, S = t.c.b.has_key("k"), t.c.j["a"], t.c.j["a"].astext


CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: select(t.c.id).where(K), "SELECT t.id \nFROM t \nWHERE t.b ? %(b_1)s::VARCHAR"),
    (
        lambda: select(t.c.id).where(K, t.c.id == 5),
        "SELECT t.id \nFROM t \nWHERE t.b ? %(b_1)s::VARCHAR AND t.id = %(id_1)s::INTEGER",
    ),
    (
        lambda: select(t.c.id).where(t.c.id == 5).where(K),
        "SELECT t.id \nFROM t \nWHERE t.id = %(id_1)s::INTEGER AND t.b ? %(b_1)s::VARCHAR",
    ),
    (lambda: and_(K, t.c.id == 5), "(t.b ? %(b_1)s::VARCHAR) AND t.id = %(id_1)s::INTEGER"),
    (lambda: or_(K, t.c.id == 5), "(t.b ? %(b_1)s::VARCHAR) OR t.id = %(id_1)s::INTEGER"),
    (lambda: not_(K), "NOT (t.b ? %(b_1)s::VARCHAR)"),
    (lambda: not_(and_(K, K)), "NOT ((t.b ? %(b_1)s::VARCHAR) AND (t.b ? %(b_1)s::VARCHAR))"),
    (lambda: select(K), "SELECT t.b ? %(b_1)s::VARCHAR AS anon_1 \nFROM t"),
    (lambda: select(K.label("x")), "SELECT t.b ? %(b_1)s::VARCHAR AS x \nFROM t"),
    (lambda: func.foo(K), "foo(t.b ? %(b_1)s::VARCHAR)"),
    (lambda: func.foo(J) == 5, "foo((t.j -> %(j_1)s::TEXT)) = %(foo_1)s::INTEGER"),
    (lambda: func.foo(K) == 5, "foo((t.b ? %(b_1)s::VARCHAR)) = %(foo_1)s::INTEGER"),
    (
        lambda: case((K, 1), else_=2),
        "CASE WHEN (t.b ? %(b_1)s::VARCHAR) THEN %(param_1)s::INTEGER ELSE %(param_2)s::INTEGER END",
    ),
    (
        lambda: case((K, 1), else_=2) == 5,
        "CASE WHEN ((t.b ? %(b_1)s::VARCHAR)) THEN %(param_1)s::INTEGER ELSE %(param_2)s::INTEGER END = %(param_3)s::INTEGER",
    ),
    (lambda: case((J.is_(None), 1)), "CASE WHEN ((t.j -> %(j_1)s::TEXT) IS NULL) THEN %(param_1)s::INTEGER END"),
    (lambda: K.desc(), "t.b ? %(b_1)s::VARCHAR DESC"),
    (lambda: K.is_(None), "((t.b ? %(b_1)s::VARCHAR)) IS NULL"),
    (lambda: K.in_([True]), "((t.b ? %(b_1)s::VARCHAR)) IN (__[POSTCOMPILE_param_1])"),
    (
        lambda: select(J).scalar_subquery() == 5,
        "(SELECT (t.j -> %(j_1)s::TEXT) AS anon_1 \nFROM t) = %(param_1)s::INTEGER",
    ),
    (
        lambda: select(t.c.id).where(J == 5).scalar_subquery() == 5,
        "(SELECT t.id \nFROM t \nWHERE (t.j -> %(j_1)s::TEXT) = %(param_1)s::INTEGER) = %(param_2)s::INTEGER",
    ),
    (lambda: t.c.id.in_(select(t.c.id).where(K)), "t.id IN (SELECT t.id \nFROM t \nWHERE (t.b ? %(b_1)s::VARCHAR))"),
    (lambda: exists().where(K), "EXISTS (SELECT * \nFROM t \nWHERE t.b ? %(b_1)s::VARCHAR)"),
    (
        lambda: and_(exists().where(K), K),
        "(EXISTS (SELECT * \nFROM t \nWHERE (t.b ? %(b_1)s::VARCHAR))) AND (t.b ? %(b_1)s::VARCHAR)",
    ),
    (lambda: S.like("x"), "t.j ->> %(j_1)s::TEXT LIKE %(param_1)s::VARCHAR"),
    (lambda: S.between("a", "b"), "(t.j ->> %(j_1)s::TEXT) BETWEEN %(param_1)s::VARCHAR AND %(param_2)s::VARCHAR"),
    (lambda: S.ilike("x"), "t.j ->> %(j_1)s::TEXT ILIKE %(param_1)s::VARCHAR"),
    (lambda: S.contains("x"), "(t.j ->> %(j_1)s::TEXT) LIKE '%%' || %(param_1)s::VARCHAR || '%%'"),
    (lambda: S.regexp_match("x"), "(t.j ->> %(j_1)s::TEXT) ~ %(param_1)s::VARCHAR"),
    (lambda: S.match("x"), "t.j ->> %(j_1)s::TEXT @@ plainto_tsquery(%(param_1)s::VARCHAR)"),
    (lambda: S.in_(["x"]), "(t.j ->> %(j_1)s::TEXT) IN (__[POSTCOMPILE_param_1])"),
    (lambda: S.not_in(["x"]), "((t.j ->> %(j_1)s::TEXT) NOT IN (__[POSTCOMPILE_param_1]))"),
    (lambda: -S.cast(Integer), "-CAST(t.j ->> %(j_1)s::TEXT AS INTEGER)"),
    (lambda: S.collate("C"), '(t.j ->> %(j_1)s::TEXT) COLLATE "C"'),
    (lambda: S.distinct(), "DISTINCT t.j ->> %(j_1)s::TEXT"),
    (lambda: S.op("~")("x"), "(t.j ->> %(j_1)s::TEXT) ~ %(param_1)s::VARCHAR"),
    (lambda: S + "x" + "y", "(t.j ->> %(j_1)s::TEXT) || %(param_1)s::VARCHAR || %(param_2)s::VARCHAR"),
    (
        lambda: or_(S == "x", J.is_(None)),
        "(t.j ->> %(j_1)s::TEXT) = %(param_1)s::VARCHAR OR (t.j -> %(j_2)s::TEXT) IS NULL",
    ),
    (lambda: J["x"]["y"], "((t.j -> %(j_1)s::TEXT) -> %(param_1)s::TEXT) -> %(param_2)s::TEXT"),
    (
        lambda: (J["x"]["y"]) == (J["z"]),
        "(((t.j -> %(j_1)s::TEXT) -> %(param_1)s::TEXT) -> %(param_2)s::TEXT) = ((t.j -> %(j_1)s::TEXT) -> %(param_3)s::TEXT)",
    ),
    (lambda: S.is_distinct_from("x"), "(t.j ->> %(j_1)s::TEXT) IS DISTINCT FROM %(param_1)s::VARCHAR"),
    (
        lambda: func.max(S).over(partition_by=S, order_by=J),
        "max(t.j ->> %(j_1)s::TEXT) OVER (PARTITION BY t.j ->> %(j_1)s::TEXT ORDER BY t.j -> %(j_2)s::TEXT)",
    ),
    (lambda: func.count(K).filter(K), "count(t.b ? %(b_1)s::VARCHAR) FILTER (WHERE t.b ? %(b_1)s::VARCHAR)"),
    (
        lambda: tuple_(J, S) == tuple_(1, 2),
        "((t.j -> %(j_1)s::TEXT), (t.j ->> %(j_2)s::TEXT)) = (%(param_1)s::INTEGER, %(param_2)s::INTEGER)",
    ),
    (
        lambda: tuple_(J, S).in_([(1, 2)]),
        "((t.j -> %(j_1)s::TEXT), (t.j ->> %(j_2)s::TEXT)) IN (__[POSTCOMPILE_param_1])",
    ),
    (lambda: cast(J, Integer) == 5, "CAST((t.j -> %(j_1)s::TEXT) AS INTEGER) = %(param_1)s::INTEGER"),
    (lambda: type_coerce(J, Integer) == 5, "(t.j -> %(j_1)s::TEXT) = %(param_1)s::INTEGER"),
    (lambda: type_coerce(J, Integer) + 5, "(t.j -> %(j_1)s::TEXT) + %(param_1)s::INTEGER"),
    (
        lambda: J.cast(Integer) * 2 + 1,
        "CAST((t.j -> %(j_1)s::TEXT) AS INTEGER) * %(param_1)s::INTEGER + %(param_2)s::INTEGER",
    ),
    (lambda: extract("year", S) == 5, "EXTRACT(year FROM (t.j ->> %(j_1)s::TEXT)) = %(param_1)s::INTEGER"),
    (lambda: extract("year", S), "EXTRACT(year FROM t.j ->> %(j_1)s::TEXT)"),
    (lambda: S.startswith("x"), "(t.j ->> %(j_1)s::TEXT) LIKE %(param_1)s::VARCHAR || '%%'"),
    (lambda: S.concat("x").concat("z"), "(t.j ->> %(j_1)s::TEXT) || %(param_1)s::VARCHAR || %(param_2)s::VARCHAR"),
    (lambda: t.c.a.contains([1]) == t.c.a.overlap([2]), "((t.a @> %(a_1)s::INTEGER[])) = (t.a && %(a_2)s::INTEGER[])"),
    (lambda: t.c.a.contains([1]).op("foo")(5), "(t.a @> %(a_1)s::INTEGER[]) foo %(param_1)s::INTEGER"),
    (lambda: t.c.v.op("x")(t.c.a.contains([1])), "t.v x (t.a @> %(a_1)s::INTEGER[])"),
    (lambda: t.c.id + t.c.j["a"].as_integer(), "t.id + CAST((t.j ->> %(j_1)s::TEXT) AS INTEGER)"),
    (
        lambda: t.c.j["a"].as_integer() + t.c.id * 2,
        "CAST((t.j ->> %(j_1)s::TEXT) AS INTEGER) + t.id * %(id_1)s::INTEGER",
    ),
    (
        lambda: J.op("->>")("x").op("||")("y"),
        "((t.j -> %(j_1)s::TEXT) ->> %(param_1)s::VARCHAR) || %(param_2)s::VARCHAR",
    ),
    (lambda: and_(K, K).is_(True), "((t.b ? %(b_1)s::VARCHAR) AND (t.b ? %(b_1)s::VARCHAR)) IS true"),
    (
        lambda: or_(K, t.c.id == 1) & K,
        "((t.b ? %(b_1)s::VARCHAR) OR t.id = %(id_1)s::INTEGER) AND (t.b ? %(b_1)s::VARCHAR)",
    ),
    (lambda: t.c.b.contains({"x": 1}) & (t.c.id == 1), "(t.b @> %(b_1)s::JSONB) AND t.id = %(id_1)s::INTEGER"),
    (lambda: ~t.c.a.contains([1]) & K, "NOT ((t.a @> %(a_1)s::INTEGER[])) AND (t.b ? %(b_1)s::VARCHAR)"),
    (
        lambda: select(t).join(t.alias("q"), K),
        "SELECT t.id, t.j, t.b, t.a, t.r, t.v \nFROM t JOIN t AS q ON t.b ? %(b_1)s::VARCHAR",
    ),
    (lambda: select(func.count()).having(K), "SELECT count(*) AS count_1 \nHAVING t.b ? %(b_1)s::VARCHAR"),
    (lambda: t.c.b["x"].has_key("q"), "t.b[%(b_1)s::TEXT] ? %(param_1)s::VARCHAR"),
    (
        lambda: t.c.j["x"]["y"].astext == t.c.b["x"]["y"].astext,
        "(((t.j -> %(j_1)s::TEXT)) ->> %(param_1)s::TEXT) = ((t.b[%(b_1)s::TEXT]) ->> %(param_2)s::TEXT)",
    ),
    (lambda: t.c.a[1] == J.as_integer(), "t.a[%(a_1)s::INTEGER] = CAST((t.j ->> %(j_1)s::TEXT) AS INTEGER)"),
    (lambda: t.c.a[J.as_integer()], "t.a[(CAST(t.j ->> %(j_1)s::TEXT AS INTEGER))]"),
    (lambda: t.c.a[1].op("+")(J), "t.a[%(a_1)s::INTEGER] + (t.j -> %(j_1)s::TEXT)"),
    (lambda: any_(t.c.a) == J, "(t.j -> %(j_1)s::TEXT) = ANY (t.a)"),
    (lambda: any_(t.c.a) == J, "(t.j -> %(j_1)s::TEXT) = ANY (t.a)"),
    (
        lambda: func.coalesce(S, "x") == "y",
        "coalesce((t.j ->> %(j_1)s::TEXT), %(coalesce_1)s::VARCHAR) = %(coalesce_2)s::VARCHAR",
    ),
    (
        lambda: func.coalesce(func.nullif(S, ""), "x") == "y",
        "coalesce(nullif((t.j ->> %(j_1)s::TEXT), %(nullif_1)s::VARCHAR), %(coalesce_1)s::VARCHAR) = %(coalesce_2)s::VARCHAR",
    ),
    (lambda: S.nulls_last(), "(t.j ->> %(j_1)s::TEXT) NULLS LAST"),
    (lambda: t.c.b.contains(t.c.b.concat({"x": 1})), "t.b @> (t.b || %(b_1)s::JSONB)"),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
@pytest.mark.filterwarnings("ignore::cormorant.exc.SADeprecationWarning", "ignore::cormorant.exc.SAWarning")
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=postgresql.dialect())) == expected
