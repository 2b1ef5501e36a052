"""join() and outerjoin() of mapped classes: FROM elements for `select_from()`.

In: classes, aliases or tables, and an ON clause or a relationship. Out: a Join of the Core, which becomes a join of
tables with its statement. A class that shares its table with others brings the criteria that limit it to its rows.
"""

from __future__ import annotations

from typing import Any

from ...sql.joins import Join
from ...sql.logic import and_
from ..mapping.entity import EntityNode
from .inheritance import criteria_of


class EntityJoin(Join):
    """A join that was made with the join() of mapped classes: the class it starts from brings its criteria."""


def join(left: Any, right: Any, onclause: Any = None, isouter: bool = False, full: bool = False) -> Join:
    """Return a JOIN; `onclause` may be a relationship from left to right."""
    made = EntityJoin(left, right, onclause, isouter, full)
    if getattr(made.onclause, "is_relationship", False) or not isinstance(made.right, EntityNode):
        return made
    criteria = criteria_of([made.right.entity])
    return made._copy(onclause=and_(made.onclause, *criteria)) if criteria else made


def outerjoin(left: Any, right: Any, onclause: Any = None, full: bool = False) -> Join:
    """Return a LEFT OUTER JOIN; `onclause` may be a relationship from left to right."""
    return join(left, right, onclause, isouter=True, full=full)
