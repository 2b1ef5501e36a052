"""JSON and JSONB: parts, operators, paths."""

# ruff: noqa: E501  (a case on one line is easier to read than one broken over lines)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Integer, MetaData, String, Table, Unicode, case, cast, func, literal, type_coerce
from cormorant.dialects import postgresql
from cormorant.dialects import postgresql as pg
from cormorant.dialects.postgresql import JSONB, JSONPATH, array

t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("j", pg.JSON),
    Column("b", pg.JSONB),
    Column("n", pg.JSON(astext_type=Unicode())),
    Column("v", String),
)
col = t.c.b


CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: col["a"], "t.b[%(b_1)s::TEXT]"),
    (lambda: col[1], "t.b[%(b_1)s::INT]"),
    (lambda: col[-1], "t.b[%(b_1)s::INT]"),
    (lambda: col["a"]["b"], "t.b[%(b_1)s::TEXT][%(param_1)s::TEXT]"),
    (lambda: col["a"][1]["x"], "t.b[%(b_1)s::TEXT][%(param_1)s::INT][%(param_2)s::TEXT]"),
    (lambda: col[("a", "b")], "t.b #> %(b_1)s"),
    (lambda: col[("a", 1)], "t.b #> %(b_1)s"),
    (lambda: col[["a", "b"]], "t.b #> %(b_1)s"),
    (lambda: col["a"].astext, "t.b ->> %(b_1)s::TEXT"),
    (lambda: col[("a", "b")].astext, "t.b #>> %(b_1)s"),
    (lambda: col["a"].astext == "x", "(t.b ->> %(b_1)s::TEXT) = %(param_1)s::VARCHAR"),
    (lambda: col["a"].astext.cast(Integer) == 5, "CAST((t.b ->> %(b_1)s::TEXT) AS INTEGER) = %(param_1)s::INTEGER"),
    (lambda: col["a"].as_string(), "CAST(t.b ->> %(b_1)s::TEXT AS VARCHAR)"),
    (lambda: col["a"].as_string() == "x", "CAST((t.b ->> %(b_1)s::TEXT) AS VARCHAR) = %(param_1)s::VARCHAR"),
    (lambda: col["a"].as_integer(), "CAST(t.b ->> %(b_1)s::TEXT AS INTEGER)"),
    (lambda: col["a"].as_integer() == 5, "CAST((t.b ->> %(b_1)s::TEXT) AS INTEGER) = %(param_1)s::INTEGER"),
    (lambda: col["a"].as_boolean(), "CAST(t.b ->> %(b_1)s::TEXT AS BOOLEAN)"),
    (lambda: col["a"].as_float(), "CAST(t.b ->> %(b_1)s::TEXT AS FLOAT)"),
    (lambda: col["a"].as_numeric(10, 2), "CAST(t.b ->> %(b_1)s::TEXT AS NUMERIC(10, 2))"),
    (lambda: col["a"].as_json(), "t.b[%(b_1)s::TEXT]"),
    (lambda: col[("a", "b")].as_string(), "CAST(t.b #>> %(b_1)s AS VARCHAR)"),
    (lambda: col[("a", "b")].as_integer() == 3, "CAST((t.b #>> %(b_1)s) AS INTEGER) = %(param_1)s::INTEGER"),
    (lambda: col["a"] == 5, "t.b[%(b_1)s::TEXT] = %(param_1)s::INTEGER"),
    (lambda: col["a"] == "x", "t.b[%(b_1)s::TEXT] = %(param_1)s::VARCHAR"),
    (lambda: col["a"].is_(None), "t.b[%(b_1)s::TEXT] IS NULL"),
    (lambda: col == {"a": 1}, "t.b = %(b_1)s::JSONB"),
    (lambda: col["a"] == {"b": 1}, "t.b[%(b_1)s::TEXT] = %(param_1)s::JSONB"),
    (lambda: col["a"] == [1], "t.b[%(b_1)s::TEXT] = %(param_1)s::JSONB"),
    (lambda: col.cast(String), "CAST(t.b AS VARCHAR)"),
    (lambda: cast(col["a"], Integer), "CAST(t.b[%(b_1)s::TEXT] AS INTEGER)"),
    (lambda: cast(col["a"].astext, Integer) + 5, "CAST((t.b ->> %(b_1)s::TEXT) AS INTEGER) + %(param_1)s::INTEGER"),
    (lambda: col["a"].op("->>")("b"), "t.b[%(b_1)s::TEXT] ->> %(param_1)s::VARCHAR"),
    (lambda: col[t.c.v], "t.b[t.v]"),
    (lambda: col[t.c.id], "t.b[t.id]"),
    (lambda: col["a"].in_(["x"]), "t.b[%(b_1)s::TEXT] IN (__[POSTCOMPILE_param_1])"),
    (lambda: col["a"].astext.in_(["x", "y"]), "(t.b ->> %(b_1)s::TEXT) IN (__[POSTCOMPILE_param_1])"),
    (lambda: col["a"].astext.like("x%"), "t.b ->> %(b_1)s::TEXT LIKE %(param_1)s::VARCHAR"),
    (lambda: func.foo(col["a"]), "foo(t.b[%(b_1)s::TEXT])"),
    (lambda: col["a"].label("q"), "t.b[%(b_1)s::TEXT]"),
    (lambda: ~col["a"].as_boolean(), "NOT (CAST(t.b ->> %(b_1)s::TEXT AS BOOLEAN))"),
    (lambda: col["a"].as_boolean().is_(True), "CAST((t.b ->> %(b_1)s::TEXT) AS BOOLEAN) IS true"),
    (lambda: col["a"].desc(), "t.b[%(b_1)s::TEXT] DESC"),
    (lambda: col["a"].astext + "x", "(t.b ->> %(b_1)s::TEXT) || %(param_1)s::VARCHAR"),
    (lambda: col["a"] != col["b"], "t.b[%(b_1)s::TEXT] != t.b[%(b_2)s::TEXT]"),
    (lambda: col.op("->")("a"), "t.b -> %(b_1)s::VARCHAR"),
    (lambda: col["x'y\"z"], "t.b[%(b_1)s::TEXT]"),
    (lambda: col[("x'y\"z", 1)], "t.b #> %(b_1)s"),
    (lambda: t.c.b.has_key("a"), "t.b ? %(b_1)s::VARCHAR"),
    (lambda: t.c.b.has_all(["a", "b"]), "t.b ?& %(b_1)s::JSONB"),
    (lambda: t.c.b.has_any(["a"]), "t.b ?| %(b_1)s::JSONB"),
    (lambda: t.c.b.has_all(array(["a", "b"])), "t.b ?& ARRAY[%(param_1)s::VARCHAR, %(param_2)s::VARCHAR]"),
    (lambda: t.c.b.has_any(array(["a"])), "t.b ?| ARRAY[%(param_1)s::VARCHAR]"),
    (lambda: t.c.b.has_key(t.c.v), "t.b ? t.v"),
    (lambda: t.c.b.contains({"a": 1}), "t.b @> %(b_1)s::JSONB"),
    (lambda: t.c.b.contains([1]), "t.b @> %(b_1)s::JSONB"),
    (lambda: t.c.b.contains("x"), "t.b @> %(b_1)s::VARCHAR"),
    (lambda: t.c.b.contains(5), "t.b @> %(b_1)s::INTEGER"),
    (lambda: t.c.b.contained_by({"a": 1}), "t.b <@ %(b_1)s::JSONB"),
    (lambda: t.c.b.delete_path(["a", "b"]), "t.b #- CAST(ARRAY[%(param_1)s::VARCHAR, %(param_2)s::VARCHAR] AS TEXT[])"),
    (
        lambda: t.c.b.delete_path("{a,b}"),
        "t.b #- CAST(ARRAY[%(param_1)s::VARCHAR, %(param_2)s::VARCHAR, %(param_3)s::VARCHAR, %(param_4)s::VARCHAR, %(param_5)s::VARCHAR] AS TEXT[])",
    ),
    (lambda: t.c.b.delete_path(array(["a"])), "t.b #- CAST(ARRAY[%(param_1)s::VARCHAR] AS TEXT[])"),
    (lambda: t.c.b.path_exists("$.a"), "t.b @? %(b_1)s"),
    (lambda: t.c.b.path_match("$.a > 2"), "t.b @@ %(b_1)s"),
    (lambda: t.c.b.path_exists(literal("$.a", JSONPATH())), "t.b @? %(param_1)s"),
    (lambda: t.c.b["a"].contains({"b": 1}), "t.b[%(b_1)s::TEXT] @> %(param_1)s::JSONB"),
    (lambda: t.c.b["a"].has_key("z"), "t.b[%(b_1)s::TEXT] ? %(param_1)s::VARCHAR"),
    (lambda: t.c.b["a"]["b"].path_exists("$"), "t.b[%(b_1)s::TEXT][%(param_1)s::TEXT] @? %(param_2)s"),
    (lambda: t.c.b + {"a": 1}, "t.b || %(b_1)s::JSONB"),
    (lambda: t.c.b.concat({"a": 1}), "t.b || %(b_1)s::JSONB"),
    (lambda: t.c.b + t.c.b, "t.b || t.b"),
    (lambda: t.c.b - "a", "t.b - %(b_1)s::VARCHAR"),
    (lambda: t.c.b.op("-")("a"), "t.b - %(b_1)s::VARCHAR"),
    (lambda: t.c.b.op("-", return_type=JSONB)("a")["x"], "(t.b - %(b_1)s::VARCHAR)[%(param_1)s::TEXT]"),
    (lambda: ~t.c.b.has_key("a"), "NOT (t.b ? %(b_1)s::VARCHAR)"),
    (lambda: t.c.b.contains(t.c.b["x"]), "t.b @> t.b[%(b_1)s::TEXT]"),
    (lambda: t.c.b["a"].astext.cast(JSONB)["x"], "(CAST(t.b ->> %(b_1)s::TEXT AS JSONB))[%(param_1)s::TEXT]"),
    (lambda: cast({"a": 1}, JSONB), "CAST(%(param_1)s::JSONB AS JSONB)"),
    (lambda: cast({"a": 1}, JSONB)["a"], "(CAST(%(param_1)s::JSONB AS JSONB))[%(param_2)s::TEXT]"),
    (lambda: literal({"a": 1}, JSONB), "%(param_1)s::JSONB"),
    (lambda: literal({"a": 1}, JSONB)["a"], "%(param_1)s::JSONB[%(param_2)s::TEXT]"),
    (
        lambda: func.jsonb_set(t.c.b, "{a}", cast(5, JSONB)),
        "jsonb_set(t.b, %(jsonb_set_1)s::VARCHAR, CAST(%(param_1)s::JSONB AS JSONB))",
    ),
    (
        lambda: func.jsonb_set(t.c.b, array(["a"]), "5", type_=JSONB)["a"],
        "(jsonb_set(t.b, ARRAY[%(param_1)s::VARCHAR], %(jsonb_set_1)s::VARCHAR))[%(jsonb_set_2)s::TEXT]",
    ),
    (lambda: type_coerce({"a": 1}, JSONB)["a"], "%(param_1)s::JSONB[%(param_2)s::TEXT]"),
    (
        lambda: func.jsonb_build_object("a", 5),
        "jsonb_build_object(%(jsonb_build_object_1)s::VARCHAR, %(jsonb_build_object_2)s::INTEGER)",
    ),
    (lambda: func.coalesce(t.c.b["a"], t.c.b["c"]), "coalesce(t.b[%(b_1)s::TEXT], t.b[%(b_2)s::TEXT])"),
    (lambda: func.coalesce(t.c.b, t.c.b)["a"], "(coalesce(t.b, t.b))[%(coalesce_1)s::TEXT]"),
    (
        lambda: case((t.c.id == 1, t.c.b["a"]), else_=t.c.b["c"])["q"],
        "CASE WHEN (t.id = %(id_1)s::INTEGER) THEN t.b[%(b_1)s::TEXT] ELSE t.b[%(b_2)s::TEXT] END[%(param_1)s::TEXT]",
    ),
    (lambda: t.c.j.contains({"a": 1}), "t.j LIKE '%%' || %(j_1)s::JSON || '%%'"),
    (lambda: (t.c.b.contains({"a": 1})) | (t.c.b.has_key("a")), "(t.b @> %(b_1)s::JSONB) OR (t.b ? %(b_2)s::VARCHAR)"),
    (lambda: t.c.n["a"].astext, "t.n ->> %(n_1)s::TEXT"),
    (lambda: t.c.b.comparator.has_key("a"), "t.b ? %(b_1)s::VARCHAR"),
    (lambda: t.c.b.path_exists("$.a") == t.c.b.path_match("$"), "((t.b @? %(b_1)s)) = ((t.b @@ %(b_2)s))"),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
@pytest.mark.filterwarnings("ignore::cormorant.exc.SADeprecationWarning", "ignore::cormorant.exc.SAWarning")
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=postgresql.dialect())) == expected
