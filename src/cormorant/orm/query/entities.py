"""Entities in a statement: which of their columns are selected, and how their relationships are loaded.

In: a mapper or aliased class, and the options that apply to it. Out: answers that the lowering puts together: column
properties to select, relationships by strategy, the FROM element. Decided per entity and branch; no statement here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ...exc import InvalidRequestError
from ...inspection import inspect
from ...util.notices import SADeprecationWarning, warn
from ..mapping.aliased import with_polymorphic
from ..mapping.conditions import is_table_column
from .adapt import Find, keep
from .branch import Branch, Choice, ColumnChoice, Strategy
from .inheritance import told_by_key

LAZY_STRATEGIES = {
    "select": Strategy.LAZY,
    "peers": Strategy.PEERS,
    "joined": Strategy.JOINED,
    "selectin": Strategy.SELECTIN,
    "subquery": Strategy.SUBQUERY,
    "immediate": Strategy.IMMEDIATE,
    "noload": Strategy.NOLOAD,
    "raise": Strategy.RAISE,
    "dynamic": Strategy.STREAMED,
    "write_only": Strategy.STREAMED,
    "raise_on_sql": Strategy.RAISE_ON_SQL,
}
EAGER = frozenset(
    {Strategy.JOINED, Strategy.CONTAINS, Strategy.SELECTIN, Strategy.SUBQUERY, Strategy.IMMEDIATE, Strategy.NOLOAD}
)


class RelationshipChoice(NamedTuple):
    """How one relationship of an entity is loaded in a statement."""

    relationship: Any
    choice: Choice
    is_default: bool
    """Whether the mapping or a wildcard says so, and no option by name."""


def is_aliased(entity: Any) -> bool:
    """Tell whether an entity is an aliased class."""
    return bool(entity.is_aliased_class)


def find_in(entity: Any) -> Find:
    """Return the function that leads from columns of the mapper's table to those of the entity."""
    found: Find | None = entity.adapt_column
    return found or keep


def entity_behind(relationship: Any, target: Any) -> Any:
    """Return the entity that a relationship is loaded from, where `of_type()` names `target` or nothing.

    A subclass adds its columns, and leaves the rows of other classes in.
    """
    mapper = relationship.mapper
    if target is None or target is mapper:
        return relationship.entity
    if is_aliased(target) or target.concrete:
        return target
    return inspect(with_polymorphic(mapper, [target], aliased=True))


def unknown_to(find: Find, column: Any) -> bool:
    """Tell whether a column of a table has no counterpart where the entity's rows come from."""
    return find is not keep and is_table_column(column) and find(column) is None


def loaded_columns(mapper: Any, branch: Branch) -> Iterator[Any]:
    """Yield the column properties that a SELECT of an entity loads."""
    needed = {*mapper.pk_keys, told_by_key(mapper)}
    for prop in mapper.column_attrs:
        if prop.key in needed or not is_deferred(prop, branch):
            yield prop


def columns_of(prop: Any, branch: Branch) -> Sequence[Any]:
    """Return the columns that a SELECT reads a property from: its own, or the expression that an option gives."""
    given = branch.expressions.get(prop.key) if branch.expressions else None
    return prop.columns if given is None else (given,)


def is_deferred(prop: Any, branch: Branch) -> bool:
    """Tell whether a column is left out of the SELECT of its object."""
    if prop.key in branch.expressions:
        return False
    if prop.is_query_expression and not prop.is_loaded:
        return True
    choice = branch.column(prop.key, prop.group) if branch.columns else None
    return bool(prop.deferred) if choice is None else choice is not ColumnChoice.LOAD


def strategy_of(relationship: Any, branch: Branch) -> RelationshipChoice:
    """Return how a relationship is loaded: as an option says, else as it is mapped."""
    choice = branch.choice(relationship.key)
    if choice is not None and choice.strategy is not Strategy.DEFAULT:
        return RelationshipChoice(relationship, choice, relationship.key not in branch.choices)
    mapped = LAZY_STRATEGIES[relationship.lazy]
    if choice is None:
        return RelationshipChoice(relationship, Choice(mapped), True)
    return RelationshipChoice(relationship, Choice(mapped, target=choice.target, criteria=choice.criteria), True)


