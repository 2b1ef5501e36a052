"""Which classes are this package's own, whatever name the package goes by in a program.

In: a class. Out: the module below the package that it comes from, or None for a class of a program or another package.
"""

from __future__ import annotations

roots: set[str] = {__name__.partition(".")[0]}
"""The names that the package goes by."""
homes: dict[str, str] = {}
"""Paths that classes say they come from, where that is not their own -> the module below the package that has them."""


def own_path(cls: type) -> str | None:
    """Return the path of the module below the package that a class comes from, None for classes of others."""
    root, _, path = cls.__module__.partition(".")
    return homes.get(path, path) if path and root in roots else None
