"""Tables in order of their foreign keys, from reflected data alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..util import topological
from .reflected import TableKey

Named = tuple[TableKey, str | None]
"""A table and the name of one of its foreign keys."""
SortedKeys = list[tuple[TableKey | None, list[Named]]]


def sort_keys(foreign_keys: Mapping[TableKey, list[Any]]) -> SortedKeys:
    """Return the tables in order with their foreign keys, then None with those that have to wait."""
    names: dict[TableKey, list[Named]] = {key: [] for key in foreign_keys}
    pairs: dict[tuple[TableKey, TableKey], list[Named]] = {}
    for key, found in foreign_keys.items():
        for one in found:
            referred = (one["referred_schema"], one["referred_table"])
            names[key].append((key, one["name"]))
            if referred != key:
                pairs.setdefault((referred, key), []).append((key, one["name"]))
    try:
        return [*[(key, names[key]) for key in topological.sort(pairs, names)], (None, [])]
    except topological.CycleError:
        waiting = [name for between in pairs.values() for name in between]
        return [*[(key, []) for key in names], (None, list(dict.fromkeys(waiting)))]
