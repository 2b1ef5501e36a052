"""Which column of a primary key the database counts by itself."""

from __future__ import annotations

from typing import Any

from ..exc import ArgumentError
from ..types import Integer, Numeric


def find_autoincrement(table: Any) -> Any:
    """Return the counted column of a table's primary key, or None; raises ArgumentError for contradictions."""
    members = list(table.primary_key.columns)
    chosen: Any = None
    for column in members:
        if column.autoincrement is True and _fits(column, must=True):
            if chosen is not None:
                raise ArgumentError(
                    f"Only one Column may be marked autoincrement=True, found both {column.name} and {chosen.name}."
                )
            chosen = column
    if chosen is not None or len(members) != 1:
        return chosen
    only = members[0]
    wanted = only.autoincrement in ("auto", "ignore_fk")
    return only if wanted and _is_counted_by_default(only) else None


def _fits(column: Any, must: bool) -> bool:
    type_: Any = column.type
    is_number = issubclass(type_.affinity, (Integer, Numeric)) or getattr(type_, "is_counter", False)
    if not is_number or (type_.affinity is Numeric and column.autoincrement is not True):
        if must:
            raise ArgumentError(
                f"Column type {type_} on column '{column.table.name}.{column.name}' is not compatible with "
                "autoincrement=True"
            )
        return False
    return True


def _is_counted_by_default(column: Any) -> bool:
    if not _fits(column, must=False):
        return False
    default = column.default
    if default is not None and not default.is_sequence:
        return False
    if column.server_default is not None and not column.server_default.is_identity:
        return False
    return not column.foreign_keys or column.autoincrement == "ignore_fk"
