"""Eager joins: the FROM elements, ON clauses and columns that joined loading adds to a SELECT.

In: an entity draft, its FROM element and its options. Out: the FROM element extended by joins, columns and drafts of
the joined entities, and the ORDER BY of joined collections. Columns of nested entities come before those of their
parent.
"""

from __future__ import annotations

from typing import Any

from ...sql.joins import Join
from ...sql.naming import LABEL_STYLE_TABLENAME_PLUS_COL
from ...sql.select import Select
from .adapt import Find, adapt, to_alias
from .branch import Branch, Strategy
from .conditions import primary_condition, secondary_condition
from .drafts import Columns, EntityDraft
from .entities import RelationshipChoice, eager_relationships, find_in, is_aliased, loaded_columns
from .inheritance import class_criteria
from .plan import FollowUp, Trail


class EagerJoins:
    """Collects what joined loading adds to one SELECT."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.order_by: list[Any] = []
        self.has_collections = False
        self.pending: list[tuple[Any, PendingJoin]] = []
        """FROM element of an entity and a join that hangs on it, in order; made when all FROM elements are known."""

    def entity(self, draft: EntityDraft, source: Any, find: Find, branch: Branch, trail: Trail) -> None:
        """Add the columns of an entity that the statement has in FROM, before them those of what is loaded with it."""
        draft.branch = branch
        self._relationships(draft, source, find, branch, trail)
        add_columns(draft, self.columns, find, branch, False)

    def _relationships(self, draft: EntityDraft, source: Any, find: Find, branch: Branch, trail: Trail) -> None:
        for found in eager_relationships(draft.mapper, branch, trail.mappers):
            key, choice = found.relationship.key, found.choice
            if choice.strategy is Strategy.JOINED:
                join = PendingJoin(self, found, branch.under(key), trail, find)
                self.has_collections = self.has_collections or join.has_collections
                draft.joined.append((key, found.relationship, join.draft))
                self.pending.append((source, join))
            elif choice.strategy is Strategy.CONTAINS:
                draft.joined.append((key, found.relationship, self._contained(found, branch.under(key), trail)))
            else:
                draft.follow.append(
                    FollowUp(
                        key, found.relationship, choice.strategy, branch.under(key), choice, found.is_default, trail
                    )
                )

    def _contained(self, found: RelationshipChoice, branch: Branch, trail: Trail) -> EntityDraft:
        """Add an entity that the statement joins by itself."""
        target = found.choice.target or found.relationship.mapper
        draft = EntityDraft(target.class_.__name__, target.mapper)
        self.entity(draft, target.selectable, find_in(target), branch, trail.along(found.relationship, target.mapper))
        return draft


class PendingJoin:
    """One joined relationship, with all that is joined below it."""

    def __init__(
        self,
        joins: EagerJoins,
        found: RelationshipChoice,
        branch: Branch,
        trail: Trail,
        find: Find,
        is_inner_path: bool = True,
    ) -> None:
        self.relationship = relationship = found.relationship
        self.choice = found.choice
        self.find = find
        wish = relationship.innerjoin if found.choice.innerjoin is None else found.choice.innerjoin
        self.is_inner = bool(wish) and (is_inner_path or wish != "unnested")
        self.is_nested = self.is_inner and not is_inner_path
        mapper, subclass, self.alias, self.to_alias = _joined_entity(relationship.mapper, found.choice.target)
        self.secondary = None if relationship.secondary is None else relationship.secondary.alias()
        self.draft = EntityDraft(mapper.class_.__name__, mapper)
        self.draft.branch = branch
        if relationship.uselist and relationship.order_by:
            joins.order_by += [adapt(clause, self.to_alias) for clause in relationship.order_by]
        self.children = self._children(joins, branch, trail.along(relationship, mapper))
        add_columns(self.draft, joins.columns, self.to_alias, branch, True)
        if subclass is not None:
            add_subclass_columns(self.draft, subclass, joins.columns, self.to_alias, branch)

    def _children(self, joins: EagerJoins, branch: Branch, trail: Trail) -> list[PendingJoin]:
        children: list[PendingJoin] = []
        for found in eager_relationships(self.draft.mapper, branch, trail.mappers):
            key, below = found.relationship.key, branch.under(found.relationship.key)
            if found.choice.strategy is Strategy.JOINED:
                child = PendingJoin(joins, found, below, trail, self.to_alias, self.is_inner)
                children.append(child)
                self.draft.joined.append((key, found.relationship, child.draft))
            elif found.choice.strategy is not Strategy.CONTAINS:
                self.draft.follow.append(
                    FollowUp(
                        key, found.relationship, found.choice.strategy, below, found.choice, found.is_default, trail
                    )
                )
        return children

    @property
    def has_collections(self) -> bool:
        """Whether the join can repeat rows of its parent."""
        return bool(self.relationship.uselist) or any(child.has_collections for child in self.children)

    def local_columns(self) -> list[Any]:
        """Return the columns of the parent that the ON clause needs."""
        return list(self.relationship.local_columns)

    def extend(self, from_: Any, find: Find) -> Any:
        """Return the FROM element with this join and those below it; `find` leads to the parent's columns."""
        nested = [child for child in self.children if child.is_nested]
        right = self.alias
        for child in nested:
            right = child.extend(right, self.to_alias)
        from_ = self._join(from_, right, find)
        for child in self.children:
            if not child.is_nested:
                from_ = child.extend(from_, self.to_alias)
        return from_

    def _join(self, from_: Any, right: Any, find: Find) -> Any:
        relationship = self.relationship
        criteria = class_criteria(self.draft.mapper, self.to_alias)
        criteria += tuple([adapt(criterion, self.to_alias) for criterion in self.choice.criteria])
        if self.secondary is None:
            on = primary_condition(relationship, find, self.to_alias, criteria)
            return Join(from_, right, on, isouter=not self.is_inner)
        to_secondary = to_alias(relationship.secondary, self.secondary)
        first = primary_condition(relationship, find, to_secondary)
        second = secondary_condition(relationship, to_secondary, self.to_alias, criteria)
        if self.is_inner:
            return Join(Join(from_, self.secondary, first), right, second)
        return Join(from_, Join(self.secondary, right, second), first, isouter=True)


