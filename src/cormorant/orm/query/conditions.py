"""The ON clauses of relationships: join conditions seen through aliases on either side.

In: a relationship and functions that find the replacement of a column on its local side, its remote side and in its
secondary table. Out: expressions. Which columns belong to the remote side is marked in the relationship's conditions.
"""

from __future__ import annotations

from typing import Any

from ...sql.logic import and_
from ...sql.node import deannotate
from ..mapping.conditions import REMOTE, is_table_column
from .adapt import Find, adapt, keep
from .entities import find_in


def primary_condition(
    relationship: Any, local: Find = keep, remote: Find = keep, criteria: tuple[Any, ...] = ()
) -> Any:
    """Return the condition between the parent and the target (or the secondary table), and further criteria."""

    def find(column: Any) -> Any:
        if not is_table_column(column):
            return None
        replaced = (remote if REMOTE in column._annotations else local)(column)
        return deannotate(column) if replaced is None else replaced

    condition = adapt(relationship.marked_primaryjoin, find)
    return and_(condition, *criteria) if criteria else condition


def secondary_condition(
    relationship: Any, secondary: Find = keep, target: Find = keep, criteria: tuple[Any, ...] = ()
) -> Any:
    """Return the condition between the secondary table and the target, and further criteria."""
    columns = set(relationship.secondary.c)

    def find(column: Any) -> Any:
        if not is_table_column(column):
            return None
        plain = deannotate(column)
        is_through = REMOTE in column._annotations and plain in columns
        replaced = (secondary if is_through else target)(column)
        return plain if replaced is None else replaced

    condition = adapt(relationship.marked_secondaryjoin, find)
    return and_(condition, *criteria) if criteria else condition


def without_relationships(node: Any) -> Any:
    """Return an expression with join conditions in place of relationships."""
    if getattr(node, "is_relationship", False):
        return condition_of(node)
    if node.is_select_statement or node.is_from_clause:
        return node
    return node._map_children(without_relationships)


def condition_of(link: Any) -> Any:
    """Return the join condition that a relationship stands for where it is used as an expression."""
    relationship = link.relationship
    local, remote = find_in(link.owner.entity), find_in(link.entity)
    if relationship.secondary is None:
        return primary_condition(relationship, local, remote, link.criteria)
    return and_(primary_condition(relationship, local), secondary_condition(relationship, keep, remote, link.criteria))
