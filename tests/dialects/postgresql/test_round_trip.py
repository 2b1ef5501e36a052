"""Values of every type, to the server and back, through each driver."""

from __future__ import annotations

import datetime as dt
import enum
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from cormorant import (
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    Interval,
    LargeBinary,
    MetaData,
    Numeric,
    String,
    Table,
    Uuid,
    create_engine,
    insert,
    literal,
    literal_column,
    make_url,
    select,
    text,
    type_coerce,
    update,
)
from cormorant.dialects import postgresql as pg
from cormorant.dialects.postgresql import BitString, MultiRange, Range


class Mood(enum.Enum):
    """Stored by name."""

    sad = 1
    happy = 2


DRIVERS = ("psycopg", "psycopg2")
UTC = dt.UTC
DAY = dt.date(2020, 1, 1)
VALUES: list[tuple[str, Any, Any, Any]] = [
    ("array", pg.ARRAY(Integer), [1, None, 3], [1, None, 3]),
    ("array of arrays", pg.ARRAY(Integer, dimensions=2), [[1, 2], [3, 4]], [[1, 2], [3, 4]]),
    ("array as tuple", pg.ARRAY(String, as_tuple=True), ["a", 'b"c'], ("a", 'b"c')),
    ("array of uuids", pg.ARRAY(Uuid), [uuid.UUID(int=5)], [uuid.UUID(int=5)]),
    ("json", pg.JSON, {"a": [1, None]}, {"a": [1, None]}),
    ("jsonb", pg.JSONB, [{"a": "ü"}], [{"a": "ü"}]),
    ("hstore", pg.HSTORE, {"a": 'b"\\', "c": None}, {"a": 'b"\\', "c": None}),
    ("uuid", pg.UUID, uuid.UUID(int=7), uuid.UUID(int=7)),
    ("uuid as text", pg.UUID(as_uuid=False), str(uuid.UUID(int=7)), str(uuid.UUID(int=7))),
    ("bits", pg.BIT(3), "101", BitString("101")),
    ("varying bits", pg.BIT(varying=True), BitString("10"), BitString("10")),
    ("money", pg.MONEY, "5", "$5.00"),
    ("oid", pg.OID, 7, 7),
    ("citext", pg.CITEXT, "It's", "It's"),
    ("span", pg.INTERVAL(precision=3), dt.timedelta(days=1, seconds=5), dt.timedelta(days=1, seconds=5)),
    ("generic span", Interval, dt.timedelta(seconds=5), dt.timedelta(seconds=5)),
    ("time", pg.TIME(precision=0), dt.time(1, 2, 3), dt.time(1, 2, 3)),
    ("timestamp", DateTime(timezone=True), dt.datetime(2020, 1, 1, tzinfo=UTC), dt.datetime(2020, 1, 1, tzinfo=UTC)),
    ("numeric", Numeric(10, 2), Decimal("1.25"), Decimal("1.25")),
    ("bytes", LargeBinary, b"\x00\xff", b"\x00\xff"),
    ("mood", pg.ENUM(Mood, name="mood"), Mood.happy, Mood.happy),
    ("moods", pg.ARRAY(pg.ENUM(Mood, name="mood")), [Mood.happy, None, Mood.sad], [Mood.happy, None, Mood.sad]),
    ("int4range", pg.INT4RANGE, Range(1, 5, bounds="[]"), Range(1, 6)),
    ("int8range", pg.INT8RANGE, Range(2**40, None), Range(2**40, None)),
    ("empty", pg.INT4RANGE, Range(1, 1), Range(empty=True)),
    ("numrange", pg.NUMRANGE, Range(Decimal("1.5"), None, bounds="()"), Range(Decimal("1.5"), None, bounds="()")),
    ("daterange", pg.DATERANGE, Range(DAY, None), Range(DAY, None)),
    ("tsrange", pg.TSRANGE, Range(None, dt.datetime(2020, 1, 1)), Range(None, dt.datetime(2020, 1, 1))),
]


