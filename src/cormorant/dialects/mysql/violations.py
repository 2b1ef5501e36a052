"""What the errors of MySQL and MariaDB say of conflicts and violated constraints.

Source: the servers' error references (1048, 1062, 1169, 1205, 1213, 1216, 1217, 1364, 1451, 1452, 1557, 1586, 3819,
4025).
"""

from __future__ import annotations

import re
from typing import Any

from ...engine.driver import Violation

CONFLICTS: dict[Any, str] = {1205: "lock timeout", 1213: "deadlock"}
_QUOTED = r"`((?:[^`]|``)*)`"
_FOREIGN_KEY = re.compile(rf"\({_QUOTED}\.{_QUOTED}, CONSTRAINT {_QUOTED} FOREIGN KEY \((.*?)\) REFERENCES")
_DUPLICATE = re.compile(r"for key '(?:([^'.]+)\.)?([^']+)'$")
_CHECK = re.compile(rf"CONSTRAINT {_QUOTED} failed for {_QUOTED}\.{_QUOTED}")
_NAMED_CHECK = re.compile(r"constraint '([^']+)'")
_COLUMN = re.compile(r"[Cc]olumn '([^']+)'|[Ff]ield '([^']+)'")
_NAMES = re.compile(_QUOTED)


def violation(number: object, text: str) -> Violation | None:
    """Return what an error's text says."""
    if number in (1062, 1169, 1586):
        found = _DUPLICATE.search(text)
        return Violation("unique", found[2] if found else None, found[1] if found else None)
    if number in (1216, 1217, 1451, 1452, 1557):
        found = _FOREIGN_KEY.search(text)
        if found is None:
            return Violation("foreign key")
        return Violation(
            "foreign key", _plain(found[3]), _plain(found[2]), tuple(map(_plain, _NAMES.findall(found[4])))
        )
    if number in (1048, 1364):
        found = _COLUMN.search(text)
        return Violation("not null", None, None, (found[1] or found[2],) if found else ())
    if number == 4025:
        found = _CHECK.search(text)
        return Violation("check", _plain(found[1]), _plain(found[3])) if found else Violation("check")
    if number == 3819:
        found = _NAMED_CHECK.search(text)
        return Violation("check", found[1] if found else None)
    return None


def _plain(name: str) -> str:
    return name.replace("``", "`")
