"""Values of the types of MySQL on their way to the driver and back, and what types refuse."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any

import pytest

from cormorant import Enum, Integer, LargeBinary, String, cast, column, select
from cormorant.dialects import mysql as m
from cormorant.dialects import sqlite
from cormorant.exc import ArgumentError, CompileError, SAWarning, UnsupportedCompilationError

DIALECT = m.dialect()


class Colour(enum.Enum):
    red = 1
    green = 2


@pytest.mark.parametrize(
    ("value", "bound"), [(None, None), ({"a"}, "a"), (["a", "c"], "a,c"), ("a,b", "a,b"), (3, 3), (set[str](), "")]
)
def test_set_binds_text(value: Any, bound: Any) -> None:
    assert m.SET("a", "b", "c").bind_processor(DIALECT)(value) == bound


@pytest.mark.parametrize(
    ("value", "bound"), [(None, None), ({"a"}, 1), (["a", "c"], 5), ("a,b", "a,b"), (set[str](), 0)]
)
def test_set_binds_number(value: Any, bound: Any) -> None:
    assert m.SET("a", "b", "c", retrieve_as_bitwise=True).bind_processor(DIALECT)(value) == bound


def test_set_reads() -> None:
    by_text = m.SET("a", "b").result_processor(DIALECT, None)
    assert [by_text(value) for value in (None, "a,b", "", {"a"})] == [None, {"a", "b"}, set(), {"a"}]
    by_number = m.SET("", "a", retrieve_as_bitwise=True).result_processor(DIALECT, None)
    assert [by_number(value) for value in (None, 3, 0)] == [None, {"", "a"}, set()]


def test_set_selects_its_number() -> None:
    text = str(select(column("q", m.SET("a", retrieve_as_bitwise=True))).compile(dialect=DIALECT))
    assert text.startswith("SELECT q + %s AS q")


def test_set_literals() -> None:
    written = m.SET("a", "b").literal_processor(DIALECT)
    assert written is not None
    assert [written(value) for value in ({"a"}, "a,b", 3)] == ["'a'", "'a,b'", "3"]


def test_set_keeps_its_arguments() -> None:
    copied = m.SET("a", "b", charset="utf8", retrieve_as_bitwise=True).copy()
    assert repr(copied) == "SET('a', 'b', charset='utf8', retrieve_as_bitwise=True)"
    assert m.SET("a").key != m.SET("b").key


def test_set_refuses_the_empty_string() -> None:
    with pytest.raises(ArgumentError, match="Can't use the blank value ''"):
        m.SET("", "a")


def test_enum_of_an_enumeration() -> None:
    type_ = m.ENUM(Colour)
    assert type_.compile(dialect=DIALECT) == "ENUM('red','green')"
    assert type_.bind_conversion(DIALECT).function(Colour.red) == "red"  # type: ignore[union-attr]
    assert type_.result_conversion(DIALECT).function("green") is Colour.green  # type: ignore[union-attr]
    assert repr(type_.as_generic()) == "Enum('red', 'green', name='colour')"


def test_enum_keeps_its_character_set() -> None:
    assert m.ENUM("a", charset="utf8").copy().charset == "utf8"
    assert m.ENUM("a", charset="utf8").key != m.ENUM("a").key


@pytest.mark.parametrize(("value", "read"), [(None, None), (b"\x01", 1), (b"\x01\x02", 258), (b"", 0), (5, 5)])
def test_bit_reads_a_number(value: Any, read: Any) -> None:
    assert m.BIT(8).result_processor(DIALECT, None)(value) == read


def test_time_reads_a_time_of_day() -> None:
    read = m.TIME(fsp=6).result_processor(DIALECT, None)
    assert read is not None
    assert read(dt.timedelta(hours=3, microseconds=5)) == dt.time(3, 0, 0, 5)


@pytest.mark.parametrize(
    ("type_", "generic"),
    [
        (m.TINYINT(1), Integer),
        (m.MEDIUMTEXT(), String),
        (m.LONGBLOB(), LargeBinary),
        (m.VARBINARY(3), LargeBinary),
        (m.ENUM("a"), Enum),
    ],
)
def test_generic_types(type_: Any, generic: Any) -> None:
    assert type(type_.as_generic()) is generic


def test_types_without_generic_one() -> None:
    with pytest.raises(NotImplementedError, match=r"unsuccessful for .*BIT. A custom as_generic"):
        m.BIT().as_generic()


def test_other_databases_refuse() -> None:
    assert str(m.MEDIUMINT(5)) == "MEDIUMINT"
    with pytest.raises(UnsupportedCompilationError):
        m.MEDIUMINT(5).compile(dialect=sqlite.dialect())


@pytest.mark.parametrize("make", [m.VARCHAR, m.NVARCHAR, m.VARBINARY])
def test_lengths_that_are_required(make: Any) -> None:
    with pytest.raises(CompileError, match="requires a length on dialect mysql"):
        make().compile(dialect=DIALECT)


@pytest.mark.parametrize("make", [m.DOUBLE, m.REAL])
def test_precision_and_scale_come_together(make: Any) -> None:
    with pytest.raises(ArgumentError, match="both precision and scale"):
        make(10)


def test_casts_that_are_left_out() -> None:
    with pytest.warns(SAWarning, match=r"Datatype YEAR does not support CAST on MySQL/MariaDb"):
        assert str(cast(column("x"), m.YEAR).compile(dialect=DIALECT)) == "x"
