"""The plan of a statement: all that can be decided before there are values, shared by threads and kept in a cache.

In: a `Compiled`. Out: text, the functions that make parameters, the layout of the result. A plan holds no value of an
execution and does no I/O.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..sql.node import statement_key
from .binding import Binder
from .defaults import Defaults, find_defaults
from .expanding import Expander
from .layout import Layout, layout_by_name, layout_of_columns, plain_layout
from .roles import roles_of
from .settled import settled_binds, settled_values


class StatementPlan:
    """How to run one shape of statement on one dialect."""

    __slots__ = (
        "_layout", "binder", "compiled", "defaults", "dialect", "expander", "inserts_one_row", "is_kept",
        "is_particular", "is_returning", "is_simple", "kind", "made_at", "making_took", "multi_insert", "other", "own",
        "roles", "settled", "settled_values", "text", "uses",
    )  # fmt: skip

    def __init__(self, compiled: Any, column_keys: Sequence[str] = (), making_took: float = 0.0) -> None:
        self.compiled = compiled
        self.dialect: Any = compiled.dialect
        self.text: str = compiled.text
        self.kind: str = compiled.kind
        self.defaults: Defaults | None = find_defaults(compiled)
        fixed: Mapping[str, Any] = {} if self.defaults is None else self.defaults.constants
        self.binder: Any = Binder(compiled.slots, compiled.order, self.dialect, fixed, column_keys)
        self.expander = Expander(compiled) if compiled.has_expanding else None
        calls_defaults = self.defaults is not None and bool(self.defaults.calls)
        self.is_simple = self.expander is None and not calls_defaults
        """Whether text and parameters follow from the binds alone."""
        self.own = self.binder.own if self.is_simple else None
        self.is_returning = bool(compiled.returning)
        self.inserts_one_row = _inserts_one_row(compiled)
        self.multi_insert: Any = None
        """How to insert many rows with RETURNING; made at first use."""
        self.made_at = time.perf_counter()
        self.making_took = making_took
        self.uses = 0
        self.is_kept = True
        self.roles = roles_of(compiled.statement, _result_elements(compiled))
        """The parts of objects in the columns of the result; None where equal statements have the same objects."""
        self.other: StatementPlan | None = None
        """The plan of equal statements whose objects play other parts."""
        self.settled = () if compiled.load_plan is None else settled_binds(compiled.statement)
        """The binds whose values are part of the plan."""
        self.settled_values = settled_values(statement_key(compiled.statement)[1], self.settled) if self.settled else ()
        self.is_particular = self.roles is not None or bool(self.settled)
        """Whether not every statement with the key can use the plan."""
        self._layout: Layout | None = None

    def layout(self, description: Sequence[Any] | None) -> Layout:
        """The layout of the result with a cursor description; drivers may have none (None) where no row came."""
        if self._layout is not None:
            return self._layout
        compiled = self.compiled
        if description is None:
            return plain_layout(tuple([column.name for column in compiled.result_columns]))
        names: tuple[Any, ...] = tuple([column[0] for column in description])
        if self.dialect.cursor_name is not None:
            names = tuple([self.dialect.cursor_name(name) for name in names])
        if compiled.result_columns and (compiled.result_by == "position" or _has_positions(compiled.load_plan)):
            self._layout = layout_of_columns(compiled.result_columns, self.dialect, names, self.roles)
            return self._layout
        if compiled.result_columns:
            return layout_by_name(compiled.result_columns, names, self.dialect, self.roles)
        return plain_layout(names)

    def __repr__(self) -> str:
        return f"<StatementPlan {self.kind}: {self.text!r}>"


def _has_positions(load_plan: Any) -> bool:
    """Tell whether a load plan says by their places what the columns are, text among them."""
    return load_plan is not None and load_plan.is_complete


def _result_elements(compiled: Any) -> Iterable[Any]:
    """What finds the columns of the result, one object for each."""
    if compiled.load_plan is not None:
        found: Iterable[Any] = compiled.load_plan.elements()
        return found
    return [column.element for column in compiled.result_columns]


def _inserts_one_row(compiled: Any) -> bool:
    """Whether it is an INSERT whose one row has the key that the driver tells."""
    statement = compiled.statement
    if compiled.kind != "insert":
        return False
    return not getattr(statement, "multi_values", None) and getattr(statement, "select", None) is None
