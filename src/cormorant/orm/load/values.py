"""Values of columns in generated text: the conversion of each, written out where its template allows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


class Values:
    """Expressions for the columns of a row; `names` collects what they refer to."""

    def __init__(self, conversions: Sequence[Any]) -> None:
        self.conversions = conversions
        self.names: dict[str, Any] = {}
        self._ready: set[int] = set()

    @property
    def row(self) -> str:
        """The target that takes a row apart."""
        return "".join(f"c{position}, " for position in range(len(self.conversions))).rstrip()

    def expression(self, position: int) -> str:
        """Return the expression for a column's value; the variable itself where nothing converts it."""
        variable = f"c{position}"
        conversion = self.conversions[position]
        if conversion is None or position in self._ready:
            return variable
        if conversion.template is not None:
            self.names |= conversion.names
            return f"None if {variable} is None else {conversion.template.format(variable)}"
        self.names[f"convert{position}"] = conversion.function
        call = f"convert{position}({variable})"
        return call if conversion.sees_none else f"None if {variable} is None else {call}"

    def convert_first(self, positions: Iterable[int]) -> list[str]:
        """Return statements that convert columns which the text reads more than once: those of keys."""
        lines: list[str] = []
        for position in sorted(set(positions)):
            if self.conversions[position] is not None:
                lines.append(f"c{position} = {self.expression(position)}")
            self._ready.add(position)
        return lines

    def is_raw(self, positions: Iterable[int]) -> bool:
        """Tell whether columns are used as the driver gives them."""
        return all(self.conversions[position] is None for position in positions)

    def literal(self, columns: Iterable[tuple[int, str]]) -> str:
        """Return a dictionary display of attribute keys and values."""
        return "{" + ", ".join(f"{key!r}: {self.expression(position)}" for position, key in columns) + "}"
