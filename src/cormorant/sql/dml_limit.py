"""LIMIT of UPDATE and DELETE, for the dialects that have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .coercion import as_count
from .node import NODE, Kind
from .syntax_extension import SyntaxExtension


class DMLLimitClause(SyntaxExtension):
    """`LIMIT count` after the criteria; a number is written into the text when the statement is executed."""

    _structure: ClassVar[Mapping[str, Kind]] = {"count": NODE}

    def __init__(self, count: Any) -> None:
        made = as_count(count)
        self.count = made._copy(literal_execute=True) if made.is_bind else made

    def apply_to_update(self, update_stmt: Any) -> None:
        update_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_criteria")

    def apply_to_delete(self, delete_stmt: Any) -> None:
        delete_stmt.apply_syntax_extension_point(self.append_replacing_same_type, "post_criteria")
