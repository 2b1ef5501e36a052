"""The FROM elements of an ORM statement as Core knows them: entities give way to tables, relationships to ON clauses.

In: what `select_from()` and `join()` were given. Out: FROM elements and joins without entities. Nothing here knows
columns or options.
"""

from __future__ import annotations

from typing import Any

from ...exc import ArgumentError
from ...sql.joins import Join
from ..mapping.entity import EntityNode
from .adapt import Find, adapt, keep, to_alias
from .conditions import primary_condition, secondary_condition
from .entities import find_in

CoreJoin = tuple[Any, Any, Any, bool, bool]


def core_from(element: Any) -> Any:
    """Return a FROM element with tables in place of entities."""
    if isinstance(element, EntityNode):
        return element.element
    if isinstance(element, Join):
        if getattr(element.onclause, "is_relationship", False):
            return _core_relationship_join(element)
        left, right = core_from(element.left), core_from(element.right)
        if left is not element.left or right is not element.right:
            return element._copy(left=left, right=right)
    return element


def _core_relationship_join(join: Any) -> Any:
    """Return a join along a relationship as joins of tables."""
    left = core_from(join.left)
    for right, condition, _, isouter, full in _along(join.onclause, join.right, left, join.isouter, join.full):
        left = Join(left, right, condition, isouter, full)
    return left


def core_joins(setup_joins: tuple[CoreJoin, ...]) -> tuple[CoreJoin, ...]:
    """Return the joins of a statement with tables and conditions in place of entities and relationships."""
    return tuple([join for given in setup_joins for join in _core_join(*given)])


def _core_join(target: Any, onclause: Any, left: Any, isouter: bool, full: bool) -> list[CoreJoin]:
    left = None if left is None else core_from(left)
    if getattr(target, "is_relationship", False):
        return _along(target, None, left, isouter, full)
    if getattr(onclause, "is_relationship", False):
        return _along(onclause, target, left, isouter, full)
    return [(core_from(target), onclause, left, isouter, full)]


def _along(link: Any, target: Any, left: Any, isouter: bool, full: bool) -> list[CoreJoin]:
    """Return the joins for a relationship; `target` is what the statement names as its other side."""
    relationship = link.relationship
    right, to_right = _right_side(link, target)
    parent = link.owner.entity
    from_parent = find_in(parent)
    start = parent.selectable if left is None else left
    criteria = tuple([adapt(criterion, to_right) for criterion in link.criteria])
    if relationship.secondary is None:
        on = primary_condition(relationship, from_parent, to_right, criteria)
        return [(right, on, start, isouter, full)]
    secondary = relationship.secondary.alias()
    to_secondary = to_alias(relationship.secondary, secondary)
    first = primary_condition(relationship, from_parent, to_secondary)
    second = secondary_condition(relationship, to_secondary, to_right, criteria)
    if isouter or full:
        return [(Join(secondary, right, second), first, start, isouter, full)]
    return [(secondary, first, start, False, False), (right, second, secondary, False, False)]


def _right_side(link: Any, target: Any) -> tuple[Any, Find]:
    """Return the FROM element on the other side of a relationship, and the way to its columns."""
    if isinstance(target, EntityNode):
        entity = target.entity
        if not entity.mapper.common_parent(link.relationship.mapper):
            raise ArgumentError(
                f"Join target {target.entity} does not correspond to the right side of join condition "
                f"{link.relationship}"
            )
        return entity.selectable, find_in(entity)
    if target is not None:
        source = link.relationship.mapper.selectable
        return core_from(target), (keep if target is source else target.corresponding_column)
    entity = link.entity
    return entity.selectable, find_in(entity)
