"""The JSON types of SQLite: text, and the binary form that the database makes of it."""

from __future__ import annotations

from typing import Any

from ...sql.functions import func
from ...types import documents


class JSON(documents.JSON):
    """SQLite JSON: text that the functions of the database read."""


class JSONB(JSON):
    """SQLite JSONB (3.45): the database's own binary form; it is written and read as text."""

    is_specific = True

    def bind_expression(self, bindvalue: Any) -> Any:
        """Return `jsonb(value)`."""
        return func.jsonb(bindvalue, type_=self)

    def column_expression(self, col: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return `json(column)`."""
        return func.json(col, type_=self)
