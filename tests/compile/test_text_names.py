"""The text of names in lists of columns: labels, repeated columns, casts and conditions that keep a name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.dialects import sqlite
from cormorant.exc import InvalidRequestError
from cormorant.sql import LABEL_STYLE_TABLENAME_PLUS_COL, cast, func, literal_column, select
from cormorant.types import Integer, String
from tests.compile.tables import a, b

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(a.c.id, cast(a.c.id, String), a.c.id),
        "SELECT a.id, CAST(a.id AS VARCHAR) AS id__1, a.id AS id_1 \nFROM a",
    ),
    (
        lambda: select(cast(a.c.id, String), a.c.id, cast(b.c.id, String)),
        "SELECT CAST(a.id AS VARCHAR) AS id, a.id AS id_1, CAST(b.id AS VARCHAR) AS id__1 \nFROM a, b",
    ),
    (
        lambda: select(cast(cast(a.c.id, String), Integer), cast(cast(a.c.id, String), Integer)),
        (
            "SELECT CAST(CAST(a.id AS VARCHAR) AS INTEGER) AS id, CAST(CAST(a.id AS VARCHAR) AS "
            "INTEGER) AS a_id__1 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(cast(a.c.id.label("w"), String), cast(a.c.id.label("w"), String)),
        "SELECT CAST(a.id AS VARCHAR) AS w, CAST(a.id AS VARCHAR) AS w__1 \nFROM a",
    ),
    (
        lambda: select(cast((a.c.id + 1).label("w"), String)),
        "SELECT CAST(a.id + :id_1 AS VARCHAR) AS w \nFROM a",
    ),
    (
        lambda: select(cast(literal_column("zz"), String), cast(literal_column("zz"), String)),
        "SELECT CAST(zz AS VARCHAR) AS zz, CAST(zz AS VARCHAR) AS zz__1",
    ),
    (
        lambda: select(-(a.c.id.label("q")), a.c.name),
        "SELECT -a.id AS q, a.name \nFROM a",
    ),
    (
        lambda: select(select(-(a.c.id.label("q"))).subquery()),
        "SELECT anon_2.anon_1 \nFROM (SELECT -a.id AS anon_1 \nFROM a) AS anon_2",
    ),
    (
        lambda: select(~a.c.flag, a.c.flag),
        "SELECT NOT a.flag, a.flag AS flag_1 \nFROM a",
    ),
    (
        lambda: select(select(~a.c.flag, a.c.flag).subquery()),
        ("SELECT anon_1.flag, anon_1.flag_1 \nFROM (SELECT NOT a.flag AS flag, a.flag AS flag_1 \nFROM a) AS anon_1"),
    ),
    (
        lambda: select(select(~(a.c.flag.label("q"))).subquery()),
        "SELECT anon_1.q \nFROM (SELECT NOT a.flag AS q \nFROM a) AS anon_1",
    ),
    (
        lambda: select(~a.c.flag).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT NOT a.flag AS a_flag \nFROM a",
    ),
    (
        lambda: select(*[func.count(a.c.id)] * 3),
        "SELECT count(a.id) AS count_1, count(a.id) AS count__1, count(a.id) AS count__2 \nFROM a",
    ),
    (
        lambda: select(*[func.count(a.c.id)] * 3).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT count(a.id) AS count_1, count(a.id) AS anon__1, count(a.id) AS anon__2 \nFROM a",
    ),
    (
        lambda: select(*[cast(func.max(a.c.id), Integer)] * 2),
        "SELECT CAST(max(a.id) AS INTEGER) AS max_1, CAST(max(a.id) AS INTEGER) AS anon__1 \nFROM a",
    ),
    (
        lambda: select(*[a.c.id.label(None)] * 2),
        "SELECT a.id AS id_1, a.id AS id_1 \nFROM a",
    ),
    (
        lambda: select(*[cast(a.c.id, String)] * 3).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        (
            "SELECT CAST(a.id AS VARCHAR) AS a_id, CAST(a.id AS VARCHAR) AS a_id__1, CAST(a.id AS "
            "VARCHAR) AS a_id__2 \n"
            "FROM a"
        ),
    ),
    (
        lambda: select(cast(a.c.id, String), a.c.id, cast(b.c.id, String)).set_label_style(
            LABEL_STYLE_TABLENAME_PLUS_COL
        ),
        "SELECT CAST(a.id AS VARCHAR) AS a_id, a.id AS a_id_1, CAST(b.id AS VARCHAR) AS b_id \nFROM a, b",
    ),
    (
        lambda: select(*[a.alias().c.id] * 3).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL),
        "SELECT a_1.id AS a_1_id, a_1.id AS a_1_id__1, a_1.id AS a_1_id__2 \nFROM a AS a_1",
    ),
    (
        lambda: select(select(a.c.id, b.c.id, b.c.id).subquery()),
        (
            "SELECT anon_1.id, anon_1.id_1, anon_1.id_1 AS id_1_1 \n"
            "FROM (SELECT a.id AS id, b.id AS id_1, b.id AS id__1 \n"
            "FROM a, b) AS anon_1"
        ),
    ),
    (
        lambda: select(select(a.c.id, b.c.id, b.c.id, a.c.id).subquery()),
        (
            "SELECT anon_1.id, anon_1.id_1, anon_1.id_1 AS id_1_1, anon_1.id AS id_2 \n"
            "FROM (SELECT a.id AS id, b.id AS id_1, b.id AS id__1, a.id AS id__2 \n"
            "FROM a, b) AS anon_1"
        ),
    ),
    (
        lambda: select(select(b.c.id.label("id"), a.c.id, a.c.id).subquery()),
        (
            "SELECT anon_1.id, anon_1.id_1, anon_1.id_1 AS id_1_1 \n"
            "FROM (SELECT b.id AS id, a.id AS id_1, a.id AS id__1 \n"
            "FROM b, a) AS anon_1"
        ),
    ),
    (
        lambda: select(*select(a.c.id, b.c.id).subquery().c, *select(a.c.id, b.c.id).subquery().c),
        (
            "SELECT anon_1.id, anon_1.id_1, anon_2.id AS id_2, anon_2.id_1 AS id_1_1 \n"
            "FROM (SELECT a.id AS id, b.id AS id_1 \n"
            "FROM a, b) AS anon_1, (SELECT a.id AS id, b.id AS id_1 \n"
            "FROM a, b) AS anon_2"
        ),
    ),
    (
        lambda: select(select(func.count(a.c.id)).subquery(), select(func.count(a.c.id)).subquery()),
        (
            "SELECT anon_1.count_1, anon_2.count_2 \n"
            "FROM (SELECT count(a.id) AS count_1 \n"
            "FROM a) AS anon_1, (SELECT count(a.id) AS count_2 \n"
            "FROM a) AS anon_2"
        ),
    ),
    (
        lambda: select(select(a.c.id.label("k"), a.c.id.label("k2")).subquery()),
        "SELECT anon_1.k, anon_1.k2 \nFROM (SELECT a.id AS k, a.id AS k2 \nFROM a) AS anon_1",
    ),
    (
        lambda: select(*[func.percentile_cont(0.5).within_group(a.c.id)] * 2),
        (
            "SELECT percentile_cont(:percentile_cont_2) WITHIN GROUP (ORDER BY a.id) AS "
            "percentile_cont_1, percentile_cont(:percentile_cont_2) WITHIN GROUP (ORDER BY a.id) AS "
            "anon__1 \n"
            "FROM a"
        ),
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected


def test_condition_is_named_after_its_column_without_truth_values() -> None:
    compiled = select(~a.c.flag, a.c.flag).compile(dialect=sqlite.dialect())
    assert str(compiled) == "SELECT a.flag = 0 AS flag, a.flag AS flag_1 \nFROM a"


def test_repeated_expressions_of_a_subquery_are_read_by_their_own_names() -> None:
    text = str(select(select(a.c.id, cast(b.c.id, String)).subquery()))
    assert text.startswith("SELECT anon_1.id, anon_1.id__1 \nFROM (SELECT a.id AS id, CAST(b.id AS VARCHAR) AS id__1")


@pytest.mark.parametrize("first", [a.c.name, a.c.id.label("name")])
def test_label_of_a_subquery_with_a_name_that_is_taken(first: Any) -> None:
    with pytest.raises(InvalidRequestError, match="Label name name is being renamed"):
        str(select(select(first, b.c.id.label("name")).subquery()))
