"""The columns that rows of another statement have, and where attributes find theirs.

In: names, and the columns that the statement declares. Out: positions. A declared column is found as itself or by its
name; a column of text that declares none by its name, or by the name of its table, an underscore and its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ...exc import InvalidRequestError, NoSuchColumnError
from ...sql.node import deannotate


class FoundColumns:
    """Positions by column; `types` are what columns were found as, None where nobody asked."""

    def __init__(self, names: Sequence[str], declared: Sequence[Any] = (), *, has_labels: bool = False) -> None:
        """Take the names of the columns in order, and the columns that the statement declares, None for others.

        `has_labels` says that names may begin with that of a table.
        """
        self.types: list[Any] = [None if column is None else column.type for column in declared]
        self.types += [None] * (len(names) - len(declared))
        self._has_labels = has_labels
        self._by_id: dict[int, int] = {}
        self._by_name: dict[str, list[int]] = {}
        for position, column in enumerate(declared):
            if column is not None:
                self._by_id.setdefault(id(deannotate(column)), position)
        for position, name in enumerate(names):
            self._by_name.setdefault(name, []).append(position)

    def find(self, column: Any) -> int | None:
        """Return the position of a column; None where it is missing. Raises where its name stands for several."""
        position = self._by_id.get(id(deannotate(column)))
        if position is None:
            found = [place for name in self._names_of(column) for place in self._by_name.get(name, ())]
            if len(found) > 1:
                raise InvalidRequestError(f"Ambiguous column name '{_text(column)}' in result set column descriptions")
            if not found:
                return None
            (position,) = found
        if self.types[position] is None:
            self.types[position] = column.type
        return position

    def position(self, column: Any) -> int:
        """Return the position of a column; raises NoSuchColumnError where it is missing."""
        position = self.find(column)
        if position is None:
            raise missing(column)
        return position

    def first(self, columns: Iterable[Any]) -> int | None:
        """Return the position of the first of some columns that is there."""
        return next((place for column in columns if (place := self.find(column)) is not None), None)

    def _names_of(self, column: Any) -> list[str]:
        name = getattr(column, "name", None)
        if not isinstance(name, str):
            return []
        table = getattr(column, "table", None) if self._has_labels else None
        table_name = getattr(table, "name", None)
        return [name, f"{table_name}_{name}"] if isinstance(table_name, str) else [name]


def missing(column: Any) -> NoSuchColumnError:
    """Return the error for a column that rows do not have."""
    return NoSuchColumnError(f"Could not locate column in row for column '{_text(column)}'")


def _text(column: Any) -> str:
    return str(deannotate(column))
