"""DATE, TIME, DATETIME and JSONB: formats, expressions that read them back, names, round trips."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import Any

import pytest

from cormorant import TIMESTAMP, Column, Date, DateTime, Integer, MetaData, Table, create_engine, insert, select
from cormorant.dialects import postgresql, sqlite
from cormorant.exc import StatementError, UnsupportedCompilationError

DIALECT = sqlite.dialect()
MOMENT = dt.datetime(2021, 3, 4, 5, 6, 7, 891)
SLASHES = "%(year)04d/%(month)02d/%(day)02d %(hour)02d:%(minute)02d:%(second)02d"


def bound(type_: Any, value: Any) -> Any:
    return type_.bind_processor(DIALECT)(value)


def read(type_: Any, text: Any) -> Any:
    return type_.result_processor(DIALECT, None)(text)


@pytest.mark.parametrize(
    ("type_", "value", "text"),
    [
        (sqlite.DATETIME(), MOMENT, "2021-03-04 05:06:07.000891"),
        (sqlite.DATETIME(), MOMENT.date(), "2021-03-04 00:00:00.000000"),
        (sqlite.DATETIME(truncate_microseconds=True), MOMENT, "2021-03-04 05:06:07"),
        (sqlite.DATETIME(storage_format=SLASHES), MOMENT, "2021/03/04 05:06:07"),
        (sqlite.DATE(), MOMENT.date(), "2021-03-04"),
        (sqlite.DATE("%(month)02d/%(day)02d/%(year)04d"), MOMENT.date(), "03/04/2021"),
        (sqlite.TIME(), MOMENT.time(), "05:06:07.000891"),
        (sqlite.TIME(truncate_microseconds=True), MOMENT.time(), "05:06:07"),
        (sqlite.TIME(storage_format="%(hour)02d-%(minute)02d"), MOMENT.time(), "05-06"),
        (sqlite.DATETIME(storage_format=SLASHES), None, None),
    ],
)
def test_writing(type_: Any, value: Any, text: str | None) -> None:
    assert bound(type_, value) == text
    if text is not None:
        assert type_.literal_processor(DIALECT)(value) == f"'{text}'"


def test_reading() -> None:
    by_order = sqlite.DATETIME(storage_format=SLASHES, regexp=r"(\d+)/(\d+)/(\d+) (\d+):(\d+):(\d+)")
    assert read(by_order, "2021/03/04 05:06:07") == dt.datetime(2021, 3, 4, 5, 6, 7)
    by_name = sqlite.DATE(regexp=r"(?P<month>\d+)/(?P<day>\d+)/(?P<year>\d+)")
    assert read(by_name, "03/04/2021") == dt.date(2021, 3, 4)
    assert read(sqlite.TIME(regexp=r"(\d+)-(\d+)-(\d+)"), "05-06-07") == dt.time(5, 6, 7)
    assert read(sqlite.DATE("%(year)04d%(month)02d%(day)02d"), "20210304") == dt.date(2021, 3, 4)
    assert read(by_order, None) is None


def test_what_cannot_be_read() -> None:
    type_ = sqlite.DATETIME(regexp=r"(\d+)/(\d+)/(\d+)")
    with pytest.raises(ValueError, match="Couldn't parse datetime string: 'x'"):
        read(type_, "x")
    with pytest.raises(ValueError, match="Couldn't parse datetime string '5' - value is not a string"):
        read(type_, 5)


@pytest.mark.parametrize("type_", [sqlite.DATETIME(storage_format=SLASHES), sqlite.DATE("x"), sqlite.TIME()])
def test_what_cannot_be_written(type_: Any) -> None:
    with pytest.raises(TypeError, match="type only accepts Python"):
        bound(type_, "2021-03-04")


def test_one_format_only() -> None:
    with pytest.raises(AssertionError, match="only one of truncate_microseconds or storage_format"):
        sqlite.TIME(storage_format="%(hour)02d", truncate_microseconds=True)


def test_names_and_structure() -> None:
    digits = sqlite.DATE("%(year)04d%(month)02d%(day)02d")
    assert (digits.compile(dialect=DIALECT), str(digits), repr(digits)) == ("DATE_CHAR", "DATE", "DATE()")
    assert sqlite.DATETIME(storage_format=SLASHES).compile(dialect=DIALECT) == "DATETIME"
    assert digits.key != sqlite.DATE().key
    assert isinstance(digits.as_generic(), Date)
    assert isinstance(sqlite.DATETIME().as_generic(), DateTime)
    assert sqlite.JSONB().compile(dialect=DIALECT) == "JSONB"
    with pytest.raises(UnsupportedCompilationError):
        sqlite.JSONB().compile(dialect=postgresql.dialect())


def test_round_trips() -> None:
    table = Table(
        "t",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("short", sqlite.DATETIME(truncate_microseconds=True)),
        Column("day", sqlite.DATE("%(year)04d%(month)02d%(day)02d", r"(\d{4})(\d\d)(\d\d)")),
        Column("at", sqlite.TIME),
        Column("document", sqlite.JSON),
    )
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        table.create(connection)
        values = {"short": MOMENT, "day": MOMENT.date(), "at": MOMENT.time(), "document": {"a": ["b", None]}}
        connection.execute(insert(table), values)
        expected = (1, MOMENT.replace(microsecond=0), MOMENT.date(), MOMENT.time(), {"a": ["b", None]})
        assert tuple(connection.execute(select(table)).one()) == expected
        assert connection.scalars(select(table.c.id).where(table.c.day == MOMENT.date())).all() == [1]
        stored = connection.exec_driver_sql("SELECT short, day FROM t").one()
        assert tuple(stored) == ("2021-03-04 05:06:07", "20210304")
        with pytest.raises(StatementError, match="type only accepts Python date objects"):
            connection.execute(insert(table), {"day": "today"})


def test_binary_documents() -> None:
    table = Table("t", MetaData(), Column("document", sqlite.JSONB))
    assert str(insert(table).compile(dialect=DIALECT)) == "INSERT INTO t (document) VALUES (jsonb(?))"
    assert str(select(table).compile(dialect=DIALECT)) == "SELECT json(t.document) AS document \nFROM t"
    if sqlite3.sqlite_version_info < (3, 45):
        return
    with create_engine("sqlite://").connect() as connection:
        table.create(connection)
        connection.execute(insert(table), {"document": {"a": ["b", None]}})
        assert connection.scalar(select(table.c.document)) == {"a": ["b", None]}
        assert connection.exec_driver_sql("SELECT typeof(document) FROM t").scalar() == "blob"


def test_dates_of_the_driver() -> None:
    table = Table("t", MetaData(), Column("day", Date), Column("at", TIMESTAMP))
    connect_args = {"detect_types": sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES}
    engine = create_engine("sqlite://", native_datetime=True, connect_args=connect_args)
    with engine.connect() as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr("warnings.warn", lambda *args, **kw: None)  # Python's own converters are deprecated
        table.create(connection)
        connection.execute(insert(table), {"day": MOMENT.date(), "at": MOMENT})
        assert tuple(connection.execute(select(table)).one()) == (MOMENT.date(), MOMENT)
    engine.dispose()
