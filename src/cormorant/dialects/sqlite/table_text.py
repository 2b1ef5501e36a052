"""Reads a CREATE TABLE or CREATE INDEX: what SQLite's pragmas do not tell stands only there.

In: the text as sqlite_master has it. Out: names and texts of constraints, expressions of generated columns, options.
Comments, strings and quoted names are told apart from words, so that nothing in them is taken for a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..tokens import Token, closing, split, tokens_of

_TOKEN = re.compile(
    r"""(?P<blank>\s+|--[^\n]*|/\*.*?\*/)
      | (?P<string>'(?:[^']|'')*')
      | (?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
      | (?P<word>[^\W\d][\w$]*)
      | (?P<other>[\w.]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_TABLE_HEAD = re.compile(r"\s*CREATE\s+(?:TEMP\s+|TEMPORARY\s+)?TABLE\b", re.IGNORECASE)


class CheckText(NamedTuple):
    """CHECK (sqltext)."""

    name: str | None
    sqltext: str


class KeyText(NamedTuple):
    """UNIQUE, or FOREIGN KEY with what it refers to and its options."""

    name: str | None
    columns: tuple[str, ...]
    referred_table: str = ""
    referred_columns: tuple[str, ...] = ()
    options: tuple[tuple[str, str | bool], ...] = ()


@dataclass
class TableText:
    """What was found; constraints of the table come before those of columns."""

    key_name: str | None = None
    checks: list[CheckText] = field(default_factory=list[CheckText])
    uniques: list[KeyText] = field(default_factory=list[KeyText])
    foreign_keys: list[KeyText] = field(default_factory=list[KeyText])
    generated: dict[str, str] = field(default_factory=dict[str, str])
    options: dict[str, bool] = field(default_factory=dict[str, bool])


def read_table(sql: str) -> TableText:
    """Return what CREATE TABLE says; nothing for the text of anything else."""
    found = TableText()
    if _TABLE_HEAD.match(sql) is None:
        return found
    tokens = list(tokens_of(_TOKEN, sql))
    begin = next((n for n, token in enumerate(tokens) if token.text == "("), len(tokens))
    end = closing(tokens, begin)
    parts = [Reader(sql, part) for part in split(tokens[begin + 1 : end])]
    for part in parts:
        if part.is_constraint:
            part.read_constraint(found)
    for part in parts:
        if not part.is_constraint:
            part.read_column(found)
    words = " ".join([token.word for token in tokens[end + 1 :]])
    if "WITHOUT ROWID" in words:
        found.options["sqlite_with_rowid"] = False
    if "STRICT" in words.split():
        found.options["sqlite_strict"] = True
    return found


def read_condition(sql: str) -> str | None:
    """Return the condition of a partial index."""
    depth = 0
    for token in tokens_of(_TOKEN, sql):
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.word == "WHERE":
            return sql[token.end :].strip()
    return None


_CONSTRAINTS = ("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN")
_ACTIONS = ("CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION")


class Reader:
    """Reads one part of the list in CREATE TABLE: a column, or constraints."""

    def __init__(self, sql: str, tokens: list[Token]) -> None:
        self.sql = sql
        self.tokens = tokens
        self.place = 0
        self.name: str | None = None
        self.is_constraint = bool(tokens) and tokens[0].word in _CONSTRAINTS

    def _word(self, ahead: int = 0) -> str:
        place = self.place + ahead
        return self.tokens[place].word if place < len(self.tokens) else ""

    def _group(self) -> list[Token]:
        """Take what stands in parentheses from here on, without them."""
        end = closing(self.tokens, self.place)
        inner = self.tokens[self.place + 1 : end]
        self.place = end + 1
        return inner

    def _group_text(self) -> str:
        start = self.tokens[self.place].end
        end = closing(self.tokens, self.place)
        text = self.sql[start : self.tokens[end].start] if end < len(self.tokens) else self.sql[start:]
        self.place = end + 1
        return text.strip()

    def _group_names(self) -> tuple[str, ...]:
        return tuple([part[0].name for part in split(self._group()) if part])

    def _taken_name(self) -> str | None:
        """Return the name of the constraint that begins here; the next one has none of its own."""
        name, self.name = self.name, None
        return name

    def _take_shared(self, found: TableText) -> bool:
        """Read what columns and tables have in common."""
        word = self._word()
        if word == "CONSTRAINT":
            self.name = self.tokens[self.place + 1].name if self.place + 1 < len(self.tokens) else None
            self.place += 2
        elif word == "CHECK" and self._word(1) == "(":
            self.place += 1
            found.checks.append(CheckText(self._taken_name(), self._group_text()))
        elif word == "PRIMARY":
            found.key_name = self._taken_name() or found.key_name
            self.place += 1
        else:
            return False
        return True

    def read_constraint(self, found: TableText) -> None:
        """Read constraints of the table."""
        while self.place < len(self.tokens):
            word = self._word()
            if self._take_shared(found):
                continue
            self.place += 1
            if word == "UNIQUE" and self._word() == "(":
                found.uniques.append(KeyText(self._taken_name(), self._group_names()))
            elif word == "FOREIGN":
                self.place += 1
                found.foreign_keys.append(self._foreign_key())
            elif word == "(":
                self.place -= 1
                self._group()

    def _foreign_key(self) -> KeyText:
        name = self._taken_name()
        columns = self._group_names()
        self.place += 1
        table = self.tokens[self.place].name if self.place < len(self.tokens) else ""
        self.place += 1
        referred = self._group_names() if self._word() == "(" else ()
        return KeyText(name, columns, table, referred, tuple(self._key_options()))

    def _key_options(self) -> Iterator[tuple[str, str | bool]]:
        """Read ON DELETE, ON UPDATE, DEFERRABLE, INITIALLY as far as they go; MATCH means nothing to SQLite."""
        while True:
            word, following = self._word(), self._word(1)
            if word == "ON" and following in ("DELETE", "UPDATE"):
                self.place += 2
                action = self._action()
                if action != "NO ACTION":
                    yield f"on{following.lower()}", action
            elif word == "MATCH":
                self.place += 2
            elif word == "NOT" and following == "DEFERRABLE":
                self.place += 2
                yield "deferrable", False
            elif word == "DEFERRABLE":
                self.place += 1
                yield "deferrable", True
            elif word == "INITIALLY":
                self.place += 2
                yield "initially", following
            else:
                return

    def _action(self) -> str:
        first, both = self._word(), f"{self._word()} {self._word(1)}"
        self.place += 2 if both in _ACTIONS else 1
        return both if both in _ACTIONS else first

    def read_column(self, found: TableText) -> None:
        """Read the constraints of a column and the expression that it is generated by."""
        column = self.tokens[0].name if self.tokens else ""
        self.place = 1
        while self.place < len(self.tokens):
            word = self._word()
            if self._take_shared(found):
                continue
            if word == "(":
                self._group()
                continue
            self.place += 1
            if word == "UNIQUE":
                found.uniques.append(KeyText(None, (column,)))
            elif word == "AS" and self._word() == "(":
                found.generated[column] = self._group_text()
