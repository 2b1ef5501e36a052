"""What SHOW CREATE TABLE is made of, as data: columns, keys, constraints. Types stay words here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


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
