"""Eager joins: the FROM elements, ON clauses and columns that joined loading adds to a SELECT.

In: an entity draft, its FROM element and its options. Out: the FROM element extended by joins, columns and drafts of
the joined entities, and the ORDER BY of joined collections. Columns of nested entities come before those of their
parent.
"""

from __future__ import annotations

from typing import Any

from ...exc import InvalidRequestError
from ...sql.joins import Join
from ...sql.node import deannotate
from ..mapping.aliased import aliased_mapper
from ..mapping.conditions import adapted
from .adapt import Find, adapt, keep, to_alias
from .adapted import Adaption
from .branch import Branch, Choice, Strategy
from .conditions import primary_condition, secondary_condition
from .criteria import NO_CRITERIA, Criteria
from .drafts import Columns, EntityDraft, Slot, owner_of
from .entities import (
    RelationshipChoice,
    columns_of,
    eager_relationships,
    entity_behind,
    find_in,
    is_aliased,
    loaded_columns,
    unknown_to,
)
from .inheritance import told_by_key
from .plan import FollowUp, Trail


class EagerJoins:
    """Collects what joined loading adds to one SELECT."""

    def __init__(self, columns: Columns, is_on: bool = True, criteria: Criteria = NO_CRITERIA) -> None:
        self.columns = columns
        self.criteria = criteria
        self.is_on = is_on
        """Whether anything is loaded along: `Query.enable_eagerloads()`."""
        self.order_by: list[Any] = []
        self.has_collections = False
        self.pending: list[tuple[Any, PendingJoin]] = []
        """FROM element of an entity and a join that hangs on it, in order; made when all FROM elements are known."""

    def adapt(self, adaption: Adaption) -> None:
        """Hang the joins on the subquery that stands for their parents' tables."""
        self.pending = [(adaption.from_(source), join) for source, join in self.pending]
        for _, join in self.pending:
            join.find = adaption.through(join.find)

    def entity(self, draft: EntityDraft, source: Any, find: Find, branch: Branch, trail: Trail) -> None:
        """Add the columns of an entity that the statement has in FROM, before them those of what is loaded with it."""
        draft.branch = branch
        if self.is_on:
            self._relationships(draft, source, find, branch, trail)
        add_columns(draft, self.columns, find, branch, False)

    def _relationships(self, draft: EntityDraft, source: Any, find: Find, branch: Branch, trail: Trail) -> None:
        for found in eager_relationships(draft.mapper, branch, trail.mappers, draft.along, trail.steps):
            below = branch.under(found.relationship.key)
            if found.choice.strategy is Strategy.JOINED:
                join = PendingJoin(self, found, below, trail, find)
                self.has_collections = self.has_collections or join.has_collections
                draft.joined.append((found.relationship, join.draft))
                self.pending.append((source, join))
            elif found.choice.strategy is Strategy.CONTAINS:
                draft.joined.append((found.relationship, self._contained(found, below, trail)))
            else:
                draft.follow.append(follow_up(found, below, trail, draft))
        draft.follow += subclass_follow_ups(draft.mapper, branch, trail)

    def _contained(self, found: RelationshipChoice, branch: Branch, trail: Trail) -> EntityDraft:
        """Add an entity that the statement joins by itself."""
        target = found.choice.target or found.relationship.entity
        draft = EntityDraft(target.class_.__name__, target.mapper, target.with_polymorphic_mappers)
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
        self.criteria = joins.criteria
        wish = relationship.innerjoin if found.choice.innerjoin is None else found.choice.innerjoin
        self.is_inner = bool(wish) and (is_inner_path or wish != "unnested")
        self.is_nested = self.is_inner and not is_inner_path
        mapper, along, self.alias, self.to_alias = _joined_entity(relationship, found.choice.target)
        self.secondary = None if relationship.secondary is None else relationship.secondary.alias(flat=True)
        self.draft = EntityDraft(mapper.class_.__name__, mapper, along)
        self.draft.branch = branch
        if relationship.uselist and relationship.order_by:
            joins.order_by += [adapt(clause, self.to_alias) for clause in relationship.order_by]
        self.children = self._children(joins, branch, trail.along(relationship, mapper))
        add_columns(self.draft, joins.columns, self.to_alias, branch, True)

    def _children(self, joins: EagerJoins, branch: Branch, trail: Trail) -> list[PendingJoin]:
        children: list[PendingJoin] = []
        for found in eager_relationships(self.draft.mapper, branch, trail.mappers, self.draft.along, trail.steps):
            below = branch.under(found.relationship.key)
            if found.choice.strategy is Strategy.JOINED:
                child = PendingJoin(joins, found, below, trail, self.to_alias, self.is_inner)
                children.append(child)
                self.draft.joined.append((found.relationship, child.draft))
            elif found.choice.strategy is not Strategy.CONTAINS:
                self.draft.follow.append(follow_up(found, below, trail, self.draft))
        self.draft.follow += subclass_follow_ups(self.draft.mapper, branch, trail)
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
        criteria = self.criteria.of_eager_join(self.draft.mapper, self.to_alias)
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


