"""Entities and attributes from the rows of another statement: `select(User).from_statement(...)`.

In: a Select with a source statement. Out: that statement and a plan. The columns of text are known when the cursor
tells their names, so its plan is a `LatePlan`; other statements have their columns, and a `LoadPlan` at once. What the
rows lack stays unloaded, except for keys and for columns that the Select names one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from ...compile.lowering import Lowered
from ...exc import ArgumentError
from ...sql.select import Select
from ...sql.textual import TextualSelect
from ..mapping.entity import PROPERTY, EntityNode
from .adapt import Find, adapt
from .branch import EMPTY, Branch, Strategy
from .bundle import Bundle
from .criteria import Criteria
from .dml import lower_delete, lower_insert, lower_update
from .drafts import Columns, EntityDraft, Slot
from .entities import columns_of, eager_relationships, find_in, loaded_columns, unknown_to
from .found_columns import FoundColumns, missing
from .inheritance import told_by_key
from .items import column_item
from .joining import subclass_follow_ups
from .late import LatePlan
from .option_tree import branches_for
from .plan import BundleLoad, FollowUp, Item, LoadPlan, Trail


def lower_from_statement(select: Any, lower_select: Callable[[Any], Lowered]) -> Lowered:
    """Return the source statement and the plan that makes items of its rows.

    Criteria of the outer statement hold in the source, too.
    """
    criteria = Criteria(select.with_options)
    source = select.source_statement
    while getattr(source, "source_statement", None) is not None:
        source = source.source_statement
    wanted = tuple([part for element in select.raw_columns for part in _parts(element)])
    branches = branches_for(
        select.with_options, [node.entity for node in wanted if isinstance(node, EntityNode)], criteria.handed
    )
    if isinstance(source, TextualSelect) or source.is_text:
        return Lowered(source, LatePlan(wanted, partial(_plan_of_text, source, wanted, branches)))
    lowered = _lowered_source(source, criteria, lower_select)
    items = lowered.statement.named_items()
    found = FoundColumns([_name_of(item) for item in items], [item.element for item in items])
    return Lowered(lowered.statement, _plan(wanted, branches, found), lowered.everywhere)


def _lowered_source(source: Any, criteria: Criteria, lower_select: Callable[[Any], Lowered]) -> Lowered:
    """Return the Core form of a source; options of its own count where it is a single statement."""
    is_select = issubclass(type(source), Select) and source.shape.plugin is not None
    if not source.is_dml and not is_select:
        return Lowered(source, everywhere=criteria if criteria.options else None)
    if criteria.options:
        source = source.options(*criteria.options)
    if is_select:
        return lower_select(source)
    if source.is_insert:
        return lower_insert(source)
    return lower_update(source) if source.is_update else lower_delete(source)


def _parts(element: Any) -> Iterable[Any]:
    """Return what stands for an element of the columns clause."""
    if getattr(element, "is_relationship", False):
        raise ArgumentError(f"from_statement() takes classes and columns, got the relationship {element}")
    return element.c if element.is_from_clause and not isinstance(element, EntityNode) else (element,)


def _name_of(item: Any) -> str:
    name = getattr(item.element, "name", None)
    return str(name if isinstance(name, str) else item.key)


def _plan_of_text(
    source: Any, wanted: tuple[Any, ...], branches: dict[Any, Branch], names: tuple[str, ...]
) -> tuple[LoadPlan, list[Any]]:
    """Return the plan for text whose cursor has columns of these names, and the types of the columns."""
    found = _columns_of_text(source, names)
    return _plan(wanted, branches, found), found.types


def _columns_of_text(source: Any, names: tuple[str, ...]) -> FoundColumns:
    if not isinstance(source, TextualSelect):
        return FoundColumns(names, has_labels=True)
    if source.positional:
        declared = source.column_args[: len(names)]
        hidden = [f"\0{position}" for position in range(len(declared), len(names))]
        return FoundColumns([*[column.name for column in declared], *hidden], declared)
    known = {column.name: column for column in source.column_args}
    return FoundColumns(
        [name if name in known else f"\0{position}" for position, name in enumerate(names)],
        [known.get(name) for name in names],
    )


def _plan(wanted: tuple[Any, ...], branches: dict[Any, Branch], found: FoundColumns) -> LoadPlan:
    return LoadPlan(tuple([_item(element, branches, found) for element in wanted]))


def _item(element: Any, branches: dict[Any, Branch], found: FoundColumns) -> Item:
    if isinstance(element, EntityNode):
        entity = element.entity
        lookup = (entity.entity, element, entity)
        draft = EntityDraft(element.row_name, entity.mapper, entity.with_polymorphic_mappers, lookup=lookup)
        _fill(draft, found, find_in(entity), branches.get(entity, EMPTY), Trail(entity, (entity.mapper,)))
        _require_keys(draft, find_in(entity))
        if entity.mapper.inherits is not None and not entity.mapper.concrete:
            draft.told_by = draft.slots.get(told_by_key(entity.mapper) or "")  # nothing else keeps other classes out
        return draft.finish(Columns())
    if isinstance(element, Bundle):
        parts = [_item(part, branches, found) for part in element.exprs]
        return BundleLoad(element.name, element.row_function([p.name for p in parts]), tuple(parts), (element,))
    is_attribute = PROPERTY in element._annotations
    return column_item(element, found.position(element), None if is_attribute else element.name)


def _fill(draft: EntityDraft, found: FoundColumns, find: Find, branch: Branch, trail: Trail) -> None:
    """Give an entity the columns that are there, and what is loaded with it or after it."""
    draft.branch = branch
    for prop in loaded_columns(draft.mapper, branch):
        if prop.is_query_expression and prop.key not in branch.expressions:
            continue  # its default is part of the statements that are made of the class
        position = found.first(adapt(column, find) for column in columns_of(prop, branch))
        if position is not None:
            draft.slots[prop.key] = Slot(False, position)
            draft.columns.update({id(column): draft.slots[prop.key] for column in prop.columns})
    _fill_subclasses(draft, found, find, branch)
    for relationship, choice, is_default in eager_relationships(draft.mapper, branch, trail.mappers):
        key, below = relationship.key, branch.under(relationship.key)
        if choice.strategy is Strategy.CONTAINS:
            contained = _contained(relationship, choice.target or relationship.mapper, found, below, trail)
            draft.joined += [] if contained is None else [(relationship, contained)]
        elif choice.strategy is not Strategy.JOINED:
            draft.follow.append(FollowUp(key, relationship, choice.strategy, below, choice, is_default, trail))
    draft.follow += subclass_follow_ups(draft.mapper, branch, trail)


def _fill_subclasses(draft: EntityDraft, found: FoundColumns, find: Find, branch: Branch) -> None:
    """Give an entity the columns of subclasses that are there."""
    for sub in draft.along:
        for prop in loaded_columns(sub, branch):
            for column in prop.columns:
                position = None if unknown_to(find, column) else found.find(adapt(column, find))
                if position is not None:
                    draft.columns[id(column)] = Slot(False, position)


def _contained(relationship: Any, target: Any, found: FoundColumns, branch: Branch, trail: Trail) -> EntityDraft | None:
    """Return an entity whose columns stand in the same rows; None where its key does not."""
    draft = EntityDraft(target.class_.__name__, target.mapper)
    _fill(draft, found, find_in(target), branch, trail.along(relationship, target.mapper))
    return None if _missing_key(draft) else draft


def _missing_key(draft: EntityDraft) -> str | None:
    """Return the first attribute that rows must have and lack."""
    told_by = told_by_key(draft.mapper)
    needed = draft.mapper.pk_keys if told_by is None else (*draft.mapper.pk_keys, told_by)
    return next((key for key in needed if key not in draft.slots), None)


def _require_keys(draft: EntityDraft, find: Find) -> None:
    key = _missing_key(draft)
    if key is not None:
        raise missing(adapt(draft.mapper.properties[key].columns[0], find))
