"""The columns clause of an ORM statement: entities with what is loaded along, bundles, and columns.

In: a Select. Out: the columns of the Core statement, the eager joins, and the load plan. A statement that only mentions
attributes has a plan too, for the names of its rows; one without anything of the ORM has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...sql.aliases import Alias
from ...sql.naming import LABEL_STYLE_DISAMBIGUATE_ONLY, LABEL_STYLE_LEGACY_ORM, PROXY_KEY, name_items
from ...sql.node import deannotate
from ...sql.simple import Null
from ...util.record import draft
from ..mapping.entity import ENTITY, PROPERTY, EntityNode
from .branch import EMPTY, Branch
from .bundle import Bundle
from .conditions import condition_of
from .criteria import Criteria
from .drafts import Columns, EntityDraft, Slot
from .entities import find_in
from .inheritance import told_by_key
from .joining import EagerJoins
from .names import row_names
from .option_tree import branches_for
from .options import LoaderOption, LoadFrom, WithoutEagerLoads
from .plan import BundleLoad, ColumnLoad, Item, LoadPlan, Trail


@draft
class ColumnDraft:
    """A column and its place."""

    element: Any
    slot: Slot


@draft
class BundleDraft:
    """A bundle and its parts."""

    element: Bundle
    parts: list[Draft]


Draft = ColumnDraft | EntityDraft | BundleDraft


def entities_in(elements: Iterable[Any]) -> list[Any]:
    """Return the entities that are named in a columns clause, or whose columns are; subqueries are not looked into."""
    found: dict[Any, None] = {}
    for element in elements:
        _note_entities(element, found)
    return list(found)


def configure_entities(elements: Iterable[Any]) -> list[Any]:
    """Return the entities of a columns clause, their mappers configured: a statement may be made before that."""
    entities = entities_in(elements)
    for entity in entities:
        entity.mapper.ensure_configured()
    return entities


def _note_entities(element: Any, found: dict[Any, None]) -> None:
    node = element if isinstance(element, EntityNode) else element._annotations.get(ENTITY)
    if node is not None:
        found[node.entity] = None
    elif not (element.is_select_statement or element.is_from_clause):
        for child in element._children():
            _note_entities(child, found)


def entity_in(element: Any) -> Any:
    """Return the node of the entity that an expression mentions first; None where it mentions none."""
    node = element._annotations.get(ENTITY)
    if node is not None or element.is_select_statement:
        return node
    return next((found for child in element._children() if (found := entity_in(child)) is not None), None)


def entity_below(element: Any) -> Any:
    """Return the entity that an element names first, statements inside it looked into; None where it names none."""
    stack = [element]
    while stack:
        node = stack.pop()
        found = node if isinstance(node, EntityNode) else node._annotations.get(ENTITY)
        if found is not None:
            return found.entity
        stack.extend(part for part in reversed([*node._children()]) if not isinstance(part, LoaderOption))
    return None


def mentions_entity(node: Any) -> bool:
    """Tell whether an element names a class or an attribute, subqueries not counted."""
    if isinstance(node, (EntityNode, Bundle)) or ENTITY in node._annotations or getattr(node, "is_relationship", False):
        return True
    if node.is_select_statement:
        return False
    return any(mentions_entity(child) for child in node._children())


def column_item(element: Any, position: int, name: str | None = None, *, is_nameless: bool = False) -> ColumnLoad:
    """Return the item for a column; `name` is what rows call it, if not as the statement does."""
    annotations = element._annotations
    key = annotations.get(PROPERTY)
    node = annotations.get(ENTITY)
    plain = deannotate(element)
    lookup = [] if isinstance(plain, Null) else [element, plain]  # NULL is found by its attribute alone
    if key is not None and node is not None:
        attribute = getattr(node.entity.entity, key, None)
        lookup += [] if attribute is None else [attribute]
        name = name or key
    if element.is_label and PROXY_KEY in annotations:
        name = annotations[PROXY_KEY]
    return ColumnLoad(name, position, tuple(lookup), is_nameless)


class SelectItems:
    """The items of one columns clause."""

    def __init__(self, select: Any) -> None:
        inherited = next((option for option in select.with_options if isinstance(option, LoadFrom)), None)
        self.path: tuple[Any, ...] = () if inherited is None else inherited.path
        self.is_lazy = inherited is not None and inherited.is_lazy
        self.columns = Columns(inherited is not None and inherited.shares_columns)
        self.is_where_limited = inherited is None or not inherited.is_joined
        """Whether the criteria of the entities stand in WHERE; else they stand in a join already."""
        handed = () if inherited is None else inherited.branch.criteria
        self.criteria = Criteria((*select.with_options, *handed))
        is_eager = not any(isinstance(option, WithoutEagerLoads) for option in select.with_options)
        self.joins = EagerJoins(self.columns, is_eager, self.criteria)
        self.select = select
        self.entities = entities_in(select.raw_columns)
        roots = [element.entity for element in select.raw_columns if isinstance(element, EntityNode)]
        settled = select.settled_options
        self.branches: dict[Any, Branch] = branches_for(select.with_options, roots, self.criteria.handed, settled)
        if inherited is not None and inherited.branch:
            self.branches[roots[-1]] = inherited.branch
        self._names_relationships = select.label_style is not LABEL_STYLE_LEGACY_ORM and all(
            getattr(one, "is_relationship", False) for one in select.raw_columns
        )
        self._drafts: dict[Any, EntityDraft] = {}
        self.items: list[Draft] = [draft for element in select.raw_columns for draft in self._draft(element)]

    def _draft(self, element: Any) -> Iterator[Draft]:
        if getattr(element, "is_relationship", False):
            element = condition_of(element).label(element.key if self._names_relationships else None)
        if isinstance(element, EntityNode):
            yield self._entity(element)
        elif isinstance(element, Bundle):
            yield BundleDraft(element, [draft for part in element.exprs for draft in self._draft(part)])
        elif element.is_from_clause:
            for column in element.c:
                yield ColumnDraft(column, self.columns.add(column, False))
        else:
            yield ColumnDraft(element, self.columns.add(element, False))

    def _entity(self, node: EntityNode) -> EntityDraft:
        """Return the draft of an entity; named twice, it is selected once."""
        entity = node.entity
        if entity in self._drafts:
            return self._drafts[entity]
        lookup = (entity.entity, node, entity)
        draft = EntityDraft(node.row_name, entity.mapper, entity.with_polymorphic_mappers, lookup=lookup)
        branch = self.branches.get(entity, EMPTY)
        trail = Trail(entity, (*self.path, entity.mapper), is_lazy=self.is_lazy)
        self.joins.entity(draft, entity.selectable, find_in(entity), branch, trail)
        if getattr(entity, "polymorphic_parent", None) is not None:
            draft.told_by = draft.slots.get(told_by_key(entity.mapper) or "")
        self._drafts[entity] = draft
        return draft

    def plan(self, froms: Sequence[Any]) -> LoadPlan | None:
        """Return the load plan; None for a statement that has nothing of the ORM. `froms` is what it selects from."""
        select = self.select
        mentioned = (*select.raw_columns, *select.from_clauses, *[join[0] for join in select.setup_joins])
        if select.label_style is not LABEL_STYLE_LEGACY_ORM and not any(map(mentions_entity, mentioned)):
            return None
        plain = [item.element for item in self.items if isinstance(item, ColumnDraft)]
        self._names = iter(row_names(plain, select.label_style))
        finished = {id(draft): draft.finish(self.columns) for draft in self._drafts.values()}
        items = tuple([self._item(item, finished) for item in self.items])
        return LoadPlan(items, len(self._drafts) == len(froms) == 1 and self._is_own_table(froms[0]))

    def _is_own_table(self, element: Any) -> bool:
        """Tell whether a FROM element is the table of the only entity, or an alias of it."""
        (entity,) = self._drafts
        table = entity.mapper.persist_selectable
        return element is table or (isinstance(element, Alias) and element.element is table)

    def _item(self, draft: Draft, finished: dict[int, Any]) -> Item:
        if isinstance(draft, EntityDraft):
            item: Item = finished[id(draft)]
            return item
        if isinstance(draft, BundleDraft):
            bundle = draft.element
            parts = [self._part(part, finished) for part in draft.parts]
            return BundleLoad(bundle.name, bundle.row_function([p.name for p in parts]), tuple(parts), (bundle,))
        name = next(self._names)
        return column_item(draft.element, self.columns.position(draft.slot), name, is_nameless=name is None)

    def _part(self, draft: Draft, finished: dict[int, Any]) -> Item:
        """Return an item of a bundle, where names need not differ from those outside."""
        if not isinstance(draft, ColumnDraft):
            return self._item(draft, finished)
        (named,) = name_items([draft.element], LABEL_STYLE_DISAMBIGUATE_ONLY)
        return column_item(draft.element, self.columns.position(draft.slot), named.key)
