"""Marks: how a renderer writes the place of a bind parameter, and how a finished text gives the places back.

Renderers return plain strings and may put them together in any order, or twice: the order of positional parameters
follows from where their marks stand in the end. A mark is a number between two U+FDD0, a code point that Unicode keeps
out of all text; whatever comes from outside (names, text(), literal values) is refused if it holds one.
"""

from __future__ import annotations

from ..exc import CompileError

MARK = "\ufdd0"


def mark(number: int) -> str:
    """Return the mark of a bind parameter."""
    return f"{MARK}{number}{MARK}"


def pieces_of(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the text around the marks, and the numbers of the marks in order; there is one more piece than numbers."""
    parts = text.split(MARK)
    return tuple(parts[::2]), tuple([int(number) for number in parts[1::2]])


def without_marks(text: str, what: str) -> str:
    """Return text that came from outside, or refuse it."""
    if MARK in text:
        raise CompileError(f"{what} holds the character U+FDD0, which cannot be part of a statement")
    return text
