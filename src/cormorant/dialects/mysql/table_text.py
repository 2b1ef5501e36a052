"""Reads what SHOW CREATE TABLE prints: one line per column, key and constraint, then the options of the table.

In: the text. Out: columns with the words after their types, keys, references, checks, options. Types stay words here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

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
_OPTION = re.compile(
    r"((?:DEFAULT |DATA |INDEX )?[A-Za-z_]+)\s*=\s*('(?:[^'\\]|\\.|'')*'|`(?:[^`]|``)*`|\([^)]*\)|\S+)", re.IGNORECASE
)
_PARTITION = re.compile(r"\s*(?:/\*!\d+ )?PARTITION BY (.*)\Z", re.DOTALL | re.IGNORECASE)
_PREFIXES = ("FULLTEXT", "SPATIAL", "VECTOR")


class Token(NamedTuple):
    """A piece of a line; `word` is it in upper case, empty for strings and quoted names."""

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
        return self.text[1:-1].replace(self.text[0] * 2, self.text[0])


@dataclass
class ColumnText:
    """A column: its name, the words of its type, and what follows them."""

    name: str
    type_name: str = ""
    arguments: list[str] = field(default_factory=list[str])
    unsigned: bool = False
    zerofill: bool = False
    charset: str | None = None
    collation: str | None = None
    nullable: bool = True
    autoincrement: bool = False
    default: str | None = None
    on_update: str | None = None
    comment: str | None = None
    generated: str | None = None
    is_stored: bool = False


class KeyPart(NamedTuple):
    """A column of a key with the length of its prefix, or an expression."""

    name: str | None
    length: int | None = None
    expression: str | None = None


class KeyText(NamedTuple):
    """PRIMARY KEY, UNIQUE KEY, KEY, FULLTEXT KEY; `kind` is what stands before KEY."""

    kind: str
    name: str | None
    parts: list[KeyPart]
    parser: str | None = None


class ReferenceText(NamedTuple):
    """FOREIGN KEY."""

    name: str | None
    columns: list[str]
    schema: str | None
    table: str
    referred: list[str]
    options: dict[str, str]


class CheckText(NamedTuple):
    """CHECK (sqltext)."""

    name: str | None
    sqltext: str


@dataclass
class TableText:
    """What was found."""

    columns: list[ColumnText] = field(default_factory=list[ColumnText])
    keys: list[KeyText] = field(default_factory=list[KeyText])
    references: list[ReferenceText] = field(default_factory=list[ReferenceText])
    checks: list[CheckText] = field(default_factory=list[CheckText])
    options: dict[str, str] = field(default_factory=dict[str, str])
    comment: str | None = None


def read_table(sql: str) -> TableText:
    """Return what SHOW CREATE TABLE says."""
    found = TableText()
    lines = sql.split("\n")
    for number, line in enumerate(lines[1:], 1):
        if line.startswith(")"):
            _read_options(line[1:], "\n".join(lines[number + 1 :]), found)
            break
        _read_line(line.strip().removesuffix(","), found)
    return found


def read_type(text: str) -> ColumnText:
    """Return a column of no name for the words of a type alone, as DESCRIBE prints them."""
    column = ColumnText("")
    Reader(text).read_column(column)
    return column


def unquoted(text: str) -> str:
    """Return the value of a string literal."""
    if not text.startswith("'"):
        return text
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]) if match[1] else "'", text[1:-1])


def _read_line(line: str, found: TableText) -> None:
    reader = Reader(line)
    first = reader.word()
    if reader.tokens and reader.tokens[0].kind == "quoted":
        column = ColumnText(reader.take().name)
        reader.read_column(column)
        found.columns.append(column)
    elif first == "CONSTRAINT":
        reader.read_constraint(found)
    elif first == "CHECK":
        reader.place += 1
        found.checks.append(CheckText(None, reader.group_text()))
    elif first in ("PRIMARY", "UNIQUE", "KEY", *_PREFIXES):
        found.keys.append(reader.read_key())


def _read_options(line: str, rest: str, found: TableText) -> None:
    for match in _OPTION.finditer(line):
        name, value = match.group(1).upper(), unquoted(match.group(2))
        if name == "COMMENT":
            found.comment = value
        if name != "AUTO_INCREMENT":
            found.options[name.lower()] = value
    partition = _PARTITION.match(rest) or _PARTITION.match(line.partition("PARTITION BY")[1])
    if partition is not None:
        by, _, definitions = partition.group(1).removesuffix("*/").strip().partition("\n(")
        found.options["partition_by"] = by.strip()
        if definitions:
            found.options["partition_definitions"] = " ".join(definitions.removesuffix(")").split())


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
        self.tokens = [
            Token(match.lastgroup or "", match.group(), match.start(), match.end())
            for match in _TOKEN.finditer(line)
            if match.lastgroup != "blank"
        ]
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
        depth = 0
        for place in range(self.place, len(self.tokens)):
            depth += (self.tokens[place].text == "(") - (self.tokens[place].text == ")")
            if depth == 0:
                return place
        return len(self.tokens) - 1

    def group_text(self, with_parentheses: bool = False) -> str:
        """Take what stands in parentheses."""
        first, last = self.tokens[self.place], self.tokens[self._end_of_group()]
        self.place = self._end_of_group() + 1
        return self.line[first.start : last.end] if with_parentheses else self.line[first.end : last.start]

    def _parts(self) -> Iterator[list[Token]]:
        """Take what stands in parentheses, part by part."""
        end = self._end_of_group()
        part: list[Token] = []
        depth = 0
        for token in self.tokens[self.place + 1 : end]:
            depth += (token.text == "(") - (token.text == ")")
            if depth == 0 and token.text == ",":
                yield part
                part = []
            else:
                part.append(token)
        if part:
            yield part
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
