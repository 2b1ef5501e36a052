"""Names that were the future once: the same as those of the package."""

from __future__ import annotations

from .engine import Connection, Engine, create_engine
from .sql.expression import select

__all__ = ["Connection", "Engine", "create_engine", "select"]
