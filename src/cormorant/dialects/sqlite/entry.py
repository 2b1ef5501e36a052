"""What the engine's registry finds under the name of this dialect."""

from __future__ import annotations

from ...engine.registry import DialectEntry
from .dialect import SQLiteDialect
from .driver import PysqliteDriver
from .sqlcipher import SqlcipherDriver

ENTRY = DialectEntry(
    SQLiteDialect,
    {
        PysqliteDriver.name: PysqliteDriver,
        SqlcipherDriver.name: SqlcipherDriver,
        "aiosqlite": f"{__package__}.aiosqlite:AiosqliteDriver",
    },
    PysqliteDriver.name,
)
