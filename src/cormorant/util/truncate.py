"""Parameters as text short enough for an error message or a log line.

In: the parameters of a statement, one set or several. Out: their repr, with the middle of long ones left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

MAX_TEXT = 300
MAX_SETS = 10
MAX_MEMBERS = 100
_LAST_SETS = 2


def short_text(text: str, limit: int = MAX_TEXT) -> str:
    """Return the text with its middle left out where it is longer than the limit."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]} ... ({len(text) - 2 * half} characters truncated) ... {text[-half:]}"


def parameters_text(parameters: Any, is_many: bool | None = None) -> str:
    """Return the parameters of one execution as text; `is_many` says that they are a list of sets."""
    return _sets_text(parameters) if is_many else _set_text(parameters)


def _sets_text(sets: Sequence[Any]) -> str:
    if len(sets) <= MAX_SETS:
        return f"[{', '.join(map(_set_text, sets))}]"
    first, last = sets[: MAX_SETS - _LAST_SETS], sets[-_LAST_SETS:]
    counted = f"  ... displaying {MAX_SETS} of {len(sets)} total bound parameter sets ...  "
    return f"[{', '.join(map(_set_text, first))}{counted}{', '.join(map(_set_text, last))}]"


def _set_text(one: Any) -> str:
    if isinstance(one, Mapping):
        items: Mapping[Any, Any] = one  # pyright: ignore[reportUnknownVariableType]
        return "{" + _members_text([f"{key!r}: {short_text(repr(value))}" for key, value in items.items()]) + "}"
    if isinstance(one, tuple):
        values: tuple[Any, ...] = one  # pyright: ignore[reportUnknownVariableType]
        return f"({_members_text([short_text(repr(value)) for value in values])}{',' * (len(values) == 1)})"
    return short_text(repr(one))


def _members_text(members: list[str]) -> str:
    if len(members) <= MAX_MEMBERS:
        return ", ".join(members)
    half = MAX_MEMBERS // 2
    left_out = f" ... {len(members) - 2 * half} parameters truncated ... "
    return f"{', '.join(members[:half])}{left_out}{', '.join(members[-half:])}"
