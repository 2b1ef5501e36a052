"""Pieces of a statement that a database stored, for the readers of what its catalogue does not tell.

In: a text, and the expression that tells a dialect's strings, quoted names and words apart. Out: the pieces, and the
groups in parentheses among them. What the words mean is the readers' matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """A piece of the text; `word` is it in upper case, empty for strings and quoted names."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def word(self) -> str:
        """The keyword or sign that it may be."""
        return self.text.upper() if self.kind in ("word", "other") else ""

    @property
    def name(self) -> str:
        """The name that it is, without its quotes."""
        if self.kind != "quoted":
            return self.text
        close = self.text[-1]
        return self.text[1:-1].replace(close * 2, close)


def tokens_of(pattern: re.Pattern[str], text: str) -> Iterator[Token]:
    """Yield the pieces of a text, named by the groups of an expression; without those of its group `blank`."""
    for match in pattern.finditer(text):
        if match.lastgroup != "blank":
            yield Token(match.lastgroup or "", match.group(), match.start(), match.end())


def closing(tokens: Sequence[Token], opening: int) -> int:
    """Return the place of the parenthesis that closes the one at a place; the end where none does."""
    depth = 0
    for place in range(opening, len(tokens)):
        depth += (tokens[place].text == "(") - (tokens[place].text == ")")
        if depth == 0:
            return place
    return len(tokens)


def split(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the parts between the commas that are in no parentheses."""
    part: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.text == ",":
            yield part
            part = []
        else:
            part.append(token)
    if part:
        yield part
