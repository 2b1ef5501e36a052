"""Paths into JSON documents for DuckDB: `$."key"[0]`, or a pointer `/key/0` for keys that such a path cannot hold.

DuckDB reads a quoted asterisk as "all values", and refuses the empty key. In pointers both are plain keys.
"""

from __future__ import annotations

from typing import Any

from ..json_path import path_steps

_NOT_IN_PATHS = frozenset({"*", ""})


def json_path(value: Any) -> str:
    """Return the text of a path for a key, a place, or a sequence of them."""
    steps = path_steps(value)
    if _NOT_IN_PATHS.isdisjoint(steps):
        return "$" + "".join(map(_step, steps))
    return "".join([f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps])


def _step(part: Any) -> str:
    if isinstance(part, int):
        return f"[{part}]"
    key = str(part).replace("\\", "\\\\").replace('"', '\\"')
    return f'."{key}"'
