"""The ORM's part in compiling: every statement with entities becomes a Core statement and a load plan.

In: a node. Out: `Lowered`, by a table of functions per class of statement. Importing this module enters the lowering in
`compile.lowering.lowerings`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...compile.lowering import Lowered, lowerings
from ...sql.compound import CompoundSelect
from ...sql.dml import Delete, Insert, Update
from ...sql.node import hooks
from ...sql.select import Select
from .criteria import NO_CRITERIA, everywhere_in
from .describe import describe_items
from .dml import lower_delete, lower_insert, lower_update
from .froms import core_from
from .selects import lower_nested, lower_select


def lower_compound(statement: Any) -> Lowered:
    """Return a UNION or its like: its members are lowered where they are met, by its criteria."""
    return Lowered(statement, everywhere=everywhere_in(statement))


FUNCTIONS: dict[type, Callable[[Any], Lowered]] = {
    Select: lower_select,
    CompoundSelect: lower_compound,
    Insert: lower_insert,
    Update: lower_update,
    Delete: lower_delete,
}


class OrmLowering:
    """The lowering of the plugin `orm`."""

    def statement(self, node: Any) -> Lowered:
        """Return the Core form of a statement, or of a part of one that is printed."""
        for cls in type(node).__mro__:
            function = FUNCTIONS.get(cls)
            if function is not None:
                return function(node)
        return Lowered(core_from(node))

    def nested(self, select: Any, everywhere: Any, shown: Any) -> Any:
        """Return the Core form of a SELECT inside another statement."""
        return lower_nested(select, everywhere or NO_CRITERIA, shown)


lowerings["orm"] = OrmLowering()
hooks.describe_columns["orm"] = describe_items


def lower(statement: Any) -> Lowered:
    """Return the Core form and the load plan of a statement."""
    return lowerings["orm"].statement(statement)
