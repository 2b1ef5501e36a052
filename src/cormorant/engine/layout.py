"""The layout of a result: keys, row class and the functions that make rows, decided once per plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..types.conversion import Conversion
from .conversion import RowMaker, make_column, make_rows
from .keys import RowKeys
from .roles import Roles
from .row import named_row_class, row_class


class Layout:
    """What rows of one result look like."""

    __slots__ = ("_columns", "conversions", "keys", "row_type", "rows")

    def __init__(self, keys: RowKeys, conversions: Sequence[Conversion | None], row_type: Any = None) -> None:
        self.keys = keys
        self.conversions = conversions
        self.row_type: Callable[[Any], Any] = row_type or row_class(keys)
        self.rows: RowMaker = make_rows(conversions, self.row_type)
        self._columns: dict[int, RowMaker] = {}

    def column(self, position: int) -> RowMaker:
        """The function that takes one column out of the driver's tuples."""
        made = self._columns.get(position)
        if made is None:
            conversion = self.conversions[position] if position < len(self.conversions) else None
            made = self._columns[position] = make_column(conversion, position)
        return made


def layout_of_columns(
    columns: Sequence[Any], dialect: Any, names: Sequence[str] = (), roles: Roles | None = None
) -> Layout:
    """The layout of a statement whose columns come in order; `names` are the cursor's, for columns without one."""
    found = [column.name or _name_at(position, names, dialect) for position, column in enumerate(columns)]
    keys = RowKeys(found, [column.keys for column in columns], roles=roles)
    return Layout(keys, [column.type.result_conversion(dialect) for column in columns])


def _name_at(position: int, names: Sequence[str], dialect: Any) -> str:
    """What the cursor calls a column that has no name of its own."""
    return str(dialect.described_name(names[position])) if position < len(names) else "?"


def layout_by_name(columns: Sequence[Any], names: tuple[str, ...], dialect: Any, roles: Roles | None = None) -> Layout:
    """The layout of text whose typed columns are matched by name to those that the cursor has."""
    known = {column.name: column for column in columns}
    found = [known.get(name) for name in names]
    keys = RowKeys(names, [() if column is None else column.keys for column in found], roles=roles)
    return Layout(keys, [None if column is None else column.type.result_conversion(dialect) for column in found])


_plain: dict[tuple[str, ...], Layout] = {}
_PLAIN_LIMIT = 1000


def plain_layout(names: tuple[str, ...]) -> Layout:
    """The layout of text: names as the cursor has them, values as the driver gives them."""
    made = _plain.get(names)
    if made is None:
        if len(_plain) >= _PLAIN_LIMIT:
            _plain.clear()
        row_type = named_row_class(names)
        made = _plain[names] = Layout(row_type._keys, (), row_type)
    return made
