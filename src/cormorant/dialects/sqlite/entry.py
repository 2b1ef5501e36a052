"""What the engine's registry finds under the name of this dialect."""

from __future__ import annotations

from ...engine.registry import DialectEntry
from .dialect import SQLiteDialect
from .driver import PysqliteDriver

ENTRY = DialectEntry(SQLiteDialect, {PysqliteDriver.name: PysqliteDriver}, PysqliteDriver.name)
