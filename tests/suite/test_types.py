"""Every type of the library's core goes to the database and comes back the same: NULL, extremes, odd text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cormorant import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    String,
    Table,
    Text,
    bindparam,
    insert,
    literal,
    null,
    select,
    type_coerce,
)
from cormorant.types import TypeDecorator, TypeEngine, UserDefinedType

QUOTED = "it's \"quoted\" `so` back\\slash \\' \\n"
ODD_TEXT = ["", " ", "a", "ünï ☃ 🦜 日本語", QUOTED, "%s %(x)s %% :name ?", "\n\t\r"]
NESTED = {"a": [1, 2.5, {"b": None, "ü": "☃ 🦜"}], "empty": {}, "list": [], "yes": True, "text": QUOTED}


class Fractional(UserDefinedType[dt.datetime]):
    """DATETIME that keeps microseconds where the plain name keeps seconds."""

    cache_ok = True

    def get_col_spec(self, **options: Any) -> str:
        return "DATETIME(6)"


MICROSECONDS = DateTime().with_variant(Fractional(), "mysql", "mariadb")

VALUES: dict[str, tuple[TypeEngine[Any], list[Any]]] = {
    "integer": (Integer(), [0, 1, -1, 2**31 - 1, -(2**31)]),
    "big_integer": (BigInteger(), [0, 2**63 - 1, -(2**63), 2**53 + 1]),
    "string": (String(200), [*ODD_TEXT, "x" * 200]),
    "text": (Text(), [*ODD_TEXT, "é" * 20_000]),
    "boolean": (Boolean(), [True, False]),
    "float": (Float(), [0.0, 1.5, -2.25, 100.125]),
    "double": (Float(53), [0.0, 0.1, 1 / 3, -1e300, 5e-300, 123456789.123456]),
    "numeric": (Numeric(12, 4), [Decimal("0.0000"), Decimal("0.0001"), Decimal("-99999999.9999"), Decimal("12.3400")]),
    "numeric_as_float": (Numeric(10, 2, asdecimal=False), [0.5, 1.25, -12345678.75]),
    "date": (Date(), [dt.date(2026, 2, 28), dt.date(2024, 2, 29), dt.date(1000, 1, 1), dt.date(9999, 12, 31)]),
    "datetime": (DateTime(), [dt.datetime(2026, 11, 21, 10, 9, 8), dt.datetime(1000, 1, 1), dt.datetime(9999, 12, 31)]),
    "microseconds": (
        MICROSECONDS,
        [
            dt.datetime(2026, 11, 21, 10, 9, 8, 123456),
            dt.datetime(2026, 11, 21, 10, 9, 8, 1),
            dt.datetime(1969, 12, 31, 23, 59, 59, 999999),
            dt.datetime(9999, 12, 31, 23, 59, 59, 999999),
        ],
    ),
    "binary": (LargeBinary(), [b"", b"\0", b"\0a\0", bytes(range(256)), b"'\\\"%s" + b"\0" * 1000, b"\xff" * 60_000]),
    "json": (JSON(), [NESTED, [], {}, [NESTED, [NESTED]], "text", "", 0, -1, 1.5, True, False, [None], 2**53]),
}
CASES = [pytest.param(type_, values, id=name) for name, (type_, values) in VALUES.items()]


def same(left: Any, right: Any) -> bool:
    return left == right and type(left) is type(right)


@pytest.fixture
def table(create: Callable[..., Table], request: pytest.FixtureRequest) -> Table:
    type_ = request.node.callspec.params["type_"]
    return create("typed", Column("id", Integer, primary_key=True), Column("x", type_))


@pytest.mark.parametrize(("type_", "values"), CASES)
def test_values_come_back(table: Table, connection: Connection, type_: TypeEngine[Any], values: list[Any]) -> None:
    for number, value in enumerate(values, 1):
        connection.execute(insert(table).values(id=number, x=value))
    found = connection.execute(select(table.c.x).order_by(table.c.id)).scalars().all()
    assert all(map(same, found, values)), found
    assert len(found) == len(values)


@pytest.mark.parametrize(("type_", "values"), CASES)
def test_values_come_back_with_null_among_them(
    table: Table, connection: Connection, type_: TypeEngine[Any], values: list[Any]
) -> None:
    rows = [{"id": number, "x": value} for number, value in enumerate(values, 1)]
    connection.execute(insert(table), rows)
    connection.execute(insert(table).values(id=-1, x=null()))
    found = connection.execute(select(table.c.x).order_by(table.c.id)).scalars().all()
    assert found[0] is None
    assert all(map(same, found[1:], values)), found
    assert connection.execute(select(table.c.id).where(table.c.x.is_(null()))).scalars().all() == [-1]


@pytest.mark.parametrize(("type_", "values"), [case for case in CASES if case.id not in ("json", "float")])
def test_rows_are_found_by_their_values(
    table: Table, connection: Connection, type_: TypeEngine[Any], values: list[Any]
) -> None:
    connection.execute(insert(table), [{"id": number, "x": value} for number, value in enumerate(values, 1)])
    for number, value in enumerate(values, 1):
        found = connection.execute(select(table.c.id).where(table.c.x == value)).scalars().all()
        assert number in found, value
    assert set(connection.scalars(select(table.c.id).where(table.c.x.in_(values)))) == set(range(1, len(values) + 1))


@pytest.mark.parametrize(("type_", "values"), [case for case in CASES if case.id not in ("json",)])
def test_null_is_accepted_and_found(
    table: Table, connection: Connection, type_: TypeEngine[Any], values: list[Any]
) -> None:
    connection.execute(insert(table), [{"id": 1, "x": None}, {"id": 2, "x": values[0]}, {"id": 3, "x": None}])
    assert connection.scalars(select(table.c.x).order_by(table.c.id)).all() == [None, values[0], None]
    assert connection.scalars(select(table.c.id).where(table.c.x == None)).all() == [1, 3]  # noqa: E711
    connection.execute(table.update().where(table.c.id == 2).values(x=None))
    assert connection.scalars(select(table.c.x)).all() == [None] * 3


@pytest.mark.parametrize(("type_", "values"), [case for case in CASES if case.id not in ("json", "binary")])
def test_values_survive_as_bound_literals(
    table: Table, connection: Connection, type_: TypeEngine[Any], values: list[Any]
) -> None:
    connection.execute(insert(table).values(id=1, x=bindparam("given")), {"given": values[-1]})
    assert same(connection.execute(select(table.c.x)).scalar_one(), values[-1])
    unequal = select(literal(1)).where(table.c.x == bindparam("given", type_=type_))
    assert connection.scalar(unequal, {"given": None}) is None


def test_json_null_and_sql_null_differ(create: Callable[..., Table], connection: Connection) -> None:
    table = create(
        "typed",
        Column("id", Integer, primary_key=True),
        Column("x", JSON),
        Column("y", JSON(none_as_null=True)),
    )
    connection.execute(insert(table).values(id=1, x=None, y=None))
    connection.execute(insert(table).values(id=2, x=null(), y=null()))
    connection.execute(insert(table).values(id=3, x=JSON.NULL, y=JSON.NULL))
    x_is_null = select(table.c.id).where(table.c.x.is_(null())).order_by(table.c.id)
    y_is_null = select(table.c.id).where(table.c.y.is_(null())).order_by(table.c.id)
    assert connection.scalars(x_is_null).all() == [2]
    assert connection.scalars(y_is_null).all() == [1, 2]
    assert connection.execute(select(table.c.x, table.c.y)).all() == [(None, None)] * 3


def test_json_elements_are_compared(create: Callable[..., Table], connection: Connection) -> None:
    table = create("typed", Column("id", Integer, primary_key=True), Column("x", JSON))
    document = {"name": "ünï", "n": 5, "inner": {"list": [1, {"deep": "☃"}]}, 'odd"key': "odd", "flag": True}
    connection.execute(insert(table), [{"id": 1, "x": document}, {"id": 2, "x": {"n": 6}}])
    x = table.c.x

    def found(condition: Any) -> list[int]:
        return list(connection.scalars(select(table.c.id).where(condition).order_by(table.c.id)))

    assert found(x["name"].as_string() == "ünï") == [1]
    assert found(x["n"].as_integer() > 4) == [1, 2]
    assert found(x["inner", "list", 1, "deep"].as_string() == "☃") == [1]
    assert found(x['odd"key'].as_string() == "odd") == [1]
    assert found(x["flag"].as_boolean() == True) == [1]  # noqa: E712
    assert connection.execute(select(x["inner"]).where(table.c.id == 1)).scalar_one() == document["inner"]


def test_numeric_of_another_scale_is_rounded_by_the_type(create: Callable[..., Table], connection: Connection) -> None:
    table = create("typed", Column("id", Integer, primary_key=True), Column("x", Numeric(10, 2)))
    connection.execute(insert(table).values(id=1, x=Decimal("12.5")))
    connection.execute(insert(table).values(id=2, x=7))
    found = connection.scalars(select(table.c.x).order_by(table.c.id)).all()
    assert [str(value) for value in found] == ["12.50", "7.00"]


def test_arithmetic_keeps_types(create: Callable[..., Table], connection: Connection) -> None:
    table = create("typed", Column("id", Integer, primary_key=True), Column("x", Numeric(10, 2)), Column("n", Integer))
    connection.execute(insert(table).values(id=1, x=Decimal("12.50"), n=7))
    x, n = table.c.x, table.c.n
    row = connection.execute(select(x + 1, n / 2, n // 2, n % 4, -n, (x * 2).label("twice"))).one()
    assert row[0] == Decimal("13.50")
    assert float(row[1]) == 3.5
    assert row[2:5] == (3, 3, -7)
    assert row.twice == Decimal("25.00")
    assert isinstance(row.twice, Decimal)


class Shouted(TypeDecorator[str]):
    """Text in lower case in the database and in capitals in the program."""

    impl = String(30)
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return None if value is None else value.lower()

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return "NOTHING" if value is None else value.upper()


def test_decorated_types_convert_both_ways(create: Callable[..., Table], connection: Connection) -> None:
    table = create("typed", Column("id", Integer, primary_key=True), Column("x", Shouted))
    connection.execute(insert(table), [{"id": 1, "x": "ABC"}, {"id": 2, "x": None}])
    assert connection.scalars(select(table.c.x).order_by(table.c.id)).all() == ["ABC", "NOTHING"]
    assert connection.exec_driver_sql("SELECT x FROM typed ORDER BY id").scalars().all() == ["abc", None]
    assert connection.scalars(select(table.c.id).where(table.c.x == "Abc")).all() == [1]


def test_type_coerce_reads_another_type(create: Callable[..., Table], connection: Connection) -> None:
    table = create("typed", Column("id", Integer, primary_key=True), Column("x", Text))
    connection.execute(insert(table).values(id=1, x="abc"))
    assert connection.execute(select(type_coerce(table.c.x, Shouted))).scalar_one() == "ABC"
