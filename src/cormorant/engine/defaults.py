"""Values that Python gives to columns which an INSERT or UPDATE does not mention.

In: the prefetch columns of a compiled statement. Out: constants (known once per plan) and calls (made per row, in the
order of the columns, a call seeing what the row has so far).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple


class DefaultContext:
    """What a context-sensitive default is called with."""

    def __init__(self, values: Mapping[str, Any], connection: Any, compiled: Any) -> None:
        self.current_parameters = values
        self.connection = connection
        self.root_connection = connection
        self.compiled = compiled
        self.dialect = compiled.dialect
        self.engine = getattr(connection, "engine", None)

    def get_current_parameters(self, isolate_multiinsert_groups: bool = True) -> dict[str, Any]:
        """The values of the row: those given, and those of defaults called before."""
        return dict(self.current_parameters)


class DefaultCall(NamedTuple):
    """One column's callable default."""

    key: str
    function: Callable[[Any], Any]


class Defaults(NamedTuple):
    """The Python-side defaults of one statement."""

    constants: Mapping[str, Any]
    calls: Sequence[DefaultCall]
    compiled: Any
    own: Sequence[tuple[str, int]] = ()
    """Keys and positions of the values that the statement itself carries."""

    def fill(self, row: Mapping[str, Any], connection: Any, binds: Sequence[Any] = ()) -> dict[str, Any]:
        """A row with the values of the calls added; the calls see those of the statement too."""
        values = {**row, **self.constants}
        seen = {key: binds[position].effective_value for key, position in self.own} if binds else {}
        seen.update(values)
        context = DefaultContext(seen, connection, self.compiled)
        for key, function in self.calls:
            seen[key] = values[key] = function(context)
        return values


def find_defaults(compiled: Any) -> Defaults | None:
    """The defaults that a compiled INSERT or UPDATE leaves to the engine, or None."""
    if not compiled.prefetch:
        return None
    keys: dict[Any, list[str]] = {}
    for slot in compiled.binds:
        if slot.column is not None and slot.position is None:
            keys.setdefault(slot.column, []).append(slot.key)
    constants: dict[str, Any] = {}
    calls: list[DefaultCall] = []
    for column in compiled.prefetch:
        default = column.default if compiled.kind == "insert" else column.onupdate
        for key in keys.get(column, (column.key,)):
            if default.is_callable:
                calls.append(DefaultCall(key, default.arg))
            else:
                constants[key] = default.arg
    own = [
        (slot.key, slot.position) for slot in compiled.binds if slot.column is not None and slot.position is not None
    ]
    return Defaults(constants, calls, compiled, own)
