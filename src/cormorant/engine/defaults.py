"""Values that Python gives to columns which an INSERT or UPDATE does not mention.

In: the prefetch columns of a compiled statement. Out: constants (known once per plan) and calls (made per row, in the
order of the columns, a call seeing what the row has so far).
"""

from __future__ import annotations

import collections.abc
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..schema import Sequence
from ..sql.select import select
from .context import DefaultContext


class DefaultCall(NamedTuple):
    """One column's callable default."""

    key: str
    function: Callable[[Any], Any]
    row: Mapping[str, str] | None = None
    """In an INSERT of several rows: the keys of the columns of its row -> the names of their parameters."""


class Defaults(NamedTuple):
    """The Python-side defaults of one statement."""

    constants: Mapping[str, Any]
    calls: collections.abc.Sequence[DefaultCall]
    compiled: Any
    own: collections.abc.Sequence[tuple[str, int]] = ()
    """Keys and positions of the values that the statement itself carries."""

    def fill(
        self, row: Mapping[str, Any], connection: Any, binds: collections.abc.Sequence[Any] = ()
    ) -> dict[str, Any]:
        """A row with the values of the calls added; the calls see those of the statement too."""
        values = {**row, **self.constants}
        seen = {key: binds[position].effective_value for key, position in self.own} if binds else {}
        seen.update(values)
        context = DefaultContext(connection, self.compiled, seen, many=not binds)
        for key, function, row_names in self.calls:
            context.row_names = row_names
            seen[key] = values[key] = function(context)
        return values


def _rows_of(compiled: Any) -> list[dict[str, str]]:
    """Return, for each row of `values([{...}, {...}])`, the names of its parameters by key of the column."""
    count = len(getattr(compiled.statement, "multi_values", ()))
    rows: list[dict[str, str]] = [{} for _ in range(count)]
    if count:
        met: dict[Any, int] = {}
        for slot in compiled.slots:
            if slot.column is not None:
                number = met[slot.column] = met.get(slot.column, -1) + 1
                rows[number][slot.column.key] = slot.key
    return rows


def _asking(default: Any, column: Any, dialect: Any) -> Callable[[Any], Any]:
    """The function that has the database make the value: by an expression, or from the sequence of the column."""
    if default is not None and default.is_clause_element:
        asked: Any = select(default.arg)
    elif default is not None and not (default.optional and dialect.features.sequences_optional):
        asked = default
    else:
        asked = Sequence(dialect.counter_of(column), schema=column.table.schema)
    return lambda context: context.connection.scalar(asked)


def find_defaults(compiled: Any) -> Defaults | None:
    """The defaults that a compiled INSERT or UPDATE leaves to the engine, or None."""
    if not compiled.prefetch:
        return None
    keys: dict[Any, list[str]] = {}
    for slot in compiled.slots:
        if slot.column is not None and slot.position is None:
            keys.setdefault(slot.column, []).append(slot.key)
    rows = _rows_of(compiled)
    constants: dict[str, Any] = {}
    calls: list[DefaultCall] = []
    for column in compiled.prefetch:
        default = column.default if compiled.kind == "insert" else column.onupdate
        for number, key in enumerate(keys.get(column, (column.key,))):
            if default is None or default.is_sequence or default.is_clause_element:
                calls.append(DefaultCall(key, _asking(default, column, compiled.dialect)))
            elif default.is_callable:
                calls.append(DefaultCall(key, default.arg, rows[number] if rows else None))
            else:
                constants[key] = default.arg
    own = [
        (slot.key, slot.position) for slot in compiled.slots if slot.column is not None and slot.position is not None
    ]
    return Defaults(constants, calls, compiled, own)
