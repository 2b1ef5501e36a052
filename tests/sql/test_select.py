# ruff: noqa: E712 - comparisons and signs of SQL expressions
# ruff: noqa: E501 - expected SQL is written out
"""SELECT. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.sql import (
    and_,
    bindparam,
    case,
    cast,
    column,
    distinct,
    extract,
    false,
    func,
    literal,
    not_,
    null,
    nulls_last,
    or_,
    select,
    table,
    true,
    tuple_,
    type_coerce,
)
from cormorant.types import Boolean, Integer, String
from tests.sql.tables import S, a, b, sc, t1, t2, tt

STATEMENTS: list[tuple[Callable[[], Any], str, dict[str, Any]]] = [
    (lambda: select(5), "SELECT 5", {}),
    (lambda: select(None), "SELECT NULL AS anon_1", {}),
    (lambda: select(), "SELECT", {}),
    (lambda: select(True), "SELECT true AS anon_1", {}),
    (lambda: S.where(True), "SELECT a.id \nFROM a \nWHERE true", {}),
    (lambda: S.where(None), "SELECT a.id \nFROM a \nWHERE NULL", {}),
    (lambda: S.where(S), "SELECT a.id \nFROM a \nWHERE (SELECT a.id \nFROM a)", {}),
    (lambda: S.where(a.c.x), "SELECT a.id \nFROM a \nWHERE a.x", {}),
    (lambda: S.order_by("x"), "SELECT a.id \nFROM a ORDER BY a.x", {}),
    (lambda: S.order_by(None), "SELECT a.id \nFROM a", {}),
    (lambda: S.order_by("id"), "SELECT a.id \nFROM a ORDER BY a.id", {}),
    (lambda: S.order_by("id").order_by(None).order_by("id"), "SELECT a.id \nFROM a ORDER BY a.id", {}),
    (lambda: S.group_by("id"), "SELECT a.id \nFROM a GROUP BY a.id", {}),
    (lambda: S.limit(5), "SELECT a.id \nFROM a\n LIMIT :param_1", {"param_1": 5}),
    (lambda: S.limit(a.c.id), "SELECT a.id \nFROM a\n LIMIT a.id", {}),
    (
        lambda: S.limit(5).offset(10),
        "SELECT a.id \nFROM a\n LIMIT :param_1 OFFSET :param_2",
        {"param_1": 5, "param_2": 10},
    ),
    (lambda: S.offset(10), "SELECT a.id \nFROM a\n LIMIT -1 OFFSET :param_1", {"param_1": 10}),
    (lambda: S.limit(None), "SELECT a.id \nFROM a", {}),
    (lambda: S.limit(5).limit(None), "SELECT a.id \nFROM a", {}),
    (lambda: S.limit(5.5), "SELECT a.id \nFROM a\n LIMIT :param_1", {"param_1": 5}),
    (lambda: S.slice(5, 10), "SELECT a.id \nFROM a\n LIMIT :param_1 OFFSET :param_2", {"param_1": 5, "param_2": 5}),
    (lambda: S.fetch(5), "SELECT a.id \nFROM a\n FETCH FIRST :param_1 ROWS ONLY", {"param_1": 5}),
    (lambda: S.fetch(5, with_ties=True), "SELECT a.id \nFROM a\n FETCH FIRST :param_1 ROWS WITH TIES", {"param_1": 5}),
    (
        lambda: S.fetch(5, percent=True).offset(3),
        ("SELECT a.id \nFROM a\n OFFSET :param_1 ROWS\n FETCH FIRST :param_2 PERCENT ROWS ONLY"),
        {"param_1": 3, "param_2": 5},
    ),
    (lambda: S.distinct(), "SELECT DISTINCT a.id \nFROM a", {}),
    (lambda: S.distinct(a.c.x), "SELECT DISTINCT a.id \nFROM a", {}),
    (lambda: S.select_from(a), "SELECT a.id \nFROM a", {}),
    (lambda: S.select_from(b), "SELECT a.id \nFROM b, a", {}),
    (lambda: S.with_for_update(), "SELECT a.id \nFROM a FOR UPDATE", {}),
    (lambda: S.with_for_update(read=True, nowait=True), "SELECT a.id \nFROM a FOR UPDATE", {}),
    (lambda: S.with_for_update(of=a), "SELECT a.id \nFROM a FOR UPDATE", {}),
    (lambda: S.with_for_update(skip_locked=True, key_share=True), "SELECT a.id \nFROM a FOR UPDATE", {}),
    (lambda: S.prefix_with("FOO"), "SELECT FOO a.id \nFROM a", {}),
    (lambda: S.suffix_with("BAR"), "SELECT a.id \nFROM a BAR ", {}),
    (lambda: S.with_statement_hint("foo"), "SELECT a.id \nFROM a foo", {}),
    (lambda: S.add_columns(a.c.x), "SELECT a.id, a.x \nFROM a", {}),
    (lambda: S.with_only_columns(a.c.x), "SELECT a.x \nFROM a", {}),
    (lambda: S.filter_by(x=5), "SELECT a.id \nFROM a \nWHERE a.x = :x_1", {"x_1": 5}),
    (lambda: S.filter(a.c.x == 5), "SELECT a.id \nFROM a \nWHERE a.x = :x_1", {"x_1": 5}),
    (lambda: S.execution_options(x=5), "SELECT a.id \nFROM a", {}),
    (
        lambda: S.distinct().order_by(a.c.x).group_by(a.c.id).having(func.count() > 5),
        ("SELECT DISTINCT a.id \nFROM a GROUP BY a.id \nHAVING count(*) > :count_1 ORDER BY a.x"),
        {"count_1": 5},
    ),
    (lambda: S.reduce_columns(), "SELECT a.id \nFROM a", {}),
    (lambda: S.selected_columns.id, "a.id", {}),
    (
        lambda: select(
            cast(literal(5), String),
            cast(func.count(), String),
            cast(-a.c.x, String),
            type_coerce(func.foo(), String),
            cast(cast(a.c.x, String), Integer),
        ),
        (
            "SELECT CAST(:param_1 AS VARCHAR) AS anon_1, CAST(count(*) AS VARCHAR) AS count_1, CAST(-a.x AS VARCHAR) AS anon_2, foo() AS foo_1, CAST(CAST(a.x AS VARCHAR) AS INTEGER) AS x \nFROM a"
        ),
        {"param_1": 5},
    ),
    (lambda: select(a).where(and_()), "SELECT a.id, a.name, a.x, a.flag \nFROM a", {}),
    (lambda: select(a).where(or_(a.c.id == 1, true())), "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE true", {}),
    (
        lambda: select(a).where(and_(a.c.id == 1, true())),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id = :id_1",
        {"id_1": 1},
    ),
    (
        lambda: select(a).where(and_(a.c.id == 1, false())),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE false",
        {},
    ),
    (
        lambda: select(a).where(or_(a.c.id == 1, false())),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id = :id_1",
        {"id_1": 1},
    ),
    (lambda: select(a).where(or_(false(), false())), "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE false", {}),
    (lambda: select(a).where(and_(true(), true())), "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE true", {}),
    (lambda: select(a).where(true()), "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE true", {}),
    (
        lambda: select(a).where(a.c.id == 1, or_(a.c.x == 1, a.c.x == 2)),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id = :id_1 AND (a.x = :x_1 OR a.x = :x_2)"),
        {"id_1": 1, "x_1": 1, "x_2": 2},
    ),
    (lambda: select(t1.c.id, t2.c.id), "SELECT a_1.id, a_2.id AS id_1 \nFROM a AS a_1, a AS a_2", {}),
    (lambda: select(cast(b.c.id, String), a.c.id), "SELECT CAST(b.id AS VARCHAR) AS id, a.id AS id_1 \nFROM b, a", {}),
    (lambda: select(*[a.c.id + 1] * 2), "SELECT a.id + :id_1 AS anon_1, a.id + :id_1 AS anon__1 \nFROM a", {"id_1": 1}),
    (
        lambda: select(*[func.count()] * 2, func.count()),
        "SELECT count(*) AS count_1, count(*) AS count__1, count(*) AS count_2",
        {},
    ),
    (lambda: select(-a.c.x, a.c.x.desc()), "SELECT -a.x, a.x DESC \nFROM a", {}),
    (lambda: select(type_coerce(a.c.x, String), a.c.x), "SELECT a.x AS x, a.x AS x_1 \nFROM a", {}),
    (
        lambda: select(a).where(a.c.id.in_(select(b.c.id, b.c.a_id))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (SELECT b.id, b.a_id \nFROM b)"),
        {},
    ),
    (lambda: select(sc.c.wk), 'SELECT sch.t."weird key" \nFROM sch.t', {}),
    (lambda: select(sc.c.wk, sc.c.wk), 'SELECT sch.t."weird key", sch.t."weird key" AS weird_key__1 \nFROM sch.t', {}),
    (
        lambda: select(case((a.c.x == 1, a.c.id), else_=a.c.x)),
        "SELECT CASE WHEN (a.x = :x_1) THEN a.id ELSE a.x END AS anon_1 \nFROM a",
        {"x_1": 1},
    ),
    (
        lambda: select(a.c.name + "x", a.c.name.collate("utf8")),
        "SELECT a.name || :name_1 AS anon_1, a.name COLLATE utf8 AS anon_2 \nFROM a",
        {"name_1": "x"},
    ),
    (lambda: select(column("x", _selectable=None), column("x")), "SELECT x, x", {}),
    (
        lambda: select(a.c.id + a.c.id, func.coalesce(a.c.id, 5), func.max(a.c.id)),
        ("SELECT a.id + a.id AS anon_1, coalesce(a.id, :coalesce_2) AS coalesce_1, max(a.id) AS max_1 \nFROM a"),
        {"coalesce_2": 5},
    ),
    (
        lambda: select(a.c.name.distinct(), distinct(a.c.x), func.count(distinct(a.c.x))),
        "SELECT DISTINCT a.name, DISTINCT a.x, count(DISTINCT a.x) AS count_1 \nFROM a",
        {},
    ),
    (
        lambda: select(extract("year", a.c.x), tuple_(a.c.x) == tuple_(5)),
        "SELECT EXTRACT(year FROM a.x) AS anon_1, (a.x) = (:param_1) AS anon_2 \nFROM a",
        {"param_1": 5},
    ),
    (lambda: select(table("zz", column("a"), column("b"))), "SELECT zz.a, zz.b \nFROM zz", {}),
    (
        lambda: select(a.c.x.in_([1, 2]), a.c.x.in_([])),
        ("SELECT a.x IN (__[POSTCOMPILE_x_1]) AS anon_1, a.x IN (__[POSTCOMPILE_x_2]) AS anon_2 \nFROM a"),
        {"x_1": [1, 2], "x_2": []},
    ),
    (
        lambda: select(bindparam("x"), bindparam(None, 5)),
        "SELECT :x AS anon_1, :param_1 AS anon_2",
        {"x": None, "param_1": 5},
    ),
    (lambda: select(a).where(a.c.flag), "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.flag", {}),
    (lambda: select(a).where(~a.c.flag), "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE NOT a.flag", {}),
    (
        lambda: select(a).where(and_(a.c.flag, a.c.x == 1)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.flag AND a.x = :x_1",
        {"x_1": 1},
    ),
    (
        lambda: select(a).where(or_(a.c.flag, ~a.c.flag)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.flag OR NOT a.flag",
        {},
    ),
    (lambda: select(a).where(a.c.flag == True), "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.flag = true", {}),
    (
        lambda: select(a).where(a.c.flag.is_(False)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.flag IS false",
        {},
    ),
    (lambda: select(a.c.flag, ~a.c.flag), "SELECT a.flag, NOT a.flag \nFROM a", {}),
    (
        lambda: select(case((a.c.flag, 1), else_=0)),
        "SELECT CASE WHEN a.flag THEN :param_1 ELSE :param_2 END AS anon_1 \nFROM a",
        {"param_1": 1, "param_2": 0},
    ),
    (
        lambda: select(a).where(func.foo(a.c.x, type_=Boolean)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE foo(a.x)",
        {},
    ),
    (
        lambda: select(a).where(not_(func.foo(a.c.x, type_=Boolean))),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE NOT foo(a.x)",
        {},
    ),
    (
        lambda: (
            select(a).where(a.c.id.in_([1, 2])).where(a.c.x > 5).order_by(a.c.id.desc(), a.c.name).limit(5).offset(2)
        ),
        (
            "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (__[POSTCOMPILE_id_1]) AND a.x > :x_1 ORDER BY a.id DESC, a.name\n LIMIT :param_1 OFFSET :param_2"
        ),
        {"id_1": [1, 2], "x_1": 5, "param_1": 5, "param_2": 2},
    ),
    (lambda: select(func.count()).select_from(a), "SELECT count(*) AS count_1 \nFROM a", {}),
    (
        lambda: select(a).where(a.c.id.in_(select(b.c.a_id).where(b.c.name == "x"))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (SELECT b.a_id \nFROM b \nWHERE b.name = :name_1)"),
        {"name_1": "x"},
    ),
    (lambda: select(a).params(x=5), "SELECT a.id, a.name, a.x, a.flag \nFROM a", {}),
    (
        lambda: select(a).where(a.c.x == bindparam("q")).params(q=7),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.x = :q",
        {"q": 7},
    ),
    (lambda: select(a).with_only_columns(func.count()).order_by(None), "SELECT count(*) AS count_1", {}),
    (
        lambda: select(a).with_only_columns(func.count(), maintain_column_froms=True),
        "SELECT count(*) AS count_1 \nFROM a",
        {},
    ),
    (lambda: select(tt), "SELECT zz.a, zz.b \nFROM zz", {}),
    (lambda: select(column("x"), column("y")).select_from(table("q")), "SELECT x, y \nFROM q", {}),
    (
        lambda: select(a).where(tuple_(a.c.id, a.c.x).in_([(1, 2), (3, 4)])),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE (a.id, a.x) IN (__[POSTCOMPILE_param_1])"),
        {"param_1": [(1, 2), (3, 4)]},
    ),
    (
        lambda: select(a).where(tuple_(a.c.id, a.c.x) == (1, 2)),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE (a.id, a.x) = (:param_1, :param_2)"),
        {"param_1": 1, "param_2": 2},
    ),
    (lambda: select(a).distinct(), "SELECT DISTINCT a.id, a.name, a.x, a.flag \nFROM a", {}),
    (lambda: select(a.c.x).distinct().order_by("x"), "SELECT DISTINCT a.x \nFROM a ORDER BY a.x", {}),
    (lambda: select(a.c.x).order_by(nulls_last(a.c.x.desc())), "SELECT a.x \nFROM a ORDER BY a.x DESC NULLS LAST", {}),
    (lambda: select(a).order_by(func.random()), "SELECT a.id, a.name, a.x, a.flag \nFROM a ORDER BY random()", {}),
    (lambda: select(a.c.id).where(a.c.x == 1).whereclause, "a.x = :x_1", {"x_1": 1}),
    (
        lambda: select(a.c.id).where(a.c.x == 1).where(a.c.x == 2).whereclause,
        "a.x = :x_1 AND a.x = :x_2",
        {"x_1": 1, "x_2": 2},
    ),
    (lambda: select(1), "SELECT 1", {}),
    (
        lambda: select(literal(1), literal("x"), null(), true(), false()),
        ("SELECT :param_1 AS anon_1, :param_2 AS anon_2, NULL AS anon_3, true AS anon_4, false AS anon_5"),
        {"param_1": 1, "param_2": "x"},
    ),
    (
        lambda: select(a.c.id).where(a.c.id == 5).with_only_columns(a.c.x),
        "SELECT a.x \nFROM a \nWHERE a.id = :id_1",
        {"id_1": 5},
    ),
    (
        lambda: select(a.c.name).where(a.c.name.op("~")("x")),
        "SELECT a.name \nFROM a \nWHERE a.name ~ :name_1",
        {"name_1": "x"},
    ),
    (
        lambda: select(a).where(a.c.name.regexp_match("x")),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.name <regexp> :name_1",
        {"name_1": "x"},
    ),
    (lambda: select(a.c.id, b.c.id).order_by(b.c.id), "SELECT a.id, b.id AS id_1 \nFROM a, b ORDER BY b.id", {}),
    (lambda: select(a.c.id, b.c.id).order_by("id"), "SELECT a.id, b.id AS id_1 \nFROM a, b ORDER BY b.id", {}),
    (
        lambda: select(a).order_by(a.c.id).order_by(a.c.x),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a ORDER BY a.id, a.x",
        {},
    ),
    (
        lambda: select(a).order_by(a.c.id + 5, func.lower(a.c.name)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a ORDER BY a.id + :id_1, lower(a.name)",
        {"id_1": 5},
    ),
    (
        lambda: select(a).limit(func.foo(5)).offset(literal(3) + 2),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a\n LIMIT foo(:foo_1) OFFSET :param_1 + :param_2"),
        {"foo_1": 5, "param_1": 3, "param_2": 2},
    ),
    (
        lambda: select(a).limit(bindparam("lim")).offset(bindparam("off", type_=Integer)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a\n LIMIT :lim OFFSET :off",
        {"lim": None, "off": None},
    ),
    (
        lambda: select(a).where(a.c.id.in_(bindparam("ids", value=[1, 2]))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (__[POSTCOMPILE_ids])"),
        {"ids": [1, 2]},
    ),
    (
        lambda: select(a).where(a.c.id.in_([])),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (__[POSTCOMPILE_id_1])"),
        {"id_1": []},
    ),
    (
        lambda: select(a).where(~a.c.id.in_([])),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE (a.id NOT IN (__[POSTCOMPILE_id_1]))"),
        {"id_1": []},
    ),
    (
        lambda: select(a).where(a.c.id.not_in([1, 2])),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE (a.id NOT IN (__[POSTCOMPILE_id_1]))"),
        {"id_1": [1, 2]},
    ),
    (
        lambda: select(a).where(a.c.id.not_in(select(b.c.id))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE (a.id NOT IN (SELECT b.id \nFROM b))"),
        {},
    ),
    (
        lambda: select(a).where(a.c.id.in_([literal(1), 2])),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (:param_1, :id_1)",
        {"param_1": 1, "id_1": 2},
    ),
    (
        lambda: select(a).where(a.c.id.in_((1, 2))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (__[POSTCOMPILE_id_1])"),
        {"id_1": [1, 2]},
    ),
    (
        lambda: select(a).where(a.c.id.in_(range(3))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id IN (__[POSTCOMPILE_id_1])"),
        {"id_1": [0, 1, 2]},
    ),
    (
        lambda: select(a).where(a.c.name.in_(["x", None])),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.name IN (__[POSTCOMPILE_name_1])"),
        {"name_1": ["x", None]},
    ),
    (
        lambda: select(a).where(a.c.flag.is_not(True)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.flag IS NOT true",
        {},
    ),
    (
        lambda: select(a).having(a.c.flag).group_by(a.c.flag),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a GROUP BY a.flag \nHAVING a.flag",
        {},
    ),
    (lambda: select(table("x", column("id"), schema="s")), "SELECT s.x.id \nFROM s.x", {}),
    (
        lambda: select(a).with_for_update().limit(5),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a\n LIMIT :param_1 FOR UPDATE",
        {"param_1": 5},
    ),
    (
        lambda: select(a).where(a.c.id == bindparam("q")).unique_params(q=7),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id = :q_1",
        {"q_1": 7},
    ),
    (lambda: select(a).params({"q": 3}), "SELECT a.id, a.name, a.x, a.flag \nFROM a", {}),
    (
        lambda: select(table("T", column("Id"), column("order"))),
        'SELECT "T"."Id", "T"."order" \nFROM "T"',
        {},
    ),
    (lambda: select(table("user", column("id"))), 'SELECT "user".id \nFROM "user"', {}),
    (lambda: select(a.c.id).select_from(a, b), "SELECT a.id \nFROM a, b", {}),
    (lambda: select(a.c.id).select_from(a).select_from(a), "SELECT a.id \nFROM a", {}),
    (
        lambda: select(a.c.name, func.count("*")).group_by(a.c.name).order_by(func.count("*").desc()),
        ("SELECT a.name, count(:count_2) AS count_1 \nFROM a GROUP BY a.name ORDER BY count(:count_3) DESC"),
        {"count_2": "*", "count_3": "*"},
    ),
    (
        lambda: select(a).where(a.c.name.ilike("%x%")).order_by(a.c.name.asc().nulls_first()),
        (
            "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE lower(a.name) LIKE lower(:name_1) ORDER BY a.name ASC NULLS FIRST"
        ),
        {"name_1": "%x%"},
    ),
    (
        lambda: select(a).where(or_(*[a.c.id == i for i in range(3)])),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id = :id_1 OR a.id = :id_2 OR a.id = :id_3"),
        {"id_1": 0, "id_2": 1, "id_3": 2},
    ),
    (
        lambda: select(a).where(and_(*[a.c.id == i for i in range(3)], or_(a.c.x == 1, a.c.x == 2))),
        (
            "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id = :id_1 AND a.id = :id_2 AND a.id = :id_3 AND (a.x = :x_1 OR a.x = :x_2)"
        ),
        {"id_1": 0, "id_2": 1, "id_3": 2, "x_1": 1, "x_2": 2},
    ),
    (
        lambda: select(a).where((a.c.id == 1) | ((a.c.x == 2) & ~(a.c.name == "q"))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE a.id = :id_1 OR a.x = :x_1 AND a.name != :name_1"),
        {"id_1": 1, "x_1": 2, "name_1": "q"},
    ),
    (
        lambda: select(a).where(not_(or_(a.c.id == 1, and_(a.c.x == 2, a.c.name == "q")))),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE NOT (a.id = :id_1 OR a.x = :x_1 AND a.name = :name_1)"),
        {"id_1": 1, "x_1": 2, "name_1": "q"},
    ),
    (
        lambda: select(a).where(~a.c.name.in_(["x"])),
        ("SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE (a.name NOT IN (__[POSTCOMPILE_name_1]))"),
        {"name_1": ["x"]},
    ),
    (lambda: select(a).limit(0), "SELECT a.id, a.name, a.x, a.flag \nFROM a\n LIMIT :param_1", {"param_1": 0}),
    (
        lambda: select(a).offset(0),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a\n LIMIT -1 OFFSET :param_1",
        {"param_1": 0},
    ),
    (lambda: select(a).slice(0, 5), "SELECT a.id, a.name, a.x, a.flag \nFROM a\n LIMIT :param_1", {"param_1": 5}),
    (
        lambda: select(a).slice(5, 5),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a\n LIMIT :param_1 OFFSET :param_2",
        {"param_1": 0, "param_2": 5},
    ),
    (
        lambda: select(a).where(literal(True)),
        "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE :param_1",
        {"param_1": True},
    ),
    (lambda: select(a).where(func.foo() == True), "SELECT a.id, a.name, a.x, a.flag \nFROM a \nWHERE foo() = true", {}),
]


@pytest.mark.parametrize(("build", "text", "parameters"), STATEMENTS)
def test_text(build: Callable[[], Any], text: str, parameters: dict[str, Any]) -> None:
    compiled = build().compile()
    assert str(compiled) == text
    assert dict(compiled.params) == parameters


VALUES: list[tuple[Callable[[], Any], Any]] = [
    (lambda: S.whereclause, None),
    (lambda: S.is_select, True),
    (lambda: select(a).is_derived_from(a), True),
    (lambda: S.selected_columns[0] is a.c.id, True),
]


@pytest.mark.parametrize(("ask", "answer"), VALUES)
def test_answer(ask: Callable[[], Any], answer: Any) -> None:
    assert ask() == answer
