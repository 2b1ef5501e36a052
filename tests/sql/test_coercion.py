# ruff: noqa: E501 - expected SQL is written out
"""What is not accepted, and the error that says so. Expected text is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cormorant.compile  # noqa: F401 - gives statements their text
from cormorant.exc import (
    AmbiguousForeignKeysError,
    ArgumentError,
    CompileError,
    InvalidRequestError,
    NoForeignKeysError,
)
from cormorant.sql import and_, asc, bindparam, case, delete, desc, func, insert, literal, select, text, union, update
from tests.sql.tables import S, a, b, c, d

ERRORS: list[tuple[Callable[[], Any], type[Exception], str]] = [
    (
        lambda: select("x"),
        ArgumentError,
        (
            "Textual column expression 'x' should be explicitly declared with text('x'), or use column('x') for more specificity"
        ),
    ),
    (
        lambda: select("x", "y"),
        ArgumentError,
        (
            "Textual column expression 'x' should be explicitly declared with text('x'), or use column('x') for more specificity"
        ),
    ),
    (
        lambda: select([a.c.id]),
        ArgumentError,
        "Column expression, FROM clause, or other columns clause element expected",
    ),
    (
        lambda: select({"x": 1}),
        ArgumentError,
        "Column expression, FROM clause, or other columns clause element expected",
    ),
    (
        lambda: S.where("x = 1"),
        ArgumentError,
        "Textual SQL expression 'x = 1' should be explicitly declared as text('x = 1')",
    ),
    (lambda: S.where(5), ArgumentError, "SQL expression for WHERE/HAVING role expected"),
    (lambda: S.where(a), ArgumentError, "SQL expression for WHERE/HAVING role expected"),
    (lambda: S.having("x"), ArgumentError, "Textual SQL expression 'x' should be explicitly declared as text('x')"),
    (lambda: S.order_by(5), ArgumentError, "ORDER BY expression expected"),
    (
        lambda: S.order_by("x desc"),
        CompileError,
        (
            "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression 'x desc' should be explicitly declared as text('x desc')"
        ),
    ),
    (lambda: S.order_by(a), ArgumentError, "ORDER BY expression expected"),
    (lambda: S.limit("x"), ValueError, "invalid literal for int() with base 10: 'x'"),
    (
        lambda: S.select_from("a"),
        ArgumentError,
        "Textual SQL expression 'a' should be explicitly declared as text('a')",
    ),
    (lambda: S.select_from(5), ArgumentError, "FROM expression, such as a Table or alias() object expected"),
    (
        lambda: S.join("b"),
        ArgumentError,
        ("Join target, typically a FROM expression, or ORM relationship attribute expected"),
    ),
    (lambda: S.join(c), InvalidRequestError, "Don't know how to join to"),
    (
        lambda: S.join(d),
        AmbiguousForeignKeysError,
        (
            "Can't determine join between 'a' and 'd'; tables have more than one foreign key constraint relationship between them. Please specify the 'onclause' of this join "
            "explicitly."
        ),
    ),
    (
        lambda: S.join(5),
        ArgumentError,
        ("Join target, typically a FROM expression, or ORM relationship attribute expected"),
    ),
    (
        lambda: S.join(b, "x"),
        ArgumentError,
        "ON clause, typically a SQL expression or ORM relationship attribute expected",
    ),
    (lambda: S.join_from(a, c), NoForeignKeysError, "Can't find any foreign key relationships between 'a' and 'c'."),
    (lambda: S.join(b).join(c), InvalidRequestError, "Don't know how to join to"),
    (lambda: select(c.c.id).join(b), InvalidRequestError, "Don't know how to join to"),
    (lambda: select(a, b).join(c), InvalidRequestError, "Don't know how to join to"),
    (lambda: a.join(c), NoForeignKeysError, "Can't find any foreign key relationships between 'a' and 'c'."),
    (
        lambda: a.join(d),
        AmbiguousForeignKeysError,
        (
            "Can't determine join between 'a' and 'd'; tables have more than one foreign key constraint relationship between them. Please specify the 'onclause' of this join "
            "explicitly."
        ),
    ),
    (lambda: a.join("x"), ArgumentError, "Textual SQL expression 'x' should be explicitly declared as text('x')"),
    (
        lambda: S.filter_by(nope=5),
        InvalidRequestError,
        'None of the FROM clause entities have a property "nope". Searched entities: a',
    ),
    (lambda: S.correlate("x"), ArgumentError, "Textual SQL expression 'x' should be explicitly declared as text('x')"),
    (lambda: S.union("x"), ArgumentError, "SELECT construct for inclusion in a UNION or other set construct expected"),
    (lambda: S.union(5), ArgumentError, "SELECT construct for inclusion in a UNION or other set construct expected"),
    (
        lambda: text("x :a").bindparams(b=5),
        ArgumentError,
        "This text() construct doesn't define a bound parameter named 'b'",
    ),
    (lambda: literal(a.c.id), ArgumentError, "Literal Python value expected"),
    (lambda: and_(a.c.id, "x"), ArgumentError, "Textual SQL expression 'x' should be explicitly declared as text('x')"),
    (lambda: asc(5), ArgumentError, "GROUP BY / OF / etc. expression expected"),
    (lambda: desc(a), ArgumentError, "GROUP BY / OF / etc. expression expected"),
    (lambda: func.count().over(rows="x"), ArgumentError, "2-tuple expected for range/rows/groups"),
    (
        lambda: func.count().over(rows=(1, 2), range_=(3, 4)),
        ArgumentError,
        "only one of 'rows', 'range_', or 'groups' may be provided",
    ),
    (
        lambda: func.count().over(rows=("a", 2)),
        ArgumentError,
        "Integer or None expected for values in rows/groups frame",
    ),
    (
        lambda: S.with_only_columns([a.c.id]),
        ArgumentError,
        (
            'The "entities" argument to Select.with_only_columns(), when referring to a sequence of items, is now passed as a series of positional elements, rather than as a list.'
        ),
    ),
    (
        lambda: a.c.id < None,
        ArgumentError,
        (
            "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' "
            "operators can be used with None/True/False"
        ),
    ),
    (lambda: a.c.id.in_(5), ArgumentError, "IN expression list, SELECT construct, or bound parameter object expected"),
    (
        lambda: a.c.id.in_("abc"),
        ArgumentError,
        "IN expression list, SELECT construct, or bound parameter object expected",
    ),
    (
        lambda: a.c.id.like(None),
        ArgumentError,
        (
            "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' "
            "operators can be used with None/True/False"
        ),
    ),
    (lambda: a.c.id == b, ArgumentError, "SQL expression element or literal value expected"),
    (lambda: and_("x"), ArgumentError, "Textual SQL expression 'x' should be explicitly declared as text('x')"),
    (lambda: a.c["nope"], KeyError, "'nope'"),
    (
        lambda: case([(1, 2)]),
        ArgumentError,
        (
            'The "whens" argument to case(), when referring to a sequence of items, is now passed as a series of positional elements, rather than as a list.'
        ),
    ),
    (
        lambda: select(a.c.x).order_by("x", desc("x"), "nope"),
        CompileError,
        (
            "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression 'nope' should be explicitly declared as text('nope')"
        ),
    ),
    (lambda: insert(a).values(nope=5), CompileError, "Unconsumed column names: nope"),
    (lambda: insert(a).values({1: 2}), ArgumentError, "SET/VALUES column expression or string key expected"),
    (lambda: insert("a"), ArgumentError, "subject table for an INSERT, UPDATE or DELETE expected"),
    (lambda: insert(5), ArgumentError, "subject table for an INSERT, UPDATE or DELETE expected"),
    (
        lambda: update(a).filter_by(nope=5).values(name="x"),
        InvalidRequestError,
        'None of the FROM clause entities have a property "nope". Searched entities: a',
    ),
    (
        lambda: union(select(a.c.id, a.c.x), select(b.c.id)),
        CompileError,
        (
            "All selectables passed to CompoundSelect must have identical numbers of columns; select #1 has 2 columns, select #2 has 1"
        ),
    ),
    (
        lambda: select(a.c.id, b.c.id).order_by("id_1"),
        CompileError,
        (
            "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression 'id_1' should be explicitly declared as text('id_1')"
        ),
    ),
    (
        lambda: select(func.count(a.c.id)).order_by("count_1"),
        CompileError,
        (
            "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression 'count_1' should be explicitly declared as text('count_1')"
        ),
    ),
    (
        lambda: insert(a).values([{"id": 1}, {"name": "x"}]),
        CompileError,
        (
            "INSERT value for column a.id is explicitly rendered as a boundparameter in the VALUES clause; a Python-side value or SQL expression is required"
        ),
    ),
    (
        lambda: select(func.row_number().over(order_by="nope"), a.c.x),
        CompileError,
        (
            "Can't resolve label reference for ORDER BY / GROUP BY / DISTINCT etc. Textual SQL expression 'nope' should be explicitly declared as text('nope')"
        ),
    ),
    (
        lambda: select(a).where(a.c.id == bindparam("id_1", 3), a.c.id == 4),
        CompileError,
        "Bind parameter 'id_1' conflicts with unique bind parameter of the same name",
    ),
    (lambda: insert(a).values({a: 5}), ArgumentError, "SET/VALUES column expression or string key expected"),
    (lambda: update(a).values(nope=5), CompileError, "Unconsumed column names: nope"),
    (
        lambda: delete(a).where("x"),
        ArgumentError,
        "Textual SQL expression 'x' should be explicitly declared as text('x')",
    ),
]


@pytest.mark.parametrize(("build", "error", "message"), ERRORS)
def test_error(build: Callable[[], Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error) as caught:
        str(build())
    assert message in str(caught.value)
