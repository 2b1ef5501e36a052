"""SELECT in all its parts, with the rows it gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from cormorant import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    String,
    Table,
    and_,
    between,
    bindparam,
    case,
    cast,
    distinct,
    except_,
    exists,
    extract,
    false,
    func,
    insert,
    intersect,
    literal,
    literal_column,
    not_,
    null,
    or_,
    select,
    true,
    tuple_,
    union,
    union_all,
)
from cormorant.exc import CompileError


class World(NamedTuple):
    connection: Connection
    person: Table
    town: Table

    def column(self, statement: Any, **parameters: Any) -> list[Any]:
        """The first column of the rows, in their order."""
        return list(self.connection.execute(statement, parameters).scalars())

    def rows(self, statement: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(statement)]


TOWNS = [(1, "Bern", "CH"), (2, "Oslo", "NO"), (3, "Nowhere", None)]
PEOPLE = [(1, "ann", 30, 1), (2, "bob", 25, 1), (3, "cid", 41, 2), (4, "dee", None, None), (5, "eve", 25, 2)]


@pytest.fixture
def world(create: Callable[..., Table], connection: Connection) -> World:
    town = create(
        "town", Column("id", Integer, primary_key=True), Column("name", String(20)), Column("country", String(2))
    )
    person = create(
        "person",
        Column("id", Integer, primary_key=True),
        Column("name", String(20)),
        Column("age", Integer),
        Column("town_id", Integer, ForeignKey("town.id")),
    )
    connection.execute(insert(town), [dict(zip(("id", "name", "country"), row, strict=True)) for row in TOWNS])
    connection.execute(
        insert(person), [dict(zip(("id", "name", "age", "town_id"), row, strict=True)) for row in PEOPLE]
    )
    return World(connection, person, town)


def test_columns_tables_and_labels(world: World) -> None:
    p = world.person
    assert world.rows(select(p.c.name, (p.c.age + 1).label("next")).where(p.c.id == 1)) == [("ann", 31)]
    assert world.rows(select(p).where(p.c.id == 4)) == [(4, "dee", None, None)]
    assert world.rows(select(p.c["name", "id"]).where(p.c.id == 4)) == [("dee", 4)]
    assert world.column(select(literal("x"))) == ["x"]
    assert world.column(select(literal_column("1 + 1"))) == [2]


CONDITIONS: dict[str, tuple[Callable[[Any], Any], list[int]]] = {
    "equal": (lambda c: c.name == "bob", [2]),
    "unequal": (lambda c: c.name != "bob", [1, 3, 4, 5]),
    "less": (lambda c: c.age < 30, [2, 5]),
    "and": (lambda c: and_(c.age == 25, c.town_id == 2), [5]),
    "or": (lambda c: or_(c.age == 41, c.id == 1), [1, 3]),
    "operators": (lambda c: (c.age > 24) & ~(c.name == "bob") | (c.id == 4), [1, 3, 4, 5]),
    "not": (lambda c: not_(c.age > 26), [2, 5]),
    "is null": (lambda c: c.age.is_(None), [4]),
    "is not null": (lambda c: c.age.is_not(None), [1, 2, 3, 5]),
    "== None": (lambda c: c.age == None, [4]),  # noqa: E711
    "null()": (lambda c: c.age == null(), [4]),
    "between": (lambda c: between(c.age, 25, 30), [1, 2, 5]),
    "not between": (lambda c: ~c.age.between(25, 30), [3]),
    "like": (lambda c: c.name.like("%e%"), [4, 5]),
    "not like": (lambda c: c.name.not_like("%e%"), [1, 2, 3]),
    "ilike": (lambda c: c.name.ilike("B_B"), [2]),
    "startswith": (lambda c: c.name.startswith("a"), [1]),
    "endswith": (lambda c: c.name.endswith("e"), [4, 5]),
    "contains": (lambda c: c.name.contains("i"), [3]),
    "autoescape": (lambda c: c.name.contains("%", autoescape=True), []),
    "in": (lambda c: c.id.in_([1, 3, 9]), [1, 3]),
    "not in": (lambda c: c.id.not_in([1, 3, 9]), [2, 4, 5]),
    "in nothing": (lambda c: c.id.in_([]), []),
    "not in nothing": (lambda c: c.id.not_in([]), [1, 2, 3, 4, 5]),
    "in a thousand": (lambda c: c.id.in_(range(3, 1003)), [3, 4, 5]),
    "not in a thousand": (lambda c: c.id.not_in(range(3, 1003)), [1, 2]),
    "in texts": (lambda c: c.name.in_(["ann", "it's", 'q"', "%"]), [1]),
    "in tuples": (lambda c: tuple_(c.name, c.age).in_([("ann", 30), ("bob", 1)]), [1]),
    "in no tuples": (lambda c: tuple_(c.name, c.age).in_([]), []),
    "true": (lambda c: true(), [1, 2, 3, 4, 5]),
    "false": (lambda c: false(), []),
    "and of nothing": (lambda c: and_(true()), [1, 2, 3, 4, 5]),
    "false in or": (lambda c: or_(false(), c.id == 1), [1]),
    "arithmetic": (lambda c: (c.age * 2 - 10) % 7 == 1, [1]),
    "concatenation": (lambda c: c.name + "!" == "ann!", [1]),
    "distinct from": (lambda c: c.age.is_distinct_from(25), [1, 3, 4]),
    "not distinct from": (lambda c: c.age.is_not_distinct_from(None), [4]),
    "function": (lambda c: func.upper(c.name) == "EVE", [5]),
    "cast": (lambda c: cast(c.id, String(5)) == "3", [3]),
    "case": (lambda c: case((c.age > 40, "old"), (c.age.is_(None), "?"), else_="young") == "old", [3]),
    "case by value": (lambda c: case({"ann": 1, "bob": 2}, value=c.name, else_=0) == 2, [2]),
    "coalesce": (lambda c: func.coalesce(c.age, 0) == 0, [4]),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_conditions(world: World, name: str) -> None:
    make, expected = CONDITIONS[name]
    p = world.person
    assert world.column(select(p.c.id).where(make(p.c)).order_by(p.c.id)) == expected


def test_in_lists_of_changing_length_share_a_statement(world: World) -> None:
    p = world.person
    for ids in ([1], [], [1, 2], [5, 4, 3], [], [2] * 50):
        assert world.column(select(p.c.id).where(p.c.id.in_(ids)).order_by(p.c.id)) == sorted(set(ids))


def test_in_with_a_parameter(world: World) -> None:
    p = world.person
    statement = select(p.c.id).where(p.c.id.in_(bindparam("ids", expanding=True))).order_by(p.c.id)
    assert world.column(statement, ids=[1, 2]) == [1, 2]
    assert world.column(statement, ids=[]) == []
    assert world.column(statement, ids=list(range(2, 1002))) == [2, 3, 4, 5]


def test_in_a_select(world: World) -> None:
    p, t = world.person, world.town
    inner = select(t.c.id).where(t.c.country == "NO")
    assert world.column(select(p.c.id).where(p.c.town_id.in_(inner)).order_by(p.c.id)) == [3, 5]
    assert world.column(select(p.c.id).where(p.c.town_id.not_in(inner)).order_by(p.c.id)) == [1, 2]


def test_order(world: World) -> None:
    p = world.person
    assert world.column(select(p.c.id).order_by(p.c.age.is_(None), p.c.age.desc(), p.c.name)) == [3, 1, 2, 5, 4]
    assert world.column(select(p.c.id).order_by(p.c.id.desc())) == [5, 4, 3, 2, 1]
    label = func.length(p.c.name).label("size")
    assert world.column(select(p.c.id, label).order_by("size", p.c.id)) == [1, 2, 3, 4, 5]
    assert world.column(select(p.c.id).order_by(p.c.id.desc()).order_by(None).order_by(p.c.id)) == [1, 2, 3, 4, 5]


def test_limit_and_offset(world: World) -> None:
    p = world.person
    ordered = select(p.c.id).order_by(p.c.id)
    assert world.column(ordered.limit(2)) == [1, 2]
    assert world.column(ordered.limit(2).offset(3)) == [4, 5]
    assert world.column(ordered.offset(3)) == [4, 5]
    assert world.column(ordered.limit(0)) == []
    assert world.column(ordered.slice(1, 3)) == [2, 3]
    assert world.column(ordered.limit(bindparam("n")), n=1) == [1]


def test_distinct(world: World) -> None:
    p = world.person
    assert world.column(select(p.c.age).where(p.c.age < 40).distinct().order_by(p.c.age)) == [25, 30]
    assert world.column(select(func.count(distinct(p.c.age)))) == [3]


def test_groups(world: World) -> None:
    p = world.person
    grouped = select(p.c.town_id, func.count(), func.max(p.c.age)).where(p.c.town_id.is_not(None))
    grouped = grouped.group_by(p.c.town_id).order_by(p.c.town_id)
    assert world.rows(grouped) == [(1, 2, 30), (2, 2, 41)]
    assert world.rows(grouped.having(func.max(p.c.age) > 35)) == [(2, 2, 41)]
    assert world.column(select(func.count()).select_from(p)) == [5]
    assert world.column(select(func.sum(p.c.age))) == [121]
    assert world.column(select(func.sum(p.c.age)).where(p.c.id == 9)) == [None]


def test_joins(world: World) -> None:
    p, t = world.person, world.town
    names = select(p.c.name, t.c.name).order_by(p.c.id)
    inner = [("ann", "Bern"), ("bob", "Bern"), ("cid", "Oslo"), ("eve", "Oslo")]
    assert world.rows(names.join_from(p, t)) == inner
    assert world.rows(names.select_from(p.join(t, p.c.town_id == t.c.id))) == inner
    outer = world.rows(names.join_from(p, t, isouter=True))
    assert outer[3] == ("dee", None)
    assert world.rows(names.where(p.c.town_id == t.c.id)) == inner
    empty = select(t.c.name).outerjoin_from(t, p).where(p.c.id.is_(None))
    assert world.column(empty) == ["Nowhere"]


def test_aliases(world: World) -> None:
    a, b = world.person.alias("a"), world.person.alias("b")
    pairs = select(a.c.id, b.c.id).join_from(a, b, and_(a.c.age == b.c.age, a.c.id < b.c.id))
    assert world.rows(pairs) == [(2, 5)]
    x, y = world.person.alias(), world.person.alias()
    anonymous = select(x.c.id, y.c.id).where(x.c.age == y.c.age, x.c.id < y.c.id)
    assert world.rows(anonymous) == [(2, 5)]


def test_subqueries(world: World) -> None:
    p, t = world.person, world.town
    counts = select(p.c.town_id, func.count().label("n")).group_by(p.c.town_id).subquery()
    joined = select(t.c.name, counts.c.n).join_from(t, counts, counts.c.town_id == t.c.id).order_by(t.c.id)
    assert world.rows(joined) == [("Bern", 2), ("Oslo", 2)]
    oldest = select(func.max(p.c.age)).scalar_subquery()
    assert world.column(select(p.c.id).where(p.c.age == oldest)) == [3]
    correlated = select(func.count()).where(p.c.town_id == t.c.id).scalar_subquery()
    assert world.rows(select(t.c.id, correlated.label("n")).order_by(t.c.id)) == [(1, 2), (2, 2), (3, 0)]


def test_exists(world: World) -> None:
    p, t = world.person, world.town
    inhabited = exists().where(p.c.town_id == t.c.id)
    assert world.column(select(t.c.id).where(inhabited).order_by(t.c.id)) == [1, 2]
    assert world.column(select(t.c.id).where(~inhabited)) == [3]
    assert bool(world.column(select(exists(select(p.c.id).where(p.c.id == 1))))[0])


def test_common_table_expressions(world: World) -> None:
    p = world.person
    young = select(p.c.id, p.c.name).where(p.c.age < 30).cte("young")
    assert world.column(select(young.c.name).order_by(young.c.name)) == ["bob", "eve"]
    numbers = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < 5))
    assert world.column(select(numbers.c.n).order_by(numbers.c.n)) == [1, 2, 3, 4, 5]


def test_set_operations(world: World) -> None:
    p = world.person
    first, second = select(p.c.id).where(p.c.id < 3), select(p.c.id).where(p.c.id.in_([2, 3]))
    assert sorted(world.column(union(first, second))) == [1, 2, 3]
    assert sorted(world.column(union_all(first, second))) == [1, 2, 2, 3]
    assert world.column(intersect(first, second)) == [2]
    assert world.column(except_(first, second)) == [1]
    both = union(first, second).subquery()
    assert world.column(select(both.c.id).order_by(both.c.id.desc()).limit(1)) == [3]
    assert world.column(first.union(second).order_by("id").limit(2)) == [1, 2]


def test_window_functions(world: World) -> None:
    p = world.person
    rank = func.row_number().over(partition_by=p.c.town_id, order_by=p.c.id).label("rank")
    assert world.rows(select(p.c.id, rank).where(p.c.town_id == 2).order_by(p.c.id)) == [(3, 1), (5, 2)]


def test_extract(world: World) -> None:
    day = func.current_date()
    assert world.column(select(extract("year", day)))[0] >= 2024


def test_for_update(world: World) -> None:
    p = world.person
    locked = select(p.c.id).where(p.c.id == 1).with_for_update()
    assert world.column(locked) == [1]


def test_text_of_a_select_has_the_dialects_placeholders(world: World, engine: Engine) -> None:
    p = world.person
    compiled = select(p.c.id).where(p.c.name == "ann").compile(engine)
    placeholder = {"qmark": "?", "format": "%s", "pyformat": "%(name_1)s", "numeric_dollar": "$1"}[
        engine.dialect.paramstyle
    ]
    assert placeholder in str(compiled)
    assert compiled.params == {"name_1": "ann"}


def test_order_by_unknown_text_is_refused(world: World) -> None:
    with pytest.raises(CompileError, match="nothing; drop"):
        world.column(select(world.person.c.id).order_by("nothing; drop"))
