"""The names that programs import from here, wherever they are declared."""

from ...types.upper import (
    BIGINT,
    BOOLEAN,
    CHAR,
    DATE,
    DOUBLE_PRECISION,
    FLOAT,
    INTEGER,
    NUMERIC,
    REAL,
    SMALLINT,
    TEXT,
    VARCHAR,
)
from ...types.uuids import UUID
from .ddl import PostgreSQLDDL
from .dialect import PostgreSQLDialect, PostgreSQLPreparer
from .hstore import HSTORE
from .inspector import PGInspector
from .ischema import ISCHEMA_NAMES
from .json import JSON, JSONB
from .named_types import DOMAIN, ENUM, CreateEnumType, DropEnumType
from .reserved import RESERVED_WORDS
from .types import (
    BIT,
    BYTEA,
    CIDR,
    CITEXT,
    INET,
    INTERVAL,
    MACADDR,
    MACADDR8,
    MONEY,
    OID,
    REGCLASS,
    REGCONFIG,
    TIME,
    TIMESTAMP,
    TSQUERY,
    TSVECTOR,
    PGBit,
    PGCidr,
    PGInet,
    PGInterval,
    PGMacAddr,
    PGMacAddr8,
    PGUuid,
)

PGDialect = dialect = PostgreSQLDialect
PGIdentifierPreparer = PostgreSQLPreparer
PGDDLCompiler = PostgreSQLDDL
ischema_names = ISCHEMA_NAMES

__all__ = [
    "dialect",
    "BIGINT",
    "BIT",
    "BOOLEAN",
    "BYTEA",
    "CHAR",
    "CIDR",
    "CITEXT",
    "DATE",
    "DOMAIN",
    "DOUBLE_PRECISION",
    "ENUM",
    "FLOAT",
    "HSTORE",
    "INET",
    "INTEGER",
    "INTERVAL",
    "JSON",
    "JSONB",
    "MACADDR",
    "MACADDR8",
    "MONEY",
    "NUMERIC",
    "OID",
    "REAL",
    "REGCLASS",
    "REGCONFIG",
    "RESERVED_WORDS",
    "SMALLINT",
    "TEXT",
    "TIME",
    "TIMESTAMP",
    "TSQUERY",
    "TSVECTOR",
    "UUID",
    "VARCHAR",
    "CreateEnumType",
    "DropEnumType",
    "PGBit",
    "PGCidr",
    "PGDDLCompiler",
    "PGDialect",
    "PGIdentifierPreparer",
    "PGInet",
    "PGInspector",
    "PGInterval",
    "PGMacAddr",
    "PGMacAddr8",
    "PGUuid",
    "ischema_names",
]
