"""What the engine's registry finds under the name of this dialect."""

from __future__ import annotations

from ...engine.registry import DialectEntry
from .dialect import PostgreSQLDialect
from .driver import PsycopgDriver

ENTRY = DialectEntry(PostgreSQLDialect, {PsycopgDriver.name: PsycopgDriver}, PsycopgDriver.name)
