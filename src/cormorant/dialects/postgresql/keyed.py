"""Operators of what has keys: HSTORE and JSONB.

In: an expression and what it is compared with. Out: the expression of PostgreSQL's operator.
"""

from __future__ import annotations

from typing import Any

from ...types.base import Comparator
from . import operators as pg


class KeyedComparator(Comparator[Any]):
    """Operators that ask for keys, and for a part of the whole."""

    __slots__ = ()

    def has_key(self, other: Any) -> Any:
        """Whether there is a key, or a string in an array: `?`."""
        return self.operate(pg.HAS_KEY, other)

    def has_all(self, other: Any) -> Any:
        """Whether there are all of the keys: `?&`."""
        return self.operate(pg.HAS_ALL, other)

    def has_any(self, other: Any) -> Any:
        """Whether there is one of the keys: `?|`."""
        return self.operate(pg.HAS_ANY, other)

    def contains(self, other: Any, **kwargs: Any) -> Any:
        """Whether a document is part of it, or all of the pairs are in it: `@>`."""
        return self.operate(pg.CONTAINS, other)

    def contained_by(self, other: Any) -> Any:
        """Whether it is part of a document, or all its pairs are in the other: `<@`."""
        return self.operate(pg.CONTAINED_BY, other)
