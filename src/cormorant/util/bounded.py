"""Dictionaries that remember only so much."""

from __future__ import annotations

from typing import TypeVar

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")


def make_room(table: dict[KeyT, ValueT], most: int) -> dict[KeyT, ValueT]:
    """Return the table, without its oldest entries if one more would be too many."""
    while len(table) >= most:
        table.pop(next(iter(table)), None)
    return table