@pytest.fixture(params=DRIVERS)
def connection(request: pytest.FixtureRequest, postgresql_url: str) -> Iterator[Connection]:
    url = make_url(postgresql_url)
    first = create_engine(url)
    with first.begin() as setup:
        for name in ("hstore", "citext"):
            setup.execute(text(f"CREATE EXTENSION IF NOT EXISTS {name}"))
    first.dispose()
    engine = create_engine(url.set(drivername=f"postgresql+{request.param}"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("type_", "value", "expected"), [case[1:] for case in VALUES], ids=[case[0] for case in VALUES]
)
def test_values_come_back(connection: Connection, type_: Any, value: Any, expected: Any) -> None:
    table = Table("round_trip", MetaData(), Column("id", Integer, primary_key=True), Column("x", type_))
    table.metadata.create_all(connection)
    connection.execute(insert(table), [{"id": 1, "x": value}, {"id": 2, "x": None}])
    found = connection.scalars(select(table.c.x).order_by(table.c.id)).all()
    assert found == [expected, None] or (found == [expected, found[1]] and isinstance(table.c.x.type, pg.JSON))
    assert type(found[0]) is type(expected)


def test_fractions_of_other_types(connection: Connection) -> None:
    def read(source: str, type_: Any) -> Any:
        return connection.scalar(select(type_coerce(literal_column(source), type_)))

    assert repr(read("1.5::float8", Numeric(10, 2))) == "Decimal('1.50')"
    assert repr(read("2.5::numeric", Numeric(10, 2))) == "Decimal('2.5')"
    assert repr(read("3", Numeric)) == "3"
    assert repr(read("3", Numeric(asdecimal=False))) == "3.0"
    assert repr(read("0.5::float4", Float(asdecimal=True))) == "Decimal('0.5000000000')"


def test_a_sign_hides_no_name(connection: Connection) -> None:
    table = Table("signs", MetaData(), Column("id", Integer, primary_key=True), Column("n", Integer))
    table.create(connection)
    assert list(connection.execute(select(table.c.id, -table.c.n, -table.alias().c.n)).keys()) == ["id", "n", "n"]


def test_multiranges(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    table = Table("many_ranges", MetaData(), Column("x", pg.INT4MULTIRANGE), Column("d", pg.DATEMULTIRANGE))
    with engine.connect() as connection:
        table.create(connection)
        connection.execute(insert(table), {"x": [Range(1, 3), Range(5, 7)], "d": MultiRange([Range(DAY, None)])})
        found = connection.execute(select(table)).one()
        assert found == ([Range(1, 3), Range(5, 7)], [Range(DAY, None)])
        assert isinstance(found.x, MultiRange)
        assert connection.scalar(select(table.c.x.contains(5))) is True
    engine.dispose()


def test_parts_of_columns_are_set(connection: Connection) -> None:
    table = Table("parts", MetaData(), Column("a", pg.ARRAY(Integer)), Column("b", pg.JSONB), Column("d", Date))
    table.create(connection)
    connection.execute(insert(table), {"a": [1, 2, 3], "b": {"x": {"y": 1}}})
    connection.execute(update(table).values({table.c.a[2]: 9, table.c.b["x"]["y"]: [5], table.c.d: DAY}))
    assert connection.execute(select(table)).one() == ([1, 9, 3], {"x": {"y": [5]}}, DAY)


def test_operators_on_the_server(connection: Connection) -> None:
    table = Table("asked", MetaData(), Column("a", pg.ARRAY(Integer)), Column("b", pg.JSONB), Column("r", pg.INT4RANGE))
    table.create(connection)
    connection.execute(insert(table), {"a": [1, 2], "b": {"k": {"n": 5}}, "r": Range(1, 5)})
    asked = [
        table.c.a.contains([1]),
        table.c.a.overlap([2, 9]),
        table.c.b.has_key("k"),
        table.c.b.contains({"k": {"n": 5}}),
        table.c.b["k"]["n"].as_integer() == 5,
        table.c.b.path_exists("$.k.n"),
        table.c.r.contains(3),
        table.c.r.overlaps(Range(4, 9)),
        table.c.r == Range(1, 4, bounds="[]"),
    ]
    assert list(connection.execute(select(*asked)).one()) == [True] * len(asked)


def test_read_only_transactions(connection: Connection) -> None:
    connection.rollback()
    connection.execution_options(isolation_level="SERIALIZABLE", postgresql_readonly=True, postgresql_deferrable=True)
    shown = [connection.scalar(text(f"SHOW transaction_{name}")) for name in ("read_only", "deferrable", "isolation")]
    assert shown == ["on", "on", "serializable"]
    connection.close()
    with connection.engine.connect() as other:
        assert other.scalar(text("SHOW transaction_read_only")) == "off"


def test_streams(connection: Connection) -> None:
    result = connection.execution_options(stream_results=True).execute(text("SELECT generate_series(1, 5) AS n"))
    assert result.keys() == ["n"]
    assert result.fetchmany(2) == [(1,), (2,)]
    assert result.scalars().all() == [3, 4, 5]


def test_array_of_documents_that_are_lists(postgresql_url: str) -> None:
    value: list[Any] = [{"a": 1}, [1, 2], None]
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.scalar(select(literal(value, pg.ARRAY(pg.JSONB)))) == value
        flat = pg.ARRAY(pg.JSONB, dimensions=1)
        assert connection.scalar(select(literal([[1], {"b": None}], flat))) == [[1], {"b": None}]
    engine.dispose()
