"""The text of functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import (
    LABEL_STYLE_NONE,
    LABEL_STYLE_TABLENAME_PLUS_COL,
    and_,
    cast,
    column,
    desc,
    extract,
    func,
    literal,
    literal_column,
    not_,
    select,
    tuple_,
)
from cormorant.types import Boolean, Integer, String
from tests.compile.tables import a, b, u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(func.count()),
        "SELECT count(*) AS count_1",
    ),
    (
        lambda: select(func.count()).select_from(u),
        "SELECT count(*) AS count_1 \nFROM u",
    ),
    (
        lambda: select(func.count("*")).select_from(u),
        "SELECT count(:count_2) AS count_1 \nFROM u",
    ),
    (
        lambda: select(func.max(u.c.id), func.min(u.c.id), func.sum(u.c.id), func.avg(u.c.id)),
        "SELECT max(u.id) AS max_1, min(u.id) AS min_1, sum(u.id) AS sum_1, avg(u.id) AS avg_1 \nFROM u",
    ),
    (
        lambda: select(func.now()),
        "SELECT now() AS now_1",
    ),
    (
        lambda: select(
            func.current_timestamp(),
            func.current_date(),
            func.current_time(),
            func.localtime(),
            func.localtimestamp(),
            func.user(),
            func.session_user(),
            func.sysdate(),
        ),
        (
            "SELECT CURRENT_TIMESTAMP AS current_timestamp_1, CURRENT_DATE AS current_date_1, "
            "CURRENT_TIME AS current_time_1, LOCALTIME AS localtime_1, LOCALTIMESTAMP AS "
            "localtimestamp_1, USER AS user_1, SESSION_USER AS session_user_1, sysdate AS sysdate_1"
        ),
    ),
    (
        lambda: select(func.random()),
        "SELECT random() AS random_1",
    ),
    (
        lambda: select(func.coalesce(u.c.name, "x")),
        "SELECT coalesce(u.name, :coalesce_2) AS coalesce_1 \nFROM u",
    ),
    (
        lambda: select(func.lower(u.c.name).label("l")),
        "SELECT lower(u.name) AS l \nFROM u",
    ),
    (
        lambda: select(func.foo(1, "x", u.c.id)),
        "SELECT foo(:foo_2, :foo_3, u.id) AS foo_1 \nFROM u",
    ),
    (
        lambda: select(func.schema1.foo(1)),
        "SELECT schema1.foo(:foo_2) AS foo_1",
    ),
    (
        lambda: select(func.Foo(1), func.group(2)),
        'SELECT Foo(:Foo_2) AS "Foo_1", group(:group_2) AS group_1',
    ),
    (
        lambda: select(func.char_length(u.c.name)),
        "SELECT char_length(u.name) AS char_length_1 \nFROM u",
    ),
    (
        lambda: select(func.concat(u.c.name, "a", "b")),
        "SELECT concat(u.name, :concat_2, :concat_3) AS concat_1 \nFROM u",
    ),
    (
        lambda: select(func.rank().over(order_by=u.c.id)),
        "SELECT rank() OVER (ORDER BY u.id) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(func.rank().over(order_by=[u.c.id, u.c.name], partition_by=u.c.name)),
        "SELECT rank() OVER (PARTITION BY u.name ORDER BY u.id, u.name) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(func.rank().over()),
        "SELECT rank() OVER () AS anon_1",
    ),
    (
        lambda: select(func.sum(u.c.id).over(order_by=u.c.id, rows=(None, 0))),
        ("SELECT sum(u.id) OVER (ORDER BY u.id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS anon_1 \nFROM u"),
    ),
    (
        lambda: select(func.sum(u.c.id).over(order_by=u.c.id, rows=(-2, 3))),
        (
            "SELECT sum(u.id) OVER (ORDER BY u.id ROWS BETWEEN :param_1 PRECEDING AND :param_2 "
            "FOLLOWING) AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(func.sum(u.c.id).over(order_by=u.c.id, range_=(None, None))),
        (
            "SELECT sum(u.id) OVER (ORDER BY u.id RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED "
            "FOLLOWING) AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(func.sum(u.c.id).over(order_by=u.c.id, groups=(1, 2))),
        (
            "SELECT sum(u.id) OVER (ORDER BY u.id GROUPS BETWEEN :param_1 FOLLOWING AND :param_2 "
            "FOLLOWING) AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(func.sum(u.c.id).filter(u.c.id > 5)),
        "SELECT sum(u.id) FILTER (WHERE u.id > :id_1) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(func.sum(u.c.id).filter(u.c.id > 5, u.c.name == "x").over(order_by=u.c.id)),
        ("SELECT sum(u.id) FILTER (WHERE u.id > :id_1 AND u.name = :name_1) OVER (ORDER BY u.id) AS anon_1 \nFROM u"),
    ),
    (
        lambda: select(func.percentile_cont(0.5).within_group(u.c.id.desc()).over(partition_by=u.c.name)),
        (
            "SELECT percentile_cont(:percentile_cont_1) WITHIN GROUP (ORDER BY u.id DESC) OVER "
            "(PARTITION BY u.name) AS anon_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(select(func.count(u.c.id)).subquery()),
        "SELECT anon_1.count_1 \nFROM (SELECT count(u.id) AS count_1 \nFROM u) AS anon_1",
    ),
    (
        lambda: select(u.c.id, select(func.count(b.c.id)).where(b.c.id == u.c.id).label("n")),
        "SELECT u.id, (SELECT count(b.id) AS count_1 \nFROM b \nWHERE b.id = u.id) AS n \nFROM u",
    ),
    (
        lambda: select(u.tablesample(5, name="ts", seed=func.foo(3))),
        "SELECT ts.id, ts.name \nFROM u AS ts TABLESAMPLE system(:system_1) REPEATABLE (foo(:foo_1))",
    ),
    (
        lambda: select(func.unnest(u.c.id).table_valued("value")),
        "SELECT anon_1.value \nFROM unnest(u.id) AS anon_1",
    ),
    (
        lambda: select(func.generate_series(1, 5).alias("x").column),
        "SELECT x \nFROM generate_series(:generate_series_1, :generate_series_2) AS x",
    ),
    (
        lambda: select(func.generate_series(1, 5).column_valued("x")),
        "SELECT x \nFROM generate_series(:generate_series_1, :generate_series_2) AS x",
    ),
    (
        lambda: select(func.json_each(u.c.name).table_valued("key", "value", name="j").c.key),
        "SELECT j.key \nFROM json_each(u.name) AS j",
    ),
    (
        lambda: select(func.f(1).table_valued("a", with_ordinality="o").render_derived()),
        "SELECT anon_1.a, anon_1.o \nFROM f(:f_1) WITH ORDINALITY AS anon_1(a, o)",
    ),
    (
        lambda: select(func.f(1).table_valued(column("a", Integer), name="t").render_derived(with_types=True)),
        "SELECT anon_1.a \nFROM f(:f_1) AS anon_1(a INTEGER)",
    ),
    (
        lambda: select(func.count().label(None)).select_from(u),
        "SELECT count(*) AS count_1 \nFROM u",
    ),
    (
        lambda: func.foo(u.c.id),
        "foo(u.id)",
    ),
    (
        lambda: select(
            func.foo(
                u.c.name.contains("x"),
                u.c.id.not_in([3]),
                u.c.id.in_([3]),
                u.c.id + 3,
                u.c.id == 3,
                and_(u.c.id == 3, u.c.id == 4),
            )
        ),
        (
            "SELECT foo((u.name LIKE '%' || :name_1 || '%'), (u.id NOT IN (__[POSTCOMPILE_id_1])), "
            "u.id IN (__[POSTCOMPILE_id_2]), u.id + :id_3, u.id = :id_4, u.id = :id_5 AND u.id = "
            ":id_6) AS foo_1 \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(a.c.id).where(func.foo(1, type_=Boolean)),
        "SELECT a.id \nFROM a \nWHERE foo(:foo_1)",
    ),
    (
        lambda: select(a.c.id).where(not_(func.foo(1, type_=Boolean))),
        "SELECT a.id \nFROM a \nWHERE NOT foo(:foo_1)",
    ),
    (
        lambda: select(func.aggregate_strings(u.c.name, ",")),
        ("SELECT aggregate_strings(u.name, __[POSTCOMPILE_aggregate_strings_2]) AS aggregate_strings_1 \nFROM u"),
    ),
    (
        lambda: select(func.max(u.c.id).label("a").label("b")),
        "SELECT max(u.id) AS b \nFROM u",
    ),
    (
        lambda: select(
            func.percentile_cont(0.5).within_group(u.c.id) + 1,
            func.count().filter(u.c.id > 3),
            func.rank().over(),
            func.foo().within_group(u.c.id).label("x"),
        ),
        (
            "SELECT percentile_cont(:percentile_cont_1) WITHIN GROUP (ORDER BY u.id) + :param_1 AS "
            "anon_1, count(*) FILTER (WHERE u.id > :id_1) AS anon_2, rank() OVER () AS anon_3, foo() "
            "WITHIN GROUP (ORDER BY u.id) AS x \n"
            "FROM u"
        ),
    ),
    (
        lambda: select(func.row_number().over(order_by="name")).select_from(u),
        "SELECT row_number() OVER (ORDER BY u.name) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(u.c.name, func.row_number().over(order_by="name", partition_by=desc("name"))),
        "SELECT u.name, row_number() OVER (PARTITION BY u.name DESC ORDER BY u.name) AS anon_1 \nFROM u",
    ),
    (
        lambda: select(func.count(u.c.id), -u.c.id, not_(u.c.id), u.c.id, literal_column("q")).set_label_style(
            LABEL_STYLE_TABLENAME_PLUS_COL
        ),
        "SELECT count(u.id) AS count_1, -u.id, NOT u.id, u.id AS u_id, q \nFROM u",
    ),
    (
        lambda: select(u.c.id, b.c.id, cast(u.c.id, String), func.count(), u.c.id + 1).set_label_style(
            LABEL_STYLE_NONE
        ),
        ("SELECT u.id, b.id, CAST(u.id AS VARCHAR) AS id, count(*) AS count_1, u.id + :id_1 AS anon_1 \nFROM u, b"),
    ),
    (
        lambda: select(func.grouping_sets(tuple_(u.c.id), tuple_(u.c.id, u.c.name)), func.cube(u.c.id)),
        "SELECT GROUPING SETS((u.id), (u.id, u.name)) AS grouping_sets_1, CUBE(u.id) AS cube_1 \nFROM u",
    ),
    (
        lambda: select(func.coalesce(func.max(u.c.id), 0) + 1),
        "SELECT coalesce(max(u.id), :coalesce_1) + :coalesce_2 AS anon_1 \nFROM u",
    ),
    (
        lambda: select(extract("year", func.now())),
        "SELECT EXTRACT(year FROM now()) AS anon_1",
    ),
    (
        lambda: select(func.count()).select_from(select(u).where(u.c.id > 3).subquery()),
        (
            "SELECT count(*) AS count_1 \n"
            "FROM (SELECT u.id AS id, u.name AS name \n"
            "FROM u \n"
            "WHERE u.id > :id_1) AS anon_1"
        ),
    ),
    (
        lambda: select(func.lower(literal("x", String)), func.foo(literal(1).label("x"))),
        "SELECT lower(:param_1) AS lower_1, foo(:param_2) AS foo_1",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
