"""What SQLite's errors say of conflicts and violated constraints.

Source: "Result and Error Codes" of SQLite's documentation; the names are only in the message.
"""

from __future__ import annotations

import re
from typing import Any

from ...engine.driver import Violation

CONFLICTS: dict[Any, str] = {
    5: "lock timeout",
    6: "lock timeout",
    261: "lock timeout",
    262: "lock timeout",
    517: "serialization",
}
"""By extended result code: busy, locked, busy in recovery, locked by a shared cache, busy for an old snapshot."""
_KINDS = {"UNIQUE": "unique", "NOT NULL": "not null", "CHECK": "check", "FOREIGN KEY": "foreign key"}
_MESSAGE = re.compile(r"^(UNIQUE|NOT NULL|CHECK|FOREIGN KEY) constraint failed(?:: (.*))?$", re.DOTALL)
_INDEX = re.compile(r"^index '(.*)'$", re.DOTALL)


def violation(text: str) -> Violation | None:
    """Return what a message says: `UNIQUE constraint failed: t.a, t.b`."""
    found = _MESSAGE.match(text)
    if found is None:
        return None
    kind, named = _KINDS[found[1]], found[2] or ""
    if kind in ("check", "foreign key") or not named:
        return Violation(kind, named or None)
    if index := _INDEX.match(named):
        return Violation(kind, index[1])
    tables, columns = zip(*(part.rpartition(".")[::2] for part in named.split(", ")), strict=True)
    return Violation(kind, None, tables[0], columns)
