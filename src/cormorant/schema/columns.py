"""Which columns of tables an SQL expression is made of."""

from __future__ import annotations

from typing import Any

from ..sql.visitors import iterate


def columns_of(element: Any) -> list[Any]:
    """Return the Column objects below an expression, each once, in order."""
    found = [node for node in iterate(element) if getattr(node, "is_schema_item", False)]
    return list({id(column): column for column in found}.values())
