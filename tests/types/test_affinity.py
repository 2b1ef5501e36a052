"""The affinity of types, as tools that compare schemas ask for it."""

from __future__ import annotations

from typing import Any

import pytest

from cormorant import BigInteger, DateTime, Double, Enum, Float, Integer, LargeBinary, Numeric, String, Text, Uuid
from cormorant.dialects import mysql
from cormorant.types import TypeDecorator, UserDefinedType


class Upper(TypeDecorator[str]):
    impl = Text
    cache_ok = True


class Point(UserDefinedType[Any]):
    cache_ok = True


@pytest.mark.parametrize(
    ("type_", "affinity"),
    [
        (BigInteger(), Integer),
        (mysql.TINYINT(1), Integer),
        (Text(), String),
        (Enum("a"), String),
        (mysql.LONGTEXT(), String),
        (Numeric(), Numeric),
        (Double(), Float),
        (mysql.DATETIME(fsp=3), DateTime),
        (Uuid(), Uuid),
        (Upper(), String),
        (Point(), Point),
        (mysql.BIT(), mysql.BIT),
    ],
)
def test_affinity(type_: Any, affinity: Any) -> None:
    assert type_._type_affinity is affinity


def test_comparison() -> None:
    assert Integer()._compare_type_affinity(BigInteger())
    assert LargeBinary()._compare_type_affinity(mysql.LONGBLOB())
    assert not String()._compare_type_affinity(Integer())