def follow_up(found: RelationshipChoice, below: Branch, trail: Trail, draft: EntityDraft) -> FollowUp:
    """Return the plan of a relationship that is fetched after the rows."""
    relationship, choice, is_default = found
    owner = owner_of(relationship, draft.mapper)
    return FollowUp(relationship.key, relationship, choice.strategy, below, choice, is_default, trail, owner)


def subclass_follow_ups(mapper: Any, branch: Branch, trail: Trail) -> list[FollowUp]:
    """Return the plan of the columns of subclasses that are fetched after the rows; none where there are no such."""
    if not mapper.children:
        return []
    by_mapping = [sub for sub in mapper.self_and_descendants[1:] if sub.polymorphic_load == "selectin"]
    if not by_mapping and not branch.subclasses:
        return []
    choice = Choice(Strategy.SUBCLASSES, target=(mapper, tuple(by_mapping)))
    return [FollowUp("", None, Strategy.SUBCLASSES, branch, choice, trail=trail)]


def _joined_entity(relationship: Any, target: Any) -> tuple[Any, Any, Any, Find]:
    """Return the mapper of the rows, the subclasses that come along, their FROM element and the way to its columns."""
    entity = entity_behind(relationship, target)
    if not is_aliased(entity):
        entity = aliased_mapper(entity, flat=True)
    elif entity is relationship.target_entity:
        again = entity.selectable.alias(flat=True)
        find = _through(entity.adapt_column, to_alias(entity.selectable, again))
        return entity.mapper, entity.with_polymorphic_mappers, again, find
    elif entity.is_polymorphic and entity.is_unaliased:
        raise InvalidRequestError(
            "Detected unaliased columns when generating joined load.  Make sure to use aliased=True or flat=True when "
            "using joined loading with with_polymorphic()."
        )
    return entity.mapper, entity.with_polymorphic_mappers, entity.selectable, find_in(entity)


def _through(first: Find, second: Find) -> Find:
    """Return the way that leads over one FROM element to another."""

    def find(column: Any) -> Any:
        on_the_way = first(column)
        return None if on_the_way is None else second(on_the_way)

    return find


def add_columns(draft: EntityDraft, columns: Columns, find: Find, branch: Branch, is_joined: bool) -> None:
    """Add the columns of an entity to the SELECT and to its draft, and those of the subclasses that come along."""
    for prop in loaded_columns(draft.mapper, branch):
        for number, column in enumerate(columns_of(prop, branch)):
            if number and unknown_to(find, column):
                continue  # an alias of what does not have the other columns of the same value
            seen = adapted(column, find) if prop.is_expression and find is not keep else adapt(column, find)
            slot = draft.columns[id(column)] = columns.add(seen, is_joined, True)
            if number == 0:
                draft.slots[prop.key] = slot
    _add_discriminator(draft, columns, find, is_joined)
    if draft.along:
        _add_subclass_columns(draft, columns, find, branch, is_joined)


def _add_discriminator(draft: EntityDraft, columns: Columns, find: Find, is_joined: bool) -> None:
    """Add what tells the class of a row where no attribute holds it: a column of the FROM element, or an expression."""
    mapper = draft.mapper
    if mapper.polymorphic_on is None or told_by_key(mapper) is not None:
        return
    slot = columns.add(adapt(mapper.polymorphic_on, find), is_joined)
    draft.told_by = slot if mapper.children else None


def _add_subclass_columns(draft: EntityDraft, columns: Columns, find: Find, branch: Branch, is_joined: bool) -> None:
    """Add what subclasses have besides the columns of the draft's own class; what is there already is shared."""
    own = {id(column) for prop in draft.mapper.column_attrs for column in prop.columns}
    seen: dict[int, Slot] = {}
    for prop in draft.mapper.column_attrs:
        for column in prop.columns:
            if id(column) in draft.columns:
                seen[id(deannotate(adapt(column, find)))] = draft.columns[id(column)]
    for sub in draft.along:
        for prop in loaded_columns(sub, branch):
            for column in prop.columns:
                if id(column) in own or id(column) in draft.columns or unknown_to(find, column):
                    continue
                found = adapt(column, find)
                slot = seen.get(id(deannotate(found)))
                if slot is None:
                    slot = seen[id(deannotate(found))] = columns.add(found, is_joined)
                draft.columns[id(column)] = slot
