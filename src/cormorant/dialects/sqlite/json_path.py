"""Paths into JSON documents. SQLite compares keys with the text of the document, where `"` stands escaped.

In: a key, a place, or a sequence of them. Out: the text of the path. A quoted key ends at its first `"`, so a key that
holds one is written without quotes, which is not possible if it also holds `.` or `[`: such a key is refused.
"""

from __future__ import annotations

import json
from typing import Any

from ..json_path import path_steps


def json_path(value: Any) -> str:
    """Return the text of a path."""
    return "$" + "".join([_step(part) for part in path_steps(value)])


def _step(part: Any) -> str:
    if isinstance(part, int):
        return f"[{part}]" if part >= 0 else f"[#{part}]"
    key = str(part)
    escaped = json.dumps(key)
    if '"' not in key:
        return f".{escaped}"
    if "." in key or "[" in key:
        raise ValueError(f"JSON key {key!r} holds both a quote and '.' or '[': SQLite has no path to it")
    return f".{escaped[1:-1]}"
