"""The generic types: the public names."""

from ..types.arrays import ARRAY
from ..types.base import NULLTYPE, NullType, TypeEngine
from ..types.binary import LargeBinary
from ..types.boolean import Boolean, MatchType
from ..types.datetimes import Date, DateTime, Time
from ..types.decorator import TypeDecorator
from ..types.documents import JSON
from ..types.enums import Enum
from ..types.intervals import Interval
from ..types.numeric import BigInteger, Double, Float, Integer, Numeric, NumericCommon, SmallInteger
from ..types.pickles import PickleType
from ..types.schema_type import SchemaType
from ..types.text import STRINGTYPE, Concatenable, Indexable, String, Text, Unicode, UnicodeText
from ..types.tuples import TupleType
from ..types.upper import (
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
    NCHAR,
    NUMERIC,
    NVARCHAR,
    REAL,
    SMALLINT,
    TEXT,
    TIME,
    TIMESTAMP,
    VARBINARY,
    VARCHAR,
)
from ..types.uuids import UUID, Uuid

__all__ = [
    "ARRAY",
    "BIGINT",
    "BINARY",
    "BLOB",
    "BOOLEAN",
    "BigInteger",
    "Boolean",
    "CHAR",
    "CLOB",
    "Concatenable",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "DOUBLE",
    "DOUBLE_PRECISION",
    "Date",
    "DateTime",
    "Double",
    "Enum",
    "FLOAT",
    "Float",
    "INT",
    "INTEGER",
    "Indexable",
    "Integer",
    "Interval",
    "JSON",
    "LargeBinary",
    "MatchType",
    "NCHAR",
    "NULLTYPE",
    "NUMERIC",
    "NVARCHAR",
    "NullType",
    "Numeric",
    "NumericCommon",
    "PickleType",
    "REAL",
    "SMALLINT",
    "STRINGTYPE",
    "SchemaType",
    "SmallInteger",
    "String",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "Text",
    "Time",
    "TupleType",
    "TypeDecorator",
    "TypeEngine",
    "UUID",
    "Unicode",
    "UnicodeText",
    "Uuid",
    "VARBINARY",
    "VARCHAR",
]
