"""A column as the statement around it writes it: in an UPDATE, the value that SET gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from .coercion import as_column
from .column import ColumnElement, T
from .node import NODE, TYPE, Kind


class DMLTargetCopy(ColumnElement[T]):
    """The value that the INSERT or UPDATE around it gives a column; the column where it gives none."""

    _structure: ClassVar[Mapping[str, Kind]] = {"column": NODE, "type": TYPE}

    def __init__(self, column: Any) -> None:
        self.column = column
        self.type = column.type


def from_dml_column(column: Any) -> DMLTargetCopy[Any]:
    """Return the value that the INSERT or UPDATE around it gives a column; the column where it gives none."""
    return DMLTargetCopy(as_column(column))
