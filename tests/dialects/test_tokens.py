"""Pieces of a text: words, quoted names, groups in parentheses, parts between commas."""

from __future__ import annotations

import re

from cormorant.dialects.tokens import closing, split, tokens_of

PATTERN = re.compile(
    r"""(?P<blank>\s+)|(?P<string>'[^']*')|(?P<quoted>"(?:[^"]|"")*"|\[[^\]]*\])|(?P<word>\w+)|(?P<other>.)"""
)


def test_words_are_in_upper_case_and_names_without_quotes() -> None:
    tokens = list(tokens_of(PATTERN, """key "a""b" [c d] 'key' ("""))
    assert [token.word for token in tokens] == ["KEY", "", "", "", "("]
    assert [token.name for token in tokens] == ["key", 'a"b', "c d", "'key'", "("]


def test_groups_end_where_their_parenthesis_closes() -> None:
    tokens = list(tokens_of(PATTERN, "a (b, (c)) d"))
    assert closing(tokens, 1) == 7
    assert closing(tokens[:6], 1) == 6  # nothing closes it


def test_parts_stand_between_the_commas_outside_of_parentheses() -> None:
    parts = split(tokens_of(PATTERN, "a, f(b, c) d,"))
    assert [" ".join(token.text for token in part) for part in parts] == ["a", "f ( b , c ) d"]
