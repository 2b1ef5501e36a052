"""Rows from the driver's tuples: a function generated per result, with the conversions of the types inlined.

In: the conversion of each column and the row class. Out: `rows(list of tuples) -> list of rows`; without conversions
it is a plain map over the row class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..types.conversion import Conversion
from ..util.generated import define

RowMaker = Callable[[list[Any]], list[Any]]


def make_rows(conversions: Sequence[Conversion | None], row_class: Callable[[Any], Any]) -> RowMaker:
    """The function that turns the driver's tuples into rows of the class."""
    if not any(conversions):
        return lambda raw: list(map(row_class, raw))
    names: dict[str, Any] = {"row_class": row_class}
    columns = [converted(conversion, number, names) for number, conversion in enumerate(conversions)]
    variables = "".join(f"c{number}, " for number in range(len(conversions)))
    source = f"def rows(raw):\n    return [row_class(({', '.join(columns)},)) for {variables}in raw]\n"
    made: RowMaker = define("rows", source, names)
    return made


def make_column(conversion: Conversion | None, position: int) -> RowMaker:
    """The function that takes one column out of the driver's tuples."""
    if conversion is None:
        return lambda raw: [row[position] for row in raw]
    function = conversion.function
    if conversion.sees_none:
        return lambda raw: [function(row[position]) for row in raw]
    return lambda raw: [None if (value := row[position]) is None else function(value) for row in raw]


def converted(conversion: Conversion | None, number: int, names: dict[str, Any]) -> str:
    """The expression of column `number`, converted; the objects that it refers to are added to `names`."""
    column = f"c{number}"
    if conversion is None:
        return column
    if conversion.sees_none:
        names[f"f{number}"] = conversion.function
        return f"f{number}({column})"
    clashes = any(names.get(name, value) is not value for name, value in conversion.names.items())
    if conversion.template is None or clashes:
        names[f"f{number}"] = conversion.function
        return f"(None if {column} is None else f{number}({column}))"
    names.update(conversion.names)
    return f"(None if {column} is None else {conversion.template.format(column)})"
