"""What PostgreSQL's errors say of conflicts and violated constraints.

Source: PostgreSQL manual, appendix A (error codes) and "Error and Notice Message Fields"; none of it depends on the
server's language but the words around a key, which are not looked at.
"""

from __future__ import annotations

import re
from typing import Any

from ...engine.driver import Violation

KINDS = {
    "23502": "not null",
    "23503": "foreign key",
    "23505": "unique",
    "23514": "check",
    "23P01": "exclusion",
}
CONFLICTS: dict[Any, str] = {"40001": "serialization", "40P01": "deadlock", "55P03": "lock timeout"}
_KEY = re.compile(r"\((.*?)\)=\(", re.DOTALL)
_NAME = re.compile(r'"((?:[^"]|"")*)"|([^,"\s]+)')


def violation(error: Any, state: str) -> Violation | None:
    """Return what the error's fields say; `error.diag` is the driver's view of them."""
    kind = KINDS.get(state)
    if kind is None:
        return None
    fields = error.diag
    columns = (fields.column_name,) if fields.column_name else _key_columns(fields.message_detail)
    return Violation(kind, fields.constraint_name, fields.table_name, columns if kind != "check" else ())


def _key_columns(detail: str | None) -> tuple[str, ...]:
    """Return the columns of `Key (a, "b c")=(1, 2) ...`."""
    found = _KEY.search(detail or "")
    if found is None:
        return ()
    return tuple(quoted.replace('""', '"') or plain for quoted, plain in _NAME.findall(found[1]))
