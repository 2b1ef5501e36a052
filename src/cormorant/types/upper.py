"""Types by their SQL name: rendered exactly so, whatever the database calls them."""

from __future__ import annotations

from typing import Any

from .binary import Binary, LargeBinary
from .boolean import Boolean
from .datetimes import Date, DateTime, Time
from .numeric import BigInteger, Double, Float, Integer, Numeric, SmallInteger
from .text import String, Text, Unicode


class INTEGER(Integer):
    """SQL INT or INTEGER."""


INT = INTEGER


class SMALLINT(SmallInteger):
    """SQL SMALLINT."""


class BIGINT(BigInteger):
    """SQL BIGINT."""


class NUMERIC(Numeric):
    """SQL NUMERIC."""


class DECIMAL(Numeric):
    """SQL DECIMAL."""


class REAL(Float):
    """SQL REAL."""


class FLOAT(Float):
    """SQL FLOAT."""


class DOUBLE(Double):
    """SQL DOUBLE."""


class DOUBLE_PRECISION(Double):  # noqa: N801 - named like the SQL type
    """SQL DOUBLE PRECISION."""


class VARCHAR(String):
    """SQL VARCHAR."""


class CHAR(String):
    """SQL CHAR."""


class NVARCHAR(Unicode):
    """SQL NVARCHAR."""


class NCHAR(Unicode):
    """SQL NCHAR."""


class TEXT(Text):
    """SQL TEXT."""


class CLOB(Text):
    """SQL CLOB."""


class BLOB(LargeBinary):
    """SQL BLOB."""


class BINARY(Binary):
    """SQL BINARY."""


class VARBINARY(Binary):
    """SQL VARBINARY."""


class BOOLEAN(Boolean):
    """SQL BOOLEAN."""


class DATE(Date):
    """SQL DATE."""


class TIME(Time):
    """SQL TIME."""


class DATETIME(DateTime):
    """SQL DATETIME."""


class TIMESTAMP(DateTime):
    """SQL TIMESTAMP."""

    def get_dbapi_type(self, dbapi: Any) -> Any:
        return getattr(dbapi, "TIMESTAMP", None)
