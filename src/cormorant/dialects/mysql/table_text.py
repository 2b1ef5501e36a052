"""Reads what SHOW CREATE TABLE prints: one line per column, key and constraint, then the options of the table.

In: the text. Out: columns with the words after their types, keys, references, checks, options.
"""

from __future__ import annotations

import re

from .table_lines import Reader, unquoted
from .table_parts import CheckText, ColumnText, TableText

_OPTION = re.compile(
    r"((?:DEFAULT |DATA |INDEX )?[A-Za-z_]+)\s*=\s*('(?:[^'\\]|\\.|'')*'|`(?:[^`]|``)*`|\([^)]*\)|\S+)", re.IGNORECASE
)
_PARTITION = re.compile(r"\s*(?:/\*!\d+ )?PARTITION BY (.*)\Z", re.DOTALL | re.IGNORECASE)
_PREFIXES = ("FULLTEXT", "SPATIAL", "VECTOR")


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
