"""SELECT with entities -> SELECT of columns, and the plan that makes objects of its rows.

In: a Select as the program built it. Out: `Lowered`. The passes: items of the columns clause (entities bring their columns
and eager joins), FROM elements, eager joins on these; a statement whose rows are limited or grouped is wrapped in a subquery
before collections are joined to it.
"""

from __future__ import annotations

from typing import Any

from ...compile.lowering import Lowered
from ...sql.froms import final_froms
from ..mapping.entity import ENTITY, EntityNode
from .branch import EMPTY, Branch
from .conditions import condition_of, without_relationships
from .drafts import Columns, EntityDraft
from .entities import find_in
from .froms import core_from, core_joins
from .inheritance import add_discriminator, criteria_of
from .items import column_item
from .joining import EagerJoins
from .option_tree import branches_for
from .options import LoadFrom
from .plan import Item, LoadPlan
from .textual import lower_from_statement
from .wrapping import needs_wrapping, wrapped


def lower_select(select: Any) -> Lowered:
    """Return the Core statement and the load plan of a SELECT that is executed by itself."""
    if select.source_statement is not None:
        return lower_from_statement(select)
    items = _Items(select)
    statement = _core_select(select, items.columns.own, items.entities)
    order_by = items.joins.order_by
    if needs_wrapping(select, items.joins):
        statement = wrapped(statement, items.columns, items.joins)
    elif items.joins.pending:
        statement = _with_eager_joins(statement, items.joins)._copy(raw_columns=tuple(items.columns.all()))
    if order_by:
        statement = statement.order_by(*order_by)
    return Lowered(statement, items.plan() if items.has_entities else None)


def lower_nested(select: Any) -> Any:
    """Return the Core statement of a SELECT inside another one: no options, no eager joins."""
    columns = [column for element in select.raw_columns for column in _plain_columns(element)]
    return _core_select(select, columns, entities_in(select.raw_columns))


def _plain_columns(element: Any) -> list[Any]:
    return list(element.c) if isinstance(element, EntityNode) else [element]


def entities_in(elements: Any) -> list[Any]:
    """Return the entities that are named in a columns clause, or whose columns are."""
    found: list[Any] = []
    for element in elements:
        node = element if isinstance(element, EntityNode) else element._annotations.get(ENTITY)
        if node is not None and node.entity not in found:
            found.append(node.entity)
    return found


def _core_select(select: Any, columns: list[Any], entities: list[Any]) -> Any:
    """Return the statement with columns in place of entities and conditions in place of relationships."""
    changes: dict[str, Any] = {"raw_columns": tuple(columns), "is_lowered": True}
    if select.from_clauses:
        changes["from_clauses"] = tuple([core_from(element) for element in select.from_clauses])
    if select.setup_joins:
        changes["setup_joins"] = core_joins(select.setup_joins)
    criteria = (*select.where_criteria, *criteria_of(entities))
    if criteria:
        changes["where_criteria"] = tuple(map(without_relationships, criteria))
    for name in ("having_criteria", "order_by_clauses", "group_by_clauses"):
        if name in select.__dict__:
            changes[name] = tuple(map(without_relationships, select.__dict__[name]))
    statement = select._copy(**changes)
    statement.__dict__.pop("with_options", None)
    return statement


def _with_eager_joins(statement: Any, joins: EagerJoins) -> Any:
    """Return the statement with each eager join put onto the FROM element that holds its parent."""
    froms = final_froms(
        statement.raw_columns, statement.from_clauses, statement.setup_joins, statement.where_criteria
    )
    for source, join in joins.pending:
        place = _place_of(source, froms)
        froms[place] = join.extend(froms[place], join.find)
    changed = statement._copy(from_clauses=tuple(froms))
    changed.__dict__.pop("setup_joins", None)
    return changed


def _place_of(source: Any, froms: list[Any]) -> int:
    """Return which FROM element holds another one, which is added where none does."""
    for place, one in enumerate(froms):
        if any(part is source for part in one.from_objects()):
            return place
    froms.append(source)
    return len(froms) - 1


class _Items:
    """The items of a columns clause: entities with what is loaded along, and columns."""

    def __init__(self, select: Any) -> None:
        inherited = next((option for option in select.with_options if isinstance(option, LoadFrom)), None)
        self.path: tuple[Any, ...] = () if inherited is None else inherited.path
        self.columns = Columns(inherited is not None and inherited.shares_columns)
        self.joins = EagerJoins(self.columns)
        self.entities = entities_in(select.raw_columns)
        roots = [element.entity for element in select.raw_columns if isinstance(element, EntityNode)]
        self.has_entities = bool(roots)
        self.branches: dict[Any, Branch] = branches_for(select.with_options, roots)
        if inherited is not None and inherited.branch:
            self.branches[roots[-1]] = inherited.branch
        self.items = [self._item(element) for element in select.raw_columns]

    def _item(self, element: Any) -> Any:
        if getattr(element, "is_relationship", False):
            element = condition_of(element).label(element.key)
        if isinstance(element, EntityNode):
            return self._entity(element)
        if element.is_from_clause:
            return [(column, self.columns.add(column, False)) for column in element.c]
        return [(element, self.columns.add(element, False))]

    def _entity(self, node: EntityNode) -> EntityDraft:
        entity = node.entity
        draft = EntityDraft(_name_of(entity), entity.mapper, lookup=(entity.entity, node, entity))
        branch = self.branches.get(entity, EMPTY)
        self.joins.entity(draft, entity.selectable, find_in(entity), branch, (*self.path, entity.mapper))
        add_discriminator(draft)
        return draft

    def plan(self) -> LoadPlan:
        """Return the load plan of all items."""
        items: list[Item] = []
        for item in self.items:
            if isinstance(item, EntityDraft):
                items.append(item.finish(self.columns))
            else:
                items += [column_item(element, self.columns.position(slot)) for element, slot in item]
        return LoadPlan(tuple(items))


def _name_of(entity: Any) -> str:
    return str(getattr(entity, "display_name", None) or entity.class_.__name__)
