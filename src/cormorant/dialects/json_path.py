"""Paths into JSON documents as the text that JSON functions of several databases take: `$."key"[0]`."""

from __future__ import annotations

import json
from typing import Any


def path_steps(value: Any) -> list[Any]:
    """Return the keys and places of a path; a single key or place is a path of one."""
    return list(value) if isinstance(value, (list, tuple)) else [value]  # pyright: ignore[reportUnknownArgumentType]


def json_path(value: Any) -> str:
    """Return the path text for a key, a place, or a sequence of them; keys are escaped as in JSON."""
    return "$" + "".join([_step(part) for part in path_steps(value)])


def _step(part: Any) -> str:
    return f"[{part}]" if isinstance(part, int) else f".{json.dumps(str(part))}"
