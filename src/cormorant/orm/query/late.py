"""The plan of text whose columns are known only when a cursor tells them.

In: what the statement wants of each row, and a function that makes the load plan from names. Out: load plans. Kept
with the compiled statement in the place of a `LoadPlan`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field
from typing import Any, ClassVar

from ...util.record import record
from .plan import EntityLoad, LoadPlan


@record
class LatePlan:
    """What rows of text give, as far as that is known before it runs."""

    is_complete: ClassVar[bool] = False
    wanted: tuple[Any, ...]
    """The entities and columns of the statement."""
    plan_for: Callable[[tuple[str, ...]], tuple[LoadPlan, list[Any]]]
    """Names of a cursor's columns -> the plan, and the type of each column, None for one that is not read."""
    memo: dict[Any, Any] = field(default_factory=dict[Any, Any], repr=False)
    """Plans by names: filled by the load package."""

    def entities(self) -> Iterator[EntityLoad]:
        """Yield nothing: how entities are loaded is not known."""
        return iter(())

    def elements(self) -> Iterator[Any]:
        """Yield what the statement calls each item."""
        return iter(self.wanted)

    def __str__(self) -> str:
        return f"{', '.join(map(_name_of, self.wanted))}: columns are found by name when the statement runs"


def _name_of(element: Any) -> str:
    mapper = getattr(element, "mapper", None)
    return str(element if mapper is None else mapper.class_.__name__)
