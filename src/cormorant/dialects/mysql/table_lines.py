"""Reads one line of SHOW CREATE TABLE: a column, a key or a constraint.

In: the line. Out: the data of `table_parts.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..tokens import Token, closing, split, tokens_of
from .table_parts import CheckText, ColumnText, KeyPart, KeyText, ReferenceText, TableText

_TOKEN = re.compile(
    r"""(?P<blank>\s+|/\*!\d*\s?|/\*M!\d*\s?|\*/|/\*.*?\*/)
      | (?P<string>'(?:[^'\\]|\\.|'')*')
      | (?P<quoted>`(?:[^`]|``)*`|"(?:[^"]|"")*")
      | (?P<word>[A-Za-z_][\w$]*)
      | (?P<other>[\w.]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "Z": "\x1a"}


def unquoted(text: str) -> str:
    """Return the value of a string literal."""
    if not text.startswith("'"):
        return text
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]) if match[1] else "'", text[1:-1])


_AFTER_DEFAULT = (
    "COMMENT",
    "ON",
    "CHECK",
    "INVISIBLE",
    "AUTO_INCREMENT",
    "COLLATE",
    "COLUMN_FORMAT",
    "STORAGE",
    "GENERATED",
)


class Reader:
    """Reads one line."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.tokens = list(tokens_of(_TOKEN, line))
        self.place = 0

    def word(self, ahead: int = 0) -> str:
        """The keyword that comes next."""
        place = self.place + ahead
        return self.tokens[place].word if place < len(self.tokens) else ""

    def take(self) -> Token:
        """Take the next piece."""
        self.place += 1
        return self.tokens[self.place - 1]

    def _end_of_group(self) -> int:
        return min(closing(self.tokens, self.place), len(self.tokens) - 1)

    def group_text(self, with_parentheses: bool = False) -> str:
        """Take what stands in parentheses."""
        first, last = self.tokens[self.place], self.tokens[self._end_of_group()]
        self.place = self._end_of_group() + 1
        return self.line[first.start : last.end] if with_parentheses else self.line[first.end : last.start]

    def _parts(self) -> Iterator[list[Token]]:
        """Take what stands in parentheses, part by part."""
        end = self._end_of_group()
        yield from split(self.tokens[self.place + 1 : end])
        self.place = end + 1

    # columns

    def read_column(self, column: ColumnText) -> None:
        """Read the type of a column and what follows it."""
        column.type_name = self.take().text.lower() if self.tokens[self.place :] else ""
        if self.word() == "PRECISION":
            column.type_name += " precision"
            self.place += 1
        if self.word() == "(":
            column.arguments = [unquoted(part[0].text) for part in self._parts()]
        while self.place < len(self.tokens):
            handler = _CLAUSES.get(self.word())
            self.place += 1
            if handler is not None:
                handler(self, column)

    def read_default(self, column: ColumnText) -> None:
        """DEFAULT: everything up to the next clause."""
        text = self._expression()
        column.default = None if text.upper() == "NULL" else text

    def read_on(self, column: ColumnText) -> None:
        """ON UPDATE."""
        self.place += 1
        column.on_update = self._expression()

    def _expression(self) -> str:
        if self.place >= len(self.tokens):
            return ""
        start = end = self.tokens[self.place].start
        while self.place < len(self.tokens) and self.word() not in _AFTER_DEFAULT:
            if self.word() == "(":
                self.place = self._end_of_group()
            end = self.take().end
        return self.line[start:end]

    def read_generated(self, column: ColumnText) -> None:
        """GENERATED ALWAYS AS (expression) STORED."""
        if self.word() == "(":
            column.generated = self.group_text(with_parentheses=True)

    # keys and constraints

    def read_key(self) -> KeyText:
        """Read a key; an expression in it stands in parentheses of its own."""
        kind = self.take().word if self.word() != "KEY" else ""
        self.place += 1
        name = self.take().name if self.tokens[self.place].kind == "quoted" else None
        parts = [self._key_part(part) for part in self._parts()]
        parser = self.tokens[self.place + 2].name if self.word() == "WITH" and self.word(1) == "PARSER" else None
        return KeyText(kind, name, parts, parser)

    def _key_part(self, part: list[Token]) -> KeyPart:
        if part[0].text == "(":
            closing = len(part) - 1 if part[-1].text == ")" else len(part) - 2
            return KeyPart(None, None, self.line[part[0].end : part[closing].start])
        length = int(part[2].text) if len(part) > 3 and part[1].text == "(" else None
        return KeyPart(part[0].name, length)

    def read_constraint(self, found: TableText) -> None:
        """Read a foreign key or a check with a name."""
        self.place += 1
        name = self.take().name if self.tokens[self.place].kind == "quoted" else None
        if self.word() == "CHECK":
            self.place += 1
            found.checks.append(CheckText(name, self.group_text()))
        elif self.word() == "FOREIGN":
            self.place += 2
            found.references.append(self._reference(name))

    def _reference(self, name: str | None) -> ReferenceText:
        columns = [part[0].name for part in self._parts()]
        self.place += 1
        schema, table = None, self.take().name
        if self.word() == ".":
            self.place += 1
            schema, table = table, self.take().name
        referred = [part[0].name for part in self._parts()]
        return ReferenceText(name, columns, schema, table, referred, dict(self._actions()))

    def _actions(self) -> Iterator[tuple[str, str]]:
        while self.word() == "ON":
            event = self.word(1).lower()
            self.place += 2
            words = [self.take().word]
            if words[0] in ("SET", "NO"):
                words.append(self.take().word)
            action = " ".join(words)
            if action != "NO ACTION":
                yield f"on{event}", action


def _set_flag(name: str, value: bool) -> Callable[[Reader, ColumnText], None]:
    def handle(reader: Reader, column: ColumnText) -> None:
        setattr(column, name, value)

    return handle


def _not_null(reader: Reader, column: ColumnText) -> None:
    if reader.word() == "NULL":
        reader.place += 1
        column.nullable = False


def _charset(reader: Reader, column: ColumnText) -> None:
    if reader.word() == "SET":
        reader.place += 1
        column.charset = reader.take().text


def _collate(reader: Reader, column: ColumnText) -> None:
    column.collation = reader.take().text


def _comment(reader: Reader, column: ColumnText) -> None:
    column.comment = unquoted(reader.take().text)


def _check(reader: Reader, column: ColumnText) -> None:
    if reader.word() == "(":
        reader.group_text()


_CLAUSES: dict[str, Callable[[Reader, ColumnText], None]] = {
    "AS": Reader.read_generated,
    "AUTO_INCREMENT": _set_flag("autoincrement", True),
    "CHARACTER": _charset,
    "CHECK": _check,
    "COLLATE": _collate,
    "COMMENT": _comment,
    "DEFAULT": Reader.read_default,
    "NOT": _not_null,
    "ON": Reader.read_on,
    "PERSISTENT": _set_flag("is_stored", True),
    "STORED": _set_flag("is_stored", True),
    "UNSIGNED": _set_flag("unsigned", True),
    "ZEROFILL": _set_flag("zerofill", True),
}
"""First word of a clause after the type -> what reads it."""
