"""Recorded statements as comparable lines.

In: what ``before_cursor_execute`` saw. Out: one line per statement and row. How many rows travel in one call is each
library's own affair (``executemany``, several rows in one VALUES, or one call per row), so every DML call is unfolded
into its rows. Transaction control that the engine sends by itself is left to the engine's events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

HIDDEN = re.compile(
    r"\s*(PRAGMA|BEGIN|COMMIT\b|ROLLBACK\s*$|SELECT name FROM|SELECT sql FROM|SELECT \* FROM sqlite_master)", re.I
)
MULTI_ROW = re.compile(
    r"(?s)(INSERT INTO .*? VALUES )(\((?:[^()']|\([^()]*\))*\))((?:, \((?:[^()']|\([^()]*\))*\))+)(.*)"
)


def lines(statement: str, parameters: Any, many: bool) -> Iterator[tuple[str, str]]:
    """Yield ``(text, parameters)`` for each row of one call; nothing for hidden statements."""
    if HIDDEN.match(statement):
        return
    one = not many or (len(parameters) > 0 and not isinstance(parameters[0], (tuple, list, dict)))
    rows: Sequence[Any] = [parameters] if one else parameters  # an event may say "many" of one many-row VALUES
    for row in rows:
        for text, values in unfold(statement, row):
            yield text, values_text(values)


def unfold(statement: str, row: Any) -> Iterator[tuple[str, Any]]:
    found = MULTI_ROW.match(statement)
    if found is None or not isinstance(row, (tuple, list)):
        yield statement, row
        return
    head, first, others, tail = found.groups()
    width = first.count("?")
    count = 1 + len(re.findall(r"\), \(|^, \(", others))
    if width * count != len(row):
        yield statement, row
        return
    for start in range(0, len(row), width):
        yield head + first + tail, row[start : start + width]


def values_text(values: Any) -> str:
    if isinstance(values, dict):
        return repr(dict(sorted(values.items())))
    return repr(tuple(values)) if values else "()"
