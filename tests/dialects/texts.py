"""Texts of statements by dialect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cormorant.dialects import mysql, postgresql, sqlite

Make = Callable[[Any], Any]

DIALECTS: Mapping[str, Callable[[], Any]] = {
    "default": lambda: None,
    "mysql": mysql.dialect,
    "postgresql": postgresql.dialect,
    "sqlite": sqlite.dialect,
}


def text_of(made: Any, name: str) -> str:
    """Return the text of an element in the language of a dialect."""
    return str(made.compile(dialect=DIALECTS[name]()))