def relationships_of(mapper: Any, along: Sequence[Any] = ()) -> Iterator[Any]:
    """Yield the relationships of an entity and, once each, of the subclasses that come along with it."""
    yield from mapper.relationships
    seen: set[Any] = set(mapper.relationships) if along else set()
    for sub in along:
        for relationship in sub.relationships:
            if relationship not in seen:
                seen.add(relationship)
                yield relationship


def eager_relationships(
    mapper: Any, branch: Branch, path: tuple[Any, ...], along: Sequence[Any] = (), within: int = 0
) -> Iterator[RelationshipChoice]:
    """Yield the relationships that are loaded with an entity; `path` are the mappers on the way to it.

    `along` are the subclasses whose columns come along. The last `within` mappers are those of the statement itself:
    joins go round in a circle only where they meet one of these.
    """
    for relationship in relationships_of(mapper, along):
        found = strategy_of(relationship, branch)
        strategy = found.choice.strategy
        way = path[-within:] if strategy is Strategy.JOINED else path
        if strategy in EAGER and not (found.is_default and repeats(relationship, way)):
            if relationship.is_streamed:
                raise InvalidRequestError(
                    f"'{relationship}' does not support object population - eager loading cannot be applied."
                )
            if strategy is Strategy.NOLOAD and found.is_default:
                warn(
                    "The ``noload`` loader strategy is deprecated and will be removed in a future release.  This "
                    "option produces incorrect results by returning ``None`` for related items.",
                    SADeprecationWarning,
                )
            yield found


def repeats(relationship: Any, path: tuple[Any, ...]) -> bool:
    """Tell whether mapped eager loading would go round in a circle."""
    target = relationship.mapper
    depth = relationship.join_depth
    if depth is not None:
        return sum(1 for mapper in path if mapper.common_parent(target)) > int(depth)
    return any(mapper.common_parent(target) for mapper in path)


def remembered(branch: Branch) -> Branch | None:
    """Return the options that objects keep for what they load later; None where there are none.

    What the statement joined by itself is no option for later statements; what is not propagated holds for it alone.
    """
    if not branch:
        return None
    found: Branch | None = branch.memo.get("remembered", branch)
    if found is branch:
        kept = tuple([option for option in branch.criteria if option.propagate_to_loaders])
        left = branch if len(kept) == len(branch.criteria) else replace(branch, criteria=kept, memo={})
        if any(choice.strategy is Strategy.CONTAINS for choice in _choices_in(branch)):
            left = _without_contained(left)
        found = left
        if found is not branch:
            branch.memo["remembered"] = found
    return found or None


def loads_for_peers(mapper: Any, branch: Branch) -> bool:
    """Tell whether something of an entity or its subclasses is loaded for all objects of a result at once, later."""
    memo, key = (branch.memo, ("has peers", mapper)) if branch else (mapper.plans, "has peers")
    found: bool | None = memo.get(key)
    if found is None:
        related = (one for heir in mapper.self_and_descendants for one in heir.relationships)
        found = any(strategy_of(one, branch).choice.strategy is Strategy.PEERS for one in related)
        found = memo[key] = found or ColumnChoice.PEERS in branch.columns.values()
    return found


def _choices_in(branch: Branch) -> Iterator[Choice]:
    yield from branch.choices.values()
    for below in branch.below.values():
        yield from _choices_in(below)


def _without_contained(branch: Branch) -> Branch:
    choices = {key: choice for key, choice in branch.choices.items() if choice.strategy is not Strategy.CONTAINS}
    below = {key: _without_contained(below) for key, below in branch.below.items()}
    return replace(branch, choices=choices, below={key: found for key, found in below.items() if found}, memo={})
