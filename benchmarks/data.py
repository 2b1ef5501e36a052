"""The rows all sides work on, as values and as each driver wants them; checksums over them.

Items have ten columns: id (int), name (str), note (str, every third NULL), amount (int), rank (int, every second NULL),
ratio (float), price (Decimal with two places), created (datetime with microseconds), changed (datetime, every fourth
NULL) and active (bool).
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

COLUMNS = ("id", "name", "note", "amount", "rank", "ratio", "price", "created", "changed", "active")
START = datetime.datetime(2026, 1, 1, 12, 0, 0, 1)  # noqa: DTZ001  (the columns have no time zone)
CHILDREN = 10


def item(number: int) -> tuple[Any, ...]:
    """The values of item ``number``, in the order of COLUMNS."""
    return (
        number,
        f"item {number}",
        None if number % 3 == 0 else f"note {number % 100}",
        number * 7 % 1000,
        None if number % 2 else number,
        number / 8,
        Decimal(number * 3 % 100000).scaleb(-2),
        START + datetime.timedelta(minutes=number),
        None if number % 4 == 0 else START + datetime.timedelta(days=number % 1000),
        number % 5 == 0,
    )


def items(count: int) -> list[tuple[Any, ...]]:
    return [item(number) for number in range(1, count + 1)]


def dictionaries(count: int, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Items as dictionaries, leaving out the keys ``without``."""
    return [
        {key: value for key, value in zip(COLUMNS, values, strict=True) if key not in without}
        for values in items(count)
    ]


def parents(count: int) -> list[tuple[int, str]]:
    return [(number, f"parent {number}") for number in range(1, count + 1)]


def children(count: int) -> list[tuple[int, int, str, int]]:
    """CHILDREN children for each of ``count`` parents: id, parent_id, name, size."""
    return [
        (number * CHILDREN + place, number, f"child {place}", place * number % 97)
        for number in range(1, count + 1)
        for place in range(CHILDREN)
    ]


def checksum(rows: Iterable[tuple[Any, ...]]) -> int:
    """One number for rows in their order."""
    found = 0
    for row in rows:
        found = zlib.crc32(repr(row).encode(), found)
    return found


def of_items(objects: Iterable[Any]) -> int:
    """The checksum of objects with the attributes of COLUMNS."""
    return checksum(tuple(getattr(entry, key) for key in COLUMNS) for entry in objects)


def of_families(found: Iterable[Any]) -> int:
    """The checksum of parents with their children."""
    return checksum((parent.id, parent.name, [(child.id, child.size) for child in parent.children]) for parent in found)
