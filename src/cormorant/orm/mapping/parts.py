"""What a FROM element that a class is mapped to is made of: tables, and the columns of tables behind its own.

In: tables, aliases, subqueries and their columns. Out: tables and columns of tables. It knows no mapper.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...sql.visitors import iterate


def tables_inside(element: Any) -> list[Any]:
    """Return the tables that a FROM element reads, itself where it is one."""
    return list(dict.fromkeys(node for node in iterate(element) if getattr(node, "is_table", False)))


def stored(column: Any) -> Iterable[Any]:
    """Return the columns of tables that a column of a subquery or alias stands for."""
    found: Iterable[Any] = getattr(column, "base_columns", ())
    return found
