"""What the engine's registry finds under the name of this dialect."""

from __future__ import annotations

from ...engine.registry import DialectEntry
from .dialect import DuckDBDialect
from .driver import DuckDBDriver

ENTRY = DialectEntry(DuckDBDialect, {DuckDBDriver.name: DuckDBDriver}, DuckDBDriver.name)
