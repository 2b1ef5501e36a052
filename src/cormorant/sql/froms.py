"""Which elements stand in the FROM clause of a SELECT.

In: a Select's columns, conditions, `select_from()` and `join()` calls, and what the statement around it has in FROM.
Out: the elements in the order of the text. Elements are compared by identity, annotated ones by their original.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..exc import InvalidRequestError
from .fromclause import FromClause
from .joins import Join, can_join
from .node import deannotate


def froms_of(element: Any) -> list[FromClause]:
    """Return the FROM elements that an element of a SELECT brings with it, in order of occurrence."""
    found: list[FromClause] = []
    _collect(element, found)
    return found


def _collect(element: Any, found: list[FromClause]) -> None:
    if element.is_table_column:
        table = element.table
        if table is not None and not contains(found, table):
            found.append(table)
    elif element.is_from_clause:
        _add(found, element.from_objects())
    elif element.has_own_froms:
        _add(found, element.own_froms())
    elif not element.is_select_statement:
        for child in element._children():
            if child.is_table_column:
                table = child.table
                if table is not None and not contains(found, table):
                    found.append(table)
            elif not child.is_bind:
                _collect(child, found)


def _add(found: list[FromClause], more: Iterable[FromClause]) -> None:
    for one in more:
        if not contains(found, one):
            found.append(one)


def contains(froms: Sequence[Any], wanted: Any) -> bool:
    """Tell whether an element is among others."""
    for one in froms:
        if one is wanted:
            return True
    original = deannotate(wanted)
    return any(deannotate(one) is original for one in froms)


def final_froms(
    columns: Sequence[Any], explicit: Sequence[Any], joins: Sequence[Any], conditions: Sequence[Any]
) -> list[FromClause]:
    """Return the FROM elements of a SELECT before correlation."""
    start: list[FromClause] = list(explicit)
    if joins:
        start = _joined(start, columns, joins)
    found: list[FromClause] = []
    _add(found, start)
    table = None
    for element in columns:
        if element.is_table_column:
            if element.table is not table and (table := element.table) is not None and not contains(found, table):
                found.append(table)
        else:
            _collect(element, found)
    for element in conditions:
        _collect(element, found)
    hidden = [one for element in found for one in element.hides()]
    return [one for one in found if not contains(hidden, one)] if hidden else found


def _joined(explicit: list[FromClause], columns: Sequence[Any], joins: Sequence[Any]) -> list[FromClause]:
    """Apply the calls of `join()` in order to the FROM elements known so far."""
    froms = list(explicit)
    for target, onclause, left, isouter, full in joins:
        if left is None:
            left = _left_side(froms, columns, target, onclause)
        else:
            left = next((one for one in froms if one.is_derived_from(left)), left)
        joined: FromClause = target if left is None else Join(left, target, onclause, isouter, full)
        place = next((i for i, one in enumerate(froms) if one is left), None)
        if place is None:
            froms.append(joined)
        else:
            froms[place] = joined
    return froms


def _left_side(froms: list[FromClause], columns: Sequence[Any], target: Any, onclause: Any) -> FromClause | None:
    """Return the element that a join without a left side extends."""
    candidates = list(froms)
    for column in columns:
        _collect(column, candidates)
    hidden = [one for element in candidates for one in element.hides()]
    candidates = [one for one in candidates if not contains(hidden, one) and deannotate(one) is not deannotate(target)]
    if onclause is not None:
        return _left_by_condition(candidates, onclause)
    able = [one for one in candidates if can_join(one, target)]
    if len(able) > 1:
        raise InvalidRequestError(
            "Can't determine which FROM clause to join from, there are multiple FROMS which can join to this entity. "
            "To help resolve the ambiguity, please use the .select_from() method to establish an explicit left side, "
            "as well as providing an explicit ON clause if not present already to help resolve the ambiguity."
        )
    if not able:
        raise InvalidRequestError(
            f"Don't know how to join to {target!r}. Please use the .select_from() method to establish an explicit left "
            "side, as well as providing an explicit ON clause if not present already to help resolve the ambiguity."
        )
    return able[0]


def _left_by_condition(candidates: list[FromClause], onclause: Any) -> FromClause | None:
    if len(candidates) < 2:
        return candidates[0] if candidates else None
    wanted = froms_of(onclause)
    able = [one for one in candidates if any(one.is_derived_from(deannotate(part)) for part in wanted)]
    return able[0] if able else candidates[0]


def visible_froms(
    froms: Sequence[FromClause],
    correlated: Sequence[Any] | None,
    uncorrelated: Sequence[Any] | None,
    is_automatic: bool,
    enclosing: Sequence[FromClause],
    adjacent: Sequence[FromClause],
) -> list[FromClause]:
    """Return the FROM elements of a SELECT inside another one, less those that refer to the other.

    `enclosing` is all that the SELECTs around it have in FROM, `adjacent` what the next one has; `correlated` are the
    arguments of `correlate()`, `uncorrelated` those of `correlate_except()`, None where not called.
    """
    visible = list(froms)
    if correlated:
        named = [one for one in visible if contains(_with_parts(correlated), one) and contains(enclosing, one)]
        visible = [one for one in visible if not contains(named, one)]
    if uncorrelated is not None:
        kept = _with_parts(uncorrelated)
        visible = [one for one in visible if contains(kept, one) or not contains(enclosing, one)]
    if is_automatic and adjacent and len(visible) > 1:
        rest = [one for one in visible if not contains(adjacent, one)]
        visible = rest or visible
    if not visible and froms:
        raise InvalidRequestError(
            "Select statement returned no FROM clauses due to auto-correlation; "
            "specify correlate(<tables>) to control correlation manually."
        )
    return visible


def _with_parts(froms: Iterable[Any]) -> list[Any]:
    return [part for one in froms for part in (one, *one.from_objects())]