def _joined_entity(mapper: Any, target: Any) -> tuple[Any, Any, Any, Find]:
    """Return the mapper of the rows, a subclass whose columns they hold too, their FROM element and the way to it.

    `target` is what `of_type()` names. A subclass adds its columns, and leaves the rows of other classes in.
    """
    if target is not None and is_aliased(target):
        return target.mapper, None, target.selectable, find_in(target)
    source = mapper.selectable
    if target is None or target is mapper or target.concrete:
        mapper = mapper if target is None else target
        alias = mapper.selectable.alias(flat=True)
        return mapper, None, alias, to_alias(mapper.selectable, alias)
    if target.selectable is source:
        alias = source.alias(flat=True)
        return mapper, target, alias, to_alias(source, alias)
    whole = _with_subclass_tables(mapper, target)
    subquery = Select(*whole.c).select_from(whole).set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL).subquery()
    return mapper, target, subquery, to_alias(whole, subquery)


def _with_subclass_tables(mapper: Any, subclass: Any) -> Any:
    """Return what a mapper selects from, with the tables of a subclass joined to it where they have a row."""
    line: list[Any] = []
    while subclass is not mapper:
        line.append(subclass)
        subclass = subclass.inherits
    source = mapper.selectable
    for one in reversed(line):
        if not one.single:
            source = Join(source, one.local_table, one.inherit_condition, isouter=True)
    return source


def add_columns(draft: EntityDraft, columns: Columns, find: Find, branch: Branch, is_joined: bool) -> None:
    """Add the columns of an entity to the SELECT and to its draft."""
    for prop in loaded_columns(draft.mapper, branch):
        for number, column in enumerate(prop.columns):
            slot = columns.add(adapt(column, find), is_joined)
            if number == 0:
                draft.slots[prop.key] = slot


def add_subclass_columns(draft: EntityDraft, subclass: Any, columns: Columns, find: Find, branch: Branch) -> None:
    """Add what a joined subclass has besides the columns of the draft's own class."""
    own = {column for prop in draft.mapper.column_attrs for column in prop.columns}
    for prop in loaded_columns(subclass, branch):
        for column in prop.columns:
            if column not in own:
                slot = columns.add(adapt(column, find), True)
                draft.slots.setdefault(prop.key, slot)
