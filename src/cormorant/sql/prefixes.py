"""Text of a program's own inside a statement: after its keyword, or at its end, for one dialect or for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ..exc import ArgumentError
from .clause import ClauseElement
from .node import TREE, Kind
from .simple import TextClause


class HasPrefixes(ClauseElement):
    """Text right after the keyword: pairs of element and dialect name."""

    _structure: ClassVar[Mapping[str, Kind]] = {"prefixes": TREE}
    prefixes: tuple[tuple[Any, str], ...] = ()

    def prefix_with(self, *prefixes: Any, dialect: str = "*") -> Self:
        """Return a copy with text after its keyword, for one dialect or for all."""
        return self._copy(prefixes=(*self.prefixes, *[(_as_text(text), dialect) for text in prefixes]))


class HasSuffixes(ClauseElement):
    """Text at the end: pairs of element and dialect name."""

    _structure: ClassVar[Mapping[str, Kind]] = {"suffixes": TREE}
    suffixes: tuple[tuple[Any, str], ...] = ()

    def suffix_with(self, *suffixes: Any, dialect: str = "*") -> Self:
        """Return a copy with text at its end, for one dialect or for all."""
        return self._copy(suffixes=(*self.suffixes, *[(_as_text(text), dialect) for text in suffixes]))


def _as_text(text: Any) -> Any:
    if isinstance(text, str):
        return TextClause(text)
    if not isinstance(text, ClauseElement):
        raise ArgumentError(f"statement sub-expression element expected, got {text!r}.")
    return text
