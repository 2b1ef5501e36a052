"""What the engine's registry finds under the name of this dialect."""

from __future__ import annotations

from ...engine.registry import DialectEntry
from .dialect import PostgreSQLDialect
from .psycopg import PsycopgDriver
from .psycopg2 import Psycopg2Dialect, Psycopg2Driver

ENTRY = DialectEntry(
    PostgreSQLDialect,
    {
        PsycopgDriver.name: PsycopgDriver,
        Psycopg2Driver.name: Psycopg2Driver,
        "psycopg_async": f"{__package__}.psycopg_async:PsycopgAsyncDriver",
        "asyncpg": f"{__package__}.asyncpg:AsyncpgDriver",
    },
    PsycopgDriver.name,
    {Psycopg2Driver.name: Psycopg2Dialect},
)
