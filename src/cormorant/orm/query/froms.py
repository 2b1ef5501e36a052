"""The FROM elements of an ORM statement as Core knows them: entities give way to tables, relationships to ON clauses.

In: what `select_from()` and `join()` were given. Out: FROM elements and joins without entities. Nothing here knows
columns or options.
"""

from __future__ import annotations

from typing import Any

from ...exc import ArgumentError
from ...sql.fromclause import FromGrouping
from ...sql.joins import Join
from ...sql.logic import and_
from ...util import warn_deprecated
from ..mapping.entity import EntityNode
from .adapt import Find, adapt, keep, to_alias
from .conditions import primary_condition, secondary_condition
from .criteria import NO_CRITERIA, Criteria
from .entities import find_in
from .joins import EntityJoin

CoreJoin = tuple[Any, Any, Any, bool, bool]


def joined_entities(select: Any) -> dict[Any, bool]:
    """Return the entities that a SELECT joins to others, and whether it says by which condition.

    A join that the program made of FROM elements is none of these: it is taken as it is.
    """
    found: dict[Any, bool] = {}
    for target, onclause, *_ in select.setup_joins:
        if isinstance(target, EntityNode):
            found[target.entity] = onclause is not None
        elif getattr(target, "is_relationship", False):
            found[target.entity] = True
    for element in select.from_clauses:
        while isinstance(element, Join):
            if isinstance(element.right, EntityNode) and getattr(element.onclause, "is_relationship", False):
                found[element.right.entity] = True
            element = element.left
    return found


def source_entities(select: Any) -> list[Any]:
    """Return the entities that rows start from: those of `select_from()` and on the left of joins."""
    starts = [element if isinstance(element, EntityNode) else _start(element) for element in select.from_clauses]
    starts += [left for _, _, left, *_ in select.setup_joins]
    return [element.entity for element in starts if isinstance(element, EntityNode)]


def _start(element: Any) -> Any:
    """Return what a join starts from if it was made of mapped classes; the Core's own joins are taken as they are."""
    is_of_entities = False
    while isinstance(element, Join):
        is_of_entities = is_of_entities or isinstance(element, EntityJoin)
        element = element.left
    return element if is_of_entities else None


def core_from(element: Any, criteria: Criteria = NO_CRITERIA) -> Any:
    """Return a FROM element with tables in place of entities, and criteria of options in joins of entities."""
    if isinstance(element, EntityNode):
        return element.element
    if isinstance(element, Join):
        if getattr(element.onclause, "is_relationship", False):
            return _core_relationship_join(element, criteria)
        left, right = core_from(element.left, criteria), core_from(element.right, criteria)
        if isinstance(element, EntityJoin) and isinstance(element.right, EntityNode):
            element = _limited(element, criteria.given(element.right.entity))
        if left is not element.left or right is not element.right:
            return element._copy(left=left, right=right)
    if isinstance(element, FromGrouping):
        inner = core_from(element.element, criteria)
        return element if inner is element.element else inner.self_group()
    return element


def _limited(join: Any, found: tuple[Any, ...]) -> Any:
    return join._copy(onclause=and_(join.onclause, *found)) if found else join


def _with_class(target: Any, onclause: Any, given: Criteria) -> Any:
    """Return an ON clause with the criteria of the joined class; they must not remove rows of an outer join."""
    criteria = given.of(target.entity) if isinstance(target, EntityNode) else ()
    return and_(onclause, *criteria) if criteria else onclause


def add_class_criteria(froms: list[Any], entities: list[Any], given: Criteria) -> list[Any]:
    """Return the FROM elements with the criteria of joined classes in the ON clauses that Core made itself."""
    criteria = {id(entity.selectable): given.of(entity) for entity in entities}

    def completed(element: Any) -> Any:
        if not isinstance(element, Join):
            return element
        found = criteria.get(id(element.right), ())
        return element._copy(
            left=completed(element.left), onclause=and_(element.onclause, *found) if found else element.onclause
        )

    return [completed(element) for element in froms]


def _core_relationship_join(join: Any, given: Criteria) -> Any:
    """Return a join along a relationship as joins of tables."""
    left = core_from(join.left, given)
    for right, condition, _, isouter, full in _along(join.onclause, join.right, left, join.isouter, join.full, given):
        left = Join(left, right, condition, isouter, full)
    return left


def core_joins(setup_joins: tuple[CoreJoin, ...], given: Criteria = NO_CRITERIA) -> tuple[CoreJoin, ...]:
    """Return the joins of a statement with tables and conditions in place of entities and relationships."""
    return tuple([join for one in setup_joins for join in _core_join(*one, given)])


def _core_join(target: Any, onclause: Any, left: Any, isouter: bool, full: bool, given: Criteria) -> list[CoreJoin]:
    left = None if left is None else core_from(left)
    if getattr(target, "is_relationship", False):
        return _along(target, None, left, isouter, full, given)
    if getattr(onclause, "is_relationship", False):
        return _along(onclause, target, left, isouter, full, given)
    return [
        (core_from(target), None if onclause is None else _with_class(target, onclause, given), left, isouter, full)
    ]


def _along(link: Any, target: Any, left: Any, isouter: bool, full: bool, given: Criteria) -> list[CoreJoin]:
    """Return the joins for a relationship; `target` is what the statement names as its other side."""
    relationship = link.relationship
    right, to_right, entity = _right_side(link, target)
    parent = link.owner.entity
    from_parent = find_in(parent)
    start = parent.selectable if left is None else left
    limits = given.of(entity) if target is None or isinstance(target, EntityNode) else given.of_join(entity, to_right)
    criteria = (*limits, *[adapt(criterion, to_right) for criterion in link.criteria])
    if relationship.secondary is None:
        on = primary_condition(relationship, from_parent, to_right, criteria)
        return [(right, on, start, isouter, full)]
    secondary = relationship.secondary.alias(flat=True)
    to_secondary = to_alias(relationship.secondary, secondary)
    first = primary_condition(relationship, from_parent, to_secondary)
    second = secondary_condition(relationship, to_secondary, to_right, criteria)
    if isouter or full:
        return [(Join(secondary, right, second), first, start, isouter, full)]
    return [(secondary, first, start, False, False), (right, second, secondary, False, False)]


def _right_side(link: Any, target: Any) -> tuple[Any, Find, Any]:
    """Return the FROM element on the other side of a relationship, the way to its columns, and the entity."""
    if isinstance(target, EntityNode):
        entity = target.entity
        if not entity.mapper.common_parent(link.relationship.mapper):
            raise ArgumentError(
                f"Join target {target.entity} does not correspond to the right side of join condition "
                f"{link.relationship}"
            )
        return entity.selectable, find_in(entity), entity
    if target is not None:
        mapper = link.relationship.mapper
        if target is not mapper.selectable and target is not mapper.local_table:
            warn_deprecated(
                f"An alias is being generated automatically against joined entity {mapper} for raw clauseelement, "
                "which is deprecated and will be removed in a later release. Use the aliased() construct explicitly, "
                "see the linked example."
            )
        return core_from(target), (keep if target is mapper.selectable else target.corresponding_column), mapper
    entity = link.entity
    return entity.selectable, find_in(entity), entity
