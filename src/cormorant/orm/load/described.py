"""Plans of text: what its rows become once a cursor has told the names of their columns.

In: the plan of a statement whose load plan is a `LatePlan`, and a cursor. Out: what stands for the statement's plan
where its rows are read, kept per names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ...engine.keys import RowKeys
from ...engine.layout import Layout
from ...exc import ResourceClosedError
from ..query.late import LatePlan
from ..query.plan import LoadPlan

LIMIT = 100
"""How many descriptions of one statement are kept."""


class DescribedRows(NamedTuple):
    """What is compiled, with a load plan."""

    load_plan: LoadPlan


class DescribedPlan:
    """The plan of a statement, as far as reading rows needs it, for one description of these."""

    __slots__ = ("_layout", "compiled", "roles")

    def __init__(self, plan: Any, load_plan: LoadPlan, layout: Layout) -> None:
        self.compiled = DescribedRows(load_plan)
        self.roles = plan.roles
        self._layout = layout

    def layout(self, description: Sequence[Any]) -> Layout:
        """The layout of the result."""
        return self._layout


def described(plan: Any, cursor: Any) -> Any:
    """Return the plan for the rows of a cursor: the same one where it is complete."""
    late = plan.compiled.load_plan
    if not isinstance(late, LatePlan):
        return plan
    if cursor.description is None:
        raise ResourceClosedError("This result object does not return rows. It has been closed automatically.")
    names = tuple([column[0] for column in cursor.description])
    found = late.memo.get(names)
    if found is None:
        load_plan, types = late.plan_for(names)
        conversions = [None if type_ is None else type_.result_conversion(plan.dialect) for type_ in types]
        layout = Layout(RowKeys(names, roles=plan.roles), conversions)
        if len(late.memo) >= LIMIT:
            late.memo.clear()
        found = late.memo[names] = DescribedPlan(plan, load_plan, layout)
    return found
