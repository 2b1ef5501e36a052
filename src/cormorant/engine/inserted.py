"""What is known after an INSERT or UPDATE: the values sent, the rows that came back, the keys of the new rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from ..util.record import draft
from .keys import RowKeys
from .row import Row, row_class

AnyRow = Row[Unpack[tuple[Any, ...]]]


@draft
class Inserted:
    """The facts of one execution; keys are computed only when asked for."""

    plan: Any
    binds: Sequence[Any]
    rows: Sequence[Mapping[str, Any]]
    """Values given, one dictionary per row."""
    is_many: bool
    returned_rows: Sequence[AnyRow] | None = None
    """What RETURNING gave without the program's asking."""
    lastrowid: Any = None

    @property
    def is_explicit_returning(self) -> bool:
        """Whether the program asked for RETURNING."""
        compiled = self.plan.compiled
        return bool(compiled.returning) and not compiled.implicit_returning

    @property
    def is_left_out(self) -> bool:
        """Whether RETURNING told that no row was written."""
        return self.returned_rows is not None and not self.returned_rows and bool(self.plan.compiled.implicit_returning)

    def values(self, number: int) -> dict[str, Any]:
        """The values of one row before conversion, by key."""
        found: dict[str, Any] = self.plan.binder.named(self.binds, self.rows[number])
        return found

    def values_shown(self) -> Any:
        """The values of the row, or of all rows."""
        if self.is_many:
            return [self.values(number) for number in range(len(self.rows))]
        return self.values(0)

    def primary_keys(self) -> list[AnyRow]:
        """The primary key of each row; None where it is not known."""
        columns = list(self.plan.compiled.table.primary_key)
        made = row_class(RowKeys([column.key for column in columns], [(column,) for column in columns]))
        return [made([self._key_value(column, number) for column in columns]) for number in range(len(self.rows))]

    def _key_value(self, column: Any, number: int) -> Any:
        returned = self.returned_rows
        if returned is not None and number < len(returned) and returned[number]._keys.has(column):
            return returned[number][returned[number]._keys.position(column)]
        given = self._given_value(column, number)
        if given is not None or self.is_many:
            return given
        table = self.plan.compiled.table
        is_generated = column is getattr(table, "autoincrement_column", None) or column is getattr(
            table, "_autoincrement_column", None
        )
        return self.lastrowid if is_generated else None

    def _given_value(self, column: Any, number: int) -> Any:
        for slot in self.plan.compiled.slots:
            if slot.column is column:
                return self.values(number).get(slot.key)
        return None
