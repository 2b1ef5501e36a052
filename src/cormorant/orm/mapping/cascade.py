"""What follows a parent: the cascades of a relationship, parsed from their comma-separated names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from ...exc import ArgumentError, SAWarning
from ...util.notices import warn

ALL = ("save-update", "merge", "refresh-expire", "expunge", "delete")
KNOWN = frozenset({*ALL, "delete-orphan", "all", "none"})
ON_VIEW = frozenset({"merge", "refresh-expire", "expunge"})
"""What a viewonly relationship may still do: nothing that writes."""


class CascadeOptions(frozenset[str]):
    """The set of cascade names, each also as a flag."""

    save_update: bool
    merge: bool
    delete: bool
    delete_orphan: bool
    refresh_expire: bool
    expunge: bool

    def __new__(cls, value_list: Iterable[str] | str | None) -> Self:
        if isinstance(value_list, str) or value_list is None:
            return cls.from_string(value_list)
        values = set(value_list)
        unknown = values - KNOWN
        if unknown:
            names = ", ".join(repr(name) for name in sorted(unknown))
            raise ArgumentError(f"Invalid cascade option(s): {names}; known are {', '.join(sorted(KNOWN))}")
        if "all" in values:
            values.update(ALL)
        if "none" in values:
            values.clear()
        values.discard("all")
        made = super().__new__(cls, values)
        for name in (*ALL, "delete-orphan"):
            setattr(made, name.replace("-", "_"), name in values)
        if made.delete_orphan and not made.delete:
            warn("The 'delete-orphan' cascade option requires 'delete'.", SAWarning)
        return made

    @classmethod
    def from_string(cls, arg: str | None) -> Self:
        """Parse names separated by commas."""
        return cls([name for name in (part.strip() for part in (arg or "").split(",")) if name])

    def __reduce__(self) -> Any:
        return CascadeOptions, (list(self),)

    def __repr__(self) -> str:
        return f"CascadeOptions({','.join(sorted(self))!r})"
