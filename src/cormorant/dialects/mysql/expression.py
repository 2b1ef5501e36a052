"""MATCH .. AGAINST of MySQL, with its modes.

In: columns, what to look for, flags. Out: an expression that is a condition and a number at once. Which flags go
together is checked when it is rendered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from ...exc import ArgumentError
from ...sql.coercion import as_expression
from ...sql.column import ColumnElement
from ...sql.node import NODE, TREE, Kind
from ...sql.operations import ClauseList, Grouping
from ...types import BOOLEANTYPE
from ...types.operators import is_precedent, match_op
from .dml import NAME


class match(ColumnElement[Any]):  # noqa: N801 - public name
    """`MATCH (a, b) AGAINST (x IN BOOLEAN MODE)`: `left` are the columns, `right` is what to look for."""

    is_condition: ClassVar[bool] = True
    _structure: ClassVar[Mapping[str, Kind]] = {"left": NODE, "right": NODE, "modifiers": TREE}
    stringify_dialect: ClassVar[str] = NAME

    def __init__(
        self,
        *cols: Any,
        against: Any = None,
        in_boolean_mode: bool = False,
        in_natural_language_mode: bool = False,
        with_query_expansion: bool = False,
        **unknown: Any,
    ) -> None:
        if unknown:
            raise ArgumentError(f"unknown arguments: {', '.join(unknown)}")
        if not cols:
            raise ArgumentError("columns are required")
        if against is None:
            raise ArgumentError("against is required")
        self.left = ClauseList(*[as_expression(column) for column in cols], group=False)
        self.right = as_expression(against).self_group(match_op)
        self.type = BOOLEANTYPE
        self.modifiers = {
            "in_boolean_mode": in_boolean_mode,
            "in_natural_language_mode": in_natural_language_mode,
            "with_query_expansion": with_query_expansion,
        }

    def self_group(self, against: Any = None) -> Any:
        return Grouping(self) if is_precedent(match_op, against) else self

    def _flagged(self, name: str) -> Self:
        return self._copy(modifiers={**self.modifiers, name: True})

    def in_boolean_mode(self) -> Self:
        """Return a copy whose text to look for has operators: `+must -not`."""
        return self._flagged("in_boolean_mode")

    def in_natural_language_mode(self) -> Self:
        """Return a copy whose text to look for is plain text."""
        return self._flagged("in_natural_language_mode")

    def with_query_expansion(self) -> Self:
        """Return a copy that looks a second time, for the words of the best rows."""
        return self._flagged("with_query_expansion")
