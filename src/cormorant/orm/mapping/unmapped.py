"""Columns that a declarative class gives to its table and does not map: `unmapped_column()`, `orm_insert_sentinel()`.

In: what `mapped_column()` takes of a column. Out: a `MappedColumn` that the scan puts into the table alone.
"""

from __future__ import annotations

from typing import Any

from ...schema import insert_sentinel
from .mapped_column import MappedColumn, mapped_column


def unmapped_column(__name_pos: Any = None, __type_pos: Any = None, /, *args: Any, init: Any = False, **kw: Any) -> Any:
    """Declare a column of the table that is no attribute; type and nullability may come from `Unmapped[...]`."""
    made: MappedColumn = mapped_column(__name_pos, __type_pos, *args, **kw)
    made.is_unmapped = True
    return made


def orm_insert_sentinel(
    name: str | None = None, type_: Any = None, *, default: Any = None, omit_from_statements: bool = True
) -> Any:
    """Declare a column that only tells the rows of one INSERT apart; it is no attribute."""
    made = MappedColumn()
    made.column = insert_sentinel(name, type_, default=default, omit_from_statements=omit_from_statements)
    made.is_unmapped = True
    return made


def as_typed_table(cls: Any, typed_columns_cls: Any = None, /) -> Any:
    """Return the table of a mapped class, which type checkers take for one of these typed columns."""
    return cls.__table__
