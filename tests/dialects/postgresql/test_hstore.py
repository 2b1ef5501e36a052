"""HSTORE: operators and functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant import Column, Integer, MetaData, String, Table, Unicode, cast, func, literal
from cormorant.dialects import postgresql
from cormorant.dialects import postgresql as pg
from cormorant.dialects.postgresql import HSTORE, array, hstore

t = Table(
    "t",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("h", pg.HSTORE),
    Column("h2", pg.HSTORE(text_type=Unicode())),
    Column("v", String),
)
h = t.c.h


CASES: list[tuple[Callable[[], Any], str]] = [
    (lambda: h["a"], "t.h[%(h_1)s::VARCHAR]"),
    (lambda: h["a"] == "x", "t.h[%(h_1)s::VARCHAR] = %(param_1)s::VARCHAR"),
    (lambda: h["a"].is_(None), "t.h[%(h_1)s::VARCHAR] IS NULL"),
    (lambda: h["a"].like("x"), "t.h[%(h_1)s::VARCHAR] LIKE %(param_1)s::VARCHAR"),
    (lambda: h[t.c.v], "t.h[t.v]"),
    (lambda: h.has_key("a"), "t.h ? %(h_1)s::VARCHAR"),
    (lambda: h.has_all(["a", "b"]), "t.h ?& %(h_1)s"),
    (lambda: h.has_all(array(["a", "b"])), "t.h ?& ARRAY[%(param_1)s::VARCHAR, %(param_2)s::VARCHAR]"),
    (lambda: h.has_any(["a"]), "t.h ?| %(h_1)s"),
    (lambda: h.has_any(array(["a"])), "t.h ?| ARRAY[%(param_1)s::VARCHAR]"),
    (lambda: h.defined("a"), "defined(t.h, %(defined_1)s::VARCHAR)"),
    (lambda: h.delete("a"), "delete(t.h, %(delete_1)s::VARCHAR)"),
    (lambda: h.delete(array(["a"])), "delete(t.h, ARRAY[%(param_1)s::VARCHAR])"),
    (lambda: h.delete(hstore("a", "b")), "delete(t.h, hstore(%(hstore_1)s::VARCHAR, %(hstore_2)s::VARCHAR))"),
    (lambda: h.delete(t.c.h2), "delete(t.h, t.h2)"),
    (lambda: h.slice(array(["a", "b"])), "slice(t.h, ARRAY[%(param_1)s::VARCHAR, %(param_2)s::VARCHAR])"),
    (lambda: h.keys(), "akeys(t.h)"),
    (lambda: h.vals(), "avals(t.h)"),
    (lambda: h.array(), "hstore_to_array(t.h)"),
    (lambda: h.matrix(), "hstore_to_matrix(t.h)"),
    (lambda: h.contains({"a": "b"}), "t.h @> %(h_1)s"),
    (lambda: h.contained_by({"a": "b"}), "t.h <@ %(h_1)s"),
    (lambda: h.contains(hstore("a", "b")), "t.h @> hstore(%(hstore_1)s::VARCHAR, %(hstore_2)s::VARCHAR)"),
    (lambda: h + {"a": "b"}, "t.h || %(h_1)s"),
    (lambda: h.concat({"a": "b"}), "t.h || %(h_1)s"),
    (lambda: h + hstore("a", "b"), "t.h || hstore(%(hstore_1)s::VARCHAR, %(hstore_2)s::VARCHAR)"),
    (lambda: h + t.c.h2, "t.h || t.h2"),
    (lambda: hstore("a", "b"), "hstore(%(hstore_1)s::VARCHAR, %(hstore_2)s::VARCHAR)"),
    (
        lambda: hstore(array(["a", "b"]), array(["c", "d"])),
        "hstore(ARRAY[%(param_1)s::VARCHAR, %(param_2)s::VARCHAR], ARRAY[%(param_3)s::VARCHAR, %(param_4)s::VARCHAR])",
    ),
    (lambda: hstore("a", "b")["a"], "(hstore(%(hstore_1)s::VARCHAR, %(hstore_2)s::VARCHAR))[%(hstore_3)s::VARCHAR]"),
    (lambda: hstore(t.c.v, t.c.v), "hstore(t.v, t.v)"),
    (lambda: func.hstore("a", "b"), "hstore(%(hstore_1)s::VARCHAR, %(hstore_2)s::VARCHAR)"),
    (
        lambda: func.hstore("a", "b")["a"],
        "(hstore(%(hstore_1)s::VARCHAR, %(hstore_2)s::VARCHAR))[%(hstore_3)s::VARCHAR]",
    ),
    (lambda: hstore(array(["a"])), "hstore(ARRAY[%(param_1)s::VARCHAR])"),
    (lambda: h == {"a": "b"}, "t.h = %(h_1)s"),
    (lambda: h.in_([{"a": "b"}]), "t.h IN (__[POSTCOMPILE_h_1])"),
    (lambda: ~h.has_key("a"), "NOT (t.h ? %(h_1)s::VARCHAR)"),
    (
        lambda: h.has_key("a") & (h["q"] == "z"),
        "(t.h ? %(h_1)s::VARCHAR) AND t.h[%(h_2)s::VARCHAR] = %(param_1)s::VARCHAR",
    ),
    (lambda: h.keys()[1], "(akeys(t.h))[%(akeys_1)s::INTEGER]"),
    (lambda: h.keys().any_() == "x", "%(param_1)s::VARCHAR = ANY (akeys(t.h))"),
    (lambda: h.slice(array(["a"]))["a"], "(slice(t.h, ARRAY[%(param_1)s::VARCHAR]))[%(slice_1)s::VARCHAR]"),
    (lambda: h.delete("a")["q"], "(delete(t.h, %(delete_1)s::VARCHAR))[%(delete_2)s::VARCHAR]"),
    (lambda: cast(h, pg.JSONB)["a"], "(CAST(t.h AS JSONB))[%(param_1)s::TEXT]"),
    (lambda: t.c.h2["a"], "t.h2[%(h2_1)s::VARCHAR]"),
    (lambda: literal({"a": "b"}, HSTORE), "%(param_1)s"),
    (lambda: h["a"].in_(["x"]), "t.h[%(h_1)s::VARCHAR] IN (__[POSTCOMPILE_param_1])"),
    (lambda: func.akeys(h), "akeys(t.h)"),
    (lambda: h.has_key(t.c.v), "t.h ? t.v"),
    (
        lambda: h.concat(hstore("a", "b"))["a"],
        "(t.h || hstore(%(hstore_1)s::VARCHAR, %(hstore_2)s::VARCHAR))[%(param_1)s::VARCHAR]",
    ),
    (lambda: (h + h)["a"], "(t.h || t.h)[%(param_1)s::VARCHAR]"),
    (lambda: h.contains({"a": None}), "t.h @> %(h_1)s"),
    (lambda: h.matrix()[1], "(hstore_to_matrix(t.h))[%(hstore_to_matrix_1)s::INTEGER]"),
    (lambda: h.array()[1], "(hstore_to_array(t.h))[%(hstore_to_array_1)s::INTEGER]"),
]


@pytest.mark.parametrize(("make", "expected"), CASES)
@pytest.mark.filterwarnings("ignore::cormorant.exc.SADeprecationWarning", "ignore::cormorant.exc.SAWarning")
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make().compile(dialect=postgresql.dialect())) == expected
