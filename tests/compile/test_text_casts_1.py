"""The text of CAST."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cormorant.sql import cast, select
from cormorant.types import (
    ARRAY,
    BIGINT,
    BINARY,
    BLOB,
    BOOLEAN,
    CHAR,
    CLOB,
    DATE,
    DATETIME,
    DECIMAL,
    DOUBLE,
    DOUBLE_PRECISION,
    FLOAT,
    INT,
    INTEGER,
    JSON,
    NCHAR,
    NUMERIC,
    NVARCHAR,
    REAL,
    SMALLINT,
    TEXT,
    TIME,
    TIMESTAMP,
    UUID,
    VARBINARY,
    VARCHAR,
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Enum,
    Float,
    Integer,
    Interval,
    LargeBinary,
    Numeric,
    PickleType,
    SmallInteger,
    String,
    Text,
    Time,
    Unicode,
    UnicodeText,
    Uuid,
)
from tests.compile.tables import u

CASES: list[tuple[Callable[[], Any], str]] = [
    (
        lambda: select(cast(u.c.id, String)),
        "SELECT CAST(u.id AS VARCHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Numeric(10, 2))),
        "SELECT CAST(u.id AS NUMERIC(10, 2)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Text).label("t")),
        "SELECT CAST(u.id AS TEXT) AS t \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Integer())),
        "SELECT CAST(u.id AS INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BigInteger())),
        "SELECT CAST(u.id AS BIGINT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, SmallInteger())),
        "SELECT CAST(u.id AS SMALLINT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, String(5))),
        "SELECT CAST(u.id AS VARCHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Text())),
        "SELECT CAST(u.id AS TEXT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Unicode(5))),
        "SELECT CAST(u.id AS VARCHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, UnicodeText())),
        "SELECT CAST(u.id AS TEXT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Boolean())),
        "SELECT CAST(u.id AS BOOLEAN) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Float())),
        "SELECT CAST(u.id AS FLOAT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Float(20))),
        "SELECT CAST(u.id AS FLOAT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Float(53))),
        "SELECT CAST(u.id AS FLOAT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Double())),
        "SELECT CAST(u.id AS DOUBLE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Numeric())),
        "SELECT CAST(u.id AS NUMERIC) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Numeric(10))),
        "SELECT CAST(u.id AS NUMERIC(10)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Numeric(10, 2))),
        "SELECT CAST(u.id AS NUMERIC(10, 2)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Date())),
        "SELECT CAST(u.id AS DATE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DateTime())),
        "SELECT CAST(u.id AS DATETIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DateTime(timezone=True))),
        "SELECT CAST(u.id AS DATETIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Time())),
        "SELECT CAST(u.id AS TIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Time(timezone=True))),
        "SELECT CAST(u.id AS TIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, LargeBinary())),
        "SELECT CAST(u.id AS BLOB) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, LargeBinary(10))),
        "SELECT CAST(u.id AS BLOB) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, JSON())),
        "SELECT CAST(u.id AS JSON) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Interval())),
        "SELECT CAST(u.id AS DATETIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Uuid())),
        "SELECT CAST(u.id AS CHAR(32)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Uuid(native_uuid=False))),
        "SELECT CAST(u.id AS CHAR(32)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Uuid(as_uuid=False))),
        "SELECT CAST(u.id AS CHAR(32)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, PickleType())),
        "SELECT CAST(u.id AS BLOB) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Enum("a", "b", name="en"))),
        "SELECT CAST(u.id AS VARCHAR(1)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Enum("a", "bcd", native_enum=False))),
        "SELECT CAST(u.id AS VARCHAR(3)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, INTEGER())),
        "SELECT CAST(u.id AS INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, INT())),
        "SELECT CAST(u.id AS INTEGER) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BIGINT())),
        "SELECT CAST(u.id AS BIGINT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, SMALLINT())),
        "SELECT CAST(u.id AS SMALLINT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, VARCHAR(5))),
        "SELECT CAST(u.id AS VARCHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, VARCHAR())),
        "SELECT CAST(u.id AS VARCHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NVARCHAR(5))),
        "SELECT CAST(u.id AS NVARCHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, CHAR(5))),
        "SELECT CAST(u.id AS CHAR(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, CHAR())),
        "SELECT CAST(u.id AS CHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NCHAR(4))),
        "SELECT CAST(u.id AS NCHAR(4)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TEXT())),
        "SELECT CAST(u.id AS TEXT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, CLOB())),
        "SELECT CAST(u.id AS CLOB) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BOOLEAN())),
        "SELECT CAST(u.id AS BOOLEAN) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, FLOAT())),
        "SELECT CAST(u.id AS FLOAT) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, REAL())),
        "SELECT CAST(u.id AS REAL) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DOUBLE())),
        "SELECT CAST(u.id AS DOUBLE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DOUBLE_PRECISION())),
        "SELECT CAST(u.id AS DOUBLE PRECISION) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NUMERIC())),
        "SELECT CAST(u.id AS NUMERIC) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NUMERIC(5))),
        "SELECT CAST(u.id AS NUMERIC(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, NUMERIC(5, 2))),
        "SELECT CAST(u.id AS NUMERIC(5, 2)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DECIMAL())),
        "SELECT CAST(u.id AS DECIMAL) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DECIMAL(5, 2))),
        "SELECT CAST(u.id AS DECIMAL(5, 2)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DATE())),
        "SELECT CAST(u.id AS DATE) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, DATETIME())),
        "SELECT CAST(u.id AS DATETIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TIMESTAMP())),
        "SELECT CAST(u.id AS TIMESTAMP) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TIMESTAMP(timezone=True))),
        "SELECT CAST(u.id AS TIMESTAMP) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, TIME())),
        "SELECT CAST(u.id AS TIME) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BINARY())),
        "SELECT CAST(u.id AS BINARY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BINARY(5))),
        "SELECT CAST(u.id AS BINARY(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, VARBINARY())),
        "SELECT CAST(u.id AS VARBINARY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, VARBINARY(5))),
        "SELECT CAST(u.id AS VARBINARY(5)) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, BLOB())),
        "SELECT CAST(u.id AS BLOB) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, UUID())),
        "SELECT CAST(u.id AS UUID) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, ARRAY(Integer))),
        "SELECT CAST(u.id AS ARRAY) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, String())),
        "SELECT CAST(u.id AS VARCHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Unicode())),
        "SELECT CAST(u.id AS VARCHAR) AS id \nFROM u",
    ),
    (
        lambda: select(cast(u.c.id, Text(10))),
        "SELECT CAST(u.id AS TEXT(10)) AS id \nFROM u",
    ),
]


@pytest.mark.parametrize(("make", "expected"), CASES, ids=range(len(CASES)))
def test_text(make: Callable[[], Any], expected: str) -> None:
    assert str(make()) == expected
