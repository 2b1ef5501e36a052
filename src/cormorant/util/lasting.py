"""Objects that there is one of in a process: a copy of what holds them holds the same ones."""

from __future__ import annotations

from typing import Any, Self


class Lasting:
    """Stays itself when it, or something that refers to it, is copied."""

    __slots__ = ()

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: Any) -> Self:
        return self
