"""The types of MySQL and MariaDB by their names."""

from ...types.upper import BINARY, BLOB, BOOLEAN, DATE, VARBINARY
from .enumerated import ENUM, SET
from .inet import INET4, INET6
from .json import JSON
from .moments import DATETIME, TIME, TIMESTAMP
from .numbers import (
    BIGINT,
    BIT,
    DECIMAL,
    DOUBLE,
    FLOAT,
    INTEGER,
    MEDIUMINT,
    NUMERIC,
    REAL,
    SMALLINT,
    TINYINT,
    YEAR,
)
from .strings import (
    CHAR,
    LONGBLOB,
    LONGTEXT,
    MEDIUMBLOB,
    MEDIUMTEXT,
    NCHAR,
    NVARCHAR,
    TEXT,
    TINYBLOB,
    TINYTEXT,
    VARCHAR,
)

__all__ = [
    "BIGINT",
    "BINARY",
    "BIT",
    "BLOB",
    "BOOLEAN",
    "CHAR",
    "DATE",
    "DATETIME",
    "DECIMAL",
    "DOUBLE",
    "ENUM",
    "FLOAT",
    "INET4",
    "INET6",
    "INTEGER",
    "JSON",
    "LONGBLOB",
    "LONGTEXT",
    "MEDIUMBLOB",
    "MEDIUMINT",
    "MEDIUMTEXT",
    "NCHAR",
    "NUMERIC",
    "NVARCHAR",
    "REAL",
    "SET",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "TINYBLOB",
    "TINYINT",
    "TINYTEXT",
    "VARBINARY",
    "VARCHAR",
    "YEAR",
]
