"""Random SELECT statements over the tables ``a`` and ``b``, as source.

Out: steps that build ``q``, log its text on the default dialect and its rows on SQLite. Expressions are typed (number,
text, truth) so that most of them mean something; the sources say which columns may be named.
"""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from hypothesis import strategies as st

NUMBERS = (("a", ("id", "amount")), ("b", ("id", "a_id", "size")))
WORDS = (("a", ("name",)), ("b", ("title",)))
COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
WORD_LITERALS = ("'x'", "'one'", "'%o'", '"o\'clock"')

Sources: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of a name in the program and the table whose columns it has."""


@cache
def column(sources: Sources, kinds: tuple[tuple[str, tuple[str, ...]], ...]) -> st.SearchStrategy[str]:
    return st.sampled_from([f"{name}.c.{key}" for name, table in sources for key in dict(kinds)[table]])


@cache
def number(sources: Sources, depth: int = 2) -> st.SearchStrategy[str]:
    leaves = column(sources, NUMBERS)
    if not depth:
        return leaves
    deeper, word = number(sources, depth - 1), text(sources, depth - 1)
    constant = st.integers(0, 9).map(str)
    return st.one_of(
        leaves,
        st.builds("({} {} {})".format, deeper, st.sampled_from("+-*"), deeper | constant),
        st.builds("({} {} {})".format, constant, st.sampled_from("+-*"), deeper),
        st.builds("(-{})".format, deeper),
        st.builds("sa.func.coalesce({}, {})".format, deeper, constant),
        st.builds("sa.func.abs({})".format, deeper),
        st.builds("sa.func.length({})".format, word),
        st.builds("sa.cast({}, sa.Integer)".format, deeper),
    )


@cache
def text(sources: Sources, depth: int = 2) -> st.SearchStrategy[str]:
    leaves = column(sources, WORDS)
    if not depth:
        return leaves
    deeper = text(sources, depth - 1)
    constant = st.sampled_from(WORD_LITERALS)
    return st.one_of(
        leaves,
        st.builds("({} + {})".format, deeper, deeper | constant),
        st.builds("({} + {})".format, constant, deeper),
        st.builds("sa.func.{}({})".format, st.sampled_from(("lower", "upper")), deeper),
        st.builds("sa.func.coalesce({}, {})".format, deeper, constant),
        st.builds("sa.cast({}, sa.String(20))".format, number(sources, depth - 1)),
    )


@cache
def truth(sources: Sources, depth: int = 2) -> st.SearchStrategy[str]:
    some, word = number(sources, min(depth, 1)), text(sources, min(depth, 1))
    simple = st.one_of(
        st.builds("({} {} {})".format, some, st.sampled_from(COMPARISONS), some | st.integers(-1, 4).map(str)),
        st.builds("({} {} {})".format, word, st.sampled_from(COMPARISONS), word | st.sampled_from(WORD_LITERALS)),
        st.builds("({} {} None)".format, some | word, st.sampled_from(("==", "!="))),
        st.builds("{}.is_(None)".format, some | word),
        st.builds("{}.in_({!r})".format, some, st.lists(st.integers(0, 4), max_size=3)),
        st.builds("{}.not_in({!r})".format, some, st.lists(st.integers(0, 4), max_size=3)),
        st.builds("{}.between({}, {})".format, some, some, st.integers(0, 4).map(str)),
        st.builds(
            "{}.{}({})".format, word,
            st.sampled_from(("like", "not_like", "ilike", "contains", "startswith", "endswith")),
            st.sampled_from(WORD_LITERALS),
        ),
        st.just("sa.true()"),
        st.just("sa.false()"),
    )  # fmt: skip
    if not depth:
        return simple
    deeper = truth(sources, depth - 1)
    return st.one_of(
        simple,
        st.builds("({} & {})".format, deeper, deeper),
        st.builds("({} | {})".format, deeper, deeper),
        st.builds("(~{})".format, deeper),
        st.builds("sa.{}({}, {}, {})".format, st.sampled_from(("and_", "or_")), deeper, deeper, deeper),
        st.builds("sa.exists().where(i.c.a_id == {}, {})".format, column(sources, NUMBERS), truth((("i", "b"),), 0)),
        st.builds("{}.in_(sa.select(i.c.a_id).where({}))".format, column(sources, NUMBERS), truth((("i", "b"),), 0)),
    )


FROMS: tuple[tuple[list[str], Sources, str], ...] = (
    ([], (("a", "a"),), ""),
    ([], (("b", "b"),), ""),
    ([], (("a", "a"), ("b", "b")), ".join_from(a, b)"),
    ([], (("a", "a"), ("b", "b")), ".select_from(a.outerjoin(b))"),
    (["x = a.alias('x')"], (("a", "a"), ("x", "a")), ".join_from(a, x, a.c.id == x.c.id)"),
    (["x = a.alias()", "y = b.alias()"], (("x", "a"), ("y", "b")), ".join_from(x, y)"),
    (["x = b.alias()", "y = b.alias()"], (("x", "b"), ("y", "b")), ".select_from(x.join(y, x.c.id == y.c.a_id))"),
    (["x = sa.select(a.c.id, a.c.name, a.c.amount).where(a.c.id > 1).subquery()"], (("x", "a"),), ""),
    (["x = sa.select(b).subquery('sub')"], (("a", "a"), ("x", "b")), ".join_from(a, x, a.c.id == x.c.a_id)"),
)


@st.composite
def steps(draw: st.DrawFn) -> list[str]:
    """Steps of one program for the world ``tables``."""
    before, sources, source = draw(st.sampled_from(FROMS))
    plain = draw(st.booleans())
    build = f"q = sa.select({draw(plain_columns(sources) if plain else grouped_columns(sources))}){source}"
    build += "".join(f".where({clause})" for clause in draw(st.lists(truth(sources), max_size=2)))
    if not plain:
        build += f".group_by({draw(column(sources, NUMBERS))})"
        build += draw(st.sampled_from(("", ".having(sa.func.count() > 1)")))
    elif draw(st.booleans()):
        build += ".distinct()"
    build += draw(endings(sources))
    return ["i = b.alias('i')", *before, build, "log.text('text', q)", "log('rows', c.execute(q).all())"]


@cache
def plain_columns(sources: Sources) -> st.SearchStrategy[str]:
    scalar = "sa.select(sa.func.max(i.c.id)).where(i.c.a_id == {}).scalar_subquery()".format
    one = st.one_of(
        number(sources), text(sources), truth(sources, 0),
        st.builds("{}.label({!r})".format, number(sources), st.sampled_from(("n", "id", "select"))),
        st.builds(scalar, column(sources, NUMBERS)),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=4).map(", ".join)


@cache
def grouped_columns(sources: Sources) -> st.SearchStrategy[str]:
    one = st.one_of(
        st.builds("sa.func.{}({})".format, st.sampled_from(("count", "min", "max", "sum")), number(sources, 1)),
        st.just("sa.func.count()"),
        st.builds("sa.func.count({}.distinct()).label('d')".format, column(sources, WORDS)),
        column(sources, NUMBERS),
    )
    return st.lists(one, min_size=1, max_size=3).map(", ".join)


@cache
def endings(sources: Sources) -> st.SearchStrategy[str]:
    order = st.builds(
        ".order_by({}{})".format,
        number(sources, 1) | text(sources, 1),
        st.sampled_from(("", ".desc()", ".asc().nulls_last()")),
    )
    limit = st.sampled_from((".limit(2)", ".limit(3).offset(1)", ".offset(1)"))
    return st.one_of(st.just(""), order, st.builds("{}{}".format, order, limit))
