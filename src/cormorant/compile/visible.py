"""What a SELECT displays in FROM where it stands: its FROM elements less those that it correlates to.

In: a SELECT, its placement, the frame with the SELECTs around it. Out: the elements to write and the level for what is
nested in it. Automatic correlation reaches the next statement only; `correlate()` reaches all that are around.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..exc import InvalidRequestError
from .compiled import original_of
from .frame import Frame, Level, Placement
from .lint import lint_froms


def enter_level(select: Any, placement: Placement, frame: Frame) -> tuple[list[Any], Level]:
    """Return the FROM elements that a SELECT writes, and its level."""
    froms: list[Any] = select.get_final_froms()
    enclosing, adjacent = _around(placement, frame)
    if enclosing:
        froms = visible_froms(select, froms, enclosing, adjacent)
    if frame.lints:
        lint_froms("SELECT", froms, select.where_criteria, frame.element_name)
    parts = flattened(froms)
    return froms, Level(select, parts + enclosing, parts)


def _around(placement: Placement, frame: Frame) -> tuple[list[Any], list[Any]]:
    if not frame.levels or placement is Placement.CTE:
        return [], []
    level = frame.levels[-1]
    if placement is Placement.FROM:
        return without(level.enclosing, level.adjacent), []
    return level.enclosing, level.adjacent


def visible_froms(select: Any, froms: list[Any], enclosing: list[Any], adjacent: list[Any]) -> list[Any]:
    """Return the elements that are left after correlation; raises where automatic correlation leaves none."""
    if select.correlated:
        named = [one for one in flattened(select.correlated) if contains(enclosing, one)]
        return without(froms, named)
    if select.uncorrelated is not None:
        kept = flattened(select.uncorrelated)
        return [one for one in froms if contains(kept, one) or not contains(enclosing, one)]
    if not select.auto_correlate or len(froms) < 2:
        return froms
    rest = without(froms, adjacent)
    if not rest:
        raise InvalidRequestError(
            f"Select statement '{select!r}' returned no FROM clauses due to auto-correlation; "
            "specify correlate(<tables>) to control correlation manually."
        )
    return rest


def flattened(froms: Iterable[Any]) -> list[Any]:
    """Return elements and the parts of joins among them."""
    return [part for one in froms for part in one.from_objects()]


def contains(froms: Iterable[Any], wanted: Any) -> bool:
    """Tell whether an element, or the original of an annotated one, is among others."""
    original = original_of(wanted)
    return any(original_of(one) is original for one in froms)


def without(froms: Iterable[Any], removed: Iterable[Any]) -> list[Any]:
    """Return the elements that are not among others."""
    gone = {id(original_of(one)) for one in removed}
    return [one for one in froms if id(original_of(one)) not in gone]
